// Reads an XML part of an xlsx file as events, piece by piece: well-formed XML without declarations, and nothing without end.
// Of its own because it is most of the time that reading a list takes: a general parser needs two to three times as long (bench/import.ts).
import { Refusal } from '../contract/errors.ts';

/** What a part's reader is told; names come without their prefix (`x:row` is `row`). */
export interface XmlHandler {
  open(name: string, attributes: Readonly<Record<string, string>>): void;
  close(name: string): void;
  text(text: string): void;
  /**
   * Reads an element with all that is in it at one go, without a word to the others, where it is of a form known to be well-formed XML.
   * @returns where it ends; -1 where it is to be read as usual.
   */
  shortcut?(text: string, from: number): number;
}

/** A reader that takes the part piece by piece. */
export interface XmlReader {
  /** @throws Refusal sheet-damaged, sheet-entities, or what the handler throws. */
  write(piece: Buffer): void;
  end(): void;
}

// Deeper than any part of a spreadsheet goes.
const DEEPEST = 64;
// Characters that may pass without an element or a text ending; a cell holds at most 32,767, each perhaps written &#xFFFF;.
const LONGEST_PIECE = 2 ** 20;
// Elements and attributes have a few dozen names; a file with more of them is none of a spreadsheet's.
const MOST_NAMES = 5_000;

const isName = /^[\p{L}_][\p{L}\p{N}_.-]*(?::[\p{L}_][\p{L}\p{N}_.-]*)?$/u;
const isBlank = /^[ \t\r\n]*$/;
const GREATER = 62;
// Elements that a shortcut may pass, one within the other.
const SHORTCUT_DEPTH = 4;

/** Makes a reader of one part; `part` names it in refusals. */
export function readXml(part: string, handler: XmlHandler): XmlReader {
  const damaged = (): Refusal => new Refusal('sheet-damaged', { part });
  const decoder = new TextDecoder('utf-8', { fatal: true });
  const names = new Map<string, string>();
  const open: string[] = [];
  let rest = '';
  let isBegun = false;

  /** A name without its prefix. */
  const localName = (name: string): string => {
    const known = names.get(name);
    if (known !== undefined) return known;
    if (!isName.test(name) || names.size >= MOST_NAMES) throw damaged();
    const local = name.slice(name.indexOf(':') + 1);
    names.set(name, local);
    return local;
  };

  const takeText = (text: string): void => {
    if (open.length > 0) handler.text(decodeEntities(text, damaged));
    else if (!isBlank.test(text)) throw damaged();
  };

  /** Reads an opening tag that begins at `from`; gives back where it ends, or undefined where the piece does before it. */
  const readOpening = (text: string, from: number): number | undefined => {
    let at = endOfName(text, from + 1);
    const name = text.slice(from + 1, at);
    const attributes: Record<string, string> = {};
    for (;;) {
      const begin = at;
      at = endOfSpace(text, at);
      const next = text[at];
      if (next === undefined) return undefined;
      const isEmpty = next === '/';
      if (isEmpty && text[at + 1] === undefined) return undefined;
      if (next === '>' || (isEmpty && text[at + 1] === '>')) {
        if ((isBegun && open.length === 0) || open.length >= DEEPEST) throw damaged();
        isBegun = true;
        const local = localName(name);
        handler.open(local, attributes);
        if (isEmpty) handler.close(local);
        else open.push(name);
        return at + (isEmpty ? 2 : 1);
      }
      if (at === begin) throw damaged();
      const equals = text.indexOf('=', at);
      if (equals === -1) return undefined;
      const key = text.slice(at, equals).trimEnd();
      const quoteAt = endOfSpace(text, equals + 1);
      const quote = text[quoteAt];
      if (quote === undefined) return undefined;
      if (quote !== '"' && quote !== "'") throw damaged();
      const end = text.indexOf(quote, quoteAt + 1);
      if (end === -1) return undefined;
      localName(key);
      const value = text.slice(quoteAt + 1, end);
      if (Object.hasOwn(attributes, key) || value.includes('<')) throw damaged();
      attributes[key] = decodeEntities(value, damaged);
      at = end + 1;
    }
  };

  /** Reads what begins with `<!` or `<?`: comments and instructions are passed over, declarations refused. */
  const readOther = (text: string, from: number): number | undefined => {
    const [begin, end] = text.startsWith('<?', from) ? ['<?', '?>'] : text.startsWith('<!-', from) ? ['<!--', '-->'] : ['<![CDATA[', ']]>'];
    if (!text.startsWith(begin, from)) {
      if (begin.startsWith(text.slice(from))) return undefined;
      // Entities are declared in a DOCTYPE only. Nobody writes one into a spreadsheet in good faith.
      throw new Refusal('sheet-entities', { part });
    }
    const at = text.indexOf(end, from + begin.length);
    if (at === -1) return undefined;
    const inner = text.slice(from + begin.length, at);
    if (begin === '<?' && /^xml\s[^]*encoding\s*=\s*["'](?!utf-?8["'])/i.test(inner)) throw damaged();
    if (begin === '<![CDATA[') {
      if (open.length === 0) throw damaged();
      handler.text(inner);
    }
    return at + end.length;
  };

  const readClosing = (text: string, from: number): number | undefined => {
    const end = text.indexOf('>', from);
    if (end === -1) return undefined;
    const name = text.slice(from + 2, end).trimEnd();
    if (open.pop() !== name) throw damaged();
    handler.close(localName(name));
    return end + 1;
  };

  /** Reads as much as is whole; gives back what is left. */
  const read = (text: string): string => {
    let at = 0;
    for (;;) {
      const tag = text.indexOf('<', at);
      if (tag === -1) return text.slice(at);
      const next = text[tag + 1];
      if (next === undefined) return text.slice(at);
      const before = at;
      // A text is told before the tag behind it; that the tag may not be whole yet is no matter.
      if (tag > at) takeText(text.slice(at, tag));
      if (handler.shortcut !== undefined && open.length > 0 && open.length < DEEPEST - SHORTCUT_DEPTH) {
        const passed = handler.shortcut(text, tag);
        if (passed !== -1) {
          at = passed;
          continue;
        }
      }
      const end = next === '/' ? readClosing(text, tag) : next === '!' || next === '?' ? readOther(text, tag) : readOpening(text, tag);
      if (end === undefined) return text.slice(Math.max(tag, before));
      at = end;
    }
  };

  const guard = (work: () => void): void => {
    try {
      work();
    } catch (error) {
      throw error instanceof Refusal ? error : damaged();
    }
  };
  const take = (text: string): void => {
    rest = read(rest + text);
    if (rest.length > LONGEST_PIECE) throw damaged();
  };
  // What stands behind the last tag of a piece waits for the next one: text is then read where it was decoded, and not joined first.
  let held: Buffer = Buffer.alloc(0);
  const decode = (piece: Buffer): string => decoder.decode(held.length === 0 ? piece : Buffer.concat([held, piece]), { stream: true });
  return {
    write: (piece) =>
      guard(() => {
        const end = piece.lastIndexOf(GREATER) + 1;
        const text = decode(end === 0 ? piece : piece.subarray(0, end));
        held = Buffer.from(end === 0 ? [] : piece.subarray(end));
        take(text);
      }),
    end: () =>
      guard(() => {
        take(decoder.decode(held));
        if (!isBegun || open.length > 0 || !isBlank.test(rest)) throw damaged();
      }),
  };
}

/** Where the blanks that begin at `from`, if any, end. */
function endOfSpace(text: string, from: number): number {
  let at = from;
  for (;;) {
    const code = text.charCodeAt(at);
    // Space, tab, line ends; beyond the end there is no code.
    if (code !== 32 && code !== 9 && code !== 10 && code !== 13) return at;
    at += 1;
  }
}

/** Where a name that begins at `from` ends. */
function endOfName(text: string, from: number): number {
  for (let at = from; at < text.length; at++) {
    const code = text.charCodeAt(at);
    // Space, tab, line ends, slash and >.
    if (code <= 32 || code === 47 || code === 62) return at;
  }
  return text.length;
}

const entities: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };

/** The five entities of XML and numbers of characters; there are no others without a declaration. */
function decodeEntities(text: string, damaged: () => Refusal): string {
  if (!text.includes('&')) return text;
  return text.replace(/&([^;&]{0,12});?/g, (whole, name: string) => {
    const known = whole.endsWith(';') ? entities[name] : undefined;
    if (known !== undefined) return known;
    const digits = whole.endsWith(';') ? /^#(?:x([0-9a-f]+)|([0-9]+))$/i.exec(name) : null;
    const code = digits === null ? Number.NaN : Number.parseInt(digits[1] ?? digits[2] ?? '', digits[1] === undefined ? 10 : 16);
    if (!(code >= 1 && code <= 0x10ffff)) throw damaged();
    return String.fromCodePoint(code);
  });
}

/** An attribute by its local name, for those that come with a prefix (`r:id`). */
export function attributeOf(attributes: Readonly<Record<string, string>>, name: string): string | undefined {
  const plain = attributes[name];
  if (plain !== undefined) return plain;
  const key = Object.keys(attributes).find((one) => one.endsWith(`:${name}`));
  return key === undefined ? undefined : attributes[key];
}

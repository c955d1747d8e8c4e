// Reads an XML part of an xlsx file as events, refusing declarations and text without end.
import { SaxesParser } from 'saxes';
import { Refusal } from '../contract/errors.ts';

/** What a part's reader is told; names come without their prefix (`x:row` is `row`). */
export interface XmlHandler {
  open(name: string, attributes: Readonly<Record<string, string>>): void;
  close(name: string): void;
  text(text: string): void;
}

// Deeper than any part of a spreadsheet goes.
const DEEPEST = 64;
// Characters that may pass without an element or a text ending; a cell holds at most 32,767, each perhaps written &#xFFFF;.
const LONGEST_PIECE = 2 ** 20;

/** A reader that takes the part piece by piece. */
export interface XmlReader {
  /** @throws Refusal sheet-damaged, sheet-entities, or what the handler throws. */
  write(piece: Buffer): void;
  end(): void;
}

/** Makes a reader of one part; `part` names it in refusals. */
export function readXml(part: string, handler: XmlHandler): XmlReader {
  const parser = new SaxesParser({ fileName: part, xmlns: false });
  const decoder = new TextDecoder('utf-8', { fatal: true });
  let depth = 0;
  let silent = 0;
  const damaged = (): Refusal => new Refusal('sheet-damaged', { part });
  // Entities are declared in a DOCTYPE only, and saxes expands none of them: refused besides, because nobody writes one in good faith.
  parser.on('doctype', () => {
    throw new Refusal('sheet-entities', { part });
  });
  parser.on('opentag', (tag) => {
    silent = 0;
    if (++depth > DEEPEST) throw damaged();
    handler.open(localName(tag.name), tag.attributes as Record<string, string>);
  });
  parser.on('closetag', (tag) => {
    silent = 0;
    depth -= 1;
    handler.close(localName(tag.name));
  });
  const take = (text: string): void => {
    silent = 0;
    handler.text(text);
  };
  parser.on('text', take);
  parser.on('cdata', take);
  const write = (text: string): void => {
    silent += text.length;
    parser.write(text);
    if (silent > LONGEST_PIECE) throw damaged();
  };
  const guard = (work: () => void): void => {
    try {
      work();
    } catch (error) {
      throw error instanceof Refusal ? error : damaged();
    }
  };
  return {
    write: (piece) => guard(() => write(decoder.decode(piece, { stream: true }))),
    end: () =>
      guard(() => {
        write(decoder.decode());
        parser.close();
      }),
  };
}

function localName(name: string): string {
  const colon = name.indexOf(':');
  return colon === -1 ? name : name.slice(colon + 1);
}

/** An attribute by its local name, for those that come with a prefix (`r:id`). */
export function attributeOf(attributes: Readonly<Record<string, string>>, name: string): string | undefined {
  const plain = attributes[name];
  if (plain !== undefined) return plain;
  const key = Object.keys(attributes).find((one) => one.endsWith(`:${name}`));
  return key === undefined ? undefined : attributes[key];
}

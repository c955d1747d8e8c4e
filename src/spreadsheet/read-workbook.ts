// Reads what stands around an xlsx file's cells: its sheets, relations, number formats and shared strings.
import { posix } from 'node:path';
import { Refusal } from '../contract/errors.ts';
import { isDateFormat, tidyText, unescapeExcel } from './cell-text.ts';
import { readNumberFormat, type ShowNumber } from './number-format.ts';
import type { Package } from './open-package.ts';
import { attributeOf, readXml, type XmlHandler } from './read-xml.ts';
import { refuseReachingFormula } from './refuse-outside.ts';
import type { SheetLimits } from './sheet.ts';

/** One sheet as the workbook names it. */
export interface SheetEntry {
  readonly name: string;
  readonly isHidden: boolean;
  /** Its part's name, in lower case. */
  readonly part: string;
}

/** What the workbook says of itself. */
export interface Workbook {
  readonly sheets: readonly SheetEntry[];
  readonly is1904: boolean;
  readonly stylesPart: string | undefined;
  readonly sharedStringsPart: string | undefined;
}

interface Relation {
  readonly type: string;
  readonly target: string;
}

/** Reads a part with a handler from beginning to end. */
async function readPart(pack: Package, name: string, handler: XmlHandler): Promise<void> {
  const reader = readXml(name, handler);
  for await (const piece of pack.read(name)) reader.write(piece);
  reader.end();
}

/** The relations of a part, by id; only links that a person would click may lead out of the file. */
async function readRelations(pack: Package, part: string): Promise<Map<string, Relation>> {
  const folder = posix.dirname(part);
  const name = posix.join(folder, '_rels', `${posix.basename(part)}.rels`);
  const relations = new Map<string, Relation>();
  if (!pack.names.has(name)) return relations;
  await readPart(pack, name, {
    open(element, attributes) {
      if (element !== 'Relationship') return;
      const type = (attributes['Type'] ?? '').split('/').pop()?.toLowerCase() ?? '';
      const target = attributes['Target'] ?? '';
      if (attributes['TargetMode']?.toLowerCase() === 'external') {
        // An address that Excel made of an e-mail address is only text here; anything else would be fetched by whoever opens the file.
        if (type !== 'hyperlink') throw new Refusal('sheet-calls-out', { place: part, what: type });
        return;
      }
      const path = target.startsWith('/') ? target.slice(1) : posix.join(folder, target);
      relations.set(attributes['Id'] ?? '', { type, target: path.toLowerCase() });
    },
    close() {},
    text() {},
  });
  return relations;
}

/**
 * Reads the workbook of a package.
 * @throws Refusal sheet-not-a-table for a package of another kind, sheet-calls-out, sheet-has-macros, sheet-damaged
 */
export async function readWorkbook(pack: Package): Promise<Workbook> {
  const root = [...(await readRelations(pack, '')).values()].find(({ type }) => type === 'officedocument');
  const part = root?.target ?? 'xl/workbook.xml';
  if (part.endsWith('.bin')) throw new Refusal('sheet-is-old-excel', { format: 'xlsb' });
  if (!pack.names.has(part)) throw new Refusal('sheet-not-a-table', { format: kindOf(pack.names) });
  await refuseMacroTypes(pack);
  const relations = await readRelations(pack, part);
  const sheets: SheetEntry[] = [];
  let is1904 = false;
  let isWorkbook = false;
  let definedName: { readonly name: string; text: string } | undefined;
  await readPart(pack, part, {
    open(element, attributes) {
      if (element === 'workbook') isWorkbook = true;
      else if (element === 'workbookPr') is1904 = isTrue(attributes['date1904']);
      else if (element === 'definedName') definedName = { name: attributes['name'] ?? '', text: '' };
      else if (element === 'sheet') {
        const relation = relations.get(attributeOf(attributes, 'id') ?? '');
        // Charts have sheets too; they hold no cells.
        if (relation?.type !== 'worksheet') return;
        const state = attributes['state'] ?? 'visible';
        sheets.push({ name: tidyText(attributes['name'] ?? ''), isHidden: state !== 'visible', part: relation.target });
      }
    },
    close(element) {
      if (element !== 'definedName' || definedName === undefined) return;
      refuseReachingFormula(definedName.text, tidyText(definedName.name));
      definedName = undefined;
    },
    text(text) {
      if (definedName !== undefined) definedName.text += text;
    },
  });
  if (!isWorkbook) throw new Refusal('sheet-not-a-table', { format: kindOf(pack.names) });
  const partOf = (type: string): string | undefined => [...relations.values()].find((relation) => relation.type === type && pack.names.has(relation.target))?.target;
  return { sheets, is1904, stylesPart: partOf('styles'), sharedStringsPart: partOf('sharedstrings') };
}

/** Relations of a sheet are looked at only for what leads out of the file. */
export async function checkSheetRelations(pack: Package, part: string): Promise<void> {
  await readRelations(pack, part);
}

/** What a zip file that is no workbook seems to be. */
function kindOf(names: ReadonlySet<string>): string {
  if (names.has('word/document.xml')) return 'Word';
  if (names.has('ppt/presentation.xml')) return 'PowerPoint';
  if (names.has('mimetype') && names.has('content.xml')) return 'OpenDocument';
  return 'zip';
}

const contentTypes = '[content_types].xml';

/** A macro file renamed to xlsx still says what it is in its content types. */
async function refuseMacroTypes(pack: Package): Promise<void> {
  if (!pack.names.has(contentTypes)) throw new Refusal('sheet-damaged', { part: '[Content_Types].xml' });
  await readPart(pack, contentTypes, {
    open(_, attributes) {
      const type = (attributes['ContentType'] ?? '').toLowerCase();
      if (type.includes('macroenabled') || type.includes('vbaproject') || type.includes('intlmacrosheet')) throw new Refusal('sheet-has-macros');
    },
    close() {},
    text() {},
  });
}

/** How a cell style shows numbers: as dates, as something else than the number, or (undefined) as they are. */
export type NumberStyle = 'date' | ShowNumber | undefined;

/** For each cell style of the workbook, how it shows numbers. */
export async function readNumberStyles(pack: Package, part: string | undefined): Promise<readonly NumberStyle[]> {
  const styles: NumberStyle[] = [];
  if (part === undefined) return styles;
  const codes = new Map<number, string>();
  let isCellXfs = false;
  await readPart(pack, part, {
    open(element, attributes) {
      if (element === 'numFmt') codes.set(Number(attributes['numFmtId']), attributes['formatCode'] ?? '');
      else if (element === 'cellXfs') isCellXfs = true;
      else if (element === 'xf' && isCellXfs) {
        const id = Number(attributes['numFmtId'] ?? 0);
        const code = codes.get(id);
        styles.push(isDateFormat(id, code) ? 'date' : readNumberFormat(id, code));
      }
    },
    close(element) {
      if (element === 'cellXfs') isCellXfs = false;
    },
    text() {},
  });
  return styles;
}

/**
 * The workbook's shared strings, tidied; rich text as plain text, phonetic guides left out.
 * @throws Refusal sheet-inflates beyond the limits
 */
export async function readSharedStrings(pack: Package, part: string | undefined, limits: SheetLimits): Promise<readonly string[]> {
  const strings: string[] = [];
  if (part === undefined) return strings;
  let characters = 0;
  let current: string[] = [];
  let isText = false;
  let isPhonetic = false;
  await readPart(pack, part, {
    open(element) {
      if (element === 'si') current = [];
      else if (element === 'rPh') isPhonetic = true;
      else if (element === 't') isText = !isPhonetic;
    },
    close(element) {
      if (element === 't') isText = false;
      else if (element === 'rPh') isPhonetic = false;
      else if (element === 'si') {
        const text = tidyText(unescapeExcel(current.length === 1 ? (current[0] ?? '') : current.join('')));
        characters += text.length;
        strings.push(text);
        if (strings.length > limits.sharedStrings || characters > limits.sharedCharacters) throw new Refusal('sheet-inflates', { part });
      }
    },
    text(text) {
      if (isText) current.push(text);
    },
  });
  return strings;
}

/** A truth as XML Schema writes it. */
export function isTrue(text: string | undefined): boolean {
  return text === '1' || text === 'true' || text === 'on';
}

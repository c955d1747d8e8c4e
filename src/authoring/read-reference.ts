// Reads what all packs share from cities/reference: the vocabulary of facts, the places, the universities and the working-day calendar.
// What is wrong in a file is thrown at once, in both languages and with its line: no pack can be checked without it.

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { isMap, isScalar, isSeq, LineCounter, type Node, parseDocument, type YAMLMap } from 'yaml';
import type { Fact, FactOrigin, SubjectKind, ValueType, Vocabulary } from '../policy/model.ts';
import type { ReferenceData } from '../policy/reference.ts';
import { spellUniversity, type UniversityList } from '../policy/universities.ts';
import { ABSENT } from '../policy/values.ts';
import type { WorkingCalendar } from '../policy/working-days.ts';
import { readCalendar } from './read-calendar.ts';

/** Every fact that rules may ask about, by the kind of subject. */
export interface Vocabularies {
  readonly vocabularies: Readonly<Record<SubjectKind, Vocabulary>>;
}

/** The texts of the reference files, as they are read from disk. */
export interface ReferenceFiles {
  readonly divisions: string;
  readonly retired: string;
  readonly universities: string;
  readonly colleges: string;
}

const EMPLOYER = '用人单位';
const EMPLOYER_KIND = '单位类型';
const NO_EMPLOYER = '无';
// The bits of a set are one signed 32-bit integer, of which the sign is not used.
const MOST_VALUES_OF_A_SET = 31;
// The order of the bits, and of the values of every fact derived by university.
const UNIVERSITY_CLASSES: readonly string[] = ['清华北大', '985', '211', '双一流'];

const subjectKinds: readonly SubjectKind[] = ['person', 'organisation', 'project', 'team'];
const requiredSections: readonly SubjectKind[] = ['person', 'organisation', 'project'];
const factTypes: readonly ValueType[] = ['flag', 'number', 'money', 'date', 'years', 'text', 'level', 'kind', 'kinds', 'place'];
const origins: readonly FactOrigin[] = ['申报', '材料', '共享', '认定', '推算'];
// What each way of deriving makes of what.
const derivations = {
  'whole-years': { from: 'date', to: 'years' },
  university: { from: 'text', to: 'kinds' },
} as const;
const factKeys: readonly string[] = ['type', 'values', 'en_values', 'standard', 'from', 'of', 'by', 'en'];

type LineOf = (node: unknown) => number;

/** A fact as it stands in its section; `of` still is a name. */
interface WrittenFact {
  readonly name: string;
  readonly line: number;
  readonly type: ValueType;
  readonly values?: readonly string[];
  readonly valuesEn?: readonly string[];
  readonly from: FactOrigin;
  readonly of?: string;
  readonly by?: keyof typeof derivations;
  readonly en: string;
}

function fail(line: number, zh: string, en: string): never {
  throw new Error(`第 ${line} 行：${zh} / line ${line}: ${en}`);
}

/**
 * Reads the vocabulary of facts.
 * @param text the text of vocabulary.yaml.
 * @throws an Error that names the line, for anything that the file's own header does not allow.
 */
export function readVocabularies(text: string): Vocabularies {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, uniqueKeys: false });
  const lineAt = (offset: number): number => Math.max(1, lines.linePos(offset).line);
  const lineOf: LineOf = (node) => lineAt((node as Node | null)?.range?.[0] ?? 0);
  const broken = document.errors[0];
  if (broken !== undefined) fail(lineAt(broken.pos[0]), 'YAML 写法有误', broken.message.split('\n')[0] ?? '');
  const sections = readSections(document.contents, lineOf);
  const organisation = layOut(sections.get('organisation') ?? []);
  const own = layOut(sections.get('person') ?? []);
  const employer = organisation.map((fact) => factOfEmployer(fact, own.length));
  return {
    vocabularies: {
      person: {
        subject: 'person',
        facts: [...own, ...employer],
        employerKindSlot: employerKindSlot(sections.get('organisation') ?? [], own.length),
      },
      organisation: { subject: 'organisation', facts: organisation },
      project: { subject: 'project', facts: layOut(sections.get('project') ?? []) },
      team: { subject: 'team', facts: layOut(sections.get('team') ?? []) },
    },
  };
}

function readSections(contents: unknown, lineOf: LineOf): Map<SubjectKind, WrittenFact[]> {
  const sections = new Map<SubjectKind, WrittenFact[]>();
  for (const { key, line, value } of entries(contents, lineOf, '词汇表', 'the vocabulary')) {
    const kind = subjectKinds.find((name) => name === key);
    if (kind === undefined) {
      fail(
        line,
        `没有“${key}”这一类主体，应当是 ${subjectKinds.join('、')} 之一`,
        `no kind of subject "${key}"; expected one of ${subjectKinds.join(', ')}`,
      );
    }
    const facts = entries(value, lineOf, key, key).map((entry) => readFact(entry.key, entry.line, entry.value, lineOf));
    sections.set(kind, facts);
  }
  const missing = requiredSections.find((kind) => !sections.has(kind));
  if (missing !== undefined) fail(1, `缺少“${missing}”一节`, `the section "${missing}" is missing`);
  return sections;
}

interface Entry {
  readonly key: string;
  readonly line: number;
  readonly value: unknown;
}

/** Entries of a YAML map whose keys are texts, each used once. */
function entries(node: unknown, lineOf: LineOf, zh: string, en: string): Entry[] {
  if (!isMap(node)) fail(lineOf(node), `“${zh}”应当是“名称: 内容”的列表`, `"${en}" should be a list of "name: content"`);
  const seen = new Map<string, number>();
  return (node as YAMLMap<unknown, unknown>).items.map((pair) => {
    const line = lineOf(pair.key);
    const key = isScalar(pair.key) ? pair.key.value : undefined;
    if (typeof key !== 'string') fail(line, `“${zh}”里的名称应当是文字`, `a name in "${en}" should be text`);
    const before = seen.get(key);
    if (before !== undefined) fail(line, `“${key}”重复，第 ${before} 行已有`, `"${key}" is there twice, first in line ${before}`);
    seen.set(key, line);
    return { key, line, value: pair.value };
  });
}

function readFact(name: string, line: number, node: unknown, lineOf: LineOf): WrittenFact {
  if (!/^\p{L}[\p{L}\p{N}]*$/u.test(name) || name === EMPLOYER) {
    fail(
      line,
      `“${name}”不能作事实的名称：只能用文字和数字，以文字开头，不能是“${EMPLOYER}”`,
      `"${name}" cannot name a fact: only letters and digits, a letter first, and not "${EMPLOYER}"`,
    );
  }
  const parts = new Map<string, unknown>();
  for (const entry of entries(node, lineOf, name, name)) {
    if (!factKeys.includes(entry.key)) {
      fail(
        entry.line,
        `“${name}”里没有“${entry.key}”这一项；含逗号的文字要加引号`,
        `"${name}" has no part "${entry.key}"; quote a text that holds a comma`,
      );
    }
    parts.set(entry.key, entry.value);
  }
  const word = (part: string): string | undefined => {
    if (!parts.has(part)) return undefined;
    const scalar = parts.get(part);
    const value = isScalar(scalar) ? scalar.value : undefined;
    return typeof value === 'string' && value !== '' ? value : fail(
      line,
      `“${name}”的 ${part} 应当是文字`,
      `${part} of "${name}" should be text`,
    );
  };
  const oneOf = <T extends string>(part: string, allowed: readonly T[]): T => {
    const found = word(part);
    const known = allowed.find((value) => value === found);
    return known ?? fail(
      line,
      `“${name}”的 ${part} 应当是 ${allowed.join('、')} 之一，这里是 ${found ?? '空'}`,
      `${part} of "${name}" should be one of ${allowed.join(', ')}; found ${found ?? 'nothing'}`,
    );
  };
  const list = (part: string): readonly string[] => readList(name, line, part, parts.get(part));

  const written = oneOf('type', factTypes);
  const from = oneOf('from', origins);
  const en = word('en') ?? fail(line, `“${name}”缺少英文名称 en`, `"${name}" lacks its English label en`);
  const of = word('of');
  const places = written === 'kinds' && of === 'place';
  const type: ValueType = places ? 'places' : written;
  const derived = from === '推算';
  const by = derived || parts.has('by') ? oneOf('by', Object.keys(derivations) as (keyof typeof derivations)[]) : undefined;
  if (derived ? of === undefined || places : by !== undefined || (of !== undefined && !places)) {
    fail(line, `“${name}”：推算的事实写 of 和 by，其他事实不写`, `"${name}": a derived fact (推算) states of and by, no other fact does`);
  }
  const listed = type === 'level' || type === 'kind' || type === 'kinds';
  if (!listed && (parts.has('values') || parts.has('en_values'))) {
    fail(
      line,
      `“${name}”是 ${type}，不列 values`,
      `"${name}" is ${type}, which lists no values`,
    );
  }
  const values = listed ? list('values') : undefined;
  const valuesEn = listed ? list('en_values') : undefined;
  if (values !== undefined && values.length !== valuesEn?.length) {
    fail(
      line,
      `“${name}”有 ${values.length} 个 values，却有 ${valuesEn?.length ?? 0} 个 en_values`,
      `"${name}" has ${values.length} values but ${valuesEn?.length ?? 0} en_values`,
    );
  }
  if (type === 'kinds' && (values?.length ?? 0) > MOST_VALUES_OF_A_SET) {
    fail(
      line,
      `“${name}”最多 ${MOST_VALUES_OF_A_SET} 个值，这里有 ${values?.length}`,
      `"${name}" can have at most ${MOST_VALUES_OF_A_SET} values, found ${values?.length}`,
    );
  }
  return {
    name,
    line,
    type,
    ...(values === undefined || valuesEn === undefined ? {} : { values, valuesEn }),
    from,
    ...(of === undefined || places ? {} : { of }),
    ...(by === undefined ? {} : { by }),
    en,
  };
}

function readList(name: string, line: number, part: string, node: unknown): readonly string[] {
  const wrong = (): never => fail(
    line,
    `“${name}”的 ${part} 应当是一组文字（数字加引号）`,
    `${part} of "${name}" should be a list of texts (quote numbers)`,
  );
  if (!isSeq(node) || node.items.length === 0) return wrong();
  const values = node.items.map((item) => (isScalar(item) && typeof item.value === 'string' ? item.value : wrong()));
  const twice = values.find((value, at) => values.indexOf(value) !== at);
  if (twice !== undefined) fail(line, `“${name}”的 ${part} 里“${twice}”重复`, `${part} of "${name}" lists "${twice}" twice`);
  return values;
}

/** Gives facts their slots and resolves what each is derived from. */
function layOut(written: readonly WrittenFact[]): readonly Fact[] {
  return written.map(({ line, of, ...fact }, slot) => {
    if (of === undefined || fact.by === undefined) return { ...fact, slot };
    const base = written.findIndex((other) => other.name === of);
    const baseType = written[base]?.type;
    if (baseType === undefined) {
      fail(
        line,
        `“${fact.name}”由“${of}”推算，但没有这个事实`,
        `"${fact.name}" is derived from "${of}", which does not exist`,
      );
    }
    const needed = derivations[fact.by];
    if (baseType !== needed.from || fact.type !== needed.to) {
      fail(
        line,
        `“${fact.name}”：${fact.by} 由 ${needed.from} 推算 ${needed.to}，这里由 ${baseType} 推算 ${fact.type}`,
        `"${fact.name}": ${fact.by} derives ${needed.to} from ${needed.from}, here ${fact.type} from ${baseType}`,
      );
    }
    if (fact.by === 'university' && fact.values?.join() !== UNIVERSITY_CLASSES.join()) {
      fail(
        line,
        `“${fact.name}”的 values 应当依次是 ${UNIVERSITY_CLASSES.join('、')}`,
        `values of "${fact.name}" should be ${UNIVERSITY_CLASSES.join(', ')}, in this order`,
      );
    }
    return { ...fact, slot, of: base };
  });
}

/** The fact of a person that says the same of the person's employer. */
function factOfEmployer(fact: Fact, firstSlot: number): Fact {
  return {
    ...fact,
    name: `${EMPLOYER}.${fact.name}`,
    slot: firstSlot + fact.slot,
    ...(fact.of === undefined ? {} : { of: firstSlot + fact.of }),
    en: `employer: ${fact.en}`,
    employer: true,
  };
}

function employerKindSlot(organisation: readonly WrittenFact[], firstSlot: number): number {
  const at = organisation.findIndex((fact) => fact.name === EMPLOYER_KIND);
  const fact = organisation[at];
  if (fact?.type !== 'kind' || fact.values?.[0] !== NO_EMPLOYER) {
    fail(
      fact?.line ?? 1,
      `organisation 应当有“${EMPLOYER_KIND}”，类型 kind，第一个值是“${NO_EMPLOYER}”`,
      `organisation should have "${EMPLOYER_KIND}" of type kind whose first value is "${NO_EMPLOYER}"`,
    );
  }
  return firstSlot + at;
}

/**
 * Reads the places, universities and independent colleges.
 * @throws an Error that names the file and line, for a table that is not as cities/reference/README.md says.
 */
export function readReference(files: ReferenceFiles): ReferenceData {
  const places = within('divisions.csv', () => readPlaces(files.divisions));
  return {
    places: [...places.keys()],
    placeNames: [...places.values()],
    retiredPlaces: within('retired-divisions.csv', () => readRetired(files.retired, places)),
    ...readUniversityList(files),
  };
}

/** Reads everything that packs share from `<root>/cities/reference`. */
export function readReferenceFolder(root: string): Vocabularies & { readonly reference: ReferenceData; readonly calendar: WorkingCalendar } {
  const text = (file: string): string => readFileSync(join(root, 'cities', 'reference', file), 'utf8');
  return {
    ...within('vocabulary.yaml', () => readVocabularies(text('vocabulary.yaml'))),
    reference: readReference({
      divisions: text('divisions.csv'),
      retired: text('retired-divisions.csv'),
      universities: text('universities.csv'),
      colleges: text('independent-colleges.csv'),
    }),
    calendar: within('calendar.json', () => readCalendar(text('calendar.json'))),
  };
}

/** Puts the file's name before what is wrong in it. */
function within<T>(file: string, read: () => T): T {
  try {
    return read();
  } catch (error) {
    throw error instanceof Error ? new Error(`${file} ${error.message}`, { cause: error }) : error;
  }
}

interface TableRow {
  readonly line: number;
  readonly cells: readonly string[];
}

/** Rows of a CSV file below its header. The tables here need no quotes, and a quote is refused rather than misread. */
function readTable(text: string, header: string): TableRow[] {
  const rows = text
    .replace(/^\uFEFF/, '')
    .split(/\r?\n/)
    .map((content, at) => ({ content, line: at + 1 }))
    .filter(({ content }) => content.trim() !== '');
  const width = header.split(',').length;
  if (rows[0]?.content !== header) fail(1, `第一行应当是 ${header}`, `the first line should be ${header}`);
  return rows.slice(1).map(({ content, line }) => {
    if (content.includes('"')) fail(line, '不能用引号', 'quotes are not allowed');
    const cells = content.split(',').map((cell) => cell.trim());
    if (cells.length !== width) fail(line, `应当有 ${width} 列，这里有 ${cells.length} 列`, `expected ${width} columns, found ${cells.length}`);
    return { line, cells };
  });
}

function codeIn(cell: string | undefined, line: number): number {
  if (cell === undefined || !/^[1-9]\d{5}$/.test(cell)) fail(line, `“${cell}”不是六位区划代码`, `"${cell}" is not a six-digit division code`);
  return Number(cell);
}

function readPlaces(text: string): Map<number, string> {
  const places = new Map<number, string>();
  for (const { line, cells } of readTable(text, 'code,name,level')) {
    const code = codeIn(cells[0], line);
    const name = cells[1] ?? '';
    if (name === '') fail(line, `${code} 没有名称`, `${code} has no name`);
    if (places.has(code)) fail(line, `${code} 重复`, `${code} is there twice`);
    places.set(code, name);
  }
  return places;
}

function readRetired(text: string, places: ReadonlyMap<number, string>): (readonly [number, number])[] {
  const retired = new Map<number, number>();
  for (const { line, cells } of readTable(text, 'retired,current,name,since,source')) {
    const old = codeIn(cells[0], line);
    const current = codeIn(cells[1], line);
    if (places.has(old) || retired.has(old)) fail(line, `${old} 仍在使用或者重复`, `${old} is still in use or there twice`);
    if (!places.has(current)) fail(line, `没有代码 ${current}`, `there is no code ${current}`);
    retired.set(old, current);
  }
  return [...retired];
}

/** A name other than an official one, with the rows of the universities that go by it. */
type OtherNames = ReadonlyMap<string, readonly number[]>;

function readUniversityList(files: Pick<ReferenceFiles, 'universities' | 'colleges'>): UniversityList {
  const { official, others } = within('universities.csv', () => readUniversities(files.universities));
  const bits = [...official.values()];
  // A name that may mean universities of different classes leaves the class unknown.
  const bitsOf = (rows: readonly number[]): number => {
    const classes = new Set(rows.map((row) => bits[row] ?? 0));
    return classes.size === 1 ? Math.max(...classes) : ABSENT;
  };
  const colleges = within('independent-colleges.csv', () => readColleges(files.colleges, official, others));
  return {
    universities: [...official, ...[...others].map(([name, rows]) => [name, bitsOf(rows)] as const), ...colleges.map((name) => [name, 0] as const)],
    universityClasses: UNIVERSITY_CLASSES,
    officialUniversities: official.size,
    universityAliases: [...others.values()].map((rows) => (rows.length === 1 ? (rows[0] ?? 0) : rows)),
  };
}

function readUniversities(text: string): { readonly official: ReadonlyMap<string, number>; readonly others: OtherNames } {
  const official = new Map<string, number>();
  const others = new Map<string, number[]>();
  for (const { line, cells } of readTable(text, 'name,former_or_short_names,province,985,211,双一流,清华北大')) {
    const [name = '', more = '', , ...marks] = cells;
    if (name === '') fail(line, '没有校名', 'the name is missing');
    if (!marks.every((mark) => mark === '0' || mark === '1')) fail(line, `“${name}”的类别应当写 0 或 1`, `classes of "${name}" should be 0 or 1`);
    const [p985, p211, doubleFirst, qingbei] = marks.map((mark) => mark === '1');
    const spelled = spellUniversity(name);
    if (official.has(spelled)) fail(line, `“${name}”重复`, `"${name}" is there twice`);
    const row = official.size;
    official.set(spelled, [qingbei, p985, p211, doubleFirst].reduce((sum, held, bit) => sum | (held === true ? 1 << bit : 0), 0));
    const written = more === '' ? [] : more.split('|').map(spellUniversity);
    if (written.includes('')) fail(line, `“${name}”的其他校名里有一个是空的`, `another name of "${name}" is empty`);
    for (const other of new Set([spelled, ...written].flatMap((one) => [one, ...campusForms(one, spelled)]).concat(shorterForms(spelled)))) {
      if (other !== spelled) others.set(other, [...(others.get(other) ?? []), row]);
    }
  }
  // An official name is never another university's short name.
  for (const name of official.keys()) others.delete(name);
  return { official, others };
}

/** How people write a university with a campus in brackets: 中国地质大学(武汉) also 中国地质大学武汉, and, of an official name, 中国地质大学. */
function campusForms(name: string, official: string): string[] {
  const match = /^(.+)\((.+)\)$/.exec(name);
  if (match === null) return [];
  return [...((match[2]?.length ?? 0) > 1 ? [`${match[1]}${match[2]}`] : []), ...(name === official ? [`${match[1]}`] : [])];
}

// How the end of an official name is shortened in speech.
const spokenEndings: readonly (readonly [string, string])[] = [
  ['师范大学', '师大'],
  ['交通大学', '交大'],
  ['工业大学', '工大'],
  ['科技大学', '科大'],
  ['农业大学', '农大'],
  ['林业大学', '林大'],
  ['医科大学', '医大'],
  ['财经大学', '财大'],
  ['民族大学', '民大'],
];
// What is left of these without its ending is no university: the people, the academy of sciences, an oil company.
const otherBodies: readonly string[] = ['中国人民', '中国科学院', '中国石油'];

/** An official name as it is spoken (北京交大), and without its ending where four characters are left (北京交通). */
function shorterForms(name: string): string[] {
  const spoken = spokenEndings.filter(([full]) => name.endsWith(full)).map(([full, short]) => `${name.slice(0, -full.length)}${short}`);
  const stem = /^(.{4,})(?:大学|(?<!医)学院)$/.exec(name)?.[1];
  return stem === undefined || otherBodies.includes(stem) ? spoken : [...spoken, stem];
}

/** Independent colleges that bear a listed university's name and are none of its schools. */
function readColleges(text: string, official: ReadonlyMap<string, number>, others: OtherNames): string[] {
  const colleges = new Set<string>();
  for (const { line, cells } of readTable(text, 'university,colleges')) {
    const [university = '', more = ''] = cells;
    const owner = spellUniversity(university);
    if (!official.has(owner) && !others.has(owner)) fail(line, `名单里没有“${university}”`, `"${university}" is not in the list`);
    for (const college of more.split('|')) {
      const name = `${owner}${spellUniversity(college)}`;
      if (college === '') fail(line, `“${university}”有一个学院没有名称`, `a college of "${university}" has no name`);
      if (colleges.has(name) || official.has(name) || others.has(name)) fail(line, `“${name}”重复`, `"${name}" is there twice`);
      colleges.add(name);
    }
  }
  return [...colleges];
}

// Reads a subject as people hand it in, checks every fact, derives what can be derived, and lays the values out in slots.
// After this stage every value is known to be valid; what is not known is ABSENT.

import { type DateNumber, formatDate, parseDate, wholeYears } from './calendar.ts';
import type { Fact, SubjectKind, Vocabulary } from './model.ts';
import { fenOfYuan } from './money.ts';
import { fullPlaceName } from './places.ts';
import { nearest, type Problem, shown } from './problems.ts';
import type { Reference } from './reference.ts';
import { ABSENT, FALSE, MAX_FEN, MAX_NUMBER, MAX_YEARS, MICRO, TRUE } from './values.ts';

/** A subject whose facts are checked and laid out by slot. */
export interface Subject {
  readonly id: string | number | null;
  readonly kind: SubjectKind;
  readonly slots: Float64Array;
  /** For facts that are sets of places: their codes, by slot. */
  readonly places: (readonly number[] | undefined)[];
  /** For text facts: what was given, by slot. */
  readonly texts: (string | undefined)[];
  /** True for slots that were derived here and not given. */
  readonly derived: Uint8Array;
}

/** What binding needs to know besides the line itself. */
export interface Binding {
  readonly vocabularies: Readonly<Partial<Record<SubjectKind, Vocabulary>>>;
  readonly reference: Reference;
  /** Texts that rules compare with, each with a number of one or more; every other text is held as 0. */
  readonly literals: ReadonlyMap<string, number>;
  readonly date: DateNumber;
}

const EMPLOYER = '用人单位';
const subjectKinds: readonly string[] = ['person', 'organisation', 'project', 'team'];
const indexes = new WeakMap<Vocabulary, Map<string, Fact>>();

function factIndex(vocabulary: Vocabulary): Map<string, Fact> {
  let index = indexes.get(vocabulary);
  if (index === undefined) {
    index = new Map(vocabulary.facts.map((fact) => [fact.name, fact]));
    indexes.set(vocabulary, index);
  }
  return index;
}

function foundOf(value: unknown): { found?: string } {
  return value === undefined ? {} : { found: shown(value) };
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/**
 * Binds one subject in the contract's form `{id, subject, facts}`.
 * @returns the subject, or every problem found with it.
 */
export function bind(input: unknown, binding: Binding): { readonly subject: Subject } | { readonly problems: readonly Problem[] } {
  const read = readSubject(input, binding, (count) => ({ slots: new Float64Array(count), derived: new Uint8Array(count) }));
  const vocabulary = 'subject' in read ? binding.vocabularies[read.subject.kind] : undefined;
  if ('subject' in read && vocabulary !== undefined) derive(read.subject, vocabulary, binding);
  return read;
}

/** Every problem found with a subject; what {@link bind} would say, where nobody needs the subject itself. */
export function problemsOf(input: unknown, binding: Binding): readonly Problem[] {
  const read = readSubject(input, binding, (count) => {
    if (scratch.length < count) scratch = new Float64Array(count);
    return { slots: scratch, derived: noneDerived };
  });
  return 'problems' in read ? read.problems : [];
}

// Memory of its own for every subject is a good part of what reading one costs; a check needs none once it is over.
let scratch = new Float64Array(128);
const noneDerived = new Uint8Array(0);

type Room = Pick<Subject, 'slots' | 'derived'>;

function readSubject(input: unknown, binding: Binding, roomFor: (facts: number) => Room): { readonly subject: Subject } | { readonly problems: readonly Problem[] } {
  if (!isObject(input)) return { problems: [{ code: 'not-an-object', fact: '' }] };
  const problems: Problem[] = [];
  const id = input['id'] ?? null;
  if (id !== null && typeof id !== 'string' && !Number.isSafeInteger(id)) problems.push({ code: 'bad-id', fact: 'id', found: shown(id) });
  const kind = input['subject'];
  if (typeof kind !== 'string' || !subjectKinds.includes(kind)) {
    return { problems: [...problems, { code: 'bad-subject', fact: 'subject', ...foundOf(kind) }] };
  }
  const facts = input['facts'];
  if (!isObject(facts)) return { problems: [...problems, { code: 'bad-facts', fact: 'facts', ...foundOf(facts) }] };
  const vocabulary = binding.vocabularies[kind as SubjectKind];
  const { slots, derived } = roomFor(vocabulary?.facts.length ?? 0);
  const subject: Subject = {
    id: id as string | number | null,
    kind: kind as SubjectKind,
    slots: slots.fill(ABSENT),
    places: [],
    texts: [],
    derived,
  };
  const index = vocabulary === undefined ? new Map<string, Fact>() : factIndex(vocabulary);
  for (const [name, value] of Object.entries(facts)) {
    if (name === EMPLOYER && vocabulary?.employerKindSlot !== undefined) {
      if (value === null) continue;
      if (!isObject(value)) {
        problems.push({ code: 'bad-group', fact: name, found: shown(value) });
        continue;
      }
      for (const [part, inner] of Object.entries(value)) readFact(`${EMPLOYER}.${part}`, inner, subject, index, binding, problems);
    } else readFact(name, value, subject, index, binding, problems);
  }
  if (vocabulary !== undefined) checkDates(subject, vocabulary, binding.date, problems);
  return problems.length > 0 ? { problems } : { subject };
}

function readFact(name: string, value: unknown, subject: Subject, index: Map<string, Fact>, binding: Binding, problems: Problem[]): void {
  const fact = index.get(name);
  if (fact === undefined) {
    const near = nearest(name, index.keys());
    problems.push({ code: 'unknown-fact', fact: name, ...(near === undefined ? {} : { more: near }) });
    return;
  }
  if (value === null || value === undefined) return;
  if (subject.slots[fact.slot] !== ABSENT) {
    problems.push({ code: 'given-twice', fact: name });
    return;
  }
  const encoded = encode(fact, value, subject, binding);
  if (typeof encoded === 'number') subject.slots[fact.slot] = encoded;
  else problems.push(encoded);
}

/** The number that holds a given value of a fact, or what is wrong with it. */
function encode(fact: Fact, value: unknown, subject: Subject, binding: Binding): number | Problem {
  const wrong = (code: Problem['code'], more?: string): Problem => ({ code, fact: fact.name, found: shown(value), ...(more === undefined ? {} : { more }) });
  switch (fact.type) {
    case 'flag':
      return typeof value === 'boolean' ? (value ? TRUE : FALSE) : wrong('not-a-flag');
    case 'money': {
      const checked = checkNumber(value, MAX_FEN / 100);
      if (typeof checked !== 'number') return wrong(checked[0], checked[1]);
      return fenOfYuan(checked) ?? wrong('too-many-decimals', '2');
    }
    case 'years': {
      const checked = checkNumber(value, MAX_YEARS);
      return typeof checked === 'number' ? checked : wrong(checked[0], checked[1]);
    }
    case 'number':
    case 'share': {
      const checked = checkNumber(value, MAX_NUMBER);
      if (typeof checked !== 'number') return wrong(checked[0], checked[1]);
      const micro = Math.round(checked * MICRO);
      return micro / MICRO === checked ? micro : wrong('too-many-decimals', '6');
    }
    case 'date':
      return (typeof value === 'string' ? parseDate(value) : undefined) ?? wrong('not-a-date');
    case 'level':
    case 'kind': {
      const at = fact.values?.indexOf(value as string) ?? -1;
      return at >= 0 ? at : wrong('unknown-value', (fact.values ?? []).join('、'));
    }
    case 'kinds': {
      if (!Array.isArray(value)) return wrong('not-a-list');
      let mask = 0;
      for (const item of value) {
        const at = fact.values?.indexOf(item as string) ?? -1;
        if (at < 0) return { ...wrong('unknown-value', (fact.values ?? []).join('、')), found: shown(item) };
        mask |= 1 << at;
      }
      return mask;
    }
    case 'place':
      return placeCode(value, binding) ?? wrong('unknown-place', placesNamed(value, binding));
    case 'places': {
      if (!Array.isArray(value)) return wrong('not-a-list');
      const codes: number[] = [];
      for (const item of value) {
        const code = placeCode(item, binding);
        if (code === undefined) return { ...wrong('unknown-place', placesNamed(item, binding)), found: shown(item) };
        codes.push(code);
      }
      subject.places[fact.slot] = codes;
      return codes.length;
    }
    case 'text': {
      if (typeof value !== 'string') return wrong('not-a-text');
      const text = value.trim();
      if (text === '' || text.length > 200) return wrong('not-a-text');
      subject.texts[fact.slot] = text;
      return binding.literals.get(text) ?? 0;
    }
    default:
      return wrong('unknown-value');
  }
}

function checkNumber(value: unknown, most: number): number | ['not-a-number'] | ['negative'] | ['too-large', string] {
  if (typeof value !== 'number' || Number.isNaN(value)) return ['not-a-number'];
  if (value < 0) return ['negative'];
  return value > most ? ['too-large', String(most)] : value;
}

function placeCode(value: unknown, binding: Binding): number | undefined {
  return typeof value === 'string' && /^\d{6}$/.test(value) ? binding.reference.place(Number(value)) : undefined;
}

/** The codes of places that were given by name, for the one who has to write the code: 220202（吉林省吉林市昌邑区）. */
function placesNamed(value: unknown, { reference }: Binding): string | undefined {
  if (typeof value !== 'string' || value.length > 40) return undefined;
  const codes = reference.findPlaces(value).slice(0, 5);
  return codes.length === 0 ? undefined : codes.map((code) => `"${code}"（${fullPlaceName(code, reference.data) ?? ''}）`).join('、');
}

/** Nobody is born after the date asked about, and nothing of a person happens before birth. */
function checkDates(subject: Subject, vocabulary: Vocabulary, date: DateNumber, problems: Problem[]): void {
  const birth = factIndex(vocabulary).get('出生日期');
  const born = birth === undefined ? ABSENT : (subject.slots[birth.slot] ?? ABSENT);
  if (birth === undefined || born === ABSENT) return;
  if (born > date) {
    problems.push({ code: 'born-later', fact: birth.name, found: formatDate(born), more: formatDate(date) });
    return;
  }
  for (const fact of vocabulary.facts) {
    const value = subject.slots[fact.slot] ?? ABSENT;
    if (fact.type === 'date' && value !== ABSENT && value < born) {
      problems.push({ code: 'before-birth', fact: fact.name, found: formatDate(value), more: formatDate(born) });
    }
  }
}

/** Fills derived facts that were not given from the facts they are derived from. */
function derive(subject: Subject, vocabulary: Vocabulary, binding: Binding): void {
  for (const fact of vocabulary.facts) {
    if (fact.of === undefined || subject.slots[fact.slot] !== ABSENT) continue;
    const base = subject.slots[fact.of] ?? ABSENT;
    if (base === ABSENT) continue;
    const value = fact.by === 'university' ? binding.reference.universityClasses(subject.texts[fact.of] ?? '') : wholeYears(base, binding.date);
    if (value === ABSENT) continue;
    subject.slots[fact.slot] = value;
    subject.derived[fact.slot] = 1;
  }
}


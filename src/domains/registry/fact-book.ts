// What a fact may be: checks values against the vocabulary of the compiled packs, and recognises universities by the names people write.
import { problemsOf } from '../../policy/bind.ts';
import { parseDate } from '../../policy/calendar.ts';
import type { Fact, SubjectKind, Vocabulary } from '../../policy/model.ts';
import { tellProblem } from '../../policy/problems.ts';
import { openReference, type Reference, type ReferenceData } from '../../policy/reference.ts';
import { officialUniversity, suggestUniversities, universityHint } from '../../policy/universities.ts';
import type { ErrorDetail } from '../../contract/errors.ts';
import type { StatementOrigin } from './known-facts.ts';
import type { PartyKind } from './party.ts';

/** Facts to check, and what they come with. */
export interface FactsToCheck {
  readonly kind: PartyKind;
  readonly facts: Readonly<Record<string, unknown>>;
  readonly origin: StatementOrigin;
  /** The day of which they speak, `YYYY-MM-DD`. */
  readonly asOf: string;
}

/** The vocabulary made ready for the registry. */
export interface FactBook {
  readonly reference: Reference;
  /** The fact of a name, or undefined. */
  fact(kind: PartyKind, name: string): Fact | undefined;
  /** Everything wrong with facts, each with what was expected and found; empty where they may be recorded. */
  check(facts: FactsToCheck): readonly ErrorDetail[];
  /** Official names of the universities in facts that were written otherwise; null where there are none. */
  recognise(facts: Readonly<Record<string, unknown>>): Readonly<Record<string, string>> | null;
  /** Official names that may be meant by a university in facts that was not recognised; none where it was, or is rightly not in the list. */
  hintUniversities(facts: Readonly<Record<string, unknown>>): readonly string[];
  /** Official names that fit what is typed so far. */
  suggestUniversities(text: string, most: number): readonly string[];
  /** The official name that a written name stands for; undefined where it is not listed or several go by it. */
  officialUniversity(name: string): string | undefined;
  /** Whether a six-digit code is or was a place. */
  readonly knowsDivision: (code: number) => boolean;
}

/** The fact that holds a university's name. */
const UNIVERSITY = '毕业院校';
const noLiterals: ReadonlyMap<string, number> = new Map();

/** Makes a fact book of the compiled vocabulary and reference data (`vocabularies`, `reference` of dist/packs). */
export function openFactBook(packs: { readonly vocabularies: Readonly<Record<SubjectKind, Vocabulary>>; readonly reference: ReferenceData }): FactBook {
  const { vocabularies } = packs;
  const reference = openReference(packs.reference);
  const facts = new Map(Object.entries(vocabularies).map(([kind, { facts: all }]) => [kind, new Map(all.map((fact) => [fact.name, fact]))]));
  const fact = (kind: PartyKind, name: string): Fact | undefined => facts.get(kind)?.get(name);

  function check({ kind, facts: given, origin, asOf }: FactsToCheck): readonly ErrorDetail[] {
    const details: ErrorDetail[] = [];
    for (const name of Object.keys(given)) {
      const known = fact(kind, name);
      if (known?.by === 'whole-years') {
        const base = vocabularies[kind].facts[known.of ?? -1]?.name ?? '';
        details.push({
          field: `facts.${name}`,
          zh: `“${name}”由“${base}”推算，每天会变，请记录“${base}”。`,
          en: `"${name}" is derived from "${base}" and changes by the day; record "${base}" instead.`,
        });
      }
      if (known?.from === '认定' && origin === '申报') {
        details.push({
          field: `facts.${name}`,
          zh: `“${name}”由评审认定，不由本人申报。`,
          en: `"${name}" is decided in a review and cannot be told by the party.`,
        });
      }
    }
    const date = parseDate(asOf);
    if (date === undefined) return [...details, { field: 'asOf', zh: `日期应当写作 2026-06-30，这里是 ${asOf}。`, en: `A date is written 2026-06-30; found ${asOf}.` }];
    for (const problem of problemsOf({ subject: kind, facts: given }, { vocabularies, reference, literals: noLiterals, date })) {
      details.push({ field: `facts.${problem.fact}`, zh: `${tellProblem(problem, 'zh')}。`, en: `${tellProblem(problem, 'en')}.` });
    }
    return details;
  }

  return {
    reference,
    fact,
    check,
    recognise(given) {
      const written = given[UNIVERSITY];
      const official = typeof written === 'string' ? officialUniversity(written, reference.data) : undefined;
      return official === undefined || official === written ? null : { [UNIVERSITY]: official };
    },
    hintUniversities(given) {
      const written = given[UNIVERSITY];
      return typeof written === 'string' && officialUniversity(written, reference.data) === undefined ? universityHint(written, reference.data).suggestions : [];
    },
    suggestUniversities: (text, most) => suggestUniversities(text, reference.data, most),
    officialUniversity: (name) => officialUniversity(name, reference.data),
    knowsDivision: (code) => reference.place(code) !== undefined,
  };
}

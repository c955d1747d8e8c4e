// What the manual is made from: the compiled packs and what they are read with.

import type { CityEntry, Examples, Policy, Questions, Reference, SubjectKind, Vocabulary } from '../policy/index.ts';
import { Addresses, type Language } from './addresses.ts';

/** A policy with its benefits' own cases. */
export interface PolicySource {
  readonly policy: Policy;
  readonly examples: Examples;
}

/** A jurisdiction and its policies, in their order. */
export interface CitySource {
  readonly city: CityEntry;
  readonly policies: readonly PolicySource[];
}

/** Everything that the manual is made from. */
export interface ManualSource {
  readonly cities: readonly CitySource[];
  readonly vocabularies: Readonly<Record<SubjectKind, Vocabulary>>;
  readonly questions: Questions;
  readonly reference: Reference;
  /** Above each clause of a document, in its order, the clause that it stands below. */
  readonly parentsOf: (clauses: readonly string[]) => ReadonlyMap<string, string | undefined>;
}

/** One policy as it is told in one language. */
export interface PolicyScene {
  readonly source: ManualSource;
  readonly city: CityEntry;
  readonly policy: Policy;
  readonly examples: Examples;
  readonly language: Language;
  readonly addresses: Addresses;
  readonly say: (zh: string, en: string) => string;
  /** What its sentences begin with that say what is not written: the document, or what is at hand instead. */
  readonly document: string;
}

/** Sets the scene for a policy. */
export function sceneOf(source: ManualSource, { city }: CitySource, { policy, examples }: PolicySource, language: Language): PolicyScene {
  const [zh, en] = policy.source === undefined ? ['文件', 'The document'] : ['来源', 'The source'];
  return { source, city, policy, examples, language, addresses: new Addresses(language), say: (chinese, english) => (language === 'zh' ? chinese : english), document: language === 'zh' ? zh : en };
}

/** A policy by its id, whichever jurisdiction has it; undefined for one that is known by name only. */
export function findPolicy(source: ManualSource, id: string): { readonly city: CityEntry; readonly policy: Policy } | undefined {
  for (const { city, policies } of source.cities) {
    const found = policies.find(({ policy }) => policy.id === id);
    if (found !== undefined) return { city, policy: found.policy };
  }
  return undefined;
}

/** The title of a document, by its id, whether its content is at hand or only its name. */
export function titleOfDocument(source: ManualSource, id: string, language: Language): string {
  const named = source.cities.flatMap(({ city }) => city.named).find((one) => one.id === id);
  return findPolicy(source, id)?.policy.short[language] ?? named?.title[language] ?? id;
}

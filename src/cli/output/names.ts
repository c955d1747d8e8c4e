// Names that people read: titles and clauses of benefits, names of facts, in the language asked for.

import type { BenefitOutline } from '../../policy/kernel.ts';
import type { Language } from '../../policy/problems.ts';
import type { Messages } from '../messages.ts';
import type { Request } from '../request.ts';

/** Looks up what is shown for ids. */
export interface Names {
  title(id: string): string;
  benefit(id: string): BenefitOutline | undefined;
  /** Names of facts and parameters, joined. */
  facts(names: readonly string[]): string;
}

/** The names of a request's policies; benefits go by `policy/benefit`. */
export function makeNames({ policies, vocabularies }: Pick<Request, 'policies' | 'vocabularies'>, say: Messages, language: Language): Names {
  const benefits = new Map(policies.flatMap(({ policy }) => policy.benefits.map((benefit) => [`${policy.id}/${benefit.id}`, benefit] as const)));
  const english = new Map(Object.values(vocabularies).flatMap(({ facts }) => facts.map((fact) => [fact.name, fact.en] as const)));
  return {
    title: (id) => benefits.get(id)?.title[language] ?? id,
    benefit: (id) => benefits.get(id),
    facts: (names) => names.map((name) => say.nameOfFact(name, english.get(name) ?? name)).join(say.listSeparator),
  };
}

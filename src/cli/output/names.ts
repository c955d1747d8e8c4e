// Names that people read: titles and clauses of benefits, names of facts, in the language asked for.

import type { Amount, BenefitResult } from '../../policy/engine.ts';
import type { BenefitOutline } from '../../policy/kernel.ts';
import type { Language } from '../../policy/problems.ts';
import { tellAmount } from '../../policy/tell-explanation.ts';
import type { Messages } from '../messages.ts';
import type { Request } from '../request.ts';

/** Looks up what is shown for ids. */
export interface Names {
  title(id: string): string;
  /** The title, with its jurisdiction where several of them answer. */
  placed(id: string): string;
  benefit(id: string): BenefitOutline | undefined;
  /** Names of facts and parameters, joined. */
  facts(names: readonly string[]): string;
}

/** The names of a request's policies; benefits go by `policy/benefit`. */
export function makeNames({ policies, vocabularies, levels }: Pick<Request, 'policies' | 'vocabularies' | 'levels'>, say: Messages, language: Language): Names {
  const benefits = new Map<string, BenefitOutline>(policies.flatMap(({ policy }) => policy.benefits.map((benefit) => [`${policy.id}/${benefit.id}`, benefit] as const)));
  const english = new Map<string, string>(Object.values(vocabularies).flatMap(({ facts }) => facts.map((fact) => [fact.name, fact.en] as const)));
  const places = new Map(policies.map(({ policy: { id } }) => [id, levels.find((level) => level.policies.some((policy) => policy.id === id))?.title[language]] as const));
  const isOnePlace = new Set(places.values()).size < 2;
  const title = (id: string): string => benefits.get(id)?.title[language] ?? id;
  return {
    title,
    placed(id) {
      const place = places.get(id.slice(0, id.indexOf('/')));
      return isOnePlace || place === undefined ? title(id) : say.placedTitle(title(id), place);
    },
    benefit: (id) => benefits.get(id),
    facts: (names) => names.map((name) => say.nameOfFact(name, english.get(name) ?? name)).join(say.listSeparator),
  };
}

/** What an answer that is not certain may come to: its bound, where it has one; nothing where no money or no figure is named. */
export function tellMost(amount: Amount | undefined, language: Language): string {
  return amount === undefined || amount.kind === 'unstated' ? '' : tellAmount(amount, language);
}

const SHOWN = 8;

/** The facts that most of the open benefits wait for, the most wanted first, and how many there are in all. */
export function tellMissing(open: readonly BenefitResult[], names: Names, say: Messages): string {
  const wanted = new Map<string, number>();
  for (const { missing } of open) for (const name of missing) wanted.set(name, (wanted.get(name) ?? 0) + 1);
  const first = [...wanted].sort((a, b) => b[1] - a[1]).slice(0, SHOWN);
  const text = names.facts(first.map(([name]) => name));
  return wanted.size > SHOWN ? say.andMore(text, wanted.size) : text;
}

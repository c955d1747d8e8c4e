// What is still missing for chosen benefits, and who can supply it.
import type { Prefilled } from '../../contract/intake-endpoints.ts';
import type { Fact, Vocabulary } from '../../policy/index.ts';

/** One fact that is missing. */
export type MissingFact = Prefilled['missing'][number];

/** Who asks, as far as it matters to what can be declared. */
export interface Declaring {
  readonly isOrganisation: boolean;
  readonly hasEmployer: boolean;
  /** Whether the caller speaks for the employer. */
  readonly isEmployer: boolean;
}

/**
 * The facts behind names that the engine misses, each once; one that is derived is asked for as what it is derived from.
 * @param missing names by benefit (`policy/benefit`)
 */
export function tellMissing({ facts }: Vocabulary, missing: ReadonlyMap<string, readonly string[]>, declaring: Declaring): MissingFact[] {
  const byName = new Map(facts.map((fact) => [fact.name, fact]));
  const found = new Map<string, { readonly fact: Fact; readonly benefits: string[] }>();
  for (const [benefit, names] of missing) {
    for (const name of names) {
      const named = byName.get(name);
      const fact = named?.of === undefined ? named : facts[named.of];
      if (fact === undefined) continue;
      const known = found.get(fact.name) ?? { fact, benefits: [] };
      found.set(fact.name, known);
      if (!known.benefits.includes(benefit)) known.benefits.push(benefit);
    }
  }
  return [...found.values()].map(({ fact, benefits }) => ({
    name: fact.name,
    en: fact.en,
    type: fact.type,
    values: [...(fact.values ?? [])],
    valuesEn: [...(fact.valuesEn ?? [])],
    suppliers: suppliersOf(fact, declaring),
    canDeclare: canDeclare(fact, declaring),
    benefits,
  }));
}

function suppliersOf({ from, employer }: Fact, { isOrganisation, hasEmployer }: Declaring): MissingFact['suppliers'] {
  if (from === '认定') return ['review'];
  const isEmployers = employer === true && !isOrganisation;
  const own: MissingFact['suppliers'] = isEmployers && hasEmployer ? ['employer'] : hasEmployer && !isOrganisation ? ['self', 'employer'] : ['self'];
  return from === '共享' ? [...own, 'department'] : own;
}

/** What an employer is counts only as said of that organisation, so only it can declare it where it is known. */
export function canDeclare({ from, employer }: Fact, { isOrganisation, hasEmployer, isEmployer }: Declaring): boolean {
  if (from === '认定') return false;
  if (employer !== true || isOrganisation) return true;
  return isEmployer || !hasEmployer;
}

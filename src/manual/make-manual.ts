// Makes the whole manual in one language from the compiled packs.

import { levelsOf } from '../policy/index.ts';
import { Addresses, type Language } from './addresses.ts';
import type { ClauseInDocument, Manual, ManualCity, ManualClause, ManualPolicy } from './model.ts';
import { type CitySource, findPolicy, type ManualSource, sceneOf, titleOfDocument } from './source.ts';
import { tellClauses } from './tell-clause.ts';
import { tellNamedValidity, tellPolicy } from './tell-policy.ts';
import { tellDay } from './words.ts';

/** The manual of all jurisdictions, in their order. @throws Error where a benefit's example cannot be evaluated. */
export function makeManual(source: ManualSource, language: Language): Manual {
  return { language, cities: source.cities.map((one) => tellCity(one, source, language)) };
}

/** The day on which a successor takes force; nothing where only its name is known. */
function successorFrom(source: ManualSource, id: string, language: Language): { readonly successorFrom?: string } {
  const found = findPolicy(source, id);
  return found === undefined ? {} : { successorFrom: tellDay(found.policy.from, language) };
}

function tellCity(own: CitySource, source: ManualSource, language: Language): ManualCity {
  const { city } = own;
  const addresses = new Addresses(language);
  const heading = ({ id, title }: typeof city): { id: string; title: string; href: string } => ({ id, title: title[language], href: addresses.city(id) });
  const cities = source.cities.map((one) => one.city);
  const told = own.policies.map((one): { policy: ManualPolicy; clauses: ReadonlyMap<string, ClauseInDocument> } => {
    const scene = sceneOf(source, own, one, language);
    const policy = tellPolicy(scene);
    return { policy, clauses: tellClauses(policy, scene) };
  });
  const ids = [...new Set(told.flatMap(({ clauses }) => [...clauses.keys()]))];
  return {
    ...heading(city),
    code: city.code,
    levels: levelsOf(cities, city.id).map(heading),
    below: cities.filter(({ parent }) => parent === city.id).map(heading),
    policies: told.map(({ policy }) => policy),
    named: city.named.map(({ id, title, words, from, to, supersededBy }) => {
      const validityTold = tellNamedValidity(from, to, language);
      return {
        id,
        title: title[language],
        words: words[language],
        ...(validityTold === undefined ? {} : { validityTold }),
        ...(supersededBy === undefined ? {} : { successor: titleOfDocument(source, supersededBy, language), ...successorFrom(source, supersededBy, language) }),
      };
    }),
    clauses: ids.map((id): ManualClause => ({ id, city: city.id, href: addresses.clause(city.id, id), documents: told.flatMap(({ clauses }) => clauses.get(id) ?? []) })),
  };
}

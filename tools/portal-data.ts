// Gathers what the calculator carries: compiled packs without what only their authors read, and the places that matter to its cities.
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { readQuestions } from '../src/authoring/read-questions.ts';
import type { FullModule, Manifest, Policy, ReferenceData, ReferenceModule, VocabularyModule } from '../src/policy/index.ts';
import type { CityHeading, PortalCity, PortalData } from '../web/portal/data.ts';

/** The calculator's data for all cities. @param packs the folder of the compiled packs of `root`, with its manifest. */
export async function makePortalData(root: string, packs: string): Promise<PortalData> {
  const load = async <T>(file: string): Promise<T> => (await import(pathToFileURL(join(packs, file)).href)) as T;
  const { manifest } = await load<{ manifest: Manifest }>('manifest.js');
  const cities = await Promise.all(
    manifest.cities.map(async ({ id, title, code, policies, names }): Promise<PortalCity> => {
      const full = await Promise.all(policies.map((entry) => load<FullModule>(entry.full)));
      return { id, title, code, policies: full.map(({ policy }) => slimPolicy(policy)), names };
    }),
  );
  const { vocabularies } = await load<VocabularyModule>(manifest.vocabulary);
  const { reference } = await load<ReferenceModule>(manifest.reference);
  return { cities, vocabularies, reference: nearbyReference(reference, cities.map(({ code }) => code)), questions: readQuestions(root, vocabularies) };
}

/** What the first page says of the cities. */
export function headingsOf({ cities }: PortalData): readonly CityHeading[] {
  return cities.map(({ id, title, code, policies }) => ({
    id,
    title,
    code,
    policies: policies.map((policy) => ({ id: policy.id, title: policy.title, short: policy.short, from: policy.from, ...(policy.to === undefined ? {} : { to: policy.to }) })),
  }));
}

/** A policy without what its answers never show: lines and files of the sources, and clauses that promise nothing to anybody. */
function slimPolicy(policy: Policy): Policy {
  const unread = new Set(['goals', 'duties', 'narratives']);
  const slim: unknown = JSON.parse(
    JSON.stringify(policy, (key, value: unknown) => {
      if (unread.has(key)) return Array.isArray(value) ? [] : undefined;
      if (key === 'file') return '';
      return key === 'line' && typeof value === 'number' ? undefined : value;
    }),
  );
  return slim as Policy;
}

/** All provinces and universities, but prefectures only of the cities' provinces, and counties and zones only of the cities. */
function nearbyReference(reference: ReferenceData, cities: readonly number[]): ReferenceData {
  const provinces = new Set(cities.map((code) => Math.floor(code / 10_000)));
  const prefectures = new Set(cities.map((code) => Math.floor(code / 100)));
  const near = (code: number): boolean => {
    if (code % 10_000 === 0) return true;
    if (code % 100 === 0) return provinces.has(Math.floor(code / 10_000));
    return prefectures.has(Math.floor(code / 100));
  };
  const kept = reference.places.flatMap((code, index) => (near(code) ? [[code, reference.placeNames[index] ?? ''] as const] : []));
  return {
    ...reference,
    places: kept.map(([code]) => code),
    placeNames: kept.map(([, name]) => name),
    retiredPlaces: reference.retiredPlaces.filter(([, current]) => near(current)),
  };
}

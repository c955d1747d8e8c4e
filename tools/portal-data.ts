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

/** The data with the words of one language only; the other's are empty, and a reader who changes the language loads them. */
export function inLanguage(data: PortalData, language: 'zh' | 'en'): PortalData {
  const other = language === 'zh' ? 'en' : 'zh';
  const told: unknown = JSON.parse(
    JSON.stringify(data, (key, value: unknown) => {
      if (language === 'zh' && key === 'names') return {};
      if (language === 'zh' && key === 'valuesEn') return undefined;
      if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
      const isWords = 'zh' in value && 'en' in value && typeof value.zh === 'string' && typeof value.en === 'string';
      if (isWords) return { ...value, [other]: '' };
      // A fact's name is Chinese and its English label stands beside it.
      return language === 'zh' && 'en' in value && 'slot' in value ? { ...value, en: '' } : value;
    }),
  );
  return told as PortalData;
}

/**
 * A policy without what its answers never show: lines and files of the sources, the spelling of conditions that have words,
 * and clauses that promise nothing to anybody.
 */
function slimPolicy(policy: Policy): Policy {
  const unread = new Set(['goals', 'duties', 'narratives']);
  const cited = new Set(policy.benefits.map(({ clause }) => clause));
  const slim: unknown = JSON.parse(
    JSON.stringify({ ...policy, clauses: policy.clauses.filter(({ id }) => cited.has(id)) }, (key, value: unknown) => {
      if (unread.has(key)) return Array.isArray(value) ? [] : undefined;
      if (key === 'file') return '';
      if (key === 'note' && typeof value === 'object' && value !== null && 'words' in value) return { ...value, text: undefined };
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

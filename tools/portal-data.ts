// Gathers what the calculator carries: compiled packs without what only their authors or the manual's readers read, and the places that matter.
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { readQuestions } from '../src/authoring/read-questions.ts';
import type { Benefit, CalendarModule, FullModule, Manifest, Policy, ReferenceData, ReferenceModule, VocabularyModule, Words, WorkingCalendar } from '../src/policy/index.ts';
import type { CityHeading, PortalCity, PortalCore, PortalData } from '../web/portal/data.ts';

/** The calculator's data for all cities. @param packs the folder of the compiled packs of `root`, with its manifest. */
export async function makePortalData(root: string, packs: string): Promise<PortalData> {
  const load = async <T>(file: string): Promise<T> => (await import(pathToFileURL(join(packs, file)).href)) as T;
  const { manifest } = await load<{ manifest: Manifest }>('manifest.js');
  const cities = await Promise.all(
    manifest.cities.map(async ({ id, title, code, parent, policies, named, names, unnamed }): Promise<PortalCity> => {
      const full = (await Promise.all(policies.map((entry) => load<FullModule>(entry.full)))).map(({ policy }) => slimPolicy(policy));
      return { id, title, code, ...(parent === undefined ? {} : { parent }), policies: full, named, names: namesIn(full, names), unnamed };
    }),
  );
  const { vocabularies } = await load<VocabularyModule>(manifest.vocabulary);
  const { reference } = await load<ReferenceModule>(manifest.reference);
  return { cities, vocabularies, reference: nearbyReference(reference, cities.map(({ code }) => code)), questions: readQuestions(root, vocabularies) };
}

/** How every fact is called in English, and each of its values that are named. */
export async function readFactWords(packs: string): Promise<Readonly<Record<string, { readonly en: string; readonly values: Readonly<Record<string, string>> }>>> {
  const load = async <T>(file: string): Promise<T> => (await import(pathToFileURL(join(packs, file)).href)) as T;
  const { manifest } = await load<{ manifest: Manifest }>('manifest.js');
  const { vocabularies } = await load<VocabularyModule>(manifest.vocabulary);
  const facts = Object.values(vocabularies).flatMap((vocabulary) => vocabulary.facts);
  return Object.fromEntries(facts.map(({ name, en, values = [], valuesEn = [] }) => [name, { en, values: Object.fromEntries(values.flatMap((value, at) => (valuesEn[at] === undefined ? [] : [[value, valuesEn[at]] as const]))) }]));
}

/** In what every fact that is a figure is counted: yuan for money, else as its question has it, else years for a span; none for what is a plain number. */
export function readFactUnits({ vocabularies, questions }: Pick<PortalData, 'vocabularies' | 'questions'>): Readonly<Record<string, Words>> {
  const units = (['person', 'organisation', 'project'] as const).flatMap((kind) =>
    vocabularies[kind].facts.flatMap(({ name, type }): (readonly [string, Words])[] => {
      const asked = kind === 'project' ? undefined : questions[kind][name]?.unit;
      const unit = type === 'money' ? { zh: '元', en: 'yuan' } : (asked ?? (type === 'years' ? { zh: '年', en: 'years' } : undefined));
      return unit === undefined ? [] : [[name, unit]];
    }),
  );
  return Object.fromEntries(units);
}

/** Which days are worked, as the packs were compiled with it; the workbench tells by it how many days are left. */
export async function readWorkingCalendar(packs: string): Promise<WorkingCalendar> {
  const load = async <T>(file: string): Promise<T> => (await import(pathToFileURL(join(packs, file)).href)) as T;
  const { manifest } = await load<{ manifest: Manifest }>('manifest.js');
  return (await load<CalendarModule>(manifest.calendar)).calendar;
}

/** What the packs remark of each benefit (`policy/benefit`), in one language; the page of the result loads it when one is opened. */
export async function makeRemarks(packs: string, language: 'zh' | 'en'): Promise<Readonly<Record<string, string>>> {
  const load = async <T>(file: string): Promise<T> => (await import(pathToFileURL(join(packs, file)).href)) as T;
  const { manifest } = await load<{ manifest: Manifest }>('manifest.js');
  const policies = await Promise.all(manifest.cities.flatMap(({ policies: own }) => own.map(async ({ full }) => (await load<FullModule>(full)).policy)));
  return Object.fromEntries(policies.flatMap(({ id, benefits }) => benefits.flatMap((benefit) => (benefit.remark === undefined ? [] : [[`${id}/${benefit.id}`, benefit.remark[language]] as const]))));
}

/** What all jurisdictions share. */
export function coreOf({ vocabularies, reference, questions }: PortalData): PortalCore {
  return { vocabularies, reference, questions };
}

/** What the first page says of the jurisdictions. */
export function headingsOf({ cities }: PortalData): readonly CityHeading[] {
  return cities.map(({ id, title, code, parent, policies }) => ({
    id,
    title,
    code,
    ...(parent === undefined ? {} : { parent }),
    policies: policies.map((policy) => ({ id: policy.id, short: policy.short })),
  }));
}

/** The data with the words of one language only; the other's are empty, and a reader who changes the language loads them. */
export function inLanguage<T>(data: T, language: 'zh' | 'en'): T {
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
  return told as T;
}

/**
 * A policy without what its answers never show: lines and files of the sources, the spelling of conditions that have words,
 * and what each benefit's page of the manual tells, where every result leads: remarks, steps, papers, other departments, clauses.
 */
function slimPolicy({ source: _source, ...policy }: Policy): Policy {
  const slim: unknown = JSON.parse(
    JSON.stringify({ ...policy, goals: [], duties: [], narratives: [], procedures: [], clauses: [], benefits: policy.benefits.map(slimBenefit) }, (key, value: unknown) => {
      if (key === 'file') return '';
      if (key === 'note' && typeof value === 'object' && value !== null && 'words' in value) return { ...value, text: undefined };
      return key === 'line' && typeof value === 'number' ? undefined : value;
    }),
  );
  return slim as Policy;
}

function slimBenefit({ remark: _remark, service: _service, procedure: _procedure, ...benefit }: Benefit): Benefit {
  return { ...benefit, also: [], support: [], evidence: [] };
}

/** The names of those departments and funds that a slim policy still mentions. */
function namesIn(policies: readonly Policy[], names: Readonly<Record<string, string>>): Readonly<Record<string, string>> {
  const mentioned = new Set(policies.flatMap(({ benefits }) => benefits.flatMap(({ lead, funds }) => [lead, ...funds.map(({ fund }) => fund)])));
  return Object.fromEntries(Object.entries(names).filter(([name]) => mentioned.has(name)));
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

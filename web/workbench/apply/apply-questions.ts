// How facts are asked for when somebody applies: the same questions as the calculator's, fetched by whoever needs them.
import type { portalData } from 'wutong:portal-data-zh';
import { type Fact, fullPlaceName, MAX_FEN, type PlaceChoice, placesUnder, provinces, type Question, suggestUniversities, tellDate } from '../../../src/policy/index.ts';
import type { PlaceGroups } from '../../ui/place-picker.tsx';

type Language = 'zh' | 'en';
type Core = typeof portalData;

/** Questions for one kind of applicant, in one language. */
export interface ApplyQuestions {
  readonly language: Language;
  /** The names of these facts in the order in which a person would ask. */
  readonly inOrder: (names: readonly string[]) => readonly string[];
  readonly fact: (name: string) => Fact | undefined;
  readonly question: (name: string) => Question | undefined;
  /** What the fact is called. */
  readonly nameOf: (name: string) => string;
  /** An answer in words. */
  readonly tell: (name: string, value: unknown) => string;
  readonly isUniversity: (name: string) => boolean;
  readonly suggestUniversities: (text: string) => readonly string[];
  /** Places around one. @param code of the city. */
  readonly places: (code: number) => PlaceGroups;
}

/** The most that an amount can be, in yuan. */
export const MOST_YUAN = MAX_FEN / 100;

/** Fetches them. */
export async function loadQuestions(language: Language, kind: 'person' | 'organisation'): Promise<ApplyQuestions> {
  const data = language === 'zh' ? import('wutong:portal-data-zh') : import('wutong:portal-data-en');
  return questionsOf((await data).portalData, language, kind);
}

function questionsOf({ vocabularies, questions, reference }: Core, language: Language, kind: 'person' | 'organisation'): ApplyQuestions {
  const { facts } = vocabularies[kind];
  const own = questions[kind];
  const order = new Map(Object.keys(own).map((name, at) => [name, at]));
  const byName = new Map(facts.map((fact) => [fact.name, fact]));
  const nameOf = (name: string): string => own[name]?.name[language] ?? (language === 'en' ? (byName.get(name)?.en ?? name) : name);
  const tellOne = (name: string, value: unknown): string => {
    const fact = byName.get(name);
    const question = own[name];
    const said = question?.answers?.find((answer) => answer.value === value)?.label[language];
    if (said !== undefined) return said;
    if (typeof value === 'boolean') return value ? (language === 'zh' ? '是' : 'yes') : language === 'zh' ? '否' : 'no';
    if (fact?.type === 'date' && typeof value === 'string') return tellDate(value, language);
    if ((fact?.type === 'place' || fact?.type === 'places') && /^\d{6}$/.test(String(value))) return fullPlaceName(Number(value), reference) ?? String(value);
    if (fact?.type === 'money' && typeof value === 'number') return `${value.toLocaleString('en')} ${language === 'zh' ? '元' : 'yuan'}`;
    if (typeof value === 'number') return [value.toLocaleString('en'), question?.unit?.[language] ?? ''].join(' ').trim();
    return typeof value === 'string' ? value : JSON.stringify(value);
  };
  return {
    language,
    inOrder: (names) => [...names].sort((a, b) => (order.get(a) ?? order.size) - (order.get(b) ?? order.size)),
    fact: (name) => byName.get(name),
    question: (name) => own[name],
    nameOf,
    tell: (name, value) => {
      if (!Array.isArray(value)) return tellOne(name, value);
      const none = own[name]?.none?.[language] ?? '—';
      return value.length === 0 ? none : value.map((one: unknown) => tellOne(name, one)).join(language === 'zh' ? '、' : ', ');
    },
    isUniversity: (name) => facts.some(({ of, by }) => of === byName.get(name)?.slot && by === 'university'),
    suggestUniversities: (text) => suggestUniversities(text, reference),
    places: (code) => {
      const city = Math.floor(code / 100) * 100;
      const province = Math.floor(code / 10_000) * 10_000;
      const pick = (found: readonly PlaceChoice[]): PlaceGroups['here'] => found.map((place) => ({ code: String(place.code), name: place.name }));
      return {
        here: pick(placesUnder(city, reference)),
        province: pick(placesUnder(province, reference).filter((place) => place.code !== city)),
        provinces: pick(provinces(reference).filter((place) => place.code !== province)),
      };
    },
  };
}

// Keeps a visit in this tab and nowhere else, so that a reload loses nothing and closing the tab forgets it.
import type { FactValue, SubjectKind } from '../../src/policy/index.ts';
import type { Visit } from './start-visit.ts';

const key = 'wutong-visit';
const subjects: readonly SubjectKind[] = ['person', 'organisation', 'project', 'team'];

/** The visit of this tab, whichever jurisdiction it is in; undefined where there is none, or it is not one. */
export function recallVisit(): Visit | undefined {
  try {
    return readVisit(JSON.parse(sessionStorage.getItem(key) ?? 'null'));
  } catch {
    return undefined;
  }
}

/** What was kept, as a visit: what of it is not valid is left out, the rest stays. Undefined where it says not even for whom. */
export function readVisit(kept: unknown): Visit | undefined {
  const told = recordOf(kept);
  const subject = subjects.find((one) => one === told['subject']);
  if (subject === undefined) return undefined;
  const answers = Object.fromEntries(Object.entries(recordOf(told['answers'])).filter((entry): entry is [string, FactValue] => isAnswer(entry[1])));
  const skipped = textsOf(told['skipped']).filter((fact) => !Object.hasOwn(answers, fact));
  // Every answer stands in the order, and nothing that was not dealt with.
  const order = [...new Set([...textsOf(told['order']), ...Object.keys(answers), ...skipped])].filter((fact) => Object.hasOwn(answers, fact) || skipped.includes(fact));
  const choices = Object.fromEntries(Object.entries(recordOf(told['choices'])).filter((entry): entry is [string, string] => typeof entry[1] === 'string'));
  const { city, date, home, changing, lastCertainFen, lastCity, lastFact, lastValue } = told;
  return {
    subject,
    city: typeof city === 'string' ? city : '',
    date: typeof date === 'string' && isDay(date) ? date : findToday(new Date()),
    answers,
    skipped,
    order,
    choices,
    ...(typeof home === 'string' && /^\d{6}$/.test(home) ? { home } : {}),
    ...(typeof changing === 'string' ? { changing } : {}),
    ...(Number.isSafeInteger(lastCertainFen) ? { lastCertainFen: Number(lastCertainFen) } : {}),
    ...(typeof lastCity === 'string' ? { lastCity } : {}),
    ...(typeof lastFact === 'string' ? { lastFact } : {}),
    ...(isAnswer(lastValue) ? { lastValue } : {}),
  };
}

function recordOf(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? { ...value } : {};
}

/** The texts in a list, each once. */
function textsOf(value: unknown): readonly string[] {
  return Array.isArray(value) ? [...new Set(value.filter((one) => typeof one === 'string'))] : [];
}

function isAnswer(value: unknown): value is NonNullable<FactValue> {
  return typeof value === 'string' || typeof value === 'boolean' || (typeof value === 'number' && Number.isFinite(value)) || (Array.isArray(value) && value.every((one) => typeof one === 'string'));
}

/** Keeps the visit; undefined clears it. */
export function keepVisit(visit: Visit | undefined): void {
  try {
    if (visit === undefined) sessionStorage.removeItem(key);
    else sessionStorage.setItem(key, JSON.stringify(visit));
  } catch {
    // A browser that keeps nothing still answers; only a reload starts over.
  }
}

/** Today in the city, as `YYYY-MM-DD`. */
export function findToday(now: Date): string {
  // Swedish writes dates the way machines do.
  return new Intl.DateTimeFormat('sv-SE', { timeZone: 'Asia/Shanghai' }).format(now);
}

/** What the address asks for: `?date=` a real day, `?lang=` a language, `?city=` one of these jurisdictions; anything else is passed over. */
export function readAddress(search: string, cities: readonly string[]): { date?: string; language?: 'zh' | 'en'; city?: string } {
  const asked = new URLSearchParams(search);
  const [date, language, city] = [asked.get('date'), asked.get('lang'), asked.get('city')];
  return {
    ...(city !== null && cities.includes(city) ? { city } : {}),
    ...(date !== null && isDay(date) ? { date } : {}),
    ...(language === 'zh' || language === 'en' ? { language } : {}),
  };
}

function isDay(text: string): boolean {
  const time = new Date(`${text}T00:00:00Z`);
  return /^\d{4}-\d{2}-\d{2}$/.test(text) && text >= '1800' && !Number.isNaN(time.getTime()) && time.toISOString().startsWith(text);
}

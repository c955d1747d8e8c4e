// Keeps a visit in this tab and nowhere else, so that a reload loses nothing and closing the tab forgets it.
import type { Visit } from './start-visit.ts';

const key = 'wutong-visit';
const subjects: readonly string[] = ['person', 'organisation', 'project', 'team'];

/** The visit of this tab, whichever jurisdiction it is in; undefined where there is none, or it is not one. */
export function recallVisit(): Visit | undefined {
  try {
    const kept: unknown = JSON.parse(sessionStorage.getItem(key) ?? 'null');
    return isVisit(kept) && subjects.includes(kept.subject) ? kept : undefined;
  } catch {
    return undefined;
  }
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

function isVisit(kept: unknown): kept is Visit {
  return typeof kept === 'object' && kept !== null && 'subject' in kept && 'city' in kept && typeof kept.city === 'string' && 'answers' in kept && 'order' in kept && Array.isArray(kept.order) && 'skipped' in kept && 'choices' in kept;
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

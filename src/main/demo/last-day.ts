// The last day of a demonstration's year: yesterday, or the last on which deadlines can still be counted.
import { addDays } from '../../demo/days.ts';
import { dayOf } from '../../domains/registry/index.ts';
import type { CalendarModule } from '../../policy/index.ts';
import { importPack, openManifest } from '../open-packs.ts';

/** A month before the end of the last year whose holidays are known: what is asked then is due within that year. */
const LAST_COUNTED = '11-30';

/** The day as `YYYY-MM-DD`; nothing of the year lies ahead of `now`. */
export async function findLastDay(now: Date): Promise<string> {
  const { calendar } = await importPack<CalendarModule>((await openManifest()).calendar);
  const yesterday = addDays(dayOf(now), -1);
  const counted = `${calendar.years.at(-1) ?? now.getUTCFullYear()}-${LAST_COUNTED}`;
  return yesterday < counted ? yesterday : counted;
}

// Tells how far a load of samples is: numbers at most every two seconds, indexes once, statistics when their turn comes.

/** Says something in the caller's language. */
export type Say = (zh: string, en: string) => void;

/** What every load ends with. */
type Finishing = { readonly step: 'index'; readonly name: string } | { readonly step: 'statistics' };

/** Something that was counted up to now. */
interface Counting {
  readonly done: number;
  readonly of: number;
}

const TELL_EVERY_MS = 2000;

/**
 * Listens to a load. `tell` words every step that is the load's own; of those that count, so many are left out that nobody reads more than
 * one every two seconds, but never the last.
 */
export function tellLoad<Own extends { readonly step: string } & Partial<Counting>>(say: Say, tell: (own: Own) => void): (progress: Own | Finishing) => void {
  let toldAt = 0;
  let isBuilding = false;
  return (progress) => {
    if (isFinishing(progress)) {
      if (progress.step === 'statistics') say('统计', 'Gathering statistics');
      else if (!isBuilding) say('建索引，核对引用', 'Building indexes and checking references');
      isBuilding = true;
      return;
    }
    const { done, of } = progress;
    if (done !== undefined && of !== undefined) {
      const at = performance.now();
      if (at - toldAt < TELL_EVERY_MS && done < of) return;
      toldAt = at;
    }
    tell(progress);
  };
}

function isFinishing(progress: { readonly step: string }): progress is Finishing {
  return progress.step === 'index' || progress.step === 'statistics';
}

/** A number as people read it in either language: 1,580,000. */
export const tellCount = (value: number): string => value.toLocaleString('en-US');

/** How many of what is there an earlier run had loaded, as part of a sentence; empty where none. */
export function tellEarlier(already: number, measure: string): { readonly zh: string; readonly en: string } {
  return already === 0 ? { zh: '', en: '' } : { zh: `，其中 ${tellCount(already)} ${measure}上次已经装好`, en: `, ${tellCount(already)} of them by an earlier run` };
}

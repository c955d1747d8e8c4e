// The readings that decide for what is shown, worked out a moment after it stands there, since that takes a while.
import { useEffect, useState } from 'preact/hooks';
import type { ReadingMark, VisitView } from './view.ts';

/** By benefit (`policy/benefit`). */
export type Marks = ReadonlyMap<string, readonly ReadingMark[]>;

const noMarks: Marks = new Map();

/** The marks of a view, as soon as they are worked out; none while `isShown` is false. */
export function useMarks(view: VisitView | undefined, isShown: boolean, read: () => Marks | undefined): Marks {
  const [found, setFound] = useState<{ readonly view: VisitView; readonly marks: Marks }>();
  const isNeeded = isShown && view !== undefined && found?.view !== view;
  useEffect(() => {
    if (!isNeeded) return undefined;
    const timer = setTimeout(() => {
      const marks = read();
      if (marks !== undefined) setFound({ view, marks });
    });
    return () => clearTimeout(timer);
    // A view is made once for each visit and language.
  }, [view, isNeeded]);
  return view !== undefined && found?.view === view ? found.marks : noMarks;
}

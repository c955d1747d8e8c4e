// What is being done, said where it takes longer than a moment: a line with a bar that moves.
import { useEffect, useState } from 'preact/hooks';

/** Shorter than this nobody wonders. */
const A_MOMENT_MS = 1000;

/** The line; nothing as long as `isBusy` has not lasted a moment. */
export function WaitLine({ isBusy, words }: { isBusy: boolean; words: string }) {
  const [isLong, setLong] = useState(false);
  useEffect(() => {
    if (!isBusy) return;
    const timer = setTimeout(() => setLong(true), A_MOMENT_MS);
    return () => {
      clearTimeout(timer);
      setLong(false);
    };
  }, [isBusy]);
  if (!isLong) return null;
  return (
    <p class="small wait-line" role="status">
      <span>{words}</span>
      <progress class="bar" aria-label={words} />
    </p>
  );
}

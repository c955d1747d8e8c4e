// Brings the present one of a row of links into view, where the row is longer than the screen is wide.
import { useEffect, useRef } from 'preact/hooks';

/** For the element that scrolls; looks again when `current` is another. */
export function useShownCurrent<E extends HTMLElement>(current: string | undefined): { current: E | null } {
  const row = useRef<E | null>(null);
  useEffect(() => {
    const link = row.current?.querySelector<HTMLElement>('[aria-current=page]');
    if (row.current === null || link === null || link === undefined) return;
    // The row alone moves, never the page.
    row.current.scrollLeft = link.offsetLeft - row.current.offsetLeft - (row.current.clientWidth - link.offsetWidth) / 2;
  }, [current]);
  return row;
}

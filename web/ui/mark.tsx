// The mark: the veins of a plane-tree leaf, one line branching; alone as a sign, and long as progress.

const veins =
  'M16 30.5V3.5M16 21.5C12.6 21 8 20.4 3 21.2M16 21.5C19.4 21 24 20.4 29 21.2M16 21.5C13.4 17.6 10 12.6 6.2 9M16 21.5C18.6 17.6 22 12.6 25.8 9' +
  'M16 12.6 12.4 8.4M16 12.6 19.6 8.4M10.6 14.2 5.6 14.4M21.4 14.2 26.4 14.4M9 20.7 6 24.6M23 20.7 26 24.6';

/** The sign of Wutong; purely an ornament, so that readers aloud pass over it. */
export function Mark({ size = 28 }: { size?: number }) {
  return (
    <svg class="mark" viewBox="0 0 32 32" width={size} height={size} aria-hidden="true">
      <path d={veins} />
    </svg>
  );
}

/** A twig of veinlets, 24 px each, as long as the widest screen. */
const twig = `M0 10H2400${Array.from({ length: 100 }, (_, at) => `M${at * 24 + 6} 10l9 ${at % 2 === 0 ? -6 : 6}`).join('')}`;

/** How far the questions have come: a twig that greens from the left. @param label what it says to those who hear the page */
export function VeinProgress({ done, total, label }: { done: number; total: number; label: string }) {
  const percent = total === 0 ? 100 : Math.round((100 * done) / total);
  return (
    <svg class="twig" width="100%" height="20" role="progressbar" aria-label={label} aria-valuemin={0} aria-valuemax={100} aria-valuenow={percent}>
      <path class="twig-ahead" d={twig} />
      <svg width={`${percent}%`} height="20">
        <path class="twig-behind" d={twig} />
      </svg>
    </svg>
  );
}

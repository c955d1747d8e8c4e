// A quiet bar: what of a year's fund is paid, on its way, committed and still free; the words say the same.
import { useId } from 'preact/hooks';
import { tellPercent } from './fund-figures.ts';
import { useMoneyWords } from '../money-words.ts';

/** The figures that the bar draws. */
export interface BarFigures {
  readonly budget: number;
  readonly free: number;
  readonly committed: number;
  readonly paying: number;
  readonly paid: number;
}

const WIDTH = 240;
const HEIGHT = 12;
const kinds = ['paid', 'paying', 'committed', 'free'] as const;

/** The parts of a fund, in the order in which they are drawn. */
export const barKinds: readonly (typeof kinds)[number][] = kinds;

/** Drawn in one line; read aloud as shares in words. */
export function FundBar({ figures }: { figures: BarFigures }) {
  const words = useMoneyWords();
  const hatch = `hatch${useId()}`;
  const sizes = kinds.map((kind) => Math.max(0, figures[kind]));
  const whole = sizes.reduce((sum, size) => sum + size, 0);
  const label = whole === 0 ? words.funds.none : kinds.map((kind) => words.funds.share(words.funds.columns[kind], tellPercent(figures[kind], whole))).join(' · ');
  let at = 0;
  return (
    <svg class="fund-bar" viewBox={`0 0 ${WIDTH} ${HEIGHT}`} preserveAspectRatio="none" role="img" aria-label={label}>
      <Hatch id={hatch} />
      <rect class="fund-bar-ground" x={0.5} y={0.5} width={WIDTH - 1} height={HEIGHT - 1} />
      {kinds.map((kind, index) => {
        const size = sizes[index] ?? 0;
        // What is there at all is seen, however little.
        const width = whole === 0 || size === 0 ? 0 : Math.max(2, (size / whole) * WIDTH);
        const from = at;
        at = Math.min(WIDTH, at + width);
        if (width === 0 || kind === 'free') return null;
        return <rect key={kind} class={`fund-bar-${kind}`} x={from} y={0} width={Math.min(width, WIDTH - from)} height={HEIGHT} {...(kind === 'paying' ? { fill: `url(#${hatch})` } : {})} />;
      })}
    </svg>
  );
}

/** The sample of a part beside its word. */
export function FundBarKey({ kind }: { kind: (typeof kinds)[number] }) {
  const hatch = `hatch${useId()}`;
  return (
    <svg class="fund-key" viewBox="0 0 12 12" aria-hidden="true">
      <Hatch id={hatch} />
      <rect class={kind === 'free' ? 'fund-bar-ground' : `fund-bar-${kind}`} x={0.5} y={0.5} width={11} height={11} rx={2} {...(kind === 'paying' ? { fill: `url(#${hatch})` } : {})} />
    </svg>
  );
}

function Hatch({ id }: { id: string }) {
  return (
    <defs>
      <pattern id={id} width={4} height={4} patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
        <rect class="fund-hatch-ground" width={4} height={4} />
        <rect class="fund-hatch-line" width={2} height={4} />
      </pattern>
    </defs>
  );
}

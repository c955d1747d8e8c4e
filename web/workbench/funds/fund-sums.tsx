// The figures of a fund, or of several together: large, with the bar below and a sample of each part beside its word.
import { barKinds, FundBar, type BarFigures, FundBarKey } from './fund-bar.tsx';
import { useTellMoney, type Unit } from './fund-figures.ts';
import { useMoneyWords } from '../money-words.ts';

/** Adds up and draws. */
export function FundSums({ unit, label, states }: { unit: Unit; label: string; states: readonly BarFigures[] }) {
  const words = useMoneyWords();
  const { headline } = useTellMoney();
  const sum = (name: keyof BarFigures): number => states.reduce((total, state) => total + state[name], 0);
  const figures: BarFigures = { budget: sum('budget'), free: sum('free'), committed: sum('committed'), paying: sum('paying'), paid: sum('paid') };
  return (
    <section class="fund-sums" aria-label={label}>
      <p class="fund-sums-head">
        <span class="small soft">{label} · {words.funds.columns.budget}</span>
        <b>{headline(figures.budget, unit)}</b>
      </p>
      <FundBar figures={figures} />
      <dl class="fund-legend">
        {barKinds.map((kind) => (
          <div key={kind}>
            <dt><FundBarKey kind={kind} /> {words.funds.columns[kind]}</dt>
            <dd>{headline(figures[kind], unit)}</dd>
          </div>
        ))}
      </dl>
    </section>
  );
}

// The days and amounts of instalments as an officer writes them: a part for each, with their sum beside what it has to be.
import { formatYuan } from '../../../src/policy/index.ts';
import { Button } from '../../ui/button.tsx';
import { isAmountFit, readFen } from './case-batch.tsx';
import { CaseField } from './case-fields.tsx';
import { useCaseWords } from './case-words.ts';

/** An instalment as it is written. */
export interface WrittenInstalment {
  readonly due: string;
  readonly amount: string;
}

/** One that is still to be written. */
export const emptyInstalment: WrittenInstalment = { due: '', amount: '' };

const MOST_INSTALMENTS = 60;

/** What is sent; undefined while something is missing or cannot be read. */
export function instalmentsOf(days: readonly WrittenInstalment[]): { readonly due: string; readonly fen: number }[] | undefined {
  const instalments = days.map(({ due, amount }) => ({ due, fen: readFen(amount) ?? 0 }));
  return instalments.some(({ due, fen }) => due === '' || fen === 0) ? undefined : instalments;
}

/** The fields; `totalFen` is what they have to add up to, where that is known. */
export function InstalmentFields({ heading, days, totalFen, onChange }: { heading: string; days: readonly WrittenInstalment[]; totalFen: number | undefined; onChange: (days: readonly WrittenInstalment[]) => void }) {
  const { change, yuan } = useCaseWords();
  const money = (fen: number): string => yuan(formatYuan(fen));
  const setDay = (at: number, part: Partial<WrittenInstalment>): void => onChange(days.map((one, place) => (place === at ? { ...one, ...part } : one)));
  const summed = days.reduce((sum, one) => sum + (readFen(one.amount) ?? 0), 0);
  return (
    <fieldset class="case-checks">
      <legend>{heading}</legend>
      {days.map((one, at) => (
        <div key={at} class="case-part" role="group" aria-label={change.part(at + 1)}>
          <CaseField label={change.due} type="date" value={one.due} onInput={(due) => setDay(at, { due })} />
          <CaseField label={change.partAmount} inputMode="decimal" isWrong={!isAmountFit(one.amount)} value={one.amount} onInput={(text) => setDay(at, { amount: text })} />
          {days.length === 1 ? null : <Button tone="quiet" onPress={() => onChange(days.filter((_, place) => place !== at))}>{change.remove(at + 1)}</Button>}
        </div>
      ))}
      {days.length >= MOST_INSTALMENTS ? null : <div><Button tone="quiet" onPress={() => onChange([...days, emptyInstalment])}>{change.add}</Button></div>}
      {totalFen === undefined ? <p class="small soft" role="status">{change.sumSoFar(money(summed))}</p> : <p class={summed === totalFen ? 'small soft' : 'small case-warn'} role="status">{change.sum(money(summed), money(totalFen))}</p>}
    </fieldset>
  );
}

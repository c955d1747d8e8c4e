// The result so far, beside the question at a desk.
import { formatYuan } from '../../src/policy/index.ts';
import { useWords } from '../i18n/words.ts';
import { Amount } from '../ui/amount.tsx';
import { Button } from '../ui/button.tsx';
import { EmptyState } from '../ui/empty-state.tsx';
import type { ResultView, VisitView } from './view.ts';

/** What is certain and the largest of what is possible; the whole result is one press away. */
export function RunningResult({ view, onResults }: { view: VisitView; onResults: () => void }) {
  const words = useWords();
  const certain = view.certain.filter(({ isLeft }) => !isLeft);
  const possible = view.possible.filter(({ amountTold }) => amountTold !== '');
  return (
    <aside class="running" aria-labelledby="running">
      <h2 id="running" class="small soft">{words.result.running}</h2>
      {certain.length === 0 ? <EmptyState>{words.result.nothingCertain}</EmptyState> : (
        <>
          <p class="running-figure">
            {view.certainFen > 0 ? words.sum(formatYuan(view.certainFen)) : words.result.certainWithoutMoney(certain.length)}
          </p>
          {view.possibleFen > view.certainFen ? <p class="small soft">{words.strip.possible(formatYuan(view.possibleFen))}</p> : null}
          <RunningList items={certain} isCertain />
        </>
      )}
      {possible.length === 0 ? null : (
        <>
          <h3>{words.result.could}</h3>
          <RunningList items={possible.slice(0, 4)} />
          {view.possible.length > 4 ? <p class="small soft">{words.result.more(view.possible.length - Math.min(4, possible.length))}</p> : null}
        </>
      )}
      <Button iconAfter="on" onPress={onResults}>{words.result.open}</Button>
    </aside>
  );
}

function RunningList({ items, isCertain = false }: { items: readonly ResultView[]; isCertain?: boolean }) {
  return (
    <ul class="running-list" role="list">
      {items.map((item) => (
        <li key={`${item.policy} ${item.benefit}`}>
          <span>{item.title}</span>
          <Amount told={item.amountTold} isCertain={isCertain} />
        </li>
      ))}
    </ul>
  );
}

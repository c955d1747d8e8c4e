// What waits for somebody to say yes or no after having looked: one card each, both answers asked twice, and what was done told.
import type { ComponentChildren } from 'preact';
import { useState } from 'preact/hooks';
import { Button } from '../../ui/button.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { useOfficeWords } from '../office-words.ts';
import { AskOnce } from '../payments/payment-ask-once.tsx';
import { ListFrame } from './list-frame.tsx';
import { latestOf, useAct, useAsked } from '../use-call.ts';

/** How the list and its answers are worded. */
interface WaitingWords {
  readonly heading: string;
  readonly lead: string;
  readonly empty: string;
  readonly confirm: string;
  readonly refuse: string;
  readonly refuseWarning: string;
  readonly confirmed: string;
  readonly refused: string;
}

interface WaitingOptions<One> {
  readonly words: WaitingWords;
  /** The first of those that wait. */
  readonly ask: (limit: number, signal: AbortSignal) => Promise<{ readonly items: readonly One[]; readonly nextCursor?: string | null }>;
  readonly keyOf: (one: One) => string;
  /** What a card is called. */
  readonly nameOf: (one: One) => string;
  readonly warningOf: (one: One) => string;
  readonly describe: (one: One) => ComponentChildren;
  readonly settle: (one: One, confirm: boolean) => Promise<unknown>;
  readonly children?: ComponentChildren;
}

const FIRST = 50;
const MOST = 200;

/** The page of what waits; `children` stand below. */
export function WaitingPage<One>({ words, ask, keyOf, nameOf, warningOf, describe, settle, children }: WaitingOptions<One>) {
  const office = useOfficeWords();
  const [told, setTold] = useState<string>();
  const [limit, setLimit] = useState(FIRST);
  const asked = useAsked((signal) => ask(limit, signal), [limit]);
  const { isBusy, refusal, run } = useAct();
  const found = latestOf(asked);
  const answer = (one: One, confirm: boolean): void =>
    run(async () => {
      setTold(undefined);
      await settle(one, confirm);
      setTold(confirm ? words.confirmed : words.refused);
      asked.again();
    });
  return (
    <ListFrame
      words={words}
      told={told}
      refusal={refusal}
      asked={asked}
      list={({ items }) => items.length === 0 ? <EmptyState>{words.empty}</EmptyState> : (
        <ul class="staff-waiting" role="list">
          {items.map((one) => (
            <li key={keyOf(one)} class="card" aria-label={nameOf(one)}>
              <div>{describe(one)}</div>
              <div class="staff-answers">
                <AskOnce label={words.confirm} tone="primary" warning={warningOf(one)} sure={words.confirm} isBusy={isBusy} onSure={() => answer(one, true)} />
                <AskOnce label={words.refuse} tone="quiet" warning={words.refuseWarning} sure={words.refuse} isBusy={isBusy} onSure={() => answer(one, false)} />
              </div>
            </li>
          ))}
        </ul>
      )}
    >
      {children}
      {found?.nextCursor !== undefined && found.nextCursor !== null && limit < MOST ? <p class="list-more"><Button onPress={() => setLimit(MOST)}>{office.more}</Button></p> : null}
    </ListFrame>
  );
}

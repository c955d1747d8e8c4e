// Why an act was refused; where somebody else was faster, the way to how it stands now.
import type { CallRefused } from '../../client/call.ts';
import { Button } from '../../ui/button.tsx';
import { Notice } from '../../ui/notice.tsx';
import { useMoneyWords } from '../money-words.ts';
import { RefusalNotice } from '../refusal-notice.tsx';

const stale = new Set(['changed-meanwhile', 'settled-already', 'batch-state-unfit', 'instalment-funded', 'instalment-state-unfit', 'payment-state-unfit', 'repayment-state-unfit', 'budget-before-changed', 'ledger-part']);

/** Nothing where nothing was refused. */
export function ActNotice({ refusal, onFresh }: { refusal: CallRefused | undefined; onFresh: () => void }) {
  const words = useMoneyWords();
  if (refusal === undefined || !stale.has(refusal.code)) return <RefusalNotice refusal={refusal} />;
  return (
    <Notice tone="clay">
      <p>{refusal.code === 'changed-meanwhile' ? words.stale : refusal.message}</p>
      <Button tone="quiet" onPress={onFresh}>{words.fresh}</Button>
    </Notice>
  );
}

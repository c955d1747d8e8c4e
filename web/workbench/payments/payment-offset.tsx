// Setting an instalment of the same person that is due against what is owed: which there are, how much of each, and doing it.
import { listInstalmentsEndpoint, offsetRepaymentEndpoint } from '../../../src/contract/payments-endpoints.ts';
import { call } from '../../client/call.ts';
import { Disclosure } from '../../ui/disclosure.tsx';
import { cityDay, useTellMoney } from '../funds/fund-figures.ts';
import { useMoneyWords } from '../money-words.ts';
import { useOfficeWords } from '../office-words.ts';
import { AskOnce } from './payment-ask-once.tsx';
import { usePaymentNames } from './payment-names.ts';
import { RefusalNotice } from '../refusal-notice.tsx';
import { latestOf, useAsked } from '../use-call.ts';

/** What can still be set against something. */
const open = ['waiting', 'in-doubt', 'ready', 'returned'];

/** The instalments that are due, each with its act. */
export function OffsetPart({ repaymentId, partyId, owedFen, isBusy, onAct }: { repaymentId: string; partyId: string; owedFen: number; isBusy: boolean; onAct: (work: () => Promise<unknown>) => void }) {
  const { recoveries } = useMoneyWords();
  return <Disclosure label={recoveries.offset}><Due repaymentId={repaymentId} partyId={partyId} owedFen={owedFen} isBusy={isBusy} onAct={onAct} /></Disclosure>;
}

function Due({ repaymentId, partyId, owedFen, isBusy, onAct }: Parameters<typeof OffsetPart>[0]) {
  const { recoveries, payments } = useMoneyWords();
  const office = useOfficeWords();
  const { sum, day } = useTellMoney();
  const { benefitOf } = usePaymentNames();
  const asked = useAsked((signal) => call(listInstalmentsEndpoint, { query: { partyId, dueTo: cityDay(), limit: 200 }, signal }), [partyId, owedFen]);
  const found = latestOf(asked)?.data.items.filter(({ state }) => open.includes(state));
  if (asked.state === 'refused') return <RefusalNotice refusal={asked.refusal} onRetry={asked.again} />;
  if (found === undefined) return <p class="soft">{office.loading}</p>;
  if (found.length === 0) return <p class="soft">{recoveries.offsetNone}</p>;
  return (
    <>
      <p class="soft">{recoveries.offsetLead}</p>
      <ul class="offsets" role="list">
        {found.map(({ instalmentId, instalmentNumber, benefitId, dueOn, amountFen, offsetFen }) => {
          const fen = Math.min(owedFen, amountFen - offsetFen);
          return (
            <li key={instalmentId}>
              <p><b>{benefitOf(benefitId)}</b> · {payments.no(instalmentNumber)} · <span class="number">{day(dueOn)}</span> · <span class="number">{sum(amountFen - offsetFen)}</span></p>
              <AskOnce
                label={recoveries.offsetGo(sum(fen))}
                warning={recoveries.offsetWarning(sum(fen), sum(amountFen - offsetFen - fen))}
                sure={recoveries.offsetSure}
                isBusy={isBusy}
                onSure={() => onAct(() => call(offsetRepaymentEndpoint, { params: { repaymentId }, body: { instalmentId, fen } }))}
              />
            </li>
          );
        })}
      </ul>
    </>
  );
}

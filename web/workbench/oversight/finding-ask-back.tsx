// Asks back what was paid of a case, on a finding that was confirmed: which payments, why; a colleague of finance approves.
import { useState } from 'preact/hooks';
import { askBackEndpoint, type getFindingEndpoint } from '../../../src/contract/oversight-endpoints.ts';
import { getInstalmentEndpoint, listInstalmentsEndpoint } from '../../../src/contract/payments-endpoints.ts';
import { formatYuan } from '../../../src/policy/index.ts';
import { type Answer, call } from '../../client/call.ts';
import { Disclosure } from '../../ui/disclosure.tsx';
import { FieldProblem } from '../../ui/field.tsx';
import { Notice } from '../../ui/notice.tsx';
import { linkTo } from '../address.ts';
import { ReasonField } from '../cases/case-fields.tsx';
import { useFindingWords } from './finding-words.ts';
import { AskOnce } from '../payments/payment-ask-once.tsx';
import { RefusalNotice } from '../refusal-notice.tsx';
import { useAct, useAsked } from '../use-call.ts';

interface Paid {
  readonly paymentId: string;
  readonly instalmentNumber: number;
  readonly fen: number;
}

/** What the bank has paid of a case. */
async function readPaid(caseId: string, signal: AbortSignal): Promise<readonly Paid[]> {
  const { data } = await call(listInstalmentsEndpoint, { query: { caseId, state: 'paid', limit: 200 }, signal });
  const details = await Promise.all(data.items.map(({ instalmentId }) => call(getInstalmentEndpoint, { params: { instalmentId }, signal })));
  return details.flatMap(({ data: { instalmentNumber, payments } }) => payments.filter(({ state }) => state === 'paid').map(({ paymentId, amountFen }) => ({ paymentId, instalmentNumber, fen: amountFen })));
}

/** The form, shut until it is wanted. */
export function AskBackForm({ of }: { of: Answer<typeof getFindingEndpoint>['data'] }) {
  const words = useFindingWords();
  const { one: told } = words;
  const paid = useAsked((signal) => readPaid(of.caseId, signal), [of.caseId]);
  const [ticked, setTicked] = useState<ReadonlySet<string>>(new Set());
  const [reason, setReason] = useState('');
  const [isLooked, setLooked] = useState(false);
  const [repaymentId, setRepayment] = useState<string>();
  const [key] = useState(() => crypto.randomUUID());
  const { isBusy, refusal, run } = useAct();
  if (paid.state === 'refused') return <RefusalNotice refusal={paid.refusal} onRetry={paid.again} />;
  if (paid.state === 'loading') return null;
  const chosen = paid.value.filter(({ paymentId }) => ticked.has(paymentId));
  const sum = words.yuan(formatYuan(chosen.reduce((total, { fen }) => total + fen, 0)));
  if (repaymentId !== undefined) {
    return (
      <Notice tone="leaf" icon="yes">
        <p>{told.asked}</p>
        <p><a href={linkTo(['payments', 'recoveries', repaymentId])}>{told.toRepayment}</a></p>
      </Notice>
    );
  }
  if (paid.value.length === 0) return <p class="soft">{told.noPaid}</p>;
  return (
    <Disclosure label={told.askBack}>
      <AskOnce
        label={told.askBackGo}
        warning={told.askBackWarning(sum)}
        sure={told.askBackSure}
        isBusy={isBusy}
        mayOpen={() => {
          setLooked(true);
          return chosen.length > 0 && reason.trim() !== '';
        }}
        onSure={() => run(async () => {
          const { data } = await call(askBackEndpoint, { params: { findingId: of.findingId }, body: { payments: chosen.map(({ paymentId }) => ({ paymentId })), reason: reason.trim() }, key });
          setRepayment(data.repaymentId);
        })}
      >
        <fieldset class="case-checks">
          <legend>{told.askBackLead}</legend>
          {paid.value.map(({ paymentId, instalmentNumber, fen }) => (
            <label key={paymentId} class="tick">
              <input
                type="checkbox"
                checked={ticked.has(paymentId)}
                onChange={(event) => setTicked(new Set(event.currentTarget.checked ? [...ticked, paymentId] : Array.from(ticked).filter((one) => one !== paymentId)))}
              />
              <span>{told.payment(instalmentNumber, words.yuan(formatYuan(fen)))}</span>
            </label>
          ))}
        </fieldset>
        <p><b>{told.askBackSum(sum)}</b></p>
        <FieldProblem>{isLooked && chosen.length === 0 ? words.missing : undefined}</FieldProblem>
        <ReasonField label={told.askBackReason} value={reason} onInput={setReason} />
        <FieldProblem>{isLooked && reason.trim() === '' ? words.missing : undefined}</FieldProblem>
      </AskOnce>
      <RefusalNotice refusal={refusal} />
    </Disclosure>
  );
}

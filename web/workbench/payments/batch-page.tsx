// One batch: who prepared and approved it, its sum in figures and capitals, its lines, the way to the bank, and the bank's result.
import { useState } from 'preact/hooks';
import { approveBatchEndpoint, bankFileEndpoint, cancelBatchEndpoint, getBatchEndpoint, importResultEndpoint, sendBatchEndpoint } from '../../../src/contract/payments-endpoints.ts';
import { addressOf, type Answer, call, type CallRefused, sendBytes } from '../../client/call.ts';
import { Button } from '../../ui/button.tsx';
import { Disclosure } from '../../ui/disclosure.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { Icon } from '../../ui/icon.tsx';
import { Notice } from '../../ui/notice.tsx';
import { StatusTag } from '../../ui/status-tag.tsx';
import { linkTo } from '../address.ts';
import { BatchLines } from './batch-lines.tsx';
import { batchStatus } from './batch-list-page.tsx';
import { ChooseFile } from '../imports/choose-file.tsx';
import { cityDay, useTellMoney } from '../funds/fund-figures.ts';
import { may, type Me } from '../me.ts';
import { useMoneyWords } from '../money-words.ts';
import { useOfficeWords } from '../office-words.ts';
import { ActNotice } from './payment-act-notice.tsx';
import { AskOnce } from './payment-ask-once.tsx';
import { usePaymentNames } from './payment-names.ts';
import { RefusalNotice } from '../refusal-notice.tsx';
import { StaffName } from '../staff/staff-name.tsx';
import { useTellInstant } from '../tell-instant.ts';
import { TextField } from '../text-field.tsx';
import { useAct, useAsked } from '../use-call.ts';

type Batch = Answer<typeof getBatchEndpoint>['data'];

const paymentStates = ['open', 'sent', 'paid', 'failed', 'returned', 'dropped'] as const;

/** The page of a batch. `leftOut`: how many stayed out for doubts when it was prepared just now. */
export function BatchPage({ batchId, me, leftOut }: { batchId: string; me: Me; leftOut: number }) {
  const words = useMoneyWords();
  const office = useOfficeWords();
  const { sum } = useTellMoney();
  const { placeOf } = usePaymentNames();
  const { batch } = words;
  const asked = useAsked((signal) => call(getBatchEndpoint, { params: { batchId }, signal }), [batchId]);
  const answer = asked.state === 'there' ? asked.value : asked.state === 'loading' ? asked.before : undefined;
  if (asked.state === 'refused') return <RefusalNotice refusal={asked.refusal} onRetry={asked.again} />;
  if (answer === undefined) return <EmptyState>{office.loading}</EmptyState>;
  const { data: one, etag } = answer;
  return (
    <>
      <p><a href={linkTo(['payments', 'batches'])}>{batch.back}</a></p>
      <div>
        <h1>{batch.heading(one.batchNumber)}</h1>
        <p class="soft">{placeOf(one.jurisdictionCode)}</p>
      </div>
      {leftOut === 0 || one.state !== 'prepared' ? null : <Notice><p>{words.batches.leftOut(leftOut)} <a href={linkTo(['payments', 'doubts'])}>{words.payments.tabs.doubts}</a></p></Notice>}
      <section class="card wide-card" aria-label={batch.heading(one.batchNumber)}>
        <div class="batch-sum">
          <StatusTag status={batchStatus[one.state]} word={words.batches.states[one.state]} />
          <p class="batch-total"><b class="number">{sum(one.sentFen ?? one.totalFen)}</b> <span class="soft">{batch.lines(one.sentCount ?? one.lineCount)}</span></p>
          <p class="small soft">{one.totalCapitals}</p>
        </div>
        <Steps one={one} me={me} />
        {one.reason === null ? null : <p><span class="soft">{batch.cancelled}</span> {one.reason}</p>}
        <Acts one={one} etag={etag ?? ''} me={me} onChange={asked.again} />
      </section>
      {one.state === 'sent' || one.state === 'closed' ? <Bank one={one} me={me} onChange={asked.again} /> : null}
      <BatchLines batchId={batchId} version={etag ?? ''} sentOn={one.sentAt === null ? undefined : cityDay(one.sentAt)} me={me} onChange={asked.again} />
    </>
  );
}

function Steps({ one, me }: { one: Batch; me: Me }) {
  const words = useMoneyWords();
  const tellInstant = useTellInstant();
  const { steps, notYet } = words.batch;
  const rows: readonly (readonly [word: string, by: string | null, at: string | null])[] = [
    [steps.prepared, one.preparedBy, one.preparedAt],
    [steps.first, one.firstApprovedBy, one.firstApprovedAt],
    [steps.second, one.secondApprovedBy, one.secondApprovedAt],
    [steps.sent, one.sentBy, one.sentAt],
    [steps.closed, null, one.closedAt],
  ];
  return (
    <ol class="batch-steps">
      {rows.map(([word, by, at]) => (
        <li key={word} class={at === null ? 'is-ahead' : undefined}>
          <span class="batch-step-shape">{at === null ? null : <Icon name="yes" />}</span>
          <span>
            <b>{word}</b>
            <span class="small soft">{at === null ? notYet : <>{by === null ? null : <><StaffName accountId={by} me={me} /> · </>}<span class="number">{tellInstant(at)}</span></>}</span>
          </span>
        </li>
      ))}
    </ol>
  );
}

function Acts({ one, etag, me, onChange }: { one: Batch; etag: string; me: Me; onChange: () => void }) {
  const words = useMoneyWords();
  const { sum } = useTellMoney();
  const { batch } = words;
  const { batchId, state } = one;
  const [takenOut, setTakenOut] = useState(0);
  const [reason, setReason] = useState('');
  const [isLooked, setLooked] = useState(false);
  const { isBusy, refusal, run, forget } = useAct();
  const waitsForApproval = state === 'prepared' || state === 'approved-once';
  const isOwn = one.preparedBy === me.accountId;
  const hasApproved = one.firstApprovedBy === me.accountId;
  const total = sum(one.totalFen);
  const carry = (endpoint: typeof approveBatchEndpoint | typeof sendBatchEndpoint): void =>
    run(async () => {
      const { data } = await call(endpoint, { params: { batchId }, ifMatch: etag });
      setTakenOut(data.takenOut);
      onChange();
    });
  return (
    <div class="batch-acts">
      {takenOut === 0 ? null : <Notice><p>{words.batches.takenOut(takenOut)} <a href={linkTo(['payments', 'doubts'])}>{words.payments.tabs.doubts}</a></p></Notice>}
      {!waitsForApproval || !may(me, 'payment.approve') ? null : isOwn ? <p class="soft">{batch.ownPrepared}</p> : hasApproved ? <p class="soft">{batch.ownApproved}</p> : (
        <AskOnce key={state} label={batch.approve} tone="primary" warning={batch.approveWarning(one.lineCount, total)} sure={batch.approveSure} isBusy={isBusy} onSure={() => carry(approveBatchEndpoint)} />
      )}
      {state === 'approved' && may(me, 'payment.send') ? (
        <AskOnce label={batch.send} tone="primary" warning={batch.sendWarning(one.lineCount, total)} sure={batch.sendSure} isBusy={isBusy} onSure={() => carry(sendBatchEndpoint)} />
      ) : null}
      <ActNotice refusal={refusal} onFresh={() => {
        forget();
        onChange();
      }} />
      {(waitsForApproval || state === 'approved') && may(me, 'payment.prepare') ? (
        <Disclosure label={batch.cancel}>
          <AskOnce
            label={batch.cancel}
            warning={batch.cancelWarning}
            sure={batch.cancelSure}
            isBusy={isBusy}
            mayOpen={() => {
              setLooked(true);
              return reason.trim() !== '';
            }}
            onSure={() => run(async () => {
              await call(cancelBatchEndpoint, { params: { batchId }, body: { reason }, ifMatch: etag });
              onChange();
            })}
          >
            <TextField name="reason" label={batch.cancelReason} hint={words.reasonHint} value={reason} onInput={setReason} problem={isLooked && reason.trim() === '' ? words.budgets.missing : undefined} maxLength={1000} />
          </AskOnce>
        </Disclosure>
      ) : null}
    </div>
  );
}

function Bank({ one, me, onChange }: { one: Batch; me: Me; onChange: () => void }) {
  const words = useMoneyWords();
  const office = useOfficeWords();
  const { sum } = useTellMoney();
  const { batch, instalment } = words;
  const { batchId } = one;
  const shown = paymentStates.filter((state) => one.sums[state] !== undefined);
  return (
    <div class="bank">
      <section class="card" aria-label={batch.sums}>
        <h2>{batch.sums}</h2>
        <dl class="sums money-sums">
          {shown.map((state) => (
            <div key={state} class={state === 'failed' || state === 'returned' ? 'sum is-wrong' : 'sum'}>
              <dt>{instalment.payments[state]}</dt>
              <dd>{batch.lines(one.sums[state]?.count ?? 0)}</dd>
              <dd class="small-sum">{sum(one.sums[state]?.fen ?? 0)}</dd>
            </div>
          ))}
        </dl>
        {may(me, 'payment.send') ? (
          <div class="bank-file">
            <h3>{batch.file}</h3>
            <p class="small soft">{batch.fileLead}</p>
            <p class="form-acts">
              <a class="button secondary" href={addressOf(bankFileEndpoint, { batchId }, { format: 'xlsx' })} download>{office.excel}</a>
              <a class="button secondary" href={addressOf(bankFileEndpoint, { batchId }, { format: 'csv' })} download>{office.csv}</a>
            </p>
          </div>
        ) : null}
      </section>
      {may(me, 'payment.book') ? <ImportResult one={one} onChange={onChange} /> : null}
    </div>
  );
}

function ImportResult({ one, onChange }: { one: Batch; onChange: () => void }) {
  const words = useMoneyWords();
  const tellInstant = useTellInstant();
  const { batch } = words;
  const [file, setFile] = useState<File>();
  const [done, setDone] = useState<{ readonly paid: number; readonly failed: number; readonly returned: number; readonly known: number }>();
  const { isBusy, refusal, run, forget } = useAct();
  return (
    <form
      class="card"
      onSubmit={(event) => {
        event.preventDefault();
        run(async () => {
          if (file === undefined) return;
          setDone(undefined);
          const { data } = await sendBytes(importResultEndpoint, file, { params: { batchId: one.batchId }, query: { fileName: file.name } });
          setDone(data);
          onChange();
        });
      }}
    >
      <h2>{batch.result}</h2>
      <p class="soft">{batch.resultLead}</p>
      <ChooseFile label={batch.drop} choose={batch.choose} accept=".xlsx,.csv" file={file} onFile={(chosen) => {
        forget();
        setFile(chosen);
      }} />
      <Button tone="primary" submits isBusy={isBusy} isDisabled={file === undefined}>{isBusy ? batch.uploading : batch.upload}</Button>
      {done === undefined ? null : (
        <Notice tone="leaf" icon="yes">
          <p>{batch.resultDone(done.paid, done.failed, done.returned, done.known)}</p>
          {done.failed > 0 ? <p>{batch.failedBack} <a href={linkTo(['payments'], { state: 'ready' })}>{words.payments.states.ready}</a></p> : null}
        </Notice>
      )}
      <WrongRows refusal={refusal} />
      {one.results.length === 0 ? null : (
        <div>
          <h3>{batch.results}</h3>
          <ul class="results">
            {one.results.map((result) => (
              <li key={result.resultId}>
                <b>{result.fileName}</b> <span class="soft number">{tellInstant(result.importedAt)}</span>
                <span class="small soft">{batch.resultDone(result.paid, result.failed, result.returned, result.known)}</span>
              </li>
            ))}
          </ul>
        </div>
      )}
    </form>
  );
}

function WrongRows({ refusal }: { refusal: CallRefused | undefined }) {
  const words = useMoneyWords();
  if (refusal === undefined || refusal.details.length === 0) return <RefusalNotice refusal={refusal} />;
  // The server tells cells that cannot be read before rows that fit no payment; people read from the top.
  const rowOf = (field: string): number => Number(/\d+/.exec(field)?.[0] ?? 0);
  const rows = Array.from(refusal.details).sort((one, other) => rowOf(one.field) - rowOf(other.field));
  return (
    <Notice tone="clay">
      <p>{refusal.code === 'result-rows-wrong' ? words.batch.rowsWrong(rows.length) : refusal.message}</p>
      <ol class="wrong-lines">
        {rows.map(({ field, message }, at) => (
          <li key={`${field} ${at}`}>
            {/^\d*$/.test(field) ? null : <b class="number">{field} </b>}
            {message}
          </li>
        ))}
      </ol>
    </Notice>
  );
}

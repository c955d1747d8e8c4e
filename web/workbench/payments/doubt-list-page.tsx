// The doubts: each with why it was stopped and about whom; a person settles it with a reason.
import { useState } from 'preact/hooks';
import { exportDoubts, listDoubtsEndpoint } from '../../../src/contract/payments-endpoints.ts';
import { type Answer, call } from '../../client/call.ts';
import { Button } from '../../ui/button.tsx';
import { Disclosure } from '../../ui/disclosure.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { Notice } from '../../ui/notice.tsx';
import { StatusTag } from '../../ui/status-tag.tsx';
import { linkTo } from '../address.ts';
import { SettleDoubt } from './doubt-settle.tsx';
import { useTellMoney } from '../funds/fund-figures.ts';
import { may } from '../me.ts';
import { useMoneyWords } from '../money-words.ts';
import { useOfficeWords } from '../office-words.ts';
import { usePaymentNames } from './payment-names.ts';
import { Exports } from './payment-exports.tsx';
import { usePages } from './payment-use-pages.ts';
import { RefusalNotice } from '../refusal-notice.tsx';
import type { SectionPage } from '../section-page.ts';
import { SelectField } from '../select-field.tsx';
import { useTellInstant } from '../tell-instant.ts';
import { useFactWords } from '../use-fact-words.ts';

type Doubt = Answer<typeof listDoubtsEndpoint>['data']['items'][number];

const kinds = [
  'case-held', 'case-not-payable', 'fund-missing', 'fact-false', 'fact-unknown', 'fact-told', 'fact-stale', 'left-employer', 'employer-unknown', 'payee-gone', 'account-missing', 'account-name-differs', 'account-shared',
  'paid-before',
] as const;

/** The list. */
export function DoubtsPage({ me, query, onQuery }: SectionPage) {
  const words = useMoneyWords();
  const office = useOfficeWords();
  const { sum, day } = useTellMoney();
  const tellInstant = useTellInstant();
  const { places, placeOf, benefitOf } = usePaymentNames();
  const { doubts, payments } = words;
  const status = query['status'] === 'settled' ? 'settled' : 'open';
  const kind = kinds.find((one) => one === query['kind']);
  const { jurisdiction = '' } = query;
  const asked = { status, ...(kind === undefined ? {} : { kind }), ...(jurisdiction === '' ? {} : { jurisdictionCode: jurisdiction }) } as const;
  const change = (part: Readonly<Record<string, string>>): void => onQuery({ ...query, ...part });
  const { rows, isMore, isMoreBusy, refusal, more, again } = usePages<Doubt>(JSON.stringify(asked), async (cursor, signal) => {
    const { data } = await call(listDoubtsEndpoint, { query: { ...asked, ...(cursor === undefined ? {} : { cursor }) }, ...(signal === undefined ? {} : { signal }) });
    return data;
  });
  const [settled, setSettled] = useState<string>();
  const { tellFact } = useFactWords();
  return (
    <>
      <div>
        <h1>{payments.tabs.doubts}</h1>
        <p class="soft">{doubts.lead}</p>
      </div>
      <form class="list-filters" onSubmit={(event) => event.preventDefault()}>
        <SelectField label={words.state} value={status} options={(['open', 'settled'] as const).map((one) => [one, doubts.status[one]] as const)} onChoose={(one) => change({ status: one })} hasAll={false} />
        <SelectField label={doubts.kind} value={kind ?? ''} options={kinds.map((one) => [one, doubts.kinds[one]] as const)} onChoose={(one) => change({ kind: one })} />
        <SelectField label={words.jurisdiction} value={jurisdiction} options={places} onChoose={(code) => change({ jurisdiction: code })} />
      </form>
      <div class="list-sum small">
        <span role="status">{rows === undefined ? office.loading : office.shown(rows.length)}</span>
        {rows === undefined || rows.length === 0 || !may(me, 'payment.export') ? null : <Exports of={exportDoubts} asked={asked} />}
      </div>
      {settled === undefined ? null : <Notice tone="leaf" icon="yes">{settled}</Notice>}
      <RefusalNotice refusal={refusal} onRetry={again} />
      {rows === undefined ? null : rows.length === 0 ? <EmptyState>{kind === undefined ? (status === 'open' ? doubts.empty : doubts.emptySettled) : doubts.emptyKind}</EmptyState> : (
        <ul class="doubt-cards">
          {rows.map((doubt) => (
            <li key={doubt.doubtId} class="card doubt-card">
              <div class="doubt-head">
                <h2><a href={linkTo(['payments', 'instalment', doubt.instalmentId])}>{doubt.name ?? payments.nobody}</a></h2>
                <b class="number">{sum(doubt.amountFen)}</b>
              </div>
              <p class="small soft">{benefitOf(doubt.benefitId)} · {payments.no(doubt.instalmentNumber)} · {placeOf(doubt.jurisdictionCode)} · {payments.columns.due} {day(doubt.dueOn)}</p>
              <p><StatusTag status="unknown" word={doubts.kinds[doubt.kind]} /></p>
              <p>{doubts.why[doubt.kind]} {doubt.earlier === null ? null : <span class="soft">{doubts.earlier(doubt.earlier.caseNumber, sum(doubt.earlier.fen))}</span>} {doubt.fact === null ? null : <span class="soft">{doubts.fact(tellFact(doubt.fact))}</span>}</p>
              <p class="small soft">{doubts.found} {tellInstant(doubt.openedAt)}</p>
              {doubt.settledAs === null ? (
                <Disclosure label={doubts.settle}>
                  <SettleDoubt doubt={doubt} onFresh={again} onSettled={(as) => {
                    setSettled(doubts.settledNow(doubt.name ?? payments.nobody, doubts.settledAs[as]));
                    again();
                  }} />
                </Disclosure>
              ) : (
                <p><StatusTag status={doubt.settledAs === 'cancel' ? 'no' : 'yes'} word={doubts.settledAs[doubt.settledAs]} /> {doubt.reason}</p>
              )}
            </li>
          ))}
        </ul>
      )}
      {isMore ? <p class="list-more"><Button isBusy={isMoreBusy} onPress={more}>{office.more}</Button></p> : null}
    </>
  );
}

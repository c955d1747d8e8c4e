// One budget: what it was and becomes, on which paper, who proposed; a second person confirms or declines.
import { useState } from 'preact/hooks';
import { listJurisdictions } from '../../../src/contract/departments-endpoints.ts';
import { confirmBudget, getBudget, withdrawBudget } from '../../../src/contract/ledger-endpoints.ts';
import { uppercaseAmount } from '../../../src/contract/uppercase-amount.ts';
import { call } from '../../client/call.ts';
import { EmptyState } from '../../ui/empty-state.tsx';
import { Notice } from '../../ui/notice.tsx';
import { StatusTag } from '../../ui/status-tag.tsx';
import { linkTo } from '../address.ts';
import { budgetStatus } from './budget-list-page.tsx';
import { tellFigure, useTellMoney } from './fund-figures.ts';
import { linkToAccount } from './fund-states-page.tsx';
import { may, type Me } from '../me.ts';
import { useMoneyWords } from '../money-words.ts';
import { useOfficeWords } from '../office-words.ts';
import { ActNotice } from '../payments/payment-act-notice.tsx';
import { AskOnce } from '../payments/payment-ask-once.tsx';
import { RefusalNotice } from '../refusal-notice.tsx';
import { StaffName } from '../staff/staff-name.tsx';
import { useTellInstant } from '../tell-instant.ts';
import { useAct, useAsked } from '../use-call.ts';

/** The page of a budget. */
export function BudgetPage({ budgetId, me }: { budgetId: string; me: Me }) {
  const words = useMoneyWords();
  const office = useOfficeWords();
  const { sum } = useTellMoney();
  const tellInstant = useTellInstant();
  const { budgets } = words;
  const asked = useAsked((signal) => call(getBudget, { params: { budgetId }, signal }), [budgetId]);
  const places = useAsked((signal) => call(listJurisdictions, { signal }), []);
  const [committed, setCommitted] = useState<number>();
  const { isBusy, refusal, run, forget } = useAct();
  const one = asked.state === 'there' ? asked.value.data : asked.state === 'loading' ? asked.before?.data : undefined;
  if (asked.state === 'refused') return <RefusalNotice refusal={asked.refusal} onRetry={asked.again} />;
  if (one === undefined) return <EmptyState>{office.loading}</EmptyState>;
  const { unit, before, amount } = one;
  const place = places.state === 'there' ? places.value.data.items.find(({ code }) => code === one.jurisdictionCode)?.name : undefined;
  const isOwn = one.proposedBy === me.accountId;
  const difference = amount - (before ?? 0);
  const fresh = (): void => {
    forget();
    asked.again();
  };
  return (
    <div class="money">
      <p><a href={linkTo(['funds', 'budgets'])}>{budgets.back}</a></p>
      <div>
        <h1>{one.fund}</h1>
        <p class="soft">{words.account.of(place ?? one.jurisdictionCode, one.year)}</p>
      </div>
      {committed === undefined ? null : (
        <Notice tone="leaf" icon="yes">
          <p>{budgets.confirmed(sum(committed, unit))}</p>
        </Notice>
      )}
      <section class="card" aria-label={budgets.heading}>
        <StatusTag status={budgetStatus[one.state]} word={budgets.states[one.state]} />
        <div class="budget-change">
          <div>
            <span class="small soft">{budgets.was}</span>
            <b class="number">{before === null ? budgets.wasNone : sum(before, unit)}</b>
          </div>
          <div>
            <span class="small soft">{budgets.becomes}</span>
            <b class="number budget-new">{sum(amount, unit)}</b>
            {unit === 'fen' ? <span class="small soft">{uppercaseAmount(amount)}</span> : null}
            {before === null ? null : <span class="small soft number">{budgets.difference(words.with(`${difference > 0 ? '+' : ''}${tellFigure(unit, difference)}`, words.units[unit]))}</span>}
          </div>
        </div>
        <dl class="pairs">
          <dt>{budgets.reference}</dt>
          <dd>{one.reference}</dd>
          <dt>{budgets.proposedBy}</dt>
          <dd><StaffName accountId={one.proposedBy} me={me} /> <span class="soft number">{tellInstant(one.proposedAt)}</span></dd>
          {one.settledBy === null || one.settledAt === null ? null : (
            <>
              <dt>{one.state === 'withdrawn' ? budgets.withdrawnBy : budgets.settledBy}</dt>
              <dd><StaffName accountId={one.settledBy} me={me} /> <span class="soft number">{tellInstant(one.settledAt)}</span></dd>
            </>
          )}
        </dl>
        {one.state === 'confirmed' ? <p><a href={linkToAccount(one)}>{budgets.toAccount}</a></p> : null}
        {one.state === 'proposed' && may(me, 'budget.confirm') ? (
          <>
            {isOwn ? <p>{budgets.waitsFor}</p> : (
              <AskOnce label={budgets.confirm} tone="primary" warning={budgets.confirmWarning(sum(amount, unit))} sure={budgets.confirmSure} isBusy={isBusy} onSure={() => run(async () => {
                const { data } = await call(confirmBudget, { params: { budgetId } });
                setCommitted(data.committedBefore);
                asked.again();
              })} />
            )}
            <AskOnce label={isOwn ? budgets.withdraw : budgets.refuse} tone="quiet" warning={budgets.refuseWarning} sure={isOwn ? budgets.withdraw : budgets.refuseSure} isBusy={isBusy} onSure={() => run(async () => {
              await call(withdrawBudget, { params: { budgetId } });
              asked.again();
            })} />
          </>
        ) : null}
        <ActNotice refusal={refusal} onFresh={fresh} />
      </section>
    </div>
  );
}

// One entry of the ledger: from where to where, for what, on which paper, and who booked it.
import { getLedgerEntry } from '../../../src/contract/ledger-endpoints.ts';
import { call } from '../../client/call.ts';
import { EmptyState } from '../../ui/empty-state.tsx';
import { Icon } from '../../ui/icon.tsx';
import { linkTo } from '../address.ts';
import { useTellMoney } from './fund-figures.ts';
import { linkToAccount } from './fund-states-page.tsx';
import type { Me } from '../me.ts';
import { useMoneyWords } from '../money-words.ts';
import { useOfficeWords } from '../office-words.ts';
import { RefusalNotice } from '../refusal-notice.tsx';
import { StaffName } from '../staff/staff-name.tsx';
import { useTellInstant } from '../tell-instant.ts';
import { useAsked } from '../use-call.ts';

const uuid = /^[\da-f]{8}-(?:[\da-f]{4}-){3}[\da-f]{12}$/;

/** The page of an entry. */
export function EntryPage({ transferId, me }: { transferId: string; me: Me }) {
  const words = useMoneyWords();
  const office = useOfficeWords();
  const { sum } = useTellMoney();
  const tellInstant = useTellInstant();
  const { entry } = words;
  const asked = useAsked((signal) => call(getLedgerEntry, { params: { transferId }, signal }), [transferId]);
  if (asked.state === 'refused') return <RefusalNotice refusal={asked.refusal} onRetry={asked.again} />;
  if (asked.state === 'loading') return <EmptyState>{office.loading}</EmptyState>;
  const one = asked.value.data;
  const { unit, jurisdictionCode } = one;
  // An officer's account is an id; whatever else stands there is a job by its name.
  const by = uuid.test(one.recordedBy) ? <StaffName accountId={one.recordedBy} me={me} /> : entry.byJob(one.recordedBy.replace(/^job:/, ''));
  return (
    <div class="money">
      <p><a href={linkToAccount({ unit, jurisdictionCode, fund: one.from.fund, year: one.from.year })}>{entry.back}</a></p>
      <div>
        <h1>{entry.reasons[one.reason]} <span class="number">{sum(one.amount, unit)}</span></h1>
        <p class="soft">{entry.lead}</p>
      </div>
      <div class="entry-way">
        <a class="entry-side" href={linkToAccount({ unit, jurisdictionCode, fund: one.from.fund, year: one.from.year }, one.from.role === 'source' ? undefined : one.from.role)}>
          <span class="small soft">{entry.from}</span>
          <b>{entry.roles[one.from.role]}</b>
          <span class="small soft">{words.account.of(one.from.fund, one.from.year)}</span>
        </a>
        <span class="entry-arrow"><Icon name="on" /></span>
        <a class="entry-side" href={linkToAccount({ unit, jurisdictionCode, fund: one.to.fund, year: one.to.year }, one.to.role === 'source' ? undefined : one.to.role)}>
          <span class="small soft">{entry.to}</span>
          <b>{entry.roles[one.to.role]}</b>
          <span class="small soft">{words.account.of(one.to.fund, one.to.year)}</span>
        </a>
      </div>
      <section class="card" aria-label={entry.reason}>
        <dl class="pairs">
          <dt>{entry.document}</dt>
          <dd>{one.document ?? <span class="soft">{entry.noDocument}</span>}</dd>
          <dt>{entry.kind}</dt>
          <dd>
            {one.kind !== 'pending' ? entry.kinds[one.kind] : one.endedAs === null ? entry.waits : `${entry.pendingShort}${entry.endings[one.endedAs]}`}
          </dd>
          <dt>{entry.recorded}</dt>
          <dd class="number">{tellInstant(one.recordedAt)}</dd>
          <dt>{entry.by}</dt>
          <dd>{by}</dd>
          {one.batchId === null ? null : <><dt>{entry.batch}</dt><dd><a href={linkTo(['payments', 'batches', one.batchId])}>{entry.toBatch}</a></dd></>}
          {one.partId === null ? null : <><dt>{entry.part}</dt><dd><a href={linkTo(['funds', 'part', one.partId])}>{entry.toPart}</a></dd></>}
          {one.pendingId === null ? null : <><dt>{entry.pendingOne}</dt><dd><a href={linkTo(['funds', 'entry', one.pendingId])}>{entry.toPending}</a></dd></>}
          {one.caseId === null ? null : <><dt>{entry.case}</dt><dd class="number id">{one.caseId}</dd></>}
          {one.decisionId === null ? null : <><dt>{entry.decision}</dt><dd class="number id">{one.decisionId}</dd></>}
          <dt>{entry.number}</dt>
          <dd class="number id">{one.id}</dd>
        </dl>
      </section>
    </div>
  );
}

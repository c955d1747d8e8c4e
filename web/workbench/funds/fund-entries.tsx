// Entries of the ledger, newest first, each with the way to itself.
import { exportLedgerEntries, listLedgerEntries } from '../../../src/contract/ledger-endpoints.ts';
import { type Answer, call } from '../../client/call.ts';
import { Button } from '../../ui/button.tsx';
import { linkTo } from '../address.ts';
import { Worded } from './fund-cells.tsx';
import { haveFen, tellFigure, type Unit } from './fund-figures.ts';
import { useMoneyWords } from '../money-words.ts';
import { useOfficeWords } from '../office-words.ts';
import { Exports } from '../payments/payment-exports.tsx';
import { usePages } from '../payments/payment-use-pages.ts';
import { RefusalNotice } from '../refusal-notice.tsx';
import { RowsTable } from '../rows-table.tsx';
import { useTellInstant } from '../tell-instant.ts';

type Entry = Answer<typeof listLedgerEntries>['data']['items'][number];

/** Which entries are meant, as the interface asks for them. */
interface EntryQuestion {
  readonly unit: Unit;
  readonly jurisdictionCode?: string;
  readonly fund?: string;
  readonly year?: number;
  readonly role?: Entry['from']['role'];
  readonly partId?: string;
  readonly kind?: Entry['kind'];
}

/** The list with its file. */
export function Entries({ label, question }: { label: string; question: EntryQuestion }) {
  const words = useMoneyWords();
  const office = useOfficeWords();
  const tellInstant = useTellInstant();
  const { columns } = words.account;
  const { rows, isMore, isLoading, isMoreBusy, refusal, more, again } = usePages<Entry>(JSON.stringify(question), async (cursor, signal) => {
    const { data } = await call(listLedgerEntries, { query: { ...question, ...(cursor === undefined ? {} : { cursor }) }, ...(signal === undefined ? {} : { signal }) });
    return data;
  });
  const withFen = haveFen(question.unit, (rows ?? []).map(({ amount }) => amount));
  return (
    <>
      <div class="list-sum small">
        <span role="status">{rows === undefined ? office.loading : office.shown(rows.length)}</span>
        {rows === undefined || rows.length === 0 ? null : <Exports of={exportLedgerEntries} asked={question} />}
      </div>
      <RefusalNotice refusal={refusal} onRetry={again} />
      {rows === undefined ? null : (
        <RowsTable<Entry>
          label={label}
          rows={rows}
          isLoading={isLoading}
          empty={words.account.noEntries}
          keyOf={({ id }) => id}
          columns={[
            { key: 'reason', title: columns.reason, cell: ({ id, reason }) => <a href={linkTo(['funds', 'entry', id])}>{words.entry.reasons[reason]}</a> },
            { key: 'when', title: columns.when, cell: ({ recordedAt }) => <span class="number">{tellInstant(recordedAt)}</span> },
            {
              key: 'way',
              title: columns.way,
              cell: ({ from, to, kind, endedAs }) => (
                <>
                  {words.entry.roles[from.role]} → {words.entry.roles[to.role]}
                  {kind === 'posted' ? null : <span class="small soft"> · {kind !== 'pending' ? words.entry.kinds[kind] : endedAs === null ? words.entry.waits : `${words.entry.pendingShort}${words.entry.endings[endedAs]}`}</span>}
                </>
              ),
            },
            { key: 'document', title: columns.document, cell: ({ document }) => document ?? '—', isSecond: true },
            { key: 'amount', title: columns.amount, isFigure: true, cell: ({ unit, amount }) => <Worded word={columns.amount}>{tellFigure(unit, amount, withFen)}</Worded> },
          ]}
        />
      )}
      {isMore ? <p class="list-more"><Button isBusy={isMoreBusy} onPress={more}>{office.more}</Button></p> : null}
    </>
  );
}

// Open cases that a version would answer differently: looked for when somebody asks, page by page.
import { useState } from 'preact/hooks';
import { listChangedCases } from '../../../src/contract/packs-endpoints.ts';
import { formatYuan } from '../../../src/policy/index.ts';
import { type Answer, call } from '../../client/call.ts';
import { Button } from '../../ui/button.tsx';
import { linkTo } from '../address.ts';
import { usePolicyWords } from './policy-words.ts';
import { RefusalNotice } from '../refusal-notice.tsx';
import { RowsTable } from '../rows-table.tsx';
import { useAct } from '../use-call.ts';

type ChangedCase = Answer<typeof listChangedCases>['data']['items'][number];

/** The cases, as far as they were looked at. */
export function PackCases({ packId }: { packId: string }) {
  const { pack } = usePolicyWords();
  const [found, setFound] = useState<{ readonly items: readonly ChangedCase[]; readonly examined: number; readonly cursor: string | null }>();
  const { isBusy, refusal, run } = useAct();
  const look = (): void =>
    run(async () => {
      const cursor = found?.cursor ?? undefined;
      const { data } = await call(listChangedCases, { params: { packId }, query: { limit: 200, ...(cursor === undefined ? {} : { cursor }) } });
      setFound({ items: [...(found?.items ?? []), ...data.items], examined: (found?.examined ?? 0) + data.examined, cursor: data.nextCursor });
    });
  const tell = (outcome: ChangedCase['before']): string => {
    if (outcome === null) return pack.absent;
    const { status, amount } = outcome;
    return amount === null || amount.fen === undefined ? pack.outcomes[status] : `${pack.outcomes[status]} · ${pack.amount(amount.kind, formatYuan(amount.fen))}`;
  };
  return (
    <div class="card policy-wide">
      <h2>{pack.cases}</h2>
      <p class="soft">{pack.casesLead}</p>
      {found === undefined ? null : (
        <>
          <p role="status">{pack.looked(found.examined, found.items.length)}</p>
          {found.items.length === 0 ? null : (
            <RowsTable<ChangedCase>
              label={pack.cases}
              rows={found.items}
              empty=""
              keyOf={({ caseId }) => caseId}
              columns={[
                { key: 'number', title: pack.caseColumns.number, cell: ({ caseId, caseNumber }) => <a class="number" href={linkTo(['cases', caseId])}>{caseNumber}</a> },
                { key: 'before', title: pack.caseColumns.before, cell: ({ before }) => tell(before) },
                { key: 'after', title: pack.caseColumns.after, cell: ({ after }) => tell(after) },
              ]}
            />
          )}
        </>
      )}
      <RefusalNotice refusal={refusal} />
      {found !== undefined && found.cursor === null ? null : <Button isBusy={isBusy} onPress={look}>{found === undefined ? pack.look : pack.lookMore}</Button>}
    </div>
  );
}

// The lists that an organisation brought in, ready to apply for, and the applications filed for lists before.
import { listImportsEndpoint } from '../../../src/contract/imports-endpoints.ts';
import { listApplicationsEndpoint } from '../../../src/contract/intake-endpoints.ts';
import { type Answer, call } from '../../client/call.ts';
import { linkTo } from '../address.ts';
import { Worded } from '../funds/fund-cells.tsx';
import { HiresAccounts } from './hires-accounts.tsx';
import { useHiresWords } from './hires-words.ts';
import type { Me } from '../me.ts';
import { RefusalNotice } from '../refusal-notice.tsx';
import { RowsTable } from '../rows-table.tsx';
import { useTellInstant } from '../tell-instant.ts';
import { useAsked } from '../use-call.ts';

type Import = Answer<typeof listImportsEndpoint>['data']['items'][number];
type Application = Answer<typeof listApplicationsEndpoint>['data']['items'][number];

const MOST = 200;

/** Both. */
export function HiresLists({ me }: { me: Me }) {
  const words = useHiresWords();
  const tellInstant = useTellInstant();
  const imports = useAsked((signal) => call(listImportsEndpoint, { query: { limit: MOST }, signal }), []);
  const applications = useAsked((signal) => call(listApplicationsEndpoint, { query: { limit: MOST }, signal }), []);
  const ready = imports.state === 'there' ? imports.value.data.items.filter(({ kind, state }) => kind === 'people' && state === 'done') : [];
  const names = new Map(ready.map(({ importId, fileName }) => [importId, fileName]));
  const filed = applications.state === 'there' ? applications.value.data.items.filter(({ list }) => list !== null) : [];
  return (
    <>
      <div class="list-head">
        <div>
          <h1>{words.heading}</h1>
          <p class="soft">{words.lead}</p>
        </div>
        <a class="button primary" href={linkTo(['imports'])}><span>{words.toImport}</span></a>
      </div>
      <section class="office">
        <h2>{words.lists}</h2>
        {imports.state === 'refused' ? <RefusalNotice refusal={imports.refusal} onRetry={imports.again} /> : null}
        {imports.state !== 'there' ? null : (
          <RowsTable<Import>
            label={words.lists}
            rows={ready}
            empty={words.listsNone}
            keyOf={({ importId }) => importId}
            columns={[
              { key: 'file', title: words.file, cell: ({ importId, fileName }) => <a href={linkTo(['imports', importId])}>{fileName}</a> },
              { key: 'people', title: words.people, isFigure: true, cell: ({ rowsTotal, rowsRead }) => <Worded word={words.people}>{(rowsTotal ?? rowsRead).toLocaleString('en')}</Worded> },
              { key: 'when', title: words.when, isSecond: true, cell: ({ createdAt }) => tellInstant(createdAt) },
              { key: 'go', title: words.start, cell: ({ importId, fileName }) => <a href={linkTo(['hires', 'from', importId])} aria-label={words.startOf(fileName)}>{words.start}</a> },
            ]}
          />
        )}
      </section>
      <section class="office">
        <h2>{words.before}</h2>
        {filed.length === 0 ? null : <HiresAccounts me={me} />}
        {applications.state === 'refused' ? <RefusalNotice refusal={applications.refusal} onRetry={applications.again} /> : null}
        {applications.state !== 'there' ? null : (
          <RowsTable<Application>
            label={words.before}
            rows={filed}
            empty={words.none}
            keyOf={({ applicationId }) => applicationId}
            columns={[
              { key: 'file', title: words.file, cell: ({ applicationId, list }) => <a href={linkTo(['hires', applicationId])}>{names.get(list?.importId ?? '') ?? words.file}</a> },
              { key: 'when', title: words.when, cell: ({ filedAt }) => tellInstant(filedAt) },
              { key: 'state', title: words.state, cell: ({ list }) => (list === null ? '' : `${words.states[list.state]} ${words.progress(list.rowsDone, list.rowsTotal)}`) },
              { key: 'filed', title: words.counts.filed, isFigure: true, cell: ({ list }) => <Worded word={words.counts.filed}>{(list?.counts.filed ?? 0).toLocaleString('en')}</Worded> },
            ]}
          />
        )}
      </section>
    </>
  );
}

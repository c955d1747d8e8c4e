// Bringing a list in: the template, the upload, what was done before; and the page of one import.
import { useContext, useState } from 'preact/hooks';
import {
  accountsTemplate, importAccountsEndpoint, importOrganisationsEndpoint, importPeopleEndpoint, listImportsEndpoint, organisationsTemplate, peopleTemplate,
} from '../../../src/contract/imports-endpoints.ts';
import { addressOf, type Answer, call, sendBytes } from '../../client/call.ts';
import { Button } from '../../ui/button.tsx';
import { linkTo } from '../address.ts';
import { Worded } from '../funds/fund-cells.tsx';
import { ChooseFile } from './choose-file.tsx';
import { ImportPage } from './import-page.tsx';
import { useImportWords } from './import-words.ts';
import { may } from '../me.ts';
import { OfficeLanguageContext } from '../office-words.ts';
import { RefusalNotice } from '../refusal-notice.tsx';
import { RowsTable } from '../rows-table.tsx';
import type { SectionPage } from '../section-page.ts';
import { useTellInstant } from '../tell-instant.ts';
import { useAct, useAsked } from '../use-call.ts';

type Import = Answer<typeof listImportsEndpoint>['data']['items'][number];

const kinds = {
  people: { endpoint: importPeopleEndpoint, template: peopleTemplate },
  organisations: { endpoint: importOrganisationsEndpoint, template: organisationsTemplate },
  accounts: { endpoint: importAccountsEndpoint, template: accountsTemplate },
} as const;
type Kind = keyof typeof kinds;

/** The section: one import where its id stands in the address. */
export function ImportsPage(page: SectionPage) {
  const [importId] = page.path;
  return importId === undefined ? <AllImports {...page} /> : <ImportPage key={importId} importId={importId} me={page.me} />;
}

function AllImports({ me, query, onQuery }: SectionPage) {
  const words = useImportWords();
  const tellInstant = useTellInstant();
  const imports = useAsked((signal) => call(listImportsEndpoint, { signal }), []);
  const offered = (['people', 'organisations', 'accounts'] as const).filter((kind) => may(me, `import.${kind}`));
  return (
    <>
      <div>
        <h1>{words.heading}</h1>
        <p class="soft">{words.lead}</p>
      </div>
      <Upload offered={offered} kind={offered.find((kind) => kind === query['kind']) ?? offered[0] ?? 'people'} onKind={(kind) => onQuery({ ...query, kind }, true)} />
      <section class="office">
        <h2>{words.before}</h2>
        {imports.state === 'refused' ? <RefusalNotice refusal={imports.refusal} onRetry={imports.again} /> : null}
        {imports.state !== 'there' ? null : (
          <RowsTable<Import>
            label={words.before}
            rows={imports.value.data.items}
            empty={words.none}
            keyOf={({ importId }) => importId}
            columns={[
              { key: 'file', title: words.file, cell: ({ importId, fileName }) => <a href={linkTo(['imports', importId])}>{fileName}</a> },
              { key: 'kind', title: words.kind, cell: ({ kind }) => words[kind], isSecond: true },
              { key: 'state', title: words.state, cell: ({ state }) => words.states[state] },
              { key: 'rows', title: words.rows, cell: ({ rowsTotal, rowsRead }) => <Worded word={words.rows}>{(rowsTotal ?? rowsRead).toLocaleString('en')}</Worded>, isFigure: true },
              { key: 'when', title: words.when, cell: ({ createdAt }) => tellInstant(createdAt), isSecond: true },
            ]}
          />
        )}
      </section>
    </>
  );
}

/** `kind` stands in the address, so that other pages lead straight to it. */
function Upload({ offered, kind, onKind }: { offered: readonly Kind[]; kind: Kind; onKind: (kind: Kind) => void }) {
  const words = useImportWords();
  const language = useContext(OfficeLanguageContext);
  const [file, setFile] = useState<File>();
  const [asOf, setAsOf] = useState('');
  const [papersSeen, setPapersSeen] = useState(false);
  const [isForPayment, setForPayment] = useState(false);
  // Departments look before money goes; an employer's own word is no such look.
  const mayBeForPayment = offered.includes('organisations') && kind === 'people';
  const isAccounts = kind === 'accounts';
  const { isBusy, refusal, run } = useAct();
  const upload = (): void =>
    run(async () => {
      if (file === undefined) return;
      const ofData = { ...(asOf === '' ? {} : { asOf }), papersSeen: String(papersSeen), ...(mayBeForPayment && isForPayment ? { purpose: 'payment' as const } : {}) };
      const { data } = isAccounts
        ? await sendBytes(importAccountsEndpoint, file, { query: { fileName: file.name } })
        : await sendBytes(kinds[kind].endpoint, file, { query: { fileName: file.name, ...ofData } });
      location.hash = linkTo(['imports', data.importId]);
    });
  return (
    <form
      class="card"
      onSubmit={(event) => {
        event.preventDefault();
        upload();
      }}
    >
      {offered.length > 1 ? (
        <fieldset class="switch">
          <legend class="small soft">{words.kind}</legend>
          <div class="switch-options">
            {offered.map((one) => (
              <label key={one}>
                <input type="radio" name="kind" checked={one === kind} onChange={() => onKind(one)} />
                <span>{words[one]}</span>
              </label>
            ))}
          </div>
        </fieldset>
      ) : null}
      {isAccounts ? <p class="soft">{words.accountsLead}</p> : null}
      <p><a href={addressOf(kinds[kind].template, {}, { language })} download>{isAccounts ? words.accountsTemplate : words.template(words[kind])}</a></p>
      <ChooseFile label={words.drop} choose={words.choose} accept=".xlsx,.csv" file={file} onFile={setFile} />
      {isAccounts ? null : (
        <>
          <label class="text-field">
            <span>{words.asOf}</span>
            <input class="input" type="date" value={asOf} onInput={(event) => setAsOf(event.currentTarget.value)} />
            <span class="small soft">{words.asOfHint}</span>
          </label>
          <label class="tick">
            <input type="checkbox" checked={papersSeen} onChange={(event) => setPapersSeen(event.currentTarget.checked)} />
            <span>{words.papers}</span>
          </label>
        </>
      )}
      {mayBeForPayment ? (
        <label class="tick">
          <input type="checkbox" checked={isForPayment} onChange={(event) => setForPayment(event.currentTarget.checked)} />
          <span>{words.forPayment}</span>
        </label>
      ) : null}
      <Button tone="primary" submits isBusy={isBusy} isDisabled={file === undefined}>{isBusy ? words.uploading : words.upload}</Button>
      <RefusalNotice refusal={refusal} />
    </form>
  );
}

// What is held about oneself: facts with their source, a copy to take along, accounts, requests, and who looked.
import { useContext } from 'preact/hooks';
import { listDepartments } from '../../../src/contract/departments-endpoints.ts';
import { copyHeldData, getHeldData, getPersonFacts } from '../../../src/contract/registry-endpoints.ts';
import { tellDate } from '../../../src/policy/index.ts';
import { addressOf, type Answer, call } from '../../client/call.ts';
import { BankAccounts } from './bank-accounts.tsx';
import { DataRequests } from './data-requests.tsx';
import { OfficeLanguageContext, useOfficeWords } from '../office-words.ts';
import { useRecordWords } from './record-words.ts';
import { RefusalNotice } from '../refusal-notice.tsx';
import { RowsTable } from '../rows-table.tsx';
import type { SectionPage } from '../section-page.ts';
import { useTellInstant } from '../tell-instant.ts';
import { useAsked } from '../use-call.ts';
import { useFactWords } from '../use-fact-words.ts';

type KnownFact = Answer<typeof getPersonFacts>['data']['facts'][number];
type Glance = Answer<typeof getHeldData>['data']['glances'][number];

const MOST_GLANCES = 100;

/** The section of a person; others have none. */
export function RecordPage({ me }: SectionPage) {
  return me.capacity.kind === 'person' ? <Record partyId={me.capacity.partyId} /> : null;
}

function Record({ partyId }: { partyId: string }) {
  const words = useRecordWords();
  const tellValue = useTellFactValue();
  const { tellFact } = useFactWords();
  const tellInstant = useTellInstant();
  // One's own request is a ground of law by itself: sensitive facts are shown too.
  const facts = useAsked((signal) => call(getPersonFacts, { params: { partyId }, query: { purpose: 'own-request' }, signal }), [partyId]);
  const held = useAsked((signal) => call(getHeldData, { params: { partyId }, signal }), [partyId]);
  const offices = useAsked((signal) => call(listDepartments, { signal }), []);
  const departments = new Map(offices.state === 'there' ? offices.value.data.items.map(({ departmentId, name }) => [departmentId, name] as const) : []);
  return (
    <>
      <div>
        <h1>{words.heading}</h1>
        <p class="soft">{words.lead}</p>
      </div>
      <section class="office">
        <h2>{words.facts}</h2>
        {facts.state === 'refused' ? <RefusalNotice refusal={facts.refusal} onRetry={facts.again} /> : null}
        {facts.state !== 'there' ? null : (
          <>
            <RowsTable<KnownFact>
              label={words.facts}
              rows={facts.value.data.facts}
              empty={words.noFacts}
              keyOf={({ name }) => name}
              columns={[
                { key: 'name', title: words.columns.name, cell: ({ name }) => tellFact(name) },
                { key: 'value', title: words.columns.value, cell: ({ name, value }) => tellValue(value, name) },
                { key: 'origin', title: words.columns.origin, cell: ({ origin }) => words.origins[origin] ?? origin },
                { key: 'trust', title: words.columns.trust, cell: ({ trustClass }) => words.trust[trustClass], isSecond: true },
                { key: 'as-of', title: words.columns.asOf, cell: ({ asOf }) => asOf, isSecond: true },
              ]}
            />
            {facts.value.data.withheld.length === 0 ? null : <p class="small soft">{words.withheld(facts.value.data.withheld.length)}</p>}
          </>
        )}
        <p>
          {words.copy} <a href={addressOf(copyHeldData, { partyId }, { format: 'text' })} download>{words.copyText}</a> · <a href={addressOf(copyHeldData, { partyId }, { format: 'json' })} download>{words.copyJson}</a>
        </p>
      </section>
      <BankAccounts partyId={partyId} />
      <DataRequests partyId={partyId} />
      <section class="office">
        <h2>{words.glances}</h2>
        {held.state === 'refused' ? <RefusalNotice refusal={held.refusal} onRetry={held.again} /> : null}
        {held.state !== 'there' ? null : (
          <RowsTable<Glance>
            label={words.glances}
            rows={held.value.data.glances.slice(0, MOST_GLANCES)}
            empty={words.noGlances}
            keyOf={({ at, action }) => `${at} ${action}`}
            columns={[
              { key: 'at', title: words.glanceColumns.at, cell: ({ at }) => tellInstant(at) },
              { key: 'by', title: words.glanceColumns.by, cell: ({ by, departmentId }) => [departments.get(departmentId ?? ''), words.by[by] ?? by].filter((part) => part !== undefined).join(' · ') },
            ]}
          />
        )}
      </section>
    </>
  );
}

/** A value as people read it. */
function useTellFactValue(): (value: unknown, fact: string) => string {
  const { yes, no } = useOfficeWords();
  const language = useContext(OfficeLanguageContext);
  const { tellFigure, tellWord } = useFactWords();
  const tell = (value: unknown, fact: string): string => {
    if (typeof value === 'boolean') return value ? yes : no;
    if (Array.isArray(value)) return value.map((one) => tell(one, fact)).join(language === 'zh' ? '、' : ', ');
    if (typeof value === 'string') return /^\d{4}-\d{2}-\d{2}$/.test(value) ? tellDate(value, language) : tellWord(fact, value);
    return typeof value === 'number' ? tellFigure(fact, value) : '—';
  };
  return tell;
}

// How far the audit trail is sealed: the last number, what waits, what is missing, and the roots of the days.
import { useContext } from 'preact/hooks';
import { readAuditSeal } from '../../../src/contract/audit-endpoints.ts';
import { tellDate } from '../../../src/policy/index.ts';
import { call } from '../../client/call.ts';
import { Button } from '../../ui/button.tsx';
import { Disclosure } from '../../ui/disclosure.tsx';
import { Notice } from '../../ui/notice.tsx';
import { useAuditWords } from './audit-words.ts';
import { OfficeLanguageContext } from '../office-words.ts';
import { RefusalNotice } from '../refusal-notice.tsx';
import { RowsTable } from '../rows-table.tsx';
import { useTellInstant } from '../tell-instant.ts';
import { useAsked } from '../use-call.ts';

/** The state of the seal. */
export function AuditSeal() {
  const { seal: words } = useAuditWords();
  const language = useContext(OfficeLanguageContext);
  const tellInstant = useTellInstant();
  const asked = useAsked((signal) => call(readAuditSeal, { signal }), []);
  if (asked.state === 'refused') return <RefusalNotice refusal={asked.refusal} onRetry={asked.again} />;
  if (asked.state === 'loading') return null;
  const { lastSeq, sealedAt, waiting, gaps, lookedFrom, roots } = asked.value.data;
  const tell = (figure: number): string => figure.toLocaleString('en');
  return (
    <section class="card audit-seal" aria-labelledby="audit-seal">
      <h2 id="audit-seal">{words.heading}</h2>
      <p>
        {lastSeq === null || sealedAt === null ? words.none : words.upTo(tell(lastSeq), tellInstant(sealedAt))}{' '}
        {waiting.oldestAt === null ? words.nothingWaits : words.waiting(`${tell(waiting.count)}${waiting.isAtLeast ? '+' : ''}`, tellInstant(waiting.oldestAt))}{' '}
        {gaps.length === 0 && lookedFrom !== null && lastSeq !== null ? words.whole(tell(lookedFrom), tell(lastSeq)) : null}
      </p>
      {gaps.length === 0 ? null : (
        <Notice tone="clay">
          <b>{words.gaps}</b>
          <ul>{gaps.map(({ from, to }) => <li key={from}>{words.gap(tell(from), tell(to))}</li>)}</ul>
        </Notice>
      )}
      <p class="small soft">{words.command}</p>
      {roots.length === 0 ? null : (
        <Disclosure label={words.roots} count={String(roots.length)}>
          <p class="small soft">{words.rootsLead}</p>
          <RowsTable
            label={words.roots}
            rows={roots}
            keyOf={({ onDay }) => onDay}
            empty=""
            columns={[
              { key: 'day', title: words.rootColumns.day, cell: ({ onDay }) => tellDate(onDay, language) },
              { key: 'numbers', title: words.rootColumns.numbers, cell: ({ firstSeq, lastSeq: last }) => <span class="number">{tell(firstSeq)}–{tell(last)}</span> },
              { key: 'root', title: words.rootColumns.root, cell: ({ root }) => <code class="audit-root">{root}</code> },
            ]}
          />
          <p><Button tone="quiet" icon="print" onPress={() => print()}>{words.print}</Button></p>
        </Disclosure>
      )}
    </section>
  );
}

// The messages about one case; whoever has seen them has read them.
import { useContext, useEffect } from 'preact/hooks';
import { listMessages, markMessageRead } from '../../../src/contract/messages-endpoints.ts';
import { call } from '../../client/call.ts';
import { useMyCaseWords } from './my-case-words.ts';
import { OfficeLanguageContext } from '../office-words.ts';
import { RefusalNotice } from '../refusal-notice.tsx';
import { useTellInstant } from '../tell-instant.ts';
import { useAsked } from '../use-call.ts';

const MOST = 200;

/** Those among the newest that are about it. */
export function MyCaseMessages({ caseId, round }: { caseId: string; round: number }) {
  const { messages: words } = useMyCaseWords();
  const language = useContext(OfficeLanguageContext);
  const tellInstant = useTellInstant();
  const asked = useAsked(async (signal) => (await call(listMessages, { query: { limit: MOST }, signal }, language)).data.items.filter(({ about }) => about?.id === caseId), [caseId, round, language]);
  const items = asked.state === 'there' ? asked.value : asked.state === 'loading' ? asked.before : undefined;
  useEffect(() => {
    if (asked.state !== 'there') return;
    // That it stays unread does no harm.
    for (const { id, readAt } of asked.value) if (readAt === null) void call(markMessageRead, { params: { messageId: id } }).catch(() => {});
  }, [asked.state]);
  return (
    <section class="card case-card">
      <h2>{words.heading}</h2>
      {asked.state === 'refused' ? <RefusalNotice refusal={asked.refusal} onRetry={asked.again} /> : null}
      {items === undefined ? null : items.length === 0 ? <p class="soft">{words.none}</p> : (
        <ul class="apply-lines" role="list">
          {items.map(({ id, title, body, createdAt, readAt }) => (
            <li key={id}><span><b>{title}</b> {readAt === null ? <span class="apply-tag small">{words.new}</span> : null} <span class="small soft">{tellInstant(createdAt)}</span><span class="apply-reason small">{body}</span></span></li>
          ))}
        </ul>
      )}
    </section>
  );
}

// One import: how far it is, what was found cell by cell, and the person's decision.
import { useContext, useEffect, useState } from 'preact/hooks';
import { cancelImportEndpoint, confirmImportEndpoint, getImportEndpoint, listImportProblems, wrongRowsSheet } from '../../../src/contract/imports-endpoints.ts';
import { addressOf, type Answer, call } from '../../client/call.ts';
import { Button } from '../../ui/button.tsx';
import { Icon } from '../../ui/icon.tsx';
import { Notice } from '../../ui/notice.tsx';
import { linkTo } from '../address.ts';
import { useHiresWords } from '../hires/hires-words.ts';
import { useImportWords } from './import-words.ts';
import { may, type Me } from '../me.ts';
import { OfficeLanguageContext, useOfficeWords } from '../office-words.ts';
import { RefusalNotice } from '../refusal-notice.tsx';
import { useAct, useAsked } from '../use-call.ts';

type Import = Answer<typeof getImportEndpoint>['data'];
type Problems = Answer<typeof listImportProblems>['data'];

const LOOK_MS = 1000;
const underway = new Set<Import['state']>(['waiting', 'checking', 'confirmed', 'running']);

/** The page of an import; looks again while the server works on it. */
export function ImportPage({ importId, me }: { importId: string; me: Me }) {
  const words = useImportWords();
  const asked = useAsked((signal) => call(getImportEndpoint, { params: { importId }, signal }), [importId]);
  const one = asked.state === 'there' ? asked.value.data : asked.state === 'loading' ? asked.before?.data : undefined;
  const isUnderway = one !== undefined && underway.has(one.state);
  useEffect(() => {
    if (!isUnderway || asked.state !== 'there') return;
    const timer = setTimeout(asked.again, LOOK_MS);
    return () => clearTimeout(timer);
  }, [asked.state, isUnderway]);
  return (
    <>
      <p><a href={linkTo(['imports'])}>{words.back}</a></p>
      {asked.state === 'refused' ? <RefusalNotice refusal={asked.refusal} onRetry={asked.again} /> : null}
      {one === undefined ? null : <OneImport one={one} mayDecide={may(me, 'import.decide')} mayApply={may(me, 'application.file-list')} onChange={asked.again} />}
    </>
  );
}

function OneImport({ one, mayDecide, mayApply, onChange }: { one: Import; mayDecide: boolean; mayApply: boolean; onChange: () => void }) {
  const hires = useHiresWords();
  const words = useImportWords();
  const office = useOfficeWords();
  const [withDoubles, setWithDoubles] = useState(false);
  const { isBusy, refusal, run } = useAct();
  const { importId, state, found, done, sheet } = one;
  const counts = done ?? found;
  const isAccounts = one.kind === 'accounts';
  // Only an organisation applies for everybody of a list, and its lists say nothing of who was registered before.
  const isOfEmployer = one.kind === 'people' && mayApply;
  const countWords = isAccounts ? words.accountCounts : isOfEmployer ? words.employerCounts : words.counts;
  const toWrite = found === null ? 0 : found.added + found.updated + (withDoubles ? found.doubles : 0);
  const decide = (act: 'confirm' | 'cancel'): void =>
    run(async () => {
      if (act === 'confirm') await call(confirmImportEndpoint, { params: { importId }, body: { withDoubles } });
      else await call(cancelImportEndpoint, { params: { importId } });
      onChange();
    });
  return (
    <>
      <h1>{one.fileName}</h1>
      <p class="import-state" role="status">
        <Icon name={state === 'done' ? 'yes' : state === 'refused' || state === 'cancelled' ? 'no' : 'review'} />
        <span>{words.states[state]}</span>
        {underway.has(state) ? <span class="soft">{words.progress(one.rowsRead, one.rowsTotal)}</span> : null}
      </p>
      {underway.has(state) ? <progress class="bar" aria-label={words.states[state]} {...(one.rowsTotal === null ? {} : { max: Math.max(1, one.rowsTotal), value: one.rowsRead })} /> : null}
      {one.refusal === null ? null : <Notice tone="clay">{one.refusal.message}</Notice>}
      {state === 'cancelled' ? <Notice>{words.cancelled}</Notice> : null}
      {counts === null ? null : (
        <section class="card">
          <h2>{done === null ? words.found : words.written}</h2>
          <dl class="sums">
            {(['added', 'updated', 'unchanged', 'wrong', ...(isOfEmployer ? [] : (['doubles'] as const))] as const).map((name) => (
              <div key={name} class={name === 'wrong' && counts.wrong > 0 ? 'sum is-wrong' : 'sum'}>
                <dt>{countWords[name]}</dt>
                <dd>{counts[name].toLocaleString('en')}</dd>
              </div>
            ))}
          </dl>
          {isOfEmployer && counts.added > 0 ? <p class="small soft">{words.employerHint}</p> : null}
          {sheet === null || sheet.ignored.length === 0 ? null : <p class="small soft">{words.ignored(sheet.ignored.join('、'))}</p>}
          {sheet === null || sheet.leftOut.length === 0 ? null : <p class="small soft">{words.leftOut(sheet.leftOut.map(({ name }) => name).join('、'))}</p>}
          {state === 'checked' && mayDecide ? (
            <>
              {found !== null && found.doubles > 0 ? (
                <label class="tick">
                  <input type="checkbox" checked={withDoubles} onChange={(event) => setWithDoubles(event.currentTarget.checked)} />
                  <span>{isAccounts ? words.withDoubts : words.withDoubles}</span>
                </label>
              ) : null}
              {toWrite === 0 ? <p>{words.nothing}</p> : <Button tone="primary" isBusy={isBusy} onPress={() => decide('confirm')}>{isAccounts ? words.confirmAccounts(toWrite) : words.confirm(toWrite)}</Button>}
            </>
          ) : null}
          {(state === 'checked' || underway.has(state)) && mayDecide ? <Button tone="quiet" isBusy={isBusy} onPress={() => decide('cancel')}>{words.cancel}</Button> : null}
          <RefusalNotice refusal={refusal} />
        </section>
      )}
      {counts !== null && counts.wrong + counts.doubles > 0 ? <WrongRows importId={importId} isFileKept={one.isFileKept} moreWord={office.more} /> : null}
      {state === 'done' && one.kind === 'people' && mayApply ? <p><a class="button primary" href={linkTo(['hires', 'from', importId])}><span>{hires.start}</span></a></p> : null}
      {state === 'done' || state === 'refused' || state === 'cancelled' ? <p><a href={linkTo(['imports'])}>{words.again}</a></p> : null}
    </>
  );
}

function WrongRows({ importId, isFileKept, moreWord }: { importId: string; isFileKept: boolean; moreWord: string }) {
  const words = useImportWords();
  const language = useContext(OfficeLanguageContext);
  const [pages, setPages] = useState<readonly Problems[]>([]);
  const first = useAsked(async (signal) => {
    const { data } = await call(listImportProblems, { params: { importId }, signal });
    setPages([data]);
  }, [importId]);
  const { isBusy, refusal, run } = useAct();
  const next = pages.at(-1)?.nextCursor ?? null;
  return (
    <section class="card">
      <h2>{words.wrongHeading}</h2>
      <p class="soft">{words.wrongLead}</p>
      {isFileKept ? <p><a href={addressOf(wrongRowsSheet, { importId }, { language })} download>{words.wrongSheet}</a></p> : null}
      {first.state === 'refused' ? <RefusalNotice refusal={first.refusal} onRetry={first.again} /> : null}
      <ol class="wrong-rows">
        {pages.flatMap(({ items }) => items).map(({ row, problems }) => (
          <li key={row}>
            <b>{words.row(row)}</b>
            <ul>
              {problems.map(({ heading, place, reason }) => (
                <li key={`${place} ${reason}`}>
                  <span class="soft">{heading ?? words.whole} {place}</span> {reason}
                </li>
              ))}
            </ul>
          </li>
        ))}
      </ol>
      <RefusalNotice refusal={refusal} />
      {next === null ? null : (
        <Button isBusy={isBusy} onPress={() => run(async () => {
          const { data } = await call(listImportProblems, { params: { importId }, query: { cursor: next } });
          setPages((now) => [...now, data]);
        })}>{moreWord}</Button>
      )}
    </section>
  );
}

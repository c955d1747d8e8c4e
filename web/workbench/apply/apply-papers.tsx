// The papers of an application: which are asked for, which are here, uploading the others, or promising them for later.
import { useContext, useState } from 'preact/hooks';
import { listEvidenceKinds } from '../../../src/contract/evidence-endpoints.ts';
import { MOST_PROMISED_DAYS } from '../../../src/contract/promised-days.ts';
import { addDays, formatDate, parseDate, tellDate } from '../../../src/policy/index.ts';
import { call } from '../../client/call.ts';
import { Button } from '../../ui/button.tsx';
import { Disclosure } from '../../ui/disclosure.tsx';
import { StatusTag } from '../../ui/status-tag.tsx';
import type { Outlook } from './apply-outlook.ts';
import { PaperField } from './apply-paper-field.tsx';
import { useApplyWords } from './apply-words.ts';
import { today } from '../cases/case-calendar.ts';
import { OfficeLanguageContext } from '../office-words.ts';
import { SelectField } from '../select-field.tsx';
import { useAsked } from '../use-call.ts';

/** Papers that were uploaded here, and those promised. */
export interface PapersGiven {
  readonly own: readonly { readonly evidenceId: string; readonly kind: string; readonly fileName: string }[];
  readonly promises: readonly { readonly paper: string; readonly dueOn: string }[];
}

const OTHER = '其他材料';
const USUAL_DAYS = 30;

/** What is asked for, and whatever else she adds. */
export function ApplyPapers({ outlook, given, onGiven }: { outlook: Outlook; given: PapersGiven; onGiven: (given: PapersGiven) => void }) {
  const { papers: words } = useApplyWords();
  const language = useContext(OfficeLanguageContext);
  const [kind, setKind] = useState(OTHER);
  const kinds = useAsked((signal) => call(listEvidenceKinds, { signal }), []);
  const { partyId } = outlook.subject;
  const asked = outlook.papers;
  const added = given.own.filter((paper) => !asked.some((one) => one.kind === paper.kind));
  const add = (paper: PapersGiven['own'][number]): void =>
    onGiven({ own: [...given.own.filter(({ evidenceId }) => evidenceId !== paper.evidenceId), paper], promises: given.promises.filter((one) => one.paper !== paper.kind) });
  const promise = (paper: string, dueOn: string | undefined): void =>
    onGiven({ ...given, promises: [...given.promises.filter((one) => one.paper !== paper), ...(dueOn === undefined ? [] : [{ paper, dueOn }])] });
  return (
    <>
      <div>
        <h1 id="title" tabIndex={-1}>{words.heading}</h1>
        <p class="soft">{asked.length === 0 ? words.noneAsked : words.lead}</p>
      </div>
      {asked.map((one) => {
        const own = given.own.filter((paper) => paper.kind === one.kind).at(-1);
        const promised = given.promises.find(({ paper }) => paper === one.kind);
        const isThere = one.there !== null || own !== undefined;
        return (
          <section key={one.kind} class="card apply-card">
            <h2>{language === 'zh' ? one.kind : one.en}</h2>
            <StatusTag status={isThere ? 'yes' : promised === undefined ? 'unknown' : 'review'} word={one.there !== null ? words.there : own !== undefined ? `${own.fileName} · ${words.done}` : promised === undefined ? words.because[one.because ?? 'none'] : words.promised(tellDate(promised.dueOn, language))} />
            {one.there !== null ? null : (
              <>
                <PaperField partyId={partyId} kind={one.kind} onReady={({ evidenceId, fileName }) => add({ evidenceId, kind: one.kind, fileName })} />
                {isThere ? null : promised === undefined ? <PromiseField paper={one.kind} onPromise={(dueOn) => promise(one.kind, dueOn)} /> : <p><Button tone="quiet" onPress={() => promise(one.kind, undefined)}>{words.unpromise}</Button></p>}
              </>
            )}
          </section>
        );
      })}
      {added.length === 0 ? null : (
        <section class="card apply-card">
          <h2>{words.own}</h2>
          <ul class="apply-lines" role="list">
            {added.map((paper) => (
              <li key={paper.evidenceId}>
                <span>{paper.kind} <span class="small soft">{paper.fileName}</span></span>
                <Button tone="quiet" label={words.removeOf(paper.fileName)} onPress={() => onGiven({ ...given, own: given.own.filter(({ evidenceId }) => evidenceId !== paper.evidenceId) })}>{words.remove}</Button>
              </li>
            ))}
          </ul>
        </section>
      )}
      <Disclosure label={words.more}>
        <div class="apply-more">
          {kinds.state !== 'there' ? null : (
            <SelectField label={words.kind} value={kind} hasAll={false} options={kinds.value.data.items.map(({ name, nameEn }) => [name, language === 'zh' ? name : nameEn] as const)} onChoose={setKind} />
          )}
          <PaperField key={kind} partyId={partyId} kind={kind} onReady={({ evidenceId, fileName }) => add({ evidenceId, kind, fileName })} />
        </div>
      </Disclosure>
    </>
  );
}

function PromiseField({ paper, onPromise }: { paper: string; onPromise: (dueOn: string) => void }) {
  const { papers: words, on } = useApplyWords();
  const day = parseDate(today()) ?? 0;
  const [dueOn, setDueOn] = useState(formatDate(addDays(day, USUAL_DAYS)));
  return (
    <Disclosure label={words.promise}>
      <div class="apply-more">
        <label class="text-field">
          <span>{words.promiseOn}</span>
          <input class="input" type="date" value={dueOn} min={formatDate(addDays(day, 1))} max={formatDate(addDays(day, MOST_PROMISED_DAYS))} aria-label={`${paper} ${words.promiseOn}`} onInput={(event) => setDueOn(event.currentTarget.value)} />
        </label>
        <p class="small soft">{words.promiseNote}</p>
        <Button isDisabled={dueOn === ''} onPress={() => onPromise(dueOn)}>{on}</Button>
      </div>
    </Disclosure>
  );
}

// The files of a version with their line numbers: read by everybody, changed by whoever drafted it, with what the check found beside them.
import { useContext, useEffect, useRef, useState } from 'preact/hooks';
import { changePack, type getPack, getPackFiles } from '../../../src/contract/packs-endpoints.ts';
import { type Answer, call } from '../../client/call.ts';
import { Button } from '../../ui/button.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { ReasonField } from '../cases/case-fields.tsx';
import { OfficeLanguageContext, useOfficeWords } from '../office-words.ts';
import { ChoosePolicyFiles } from './choose-policy-files.tsx';
import { usePolicyWords } from './policy-words.ts';
import { RefusalNotice } from '../refusal-notice.tsx';
import { SelectField } from '../select-field.tsx';
import { useAct, useAsked } from '../use-call.ts';
import { WaitLine } from '../wait-line.tsx';

/** What no version is without. */
const MAIN_FILE = 'policy.yaml';

/** A version with everything about it. */
export type OnePack = Answer<typeof getPack>['data'];

/** The files; `ifMatch` is the version that a change is made from. */
export function PackFiles({ one, ifMatch, mayEdit, onSaved }: { one: OnePack; ifMatch: string; mayEdit: boolean; onSaved: () => void }) {
  const { pack, upload } = usePolicyWords();
  const office = useOfficeWords();
  const language = useContext(OfficeLanguageContext);
  const { packId, files, report, state, isOwn } = one;
  const findings = report?.findings ?? [];
  const [name, setName] = useState(() => findings[0]?.file ?? files[0] ?? '');
  const [changed, setChanged] = useState<ReadonlyMap<string, string | null>>(new Map());
  const [note, setNote] = useState(one.note ?? '');
  const asked = useAsked((signal) => call(getPackFiles, { params: { packId }, signal }), [packId, ifMatch]);
  const { isBusy, refusal, run } = useAct();
  const area = useRef<HTMLTextAreaElement>(null);
  const [goTo, setGoTo] = useState<{ readonly line: number; readonly column: number }>();
  const source = asked.state === 'there' ? asked.value.data.files : asked.state === 'loading' ? asked.before?.data.files : undefined;
  const isRemoved = changed.get(name) === null;
  const text = changed.get(name) ?? source?.[name] ?? '';
  const names = [...new Set([...files, ...changed.keys()])].sort();
  const canEdit = mayEdit && isOwn && (state === 'draft' || state === 'checked');
  useEffect(() => {
    if (goTo === undefined || area.current === null) return;
    const lines = text.split('\n');
    const at = lines.slice(0, goTo.line - 1).reduce((sum, line) => sum + line.length + 1, 0) + goTo.column - 1;
    area.current.focus();
    area.current.setSelectionRange(at, at + Math.max(1, (lines[goTo.line - 1] ?? '').length - goTo.column + 1));
    const frame = area.current.closest('.policy-editor');
    if (frame !== null) frame.scrollTop = (frame.scrollHeight * Math.max(0, goTo.line - 4)) / Math.max(1, lines.length);
    setGoTo(undefined);
  }, [goTo, name, source]);
  const save = (): void =>
    run(async () => {
      await call(changePack, { params: { packId }, ifMatch, body: { files: Object.fromEntries(changed), ...(note.trim() === '' ? {} : { note }) } });
      if (isRemoved) setName(MAIN_FILE);
      setChanged(new Map());
      onSaved();
    });
  const count = text.split('\n').length;
  const wrongLines = new Set(findings.filter(({ file }) => file === name).map(({ line }) => line));
  return (
    <section class="card policy-wide" aria-labelledby="pack-files">
      <h2 id="pack-files">{canEdit ? pack.edit : pack.files}</h2>
      {!mayEdit || canEdit ? null : <p class="soft">{state === 'draft' || state === 'checked' ? pack.notOwn : pack.fixed}</p>}
      {asked.state === 'refused' ? <RefusalNotice refusal={asked.refusal} onRetry={asked.again} /> : null}
      {source === undefined ? (asked.state === 'refused' ? null : <EmptyState>{office.loading}</EmptyState>) : (
        <div class="policy-desk">
          <div class="policy-side">
            <SelectField label={pack.file} value={name} options={names.map((file) => [file, labelOf(file, findings.filter((each) => each.file === file).length, changed.has(file))] as const)} onChoose={setName} hasAll={false} />
            {findings.length === 0 ? null : (
              <ul class="policy-findings" role="list">
                {findings.map((each) => (
                  <li key={`${each.file}-${each.line}-${each.column}-${each.code}`}>
                    <button type="button" class="case-link-button" onClick={() => {
                      setName(each.file);
                      setGoTo({ line: each.line, column: each.column });
                    }}>{pack.at(each.file, each.line)}</button>
                    <span>{each[language]}</span>
                  </li>
                ))}
              </ul>
            )}
            {canEdit && name !== MAIN_FILE ? (
              <p class="small">
                {isRemoved ? `${upload.removed} ` : ''}
                <button type="button" class="case-link-button" onClick={() => setChanged(isRemoved ? new Map([...changed].filter(([file]) => file !== name)) : new Map([...changed, [name, null]]))}>{isRemoved ? upload.restore : upload.remove}</button>
              </p>
            ) : null}
            {canEdit ? (
              <ChoosePolicyFiles label={upload.more} hint={upload.moreHint} onFiles={(more) => {
                setChanged((now) => new Map([...now, ...more]));
                setName((now) => [...more.keys()][0] ?? now);
              }} />
            ) : null}
            {findings.length > 0 && wrongLines.size === 0 ? <p class="small soft">{pack.noFindings}</p> : null}
          </div>
          <div class="policy-editor" tabIndex={0} role="region" aria-label={name}>
            <ol class="policy-numbers" aria-hidden="true">{Array.from({ length: count }, (_, at) => <li key={at} class={wrongLines.has(at + 1) ? 'is-wrong' : undefined}>{at + 1}</li>)}</ol>
            <textarea ref={area} class="policy-text" aria-label={pack.text(name)} rows={count} wrap="off" spellcheck={false} autocapitalize="off" readOnly={!canEdit || isRemoved} value={text} onInput={(event) => setChanged(new Map([...changed, [name, event.currentTarget.value]]))} />
          </div>
        </div>
      )}
      {canEdit ? (
        <div class="case-form">
          <ReasonField label={pack.note} value={note} onInput={setNote} rows={2} />
          <RefusalNotice refusal={refusal} />
          <div class="case-buttons">
            <Button tone="primary" isBusy={isBusy} isDisabled={changed.size === 0} onPress={save}>{pack.save}</Button>
            {changed.size === 0 ? null : <span class="small soft" role="status">{pack.unsaved}</span>}
          </div>
          <WaitLine isBusy={isBusy} words={upload.checking} />
        </div>
      ) : null}
    </section>
  );
}

/** A file with how much was found in it, and a mark where it was changed. */
function labelOf(file: string, found: number, isChanged: boolean): string {
  return `${isChanged ? '* ' : ''}${file}${found === 0 ? '' : ` (${found})`}`;
}

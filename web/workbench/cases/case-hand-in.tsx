// Papers that somebody brings to the counter: each with its kind, uploaded and checked before it is handed in.
import { useState } from 'preact/hooks';
import { listEvidenceKinds } from '../../../src/contract/evidence-endpoints.ts';
import { call, type CallRefused } from '../../client/call.ts';
import { Button } from '../../ui/button.tsx';
import { Icon } from '../../ui/icon.tsx';
import { Notice } from '../../ui/notice.tsx';
import { uploadPaper } from '../apply/apply-upload.ts';
import { useCaseWords } from './case-words.ts';
import { ChooseFile } from '../imports/choose-file.tsx';
import { RefusalNotice } from '../refusal-notice.tsx';
import { SelectField } from '../select-field.tsx';
import { useAct, useAsked } from '../use-call.ts';

/** A paper that was checked and can be handed in. */
export interface HandedIn {
  readonly evidenceId: string;
  readonly kind: string;
}

const FILES = '.pdf,.ofd,.jpg,.jpeg,.png,.webp';

/** Papers one after the other; `wanted` are the names under which they were asked for, `most` how many there may be. */
export function HandInPapers({ partyId, wanted, papers, onPapers, most }: { partyId: string; wanted: readonly string[]; papers: readonly HandedIn[]; onPapers: (papers: readonly HandedIn[]) => void; most: number }) {
  const { handIn: words } = useCaseWords();
  const asked = useAsked((signal) => call(listEvidenceKinds, { signal }), []);
  const kinds = asked.state === 'there' ? asked.value.data.items.map(({ name }) => name) : [];
  const [chosen, setChosen] = useState('');
  const [file, setFile] = useState<File>();
  const [share, setShare] = useState<number>();
  const [unfit, setUnfit] = useState<string>();
  const { isBusy, refusal, run } = useAct();
  const left = wanted.filter((name) => kinds.includes(name) && !papers.some(({ kind }) => kind === name));
  const kind = chosen !== '' ? chosen : (left[0] ?? '');
  const send = (): void => {
    if (file === undefined || kind === '') return;
    run(async () => {
      setUnfit(undefined);
      try {
        const paper = await uploadPaper({ partyId, kind, file }, setShare);
        if (paper.status !== 'clean') {
          setUnfit(paper.refusal?.words ?? words.unfit);
          return;
        }
        onPapers([...papers, { evidenceId: paper.evidenceId, kind }]);
        setFile(undefined);
        setChosen('');
      } finally {
        setShare(undefined);
      }
    });
  };
  return (
    <fieldset class="case-checks case-hand-in">
      <legend>{words.heading}</legend>
      {papers.length === 0 ? <p class="small soft">{words.none}</p> : (
        <ul class="case-lines" role="list">
          {papers.map(({ evidenceId, kind: name }) => (
            <li key={evidenceId}><Icon name="yes" /> {name} <button type="button" class="case-link-button" aria-label={words.removeOf(name)} onClick={() => onPapers(papers.filter((one) => one.evidenceId !== evidenceId))}>{words.remove}</button></li>
          ))}
        </ul>
      )}
      {asked.state === 'refused' ? <RefusalNotice refusal={asked.refusal as CallRefused} onRetry={asked.again} /> : null}
      {papers.length >= most ? null : (
        <>
          <SelectField label={words.kind} value={kind} options={[['', words.choose], ...kinds.map((one) => [one, one] as const)]} onChoose={setChosen} hasAll={false} />
          <ChooseFile key={papers.length} label={words.file} choose={words.chooseFile} accept={FILES} file={file} onFile={setFile} />
          <div class="case-buttons">
            <Button isBusy={isBusy} isDisabled={file === undefined || kind === ''} onPress={send}>{words.upload}</Button>
            {share === undefined ? null : <span class="small soft" role="status">{share < 1 ? words.sending(Math.round(share * 100)) : words.checking}</span>}
          </div>
        </>
      )}
      {unfit === undefined ? null : <Notice tone="clay">{unfit}</Notice>}
      <RefusalNotice refusal={refusal} />
    </fieldset>
  );
}

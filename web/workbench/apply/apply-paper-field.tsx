// One paper to hand in: choosing the file, how far it is sent, what the check said.
import { useId, useState } from 'preact/hooks';
import { Icon } from '../../ui/icon.tsx';
import { type UploadedPaper, uploadPaper } from './apply-upload.ts';
import { useApplyWords } from './apply-words.ts';
import { RefusalNotice } from '../refusal-notice.tsx';
import { useAct } from '../use-call.ts';

/** A field for a paper of a kind; `onReady` gets it once it was accepted. */
export function PaperField({ partyId, kind, label = kind, onReady }: { partyId: string; kind: string; label?: string; onReady: (paper: UploadedPaper) => void }) {
  const words = useApplyWords().papers;
  const id = useId();
  const [share, setShare] = useState<number>();
  const [found, setFound] = useState<UploadedPaper>();
  const { isBusy, refusal, run } = useAct();
  const send = (file: File | undefined): void => {
    if (file === undefined) return;
    run(async () => {
      setFound(undefined);
      try {
        const paper = await uploadPaper({ partyId, kind, file }, setShare);
        setFound(paper);
        if (paper.status === 'clean') onReady(paper);
      } finally {
        setShare(undefined);
      }
    });
  };
  const percent = Math.round((share ?? 0) * 100);
  return (
    <div class="paper-field">
      <label class={isBusy ? 'button secondary paper-button is-busy' : 'button secondary paper-button'} for={id}>
        <Icon name="sheet" />
        <span>{found === undefined ? words.upload : words.again}</span>
        <input
          id={id}
          class="unseen"
          type="file"
          accept="image/jpeg,image/png,image/webp,.pdf,.ofd"
          disabled={isBusy}
          aria-label={found === undefined ? words.uploadOf(label) : words.againOf(label)}
          onChange={(event) => {
            send(event.currentTarget.files?.[0]);
            event.currentTarget.value = '';
          }}
        />
      </label>
      {share === undefined ? null : (
        <p class="small" role="status">
          <progress class="bar" aria-label={words.uploadOf(label)} max={100} value={percent} /> {share < 1 ? words.sending(percent) : words.checking}
        </p>
      )}
      {found?.status === 'clean' ? <p class="small paper-done" role="status"><Icon name="yes" /> {found.fileName} · {words.done}</p> : null}
      {found === undefined || found.refusal === null ? null : <p class="small case-warn" role="alert"><Icon name="information" /> {found.refusal.words}</p>}
      {found?.status !== 'clean' ? null : found.remarks.map(({ code, words: remark }) => <p key={code} class="small soft">{remark}</p>)}
      <RefusalNotice refusal={refusal} />
    </div>
  );
}

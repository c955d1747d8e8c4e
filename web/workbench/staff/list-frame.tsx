// The frame of a page that is one list: its heading, what was just done, and the list once it is there, or why it is not.
import type { ComponentChildren } from 'preact';
import type { CallRefused } from '../../client/call.ts';
import { EmptyState } from '../../ui/empty-state.tsx';
import { Notice } from '../../ui/notice.tsx';
import { useOfficeWords } from '../office-words.ts';
import { RefusalNotice } from '../refusal-notice.tsx';
import { type Asked, latestOf } from '../use-call.ts';

interface ListFrameOptions<Found> {
  readonly words: { readonly heading: string; readonly lead: string };
  /** What was just done. */
  readonly told: string | undefined;
  /** Why what was asked to be done was not. */
  readonly refusal: CallRefused | undefined;
  readonly asked: Asked<Found> & { readonly again: () => void };
  readonly list: (found: Found) => ComponentChildren;
  /** Stands above the list, whether that is there or not. */
  readonly above?: ComponentChildren;
  /** Stands below it. */
  readonly children?: ComponentChildren;
}

/** The page; what was there before stays while it is asked for again. */
export function ListFrame<Found>({ words, told, refusal, asked, list, above, children }: ListFrameOptions<Found>) {
  const office = useOfficeWords();
  const found = latestOf(asked);
  return (
    <>
      <div>
        <h1>{words.heading}</h1>
        <p class="soft">{words.lead}</p>
      </div>
      {told === undefined ? null : <Notice tone="leaf" icon="yes">{told}</Notice>}
      <RefusalNotice refusal={refusal} />
      {above}
      {asked.state === 'refused' ? <RefusalNotice refusal={asked.refusal} onRetry={asked.again} /> : null}
      {found === undefined ? (asked.state === 'refused' ? null : <EmptyState>{office.loading}</EmptyState>) : list(found)}
      {children}
    </>
  );
}

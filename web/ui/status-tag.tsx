// How something stands: a word and a shape, never colour alone.
import { Icon } from './icon.tsx';

export type Status = 'yes' | 'no' | 'unknown' | 'review' | 'left';

const icons = { yes: 'yes', no: 'no', unknown: 'unknown', review: 'review', left: 'on' } as const;

/** The shape alone with its word for those who hear the page; or both, with `isWordSeen`. */
export function StatusTag({ status, word, isWordSeen = true }: { status: Status; word: string; isWordSeen?: boolean }) {
  return (
    <span class={`status ${status}`}>
      <span class="status-shape">
        <Icon name={icons[status]} />
      </span>
      <span class={isWordSeen ? undefined : 'unseen'}>{word}</span>
    </span>
  );
}

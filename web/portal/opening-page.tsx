// What stands while data are on their way, and where they could not be fetched.
import { useWords } from '../i18n/words.ts';
import { Button } from '../ui/button.tsx';
import { EmptyState } from '../ui/empty-state.tsx';
import { Notice } from '../ui/notice.tsx';

/** The page; a load that failed is tried again by a press. */
export function OpeningPage({ city, hasFailed, onRetry }: { city: string; hasFailed: boolean; onRetry: () => void }) {
  const words = useWords().opening;
  return (
    <div class="opening" role="status">
      <h1 id="title" tabIndex={-1} class={hasFailed ? undefined : 'unseen'}>{hasFailed ? words.failedTitle : `${words.title} ${city}`}</h1>
      {hasFailed ? (
        <Notice tone="clay" icon="information">
          {words.failed} <Button tone="quiet" onPress={onRetry}>{words.retry}</Button>
        </Notice>
      ) : (
        <EmptyState>{`${words.title} ${city}…`}</EmptyState>
      )}
    </div>
  );
}

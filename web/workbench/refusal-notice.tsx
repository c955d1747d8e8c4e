// Says why something was refused, in the server's words, entry by entry.
import type { CallRefused } from '../client/call.ts';
import { Button } from '../ui/button.tsx';
import { Notice } from '../ui/notice.tsx';
import { useOfficeWords } from './office-words.ts';

/** Nothing where nothing was refused. */
export function RefusalNotice({ refusal, onRetry }: { refusal: CallRefused | undefined; onRetry?: () => void }) {
  const words = useOfficeWords();
  if (refusal === undefined) return null;
  return (
    <Notice tone="clay">
      <p>{refusal.message}</p>
      {refusal.details.length === 0 ? null : (
        <ul>
          {refusal.details.map(({ field, message }) => (
            <li key={field}>{message}</li>
          ))}
        </ul>
      )}
      {onRetry === undefined ? null : <Button tone="quiet" onPress={onRetry}>{words.retry}</Button>}
    </Notice>
  );
}

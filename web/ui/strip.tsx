// The slim strip above a question: what is certain by now, in gold, and how far it could go.
import { useWords } from '../i18n/words.ts';
import { Icon } from './icon.tsx';

/** All figures as told ("120,000"). `change` says why the certain figure changed; one that fell is told in any case. */
export function Strip({ certain, possible, counts, change, onOpen }: {
  certain: string;
  possible?: string | undefined;
  counts: string;
  change?: { readonly from: string; readonly hasFallen: boolean; readonly told: string } | undefined;
  onOpen: () => void;
}) {
  const words = useWords();
  return (
    <div class="strip">
      <button type="button" class="strip-line" onClick={onOpen}>
        <span class="strip-certain">
          <span class="small soft">{words.strip.certain}</span>
          <span class={`strip-figure${certain === '0' ? ' is-none' : ''}`} key={certain}>{words.sum(certain)}</span>
        </span>
        <span class="strip-more">
          <span class="small soft">{possible === undefined ? counts : words.strip.possible(possible)}</span>
          <span class="strip-open">
            {words.question.results}
            <Icon name="on" />
          </span>
        </span>
      </button>
      {change === undefined ? null : (
        <p class={`strip-change${change.hasFallen ? ' has-fallen' : ''}`}>
          <Icon name="information" />
          <span class="even">
            {change.hasFallen ? words.strip.shrank(change.from) : words.strip.grew(change.from)}
            {words.stop}
            {change.told}
          </span>
        </p>
      )}
      <p class="unseen" role="status">{words.strip.live(certain)}{change === undefined ? '' : `${words.stop}${change.told}`}</p>
    </div>
  );
}

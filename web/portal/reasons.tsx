// Why a benefit is met or not: every condition with a word and a shape, the facts it looked at, and its clause.
import { useWords } from '../i18n/words.ts';
import { Disclosure } from '../ui/disclosure.tsx';
import { StatusTag } from '../ui/status-tag.tsx';
import type { ReasonView } from './view.ts';

/** Conditions as a tree; where one of several is enough, that is said. What is met is folded: nobody has to read why it is fine. */
export function Reasons({ reasons }: { reasons: readonly ReasonView[] }) {
  const words = useWords();
  return (
    <ul class="reasons" role="list">
      {reasons.map((reason, at) => (
        <li key={at}>
          <StatusTag status={reason.outcome} word={words.result.outcomes[reason.outcome]} isWordSeen={false} />
          <div>
            <p>
              {reason.words}
              {reason.join === 'any' && reason.items.length > 1 ? <span class="small soft"> · {words.result.any}</span> : null}
            </p>
            {reason.facts.length === 0 ? null : (
              <p class="small soft">
                {reason.facts.map((fact) => (
                  <span key={fact} class="reason-fact">{fact}</span>
                ))}
              </p>
            )}
            {reason.clause === undefined ? null : <p class="tiny soft">{reason.clause}</p>}
            {reason.items.length === 0 ? null : reason.outcome === 'yes' ? (
              <Disclosure label={words.result.details(reason.items.length)}>
                <Reasons reasons={reason.items} />
              </Disclosure>
            ) : (
              <Reasons reasons={reason.items} />
            )}
          </div>
        </li>
      ))}
    </ul>
  );
}

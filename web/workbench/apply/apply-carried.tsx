// Asks whether what was answered in the calculator may be used; nothing of it has left the browser before.
import { Button } from '../../ui/button.tsx';
import { Disclosure } from '../../ui/disclosure.tsx';
import type { CarriedAnswers } from '../../client/carried-answers.ts';
import type { ApplyQuestions } from './apply-questions.ts';
import { useApplyWords } from './apply-words.ts';

/** The question, with everything that was answered. */
export function ApplyCarried({ draft, questions, onUse, onDrop }: { draft: CarriedAnswers; questions: ApplyQuestions | undefined; onUse: () => void; onDrop: () => void }) {
  const { carried: words } = useApplyWords();
  const answers = Object.entries(draft.answers);
  return (
    <div class="apply">
      <h1 id="title" tabIndex={-1}>{words.heading(answers.length)}</h1>
      <p>{words.lead}</p>
      {questions === undefined ? null : (
        <Disclosure label={words.list} count={String(answers.length)}>
          <dl class="pairs apply-pairs">
            {answers.flatMap(([name, value]) => [<dt key={`${name}-name`}>{questions.nameOf(name)}</dt>, <dd key={name}>{questions.tell(name, value)}</dd>])}
          </dl>
        </Disclosure>
      )}
      <div class="apply-foot">
        <Button tone="primary" iconAfter="on" onPress={onUse}>{words.use}</Button>
        <Button tone="quiet" onPress={onDrop}>{words.drop}</Button>
      </div>
    </div>
  );
}

// What the person alone chooses: benefits of which only one is given, each with the total that follows.
import { useContext } from 'preact/hooks';
import { formatYuan } from '../../src/policy/index.ts';
import { useWords } from '../i18n/words.ts';
import { ChoiceWords, RadioChoice } from '../ui/choice-list.tsx';
import { LevelsContext } from './result-item.tsx';
import type { ChoiceView } from './view.ts';

/** The choice as radio buttons; taking one changes the plan at once. */
export function ChoiceBlock({ choice, onTake }: { choice: ChoiceView; onTake: (benefit: string) => void }) {
  const words = useWords();
  const isOfMany = useContext(LevelsContext);
  const most = Math.max(...choice.options.map(({ totalFen }) => totalFen));
  const sure = choice.options.filter(({ isSure }) => isSure);
  const best = Math.max(...sure.map(({ totalFen }) => totalFen));
  // "Most money" helps only where sums differ, and is never said of what is still open.
  const isBest = (option: ChoiceView['options'][number]): boolean => option.isSure && option.totalFen === best && choice.options.every((other) => other === option || other.totalFen < best);
  return (
    <fieldset class="choice-block">
      <legend>{choice.words}</legend>
      <div class="choices">
        {choice.options.map((option) => (
          <RadioChoice key={option.benefit} group={choice.id} isTaken={option.isTaken} onTake={() => onTake(option.benefit)}>
            <ChoiceWords
              label={option.title}
              hint={[isOfMany ? option.levelTitle : '', option.amountTold, option.isSure ? '' : words.result.notSure, isBest(option) ? words.result.best : ''].filter((one) => one !== '').join(' · ')}
            />
            {most === 0 ? null : <span class="choice-total">{words.result.total(formatYuan(option.totalFen))}</span>}
          </RadioChoice>
        ))}
      </div>
      <p class="tiny soft">{choice.clause}</p>
    </fieldset>
  );
}

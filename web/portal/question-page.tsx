// One question: what is asked, why, and the answers; above it what is certain by now.
import type { ComponentChildren } from 'preact';
import { useRef } from 'preact/hooks';
import { type FactValue, formatYuan } from '../../src/policy/index.ts';
import { useWords } from '../i18n/words.ts';
import { Button } from '../ui/button.tsx';
import { ChoiceList, TickList } from '../ui/choice-list.tsx';
import { Combobox, type Suggestion } from '../ui/combobox.tsx';
import { Disclosure } from '../ui/disclosure.tsx';
import { DateField, NumberField } from '../ui/field.tsx';
import { VeinProgress } from '../ui/mark.tsx';
import { ErrorSummary } from '../ui/notice.tsx';
import { Phrased } from '../ui/phrased.tsx';
import { PlacePicker, PlacesPicker, type PlaceGroups } from '../ui/place-picker.tsx';
import { Strip } from '../ui/strip.tsx';
import { useAnswerKeys } from './answer-keys.ts';
import { RunningResult } from './running-result.tsx';
import type { QuestionView, VisitView } from './view.ts';

export interface QuestionOptions {
  readonly view: VisitView;
  readonly question: QuestionView;
  readonly places: PlaceGroups;
  readonly suggestUniversities: (text: string) => readonly Suggestion[];
  /** What the model said of the last value, where it refused it. */
  readonly problem: string | undefined;
  /** Which jurisdiction is shown, and the way to another. */
  readonly placeBar: ComponentChildren;
  readonly onAnswer: (value: FactValue) => void;
  readonly onSkip: () => void;
  readonly onBack: () => void;
  readonly onResults: () => void;
}

/** One question fills the phone; at a desk what is certain so far stands at its right. */
export function QuestionPage(options: QuestionOptions) {
  const { view, question, problem, onSkip, onBack, onResults } = options;
  const words = useWords();
  const main = useRef<HTMLDivElement>(null);
  const done = view.answered.length;
  // Before the first answer nothing follows from answers.
  const isMore = view.possibleFen > view.certainFen && view.answered.some(({ told }) => told !== undefined);
  const possible = isMore ? formatYuan(view.possibleFen) : undefined;

  useAnswerKeys(main, onBack);

  return (
    <div class="asking">
      <div class="asking-main" ref={main}>
        {options.placeBar}
        <Strip
          certain={formatYuan(view.certainFen)}
          possible={possible}
          counts={words.strip.counts(view.certain.length, view.possible.length)}
          change={view.change === undefined ? undefined : { from: formatYuan(view.change.fromFen), hasFallen: view.change.fromFen > view.certainFen, told: view.change.told }}
          onOpen={onResults}
        />
        <div class="question-place">
          <VeinProgress done={done} total={done + view.atMostLeft} label={words.question.progress(done, view.atMostLeft)} />
          <p class="small soft" aria-hidden="true">
            {question.isChange ? words.question.change : `${words.question.number(done + 1)} · ${words.question.left(view.atMostLeft)}`}
          </p>
        </div>
        <h1 id="title" tabIndex={-1} class="question-title">
          <Phrased text={question.title} language={view.language} />
        </h1>
        <p class="why small soft even">
          <Phrased text={`${words.question.why}${words.colon}${question.why}`} language={view.language} />
        </p>
        {question.help === undefined ? null : (
          <Disclosure key={question.fact} label={words.question.help}>
            <p class="help">{question.help}</p>
          </Disclosure>
        )}
        {problem === undefined ? null : <ErrorSummary title={words.field.problem} problems={[{ field: 'title', words: problem }]} />}
        <div class="answer-place" key={question.fact}>
          <AnswerPlace {...options} />
        </div>
        <div class="question-foot">
          <Button tone="quiet" icon="back" onPress={onBack}>{words.back}</Button>
          <Button tone="quiet" onPress={onSkip}>{words.question.skip}</Button>
        </div>
        <p class="keys tiny soft">{words.question.keys}</p>
      </div>
      <RunningResult view={view} onResults={onResults} />
    </div>
  );
}

function AnswerPlace({ question, view, places, suggestUniversities, onAnswer }: QuestionOptions) {
  const words = useWords();
  const { form, given } = question;
  const text = typeof given === 'string' ? given : typeof given === 'number' ? String(given) : undefined;
  const list = Array.isArray(given) ? given.map(String) : undefined;
  switch (form.kind) {
    case 'choice':
      return <ChoiceList options={form.choices} given={given} labelledBy="title" onChoose={onAnswer} />;
    case 'many':
      return <TickList options={form.choices.map((choice) => ({ ...choice, value: String(choice.value) }))} none={form.none} given={list} labelledBy="title" onDone={onAnswer} />;
    case 'date':
      return <DateField earliest={form.earliest} latest={form.latest} given={text} labelledBy="title" onDone={onAnswer} />;
    case 'number':
      return <NumberField unit={form.unit} decimals={form.decimals} most={form.most} given={typeof given === 'number' ? given : undefined} labelledBy="title" onDone={onAnswer} />;
    case 'university':
      return <Combobox suggest={suggestUniversities} given={text} hint={words.field.universityHint} missing={words.field.universityMissing} labelledBy="title" onDone={onAnswer} />;
    case 'text': {
      const suggest = (written: string): Suggestion[] => form.suggestions.filter((one) => one.includes(written)).map((name) => ({ name }));
      return <Combobox suggest={suggest} given={text} missing={words.field.textMissing} labelledBy="title" onDone={onAnswer} />;
    }
    case 'place':
      return <PlacePicker city={view.placesOf[view.language]} places={places} given={text} onChoose={onAnswer} />;
    case 'places':
      return <PlacesPicker city={view.placesOf[view.language]} places={places} given={list} onDone={onAnswer} />;
  }
}

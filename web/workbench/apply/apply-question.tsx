// One question of an application, asked as the calculator asks it.
import { useContext } from 'preact/hooks';
import { listJurisdictions } from '../../../src/contract/departments-endpoints.ts';
import { addYears, formatDate, parseDate } from '../../../src/policy/index.ts';
import { call } from '../../client/call.ts';
import { Button } from '../../ui/button.tsx';
import { ChoiceList, TickList } from '../../ui/choice-list.tsx';
import { Combobox } from '../../ui/combobox.tsx';
import { Disclosure } from '../../ui/disclosure.tsx';
import { DateField, NumberField } from '../../ui/field.tsx';
import { PlacePicker, PlacesPicker } from '../../ui/place-picker.tsx';
import { useWords } from '../../i18n/words.ts';
import { type ApplyQuestions, MOST_YUAN } from './apply-questions.ts';
import { useApplyWords } from './apply-words.ts';
import { today } from '../cases/case-calendar.ts';
import { OfficeLanguageContext, useOfficeWords } from '../office-words.ts';
import { useAsked } from '../use-call.ts';

interface ApplyQuestionOptions {
  /** Of the fact. */
  readonly name: string;
  readonly questions: ApplyQuestions;
  readonly given: unknown;
  /** How many are still asked, with this one. */
  readonly left: number;
  readonly onAnswer: (value: unknown) => void;
  readonly onSkip: () => void;
}

/** What is asked, why, and the answers. */
export function ApplyQuestion(options: ApplyQuestionOptions) {
  const { name, questions, left, onSkip } = options;
  const { questions: words } = useApplyWords();
  const asked = questions.question(name);
  const { language } = questions;
  return (
    <>
      <div>
        <p class="small soft">{words.left(left)}</p>
        <h1 id="title" tabIndex={-1}>{asked?.title[language] ?? questions.nameOf(name)}</h1>
        {asked === undefined ? null : <p class="small soft">{words.why}{language === 'zh' ? '：' : ': '}{asked.why[language]}</p>}
      </div>
      {asked?.help === undefined ? null : <Disclosure label={questions.nameOf(name)}><p>{asked.help[language]}</p></Disclosure>}
      <AnswerPlace {...options} />
      <p><Button tone="quiet" onPress={onSkip}>{words.skip}</Button></p>
    </>
  );
}

function AnswerPlace({ name, questions, given, onAnswer }: ApplyQuestionOptions) {
  const { field, yuan } = useWords();
  const { questions: words } = useApplyWords();
  const { yes, no } = useOfficeWords();
  const language = useContext(OfficeLanguageContext);
  const fact = questions.fact(name);
  const asked = questions.question(name);
  const unit = asked?.unit?.[language] ?? '';
  const text = typeof given === 'string' ? given : undefined;
  const list = Array.isArray(given) ? given.map(String) : undefined;
  const figure = typeof given === 'number' ? given : undefined;
  const choices =
    asked?.answers?.map(({ value, label, hint }) => ({ value, label: label[language], ...(hint === undefined ? {} : { hint: hint[language] }) })) ??
    (fact?.type === 'flag' ? [{ value: true, label: yes }, { value: false, label: no }] : (fact?.values ?? []).map((value, at) => ({ value, label: language === 'en' ? (fact?.valuesEn?.[at] ?? value) : value })));
  switch (fact?.type) {
    case 'flag':
    case 'level':
    case 'kind':
      return <ChoiceList<string | boolean> options={choices} given={given as string | boolean | undefined} labelledBy="title" onChoose={onAnswer} />;
    case 'kinds':
      return <TickList options={choices.map((choice) => ({ ...choice, value: String(choice.value) }))} none={asked?.none?.[language] ?? words.none} given={list} labelledBy="title" onDone={onAnswer} />;
    case 'date': {
      const day = parseDate(today()) ?? 0;
      return <DateField earliest={formatDate(addYears(day, -100))} latest={formatDate(addYears(day, 5))} given={text} labelledBy="title" onDone={onAnswer} />;
    }
    case 'money':
      return <NumberField unit={yuan} decimals={2} most={MOST_YUAN} given={figure} labelledBy="title" onDone={onAnswer} />;
    case 'years':
      return <NumberField unit={unit} decimals={2} most={99} given={figure} labelledBy="title" onDone={onAnswer} />;
    case 'place':
    case 'places':
      return <PlaceAnswer isMany={fact.type === 'places'} questions={questions} text={text} list={list} onAnswer={onAnswer} />;
    case 'text': {
      const suggest = (written: string) => (questions.isUniversity(name) ? questions.suggestUniversities(written) : []).map((one) => ({ name: one }));
      const isUniversity = questions.isUniversity(name);
      return <Combobox suggest={suggest} given={text} missing={isUniversity ? field.universityMissing : field.textMissing} {...(isUniversity ? { hint: field.universityHint } : {})} labelledBy="title" onDone={onAnswer} />;
    }
    default:
      return <NumberField unit={unit} decimals={0} most={9999} given={figure} labelledBy="title" onDone={onAnswer} />;
  }
}

function PlaceAnswer({ isMany, questions, text, list, onAnswer }: { isMany: boolean; questions: ApplyQuestions; text: string | undefined; list: readonly string[] | undefined; onAnswer: (value: unknown) => void }) {
  const asked = useAsked((signal) => call(listJurisdictions, { signal }), []);
  if (asked.state !== 'there') return null;
  const city = asked.value.data.items.find(({ code }) => code.endsWith('00')) ?? asked.value.data.items[0];
  const places = questions.places(Number(city?.code ?? '0'));
  return isMany ? (
    <PlacesPicker city={city?.name ?? ''} places={places} given={list} onDone={onAnswer} />
  ) : (
    <PlacePicker city={city?.name ?? ''} places={places} given={text} onChoose={onAnswer} />
  );
}

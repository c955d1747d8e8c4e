// Fields to write into: a date in three parts, a number with its unit.
import type { ComponentChildren } from 'preact';
import { useContext, useId, useRef, useState } from 'preact/hooks';
import { tellDate } from '../../src/policy/index.ts';
import { type PageLanguage, type PageWords, LanguageContext, useWords } from '../i18n/words.ts';
import { Button } from './button.tsx';
import { Icon } from './icon.tsx';
import { groupFigures, type Problem, readDate, readNumber, splitDate } from './read-field.ts';

/** What is wrong with a field, in words. */
function tellFieldProblem(problem: Problem, words: PageWords, language: PageLanguage): string {
  switch (problem.code) {
    case 'dateImpossible':
    case 'dateEarly':
    case 'dateLate':
      return words.field[problem.code](tellDate(problem.text, language));
    case 'numberMost':
      return words.field.numberMost(problem.text);
    default:
      return words.field[problem.code];
  }
}

/** A problem below its field, spoken at once. */
export function FieldProblem({ id, children }: { id?: string; children: string | undefined }) {
  return (
    <p class="field-problem" id={id} role="alert">
      {children === undefined ? null : <Icon name="information" />}
      {children === undefined ? null : <span>{children}</span>}
    </p>
  );
}

/** Year, month and day; a pasted date falls into its parts. `onDone` gets `YYYY-MM-DD` within the bounds. */
export function DateField({ earliest, latest, given, labelledBy, onDone }: {
  earliest: string;
  latest: string;
  given?: string | undefined;
  labelledBy: string;
  onDone: (date: string) => void;
}) {
  const words = useWords();
  const language = useContext(LanguageContext);
  const id = useId();
  const [parts, setParts] = useState<readonly [string, string, string]>(splitDate(given ?? '') ?? ['', '', '']);
  const [problem, setProblem] = useState<Problem>();
  const inputs = useRef<(HTMLInputElement | null)[]>([]);
  const names = [words.field.year, words.field.month, words.field.day];
  const lengths = [4, 2, 2];
  const write = (at: number, text: string): void => {
    setProblem(undefined);
    const pasted = splitDate(text);
    if (pasted !== undefined && text.length > 4) {
      setParts(pasted);
      inputs.current[2]?.focus();
      return;
    }
    const next: [string, string, string] = [...parts];
    next[at] = text;
    setParts(next);
    // Whoever has written a full year or month goes on; Backspace in an empty part goes back.
    if (text.length === lengths[at] && text.length > (parts[at]?.length ?? 0)) inputs.current[at + 1]?.focus();
  };
  const done = (): void => {
    const read = readDate(parts, earliest, latest);
    if ('value' in read) onDone(read.value);
    else {
      setProblem(read.problem);
      const at = read.problem.code === 'dateIncomplete' ? Math.max(0, parts.findIndex((part, index) => part.length < (index === 0 ? 4 : 1))) : 0;
      inputs.current[at]?.focus();
    }
  };
  return (
    <Field onDone={done}>
      <div class="date-field" role="group" aria-labelledby={labelledBy} aria-describedby={`${id}-hint ${id}-problem`}>
        {names.map((name, at) => (
          <label key={name} class="date-part">
            <input
              ref={(input) => {
                inputs.current[at] = input;
              }}
              class="input"
              inputMode="numeric"
              autocomplete="off"
              size={lengths[at]}
              value={parts[at]}
              aria-invalid={problem !== undefined}
              aria-describedby={`${id}-problem`}
              onInput={(event) => write(at, event.currentTarget.value)}
              onKeyDown={(event) => {
                if (event.key === 'Backspace' && parts[at] === '') inputs.current[at - 1]?.focus();
              }}
            />
            <span>{name}</span>
          </label>
        ))}
      </div>
      <FieldProblem id={`${id}-problem`}>{problem === undefined ? undefined : tellFieldProblem(problem, words, language)}</FieldProblem>
      <p class="small soft" id={`${id}-hint`}>{words.field.dateExample}</p>
    </Field>
  );
}

/** A number with its unit behind it; thousands are set apart as one writes. `onDone` gets a number from 0 to `most`. */
export function NumberField({ unit, decimals, most, given, labelledBy, onDone }: {
  unit: string;
  decimals: 0 | 2;
  most: number;
  given?: number | undefined;
  labelledBy: string;
  onDone: (value: number) => void;
}) {
  const words = useWords();
  const language = useContext(LanguageContext);
  const id = useId();
  const [text, setText] = useState(given === undefined ? '' : groupFigures(String(given)));
  const [problem, setProblem] = useState<Problem>();
  const input = useRef<HTMLInputElement>(null);
  const done = (): void => {
    const read = readNumber(text, decimals, most);
    if ('value' in read) onDone(read.value);
    else {
      setProblem(read.problem);
      input.current?.focus();
    }
  };
  const amount = Number(text.replaceAll(',', ''));
  const isMoney = unit === words.yuan;
  return (
    <Field onDone={done}>
      <div class="number-field">
        <input
          ref={input}
          class="input"
          inputMode={decimals === 0 ? 'numeric' : 'decimal'}
          autocomplete="off"
          value={text}
          aria-labelledby={labelledBy}
          aria-describedby={`${id}-unit ${id}-problem`}
          aria-invalid={problem !== undefined}
          onInput={(event) => {
            setProblem(undefined);
            setText(groupFigures(event.currentTarget.value));
          }}
        />
        <span id={`${id}-unit`}>{unit}</span>
        {isMoney && amount >= 10_000 ? <span class="soft small">{words.field.wan(String(amount / 10_000))}</span> : null}
      </div>
      <FieldProblem id={`${id}-problem`}>{problem === undefined ? undefined : tellFieldProblem(problem, words, language)}</FieldProblem>
    </Field>
  );
}

/** A form of one field: Enter or the button hands it in. */
export function Field({ children, onDone }: { children: ComponentChildren; onDone: () => void }) {
  const words = useWords();
  return (
    <form
      class="field"
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        onDone();
      }}
    >
      {children}
      <Button tone="primary" submits iconAfter="on">{words.continue}</Button>
    </form>
  );
}

// Answers as big plain choices: one that answers at once, or several to tick.
import type { ComponentChildren } from 'preact';
import { useState } from 'preact/hooks';
import { useWords } from '../i18n/words.ts';
import { Field, FieldProblem } from './field.tsx';
import { Icon } from './icon.tsx';

/** One big choice. */
export interface Option<Value> {
  readonly label: string;
  readonly hint?: string;
  readonly value: Value;
}

/** A choice that is a button: whoever presses it has answered. `given` marks the answer of before by a tick and a bar, not by colour alone. */
export function ChoiceList<Value>({ options, given, labelledBy, onChoose }: {
  options: readonly Option<Value>[];
  given?: Value | undefined;
  /** Id of the question. */
  labelledBy: string;
  onChoose: (value: Value) => void;
}) {
  return (
    <ul class="choices" role="list" aria-labelledby={labelledBy}>
      {options.map((option, at) => {
        const isGiven = given !== undefined && option.value === given;
        return (
          <li key={at}>
            <button type="button" class="choice" aria-pressed={given === undefined ? undefined : isGiven} onClick={() => onChoose(option.value)}>
              <ChoiceWords label={option.label} hint={option.hint} />
              {isGiven ? <Icon name="yes" /> : at < 9 ? <kbd aria-hidden="true">{at + 1}</kbd> : null}
            </button>
          </li>
        );
      })}
    </ul>
  );
}

/** Choices to tick, with one that says "none" and unticks the others. Gives the ticked values, none for "none"; says itself when nothing is ticked. */
export function TickList({ options, none, given, labelledBy, onDone }: {
  options: readonly Option<string>[];
  none: string;
  given?: readonly string[] | undefined;
  labelledBy: string;
  onDone: (values: readonly string[]) => void;
}) {
  const words = useWords();
  const [ticked, setTicked] = useState<readonly string[]>(given ?? []);
  const [isNone, setNone] = useState(given?.length === 0);
  const [isEmpty, setEmpty] = useState(false);
  const tick = (value: string): void => {
    setTicked(ticked.includes(value) ? ticked.filter((one) => one !== value) : [...ticked, value]);
    setNone(false);
    setEmpty(false);
  };
  const done = (): void => {
    if (ticked.length === 0 && !isNone) setEmpty(true);
    else onDone(options.map(({ value }) => value).filter((value) => ticked.includes(value)));
  };
  return (
    <Field onDone={done}>
      <ul class="choices" role="list" aria-labelledby={labelledBy}>
        {options.map(({ label, hint, value }) => (
          <li key={value}>
            <Tick isTicked={ticked.includes(value)} onTick={() => tick(value)}>
              <ChoiceWords label={label} hint={hint} />
            </Tick>
          </li>
        ))}
        <li>
          <Tick
            isTicked={isNone}
            onTick={() => {
              setNone(!isNone);
              setTicked([]);
              setEmpty(false);
            }}
          >
            <ChoiceWords label={none} hint={undefined} />
          </Tick>
        </li>
      </ul>
      <FieldProblem>{isEmpty ? words.question.pickOne : undefined}</FieldProblem>
    </Field>
  );
}

function Tick({ isTicked, onTick, children }: { isTicked: boolean; onTick: () => void; children: ComponentChildren }) {
  return (
    <label class={`choice${isTicked ? ' is-taken' : ''}`}>
      <input type="checkbox" checked={isTicked} onChange={onTick} />
      {children}
    </label>
  );
}

/** One of several, to be weighed against each other: a real radio with whatever stands beside it. */
export function RadioChoice({ group, isTaken, onTake, children }: { group: string; isTaken: boolean; onTake: () => void; children: ComponentChildren }) {
  return (
    <label class={`choice${isTaken ? ' is-taken' : ''}`}>
      <input type="radio" name={group} checked={isTaken} onChange={onTake} />
      {children}
    </label>
  );
}

export function ChoiceWords({ label, hint }: { label: string; hint: string | undefined }) {
  return (
    <span class="choice-words">
      <span>{label}</span>
      {hint === undefined ? null : <span class="choice-hint">{hint}</span>}
    </span>
  );
}

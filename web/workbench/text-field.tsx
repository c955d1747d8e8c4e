// A field of a form at the desk: its name, what to write, and what was wrong with it.
import { useId } from 'preact/hooks';
import { FieldProblem } from '../ui/field.tsx';

/** What a field is for. */
export interface TextFieldOptions {
  readonly name: string;
  readonly label: string;
  readonly hint?: string;
  readonly value: string;
  readonly onInput: (value: string) => void;
  readonly isSecret?: boolean;
  readonly autocomplete?: string;
  readonly inputMode?: 'text' | 'numeric' | 'tel';
  readonly problem?: string | undefined;
  readonly isFirst?: boolean;
  readonly maxLength?: number;
}

/** A line to write into. */
export function TextField({ name, label, hint, value, onInput, isSecret = false, autocomplete = 'off', inputMode, problem, isFirst = false, maxLength = 200 }: TextFieldOptions) {
  const id = useId();
  return (
    <div class="text-field">
      <label for={id}>{label}</label>
      <input
        class="input"
        id={id}
        name={name}
        {...(isSecret ? { type: 'password' as const } : {})}
        autocomplete={autocomplete}
        {...(inputMode === undefined ? {} : { inputMode })}
        maxLength={maxLength}
        value={value}
        autofocus={isFirst}
        spellcheck={false}
        autocapitalize="off"
        aria-invalid={problem !== undefined}
        aria-describedby={`${id}-hint ${id}-problem`}
        onInput={(event) => onInput(event.currentTarget.value)}
      />
      <FieldProblem id={`${id}-problem`}>{problem}</FieldProblem>
      {hint === undefined ? null : <p class="small soft" id={`${id}-hint`}>{hint}</p>}
    </div>
  );
}

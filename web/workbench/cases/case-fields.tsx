// The fields of the forms on a case: several lines, one line, and several choices.
import { useId } from 'preact/hooks';

const MOST_CHARACTERS = 4000;

/** Several lines. */
export function ReasonField({ label, hint, value, onInput, rows = 3, isFirst = false }: { label: string; hint?: string; value: string; onInput: (text: string) => void; rows?: number; isFirst?: boolean }) {
  const id = useId();
  return (
    <div class="case-field">
      <label for={id}>{label}</label>
      <textarea class="input" id={id} rows={rows} maxLength={MOST_CHARACTERS} value={value} autofocus={isFirst} {...(hint === undefined ? {} : { 'aria-describedby': `${id}-hint` })} onInput={(event) => onInput(event.currentTarget.value)} />
      {hint === undefined ? null : <p class="small soft" id={`${id}-hint`}>{hint}</p>}
    </div>
  );
}

/** One line, or a day. */
export function CaseField({ label, hint, value, onInput, type = 'text', inputMode, isWrong = false }: {
  label: string;
  hint?: string;
  value: string;
  onInput: (text: string) => void;
  type?: 'text' | 'date';
  inputMode?: 'numeric' | 'decimal';
  isWrong?: boolean;
}) {
  const id = useId();
  const described = hint === undefined ? {} : { 'aria-describedby': `${id}-hint` };
  return (
    <div class="case-field is-short">
      <label for={id}>{label}</label>
      {type === 'date' ? (
        <input class="input" id={id} type="date" value={value} {...described} onInput={(event) => onInput(event.currentTarget.value)} />
      ) : (
        <input class="input" id={id} maxLength={20} value={value} aria-invalid={isWrong} {...(inputMode === undefined ? {} : { inputMode })} {...described} onInput={(event) => onInput(event.currentTarget.value)} />
      )}
      {hint === undefined ? null : <p class={isWrong ? 'small case-warn' : 'small soft'} id={`${id}-hint`}>{hint}</p>}
    </div>
  );
}

/** Several of some. */
export function ChecksField({ label, options, chosen, onChoose }: { label: string; options: readonly string[]; chosen: readonly string[]; onChoose: (chosen: readonly string[]) => void }) {
  return (
    <fieldset class="case-checks">
      <legend>{label}</legend>
      {options.map((one) => (
        <label key={one} class="tick">
          <input type="checkbox" checked={chosen.includes(one)} onChange={(event) => onChoose(event.currentTarget.checked ? [...chosen, one] : chosen.filter((other) => other !== one))} />
          <span>{one}</span>
        </label>
      ))}
    </fieldset>
  );
}

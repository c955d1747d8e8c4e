// A field that suggests while one writes, and takes what is not among the suggestions as well.
import { useId, useRef, useState } from 'preact/hooks';
import { useWords } from '../i18n/words.ts';
import { Field, FieldProblem } from './field.tsx';
import { Icon } from './icon.tsx';

export interface Suggestion {
  readonly name: string;
  /** What is known of it, such as "985, 211". */
  readonly note?: string;
}

/** Arrows choose, Enter takes, Escape closes; Enter without a choice hands in what is written. */
export function Combobox({ suggest, given, hint, missing, labelledBy, onDone }: {
  suggest: (text: string) => readonly Suggestion[];
  given?: string | undefined;
  hint?: string;
  /** What to say when nothing is written. */
  missing: string;
  labelledBy: string;
  onDone: (text: string) => void;
}) {
  const words = useWords();
  const id = useId();
  const [text, setText] = useState(given ?? '');
  const [isOpen, setOpen] = useState(false);
  const [active, setActive] = useState(-1);
  const [isMissing, setMissing] = useState(false);
  const input = useRef<HTMLInputElement>(null);
  const found = isOpen && text.trim() !== '' ? suggest(text.trim()).slice(0, 7) : [];
  const take = (name: string): void => {
    setText(name);
    setOpen(false);
    setActive(-1);
    input.current?.focus();
  };
  const done = (): void => {
    const chosen = found[active];
    if (chosen !== undefined) take(chosen.name);
    else if (text.trim() === '') {
      setMissing(true);
      input.current?.focus();
    } else onDone(text.trim());
  };
  const press = (event: KeyboardEvent): void => {
    if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
      event.preventDefault();
      setOpen(true);
      const step = event.key === 'ArrowDown' ? 1 : -1;
      if (found.length > 0) setActive((active + step + found.length + (active < 0 && step < 0 ? 1 : 0)) % found.length);
    } else if (event.key === 'Escape' && found.length > 0) {
      event.stopPropagation();
      setOpen(false);
      setActive(-1);
    }
  };
  return (
    <Field onDone={done}>
      <div class="combobox">
        <input
          ref={input}
          class="input"
          role="combobox"
          autocomplete="off"
          spellcheck={false}
          value={text}
          aria-labelledby={labelledBy}
          aria-expanded={found.length > 0}
          aria-controls={`${id}-list`}
          aria-autocomplete="list"
          aria-activedescendant={active < 0 ? undefined : `${id}-${active}`}
          aria-describedby={`${id}-hint ${id}-problem`}
          aria-invalid={isMissing}
          onInput={(event) => {
            setText(event.currentTarget.value);
            setOpen(true);
            setActive(-1);
            setMissing(false);
          }}
          onKeyDown={press}
        />
        <ul class="suggestions" id={`${id}-list`} role="listbox" aria-labelledby={labelledBy}>
          {found.map((one, at) => (
            <li
              key={one.name}
              class="suggestion"
              id={`${id}-${at}`}
              role="option"
              aria-selected={at === active}
              onPointerDown={(event) => event.preventDefault()}
              onClick={() => take(one.name)}
            >
              <span>{one.name}</span>
              {one.note === undefined || one.note === '' ? null : <span class="small soft">{one.note}</span>}
            </li>
          ))}
        </ul>
        <p class="unseen" role="status">{isOpen && text.trim() !== '' ? words.field.suggestions(found.length) : ''}</p>
      </div>
      <FieldProblem id={`${id}-problem`}>{isMissing ? missing : undefined}</FieldProblem>
      {hint === undefined ? null : (
        <p class="small soft hint" id={`${id}-hint`}>
          <Icon name="information" />
          {hint}
        </p>
      )}
    </Field>
  );
}

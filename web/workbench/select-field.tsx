// A choice among a few, beside the search of a list.
import { useOfficeWords } from './office-words.ts';

/** A drop-down; the empty choice means all. */
export function SelectField({ label, value, options, onChoose, hasAll = true }: {
  label: string;
  value: string;
  options: readonly (readonly [value: string, words: string])[];
  onChoose: (value: string) => void;
  hasAll?: boolean;
}) {
  const words = useOfficeWords();
  return (
    <label class="select-field">
      <span class="small soft">{label}</span>
      <select class="input" value={value} onChange={(event) => onChoose(event.currentTarget.value)}>
        {hasAll ? <option value="">{words.all}</option> : null}
        {options.map(([one, text]) => (
          <option key={one} value={one}>{text}</option>
        ))}
      </select>
    </label>
  );
}

// A day, beside the search of a list or in a form.

/** A field of a calendar day, 2026-06-30; empty where none is chosen. */
export function DayField({ label, value, onChoose }: { label: string; value: string; onChoose: (day: string) => void }) {
  return (
    <label class="select-field">
      <span class="small soft">{label}</span>
      <input class="input" type="date" value={value} onChange={(event) => onChoose(event.currentTarget.value)} />
    </label>
  );
}

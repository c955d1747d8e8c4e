// A sum of money: its figures line up, and gold says that it is certain.

/** Figures set apart from the words around them: "最多 200,000 元，数额由评审定". */
export function Amount({ told, isCertain = false, isPast = false }: { told: string; isCertain?: boolean; isPast?: boolean }) {
  if (told === '') return null;
  return (
    <span class={`amount${isCertain ? ' is-certain' : ''}${isPast ? ' is-past' : ''}`}>
      {told.split(/(\d[\d,.]*)/).map((part, at) => (at % 2 === 1 ? <b key={at}>{part}</b> : part))}
    </span>
  );
}

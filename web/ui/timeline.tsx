// Payments by their dates, down one line: what lies behind, what comes next, what follows.
import { Amount } from './amount.tsx';

export interface TimelineItem {
  readonly key: string;
  readonly date: string;
  /** The date in words. */
  readonly dateTold: string;
  readonly title?: string;
  readonly amountTold: string;
  readonly isPast: boolean;
  /** A word beside the date, such as "下一笔". */
  readonly note?: string;
}

/** A list of dated payments, first to last. */
export function Timeline({ items }: { items: readonly TimelineItem[] }) {
  const next = items.findIndex(({ isPast }) => !isPast);
  return (
    <ol class="timeline" role="list">
      {items.map((item, at) => (
        <li key={item.key} class={item.isPast ? 'is-past' : at === next ? 'is-next' : undefined}>
          <span class="timeline-when">
            <time dateTime={item.date}>{item.dateTold}</time>
            {item.note === undefined ? null : <span class="timeline-note">{item.note}</span>}
          </span>
          <Amount told={item.amountTold} isCertain={!item.isPast} isPast={item.isPast} />
          {item.title === undefined ? null : <span class="small soft timeline-title">{item.title}</span>}
        </li>
      ))}
    </ol>
  );
}

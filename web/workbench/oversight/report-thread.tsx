// What was written after a report, by whoever made it and by the office, the first first.
import { useTellInstant } from '../tell-instant.ts';

interface Message {
  readonly side: 'reporter' | 'office';
  readonly text: string;
  readonly writtenAt: string;
}

/** How a report stands, as a shape. */
export const reportStatus = { received: 'left', examining: 'review', upheld: 'yes', 'not-upheld': 'no', unclear: 'unknown' } as const;

/** The messages. */
export function ReportThread({ messages, sides, empty }: { messages: readonly Message[]; sides: Readonly<Record<Message['side'], string>>; empty: string }) {
  const tellInstant = useTellInstant();
  if (messages.length === 0) return <p class="soft">{empty}</p>;
  return (
    <ol class="thread" role="list">
      {messages.map(({ side, text, writtenAt }, at) => (
        <li key={at} class={`thread-${side}`}>
          <p class="small soft"><b>{sides[side]}</b> <span class="number">{tellInstant(writtenAt)}</span></p>
          <p class="written">{text}</p>
        </li>
      ))}
    </ol>
  );
}

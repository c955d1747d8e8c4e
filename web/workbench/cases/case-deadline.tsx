// How a deadline stands: a shape that fills as the day comes near, and the working days that are left in words.
import { useContext } from 'preact/hooks';
import { tellDate } from '../../../src/policy/index.ts';
import { countWorkingDays, today } from './case-calendar.ts';
import { useCaseWords } from './case-words.ts';
import { OfficeLanguageContext } from '../office-words.ts';

/** What a deadline is told from. */
interface Dated {
  readonly status: string;
  readonly dueOn: string | null;
  readonly lateness: number;
  readonly missingYear?: number | null;
}

const SOON_DAYS = 5;

const shapes = {
  late: 'M2 2h12v12H2z M7.2 4.5h1.6v4.6H7.2z M7.2 10.4h1.6V12H7.2z',
  soon: 'M8 1a7 7 0 1 0 0 14A7 7 0 0 0 8 1zM8 2.5v11a5.5 5.5 0 0 1 0-11z',
  later: 'M8 1a7 7 0 1 0 0 14A7 7 0 0 0 8 1zm0 1.5a5.5 5.5 0 1 1 0 11 5.5 5.5 0 0 1 0-11z',
  stopped: 'M4 2.5h2.6v11H4z M9.4 2.5H12v11H9.4z',
} as const;

/** The deadline; with `isWhole` its date too. */
export function Deadline({ of, isWhole = false }: { of: Dated; isWhole?: boolean }) {
  const { deadline: words } = useCaseWords();
  const language = useContext(OfficeLanguageContext);
  const { dueOn, status, lateness, missingYear } = of;
  if (status === 'awaiting-supplement') return <Told shape="stopped" words={words.stopped} />;
  if (dueOn === null) return missingYear === undefined || missingYear === null ? <span class="soft">{isWhole ? words.none : '—'}</span> : <span class="soft">{words.unknown(missingYear)}</span>;
  const now = today();
  const date = words.by(tellDate(dueOn, language));
  const after = isWhole ? ` · ${date}` : '';
  if (dueOn < now) {
    const days = countWorkingDays(dueOn, now);
    const told = lateness >= 3 ? words.legal : days === undefined || days === 0 ? words.lateAny : words.late(days);
    return <Told shape="late" words={`${told}${after}`} title={date} />;
  }
  if (dueOn === now) return <Told shape="soon" words={`${words.today}${after}`} title={date} />;
  const left = countWorkingDays(now, dueOn);
  return <Told shape={left !== undefined && left <= SOON_DAYS ? 'soon' : 'later'} words={left === undefined ? date : `${words.left(left)}${after}`} title={date} />;
}

function Told({ shape, words, title }: { shape: keyof typeof shapes; words: string; title?: string }) {
  return (
    <span class={`case-due is-${shape}`} title={title}>
      <svg viewBox="0 0 16 16" aria-hidden="true"><path fill-rule="evenodd" d={shapes[shape]} /></svg>
      <span>{words}</span>
    </span>
  );
}

// How far the sample year is; then each role with its account, what it sees, and something good to try first.
import { useEffect, useState } from 'preact/hooks';
import { Disclosure } from '../ui/disclosure.tsx';
import { Notice } from '../ui/notice.tsx';
import { type DemoKind, type DemoWords, kindGroups } from './demo-words.ts';

/** What the server tells of an account. */
interface Account {
  readonly kind: DemoKind;
  readonly login: string | null;
  readonly password: string | null;
  readonly phone: string;
  readonly name: string;
  readonly identityNumber: string | null;
  readonly factorCode: string | null;
  readonly phoneCode: string | null;
}

interface DemoState {
  readonly state: 'filling' | 'ready';
  readonly perCent: number;
  readonly people: number;
  readonly lastOn: string;
  /** What the mark above every page says by now. */
  readonly mark: { readonly zh: string; readonly en: string };
  readonly accounts: readonly Account[];
  readonly factorSecondsLeft: number;
}

const LOOK_MS = 2000;

/** Asks every two seconds: codes pass, and a year goes on. Undefined before the first answer, null where none comes. */
function useDemoState(): DemoState | null | undefined {
  const [state, setState] = useState<DemoState | null>();
  useEffect(() => {
    const stopping = new AbortController();
    const look = async (): Promise<void> => {
      try {
        const answer = await fetch('/demo/state.json', { signal: stopping.signal });
        setState(answer.ok ? ((await answer.json()) as DemoState) : null);
      } catch {
        if (!stopping.signal.aborted) setState(null);
      }
    };
    void look();
    const timer = setInterval(() => void look(), LOOK_MS);
    return () => {
      clearInterval(timer);
      stopping.abort();
    };
  }, []);
  return state;
}

/** The mark was written when the page was sent; here it goes along with what the server tells since. */
function useTrueMark(mark: DemoState['mark'] | undefined): void {
  useEffect(() => {
    if (mark === undefined) return;
    for (const [language, said] of [['zh-CN', mark.zh], ['en', mark.en]] as const) {
      const shown = document.querySelector(`.demo-mark [lang="${language}"]`);
      if (shown !== null) shown.textContent = said;
    }
  }, [mark?.zh, mark?.en]);
}

/** The page. */
export function DemoPage({ words }: { words: DemoWords }) {
  const demo = useDemoState();
  useTrueMark(demo?.mark);
  return (
    <>
      <h1>{words.title}</h1>
      {demo === undefined ? <p class="soft">{words.loading}</p> : null}
      {demo === null ? <Notice tone="clay">{words.unreachable}</Notice> : null}
      {demo?.state === 'filling' ? <Filling words={words} perCent={demo.perCent} /> : null}
      {demo?.state === 'ready' ? <Ready words={words} demo={demo} /> : null}
    </>
  );
}

function Filling({ words, perCent }: { words: DemoWords; perCent: number }) {
  return (
    <section class="card">
      <p id="filling">{words.filling}</p>
      <progress aria-labelledby="filling" max={100} value={perCent}>{perCent}%</progress>
      <p class="soft">{words.meanwhile} <a href={words.calculator}>{words.calculatorName}</a></p>
    </section>
  );
}

function Ready({ words, demo }: { words: DemoWords; demo: DemoState }) {
  const password = demo.accounts.find((account) => account.password !== null)?.password ?? '';
  return (
    <>
      <p>{words.intro(demo.people, demo.lastOn)}</p>
      <p>
        {words.onePassword} <b class="number">{password}</b>
      </p>
      {kindGroups.map(({ id, kinds }) => (
        <section key={id} class="demo-group">
          <h2>{words.groups[id]}</h2>
          {kinds.map((kind) => {
            const account = demo.accounts.find((one) => one.kind === kind);
            return account === undefined ? null : <Role key={kind} words={words} account={account} secondsLeft={demo.factorSecondsLeft} />;
          })}
        </section>
      ))}
    </>
  );
}

function Role({ words, account, secondsLeft }: { words: DemoWords; account: Account; secondsLeft: number }) {
  const { title, sees, first, at } = words.roles[account.kind];
  const rows: readonly (readonly [string, string | null])[] = [
    [words.fields.name, account.name],
    [words.fields.login, account.login],
    [words.fields.password, account.password],
    [words.fields.factor(secondsLeft), account.factorCode],
    ...(account.login === null
      ? ([
          [words.fields.phone, account.phone],
          [words.fields.phoneCode, account.phoneCode ?? words.noCode],
          [words.fields.number, account.identityNumber],
        ] as const)
      : []),
  ];
  return (
    <Disclosure label={title} count={account.login ?? account.phone}>
      <p>{sees}</p>
      <dl class="pairs">
        {rows.flatMap(([name, value]) =>
          value === null ? [] : [<dt key={name}>{name}</dt>, <dd key={`${name} is`} class="number">{value}</dd>],
        )}
      </dl>
      {account.login === null ? <p class="small soft">{words.byPhone}</p> : null}
      <p>
        <b>{words.tryFirst}</b> {first}
      </p>
      <p>
        <a href={at}>{words.goThere}</a>
      </p>
    </Disclosure>
  );
}

// Puts together what several ask of one transaction at the same moment, so that one statement answers all of them.
import type { Tx } from './database.ts';
import { answeredLater } from './transaction.ts';

/** Something that was asked and waits for its turn. */
interface Asked<Question, Answer> {
  readonly question: Question;
  readonly resolve: (answer: Answer) => void;
  readonly reject: (error: unknown) => void;
}

/** One kind of question with all that was asked of it. */
interface Waiting {
  readonly ask: () => Promise<void>;
}

/** When a question has its turn: what is read first, then what is written. So those who have more to read have caught up when all write together. */
type Turn = 'reading' | 'writing';

/** What waits in a transaction. */
interface Turns {
  running: number;
  isCalled: boolean;
  readonly waiting: Readonly<Record<Turn, Waiting[]>>;
}

const turnsOf = new WeakMap<Tx, Turns>();

/**
 * Makes a question that may be asked many times at once: whatever is asked of a transaction before it is free again goes to `answer` together.
 * Asked alone it is answered as ever.
 * @param answer gives an answer for each question, in their order; where it fails, all fail
 */
export function gather<Question, Answer>(
  turn: Turn,
  answer: (tx: Tx, questions: readonly Question[]) => Promise<readonly Answer[]>,
): (tx: Tx, question: Question) => Promise<Answer> {
  const waiting = new WeakMap<Tx, Asked<Question, Answer>[]>();
  const ask = async (tx: Tx, asked: readonly Asked<Question, Answer>[]): Promise<void> => {
    waiting.delete(tx);
    try {
      const answers = await answer(tx, asked.map(({ question }) => question));
      if (answers.length !== asked.length) throw new RangeError(`${asked.length} questions had ${answers.length} answers`);
      for (const [at, { resolve }] of asked.entries()) resolve(answers[at] as Answer);
    } catch (error) {
      for (const { reject } of asked) reject(error);
    }
  };
  return (tx, question) =>
    new Promise<Answer>((resolve, reject) => {
      const known = waiting.get(tx);
      if (known !== undefined) {
        known.push({ question, resolve, reject });
        return;
      }
      const asked = [{ question, resolve, reject }];
      waiting.set(tx, asked);
      const turns = turnsOf.get(tx) ?? { running: 0, isCalled: false, waiting: { reading: [], writing: [] } };
      turnsOf.set(tx, turns);
      turns.waiting[turn].push({ ask: () => ask(tx, asked) });
      callNext(turns);
    });
}

/**
 * Makes a write that may be asked for many times at once and of which nobody needs an answer: all of them are one statement, and whoever asked
 * goes on once it is sent. Whatever comes later in the transaction finds it done; where it fails, the transaction fails.
 * @param write sends one statement, before it waits for anything
 */
export function gatherWrites<Question>(write: (tx: Tx, questions: readonly Question[]) => Promise<unknown>): (tx: Tx, question: Question) => Promise<void> {
  return gather('writing', (tx, questions: readonly Question[]) => {
    answeredLater(tx, write(tx, questions));
    return Promise.resolve(questions.map(() => undefined));
  });
}

/** Does some work of the processor once whatever was asked in this moment is on its way to the database, so that the two work at the same time. */
export function onceSent<T>(work: () => T): Promise<T> {
  return new Promise((resolve) => {
    setImmediate(resolve);
  }).then(work);
}

/** Lets the next go once everybody who can go on without an answer has done so. */
function callNext(turns: Turns): void {
  if (turns.isCalled) return;
  turns.isCalled = true;
  process.nextTick(() => {
    turns.isCalled = false;
    if (turns.running > 0) return;
    const { waiting } = turns;
    const next = (waiting.reading.length > 0 ? waiting.reading : waiting.writing).splice(0);
    for (const { ask } of next) {
      turns.running++;
      void ask().then(() => {
        turns.running--;
        callNext(turns);
      });
    }
  });
}

/** The same question asked several times is answered once. */
export function once<Question, Answer>(keyOf: (question: Question) => string, answer: (tx: Tx, question: Question) => Promise<Answer>): (tx: Tx, questions: readonly Question[]) => Promise<readonly Answer[]> {
  return async (tx, questions) => {
    const answers = new Map<string, Answer>();
    for (const question of questions) {
      const key = keyOf(question);
      if (!answers.has(key)) answers.set(key, await answer(tx, question));
    }
    return questions.map((question) => answers.get(keyOf(question)) as Answer);
  };
}

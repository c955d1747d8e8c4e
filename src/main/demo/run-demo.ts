// `npm run demo`: fills an empty database with a sample year of 吉林市, nobody of which is real; `npm start` runs it behind the server on an empty machine.
import { parseArgs } from 'node:util';
import { LEAST_PEOPLE } from '../../demo/plan-year.ts';
import { findDatabase } from '../database.ts';
import { placesOf } from '../operate/open-operated.ts';
import { fillDemo } from './fill-demo.ts';
import { clearUnfinished, DemoError, foundDemo, lookWhatThereIs } from './found-demo.ts';
import { findLastDay } from './last-day.ts';

const MOST_PEOPLE = 5000;
/** The usual size: some 40 employers and 400 cases. */
const USUAL_PEOPLE = 300;
const USUAL_SEED = 7;

const help = {
  zh: `npm run demo：在空的数据库里装一年的吉林市样例：人员、单位、各种状态的办件、发放、公示和异议。没有一个真人。

用法：
  npm run demo
  npm run demo -- --people 1000

选项
  --people 人数   默认 ${USUAL_PEOPLE}，最少 ${LEAST_PEOPLE}
  --seed 数       默认 ${USUAL_SEED}；同一个数、同一天装出同样的人和办件
  --lang zh|en    说中文或英文

只装进空的数据库；真实的城市不会变成演示。装好以后 npm start，怎么登录见 /demo/。
`,
  en: `npm run demo: fills an empty database with a sample year of Jilin City: people, employers, cases in every state, payments, lists and objections. Nobody is real.

Usage:
  npm run demo
  npm run demo -- --people 1000

Options
  --people N     ${USUAL_PEOPLE} where not said, ${LEAST_PEOPLE} at least
  --seed N       ${USUAL_SEED} where not said; the same number on the same day makes the same people and cases
  --lang zh|en   speak Chinese or English

It fills an empty database only; a real city never becomes a demonstration. Then npm start; /demo/ tells how to sign in.
`,
};

const tellBusy = '另一个程序正在装演示数据，请稍候；没有在装的，请重新启动服务器\nAnother process is filling the demonstration; please wait. If none is, start the server again';

/** A mistake in how the command was called. */
class WishError extends Error {}

/** Runs the command. @returns the exit status: 0 it is there, 1 not done, 2 called wrongly. */
export async function runDemo(argv: readonly string[], environment: Readonly<Record<string, string | undefined>> = process.env): Promise<number> {
  const isEnglish = argv.includes('--lang') && argv.includes('en');
  // Behind a server both languages stand on the line: nobody was asked for one.
  const isBehind = environment['WUTONG_DEMO_FILL'] === '1';
  const say = (zh: string, en: string): void => console.log(isBehind ? `${zh} · ${en}` : isEnglish ? en : zh);
  if (isBehind) endWithServer();
  try {
    if (argv.includes('--help')) {
      say(help.zh, help.en);
      return 0;
    }
    await run(readWish(argv, isEnglish), environment, say);
    return 0;
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    // Both languages stand in it, the Chinese first.
    console.error(error instanceof DemoError ? (message.split('\n')[isEnglish ? 1 : 0] ?? message) : message);
    if (!(error instanceof DemoError) && !(error instanceof WishError) && error instanceof Error && error.cause !== undefined) console.error(error.cause);
    return error instanceof WishError ? 2 : 1;
  }
}

/** Ends this process when the server that started it is gone. */
function endWithServer(): void {
  process.on('disconnect', () => process.exit(1));
  process.channel?.unref();
}

function readWish(argv: readonly string[], isEnglish: boolean): { readonly people: number; readonly seed: number } {
  const refuse = (zh: string, en: string): never => {
    throw new WishError(isEnglish ? en : zh);
  };
  const { values, tokens } = parseArgs({ args: [...argv], strict: false, tokens: true, options: { people: { type: 'string' }, seed: { type: 'string' }, lang: { type: 'string' } } });
  for (const token of tokens) {
    if (token.kind === 'option' && !['people', 'seed', 'lang'].includes(token.name)) refuse(`没有选项 ${token.rawName}；--help 看全部选项`, `There is no option ${token.rawName}; --help lists them`);
    if (token.kind === 'positional') refuse(`不认识“${token.value}”；--help 看用法`, `"${token.value}" is not understood; --help tells the usage`);
  }
  const number = (name: 'people' | 'seed', usual: number, least: number, most: number): number => {
    const given = values[name];
    if (given === undefined) return usual;
    const read = typeof given === 'string' && /^\d+$/.test(given) ? Number(given) : Number.NaN;
    return read >= least && read <= most ? read : refuse(`--${name} 应当是 ${least} 到 ${most} 的整数`, `--${name} should be a whole number from ${least} to ${most}`);
  };
  return { people: number('people', USUAL_PEOPLE, LEAST_PEOPLE, MOST_PEOPLE), seed: number('seed', USUAL_SEED, 0, 0x7fffffff) };
}

async function run(wish: { readonly people: number; readonly seed: number }, environment: Readonly<Record<string, string | undefined>>, say: (zh: string, en: string) => void): Promise<void> {
  const database = await findDatabase({ environment, mayShare: true, say });
  try {
    if (environment['WUTONG_DEMO_FILL'] !== '1') say(database.told.zh, database.told.en);
    let holding = await lookWhatThereIs(database.url);
    if (holding.kind === 'demo' && holding.mark.state === 'ready') {
      say(`演示数据已经在了：${holding.mark.people} 位样例人员，到 ${holding.mark.lastOn} 为止。npm start，再打开 /demo/`, `The demonstration is there: ${holding.mark.people} sample people, until ${holding.mark.lastOn}. npm start, then open /demo/`);
      return;
    }
    if (holding.kind === 'demo' && environment['WUTONG_DEMO_FILL'] !== '1') {
      // Nobody serves it: what an earlier run left is cleared away.
      if (database.isShared || !(await clearUnfinished(database.url))) throw new DemoError(tellBusy);
      say('上次没有装完，从头再装', 'The last run was cut off; beginning anew');
      holding = { kind: 'nothing' };
    }
    const size = { ...wish, lastOn: await findLastDay(new Date()) };
    const mark = holding.kind === 'demo' ? holding.mark : await foundDemo(database.url, size);
    const start = performance.now();
    const { dataFolder, keysFile } = placesOf(environment);
    const filled = await fillDemo({ ownerUrl: database.url, serverUrl: database.serverUrl, dataFolder, keysFile }, mark, tellProgress(say));
    if (filled === undefined) throw new DemoError(tellBusy);
    const seconds = ((performance.now() - start) / 1000).toFixed(0);
    say(`演示数据装好了：${filled.people} 位样例人员，${filled.employers} 家样例单位，${filled.cases} 件办件，用了 ${seconds} 秒`, `The demonstration is ready: ${filled.people} sample people, ${filled.employers} employers, ${filled.cases} cases; it took ${seconds} s`);
  } finally {
    await database.stop();
  }
}

const TELL_EVERY_PER_CENT = 10;

/** Tells of every tenth of the year. */
function tellProgress(say: (zh: string, en: string) => void): (perCent: number, day: string) => void {
  let told = 0;
  return (perCent, day) => {
    if (perCent < told + TELL_EVERY_PER_CENT) return;
    told = Math.floor(perCent / TELL_EVERY_PER_CENT) * TELL_EVERY_PER_CENT;
    say(`演示数据：${Math.round(perCent)}%，到 ${day}`, `Demonstration: ${Math.round(perCent)} %, until ${day}`);
  };
}

// `npm run seed`: fills a city with seeded people and employers, nobody of whom is real; beside a running server too.
import { parseArgs } from 'node:util';
import { openKeys } from '../adapters/cryptography/sm4-protector.ts';
import { Refusal } from '../contract/errors.ts';
import { officerRoles } from '../contract/permissions.ts';
import { type AccessParts, foundAdministrators, foundSampleOfficers, type SampleOfficer } from '../domains/access/index.ts';
import { recordAudit } from '../domains/audit/index.ts';
import { type Department, listDepartments } from '../domains/departments/index.ts';
import { jobScope } from '../domains/permissions/index.ts';
import { dayOf, openFactBook } from '../domains/registry/index.ts';
import type { VocabularyModule } from '../policy/index.ts';
import { finishCases } from '../seed/load-cases.ts';
import { loadPeople, type LoadProgress } from '../seed/load-people.ts';
import { schoolsOf } from '../seed/schools.ts';
import { type Database, inTenant, openDatabase } from '../storage/database.ts';
import { findDatabase } from './database.ts';
import { foundCityNamed } from './found-first-city.ts';
import { openAccess } from './open-access.ts';
import { importPack, openManifest, openReferenceData } from './open-packs.ts';
import { placesOf } from './operate/open-operated.ts';
import { hasSealedData } from './operate/rotate-keys.ts';
import { allSealedColumns } from './sealed-columns.ts';
import { seedCases } from './seed-cases.ts';
import { type Say, tellCount, tellEarlier, tellLoad } from './tell-load.ts';

const SEEDED_CITY = 'jilin-city';
const MOST_PEOPLE = 10_000_000;
const USUAL_PEOPLE = 10_000;
const USUAL_SEED = 7;

const help = {
  zh: `npm run seed：给一座城市装上样例人口、用人单位和办件，都是按比例生成的，没有一个真人。

用法：
  npm run seed -- --tenant jilin-city --people 1580000
    同一个 --seed 每次生成同样的人；人数改多，前面的人不变。中断了再运行同一条命令，接着装。
  npm run seed -- --people 1000000 --cases 1000000
    连同这些人的办件，各种状态都有。人已经装好的，只装办件。

选项
  --tenant 城市   默认 ${SEEDED_CITY}；还没有这座城市时一并建立辖区和部门
  --people 人数   默认 ${USUAL_PEOPLE}
  --cases 件数    默认 0
  --seed 数       默认 ${USUAL_SEED}
  --accounts      另设样例账号：三位管理员，每种工作人员各一位，一次性密码只显示这一次
  --lang zh|en    说中文或英文

服务器开着也可以运行。数据在 npm start 用的数据库里，或 DATABASE_URL 指定的数据库里。
`,
  en: `npm run seed: fills a city with sample people, employers and cases, made by proportions; none of them is real.

Usage:
  npm run seed -- --tenant jilin-city --people 1580000
    The same --seed makes the same people; more of them begin with the same ones. Where it was cut off, the same command goes on.
  npm run seed -- --people 1000000 --cases 1000000
    With cases of these people, in every state. Where the people are there, only the cases are loaded.

Options
  --tenant CITY   ${SEEDED_CITY} where not said; a city that is not there yet is founded with its jurisdictions and departments
  --people N      ${USUAL_PEOPLE} where not said
  --cases N       0 where not said
  --seed N        ${USUAL_SEED} where not said
  --accounts      adds sample accounts: the three administrators and an officer of every role, whose one-time passwords are shown once
  --lang zh|en    speak Chinese or English

The server may be running. The data go into the database of npm start, or into that of DATABASE_URL.
`,
};

/** What was asked for. */
interface Wish {
  readonly people: number;
  readonly cases: number;
  readonly seed: number;
  readonly city: string;
  readonly accounts: boolean;
}

/** A mistake in how the command was called. */
class WishError extends Error {}

/** Runs the command. @returns the exit status: 0 done, 1 not done, 2 called wrongly. */
export async function seed(argv: readonly string[], environment: Readonly<Record<string, string | undefined>> = process.env): Promise<number> {
  const isEnglish = argv.includes('en') && argv.includes('--lang');
  const say: Say = (zh, en) => console.log(isEnglish ? en : zh);
  try {
    if (argv.includes('--help')) {
      say(help.zh, help.en);
      return 0;
    }
    await fill(readWish(argv, isEnglish), environment, say);
    return 0;
  } catch (error) {
    console.error(error instanceof Error ? error.message : String(error));
    return error instanceof WishError ? 2 : 1;
  }
}

function readWish(argv: readonly string[], isEnglish: boolean): Wish {
  const refuse = (zh: string, en: string): never => {
    throw new WishError(isEnglish ? en : zh);
  };
  const known = ['tenant', 'people', 'cases', 'seed', 'lang', 'accounts'];
  const { values, tokens } = parseArgs({ args: [...argv], strict: false, tokens: true, options: { tenant: { type: 'string' }, people: { type: 'string' }, cases: { type: 'string' }, seed: { type: 'string' }, lang: { type: 'string' }, accounts: { type: 'boolean' } } });
  for (const token of tokens) {
    if (token.kind === 'option' && !known.includes(token.name)) refuse(`没有选项 ${token.rawName}；--help 看全部选项`, `There is no option ${token.rawName}; --help lists them`);
    if (token.kind === 'positional') refuse(`不认识“${token.value}”；--help 看用法`, `"${token.value}" is not understood; --help tells the usage`);
  }
  const number = (name: 'people' | 'cases' | 'seed', usual: number, least: number, most: number): number => {
    const given = values[name];
    if (given === undefined) return usual;
    const read = typeof given === 'string' && /^\d+$/.test(given) ? Number(given) : Number.NaN;
    return read >= least && read <= most ? read : refuse(`--${name} 应当是 ${least} 到 ${most} 的整数`, `--${name} should be a whole number from ${least} to ${most}`);
  };
  const city = typeof values['tenant'] === 'string' ? values['tenant'] : SEEDED_CITY;
  if (city !== SEEDED_CITY) refuse(`样例人口只有吉林市（${SEEDED_CITY}）的比例，不能装进“${city}”`, `There are proportions for Jilin City (${SEEDED_CITY}) only; "${city}" cannot be filled`);
  return { people: number('people', USUAL_PEOPLE, 1, MOST_PEOPLE), cases: number('cases', 0, 0, MOST_PEOPLE), seed: number('seed', USUAL_SEED, 0, 0x7fffffff), city, accounts: values['accounts'] === true };
}

async function fill(wish: Wish, environment: Readonly<Record<string, string | undefined>>, say: Say): Promise<void> {
  const database = await findDatabase({ environment, mayShare: true, say });
  try {
    say(database.told.zh, database.told.en);
    const { tenantId } = await foundCityNamed(database.url, wish.city);
    const db = openDatabase(database.url, { connections: 2 });
    try {
      const { keysFile } = placesOf(environment);
      const protector = await openKeys({ path: keysFile, hasSealedData: () => hasSealedData(db, allSealedColumns) });
      const tenant = await db.kysely.selectFrom('tenants').select(['name', 'place_code']).where('tenant_id', '=', tenantId).executeTakeFirstOrThrow();
      const all = await inTenant(db, tenantId, (tx) => listDepartments(tx, jobScope(tenantId, 'seed', 'department.write')));
      const short = tenant.name.replace(/市$/, '');
      // Statements name departments as the pack does: 市公安局 is 吉林市公安局.
      const departments = Object.fromEntries(all.filter(({ name }) => name.startsWith(`${short}市`)).map(({ name, departmentId }) => [name.slice(short.length), departmentId]));
      const { vocabularies } = await importPack<VocabularyModule>((await openManifest()).vocabulary);
      const reference = await openReferenceData();
      const setting = { tenantId, seed: wish.seed, departments, topJurisdiction: tenant.place_code, today: dayOf(new Date()) };
      const outcome = await loadPeople({
        url: database.url,
        keysFile,
        protector,
        packs: { vocabularies, reference },
        schools: schoolsOf(reference),
        setting,
        people: wish.people,
        onProgress: tellPeople(say),
      });
      const { people, employers, already, seconds } = outcome;
      if (wish.accounts) await addAccounts(db, tenantId, openAccess({ protector, registry: { protector, factBook: openFactBook({ vocabularies, reference }) } }), all, say);
      const before = tellEarlier(already, '人');
      say(
        `${tenant.name}现在有 ${tellCount(people)} 位样例人员、${tellCount(employers)} 家样例单位${before.zh}，用了 ${seconds.toFixed(0)} 秒`,
        `${wish.city} now has ${tellCount(people)} sample people and ${tellCount(employers)} sample employers${before.en}; it took ${seconds.toFixed(0)} s`,
      );
      if (wish.cases === 0) await finishCases(database.url);
      else await seedCases({ db, url: database.url, tenantId, keysFile, seed: wish.seed, cases: wish.cases, now: new Date(), say });
    } finally {
      await db.close();
    }
  } finally {
    await database.stop();
  }
}

/** Samples of staff: telephones lie in a segment that nobody has been given. */
async function addAccounts(db: Database, tenantId: number, parts: AccessParts, departments: readonly Department[], say: Say): Promise<void> {
  const scope = jobScope(tenantId, 'seed --accounts', 'staff.found');
  const departmentOf = (ending: string): string => departments.find(({ name }) => name.endsWith(ending))?.departmentId ?? departments[0]?.departmentId ?? '';
  const logins = { security: 'sample-security', system: 'sample-system' };
  const officers: SampleOfficer[] = officerRoles.map((role, at) => ({ login: `sample-${role}`, name: `李四${digits[at] ?? ''}`, phone: `1549000001${at}`, departmentId: departmentOf(role === 'finance' ? '市财政局' : '市人社局'), roles: [role] }));
  officers.push({ login: 'sample-district', name: '王五一', phone: '15490000030', departmentId: departmentOf('昌邑区人社局'), roles: ['intake', 'reviewer'] });
  const now = new Date();
  try {
    const made = await inTenant(db, tenantId, async (tx) => {
      const administrators = await foundAdministrators(
        tx,
        parts,
        scope,
        {
          'system-admin': { login: logins.system, name: '张三一', phone: '15490000001' },
          'security-admin': { login: logins.security, name: '张三二', phone: '15490000002' },
          'audit-admin': { login: 'sample-audit', name: '张三三', phone: '15490000003' },
        },
        now,
      );
      const others = await foundSampleOfficers(tx, parts, scope, logins, officers, now);
      await recordAudit(tx, scope, { action: 'staff.found', detail: { samples: administrators.length + others.length } });
      return [...administrators, ...others];
    });
    say('样例账号和一次性密码，72 小时内有效，只显示这一次：', 'Sample accounts with one-time passwords, good for 72 hours and shown this once:');
    for (const { login, oneTimePassword } of made) say(`  ${login}  ${oneTimePassword}`, `  ${login}  ${oneTimePassword}`);
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    say('已经有管理员或样例账号，没有再设', 'There are administrators or sample accounts already; none were added');
  }
}

const digits = Array.from('一二三四五六七八九');

/** Words how far people and their employers are. */
function tellPeople(say: Say): (progress: LoadProgress) => void {
  return tellLoad<Exclude<LoadProgress, { readonly step: 'index' | 'statistics' }>>(say, (progress) => {
    if (progress.step === 'employers') {
      say(`单位：${tellCount(progress.count)} 家`, `Employers: ${tellCount(progress.count)}`);
      return;
    }
    const { done, of, perSecond, secondsLeft } = progress;
    say(
      `人员：${tellCount(done)} / ${tellCount(of)}，每秒 ${tellCount(Math.round(perSecond))} 人，大约还要 ${Math.ceil(secondsLeft)} 秒，然后建索引`,
      `People: ${tellCount(done)} of ${tellCount(of)}, ${tellCount(Math.round(perSecond))} a second, about ${Math.ceil(secondsLeft)} s to go, then indexes`,
    );
  });
}

if (import.meta.main) process.exitCode = await seed(process.argv.slice(2));

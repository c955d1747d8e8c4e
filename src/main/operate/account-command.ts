// `wutong account`: the first three administrators, and the way back in where no administrator is left.
import { valueOf } from '../../cli/arguments.ts';
import { Refusal, tellError } from '../../contract/errors.ts';
import { newStaffFields } from '../../contract/staff-endpoints.ts';
import { type AdministratorRole, argon2id, type FirstAdministrator, foundAdministrators, type NewStaff, resetAdministrator } from '../../domains/access/index.ts';
import { recordAudit } from '../../domains/audit/index.ts';
import { jobScope } from '../../domains/permissions/index.ts';
import { inTenant, openDatabase } from '../../storage/database.ts';
import { listTenants } from '../../storage/list-tenants.ts';
import { CallError, type OperateCall, type OperateCommand } from './command.ts';
import { findKeys, openOperated } from './open-operated.ts';

const names: Readonly<Record<AdministratorRole, { readonly option: string; readonly zh: string; readonly en: string }>> = {
  'system-admin': { option: 'system', zh: '系统管理员', en: 'system administrator' },
  'security-admin': { option: 'security', zh: '安全管理员', en: 'security administrator' },
  'audit-admin': { option: 'audit', zh: '审计管理员', en: 'audit administrator' },
};

export const accountCommand: OperateCommand = {
  options: { tenant: 'value', system: 'value', security: 'value', audit: 'value', login: 'value' },
  help: {
    zh: `wutong account：最初的三位管理员，以及没有管理员能登录时的办法。

用法：
  wutong account create-admins --system 登录名,姓名,手机 --security 登录名,姓名,手机 --audit 登录名,姓名,手机
    设系统、安全、审计三位管理员：三个人、三个手机号。屏幕上给出各自的一次性密码，72 小时内有效；
    第一次登录要换成自己的密码，并绑定动态码。其他工作人员由安全管理员在系统里设。
  wutong account reset-admin --login 登录名
    给一位管理员新的一次性密码，原来的密码、动态码、登录全部作废。平时请走系统里的两人复核。

选项
  --tenant 城市   有几座城市时写明，例如 jilin-city
  --lang zh|en    说中文或英文

退出码：0 办好了；1 没有办成；2 用法不对，或者这里没有数据。
`,
    en: `wutong account: the first three administrators, and the way back in where none can sign in.

Usage:
  wutong account create-admins --system LOGIN,NAME,PHONE --security LOGIN,NAME,PHONE --audit LOGIN,NAME,PHONE
    Creates the system, security and audit administrators: three people with three telephones. Prints a one-time password for each, good for
    72 hours; the first sign-in asks for a password of one's own and a second factor. The security administrator creates all other staff.
  wutong account reset-admin --login LOGIN
    Gives an administrator a new one-time password; the old password, second factor and sessions are void. Usually two administrators do this in the system.

Options
  --tenant CITY   needed where there are several cities, such as jilin-city
  --lang zh|en    speak Chinese or English

Exit status: 0 done; 1 not done; 2 called wrongly, or no data here.
`,
  },
  async run(call) {
    const [act, ...more] = call.args.files;
    if ((act !== 'create-admins' && act !== 'reset-admin') || more.length > 0) {
      throw new CallError('用法：wutong account create-admins 或 reset-admin；加 --help 看全部选项', 'Usage: wutong account create-admins or reset-admin; --help lists the options');
    }
    const wanted = act === 'create-admins' ? readPeople(call) : readLogin(call);
    const operated = await openOperated(call);
    try {
      const protector = await findKeys(operated.keysFile);
      if (protector === undefined) throw new CallError(`没有找到密钥文件 ${operated.keysFile}。先启动一次服务器`, `There is no key file ${operated.keysFile}. Start the server once`);
      const db = openDatabase(operated.url, { connections: 1 });
      try {
        const tenantId = await chooseTenant(db, call);
        const scope = jobScope(tenantId, `wutong account ${act}`, 'staff.found');
        const parts = { protector, hasher: argon2id };
        const made = await inTenant(db, tenantId, async (tx) => {
          const now = new Date();
          const all = typeof wanted === 'string' ? [await resetAdministrator(tx, parts, scope, wanted, now)] : await foundAdministrators(tx, parts, scope, wanted, now);
          await recordAudit(tx, scope, { action: act === 'create-admins' ? 'staff.found' : 'staff.reset-administrator', detail: { roles: all.map(({ role }) => role).join(' ') } });
          return all;
        });
        for (const each of made) await tellAdministrator(call, each);
        return 0;
      } catch (error) {
        if (!(error instanceof Refusal)) throw error;
        await call.tell(...wordsOf(error));
        return 1;
      } finally {
        await db.close();
      }
    } finally {
      await operated.close();
    }
  },
};

/** Why nothing was done, in words that fit the command line. */
function wordsOf({ code, values }: Refusal): [string, string] {
  if (code === 'duty-conflict') {
    return ['已经有管理员了，没有再设。换人由安全管理员在系统里设、系统管理员确认；谁也登录不了，就用 reset-admin', 'There are administrators already; nothing was done. Replace them in the system; where nobody can sign in, use reset-admin'];
  }
  if (code === 'not-found') return ['没有用这个登录名的管理员', 'No administrator has this login'];
  return [tellError(code, values, 'zh'), tellError(code, values, 'en')];
}

function readLogin({ args }: OperateCall): string {
  const login = valueOf(args, 'login')?.trim().toLowerCase() ?? '';
  if (login === '') throw new CallError('写明 --login 登录名', 'Say --login LOGIN');
  return login;
}

/** The three people as they were written. @throws CallError for what is missing or cannot be. */
function readPeople(call: OperateCall): Readonly<Record<AdministratorRole, Omit<NewStaff, 'duty'>>> {
  const people = { 'system-admin': readPerson(call, 'system-admin'), 'security-admin': readPerson(call, 'security-admin'), 'audit-admin': readPerson(call, 'audit-admin') };
  const all = Object.values(people);
  if (new Set(all.map(({ login }) => login)).size < 3 || new Set(all.map(({ phone }) => phone)).size < 3) {
    throw new CallError('三位管理员要是三个人：三个登录名，三个手机号', 'Three administrators are three people: three logins, three telephones');
  }
  return people;
}

function readPerson({ args }: OperateCall, role: AdministratorRole): Omit<NewStaff, 'duty'> {
  const { option, zh, en } = names[role];
  const [login = '', name = '', phone = ''] = (valueOf(args, option) ?? '').split(/[,，]/).map((part) => part.trim());
  const read = newStaffFields.safeParse({ login: login.toLowerCase(), name, phone, duty: role });
  if (!read.success) {
    throw new CallError(`${zh}写成 --${option} 登录名,姓名,手机，例如 --${option} zhangsanyi,张三一,13800000001`, `Write the ${en} as --${option} LOGIN,NAME,PHONE, such as --${option} zhangsanyi,张三一,13800000001`);
  }
  const { duty: _, ...person } = read.data;
  return person;
}

async function chooseTenant(db: ReturnType<typeof openDatabase>, { args }: OperateCall): Promise<number> {
  const asked = valueOf(args, 'tenant');
  const all = await listTenants(db);
  const chosen = all.filter(({ code }) => asked === undefined || code === asked);
  const [tenant] = chosen;
  if (tenant === undefined || chosen.length > 1) {
    const known = all.map(({ code }) => code);
    throw new CallError(`用 --tenant 写明城市。城市有：${known.join('、') || '还没有'}`, `Say the city by --tenant. Cities: ${known.join(', ') || 'none yet'}`);
  }
  return tenant.tenantId;
}

async function tellAdministrator({ tell }: OperateCall, { role, login, oneTimePassword, expiresAt }: FirstAdministrator): Promise<void> {
  const { zh, en } = names[role];
  const until = expiresAt.toLocaleString('zh-CN', { timeZone: 'Asia/Shanghai' });
  await tell(`${zh}\n  登录名 ${login}\n  一次性密码 ${oneTimePassword}（${until} 以前有效，请当面交给本人）`, `${en}\n  login ${login}\n  one-time password ${oneTimePassword} (until ${until} in China; hand it over in person)`);
}

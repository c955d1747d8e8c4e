// `wutong account` on a real database: what it prints is what the three people enter with.
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { enrol, foundAdmins } from '../../../test/support/access.ts';
import { startApi, type TestApi } from '../../../test/support/api.ts';
import { collectConsole } from '../../../test/support/collect-console.ts';
import { operate } from './operate.ts';

let api: TestApi;
beforeAll(async () => void (api = await startApi()));
afterAll(() => api.stop());

/** Runs the command beside the running server. */
async function account(...argv: string[]): Promise<{ status: number; out: string; err: string }> {
  const console = collectConsole();
  const environment = { DATABASE_URL: api.database.ownerUrl, WUTONG_DATA: api.dataFolder, WUTONG_KEYS: join(dirname(api.dataFolder), 'keys', 'wutong.keys') };
  const status = await operate('account', argv, console, 'zh', environment);
  return { status, ...console.written };
}

const three = ['--system', 'xitong,张三一,13900000001', '--security', 'anquan,张三二,13900000002', '--audit', 'shenji，张三三，13900000003'];

describe('wutong account create-admins', () => {
  test.each([
    [['create-admins'], '系统管理员写成 --system 登录名,姓名,手机'],
    [['create-admins', ...three.slice(0, 4)], '审计管理员写成 --audit'],
    [['create-admins', ...three.slice(0, 5), 'shenji,张三三,13900000001'], '三位管理员要是三个人'],
    [['create-admins', ...three.slice(0, 5), 'xitong,张三三,13900000003'], '三位管理员要是三个人'],
    [['create-admins', ...three, '--tenant', 'nowhere'], '城市有：sample'],
    [['something'], '用法：wutong account create-admins 或 reset-admin'],
    [['reset-admin'], '写明 --login 登录名'],
  ])('%j is told what is missing', async (argv, words) => {
    const { status, err } = await account(...argv);
    expect([status, err]).toEqual([2, expect.stringContaining(words)]);
  });

  test('prints one password for each, with which they enter, choose their own and enrol', async () => {
    const { status, out } = await account('create-admins', ...three);
    expect(status).toBe(0);
    const printed = [...out.matchAll(/(\S+管理员)\n {2}登录名 (\S+)\n {2}一次性密码 ([a-z0-9-]{19})/g)].map(([, role, login, password]) => ({ role, login, password }));
    expect(printed.map(({ role, login }) => [role, login])).toEqual([['系统管理员', 'xitong'], ['安全管理员', 'anquan'], ['审计管理员', 'shenji']]);
    for (const { login, password } of printed) {
      const first = await api.anyone().post('/access/sign-in/password', { login, password });
      expect(first.body.next).toBe('new-password');
      const chosen = await api.anyone().post('/access/sign-in/new-password', { stepToken: first.body.stepToken, password: 'Fenghuang yu Wutong 9' });
      expect((await enrol(api, chosen.body.stepToken, new Date())).answer.body.next).toBe('done');
    }
  });

  test('does it once', async () => {
    const again = await account('create-admins', ...three);
    expect([again.status, again.out]).toEqual([1, expect.stringContaining('已经有管理员了，没有再设')]);
    await expect(foundAdmins(api)).rejects.toMatchObject({ code: 'duty-conflict' });
  });
});

test('wutong account reset-admin gives one administrator a way back in, and voids the old one', async () => {
  const unknown = await account('reset-admin', '--login', 'nobody');
  expect([unknown.status, unknown.out]).toEqual([1, '没有用这个登录名的管理员\n']);
  const { status, out } = await account('reset-admin', '--login', 'ANQUAN');
  expect(status).toBe(0);
  const password = /一次性密码 (\S{19})/.exec(out)?.[1];
  const enter = async (typed: string | undefined): Promise<string> => {
    const answer = await api.anyone().post('/access/sign-in/password', { login: 'anquan', password: typed });
    return answer.body.next ?? answer.body.error.code;
  };
  expect([await enter('Fenghuang yu Wutong 9'), await enter(password)]).toEqual(['sign-in-refused', 'new-password']);
});

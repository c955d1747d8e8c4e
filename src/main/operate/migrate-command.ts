// `wutong migrate`: brings the database to the shape of this version, or says what is pending.
import { listPending, migrate } from '../../storage/migrate.ts';
import { CallError, type OperateCommand } from './command.ts';
import { openOperated } from './open-operated.ts';

export const migrateCommand: OperateCommand = {
  options: { check: 'flag' },
  help: {
    zh: `wutong migrate：把数据库升级到这个版本的样子。

用法：wutong migrate [--check]
  npm start 会自己升级；有几台服务器时，先运行它，再逐台换上新版本。升级前请先备份。
  --check 只列出还没升级的，不动数据库。

退出码：0 已经是最新；1 没有升级成，或者 --check 有没升级的；2 用法不对，或者 --check 的地方没有数据。
`,
    en: `wutong migrate: brings the database to the shape of this version.

Usage: wutong migrate [--check]
  npm start does it by itself; with several servers run it first, then bring in the new version one by one. Back up before.
  --check only lists what is pending and changes nothing.

Exit status: 0 it is the newest; 1 it could not be brought there, or --check found something pending; 2 called wrongly, or --check where there are no data.
`,
  },
  async run(call) {
    const { args, tell } = call;
    if (args.files.length > 0) throw new CallError('用法：wutong migrate [--check]', 'Usage: wutong migrate [--check]');
    // Bringing the tables into an empty place is what it is for; to look is not.
    const operated = await openOperated(call, args.values.has('check') ? 'database' : 'nothing');
    try {
      if (args.values.has('check')) {
        const pending = await listPending(operated.url);
        await tell(pending.length === 0 ? '数据库已经是最新的' : `还没升级的：${pending.join('、')}`, pending.length === 0 ? 'The database is the newest' : `Pending: ${pending.join(', ')}`);
        return pending.length === 0 ? 0 : 1;
      }
      const applied = await migrate(operated.url);
      await tell(applied.length === 0 ? '数据库已经是最新的' : `升级好了：${applied.join('、')}`, applied.length === 0 ? 'The database is the newest' : `Applied: ${applied.join(', ')}`);
      return 0;
    } finally {
      await operated.close();
    }
  },
};

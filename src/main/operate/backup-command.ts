// `wutong backup`: a whole copy of the data, made while the system works on.
import { existsSync, statSync } from 'node:fs';
import { userInfo } from 'node:os';
import { relative, resolve } from 'node:path';
import { valueOf } from '../../cli/arguments.ts';
import { recordAudit } from '../../domains/audit/index.ts';
import { jobScope } from '../../domains/permissions/index.ts';
import { inTenant, openDatabase } from '../../storage/database.ts';
import { programVersion } from '../program.ts';
import { removeOldBackups, writeBackup } from './backup/write-backup.ts';
import { CallError, type OperateCommand } from './command.ts';
import { copyKeyFile } from './copy-key-file.ts';
import { findKeys, openOperated } from './open-operated.ts';

export const backupCommand: OperateCommand = {
  options: { to: 'value', keep: 'value', 'keys-to': 'value' },
  help: {
    zh: `wutong backup：把数据库和材料整份备份出来，服务器开着也能做。

用法：wutong backup --to 文件夹 [选项]
  在文件夹里新建 wutong-日期-时间 这样一份，最后打印它在哪里。全部表取自同一时刻，同时有人在写也前后一致。
  身份证号、银行账号和材料在备份里还是加密的；密钥不在备份里，要另外存放，丢了就打不开。

选项
  --to 文件夹           备份放在哪里，例如另一块硬盘
  --keep 数目           只留最新的几份，更早的完整备份删掉
  --keys-to 文件        把密钥文件也复制一份到这里；不能放在备份的文件夹里
  --lang zh|en          说中文或英文

退出码：0 备份完了；1 没有备份成；2 用法不对，或者这里没有数据。
`,
    en: `wutong backup: copies the whole of the database and the evidence, while the server works on.

Usage: wutong backup --to FOLDER [options]
  Adds a folder wutong-DATE-TIME to FOLDER and prints where it is. All tables are of one moment, whoever writes meanwhile.
  Identity numbers, bank accounts and evidence stay sealed in the backup; the keys are not in it and must be kept elsewhere: without them nothing opens it.

Options
  --to FOLDER           where the backup goes, such as another disk
  --keep NUMBER         keep the newest so many, delete older whole ones
  --keys-to FILE        copy the key file too, to this place; not in the folder of the backups
  --lang zh|en          speak Chinese or English

Exit status: 0 done; 1 not done; 2 called wrongly, or no data here.
`,
  },
  async run(call) {
    const { args, environment, tell, progress } = call;
    const to = valueOf(args, 'to');
    if (to === undefined || args.files.length > 0) throw new CallError('请写出备份放在哪里：wutong backup --to 文件夹', 'Say where the backup goes: wutong backup --to FOLDER');
    const into = resolve(to);
    if (existsSync(into) && !statSync(into).isDirectory()) throw new CallError(`${into} 不是文件夹`, `${into} is no folder`);
    const keep = readKeep(valueOf(args, 'keep'));
    const keysTo = valueOf(args, 'keys-to');
    if (keysTo !== undefined) refuseInside(into, resolve(keysTo));
    const operated = await openOperated({ environment, progress });
    try {
      const protector = await findKeys(operated.keysFile);
      const { folder, manifest } = await writeBackup({
        ...operated, into, program: programVersion(), keys: protector?.generations().map(({ id }) => id) ?? [],
        onProgress: ({ table, rows, files }) => (table === undefined ? progress(`材料：${files} 个`, `evidence: ${files} files`) : progress(`${table}：${rows} 行`, `${table}: ${rows} rows`)),
      });
      // A backup is an export of everything: each city's trail tells of it.
      const db = openDatabase(operated.url, { connections: 1 });
      try {
        for (const { tenantId } of manifest.tenants) {
          const detail = { folder, user: userInfo().username, files: manifest.files.count };
          await inTenant(db, tenantId, (tx) => recordAudit(tx, jobScope(tenantId, 'wutong backup', 'audit.verify'), { action: 'backup.make', detail }));
        }
      } finally {
        await db.close();
      }
      const rows = manifest.tables.reduce((sum, table) => sum + table.rows, 0);
      await tell(`备份好了：${folder}`, `Backed up: ${folder}`);
      await tell(`  ${manifest.tenants.length} 个城市，${manifest.tables.length} 张表 ${rows} 行，材料 ${manifest.files.count} 个`, `  ${manifest.tenants.length} cities, ${manifest.tables.length} tables with ${rows} rows, ${manifest.files.count} files of evidence`);
      if (keysTo !== undefined) {
        await copyKeyFile(operated.keysFile, resolve(keysTo));
        await tell(`  密钥复制到了 ${resolve(keysTo)}，请放到别处保管`, `  keys copied to ${resolve(keysTo)}; keep them apart`);
      } else if (protector !== undefined) {
        await tell(`  密钥不在备份里。它在 ${operated.keysFile}，请另外存一份`, `  The keys are not in it. They are in ${operated.keysFile}; keep a copy elsewhere`);
      }
      if (keep !== undefined) for (const name of removeOldBackups(into, keep)) await tell(`  删掉了较早的 ${name}`, `  deleted the older ${name}`);
      return 0;
    } finally {
      await operated.close();
    }
  },
};

function readKeep(text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  const keep = Number(text);
  if (!Number.isInteger(keep) || keep < 1) throw new CallError(`--keep 应当是 1 或更大的整数，这里是“${text}”`, `--keep takes a whole number of at least 1; found "${text}"`);
  return keep;
}

function refuseInside(into: string, keysTo: string): void {
  const way = relative(into, keysTo);
  if (way.startsWith('..')) return;
  throw new CallError('密钥不能和备份放在一起：谁拿到那个文件夹，就什么都打得开。请给 --keys-to 另一个地方', 'Keys must not lie with the backups: whoever gets that folder could open everything. Name another place for --keys-to');
}

// `wutong restore`: puts a backup into an empty place, with the keys or without them, and says what can be read then.
import { chmodSync, chownSync, copyFileSync, existsSync, mkdirSync, readFileSync, statSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import pg from 'pg';
import { readKeyFile } from '../../adapters/cryptography/key-file.ts';
import { valueOf } from '../../cli/arguments.ts';
import { recordAudit } from '../../domains/audit/index.ts';
import { jobScope } from '../../domains/permissions/index.ts';
import { inTenant, openDatabase } from '../../storage/database.ts';
import { listTenants } from '../../storage/list-tenants.ts';
import { readSchema } from '../../storage/read-schema.ts';
import { openAuditWitness } from '../audit-witness.ts';
import { tellReport, verifyAll } from './audit-command.ts';
import { readManifest } from './backup/manifest.ts';
import { checkBackup, restoreBackup, type RestoreProgress } from './backup/restore-backup.ts';
import { CallError, type OperateCall, type OperateCommand } from './command.ts';
import { openOperated, type Operated, placesOf } from './open-operated.ts';

export const restoreCommand: OperateCommand = {
  options: { from: 'value', keys: 'value', check: 'flag' },
  help: {
    zh: `wutong restore：把一份备份恢复到一个空的地方。

用法：wutong restore --from 备份 [选项]
  恢复到 DATABASE_URL 指定的空数据库，或者 WUTONG_DATA 指定的空文件夹；不是空的就不动它。
  先核对备份的每一个文件，再在一个事务里放进数据库：要么全部进去，要么一点没有。最后核对审计链。
  没有密钥也能恢复，会说清楚哪些内容打不开、怎么补救。

选项
  --from 备份           备份的文件夹，例如 /backup/wutong-20260630-020000
  --keys 文件           另外存放的密钥文件；放回它该在的地方
  --check               只核对备份是不是完整，不恢复，也不需要数据库
  --lang zh|en          说中文或英文

退出码：0 恢复好了；1 没有恢复，或者恢复后审计链对不上；2 用法不对。
`,
    en: `wutong restore: puts a backup into an empty place.

Usage: wutong restore --from BACKUP [options]
  Into the empty database that DATABASE_URL names, or the empty folder that WUTONG_DATA names; what is not empty is left alone.
  Every file of the backup is checked first; then the rows come in one transaction, all or nothing. At the end the audit trail is verified.
  It works without the keys too, and says exactly what cannot be read then and what to do.

Options
  --from BACKUP         the folder of the backup, such as /backup/wutong-20260630-020000
  --keys FILE           the key file that you keep apart; it is put back in its place
  --check               only checks whether the backup is whole; restores nothing, needs no database
  --lang zh|en          speak Chinese or English

Exit status: 0 restored; 1 not restored, or the audit trail does not hold; 2 called wrongly.
`,
  },
  async run(call) {
    const { args, environment, tell } = call;
    const from = valueOf(args, 'from');
    if (from === undefined || args.files.length > 0) throw new CallError('请写出备份在哪里：wutong restore --from 备份的文件夹', 'Say where the backup is: wutong restore --from FOLDER');
    const backup = resolve(from);
    if (args.values.has('check')) {
      const manifest = await checkBackup(backup, (progress) => tellProgress(progress, call));
      await tell(`这份备份是完整的：${manifest.madeAt} 做的，${manifest.tenants.map(({ name }) => name).join('、')}`, `The backup is whole: made at ${manifest.madeAt}, of ${manifest.tenants.map(({ name }) => name).join(', ')}`);
      return 0;
    }
    const given = valueOf(args, 'keys');
    const { keysFile } = placesOf(environment);
    const keys = given === undefined ? undefined : chooseKeys(resolve(given), keysFile);
    // A folder that is no backup is told before anything is made for it.
    readManifest(backup);
    const operated = await openOperated(call, 'nothing');
    try {
      const manifest = await restoreBackup({ ...operated, backup, onProgress: (progress) => tellProgress(progress, call) });
      if (keys !== undefined) putKeys(keys, keysFile, operated.dataFolder);
      const rows = manifest.tables.reduce((sum, table) => sum + table.rows, 0);
      await tell(
        `恢复好了：${manifest.madeAt} 的备份，${manifest.tenants.map(({ name }) => name).join('、')}，${rows} 行，材料 ${manifest.files.count} 个`,
        `Restored: the backup of ${manifest.madeAt}, ${manifest.tenants.map(({ name }) => name).join(', ')}, ${rows} rows, ${manifest.files.count} files of evidence`,
      );
      await tellSealed(operated, manifest.keys, call);
      // What this machine remembers is of the database before; it is kept beside.
      openAuditWitness(join(operated.dataFolder, 'audit-witness')).setAside(new Date());
      return await verifyRestored(operated, manifest.madeAt, call);
    } finally {
      await operated.close();
    }
  },
};

function tellProgress({ step, name, count }: RestoreProgress, { progress }: OperateCall): void {
  const of = [name, count].filter((part) => part !== undefined).join(' ');
  const words = { checking: ['核对备份', 'checking the backup'], table: ['放入', 'restoring'], constraints: ['核对相互引用', 'checking references'], files: ['材料', 'evidence'] } as const;
  progress(`${words[step][0]} ${of}`, `${words[step][1]} ${of}`);
}

/** Writes into each trail that it was set back, and verifies all of them. */
async function verifyRestored(operated: Operated, madeAt: string, call: OperateCall): Promise<number> {
  const db = openDatabase(operated.url, { connections: 2 });
  try {
    const reports = await verifyAll(db, operated, { ...call, args: { values: new Map(), files: [] } });
    for (const [code, report] of reports) await tellReport(code, report, call);
    for (const { tenantId } of await listTenants(db)) {
      await inTenant(db, tenantId, (tx) => recordAudit(tx, jobScope(tenantId, 'wutong restore', 'audit.verify'), { action: 'backup.restore', detail: { madeAt } }));
    }
    return [...reports.values()].every(({ isGood }) => isGood) ? 0 : 1;
  } finally {
    await db.close();
  }
}

/** The key file to put back; undefined where the same one is there already. */
function chooseKeys(given: string, place: string): string | undefined {
  if (readKeyFile(given) === undefined) throw new CallError(`没有密钥文件 ${given}`, `There is no key file ${given}`);
  if (!existsSync(place)) return given;
  if (readFileSync(place).equals(readFileSync(given))) return undefined;
  throw new CallError(
    `${place} 已经有另一份密钥。请先把它移走（不要删），再恢复；或者用 WUTONG_KEYS 指定另一个地方`,
    `${place} holds other keys already. Move them away first (do not delete them), or name another place by WUTONG_KEYS`,
  );
}

function putKeys(from: string, to: string, dataFolder: string): void {
  const folder = dirname(to);
  const made = mkdirSync(folder, { recursive: true, mode: 0o700 });
  copyFileSync(from, to);
  chmodSync(to, 0o600);
  if (process.getuid?.() !== 0) return;
  // As root: the keys belong to whoever has the data.
  const { uid, gid } = statSync(dataFolder);
  chownSync(to, uid, gid);
  if (made !== undefined) chownSync(folder, uid, gid);
}

/** Says what cannot be read with the keys that are here, how much of it there is, and what to do. */
async function tellSealed({ url, keysFile }: Operated, ofBackup: readonly string[], { tell }: OperateCall): Promise<void> {
  const here = new Set((readKeyFile(keysFile)?.generations ?? []).filter(({ secrets }) => secrets !== undefined).map(({ id }) => id));
  const closed = await countClosed(url, here);
  if (closed.length === 0) {
    if (here.size === 0) await tell('  备份里没有加密的内容，不需要密钥', '  Nothing in it is sealed; no keys are needed');
    else await tell('  密钥对得上：加密的内容都能打开', '  The keys fit: everything that is sealed can be opened');
    return;
  }
  await tell(
    here.size === 0 ? `  没有密钥（${keysFile} 不在），这些加密的内容打不开：` : `  ${keysFile} 里没有备份用的密钥，这些加密的内容打不开：`,
    here.size === 0 ? `  There are no keys (${keysFile} is not there); what is sealed stays closed:` : `  ${keysFile} lacks the keys of this backup; what is sealed stays closed:`,
  );
  for (const { place, count, keyId } of closed) await tell(`    ${place}：${count} 个，密钥 ${keyId}`, `    ${place}: ${count} values, key ${keyId}`);
  await tell(
    `  姓名、部门、办理情况、审计记录等没有加密的都能看。证件号、银行账号、手机号和材料的内容要有密钥才能看，按证件号也查不到人。`,
    '  What is not sealed can be read: names, departments, the course of cases, the audit trail. Identity numbers, bank accounts, telephones and the contents of evidence need the keys, and nobody is found by number.',
  );
  await tell(
    `  怎么办：找到另外存放的密钥文件（密钥编号 ${ofBackup.join('、') || closed.map(({ keyId }) => keyId).join('、')}），放到 ${keysFile}，权限设为 600，再启动。数据库不用重新恢复。` +
      '没有密钥时服务器不会启动，免得新旧密钥混在一起。',
    `  What to do: find the key file that is kept apart (keys ${ofBackup.join(', ') || closed.map(({ keyId }) => keyId).join(', ')}), put it at ${keysFile} with mode 600, and start. The database need not be restored again. ` +
      'Without the keys the server does not start, so that old and new keys do not mix.',
  );
}

/** Sealed values by column and key, as far as their key is not here. A sealed value begins with its version and the key's id. */
async function countClosed(url: string, here: ReadonlySet<string>): Promise<readonly { place: string; count: number; keyId: string }[]> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    const { tables } = await readSchema(client);
    const tenants = await client.query<{ tenantId: number }>('select tenant_id as "tenantId" from tenants');
    const found = new Map<string, number>();
    for (const { name, columns, kind } of tables) {
      for (const column of columns.filter((each) => kind === 'r' && each.name.endsWith('_sealed') && each.baseType === 'bytea')) {
        for (const { tenantId } of tenants.rows) {
          // Asked for one tenant at a time: the wall may hold for this role too.
          await client.query(`set wutong.tenant_id = '${tenantId}'`);
          const sealed = pg.escapeIdentifier(column.name);
          const { rows } = await client.query<{ keyId: string; count: string }>(
            `select encode(substring(${sealed} from 2 for 4), 'hex') as "keyId", count(*) from ${pg.escapeIdentifier(name)} where tenant_id = $1 and ${sealed} is not null group by 1`,
            [tenantId],
          );
          for (const { keyId, count } of rows) found.set(`${name}.${column.name} ${keyId}`, (found.get(`${name}.${column.name} ${keyId}`) ?? 0) + Number(count));
        }
      }
    }
    return [...found].flatMap(([key, count]) => {
      const [place = '', keyId = ''] = key.split(' ');
      return here.has(keyId) ? [] : [{ place, count, keyId }];
    });
  } finally {
    await client.end();
  }
}

// `wutong keys`: which keys there are and what stands under them; a new key for everything; the old one retired; a copy to keep apart.
import { resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { KeyedProtector } from '../../adapters/cryptography/sm4-protector.ts';
import { valueOf } from '../../cli/arguments.ts';
import { recordAudit } from '../../domains/audit/index.ts';
import { jobScope } from '../../domains/permissions/index.ts';
import { type Database, inTenant, openDatabase } from '../../storage/database.ts';
import { listTenants } from '../../storage/list-tenants.ts';
import { allSealedColumns } from '../sealed-columns.ts';
import { CallError, type OperateCall, type OperateCommand } from './command.ts';
import { copyKeyFile } from './copy-key-file.ts';
import { findKeys, openOperated, type Operated, placesOf } from './open-operated.ts';
import { addKey, countKeyUse, retireKey, sealEverythingAgain } from './rotate-keys.ts';

export const keysCommand: OperateCommand = {
  options: { to: 'value' },
  help: {
    zh: `wutong keys：密钥：看、更换、停用、另存。

用法
  wutong keys                  有哪些密钥，各加密了多少内容，有没有打不开的
  wutong keys rotate           换一把新密钥，把加密的内容逐批改用它；服务器可以开着，中断了再运行一次就接着做
  wutong keys retire 编号      停用旧密钥：它的内容从密钥文件里去掉，以前的签名还能核对
  wutong keys copy --to 文件   把密钥文件另存一份；和数据库的备份分开放

停用以前请想好：用旧密钥时做的备份，要用当时的密钥文件才打得开。

退出码：0 好了；1 没有做成，或者有打不开的内容；2 用法不对，或者这里没有数据。
`,
    en: `wutong keys: the keys: look, replace, retire, copy.

Usage
  wutong keys                  which keys there are, how much stands under each, whether anything cannot be opened
  wutong keys rotate           a new key, and everything sealed again under it in small steps; the server may run, and if cut off, run it again
  wutong keys retire ID        an old key leaves the key file; what it signed can still be verified
  wutong keys copy --to FILE   a copy of the key file; keep it apart from the backups of the database

Before you retire a key: backups made under it need the key file of their time.

Exit status: 0 done; 1 not done, or something cannot be opened; 2 called wrongly, or no data here.
`,
  },
  async run(call) {
    const [act = 'status', ...more] = call.args.files;
    if (!['status', 'rotate', 'retire', 'copy'].includes(act) || more.length !== (act === 'retire' ? 1 : 0)) {
      throw new CallError('用法：wutong keys [rotate | retire 编号 | copy --to 文件]', 'Usage: wutong keys [rotate | retire ID | copy --to FILE]');
    }
    // A copy is of the file alone, whatever the database does.
    if (act === 'copy') return copyKeys(placesOf(call.environment), call);
    const operated = await openOperated(call);
    try {
      const protector = await findKeys(operated.keysFile);
      if (protector === undefined) throw new CallError(`密钥文件 ${operated.keysFile} 不在`, `The key file ${operated.keysFile} is not there`);
      // Some tables are append-only for the server, so the owner does this.
      const db = openDatabase(operated.url, { role: null, connections: 2 });
      try {
        if (act === 'rotate') return await rotate(db, protector, operated, call);
        if (act === 'retire') return await retire(db, protector, operated, more[0] ?? '', call);
        return await tellKeys(db, protector, call);
      } finally {
        await db.close();
      }
    } finally {
      await operated.close();
    }
  },
};

async function tellKeys(db: Database, protector: KeyedProtector, { tell }: OperateCall): Promise<number> {
  const uses = await countKeyUse(db, allSealedColumns);
  for (const { id, madeAt, retiredAt } of protector.generations()) {
    const total = uses.find(({ keyId }) => keyId === id)?.total ?? 0;
    const isCurrent = protector.currentKeyId() === id;
    const state = retiredAt !== undefined ? [`停用于 ${retiredAt.slice(0, 10)}`, `retired on ${retiredAt.slice(0, 10)}`] : isCurrent ? ['正在用', 'in force'] : ['还能打开旧内容', 'still opens what is old'];
    await tell(`${id}  建于 ${madeAt.slice(0, 10)}，${state[0]}，加密了 ${total} 项`, `${id}  made on ${madeAt.slice(0, 10)}, ${state[1]}, ${total} values`);
  }
  const here = new Set(protector.generations().filter(({ secrets }) => secrets !== undefined).map(({ id }) => id));
  const closed = uses.filter(({ keyId }) => !here.has(keyId));
  for (const { keyId, total, values } of closed) {
    const places = [...values].map(([place, count]) => `${place} ${count}`).join(', ');
    await tell(`✗ 有 ${total} 项用密钥 ${keyId} 加密，它不在密钥文件里，打不开：${places}`, `✗ ${total} values stand under the key ${keyId}, which is not in the key file: ${places}`);
  }
  return closed.length === 0 ? 0 : 1;
}

async function rotate(db: Database, protector: KeyedProtector, { keysFile }: Operated, { tell, progress }: OperateCall): Promise<number> {
  // A rotation that was cut off goes on with its key.
  const before = await countKeyUse(db, allSealedColumns);
  const isUnderWay = before.some(({ keyId }) => keyId !== protector.currentKeyId()) && before.some(({ keyId }) => keyId === protector.currentKeyId());
  if (!isUnderWay) {
    const { id, inForceFrom } = addKey(keysFile, new Date());
    await tell(`新密钥 ${id}，${inForceFrom.toISOString()} 起用`, `The new key ${id} comes into force at ${inForceFrom.toISOString()}`);
    await sleep(Math.max(0, inForceFrom.getTime() - Date.now()) + 100);
    protector.reload();
  }
  const sealed = await sealEverythingAgain(db, protector, allSealedColumns, ({ table, column, seen }) => progress(`${table}.${column}：${seen}`, `${table}.${column}: ${seen}`));
  await noteInTrail(db, 'keys.rotate', { keyId: protector.currentKeyId(), sealed });
  await tell(`${sealed} 项内容改用了密钥 ${protector.currentKeyId()}`, `${sealed} values now stand under the key ${protector.currentKeyId()}`);
  await tell('请现在另存一份密钥文件：wutong keys copy --to 文件。旧密钥可以用 wutong keys retire 停用', 'Copy the key file now: wutong keys copy --to FILE. The old key can be retired by wutong keys retire');
  return 0;
}

async function retire(db: Database, protector: KeyedProtector, { keysFile }: Operated, keyId: string, { tell }: OperateCall): Promise<number> {
  await retireKey(db, protector, keysFile, allSealedColumns, keyId, new Date());
  await noteInTrail(db, 'keys.retire', { keyId });
  await tell(`密钥 ${keyId} 停用了`, `The key ${keyId} is retired`);
  return 0;
}

async function copyKeys({ keysFile }: Pick<Operated, 'keysFile'>, { args, tell }: OperateCall): Promise<number> {
  const to = valueOf(args, 'to');
  if (to === undefined) throw new CallError('请写出存到哪里：wutong keys copy --to 文件', 'Say where the copy goes: wutong keys copy --to FILE');
  await copyKeyFile(keysFile, resolve(to));
  await tell(`密钥另存到了 ${resolve(to)}`, `The keys were copied to ${resolve(to)}`);
  return 0;
}

async function noteInTrail(db: Database, action: string, detail: Readonly<Record<string, string | number>>): Promise<void> {
  for (const { tenantId } of await listTenants(db)) {
    await inTenant(db, tenantId, (tx) => recordAudit(tx, jobScope(tenantId, 'wutong keys', 'audit.verify'), { action, detail }));
  }
}

// `wutong audit verify`: whether the trail of every city holds, and where it does not.
import { join } from 'node:path';
import { valueOf } from '../../cli/arguments.ts';
import { type Finding, mostFindings, type Report, verifyAudit } from '../../domains/audit/index.ts';
import { jobScope } from '../../domains/permissions/index.ts';
import { type Database, inTenant, openDatabase } from '../../storage/database.ts';
import { listTenants } from '../../storage/list-tenants.ts';
import { openAuditWitness } from '../audit-witness.ts';
import { CallError, type OperateCall, type OperateCommand } from './command.ts';
import { findKeys, openOperated, type Operated } from './open-operated.ts';

export const auditCommand: OperateCommand = {
  options: { tenant: 'value', from: 'value', to: 'value', json: 'flag' },
  help: {
    zh: `wutong audit verify：核对审计记录，看有没有被改过、删过、调过次序、插进去的。

用法：wutong audit verify [选项]
  服务器开着也能核对。每一条记录和它前面的链在一起，每天的链尾有签名；对不上的地方逐处列出。
  “等加链”是刚写下、还没有编进链的，服务器开着时两秒内就会编进去。

选项
  --tenant 城市       只核对这个城市，例如 jilin-city；不写就是全部
  --from 2026-06-01   从这一天编进链的开始（北京时间）
  --to 2026-06-30     到这一天为止，含当天
  --json              给程序读
  --lang zh|en        说中文或英文

退出码：0 没有问题；1 有对不上的；2 用法不对，或者这里没有数据。
`,
    en: `wutong audit verify: checks the audit trail: whether anything was changed, deleted, reordered or slipped in.

Usage: wutong audit verify [options]
  The server may be running. Every entry is chained to those before it and every day's end is signed; each place that does not hold is listed.
  "Waiting" are entries just written and not yet in the chain; a running server puts them there within two seconds.

Options
  --tenant CITY       this city alone, such as jilin-city; without it all
  --from 2026-06-01   from what was chained on this day on (Beijing time)
  --to 2026-06-30     up to and including this day
  --json              for programs
  --lang zh|en        speak Chinese or English

Exit status: 0 nothing found; 1 something does not hold; 2 called wrongly, or no data here.
`,
  },
  async run(call) {
    const [act, ...more] = call.args.files;
    if (act !== 'verify' || more.length > 0) throw new CallError('用法：wutong audit verify；加 --help 看全部选项', 'Usage: wutong audit verify; --help lists the options');
    const operated = await openOperated(call);
    try {
      const db = openDatabase(operated.url, { connections: 2 });
      try {
        const reports = await verifyAll(db, operated, call);
        if (call.args.values.has('json')) await call.console.out(`${JSON.stringify(Object.fromEntries(reports), undefined, 1)}\n`);
        else for (const [code, report] of reports) await tellReport(code, report, call);
        if (reports.size === 0 && !call.args.values.has('json')) await call.tell('数据库里还没有城市', 'There is no city in the database yet');
        return [...reports.values()].every(({ isGood }) => isGood) ? 0 : 1;
      } finally {
        await db.close();
      }
    } finally {
      await operated.close();
    }
  },
};

/** The reports of the cities that were asked for, by their codes. */
export async function verifyAll(db: Database, { keysFile, dataFolder }: Operated, { args, progress }: Pick<OperateCall, 'args' | 'progress'>): Promise<ReadonlyMap<string, Report>> {
  const asked = valueOf(args, 'tenant');
  const all = await listTenants(db);
  const chosen = all.filter(({ code }) => asked === undefined || code === asked);
  if (asked !== undefined && chosen.length === 0) {
    const known = all.map(({ code }) => code).join('、');
    throw new CallError(`没有“${asked}”这个城市。城市有：${known}`, `There is no city "${asked}". Cities: ${known}`);
  }
  const protector = await findKeys(keysFile);
  const generations = protector?.generations() ?? [];
  const since = new Date(Math.min(...generations.map(({ madeAt }) => Date.parse(madeAt))));
  const keys = protector === undefined ? undefined : { known: new Set(generations.map(({ id }) => id)), since };
  const witness = openAuditWitness(join(dataFolder, 'audit-witness'));
  const reports = new Map<string, Report>();
  for (const { tenantId, code } of chosen) {
    const onProgress = (checked: number, of: number): void => progress(`${code}：已核对 ${checked}/${of}`, `${code}: ${checked} of ${of} checked`);
    const days = { fromDay: valueOf(args, 'from'), toDay: valueOf(args, 'to') };
    try {
      reports.set(code, await verifyAudit(db, jobScope(tenantId, 'wutong audit verify', 'audit.verify'), { ...days, protector, keys, witnessed: witness.last(code), hasVisitors: await hasVisitors(db, tenantId), onProgress }));
    } catch (error) {
      if (error instanceof RangeError) throw new CallError(`日期应当写成 2026-06-30，这里是“${error.message}”`, `A day is written like 2026-06-30; found "${error.message}"`);
      throw error;
    }
  }
  return reports;
}

/** Whether anybody has ever signed in to a city. */
async function hasVisitors(db: Database, tenantId: number): Promise<boolean> {
  return inTenant(db, tenantId, async (tx) => (await tx.selectFrom('accounts').select('account_id').where('tenant_id', '=', tenantId).where('last_entry_at', 'is not', null).limit(1).executeTakeFirst()) !== undefined);
}

/** Says what a report holds. */
export async function tellReport(code: string, report: Report, { tell }: Pick<OperateCall, 'tell'>): Promise<void> {
  const { sealed, unsealed, oldestUnsealedAt, roots, firstSeq, lastSeq, findings, counts, isGood, headSignature } = report;
  const span = firstSeq === null ? ['', ''] : [`（${firstSeq} 到 ${lastSeq} 号）`, ` (numbers ${firstSeq} to ${lastSeq})`];
  await tell(`${code}：${isGood ? '没有问题' : '有对不上的地方'}`, `${code}: ${isGood ? 'holds' : 'does not hold'}`);
  await tell(`  已编进链 ${sealed} 条${span[0]}，等加链 ${unsealed} 条${oldestUnsealedAt === null ? '' : `，最早的写于 ${inShanghai(oldestUnsealedAt)}`}`, `  chained ${sealed}${span[1]}, waiting ${unsealed}${oldestUnsealedAt === null ? '' : `, the oldest since ${inShanghai(oldestUnsealedAt)}`}`);
  await tell(`  每日签名：对 ${roots.good}，不对 ${roots.bad}，还没到时候 ${roots.waiting}`, `  daily roots: good ${roots.good}, bad ${roots.bad}, not due yet ${roots.waiting}`);
  if (roots.unchecked > 0 || headSignature === 'unchecked') {
    const zh = [roots.unchecked > 0 ? `${roots.unchecked} 天的签名` : '', headSignature === 'unchecked' ? '链尾的签名' : ''].filter((part) => part !== '').join('和');
    const en = [roots.unchecked > 0 ? `${roots.unchecked} daily signatures` : '', headSignature === 'unchecked' ? 'the signature of the chain’s end' : ''].filter((part) => part !== '').join(' and ');
    await tell(`  没有核对：${zh}，签名用的密钥不在这里。放回密钥文件以后可以再核对一次`, `  unchecked: ${en}; the keys that signed are not here. Put the key file back and verify again`);
  }
  if (!report.isWitnessed && sealed > 0) {
    await tell('  没有比对：这台机器没有记过链到了哪里，数据库被整个退回到以前的样子看不出来。请在平时运行系统的机器上再核对一次', '  not compared: this machine has not written down where the chain was, so that an earlier state of the whole database would go unnoticed. Verify on the machine that runs the system too');
  }
  for (const finding of findings) await tell(`  ✗ ${tellFinding(finding, 'zh')}`, `  ✗ ${tellFinding(finding, 'en')}`);
  const all = Object.values(counts).reduce((sum, count) => sum + count, 0);
  if (all > findings.length) await tell(`  一共 ${all} 处，只列了前 ${mostFindings} 处`, `  ${all} places in all; the first ${mostFindings} are listed`);
}

/** One finding in words. */
function tellFinding(finding: Finding, language: 'zh' | 'en'): string {
  const isZh = language === 'zh';
  switch (finding.kind) {
    case 'gap':
      return isZh ? `${finding.from} 到 ${finding.to} 号：没有了` : `numbers ${finding.from} to ${finding.to} are gone`;
    case 'tail-missing':
      return isZh ? `${finding.from} 到 ${finding.to} 号：链尾被去掉了` : `numbers ${finding.from} to ${finding.to}: the end of the chain was cut off`;
    case 'missing':
      return isZh ? `${finding.seq} 号：记录不见了（${finding.entryId}）` : `number ${finding.seq}: its entry is gone (${finding.entryId})`;
    case 'changed':
      return isZh ? `${finding.seq} 号：记录被改过（${finding.entryId}）` : `number ${finding.seq}: its entry was changed (${finding.entryId})`;
    case 'seal-changed':
      return isZh ? `${finding.seq} 号：链上的这一环被改过（${finding.entryId}）` : `number ${finding.seq}: the seal itself was changed (${finding.entryId})`;
    case 'reordered':
      return isZh ? `${finding.seq} 号：这里原来不是它，它原来是 ${finding.belongsAt} 号（${finding.entryId}）` : `number ${finding.seq}: what stands here was sealed as number ${finding.belongsAt} (${finding.entryId})`;
    case 'chain-broken':
      return isZh ? `${finding.seq} 号：和前一环接不上` : `number ${finding.seq} does not follow the one before it`;
    case 'unaccounted':
      return isZh ? `有一条记录不在链上，也不在等：不是系统写的，或者被摘了下来（${finding.entryId}）` : `an entry neither chained nor waiting: slipped in, or taken out of the queue (${finding.entryId})`;
    case 'queued-without-entry':
      return isZh ? `等加链的里面有一条，记录已经不见了（${finding.entryId}）` : `something waits whose entry is gone (${finding.entryId})`;
    case 'queued-though-sealed':
      return isZh ? `等加链的里面有一条，早已在链上（${finding.entryId}）` : `something waits that was chained before (${finding.entryId})`;
    case 'head-changed':
      return isZh ? '链尾的标记对不上，或者签名不对' : 'where the chain ends does not fit, or its signature is wrong';
    case 'head-missing':
      return isZh ? '链尾的标记不见了' : 'the mark of where the chain ends is gone';
    case 'trail-missing':
      return isZh ? '一条审计记录也没有，可是已经有人登录过：记录被清空了' : 'there is no entry at all, yet somebody has signed in: the trail was emptied';
    case 'root-changed':
      return isZh ? `${finding.onDay} 的每日签名不对` : `the daily root of ${finding.onDay} is wrong`;
    case 'root-missing':
      return isZh ? `${finding.onDay} 的每日签名不见了` : `the daily root of ${finding.onDay} is gone`;
    case 'witness-differs':
      return isZh
        ? `这台机器记得链到过 ${finding.seq} 号，库里不是那样：链尾被换过，或者数据库退回到了以前`
        : `this machine remembers number ${finding.seq}, and the database differs: the end was replaced, or the database set back to an earlier state`;
  }
}

function inShanghai(instant: Date): string {
  const SHANGHAI_MS = 8 * 3_600_000;
  return new Date(instant.getTime() + SHANGHAI_MS).toISOString().slice(0, 19).replace('T', ' ');
}

// `wutong ledger check`: whether every balance of the ledger is the sum of its transfers, and where it is not.
import { valueOf } from '../../cli/arguments.ts';
import { checkLedger, type LedgerFinding, type LedgerReport, MOST_FINDINGS } from '../../domains/ledger/index.ts';
import { jobScope } from '../../domains/permissions/index.ts';
import { inTenant, openDatabase } from '../../storage/database.ts';
import { listTenants } from '../../storage/list-tenants.ts';
import { CallError, type OperateCall, type OperateCommand } from './command.ts';
import { openOperated } from './open-operated.ts';

export const ledgerCommand: OperateCommand = {
  options: { tenant: 'value', json: 'flag' },
  help: {
    zh: `wutong ledger check：核对总账，每个账户的余额是不是等于它的分录之和。

用法：wutong ledger check [选项]
  服务器开着也能核对。除了余额，还核对：没有账户低于底线；每种单位的借贷相等；每一笔约定的去向和分录一致；
  每一笔挂起的只结束一次；每年的预算就是最后复核的那个数。对不上的地方逐处列出。

选项
  --tenant 城市       只核对这个城市，例如 jilin-city；不写就是全部
  --json              给程序读
  --lang zh|en        说中文或英文

退出码：0 没有问题；1 有对不上的；2 用法不对，或者这里没有数据。
`,
    en: `wutong ledger check: whether every balance of the ledger is the sum of its transfers.

Usage: wutong ledger check [options]
  The server may be running. Besides balances: no account below its floor; debits and credits of every unit equal; every promised part
  where its transfers put it; every pending transfer ended once; every year's budget the one confirmed last. Each place that does not hold is listed.

Options
  --tenant CITY       this city alone, such as jilin-city; without it all
  --json              for programs
  --lang zh|en        speak Chinese or English

Exit status: 0 nothing found; 1 something does not hold; 2 called wrongly, or no data here.
`,
  },
  async run(call) {
    const [act, ...more] = call.args.files;
    if (act !== 'check' || more.length > 0) throw new CallError('用法：wutong ledger check；加 --help 看全部选项', 'Usage: wutong ledger check; --help lists the options');
    const operated = await openOperated(call);
    try {
      const reports = await checkAll(operated.url, call);
      if (call.args.values.has('json')) await call.console.out(`${JSON.stringify(Object.fromEntries(reports), undefined, 1)}\n`);
      else for (const [code, report] of reports) await tellReport(code, report, call);
      if (reports.size === 0 && !call.args.values.has('json')) await call.tell('数据库里还没有城市', 'There is no city in the database yet');
      return [...reports.values()].every(({ isGood }) => isGood) ? 0 : 1;
    } finally {
      await operated.close();
    }
  },
};

/** The reports of the cities that were asked for, by their codes. */
async function checkAll(url: string, { args, progress }: OperateCall): Promise<ReadonlyMap<string, LedgerReport>> {
  const db = openDatabase(url, { connections: 1 });
  try {
    const asked = valueOf(args, 'tenant');
    const all = await listTenants(db);
    const chosen = all.filter(({ code }) => asked === undefined || code === asked);
    if (asked !== undefined && chosen.length === 0) {
      const known = all.map(({ code }) => code).join('、');
      throw new CallError(`没有“${asked}”这个城市。城市有：${known}`, `There is no city "${asked}". Cities: ${known}`);
    }
    const reports = new Map<string, LedgerReport>();
    for (const { tenantId, code } of chosen) {
      progress(`${code}：正在核对`, `${code}: checking`);
      reports.set(code, await inTenant(db, tenantId, (tx) => checkLedger(tx, jobScope(tenantId, 'wutong ledger check', 'ledger.check'))));
    }
    return reports;
  } finally {
    await db.close();
  }
}

/** Says what a report holds. */
async function tellReport(code: string, { isGood, accounts, transfers, parts, findings }: LedgerReport, { tell }: Pick<OperateCall, 'tell'>): Promise<void> {
  await tell(`${code}：${isGood ? '没有问题' : '有对不上的地方'}`, `${code}: ${isGood ? 'holds' : 'does not hold'}`);
  await tell(`  账户 ${accounts} 个，分录 ${transfers} 笔，约定 ${parts} 笔`, `  accounts ${accounts}, transfers ${transfers}, promised parts ${parts}`);
  for (const finding of findings) await tell(`  ✗ ${tellFinding(finding, 'zh')}`, `  ✗ ${tellFinding(finding, 'en')}`);
  if (findings.length >= MOST_FINDINGS) await tell(`  每一类只列前 ${MOST_FINDINGS} 处`, `  of each kind the first ${MOST_FINDINGS} are listed`);
}

/** One finding in words. */
function tellFinding(finding: LedgerFinding, language: 'zh' | 'en'): string {
  const isZh = language === 'zh';
  switch (finding.kind) {
    case 'unit-unbalanced':
      return isZh ? `单位 ${finding.unit}：借贷差 ${finding.sum}` : `unit ${finding.unit}: debits and credits differ by ${finding.sum}`;
    case 'balance-differs':
    case 'below-floor': {
      const { jurisdictionCode, fund, year, role, unit, credited, debited, held, creditedByTransfers, debitedByTransfers, heldByTransfers, floor } = finding.account;
      const name = `${jurisdictionCode} ${fund} ${year} ${role}（${unit}）`;
      if (finding.kind === 'below-floor') return isZh ? `${name}：余额 ${credited - debited - held}，低于底线 ${floor}` : `${name}: the balance ${credited - debited - held} is below its floor ${floor}`;
      return isZh
        ? `${name}：记着收 ${credited}、付 ${debited}、挂起 ${held}；按分录应是 ${creditedByTransfers}、${debitedByTransfers}、${heldByTransfers}`
        : `${name}: kept are in ${credited}, out ${debited}, held ${held}; by its transfers ${creditedByTransfers}, ${debitedByTransfers}, ${heldByTransfers}`;
    }
    case 'part-differs':
      return isZh ? `约定 ${finding.partId}：去向和分录不一致` : `promised part ${finding.partId} is not where its transfers put it`;
    case 'end-differs':
      return isZh ? `分录 ${finding.transferId}：和它要结束的那一笔对不上` : `transfer ${finding.transferId} does not fit the one that it ends`;
    case 'budget-differs': {
      const { jurisdictionCode, fund, year, unit, budget, decided } = finding;
      const name = `${jurisdictionCode} ${fund} ${year}（${unit}）`;
      return isZh ? `${name}：账上预算 ${budget}，最后复核的是 ${decided}` : `${name}: the budget booked is ${budget}, the one confirmed last ${decided}`;
    }
  }
}

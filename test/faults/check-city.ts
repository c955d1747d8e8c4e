// What must be true after every fault: nothing acknowledged is lost or done twice, nobody is paid twice, no balance is below its floor, every case is what its events say, the trail is whole, nothing is stuck.
import { setTimeout as sleep } from 'node:timers/promises';
import { isDeepStrictEqual } from 'node:util';
import { sql } from 'kysely';
import { verifyAudit } from '../../src/domains/audit/index.ts';
import { findCase, listEvents } from '../../src/domains/cases/case-store.ts';
import { foldAll } from '../../src/domains/cases/fold-case.ts';
import { checkLedger } from '../../src/domains/ledger/index.ts';
import { jobScope } from '../../src/domains/permissions/index.ts';
import { dayOf } from '../../src/domains/registry/index.ts';
import type { Tx } from '../../src/storage/database.ts';
import type { Counts } from './caller.ts';
import type { FaultCity } from './fault-city.ts';
import type { Seats } from './seats.ts';
import type { Known } from './walk.ts';

/** Rows that were compared, for the table. */
export interface Checked {
  readonly cases: number;
  readonly events: number;
  readonly payments: number;
  readonly transfers: number;
  readonly sealed: number;
  readonly breaches: readonly string[];
}

/** How long whatever works in the background may come no nearer to its end. */
const SETTLE_MS = 40_000;

/** Looks at everything; the walk has to rest. */
export async function checkCity(city: FaultCity, known: Known, counts: Counts, seats: Seats): Promise<Checked> {
  const breaches: string[] = [];
  const { tenantId, inCity, parts } = city;
  const scope = jobScope(tenantId, 'faults', 'case.read');
  const rowsOf = async <Row>(tx: Tx, query: ReturnType<typeof sql<Row>>): Promise<readonly Row[]> => (await query.execute(tx)).rows;

  await waitUntilQuiet(city, breaches);

  let events = 0;
  for (const [caseId, acknowledged] of known.cases) {
    await inCity(async (tx) => {
      const row = await findCase(tx, scope, caseId);
      const found = await listEvents(tx, scope, caseId);
      events += found.length;
      if (row === undefined || found.length === 0) return void breaches.push(`case ${caseId} was acknowledged and is not there`);
      if (!isSame(foldAll(found), row)) breaches.push(`case ${caseId}: its events do not add up to its row`);
      const times = new Map<string, number>();
      for (const { kind } of found) times.set(kind, (times.get(kind) ?? 0) + 1);
      for (const [kind, count] of acknowledged) if (times.get(kind) !== count) breaches.push(`case ${caseId}: ${kind} was acknowledged ${count} times and stands there ${times.get(kind) ?? 0} times`);
    });
  }
  await inCity(async (tx) => {
    const people = new Set((await rowsOf(tx, sql<{ party_id: string }>`select party_id from people where tenant_id = ${tenantId}`)).map(({ party_id }) => party_id));
    for (const partyId of known.people) if (!people.has(partyId)) breaches.push(`person ${partyId} was acknowledged and is not there`);
    if (people.size !== known.people.length) breaches.push(`${known.people.length} people were acknowledged, ${people.size} are there`);

    // The trail is written with the work: what was acknowledged stands in it as often as it was; what was refused after an answer had been lost may have been done before.
    const trail = await rowsOf(tx, sql<{ action: string; count: number }>`select action, count(*)::integer as count from audit_entries where tenant_id = ${tenantId} and outcome = 'done' group by action`);
    const byAction = new Map(trail.map(({ action, count }) => [action, count]));
    for (const [id, count] of counts.done) {
      const written = byAction.get(id) ?? 0;
      const most = count + (counts.unsure.get(id) ?? 0);
      if (written < count || written > most) breaches.push(`${id} was acknowledged ${count} times${most > count ? `, and perhaps ${most - count} times more,` : ''} and stands in the trail ${written} times`);
    }

    for (const { instalment_id: id, count } of await rowsOf(
      tx,
      sql<{ instalment_id: string; count: number }>`select instalment_id, count(*)::integer as count from payments where tenant_id = ${tenantId} and state in ('open', 'sent', 'paid') group by instalment_id having count(*) > 1`,
    )) {
      breaches.push(`instalment ${id} is being paid ${count} times`);
    }
  });
  const payments = await checkBank(city, known, breaches);

  const ledger = await inCity((tx) => checkLedger(tx, jobScope(tenantId, 'faults', 'ledger.check')));
  for (const finding of ledger.findings) breaches.push(`ledger: ${JSON.stringify(finding)}`);
  breaches.push(...(await seats.check()));

  const report = await verifyAudit(parts.db, jobScope(tenantId, 'faults', 'audit.verify'), { protector: parts.protector });
  if (!report.isGood) breaches.push(`audit: ${JSON.stringify(report.counts)}`);
  return { cases: known.cases.size, events, payments, transfers: ledger.transfers, sealed: report.sealed, breaches };
}

/** The row as its events say, whatever order its fields have; what is not there and what is undefined are one. */
function isSame(folded: object, row: object): boolean {
  const plain = (value: object): Record<string, unknown> => JSON.parse(JSON.stringify(value)) as Record<string, unknown>;
  const { caseId: _one, ...of } = plain(folded);
  const { caseId: _other, ...stored } = plain(row);
  return isDeepStrictEqual(of, stored);
}

/** Compares the payments with the bank's own book: every success is one instalment's only one, and nothing else counts as paid. */
async function checkBank({ inCity, tenantId }: FaultCity, { bank }: Known, breaches: string[]): Promise<number> {
  const rows = await inCity(async (tx) => (await sql<{ payment_number: string; instalment_id: string; state: string; amount_fen: number }>`select payment_number, instalment_id, state, amount_fen from payments where tenant_id = ${tenantId}`.execute(tx)).rows);
  const byNumber = new Map(rows.map((row) => [row.payment_number, row]));
  const moved = new Map<string, number>();
  for (const [number, { fen, isPaid, isReturned }] of bank) {
    const row = byNumber.get(number);
    if (row === undefined) breaches.push(`payment ${number} is in a file for the bank and not in the books`);
    else if (row.amount_fen !== fen) breaches.push(`payment ${number}: the bank was told ${fen}, the books say ${row.amount_fen}`);
    else if (isPaid && !isReturned) moved.set(row.instalment_id, (moved.get(row.instalment_id) ?? 0) + 1);
    if (row !== undefined && isReturned && row.state !== 'returned') breaches.push(`payment ${number}: its return was acknowledged, and it is ${row.state}`);
    if (row !== undefined && !isPaid && !['sent', 'failed'].includes(row.state)) breaches.push(`payment ${number}: the bank has not paid it, and it is ${row.state}`);
  }
  for (const [instalmentId, count] of moved) if (count > 1) breaches.push(`the bank paid instalment ${instalmentId} ${count} times`);
  for (const { payment_number: number, state } of rows) if (state === 'paid' && bank.get(number)?.isPaid !== true) breaches.push(`payment ${number} counts as paid, and the bank has not paid it`);
  return rows.length;
}

/** Waits for lists, messages and the sealer; whatever does not come to its end is stuck. */
async function waitUntilQuiet({ inCity, tenantId, now }: FaultCity, breaches: string[]): Promise<void> {
  for (let [least, since] = [Infinity, performance.now()]; ; ) {
    const at = now();
    const stuck = await inCity(async (tx) => {
      const { rows } = await sql<{ name: string; count: number }>`
        select 'lists that are being gathered' as name, count(*)::integer as count from public_lists where tenant_id = ${tenantId} and state = 'gathering'
        union all select 'lists that are over', count(*)::integer from public_lists where tenant_id = ${tenantId} and state = 'open' and until_on < ${dayOf(at)}::date
        union all select 'messages that wait', count(*)::integer from outbox where tenant_id = ${tenantId} and status = 'waiting' and is_urgent and due_at < ${at}::timestamptz
        union all select 'entries that are not sealed', count(*)::integer from audit_queue where tenant_id = ${tenantId}`.execute(tx);
      return rows.filter(({ count }) => count > 0);
    }).catch((error: unknown) => [{ name: `the database: ${String(error)}`, count: 1 }]);
    if (stuck.length === 0) return;
    // However slow the machine is: what still becomes less is not stuck.
    const left = stuck.reduce((sum, { count }) => sum + count, 0);
    if (left < least) [least, since] = [left, performance.now()];
    if (performance.now() - since > SETTLE_MS) return void breaches.push(...stuck.map(({ name, count }) => `stuck: ${count} ${name}`));
    await sleep(200);
  }
}

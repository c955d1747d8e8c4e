// The only HTTP of the audit trail: reading it and taking it along.
import { exportAuditEntries, listAuditActions, listAuditEntries, readAuditSeal } from '../../contract/audit-endpoints.ts';
import type { Endpoint } from '../../contract/endpoint.ts';
import { Refusal } from '../../contract/errors.ts';
import { readCursor, writeCursor } from '../../contract/page.ts';
import { writeTable, type TableColumn } from '../../spreadsheet/index.ts';
import { type Call, type Route, route } from '../permissions/index.ts';
import { countWaiting, type EntryFilter, type EntryRow, findHead, listEntries, listGaps, listLastRoots } from './audit-store.ts';

/** How far back gaps are looked for when somebody opens the page; the whole chain is for the command. */
const LOOK_BACK = 100_000;
const MOST_GAPS = 20;
const MOST_ROOTS = 14;
const MOST_WAITING = 10_000;

/** The routes of the audit trail; `endpoints` are all of the interface, whose words the actions have. */
export function auditRoutes(endpoints: () => readonly Pick<Endpoint, 'id' | 'summary'>[]): readonly Route[] {
  return [
    route(listAuditActions, () => {
      const items = endpoints().map(({ id, summary }) => ({ action: id, words: { zh: summary.zh, en: summary.en } }));
      return Promise.resolve({ items: items.sort((a, b) => (a.action < b.action ? -1 : 1)) });
    }),
    route(readAuditSeal, async ({ tx, scope }) => {
      const head = await findHead(tx, scope);
      const lookedFrom = head === undefined || head.seq === 0 ? null : Math.max(1, head.seq - LOOK_BACK + 1);
      const gaps = head === undefined || lookedFrom === null ? [] : await listGaps(tx, scope, lookedFrom, head.seq, MOST_GAPS);
      const { count, oldestAt } = await countWaiting(tx, scope, MOST_WAITING);
      const roots = await listLastRoots(tx, scope, MOST_ROOTS);
      return {
        lastSeq: head?.seq ?? null,
        sealedAt: head === undefined ? null : new Date(Math.floor(Number(head.sealedAtMicros) / 1000)).toISOString(),
        waiting: { count, isAtLeast: count >= MOST_WAITING, oldestAt: oldestAt?.toISOString() ?? null },
        gaps: [...gaps],
        lookedFrom,
        roots: roots.map(({ onDay, firstSeq, lastSeq, root }) => ({ onDay, firstSeq, lastSeq, root: root.toString('hex') })),
      };
    }),
    route(listAuditEntries, async ({ tx, scope, query, audit }) => {
      const filter = filterOf(query);
      const cursor = query.cursor === undefined ? undefined : readCursor(query.cursor, 1)?.[0];
      if (query.cursor !== undefined && !isId(cursor)) throw new Refusal('cursor-invalid');
      const rows = await listEntries(tx, scope, filter, query.limit + 1, isId(cursor) ? cursor : undefined);
      const items = rows.slice(0, query.limit);
      audit({ detail: { ...tellFilter(query), count: items.length } });
      const last = rows.length > query.limit ? items.at(-1) : undefined;
      return { items: items.map((row) => ({ ...row, at: row.at.toISOString() })), nextCursor: last === undefined ? null : writeCursor([last.entryId]) };
    }),
    route(exportAuditEntries, async (call) => {
      const { query, language, audit } = call;
      const { bytes, contentType, fileName, rows } = await writeTable({
        format: query.format,
        fileName: language === 'zh' ? '审计记录' : 'audit-entries',
        sheetName: language === 'zh' ? '审计记录' : 'Audit entries',
        columns: columnsIn(language),
        rows: batches(call),
      });
      audit({ detail: { ...tellFilter(query), count: rows, format: query.format } });
      return { bytes, contentType, fileName };
    }),
  ];
}

type Filters = Parameters<typeof tellFilter>[0];
const BATCH = 1000;

async function* batches({ tx, scope, query }: Pick<Call<'audit.read', unknown, Filters, unknown>, 'tx' | 'scope' | 'query'>): AsyncGenerator<readonly EntryRow[]> {
  for (let after: string | undefined; ; ) {
    const rows: readonly EntryRow[] = await listEntries(tx, scope, filterOf(query), BATCH, after);
    yield rows;
    after = rows.at(-1)?.entryId;
    if (rows.length < BATCH) return;
  }
}

function filterOf({ from, before, action, ...rest }: Filters): EntryFilter {
  if (rest.objectId !== undefined && rest.objectKind === undefined) {
    throw new Refusal('input-invalid', { count: 1 }, [{ field: 'objectKind', zh: '按对象编号找，要同时写明对象的种类', en: 'name the kind of object together with its id' }]);
  }
  return { ...rest, actions: action?.split(','), from: from === undefined ? undefined : new Date(from), before: before === undefined ? undefined : new Date(before) };
}

/** What was looked for goes into the trail: it names ids, never a person. */
/** What was asked for, where it has the form of a name or an id; anything else may be anybody's number, and is not kept. */
function tellFilter({ action, objectKind, objectId, accountId, outcome, from, before }: {
  readonly action?: string | undefined;
  readonly objectKind?: string | undefined;
  readonly objectId?: string | undefined;
  readonly accountId?: string | undefined;
  readonly outcome?: string | undefined;
  readonly from?: string | undefined;
  readonly before?: string | undefined;
}): Record<string, string> {
  const isName = (text: string | undefined): boolean => text !== undefined && /^[a-z][a-z0-9.,-]*$/.test(text) && !/\d{7}/.test(text);
  const names = { ...(isName(action) ? { action } : {}), ...(isName(objectKind) ? { objectKind } : {}), ...(isId(objectId) ? { objectId } : {}) };
  const given = Object.entries({ ...names, accountId, outcome, from, before });
  return Object.fromEntries(given.filter((entry): entry is [string, string] => entry[1] !== undefined));
}

function isId(value: unknown): value is string {
  return typeof value === 'string' && /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(value);
}

const headings = {
  zh: ['时间', '链上的号', '做了什么', '结果', '账号', '会话', '身份', '对象种类', '对象编号', '详情', '请求编号', '记录编号'],
  en: ['time', 'number', 'action', 'outcome', 'account', 'session', 'capacity', 'kind of object', 'object', 'detail', 'request', 'entry'],
} as const;

function columnsIn(language: 'zh' | 'en'): readonly TableColumn<EntryRow>[] {
  const heads = headings[language];
  const values: readonly ((row: EntryRow) => string | number | null)[] = [
    ({ at }) => inShanghai(at),
    ({ seq }) => seq,
    ({ action }) => action,
    ({ outcome }) => (language === 'en' ? outcome : outcome === 'done' ? '已做' : '被拒绝'),
    ({ accountId }) => accountId,
    ({ sessionId }) => sessionId,
    ({ capacity }) => JSON.stringify(capacity),
    ({ objectKind }) => objectKind,
    ({ objectId }) => objectId,
    ({ detail }) => (Object.keys(detail).length === 0 ? null : JSON.stringify(detail)),
    ({ requestId }) => requestId,
    ({ entryId }) => entryId,
  ];
  return values.map((value, index) => ({ heading: heads[index] ?? '', type: index === 1 ? 'number' : 'text', width: index === 0 ? 24 : 20, value }));
}

/** 2026-06-30 10:00:00.123, as clocks in China show it. */
function inShanghai(instant: Date): string {
  const SHANGHAI_MS = 8 * 3_600_000;
  return new Date(instant.getTime() + SHANGHAI_MS).toISOString().replace('T', ' ').slice(0, 23);
}

// The HTTP of the ledger: states of funds, transfers, promised parts, budgets.
import { z } from 'zod';
import { Refusal } from '../../contract/errors.ts';
import * as endpoints from '../../contract/ledger-endpoints.ts';
import { readCursor, writeCursor } from '../../contract/page.ts';
import type { Tx } from '../../storage/database.ts';
import { reply, type Route, route, type Scope, scopeAlso } from '../permissions/index.ts';
import type { Packs } from '../packs/index.ts';
import { dayOf } from '../registry/index.ts';
import type { Budget, FundState, Part } from './account.ts';
import { getBudget, listBudgets } from './budget-store.ts';
import { writeBudgets, writeEntries, writeFundStates, writeParts } from './export-ledger.ts';
import { knownFunds, refuseUnknownFund } from './known-funds.ts';
import { listParts } from './part-store.ts';
import { confirmBudget, setBudget, withdrawBudget } from './set-budget.ts';
import { type EntryQuestion, fundStates, type LedgerEntry, listEntries, readJurisdictionNames } from './state-store.ts';

/** How many years ahead are told of where nobody asks for others: an instalment plan of five years. */
const YEARS_AHEAD = 5;

/** The routes of the ledger. */
export function ledgerRoutes({ packs }: { readonly packs: Packs }): readonly Route[] {
  return [
    route(endpoints.listFundStates, async ({ tx, scope, query: { limit, cursor, ...asked }, now, audit }) => {
      const question = { ...asked, ...yearsOf(asked, now) };
      const found = await fundStates(tx, scope, { ...question, after: readStateCursor(cursor), limit: limit + 1 });
      const names = await readJurisdictionNames(tx, scope);
      audit({ detail: { count: Math.min(found.length, limit), ...given(question, found.length) } });
      return pageOf(found, limit, (state) => [state.jurisdictionCode, state.fund, state.unit, state.year], (state) => tellState(state, names));
    }),
    route(endpoints.exportFundStates, async ({ tx, scope, query: { unit, format, ...asked }, language, now, audit }) => {
      const question = { ...asked, ...yearsOf(asked, now) };
      const file = await writeFundStates(tx, scope, question, { unit, format, language });
      audit({ detail: { rows: file.rows, unit, ...given(question, file.rows) } });
      return file;
    }),
    route(endpoints.listLedgerEntries, async ({ tx, scope, query: { limit, cursor, ...asked }, audit }) => {
      const found = await listEntries(tx, scope, { ...questionOf(asked), after: readTimeCursor(cursor), limit: limit + 1 });
      audit({ detail: { count: Math.min(found.length, limit), ...given(asked, found.length) } });
      return pageOf(found, limit, ({ recordedAt, transferId }) => [recordedAt.toISOString(), transferId], tellEntry);
    }),
    route(endpoints.exportLedgerEntries, async ({ tx, scope, query: { unit, format, ...asked }, language, audit }) => {
      const file = await writeEntries(tx, scope, questionOf(asked), { unit, format, language });
      audit({ detail: { rows: file.rows, unit, ...given(asked, file.rows) } });
      return file;
    }),
    route(endpoints.getLedgerEntry, async ({ tx, scope, params: { transferId }, audit }) => {
      const [found] = await listEntries(tx, scope, { transferId, limit: 1 });
      if (found === undefined) throw new Refusal('not-found');
      audit({ object: { kind: 'ledger-transfer', id: transferId } });
      return tellEntry(found);
    }),
    route(endpoints.listLedgerParts, async ({ tx, scope, query: { limit, cursor, caseId, decisionId, ...asked }, audit }) => {
      const found = await listParts(tx, scope, { ...asked, ...idsOf(caseId, decisionId), after: readTimeCursor(cursor), limit: limit + 1 });
      audit({ detail: { count: Math.min(found.length, limit), ...given({ ...asked, caseId, decisionId }, found.length) } });
      return pageOf(found, limit, ({ recordedAt, partId }) => [recordedAt.toISOString(), partId], tellPart);
    }),
    route(endpoints.exportLedgerParts, async ({ tx, scope, query: { unit, format, caseId, decisionId, ...asked }, language, audit }) => {
      const file = await writeParts(tx, scope, { ...asked, ...idsOf(caseId, decisionId) }, { unit, format, language });
      audit({ detail: { rows: file.rows, unit, ...given({ ...asked, caseId, decisionId }, file.rows) } });
      return file;
    }),
    route(endpoints.getLedgerPart, async ({ tx, scope, params: { partId }, audit }) => {
      const [found] = await listParts(tx, scope, { partIds: [partId] });
      if (found === undefined) throw new Refusal('not-found');
      audit({ object: { kind: 'ledger-part', id: partId } });
      return tellPart(found);
    }),
    route(endpoints.listBudgets, async ({ tx, scope, query: { limit, cursor, ...asked }, audit }) => {
      const found = await listBudgets(tx, scope, { ...asked, after: readTimeCursor(cursor), limit: limit + 1 });
      audit({ detail: { count: Math.min(found.length, limit), ...given(asked, found.length) } });
      return pageOf(found, limit, ({ proposedAt, budgetId }) => [proposedAt.toISOString(), budgetId], tellBudget);
    }),
    route(endpoints.exportBudgets, async ({ tx, scope, query: { unit, format, ...asked }, language, audit }) => {
      const file = await writeBudgets(tx, scope, asked, { unit, format, language });
      audit({ detail: { rows: file.rows, unit, ...given(asked, file.rows) } });
      return file;
    }),
    route(endpoints.getBudget, async ({ tx, scope, params: { budgetId }, audit }) => {
      const found = await getBudget(tx, scope, budgetId);
      audit({ object: { kind: 'budget', id: budgetId } });
      return tellBudget(found);
    }),
    route(endpoints.listKnownFunds, async ({ tx, scope, now }) => ({ items: [...(await knownFunds(tx, scope, packs, dayOf(now)))] })),
    route(endpoints.proposeBudget, async ({ tx, scope, body: { isNewFund, ...wish }, now, audit }) => {
      if (!isNewFund) await refuseUnknownFund(tx, scope, packs, wish.fund, dayOf(now));
      const budget = await setBudget(tx, scope, wish, now);
      audit(noteOf(budget));
      return reply(tellBudget(budget), { location: `/api/v1/ledger/budgets/${budget.budgetId}` });
    }),
    route(endpoints.confirmBudget, async ({ tx, scope, params, now, audit }) => {
      const { budget, committedBefore } = await confirmBudget(tx, scope, params.budgetId, now);
      audit(noteOf(budget));
      return { budget: tellBudget(budget), committedBefore, state: await readState(tx, scopeAlso(scope, 'ledger.read'), budget) };
    }),
    route(endpoints.withdrawBudget, async ({ tx, scope, params, now, audit }) => {
      const budget = await withdrawBudget(tx, scope, params.budgetId, now);
      audit(noteOf(budget));
      return tellBudget(budget);
    }),
  ];
}

async function readState(tx: Tx, scope: Scope<'ledger.read'>, { unit, jurisdictionCode, fund, year }: Budget) {
  const [state] = await fundStates(tx, scope, { unit, jurisdictionCode, fund, fromYear: year, toYear: year });
  if (state === undefined) throw new Refusal('not-found');
  return tellState(state, await readJurisdictionNames(tx, scope));
}

function yearsOf({ fromYear, toYear }: { readonly fromYear?: number | undefined; readonly toYear?: number | undefined }, now: Date): { readonly fromYear: number; readonly toYear: number } {
  const from = fromYear ?? Number(dayOf(now).slice(0, 4));
  return { fromYear: from, toYear: toYear ?? from + YEARS_AHEAD };
}

type EntryConditions = Omit<EntryQuestion, 'account' | 'since' | 'before' | 'after' | 'limit'> &
  NonNullable<EntryQuestion['account']> & { readonly fromDay?: string | undefined; readonly toDay?: string | undefined };

function questionOf({ unit, jurisdictionCode, fund, year, role, fromDay, toDay, ...asked }: EntryConditions): Omit<EntryQuestion, 'after' | 'limit'> {
  const DAY_MS = 86_400_000;
  return {
    ...asked,
    account: { unit, jurisdictionCode, fund, year, role },
    since: fromDay === undefined ? undefined : dayBegins(fromDay),
    before: toDay === undefined ? undefined : new Date(dayBegins(toDay).getTime() + DAY_MS),
  };
}

/** When a day begins in China. */
function dayBegins(day: string): Date {
  return new Date(`${day}T00:00:00+08:00`);
}

function idsOf(caseId: string | undefined, decisionId: string | undefined) {
  return { caseIds: caseId === undefined ? undefined : [caseId], decisionIds: decisionId === undefined ? undefined : [decisionId] };
}

/** What was asked for, for the audit trail; not what somebody typed freely, nor a name of a fund that there is none of, which may be anything. */
function given({ search: _search, document: _document, fund, ...asked }: Readonly<Record<string, string | number | undefined>>, found: number): Readonly<Record<string, string | number>> {
  return Object.fromEntries(Object.entries(found === 0 ? asked : { ...asked, fund }).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])));
}

function noteOf({ budgetId, unit, jurisdictionCode, fund, year, amount, before, reference, state }: Budget) {
  return { object: { kind: 'budget', id: budgetId }, detail: { unit, jurisdictionCode, fund, year, amount, before, reference, state } };
}

function tellState(state: FundState, names: ReadonlyMap<string, string>) {
  return { ...state, jurisdictionName: names.get(state.jurisdictionCode) ?? state.jurisdictionCode };
}

function tellEntry({ transferId, recordedAt, ...entry }: LedgerEntry) {
  return { id: transferId, ...entry, recordedAt: recordedAt.toISOString() };
}

function tellPart({ partId, recordedAt, ...part }: Part) {
  return { id: partId, ...part, recordedAt: recordedAt.toISOString() };
}

function tellBudget({ budgetId, proposedAt, settledAt, ...budget }: Budget) {
  return { id: budgetId, ...budget, proposedAt: proposedAt.toISOString(), settledAt: settledAt?.toISOString() ?? null };
}

const timeAndId = z.tuple([z.iso.datetime(), z.uuid()]);
const stateEnd = z.tuple([z.string().regex(/^\d{6}$/), z.string().max(60), z.string().max(20), z.number().int().min(0).max(9999)]);

function readTimeCursor(cursor: string | undefined): readonly [string, string] | undefined {
  return cursor === undefined ? undefined : readAs(timeAndId, cursor, 2);
}

function readStateCursor(cursor: string | undefined): readonly [string, string, string, number] | undefined {
  return cursor === undefined ? undefined : readAs(stateEnd, cursor, 4);
}

function readAs<S extends z.ZodType>(schema: S, cursor: string, length: number): z.output<S> {
  const read = schema.safeParse(readCursor(cursor, length));
  if (!read.success) throw new Refusal('cursor-invalid');
  return read.data;
}

/** A page of what was found with one more than its limit. */
function pageOf<Found, Told>(found: readonly Found[], limit: number, order: (one: Found) => readonly (string | number | null)[], tell: (one: Found) => Told) {
  const shown = found.slice(0, limit);
  const last = shown.at(-1);
  return { items: shown.map(tell), nextCursor: found.length > limit && last !== undefined ? writeCursor(order(last)) : null };
}

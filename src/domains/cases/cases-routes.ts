// The only HTTP of cases.
import * as endpoints from '../../contract/cases-endpoints.ts';
import { Refusal } from '../../contract/errors.ts';
import { noteShown } from '../audit/index.ts';
import { type Call, etagOf, reply, type Route, route, type Scope, scopeAlso, versionOf } from '../permissions/index.ts';
import type { Tx } from '../../storage/database.ts';
import { applyBatch, type BatchItem } from './apply-batch.ts';
import { applyCommand, type CommandRequest } from './apply-command.ts';
import { caseStatuses, type CaseStatus } from './case.ts';
import type { CaseTools } from './cases-parts.ts';
import type { CommandPermission } from './commands.ts';
import { historyOf, tellCase, tellExplanation, tellItems, tellNotes, tellSummary } from './describe-case.ts';
import { exportCases } from './export-cases.ts';
import { type CaseFilter, lastDayWithin, listCases } from './list-cases.ts';
import { readCaseWords } from './list-words.ts';
import { reachCase } from './reach-case.ts';

type CaseCall = Call<CommandPermission, { caseId: string }, unknown, unknown>;
type BatchCall = Call<CommandPermission, unknown, unknown, unknown>;

/** The routes of cases. */
export function casesRoutes(tools: CaseTools): readonly Route[] {
  /** Carries out a command at the version that the caller saw. */
  const change = async ({ tx, scope, params, headers, now, language, audit }: CaseCall, request: Omit<CommandRequest, 'version'>) => {
    const row = await applyCommand(tx, scope, tools, params.caseId, { ...request, version: versionOf(headers.ifMatch) }, now);
    audit({ object: { kind: 'case', id: row.caseId }, detail: { command: request.command.kind, version: row.version } });
    return reply(tellSummary(row, language), { etag: etagOf(row.version) });
  };
  const changeMany = async ({ tx, scope, now, language, audit }: BatchCall, items: readonly BatchItem[]) => {
    if (new Set(items.map(({ caseId }) => caseId)).size < items.length) {
      const detail = { field: 'items', zh: '同一件只能出现一次', en: 'each case may be named once' };
      throw new Refusal('input-invalid', { count: 1 }, [detail]);
    }
    const outcomes = await applyBatch(tx, scope, tools, items, now, language);
    for (const { caseId, outcome, error } of outcomes) audit({ object: { kind: 'case', id: caseId }, detail: { outcome, code: error?.code ?? null } });
    return { items: [...outcomes] };
  };

  const filterOf = async (tx: Tx, scope: Scope<'case.read'>, query: endpoints.CaseListQuery, now: Date): Promise<CaseFilter> => {
    const { sort, queue, policyId, benefitId, jurisdiction, personId, employerId, held, late, dueWithin, q = '' } = query;
    const words = q === '' ? undefined : await readCaseWords(tx, scope, tools.registry, q, now);
    const dueBy = dueWithin === undefined ? undefined : lastDayWithin(now, dueWithin, tools.calendar);
    return { sort, queue, policyId, benefitId, jurisdictionCode: jurisdiction, personId, employerId, isHeld: held, isLate: late, dueBy, words, statuses: statusesOf(query.status) };
  };

  return [
    route(endpoints.listCasesEndpoint, async ({ tx, scope, query, now, language, audit }) => {
      const { limit, cursor } = query;
      const { rows, nextCursor, total } = await listCases(tx, scope, await filterOf(tx, scope, query, now), { limit, cursor }, now);
      // Whoever looks at their own cases, or those of their people, sees what they filed.
      if (scope.reach.kind === 'jurisdictions') audit(noteShown(rows.map(({ subjectId }) => subjectId)));
      return { items: await tellItems(tx, scope, tools, rows, language), nextCursor, ...(total === undefined ? {} : { total: total.count, totalIsAtLeast: total.isAtLeast }) };
    }),

    route(endpoints.exportCasesEndpoint, async ({ tx, scope, query, now, language, audit }) => {
      const filter = await filterOf(tx, scopeAlso(scope, 'case.read'), query, now);
      const { bytes, contentType, fileName, rows } = await exportCases(tx, scope, tools, filter, query.format, now, language);
      audit({ detail: { rows } });
      return { bytes, contentType, fileName };
    }),

    route(endpoints.getCaseEndpoint, async ({ tx, scope, params, now, language, audit }) => {
      const row = await reachCase(tx, scope, params.caseId);
      audit({ object: { kind: 'case', id: row.caseId } });
      return reply(await tellCase(tx, scope, tools, row, now, language), { etag: etagOf(row.version) });
    }),

    route(endpoints.caseHistory, async ({ tx, scope, params, language, audit }) => {
      const row = await reachCase(tx, scope, params.caseId);
      audit({ object: { kind: 'case', id: row.caseId } });
      return { items: await historyOf(tx, scope, tools, row, language) };
    }),

    route(endpoints.explainCase, async ({ tx, scope, params, now, language, audit }) => {
      const row = await reachCase(tx, scope, params.caseId);
      audit({ object: { kind: 'case', id: row.caseId } });
      return tellExplanation(tx, scope, tools, row, now, language);
    }),

    route(endpoints.listNotes, async ({ tx, scope, params, audit }) => {
      const row = await reachCase(tx, scope, params.caseId);
      audit({ object: { kind: 'case', id: row.caseId } });
      return { items: await tellNotes(tx, scope, tools, row) };
    }),

    route(endpoints.acceptCase, (call) => {
      const { promise } = call.body;
      return change(call, { command: promise === undefined ? { kind: 'accept' } : { kind: 'accept-with-promise', papers: promise.papers, dueOn: promise.dueOn } });
    }),
    route(endpoints.declineCase, (call) => change(call, { command: { kind: 'decline' }, words: call.body.reason })),
    route(endpoints.askSupplement, (call) => {
      const { papers, facts, workingDays, words } = call.body;
      return change(call, { command: { kind: 'ask-supplement', papers, facts, workingDays }, words });
    }),
    route(endpoints.answerSupplement, (call) => change(call, { command: { kind: 'answer-supplement' }, words: call.body.words, evidenceIds: call.body.evidenceIds })),
    route(endpoints.lapseCase, (call) => change(call, { command: { kind: 'lapse' } })),
    route(endpoints.giveOpinion, (call) => change(call, { command: { kind: 'give-opinion', opinion: call.body.opinion }, words: call.body.words })),
    route(endpoints.returnCase, (call) => change(call, { command: { kind: 'return-to-step', step: call.body.step }, words: call.body.reason })),
    route(endpoints.transferCase, (call) => change(call, { command: { kind: 'transfer', departmentId: call.body.departmentId }, words: call.body.reason })),
    route(endpoints.addSigner, (call) => change(call, { command: { kind: 'add-signer', departmentId: call.body.departmentId }, words: call.body.reason })),
    route(endpoints.decideCase, (call) => change(call, decisionOf(call.body))),
    route(endpoints.changeCase, (call) => change(call, { command: { kind: 'change', amountFen: call.body.amountFen, instalments: call.body.instalments }, words: call.body.reason })),
    route(endpoints.revokeCase, (call) => change(call, { command: { kind: 'revoke' }, words: call.body.reason })),
    route(endpoints.withdrawCase, (call) => change(call, { command: { kind: 'withdraw' } })),
    route(endpoints.undoWithdrawal, (call) => change(call, { command: { kind: 'undo-withdraw' } })),
    route(endpoints.keepPromise, (call) => change(call, { command: { kind: 'keep-promise', paper: call.body.paper, evidenceId: call.body.evidenceId } })),
    route(endpoints.breakPromise, (call) => change(call, { command: { kind: 'break-promise', paper: call.body.paper }, words: call.body.reason })),
    route(endpoints.appealCase, (call) => change(call, { command: { kind: 'appeal' }, words: call.body.words, evidenceIds: call.body.evidenceIds })),
    route(endpoints.answerAppeal, (call) => change(call, { command: { kind: 'answer-appeal', outcome: call.body.outcome }, words: call.body.reason })),
    route(endpoints.claimCase, (call) => change(call, { command: { kind: 'claim' } })),
    route(endpoints.giveBackCase, (call) => change(call, { command: { kind: 'give-back' } })),
    route(endpoints.assignCase, (call) => change(call, { command: { kind: 'assign', departmentId: departmentOf(call.scope), accountId: call.body.accountId } })),
    route(endpoints.noteCase, async ({ tx, scope, params, body, now, language, audit }) => {
      const row = await applyCommand(tx, scope, tools, params.caseId, { command: { kind: 'note' }, words: body.words }, now);
      audit({ object: { kind: 'case', id: row.caseId } });
      return tellSummary(row, language);
    }),

    route(endpoints.acceptCases, (call) => changeMany(call, call.body.items.map(({ caseId, version }) => ({ caseId, version, command: { kind: 'accept' } })))),
    route(endpoints.claimCases, (call) => changeMany(call, call.body.items.map(({ caseId, version }) => ({ caseId, version, command: { kind: 'claim' } })))),
    route(endpoints.giveBackCases, (call) => changeMany(call, call.body.items.map(({ caseId, version }) => ({ caseId, version, command: { kind: 'give-back' } })))),
    route(endpoints.assignCases, (call) => changeMany(call, call.body.items.map(({ caseId, version, accountId }) => ({ caseId, version, command: { kind: 'assign', departmentId: departmentOf(call.scope), accountId } })))),
    route(endpoints.giveOpinions, (call) => changeMany(call, call.body.items.map(({ caseId, version, opinion, words }) => ({ caseId, version, words, command: { kind: 'give-opinion', opinion } })))),
    route(endpoints.decideCases, (call) => changeMany(call, call.body.items.map(({ caseId, version, ...decision }) => ({ caseId, version, ...decisionOf(decision) })))),
  ];
}

/** Whose parts an officer gives to colleagues: the own department's. */
function departmentOf({ reach }: Scope): string {
  return reach.kind === 'jurisdictions' ? reach.departmentId : '';
}

interface DecisionBody {
  readonly outcome: 'grant' | 'refuse';
  readonly reason: string;
  readonly amountFen?: number | undefined;
  readonly instalments?: readonly { readonly due: string; readonly fen: number }[] | undefined;
}

function decisionOf({ outcome, reason, amountFen, instalments }: DecisionBody): Omit<CommandRequest, 'version'> {
  return { command: outcome === 'grant' ? { kind: 'grant', amountFen, instalments } : { kind: 'refuse' }, words: reason };
}

function statusesOf(given: string | undefined): readonly CaseStatus[] | undefined {
  const asked = given?.split(',').map((code) => code.trim()).filter((code) => code !== '') ?? [];
  const known = caseStatuses.filter((status) => asked.includes(status));
  const unknown = asked.find((code) => !(caseStatuses as readonly string[]).includes(code));
  if (unknown !== undefined) {
    const detail = { field: 'status', zh: `没有“${unknown}”这个状态`, en: `there is no state "${unknown}"` };
    throw new Refusal('input-invalid', { count: 1 }, [detail]);
  }
  return asked.length === 0 ? undefined : known;
}

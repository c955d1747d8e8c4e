// The only HTTP of decisions.
import * as endpoints from '../../contract/decisions-endpoints.ts';
import { Refusal } from '../../contract/errors.ts';
import { readCursor, writeCursor } from '../../contract/page.ts';
import { type Route, route } from '../permissions/index.ts';
import { getPartyInReach, idsToTell } from '../registry/index.ts';
import type { OpenedDecision } from './decision.ts';
import type { DecisionParts } from './decision-parts.ts';
import { type After, findFollower, listDecisionsOfParty } from './decisions-store.ts';
import { factsShownTo, letterOf, openInReach, toldTo, verifyCode } from './read-decision.ts';
import { replayDecision } from './replay-decision.ts';
import { openDecision } from './seal-decision.ts';

/** The routes of decisions. */
export function decisionsRoutes(parts: DecisionParts): readonly Route[] {
  return [
    route(endpoints.verifyDecision, ({ tx, scope, query }) => verifyCode(tx, scope, parts, query.code)),

    route(endpoints.getDecision, async ({ tx, scope, params, language, audit }) => {
      const decision = await openInReach(tx, scope, parts, params.decisionId);
      audit({ object: { kind: 'decision', id: decision.decisionId }, detail: { kind: decision.kind } });
      const later = await findFollower(tx, scope, decision.decisionId);
      const { facts, withheld } = factsShownTo(scope, decision);
      const { letter } = toldTo(scope, decision);
      const idOf = await idsToTell(tx, scope, parts.protector, [decision.partyId]);
      return {
        ...tellRow(decision),
        partyId: idOf(decision.partyId),
        followsDecisionId: decision.followsDecisionId,
        followedBy: later === undefined ? null : { ...later, decidedAt: later.decidedAt.toISOString() },
        employerId: decision.employerId,
        jurisdictionCode: decision.jurisdictionCode,
        policy: letter.policyTitle,
        clause: letter.clause,
        packHash: decision.packHash,
        on: decision.on,
        parameters: { ...decision.parameters },
        readings: { ...decision.readings },
        status: decision.status,
        instalments: decision.instalments.map((each) => ({ ...each, shares: [...each.shares] })),
        conditions: [...letter.conditions[language]],
        reasons: letter.reasons,
        appealTo: letter.appealTo,
        verificationCode: decision.verificationCode,
        facts: facts.map(({ name, value, origin }) => ({ name, value, ...(origin === undefined ? {} : { origin }) })),
        withheld: [...withheld],
      };
    }),

    route(endpoints.getLetter, async ({ tx, scope, params, query, language, client, audit }) => {
      const { pdf, decision } = await letterOf(tx, scope, parts, params.decisionId, { language: query.language ?? language, host: client.host });
      audit({ object: { kind: 'decision', id: decision.decisionId }, detail: { kind: decision.kind } });
      return { bytes: Buffer.from(pdf), contentType: 'application/pdf', fileName: `${decision.number}.pdf`, headers: { 'cache-control': 'private, no-store' } };
    }),

    route(endpoints.listDecisions, async ({ tx, scope, params, query, audit }) => {
      const party = await getPartyInReach(tx, scope, params.partyId);
      const after = query.cursor === undefined ? undefined : readAfter(query.cursor);
      const rows = await listDecisionsOfParty(tx, scope, party.ids, { after, limit: query.limit + 1 });
      const shown = rows.slice(0, query.limit).map((row) => openDecision(parts.protector, scope.tenantId, row));
      const last = shown.at(-1);
      audit({ object: { kind: 'party', id: party.partyId }, detail: { decisions: shown.length } });
      return { items: shown.map(tellRow), nextCursor: rows.length > query.limit && last !== undefined ? writeCursor([last.decidedAt.toISOString(), last.decisionId]) : null };
    }),

    route(endpoints.replayDecision, async ({ tx, scope, params, now, audit }) => {
      const { decision, before, again, isSame, now: present, changes, withheld } = await replayDecision(tx, scope, parts, params.decisionId, now);
      audit({ object: { kind: 'decision', id: decision.decisionId }, detail: { isSame, changes: changes.length } });
      return { decisionId: decision.decisionId, number: decision.number, before, again, isSame, now: present, changes: [...changes], withheld: [...withheld] };
    }),
  ];
}

function tellRow(decision: OpenedDecision) {
  const { decisionId, caseId, caseNumber, number, kind, partyId, departmentId, policyId, benefitId, amountFen, quantity, unit, decidedAt, letter } = decision;
  return {
    decisionId, caseId, caseNumber, number, kind, partyId, departmentId, policyId, benefitId, amountFen, quantity, unit,
    name: letter.toName,
    departmentName: letter.departmentName,
    benefit: letter.benefitTitle,
    decidedAt: decidedAt.toISOString(),
  };
}

function readAfter(cursor: string): After {
  const values = readCursor(cursor, 2);
  const [at, decisionId] = values ?? [];
  if (typeof at !== 'string' || typeof decisionId !== 'string' || Number.isNaN(Date.parse(at)) || !/^[0-9a-f-]{36}$/.test(decisionId)) throw new Refusal('cursor-invalid');
  return { decidedAt: new Date(at), decisionId };
}

// A person's rights over oversight: reports made under one's name, visits, and what one answers for.
import type { DeletionParticipant } from '../registry/index.ts';
import { listHeldReports, unnameReports } from './report-store.ts';
import { listHeldLiabilities } from './finding-store.ts';
import { listHeldVisits } from './inspection-store.ts';

/** Oversight as a part of what is held of a person. Who reports asks to be forgotten, and the report goes on without a name. */
export const oversightParticipant: DeletionParticipant = {
  async findKept(tx, scope, partyIds) {
    const held = (await listHeldLiabilities(tx, scope, partyIds)).length + (await listHeldVisits(tx, scope, partyIds)).length;
    if (held === 0) return [];
    return [
      {
        what: { zh: `检查和结论的记录，${held} 条`, en: `records of inspections and findings: ${held}` },
        why: { zh: '《财政违法行为处罚处分条例》：查处的依据要能核对', en: 'the Regulation on Penalties for Fiscal Violations: what a penalty rests on must stay provable' },
        until: null,
        needsIdentity: true,
      },
    ];
  },
  deleteRest: (tx, scope, partyIds) => unnameReports(tx, scope, partyIds),
  async describeHeld(tx, scope, partyIds) {
    const reports = (await listHeldReports(tx, scope, partyIds)).map(({ state, madeAt, answeredAt }) => ({ state, madeAt: madeAt.toISOString(), answeredAt: answeredAt?.toISOString() ?? null }));
    const visits = (await listHeldVisits(tx, scope, partyIds)).map(({ visitedOn, atPost, usefulness }) => ({ visitedOn, atPost, usefulness }));
    // A finding that is not decided is not told of: that would warn whoever is looked into.
    const findings = (await listHeldLiabilities(tx, scope, partyIds)).filter(({ state }) => state !== 'open').map(({ role, state, document }) => ({ role, state, document }));
    return [
      { key: 'reports', title: { zh: '实名举报', en: 'Reports under your name' }, rows: reports },
      { key: 'visits', title: { zh: '在岗检查', en: 'Inspections' }, rows: visits },
      { key: 'findings', title: { zh: '检查结论', en: 'Findings' }, rows: findings },
    ];
  },
};

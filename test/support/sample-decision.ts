// Decisions on a sample person as cases make them: by the pack in force, what is known, and a bare case.
import type { NewDecision, StoredDecision } from '../../src/domains/decisions/index.ts';
import { recordDecision } from '../../src/domains/decisions/index.ts';
import type { PinnedPack } from '../../src/domains/packs/index.ts';
import { jobScope } from '../../src/domains/permissions/index.ts';
import { factsForEvaluation } from '../../src/domains/registry/index.ts';
import { foundPacksOfCities } from '../../src/main/open-built-packs.ts';
import { inTenant, newId, openDatabase, type Tx } from '../../src/storage/database.ts';
import type { TestApi } from './api.ts';
import { addBareCase } from './bare-case.ts';

/** The benefit that samples are about. */
export const samplePolicy = 'jilin-city-2021';
export const sampleBenefit = 'living-subsidy';
/** The day on which samples are judged. */
export const sampleDay = '2026-06-30';

/** Puts the program's policies into the sample city. */
export async function foundSamplePacks({ database }: Pick<TestApi, 'database'>): Promise<void> {
  const owner = openDatabase(database.ownerUrl, { role: null, connections: 2 });
  await foundPacksOfCities(owner);
  await owner.close();
}

/** The policy's version in force. */
export async function getSamplePack({ parts, tenantId }: Pick<TestApi, 'parts' | 'tenantId'>, tx: Tx): Promise<PinnedPack> {
  const pack = await parts.packs.inForce(tx, jobScope(tenantId, 'test', 'decision.make'), samplePolicy, sampleDay);
  if (pack === undefined) throw new Error(`${samplePolicy} is not in force on ${sampleDay}`);
  return pack;
}

/** What a test cares for of a decision. */
export type SampleDecision = Partial<NewDecision> & { readonly name?: string };

/** Each decision a second later, so that their order is certain. */
let at = new Date('2026-07-08T02:00:00Z').getTime();

/** Decides on a person: grants what the rules give, unless told otherwise. */
export async function decideSample(api: TestApi, partyId: string, { name = '张三一', ...more }: SampleDecision = {}): Promise<StoredDecision> {
  const caseId = more.caseId ?? (await addBareCase(api, partyId));
  return inTenant(api.parts.db, api.tenantId, async (tx) => {
    const pack = await getSamplePack(api, tx);
    const facts = await factsForEvaluation(tx, jobScope(api.tenantId, 'test', 'fact.read'), api.parts.registry, partyId, { on: sampleDay, knownAt: new Date() });
    const evaluated = pack.evaluate(facts, sampleDay);
    const amount = evaluated.results.find(({ benefit }) => benefit === sampleBenefit)?.amount;
    const kind = more.kind ?? 'grant';
    const isPaid = amount?.kind === 'exact' && (kind === 'grant' || kind === 'change');
    const funds = [{ fund: '县区人才专项资金', jurisdictionCode: '220202', micro: 1_000_000 }];
    return recordDecision(tx, jobScope(api.tenantId, 'test', 'decision.make'), api.parts.decisions, {
      caseId,
      caseNumber: '220202-2026-000001',
      kind,
      subject: { partyId, name },
      employer: null,
      jurisdictionCode: '220202',
      pack,
      benefitId: sampleBenefit,
      facts,
      on: sampleDay,
      evaluated,
      outcome: isPaid ? { kind: 'money', amountFen: amount.totalFen, instalments: amount.instalments ?? [], funds } : { kind: 'none' },
      reasons: '',
      decidedBy: newId(),
      departmentId: api.departments['changyi-hrss'],
      now: new Date((at += 1000)),
      ...more,
    });
  });
}

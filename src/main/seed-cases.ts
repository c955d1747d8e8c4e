// Seeds cases: opens what the city's policies offer to people and how each benefit goes there, and loads so many cases of its people.
import { DepartmentMissingError, type Directory, planProcedure, type ProcedurePlan, resolveDepartment } from '../domains/cases/index.ts';
import { listDepartments, listJurisdictions } from '../domains/departments/index.ts';
import { makePacks, type PinnedPack } from '../domains/packs/index.ts';
import { jobScope } from '../domains/permissions/index.ts';
import type { Protector } from '../domains/protection/index.ts';
import { dayOf } from '../domains/registry/index.ts';
import type { CalendarModule } from '../policy/index.ts';
import { type CaseLoadOutcome, loadCases } from '../seed/load-cases.ts';
import type { SeededBenefit } from '../seed/seeded-cases.ts';
import { type Database, inTenant } from '../storage/database.ts';
import { openBuiltPacks } from './open-built-packs.ts';
import { importPack, openManifest } from './open-packs.ts';

/** What seeding cases needs. */
interface CaseWish {
  readonly db: Database;
  /** The owner's address. */
  readonly url: string;
  readonly tenantId: number;
  readonly protector: Protector;
  readonly seed: number;
  readonly cases: number;
  readonly now: Date;
  readonly say: (zh: string, en: string) => void;
}

const TELL_EVERY_MS = 2000;

/** Loads the cases. @throws RangeError where there are no people. */
export async function seedCases({ db, url, tenantId, protector, seed, cases, now, say }: CaseWish): Promise<CaseLoadOutcome> {
  const { calendar } = await importPack<CalendarModule>((await openManifest()).calendar);
  const benefits = await inTenant(db, tenantId, async (tx) => {
    const reading = jobScope(tenantId, 'seed', 'department.read');
    const directory: Directory = { departments: await listDepartments(tx, reading), jurisdictions: await listJurisdictions(tx, reading) };
    const packs = await makePacks(openBuiltPacks).listInForce(tx, reading, dayOf(now));
    return offered(packs, directory, dayOf(now));
  });
  let toldAt = 0;
  const outcome = await loadCases({
    url,
    tenantId,
    protector,
    setting: { seed, now, calendar, benefits },
    cases,
    onProgress: ({ done, of, perSecond }) => {
      const at = performance.now();
      if (at - toldAt < TELL_EVERY_MS && done < of) return;
      toldAt = at;
      const left = Math.ceil((of - done) / perSecond);
      say(`办件：${count(done)} / ${count(of)}，每秒 ${count(Math.round(perSecond))} 件，大约还要 ${left} 秒`, `Cases: ${count(done)} of ${count(of)}, ${count(Math.round(perSecond))} a second, about ${left} s to go`);
    },
  });
  const before = outcome.already > 0 ? [`，其中 ${count(outcome.already)} 件上次已经装好`, `, ${count(outcome.already)} of them by an earlier run`] : ['', ''];
  say(`有 ${count(outcome.cases)} 件样例办件${before[0]}，用了 ${outcome.seconds.toFixed(0)} 秒`, `There are ${count(outcome.cases)} sample cases${before[1]}; it took ${outcome.seconds.toFixed(0)} s`);
  return outcome;
}

/** The benefits that a person can ask for and whose departments the city has, in the order of the policies. */
function offered(packs: readonly PinnedPack[], directory: Directory, today: string): readonly SeededBenefit[] {
  return packs.flatMap((pack) =>
    pack.policy.benefits
      .filter(({ subject }) => subject === 'person')
      .map(({ id: benefitId, per, schedule, kind }): SeededBenefit => {
        const plans = new Map<string, ProcedurePlan | undefined>();
        const planOf = (code: string): ProcedurePlan | undefined => {
          if (!plans.has(code)) plans.set(code, planIn(pack, benefitId, code, directory, today));
          return plans.get(code);
        };
        return { policyId: pack.policyId, benefitId, packHash: pack.packHash, isYearly: per === 'year' && schedule === undefined, isPaid: kind === 'grant' || kind === 'award', planOf };
      }),
  );
}

function planIn(pack: PinnedPack, benefitId: string, code: string, directory: Directory, today: string): ProcedurePlan | undefined {
  try {
    return planProcedure(pack, benefitId, (name) => resolveDepartment(name, code, directory, today));
  } catch (error) {
    if (error instanceof DepartmentMissingError) return undefined;
    throw error;
  }
}

const count = (value: number): string => value.toLocaleString('en-US');

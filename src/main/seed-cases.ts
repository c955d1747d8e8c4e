// Seeds cases: opens what the city's policies offer to people and how each benefit goes there, and loads so many cases of its people.
import { DepartmentMissingError, type Directory, insertPlans, planProcedure, type ProcedurePlan, resolveDepartment } from '../domains/cases/index.ts';
import { type Department, listDepartments, listJurisdictions } from '../domains/departments/index.ts';
import { makePacks, type PinnedPack } from '../domains/packs/index.ts';
import { jobScope } from '../domains/permissions/index.ts';
import { dayOf } from '../domains/registry/index.ts';
import type { CalendarModule, ExplainedBenefit, Language } from '../policy/index.ts';
import { type CaseLoadOutcome, type CaseProgress, loadCases } from '../seed/load-cases.ts';
import type { SeededBenefit } from '../seed/seeded-cases.ts';
import type { DecidingCity } from '../seed/seeded-decisions.ts';
import { type Database, inTenant } from '../storage/database.ts';
import { openBuiltPacks } from './open-built-packs.ts';
import { importPack, openManifest } from './open-packs.ts';
import { type Say, tellCount, tellEarlier, tellLoad } from './tell-load.ts';

/** What seeding cases needs. */
interface CaseWish {
  readonly db: Database;
  /** The owner's address. */
  readonly url: string;
  readonly tenantId: number;
  readonly keysFile: string;
  readonly seed: number;
  readonly cases: number;
  readonly now: Date;
  readonly say: Say;
}

/** Loads the cases. @throws RangeError where there are no people. */
export async function seedCases({ db, url, tenantId, keysFile, seed, cases, now, say }: CaseWish): Promise<CaseLoadOutcome> {
  const { calendar } = await importPack<CalendarModule>((await openManifest()).calendar);
  const { benefits, city } = await inTenant(db, tenantId, async (tx) => {
    const reading = jobScope(tenantId, 'seed', 'department.read');
    const jurisdictions = await listJurisdictions(tx, reading);
    const departments = await listDepartments(tx, reading);
    const directory: Directory = { departments, jurisdictions };
    const packs = await makePacks(openBuiltPacks).listInForce(tx, reading, dayOf(now));
    const { name } = await tx.selectFrom('tenants').select('name').where('tenant_id', '=', tenantId).executeTakeFirstOrThrow();
    const benefits = offered(packs, directory, dayOf(now));
    // Every case names the plan that it goes by.
    await insertPlans(tx, jobScope(tenantId, 'seed', 'application.file'), benefits.flatMap(({ plans }) => [...plans.values()]));
    return { benefits, city: decidingCity(name, departments, jurisdictions) };
  });
  const outcome = await loadCases({ url, tenantId, keysFile, setting: { seed, now, calendar, benefits }, city, cases, onProgress: tellCases(say) });
  const before = tellEarlier(outcome.already, '件');
  say(`有 ${tellCount(outcome.cases)} 件样例办件${before.zh}，用了 ${outcome.seconds.toFixed(0)} 秒`, `There are ${tellCount(outcome.cases)} sample cases${before.en}; it took ${outcome.seconds.toFixed(0)} s`);
  return outcome;
}

/** Words how far cases are. */
function tellCases(say: Say): (progress: CaseProgress) => void {
  return tellLoad<Extract<CaseProgress, { readonly step: 'cases' }>>(say, ({ done, of, perSecond }) => {
    const left = Math.ceil((of - done) / perSecond);
    say(
      `办件：${tellCount(done)} / ${tellCount(of)}，每秒 ${tellCount(Math.round(perSecond))} 件，大约还要 ${left} 秒，然后建索引`,
      `Cases: ${tellCount(done)} of ${tellCount(of)}, ${tellCount(Math.round(perSecond))} a second, about ${left} s to go, then indexes`,
    );
  });
}

/** The benefits that a person can ask for and whose departments the city has, in the order of the policies. */
function offered(packs: readonly PinnedPack[], directory: Directory, today: string): readonly SeededBenefit[] {
  const matters = packs.flatMap((pack) => pack.mattersOn(today));
  return packs.flatMap((pack) =>
    pack.policy.benefits
      .filter(({ subject }) => subject === 'person')
      .map((benefit): SeededBenefit => {
        const { id: benefitId, per, schedule, kind, title, clause, lead, support } = benefit;
        const plans = new Map(directory.jurisdictions.flatMap(({ code }): [string, ProcedurePlan][] => {
          const plan = planIn(pack, benefitId, code, directory, today);
          return plan === undefined ? [] : [[code, plan]];
        }));
        // No condition was looked at: cases are drawn by chance.
        const explained = (language: Language): Omit<ExplainedBenefit, 'status'> => ({
          policy: pack.policyId, benefit: benefitId, title: title[language], kind, clause, lead, support, evidence: [], readings: [], missing: [], condition: { outcome: 'unknown', kind: 'all' },
        });
        return {
          policyId: pack.policyId,
          benefitId,
          packHash: pack.packHash,
          isYearly: per === 'year' && schedule === undefined,
          besides: [...new Set(matters.filter(({ benefits }) => benefits.includes(`${pack.policyId}/${benefitId}`)).flatMap(({ benefits }) => benefits))].filter((id) => id !== `${pack.policyId}/${benefitId}`),
          isPaid: kind === 'grant' || kind === 'award',
          plans,
          told: { policyTitle: pack.policy.title, benefitTitle: title, clause, parameters: pack.parameters, readings: pack.readings, explained: { zh: explained('zh'), en: explained('en') } },
        };
      }),
  );
}

function decidingCity(name: string, departments: readonly Department[], jurisdictions: Awaited<ReturnType<typeof listJurisdictions>>): DecidingCity {
  const nameOf = new Map(jurisdictions.map(({ code, name: jurisdiction }) => [code, jurisdiction]));
  return { name, departments: new Map(departments.map((each) => [each.departmentId, { name: each.name, jurisdiction: { code: each.jurisdictionCode, name: nameOf.get(each.jurisdictionCode) ?? name } }])) };
}

function planIn(pack: PinnedPack, benefitId: string, code: string, directory: Directory, today: string): ProcedurePlan | undefined {
  try {
    return planProcedure(pack, benefitId, (name) => resolveDepartment(name, code, directory, today));
  } catch (error) {
    if (error instanceof DepartmentMissingError) return undefined;
    throw error;
  }
}

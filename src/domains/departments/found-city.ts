// Founds a city: its tenant, jurisdictions and departments; what is there already stays as it is.
import { sql } from 'kysely';
import { type Database, inTenant, newId, type Tx } from '../../storage/database.ts';

/** What a city is founded with. */
export interface CityPlan {
  /** Such as jilin-city. */
  readonly code: string;
  readonly name: string;
  /** The prefecture's division, GB/T 2260. */
  readonly placeCode: string;
  readonly hosts?: readonly string[];
  /** The city itself first, then what lies in it. */
  readonly jurisdictions: readonly { readonly code: string; readonly parentCode: string | null; readonly name: string }[];
  readonly departments: readonly { readonly code: string; readonly name: string; readonly jurisdictionCode: string }[];
}

/** What founding led to. */
export interface FoundedCity {
  readonly tenantId: number;
  readonly isNew: boolean;
}

/**
 * Founds the city, or adds the jurisdictions and departments that it lacks; may be called again, and by two at once.
 * @param db the owner's pool (role null): cities are no tenant's to make.
 * @param whenNew what is written in the very transaction that founds the city, as the owner and within the new tenant's wall.
 */
export async function foundCity(db: Database, plan: CityPlan, whenNew?: (tx: Tx, tenantId: number) => Promise<void>): Promise<FoundedCity> {
  const made = await db.kysely.transaction().execute(async (tx) => {
    // Two that found cities at once take different numbers.
    await sql`lock table tenants in share row exclusive mode`.execute(tx);
    const found = await tx.selectFrom('tenants').select('tenant_id').where('code', '=', plan.code).executeTakeFirst();
    if (found !== undefined) return { tenantId: found.tenant_id, isNew: false };
    const { next } = await tx
      .selectFrom('tenants')
      .select(({ fn }) => sql<number>`coalesce(${fn.max('tenant_id')}, 0) + 1`.as('next'))
      .executeTakeFirstOrThrow();
    await tx
      .insertInto('tenants')
      .values({ tenant_id: next, code: plan.code, name: plan.name, place_code: plan.placeCode, hosts: [...(plan.hosts ?? [])] })
      .execute();
    if (whenNew !== undefined) {
      await sql.raw(`set local wutong.tenant_id = '${next}'`).execute(tx);
      await whenNew(tx, next);
    }
    return { tenantId: next, isNew: true };
  });
  await inTenant(db, made.tenantId, async (tx) => {
    for (const { code, parentCode, name } of plan.jurisdictions) {
      await tx
        .insertInto('jurisdictions')
        .values({ tenant_id: made.tenantId, code, parent_code: parentCode, name })
        .onConflict((conflict) => conflict.columns(['tenant_id', 'code']).doNothing())
        .execute();
    }
    const departments = plan.departments.map(({ code, name, jurisdictionCode }) => ({
      tenant_id: made.tenantId,
      department_id: newId(),
      code,
      name,
      jurisdiction_code: jurisdictionCode,
    }));
    if (departments.length === 0) return;
    await tx
      .insertInto('departments')
      .values(departments)
      .onConflict((conflict) => conflict.columns(['tenant_id', 'code']).doNothing())
      .execute();
  });
  return made;
}

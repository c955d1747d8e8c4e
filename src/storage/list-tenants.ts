// Which cities this installation has: asked by everything that works for one city after another.
import type { Database } from './database.ts';

/** A city of the installation. */
export interface TenantRow {
  readonly tenantId: number;
  /** The pack's id, such as jilin-city. */
  readonly code: string;
  readonly name: string;
  /** Host names under which it is reached. */
  readonly hosts: readonly string[];
}

/** All cities, by number. The table is no tenant's: every role of the server may read it, outside a tenant's transaction. */
export async function listTenants(db: Database): Promise<readonly TenantRow[]> {
  const rows = await db.kysely.selectFrom('tenants').select(['tenant_id', 'code', 'name', 'hosts']).orderBy('tenant_id').execute();
  return rows.map(({ tenant_id, code, name, hosts }) => ({ tenantId: tenant_id, code, name, hosts }));
}

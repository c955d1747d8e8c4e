// Finds the city that a call is for by the host it came to.
import { Refusal } from '../../contract/errors.ts';
import type { Database } from '../../storage/database.ts';

/** A city of this installation. */
export interface Tenant {
  readonly tenantId: number;
  readonly code: string;
  readonly name: string;
  readonly hosts: readonly string[];
}

const FRESH_MS = 10_000;

/** Cities as the database names them, asked again every ten seconds. */
export class Tenants {
  readonly #db: Database;
  #known: { readonly at: number; readonly all: Promise<readonly Tenant[]> } | undefined;

  constructor(db: Database) {
    this.#db = db;
  }

  /** All cities. */
  all(): Promise<readonly Tenant[]> {
    const now = Date.now();
    if (this.#known === undefined || now - this.#known.at > FRESH_MS) {
      const all = this.#read();
      this.#known = { at: now, all };
      // A failed question is asked again by the next call.
      all.catch(() => (this.#known = undefined));
    }
    return this.#known.all;
  }

  /**
   * The city of a host name; the only city answers for every host.
   * @throws Refusal tenant-unknown where several cities share an installation and none has this host.
   */
  async ofHost(host: string): Promise<Tenant> {
    const all = await this.all();
    const name = host.toLowerCase().replace(/:\d+$/, '');
    const found = all.find(({ hosts }) => hosts.includes(name)) ?? (all.length === 1 ? all[0] : undefined);
    if (found === undefined) {
      this.#known = undefined;
      throw new Refusal('tenant-unknown');
    }
    return found;
  }

  async #read(): Promise<readonly Tenant[]> {
    const rows = await this.#db.kysely.selectFrom('tenants').select(['tenant_id', 'code', 'name', 'hosts']).orderBy('tenant_id').execute();
    return rows.map(({ tenant_id, code, name, hosts }) => ({ tenantId: tenant_id, code, name, hosts }));
  }
}

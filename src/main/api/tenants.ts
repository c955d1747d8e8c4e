// Finds the city that a call is for by the host it came to.
import { Refusal } from '../../contract/errors.ts';
import type { Database } from '../../storage/database.ts';
import { listTenants, type TenantRow } from '../../storage/list-tenants.ts';

const FRESH_MS = 10_000;

/** Cities as the database names them, asked again every ten seconds. */
export class Tenants {
  readonly #db: Database;
  #known: { readonly at: number; readonly all: Promise<readonly TenantRow[]> } | undefined;

  constructor(db: Database) {
    this.#db = db;
  }

  /** All cities. */
  all(): Promise<readonly TenantRow[]> {
    const now = Date.now();
    if (this.#known === undefined || now - this.#known.at > FRESH_MS) {
      const all = listTenants(this.#db);
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
  async ofHost(host: string): Promise<TenantRow> {
    const all = await this.all();
    const name = host.toLowerCase().replace(/:\d+$/, '');
    const found = all.find(({ hosts }) => hosts.includes(name)) ?? (all.length === 1 ? all[0] : undefined);
    if (found === undefined) {
      this.#known = undefined;
      throw new Refusal('tenant-unknown');
    }
    return found;
  }
}

// Puts the interface together: which parts it stands on, and the routes of all domains.
import { openKeys } from '../../adapters/cryptography/sm4-protector.ts';
import { auditRoutes } from '../../domains/audit/index.ts';
import { departmentRoutes } from '../../domains/departments/index.ts';
import type { Route } from '../../domains/permissions/index.ts';
import type { Protector } from '../../domains/protection/index.ts';
import { type Database, openDatabase } from '../../storage/database.ts';
import type { ApiParts } from './answer-call.ts';
import { RateLimits } from './rate-limits.ts';
import { Tenants } from './tenants.ts';

/** Where the parts find what they need. */
export interface PartSettings {
  readonly databaseUrl: string;
  /** The folder of files that belong to the data: sealed evidence, messages. */
  readonly dataFolder: string;
  /** The file of keys, outside the data folder. */
  readonly keysFile: string;
  readonly connections?: number;
  /** Multiplies the limits of calls a minute. */
  readonly rateFactor?: number;
}

/** The parts of a running server; the caller closes them. */
export interface Parts {
  readonly db: Database;
  readonly protector: Protector;
  readonly api: ApiParts;
  readonly routes: readonly Route[];
  close(): Promise<void>;
}

/** Opens everything that the interface stands on. */
export async function openParts(settings: PartSettings): Promise<Parts> {
  const db = openDatabase(settings.databaseUrl, settings.connections === undefined ? {} : { connections: settings.connections });
  const protector = await openKeys({ path: settings.keysFile, hasSealedData: async () => false });
  return {
    db,
    protector,
    api: { db, protector, tenants: new Tenants(db), limits: new RateLimits(settings.rateFactor), findCaller: async () => undefined, now: () => new Date() },
    routes: [...auditRoutes(), ...departmentRoutes()],
    close: () => db.close(),
  };
}

// What keeps a server in operation: its log and figures, the questions of health, and the sealing of the audit trail.
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { FastifyInstance } from 'fastify';
import { countWaiting } from '../domains/audit/index.ts';
import { jobScope } from '../domains/permissions/index.ts';
import type { Protector } from '../domains/protection/index.ts';
import { type Database, inTenant, openDatabase } from '../storage/database.ts';
import { listTenants } from '../storage/list-tenants.ts';
import { listPending } from '../storage/migrate.ts';
import type { ApiParts } from './api/answer-call.ts';
import { openAuditWitness } from './audit-witness.ts';
import { makeHealth } from './health.ts';
import type { Log } from './log.ts';
import { type Metrics, openMetrics } from './metrics.ts';
import { startSealer } from './sealer.ts';
import { serveOperations } from './serve-operations.ts';

/** What operations stand on. */
export interface OperationSettings {
  readonly databaseUrl: string;
  /** The address for sessions that seal. */
  readonly sealerUrl: string;
  readonly dataFolder: string;
  readonly db: Database;
  readonly protector: Protector;
  readonly log: Log;
  /** Lets others than this machine read the figures. */
  readonly metricsToken?: string | undefined;
}

/** Operations of a running server. */
export interface Operations {
  readonly metrics: Metrics;
  /** To be told of by the interface. */
  readonly hooks: Required<Pick<ApiParts, 'answered' | 'failed'>>;
  /** Adds /health/live, /health/ready and /metrics. */
  serve(server: FastifyInstance): void;
  /** Begins to seal; to be called once the server answers. */
  start(): void;
  /** Ends what runs, and closes its connections. */
  close(): Promise<void>;
}

/** Opens operations; nothing runs before `start`. */
export function openOperations({ databaseUrl, sealerUrl, dataFolder, db, protector, log, metricsToken }: OperationSettings): Operations {
  const metrics = openMetrics();
  const sealing = openDatabase(sealerUrl, { role: 'wutong_sealer', connections: 1 });
  metrics.watchPool('interface', db.pool);
  metrics.watchPool('shared', db.planned);
  metrics.watchPool('sealer', sealing.pool);
  const sealerLagSeconds = (): Promise<number> => longestWait(db);
  metrics.watch('audit_waiting_seconds', 'For how long the oldest entry of the audit trail has waited to be sealed, over all cities', sealerLagSeconds);
  const health = makeHealth({ db, listPending: () => listPending(asApplication(databaseUrl)), sealerLagSeconds, dataFolder });
  const running: { stop(): Promise<void> }[] = [];
  return {
    metrics,
    hooks: {
      answered: (call) => {
        log.call(call);
        metrics.call(call);
      },
      failed: (error, requestId) => log.failure('interface', error, requestId),
    },
    serve: (server) => serveOperations(server, { health, metrics, metricsToken }),
    start: () => {
      mkdirSync(dataFolder, { recursive: true });
      const witness = openAuditWitness(join(dataFolder, 'audit-witness'));
      running.push(startSealer(sealing, protector, { witness, log, metrics, onSealed: (count) => metrics.sealed(count) }));
    },
    close: async () => {
      await Promise.all(running.splice(0).map((each) => each.stop()));
      await sealing.close();
    },
  };
}

/** For how many seconds the oldest waiting entry has waited; 0 where none waits. */
async function longestWait(db: Database): Promise<number> {
  const tenants = await listTenants(db);
  let longest = 0;
  for (const { tenantId } of tenants) {
    const { oldestAt } = await inTenant(db, tenantId, (tx) => countWaiting(tx, jobScope(tenantId, 'health', 'audit.seal'), 1));
    if (oldestAt !== null) longest = Math.max(longest, (Date.now() - oldestAt.getTime()) / 1000);
  }
  return longest;
}

/** The server's login has no rights of its own: it asks as the application. */
function asApplication(url: string): string {
  const made = new URL(url);
  made.searchParams.set('options', '-c role=wutong_app');
  return made.href;
}

// Figures for Prometheus: calls by route template, connections, what waits to be sealed and sent, jobs.
import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from 'prom-client';
import type pg from 'pg';
import type { LoggedCall } from './log.ts';

/** A figure that is asked for when somebody reads the figures; undefined: unknown at the moment. */
export type Measure = () => Promise<number | undefined>;

/** The figures of one server process. */
export interface Metrics {
  /** A call was answered. */
  call(call: LoggedCall): void;
  /** A job ran: how long, and whether it went well. */
  job(name: string, milliseconds: number, isDone: boolean): void;
  /** So many entries of the audit trail were sealed. */
  sealed(count: number): void;
  /** Adds a figure to be asked for: name (without `wutong_`) and what it says. */
  watch(name: string, help: string, measure: Measure): void;
  /** Watches a pool's connections. */
  watchPool(name: string, pool: Pick<pg.Pool, 'totalCount' | 'idleCount' | 'waitingCount'>): void;
  /** All figures as Prometheus reads them. */
  read(): Promise<{ readonly contentType: string; readonly text: string }>;
}

/** Opens the figures of this process. */
export function openMetrics(): Metrics {
  const registry = new Registry();
  const registers = [registry];
  collectDefaultMetrics({ register: registry });
  const calls = new Histogram({
    name: 'wutong_http_request_seconds',
    help: 'Time to answer calls of the interface, by route template',
    labelNames: ['method', 'route', 'status'],
    buckets: [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10],
    registers,
  });
  const refusals = new Counter({ name: 'wutong_http_refusals_total', help: 'Calls refused, by code of the catalogue of errors', labelNames: ['code'], registers });
  const jobs = new Histogram({ name: 'wutong_job_seconds', help: 'Time of jobs, by name and outcome', labelNames: ['job', 'outcome'], buckets: [0.01, 0.1, 1, 10, 60, 600], registers });
  const sealed = new Counter({ name: 'wutong_audit_sealed_total', help: 'Entries of the audit trail sealed by this process', registers });
  const pools = new Map<string, Pick<pg.Pool, 'totalCount' | 'idleCount' | 'waitingCount'>>();
  new Gauge({
    name: 'wutong_database_connections',
    help: 'Connections to the database by pool and state; waiting: work that waits for one',
    labelNames: ['pool', 'state'],
    registers,
    collect() {
      for (const [pool, { totalCount, idleCount, waitingCount }] of pools) {
        this.set({ pool, state: 'idle' }, idleCount);
        this.set({ pool, state: 'busy' }, totalCount - idleCount);
        this.set({ pool, state: 'waiting' }, waitingCount);
      }
    },
  });
  return {
    call({ endpoint, status, milliseconds, code }) {
      calls.observe({ method: endpoint.method, route: endpoint.path, status }, milliseconds / 1000);
      if (code !== undefined) refusals.inc({ code });
    },
    job: (job, milliseconds, isDone) => jobs.observe({ job, outcome: isDone ? 'done' : 'failed' }, milliseconds / 1000),
    sealed: (count) => sealed.inc(count),
    watch(name, help, measure) {
      new Gauge({
        name: `wutong_${name}`,
        help,
        registers,
        async collect() {
          // What cannot be measured is left out: an old figure would look like a present one.
          const value = await measure().catch(() => undefined);
          if (value === undefined) this.reset();
          this.set(value ?? Number.NaN);
        },
      });
    },
    watchPool: (name, pool) => void pools.set(name, pool),
    read: async () => ({ contentType: registry.contentType, text: await registry.metrics() }),
  };
}

// What this machine remembers of the audit chain outside the database: the last seal of each city, in a file that the database's administrator cannot reach from there.
import { mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Witnessed } from '../domains/audit/index.ts';

/** Keeps the last seal of each city that this machine has seen. */
export interface AuditWitness {
  /** Writes down where a chain ends; an earlier end than the one known is ignored. */
  note(tenantCode: string, head: Witnessed): void;
  /** What was written down last; undefined where nothing was, or nothing that can be read. */
  last(tenantCode: string): Witnessed | undefined;
  /** Forgets, because the database was restored from a backup: what was written down is kept beside, under the name of the day. */
  setAside(now: Date): void;
}

/** A witness whose files stand in `folder`. */
export function openAuditWitness(folder: string): AuditWitness {
  const fileOf = (code: string): string => join(folder, `${code}.json`);
  const known = new Map<string, number>();
  const last = (code: string): Witnessed | undefined => {
    try {
      const { seq, digest } = JSON.parse(readFileSync(fileOf(code), 'utf8')) as { seq: number; digest: string };
      return Number.isSafeInteger(seq) && /^[0-9a-f]{64}$/.test(digest) ? { seq, digest: Buffer.from(digest, 'hex') } : undefined;
    } catch {
      return undefined;
    }
  };
  return {
    last,
    note(code, { seq, digest }) {
      if (seq <= (known.get(code) ?? 0)) return;
      known.set(code, seq);
      // Another server of this machine may be further.
      if (seq <= (last(code)?.seq ?? 0)) return;
      mkdirSync(folder, { recursive: true, mode: 0o700 });
      const temporary = `${fileOf(code)}.${process.pid}`;
      writeFileSync(temporary, `${JSON.stringify({ seq, digest: Buffer.from(digest).toString('hex'), at: new Date().toISOString() })}\n`, { mode: 0o600 });
      renameSync(temporary, fileOf(code));
    },
    setAside(now) {
      known.clear();
      const aside = `${folder}.before-${now.toISOString().replace(/\D/g, '').slice(0, 14)}`;
      rmSync(aside, { recursive: true, force: true });
      try {
        renameSync(folder, aside);
      } catch (error) {
        // Nothing was written down yet.
        if (!(error instanceof Error && 'code' in error && error.code === 'ENOENT')) throw error;
      }
    },
  };
}

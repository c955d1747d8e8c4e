// A real PostgreSQL for tests: the run's own (DATABASE_URL when it is set, else what npm installed) or Debian's 15.
import pg from 'pg';
import { inject } from 'vitest';

/** own: DATABASE_URL or the PostgreSQL that comes with Wutong · debian-15: the oldest that Wutong promises to run on. */
export type PostgresChoice = (typeof postgresChoices)[number];

/** For tests that hold on every PostgreSQL. */
export const postgresChoices = ['own', 'debian-15'] as const;

/** A client of the run's database; whoever asks for it ends it. */
export async function connect(which: PostgresChoice = 'own'): Promise<pg.Client> {
  const response = await fetch(`${inject('postgresBroker')}/${which}`);
  const text = await response.text();
  if (!response.ok) throw new Error(text);
  const client = new pg.Client({ connectionString: text });
  await client.connect();
  return client;
}

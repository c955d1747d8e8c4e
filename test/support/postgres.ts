// A real PostgreSQL for tests: the run's own (DATABASE_URL when it is set, else what npm installed) or Debian's 15.
import pg from 'pg';
import { inject } from 'vitest';
import type { PostgresChoice } from './postgres-choice.ts';

export { postgresChoices, type PostgresChoice } from './postgres-choice.ts';

/** A client of the run's database; whoever asks for it ends it. */
export async function connect(which: PostgresChoice = 'own'): Promise<pg.Client> {
  const response = await fetch(`${inject('postgresBroker')}/${which}`);
  const text = await response.text();
  if (!response.ok) throw new Error(text);
  const client = new pg.Client({ connectionString: text });
  await client.connect();
  return client;
}

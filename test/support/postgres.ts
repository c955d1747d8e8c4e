// A real PostgreSQL for tests: DATABASE_URL when it is set, else the one that npm installed.
import pg from 'pg';
import { inject } from 'vitest';

/** A client of the run's database; whoever asks for it ends it. */
export async function connect(): Promise<pg.Client> {
  const response = await fetch(inject('postgresBroker'));
  const text = await response.text();
  if (!response.ok) throw new Error(text);
  const client = new pg.Client({ connectionString: text });
  await client.connect();
  return client;
}

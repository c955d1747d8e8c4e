// A running city with sample people and an account of every role, for journeys at the desk; made by the commands that a user runs.
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll } from 'vitest';
import { startBrowser, type TestBrowser, type View, type Visit } from './browser.ts';
import { makeSeededRunningCity } from './copied-city.ts';
import type { RunningCity } from './running-city.ts';

const PEOPLE = 120;
const PATIENCE_MS = 15_000;

/** The city, for use inside tests. */
export interface OfficeCity {
  /** One-time password of a sample account, such as `reviewer`. */
  readonly oneTimePassword: (account: string) => string;
  /** The newest code that was sent to a telephone by text message. */
  readonly codeSentTo: (phone: string) => Promise<string>;
  readonly visit: (path: string, view: View, work: (visit: Visit) => Promise<void>) => Promise<void>;
}

/** Call it once at the top of a file of tests. */
export function useOfficeCity(): OfficeCity {
  let city: RunningCity | undefined;
  let browser: TestBrowser | undefined;
  let passwords: ReadonlyMap<string, string> = new Map();
  beforeAll(async () => {
    ({ city, passwords } = await makeSeededRunningCity(PEOPLE));
    browser = await startBrowser(city.start().then(({ url }) => url));
  });
  afterAll(async () => {
    await Promise.all([browser?.close(), city?.remove()]);
  });
  return {
    oneTimePassword: (account) => {
      const password = passwords.get(account);
      if (password === undefined) throw new Error(`no sample account ${account}; there are ${[...passwords.keys()].join(', ')}`);
      return password;
    },
    codeSentTo: async (phone) => {
      const masked = `${phone.slice(0, 3)}****${phone.slice(-4)}`;
      for (const until = Date.now() + PATIENCE_MS; Date.now() < until; await sleep(100)) {
        const lines = await readFile(join(city?.dataFolder ?? '', 'messages', 'outbox.ndjson'), 'utf8').catch(() => '');
        const sent = lines.split('\n').filter((line) => line.startsWith('{')).map((line) => JSON.parse(line) as { to: string; text: string });
        const code = sent.flatMap(({ to, text }) => (to === masked ? (/(?<!\d)\d{6}(?!\d)/.exec(text) ?? []) : [])).at(-1);
        if (code !== undefined) return code;
      }
      throw new Error(`no code was sent to ${masked}`);
    },
    visit: async (path, view, work) => {
      if (browser === undefined) throw new Error('the browser has not started');
      const visit = await browser.open(path, view);
      try {
        await work(visit);
      } catch (error) {
        if (error instanceof Error && visit.complaints.length > 0) error.message += `\n${visit.complaints.join('\n')}`;
        await visit.context.close();
        throw error;
      }
      await visit.end();
    },
  };
}

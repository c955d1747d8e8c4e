// What was acknowledged stays: the server is killed twenty times and its PostgreSQL twice, under load, and nothing that was answered is lost or done twice.
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { makeRunningCity, type RunningCity, type RunningServer, signInAdministrators } from '../support/running-city.ts';

const SERVER_KILLS = 20;
const POSTGRES_KILLS = 2;
const WRITERS = 6;

let city: RunningCity;
let server: RunningServer;
let token = '';
beforeAll(async () => {
  city = makeRunningCity();
  server = await city.start();
  token = (await signInAdministrators(city, server.url)).system.token;
});
afterAll(() => city.remove());

/** One department after another, each retried under its key until it is answered. */
async function write(writer: number, acknowledged: Set<string>, isOver: () => boolean): Promise<void> {
  for (let number = 0; !isOver(); number++) {
    const code = `load-${writer}-${number}`;
    const body = JSON.stringify({ code, name: `样例局 ${code}`, jurisdictionCode: '220200' });
    for (;;) {
      const answer = await fetch(`${server.url}/api/v1/departments`, {
        method: 'POST',
        body,
        headers: { 'content-type': 'application/json', authorization: `Bearer ${token}`, 'idempotency-key': `key-of-${code}` },
        signal: AbortSignal.timeout(10_000),
      }).catch(() => undefined);
      if (answer?.status === 201) {
        acknowledged.add(code);
        break;
      }
      // Any other answer but "not at the moment" is a fault.
      if (answer !== undefined && ![500, 503, 429].includes(answer.status)) throw new Error(`${answer.status} ${await answer.text()}`);
      if (isOver()) return;
      await sleep(50);
    }
  }
}

test('nothing acknowledged is lost, nothing is done twice, and the audit trail is whole', { timeout: 400_000 }, async () => {
  const acknowledged = new Set<string>();
  let isOver = false;
  const writers = Array.from({ length: WRITERS }, (_, writer) => write(writer, acknowledged, () => isOver));
  for (let kill = 0; kill < SERVER_KILLS + POSTGRES_KILLS; kill++) {
    const before = acknowledged.size;
    // Under load: some writes are acknowledged before every kill.
    while (acknowledged.size < before + 10) await Promise.race([sleep(20), ...writers]);
    await sleep(Math.random() * 200);
    if (kill % 10 === 9) {
      process.kill(city.postgresPid(), 'SIGKILL');
    } else {
      await server.kill();
      server = await city.start();
    }
  }
  const before = acknowledged.size;
  while (acknowledged.size < before + 20) await Promise.race([sleep(20), ...writers]);
  isOver = true;
  await Promise.all(writers);

  const answer = await fetch(`${server.url}/api/v1/departments`, { headers: { authorization: `Bearer ${token}` } });
  const { items } = (await answer.json()) as { items: { code: string }[] };
  const stored = items.map(({ code }) => code).filter((code) => code.startsWith('load-'));
  expect(new Set(stored).size).toBe(stored.length);
  expect([...acknowledged].filter((code) => !stored.includes(code))).toEqual([]);
  // Each stands in the trail once: the row and its trace are one transaction.
  await sleep(2500);
  const verified = await city.wutong('audit', 'verify', '--json');
  expect(verified).toMatchObject({ code: 0 });
  expect(verified.stdout).toContain('"sealed"');
});

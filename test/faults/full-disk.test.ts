// A full disk: what cannot be written is refused in words, what was acknowledged stays, and once there is room again everything goes on by itself.
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { makeRunningCity, type RunningCity, type RunningServer, signInAdministrators } from '../support/running-city.ts';
import { makeSmallDisk, type SmallDisk } from './small-disk.ts';

const WRITERS = 4;
const MEGABYTES = 320;

let city: RunningCity;
let disk: SmallDisk | undefined;
let server: RunningServer;
let token = '';
beforeAll(async () => {
  city = makeRunningCity({}, () => disk?.through ?? []);
  disk = await makeSmallDisk(city.folder, MEGABYTES);
  server = await city.start();
  token = (await signInAdministrators(city, server.url)).system.token;
});
afterAll(async () => {
  await disk?.clear();
  await city.remove();
  disk?.close();
});

const read = (): Promise<Response> => fetch(`${server.url}/api/v1/departments`, { headers: { authorization: `Bearer ${token}` } });

test('nothing acknowledged is lost when the disk is full, and nothing is done twice', { timeout: 300_000 }, async () => {
  const acknowledged = new Set<string>();
  const refusals = new Map<string, number>();
  let isOver = false;
  const refusedBy = (code: string): number => refusals.get(code) ?? 0;
  const write = async (writer: number): Promise<void> => {
    for (let number = 0; !isOver; ) {
      const code = `load-${writer}-${number}`;
      const body = JSON.stringify({ code, name: `样例局 ${code} ${'很长的名称'.repeat(12)}`, jurisdictionCode: '220200' });
      const answer = await fetch(`${server.url}/api/v1/departments`, {
        method: 'POST',
        body,
        headers: { 'content-type': 'application/json', authorization: `Bearer ${token}`, 'idempotency-key': `key-of-${code}` },
        signal: AbortSignal.timeout(10_000),
      }).catch(() => undefined);
      if (answer?.status === 201) {
        acknowledged.add(code);
        number++;
      } else {
        const told = answer === undefined ? 'no answer' : String(((await answer.json()) as { error: { code: string } }).error.code);
        refusals.set(told, refusedBy(told) + 1);
        await sleep(50);
      }
    }
  };
  const writers = Array.from({ length: WRITERS }, (_, writer) => write(writer));
  const until = async (isSo: () => boolean): Promise<void> => {
    while (!isSo()) await Promise.race([sleep(20), ...writers]);
  };
  await until(() => acknowledged.size >= 20);

  await disk?.fill();
  await until(() => refusedBy('unavailable') >= 5);
  // Killed while it is full: the next start may not come before there is room.
  await server.kill();
  await disk?.clear();
  server = await city.start();
  const before = acknowledged.size;
  await until(() => acknowledged.size >= before + 20);

  // Full once more, and nobody has to do anything but make room.
  await disk?.fill();
  const refused = refusedBy('unavailable');
  await until(() => refusedBy('unavailable') >= refused + 5);
  await disk?.clear();
  const again = acknowledged.size;
  await until(() => acknowledged.size >= again + 20);
  isOver = true;
  await Promise.all(writers);

  // What could not be written was told as what it is: not now, rather than a failure of the program.
  expect(Array.from(refusals.keys()).filter((code) => !['unavailable', 'no answer', 'too-many-requests'].includes(code))).toEqual([]);
  const { items } = (await (await read()).json()) as { items: { code: string }[] };
  const stored = items.map(({ code }) => code).filter((code) => code.startsWith('load-'));
  expect(new Set(stored).size).toBe(stored.length);
  expect([...acknowledged].filter((code) => !stored.includes(code))).toEqual([]);
  await sleep(2500);
  const verified = await city.wutong('audit', 'verify', '--json');
  expect(verified).toMatchObject({ code: 0 });
});

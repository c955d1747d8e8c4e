// Holds a server under load and watches its memory: resident and heap each minute, and how they grow. `npm --prefix bench run load -- --minutes 60`
// The garbage collector is asked for before each look.
import { Agent, request } from 'node:http';
import { parseArgs, promisify } from 'node:util';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { inTenant, newId } from '../src/storage/database.ts';
import { startCity } from './own-city.ts';

const { values } = parseArgs({ options: { minutes: { type: 'string', default: '3' }, callers: { type: 'string', default: '16' } } });
const minutes = Number(values.minutes);
const callers = Number(values.callers);
const PEOPLE = 20_000;
const SAMPLE_MS = 10_000;
const MIB = 2 ** 20;
/** What is loaded, compiled and cached at first is no growth. */
const WARM_UP_SHARE = 0.34;
const benefit = { policyId: 'jilin-city-2021', benefitId: 'living-subsidy' };
const searches = ['王', 'zhang', '志强', 'lx', '0016'];

/** Memory after a collection, in MiB. */
interface Sample {
  readonly minute: number;
  readonly resident: number;
  readonly heap: number;
  readonly answered: number;
}

setFlagsFromString('--expose-gc');
const collect = runInNewContext('gc') as () => void;

const city = await startCity(PEOPLE, callers);
const agent = new Agent({ keepAlive: true, maxSockets: callers });
const samples: Sample[] = [];
let answered = 0;
let refused = 0;
let isOver = false;
try {
  const people = await inTenant(city.parts.db, city.tenantId, (tx) => tx.selectFrom('people').select('party_id').where('tenant_id', '=', city.tenantId).orderBy('party_id').execute());
  const officer = city.signIn({ kind: 'officer', departmentId: newId(), codes: ['220202', '220203', '220204'], roles: ['reviewer', 'steward'] });
  // The same people come again and again, as sessions do: their number does not grow.
  const tokens = people.slice(0, 2000).map(({ party_id }) => city.signIn({ kind: 'person', partyId: party_id, actsFor: [] }));
  const work = async (caller: number): Promise<void> => {
    for (let turn = 0; !isOver; turn++) {
      const token = tokens[(caller * 131 + turn) % tokens.length] ?? '';
      const calls = [
        () => send('POST', '/applications', token, JSON.stringify({ benefits: [benefit] })),
        () => send('GET', '/cases', token),
        () => send('GET', `/people?q=${encodeURIComponent(searches[turn % searches.length] ?? '')}&limit=20`, officer),
        () => send('GET', '/cases?sort=deadline', officer),
        () => send('GET', '/openapi.json', token),
      ];
      const status = await calls[turn % calls.length]?.();
      answered++;
      if (status === undefined || status >= 500) refused++;
    }
  };
  const started = performance.now();
  const working = Promise.all(Array.from({ length: callers }, (_, caller) => work(caller)));
  const sleep = promisify(setTimeout);
  console.log('minute  resident MiB  heap MiB  answered');
  for (let at = SAMPLE_MS; at <= minutes * 60_000; at += SAMPLE_MS) {
    await sleep(Math.max(0, started + at - performance.now()));
    collect();
    const { rss, heapUsed } = process.memoryUsage();
    const sample = { minute: at / 60_000, resident: rss / MIB, heap: heapUsed / MIB, answered };
    samples.push(sample);
    if (at % 60_000 === 0) console.log(`${sample.minute.toFixed(0).padStart(6)}  ${sample.resident.toFixed(0).padStart(12)}  ${sample.heap.toFixed(1).padStart(8)}  ${answered}`);
  }
  isOver = true;
  await working;
  const settled = samples.slice(Math.floor(samples.length * WARM_UP_SHARE));
  const perHour = (of: (sample: Sample) => number): string => `${(slope(settled, of) * 60).toFixed(1)} MiB an hour`;
  console.log(`after the first third: heap grows by ${perHour(({ heap }) => heap)}, resident memory by ${perHour(({ resident }) => resident)}; ${answered} calls answered, ${refused} of them failed`);
  if (refused > 0) process.exitCode = 1;
} finally {
  isOver = true;
  agent.destroy();
  await city.close();
}

/** The slope by least squares, a minute. */
function slope(of: readonly Sample[], value: (sample: Sample) => number): number {
  const mean = (numbers: readonly number[]): number => numbers.reduce((sum, one) => sum + one, 0) / numbers.length;
  const x = mean(of.map(({ minute }) => minute));
  const y = mean(of.map(value));
  return of.reduce((sum, sample) => sum + (sample.minute - x) * (value(sample) - y), 0) / of.reduce((sum, { minute }) => sum + (minute - x) ** 2, 0);
}

function send(method: 'GET' | 'POST', path: string, token: string, body = ''): Promise<number> {
  return new Promise((finish, fail) => {
    const headers = { authorization: `Bearer ${token}`, ...(method === 'POST' ? { 'content-type': 'application/json', 'content-length': Buffer.byteLength(body), 'idempotency-key': newId() } : {}) };
    const sent = request(`${city.url}/api/v1${path}`, { method, agent, headers }, (response) => {
      response.resume();
      response.on('end', () => finish(response.statusCode ?? 0));
      response.on('error', fail);
    });
    sent.on('error', fail);
    sent.end(body);
  });
}

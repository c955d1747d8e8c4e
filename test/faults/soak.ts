// `npm run soak`: breaks a city for as long as one likes, and tells in one table what was acknowledged, killed, repeated and refused.
import { parseArgs } from 'node:util';
import { breakCity } from './break-city.ts';

const help = `npm run soak -- [--minutes N] [--kills N] [--seed S]

  --minutes N  at least so long; 10
  --kills N    how often a server is killed; 50. The database is killed a sixth as often, and the clock moved a quarter as often
  --seed S     the same faults in the same order; 1

The city is made for it in a temporary folder, with a PostgreSQL of its own, and removed afterwards. Exit status 1: something was lost or done twice.`;

const { values } = parseArgs({ options: { minutes: { type: 'string' }, kills: { type: 'string' }, seed: { type: 'string' }, help: { type: 'boolean' } } });
if (values.help === true) {
  console.log(help);
} else {
  const [minutes, kills, seed] = [number(values.minutes, 10), number(values.kills, 50), number(values.seed, 1)];
  const { table, stages, breaches } = await breakCity({
    seed,
    minutes,
    serverKills: kills,
    databaseKills: Math.ceil(kills / 6),
    clockJumps: Math.ceil(kills / 4),
    walkers: 8,
    say: (line) => console.log(line),
  });
  console.log(`\nstages: ${Array.from(stages, ([stage, count]) => `${stage} ${count}`).join(', ')}\n`);
  const width = Math.max(...table.map(([what]) => what.length));
  for (const [what, count] of table) console.log(`${what.padEnd(width)}  ${String(count).padStart(8)}`);
  for (const breach of breaches.slice(0, 50)) console.error(breach);
  process.exitCode = breaches.length > 0 ? 1 : 0;
}

function number(text: string | undefined, otherwise: number): number {
  const read = Number(text ?? otherwise);
  if (!Number.isFinite(read) || read < 0) throw new RangeError(`a number is expected, not ${text}`);
  return read;
}

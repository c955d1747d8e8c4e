// Which tests there are and how they run: what needs no browser first, then what people do in a city, and last, alone, what breaks one.
import { availableParallelism } from 'node:os';
import { fileURLToPath } from 'node:url';
import { configDefaults, defineConfig, type TestProjectInlineConfiguration } from 'vitest/config';
import { findScratchInMemory } from './test/support/scratch-place.ts';

// For this process and all that it starts; whoever names a folder has it.
const scratch = process.env['TMPDIR'] ?? findScratchInMemory();
if (scratch !== undefined) process.env['TMPDIR'] = scratch;

/** Each of these starts a city and a browser. */
const journeys = ['test/journeys/**/*.test.ts'];
/** These take the whole machine, and have clocks of their own. */
const alone = ['test/faults/**/*.test.ts', 'test/first-job/**/*.test.ts'];
/** When journeys begin, whatever day it is here: a Monday, ten in the morning in Beijing. */
const moment = Date.parse(process.env['WUTONG_TEST_MOMENT'] ?? '2026-11-09T10:00:00+08:00');

const shared: TestProjectInlineConfiguration['test'] = {
  setupFiles: ['test/support/repeatable-chance.ts'],
  // A test that is left focused would silently switch off all others.
  allowOnly: false,
  // Enough for a browser on a busy machine; nothing is judged by its time.
  testTimeout: 180_000,
  hookTimeout: 240_000,
  // What is waited for may come late; a second, which is usual, is short for a page among other work.
  expect: { poll: { timeout: 15_000 } },
};
/** One core is left to PostgreSQL and the programs that tests start: on two cores, two at once took longer than one after the other. */
const besides = Math.max(1, availableParallelism() - 1);

export default defineConfig({
  test: {
    // Once for all: the servers of the run, and the cities that are copied, are theirs together.
    globalSetup: ['test/support/postgres-setup.ts', 'test/support/city-templates-setup.ts'],
    projects: [
      {
        test: {
          ...shared,
          name: 'parts',
          include: ['src/**/*.test.ts', 'test/**/*.test.ts', 'web/**/*.test.{ts,tsx}'],
          exclude: [...configDefaults.exclude, ...journeys, ...alone],
          // They share one PostgreSQL, which takes 200 connections.
          maxWorkers: Math.min(6, besides),
          sequence: { groupOrder: 0 },
        },
      },
      {
        test: {
          ...shared,
          name: 'journeys',
          include: journeys,
          maxWorkers: Math.min(2, besides),
          sequence: { groupOrder: 1 },
          env: {
            NODE_OPTIONS: `--import=${fileURLToPath(new URL('test/support/fixed-day.ts', import.meta.url))}`,
            WUTONG_TEST_CLOCK_OFFSET: String(moment - Date.now()),
          },
        },
      },
      { test: { ...shared, name: 'alone', include: alone, maxWorkers: 1, sequence: { groupOrder: 2 } } },
    ],
  },
});

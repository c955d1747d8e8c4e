// The one setting of the benchmark: date, parameter, seed, and how many people each part asks about.
import { fileURLToPath } from 'node:url';
import type { Setting } from './engines/engine.ts';

export const setting: Setting = { date: '2026-06-30', retainedShare: 0.4 };
export const seed = 20260630;

/** People in the check of agreement, unless an engine says fewer. */
export const agreementPeople = 20000;
/** Distinct people that each engine is asked about, over and over, while it is timed. */
export const timedPeople = 20000;
/** Engines slower than this are timed person by person, faster ones in batches of {@link batchPeople}. */
export const batchBelowMicroseconds = 2;
export const batchPeople = 1000;
export const rounds = 7;
/** How long one engine runs in one round, in each of the two ways. */
export const roundMs = 350;
export const coldStarts = 7;
export const missingPeople = 2000;
export const missingShare = 0.1;

export const benchFolder = fileURLToPath(new URL('.', import.meta.url));
export const projectFolder = fileURLToPath(new URL('..', import.meta.url));

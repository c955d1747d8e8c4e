// A step of the browser's history: which page, how deep, and what of it; and how one that the browser kept is read.
import type { Within } from './ask-place-page.tsx';
import type { CityHeading } from './data.ts';
import { served } from './find-jurisdictions.ts';

const screens = ['start', 'work', 'home', 'choose', 'question', 'results', 'sheet', 'about'] as const;

export type Screen = (typeof screens)[number];

/** A step of the history. */
export interface Step {
  readonly screen: Screen;
  readonly depth: number;
  /** Whether a question was opened from the result. */
  readonly isFromResults: boolean;
  /** Of a question on a place: what is looked into. */
  readonly within?: Within;
  /** Of a question: how many were dealt with before it, so that the way back and forward finds it again. */
  readonly at?: number;
}

export const firstStep: Step = { screen: 'start', depth: 0, isFromResults: false };

/** The step that the browser kept; undefined where it is none of ours. What of it names nothing that is there is left out. */
export function readStep(kept: unknown, cities: readonly CityHeading[]): Step | undefined {
  if (typeof kept !== 'object' || kept === null || !('wutong' in kept)) return undefined;
  const step = kept.wutong;
  if (typeof step !== 'object' || step === null) return undefined;
  const told: Readonly<Record<string, unknown>> = { ...step };
  const screen = screens.find((one) => one === told['screen']);
  if (screen === undefined) return undefined;
  const { depth, isFromResults, within, at } = told;
  const isCity = typeof within === 'number' && served(cities).some(({ code }) => Math.floor(code / 100) * 100 === within);
  return {
    screen,
    depth: isCount(depth) ? depth : 0,
    isFromResults: isFromResults === true,
    ...(isCity || within === 'elsewhere' ? { within } : {}),
    ...(isCount(at) ? { at } : {}),
  };
}

function isCount(value: unknown): value is number {
  return Number.isSafeInteger(value) && Number(value) >= 0;
}

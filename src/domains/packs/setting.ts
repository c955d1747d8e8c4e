// What the office sets for a year by decision: parameters, readings of open questions and promised working days; which of them hold for a version. Pure.
import { formatDate, MAX_FEN, MICRO, parseDate, type Policy, type ValueType } from '../../policy/index.ts';

/** What can be set. */
export type SettingKind = 'parameter' | 'reading' | 'promise';

/** proposed → approved by somebody else, or declined; an approved one is replaced by the next for the same year. */
export type SettingState = 'proposed' | 'approved' | 'declined' | 'replaced';

/** What is set for a version. */
export interface PackSettings {
  /** Every parameter of the version by name, encoded as a fact of its type (fen, millionths, days); null while the office has not set it. */
  readonly parameters: Readonly<Record<string, number | null>>;
  /** The alternative in force of every reading of the version, by the reading's name. */
  readonly readings: Readonly<Record<string, string>>;
  /** Working days by `procedure/step`, steps counted from 1, and of publicity by `procedure/publicity`; what neither document nor office says is not there. */
  readonly promises: Readonly<Record<string, number>>;
}

/** A setting that was approved. */
export interface ApprovedSetting {
  readonly kind: SettingKind;
  readonly name: string;
  readonly year: number;
  readonly value: number | string;
}

/**
 * What holds for a version in a year. A parameter is set for each year anew: without a decision for that year the version's own value holds,
 * or none. Readings and promises hold until another decision: the latest of the year or before counts. What the version does not know, such as
 * an alternative that it lacks, has no effect.
 */
export function settingsFor(policy: Policy, year: number, approved: readonly ApprovedSetting[]): PackSettings {
  const latest = (kind: SettingKind, name: string): number | string | undefined =>
    approved.filter((each) => each.kind === kind && each.name === name && each.year <= year).reduce<ApprovedSetting | undefined>((best, each) => (best === undefined || each.year > best.year ? each : best), undefined)?.value;
  const parameters: Record<string, number | null> = {};
  for (const { name, value } of policy.parameters) {
    const set = approved.find((each) => each.kind === 'parameter' && each.name === name && each.year === year)?.value;
    parameters[name] = typeof set === 'number' ? set : value;
  }
  const readings: Record<string, string> = {};
  for (const { name, alternatives, inForce } of policy.readings) {
    const chosen = alternatives.find((alternative) => alternative.name === latest('reading', name)) ?? alternatives[inForce];
    if (chosen !== undefined) readings[name] = chosen.name;
  }
  const promises: Record<string, number> = {};
  for (const procedure of policy.procedures) {
    procedure.steps.forEach(({ workingDays }, index) => {
      const name = promiseName(procedure.id, index + 1);
      const days = latest('promise', name) ?? workingDays;
      if (typeof days === 'number') promises[name] = days;
    });
    // The document's own publication step, unless the office set the days; it may publish where the document has no such step.
    const step = procedure.steps.findIndex(({ kind }) => kind === 'publication');
    const publicity = latest('promise', publicityName(procedure.id)) ?? promises[promiseName(procedure.id, step + 1)];
    if (typeof publicity === 'number') promises[publicityName(procedure.id)] = publicity;
  }
  return { parameters, readings, promises };
}

/** The name under which a step's working days are set; steps count from 1. */
export function promiseName(procedureId: string, stepNumber: number): string {
  return `${procedureId}/${stepNumber}`;
}

/** The name under which a procedure's working days of publicity are set. */
export function publicityName(procedureId: string): string {
  return `${procedureId}/publicity`;
}

/** What may be set of a version, as it is offered. */
export interface Settable {
  readonly kind: SettingKind;
  readonly name: string;
  /** Of a parameter. */
  readonly type?: ValueType;
  /** Of a reading. */
  readonly alternatives?: readonly string[];
}

/** Everything that may be set of a version. */
export function settablesOf(policy: Policy): readonly Settable[] {
  return [
    ...policy.parameters.map(({ name, type }): Settable => ({ kind: 'parameter', name, type })),
    ...policy.readings.map(({ name, alternatives }): Settable => ({ kind: 'reading', name, alternatives: alternatives.map((each) => each.name) })),
    ...policy.procedures.flatMap(({ id, steps }) => [...steps.map((_, index) => promiseName(id, index + 1)), publicityName(id)].map((name): Settable => ({ kind: 'promise', name }))),
  ];
}

const MOST_WORKING_DAYS = 365;
const MOST_YEARS = 99;

/**
 * The value as it is stored, or undefined where it is none for this setting.
 * @param given a share as a part of one (0.4), money in yuan, a date as `YYYY-MM-DD`, years, working days and plain numbers as they are; an alternative by its name
 */
export function encodeSetting({ kind, type, alternatives }: Settable, given: number | string): number | string | undefined {
  if (kind === 'reading') return typeof given === 'string' && alternatives?.includes(given) === true ? given : undefined;
  if (kind === 'promise') return typeof given === 'number' && Number.isInteger(given) && given >= 1 && given <= MOST_WORKING_DAYS ? given : undefined;
  switch (type) {
    case 'date':
      return typeof given === 'string' ? parseDate(given) : undefined;
    case 'money':
      return scaled(given, 100, MAX_FEN);
    case 'share':
      return scaled(given, MICRO, MICRO);
    case 'number':
      return scaled(given, MICRO, Number.MAX_SAFE_INTEGER);
    case 'years':
      return scaled(given, 1, MOST_YEARS);
    default:
      return undefined;
  }
}

/** A decimal in whole units; undefined where it has more places than they can hold. */
function scaled(given: number | string, unit: number, most: number): number | undefined {
  if (typeof given !== 'number' || !Number.isFinite(given) || given < 0) return undefined;
  const units = Math.round(given * unit);
  return units / unit === given && units <= most ? units : undefined;
}

/** A stored value as people write it; the other way round than {@link encodeSetting}. */
export function writtenSetting({ kind, type }: Pick<Settable, 'kind' | 'type'>, value: number | string): number | string {
  if (kind !== 'parameter' || typeof value === 'string') return value;
  switch (type) {
    case 'money':
      return value / 100;
    case 'share':
    case 'number':
      return value / MICRO;
    case 'date':
      return formatDate(value);
    default:
      return value;
  }
}

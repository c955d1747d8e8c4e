// What a text typed into the search box of cases means: the number of a case, or people and employers by name or number.

import type { Tx } from '../../storage/database.ts';
import { listJurisdictions } from '../departments/index.ts';
import { type Scope, scopeAlso } from '../permissions/index.ts';
import { type MatchLimits, matchParties, type PartyMatches, type RegistryTools } from '../registry/index.ts';

/** What is looked for. */
export type CaseWords =
  /** Cases of these numbers. */
  | { readonly kind: 'numbers'; readonly caseNumbers: readonly string[] }
  /** Cases about these people, or that rest with these employers. */
  | { readonly kind: 'parties'; readonly subjects: PartyMatches; readonly employers: PartyMatches };

const NUMBER_DIGITS = 6;

/** Reads the text; a number without its county, such as 2026-123, is looked for in every county. */
export async function readCaseWords(tx: Tx, scope: Scope<'case.read'>, tools: Pick<RegistryTools, 'protector'>, typed: string, now: Date, limits?: MatchLimits): Promise<CaseWords> {
  const text = typed.normalize('NFKC').replaceAll(/[\s‐-―－]+/g, '-');
  const [, code, year, number] = /^(?:(\d{6})-)?(\d{4})-(\d{1,9})$/.exec(text) ?? [];
  if (year !== undefined && number !== undefined) {
    const codes = code === undefined ? (await listJurisdictions(tx, scopeAlso(scope, 'department.read'))).map((one) => one.code) : [code];
    return { kind: 'numbers', caseNumbers: codes.map((one) => `${one}-${year}-${number.padStart(NUMBER_DIGITS, '0')}`) };
  }
  const subjects = await matchParties(tx, scope, tools, 'person', typed, now, limits);
  return { kind: 'parties', subjects, employers: await matchParties(tx, scope, tools, 'organisation', typed, now, limits) };
}

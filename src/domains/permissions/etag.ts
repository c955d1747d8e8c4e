// ETags of rows that count their versions: made, and read from If-Match.
import { Refusal } from '../../contract/errors.ts';

/** The ETag of a version. */
export function etagOf(version: number): string {
  return `"${version}"`;
}

/**
 * The version that a change was made from.
 * @throws Refusal precondition-required without If-Match, changed-meanwhile for one that no version has.
 */
export function versionOf(ifMatch: string | undefined): number {
  if (ifMatch === undefined || ifMatch.trim() === '') throw new Refusal('precondition-required');
  const version = /^(?:W\/)?"(\d{1,15})"$/.exec(ifMatch.trim())?.[1];
  if (version === undefined) throw new Refusal('changed-meanwhile');
  return Number(version);
}

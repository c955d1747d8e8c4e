// What changed from one version's files to another's, line by line. Pure.
import type { PackFiles } from './pack-ports.ts';

/** Lines that took the place of others; lines count from 1 and stand where the change begins. */
export interface ChangedLines {
  readonly oldLine: number;
  readonly newLine: number;
  readonly removed: readonly string[];
  readonly added: readonly string[];
}

/** A file that is not the same in both. */
export interface ChangedFile {
  readonly file: string;
  readonly change: 'added' | 'removed' | 'changed';
  readonly lines: readonly ChangedLines[];
}

/** The files that differ, by name. */
export function compareFiles(before: PackFiles, after: PackFiles): readonly ChangedFile[] {
  const names = [...new Set([...Object.keys(before), ...Object.keys(after)])].sort();
  return names.flatMap((file): ChangedFile[] => {
    const [old, fresh] = [before[file], after[file]];
    if (old === fresh) return [];
    const change = old === undefined ? 'added' : fresh === undefined ? 'removed' : 'changed';
    return [{ file, change, lines: compareLines(linesOf(old), linesOf(fresh)) }];
  });
}

function linesOf(text: string | undefined): readonly string[] {
  if (text === undefined || text === '') return [];
  const lines = text.split('\n');
  return lines.at(-1) === '' ? lines.slice(0, -1) : lines;
}

/** Beyond so many pairs of lines the middle counts as replaced whole: a table of them would fill the memory. */
const MOST_PAIRS = 4_000_000;

/** The least that has to be removed and added, in the order of the lines. */
export function compareLines(before: readonly string[], after: readonly string[]): readonly ChangedLines[] {
  let start = 0;
  while (start < before.length && start < after.length && before[start] === after[start]) start++;
  let end = 0;
  while (end < before.length - start && end < after.length - start && before[before.length - 1 - end] === after[after.length - 1 - end]) end++;
  const old = before.slice(start, before.length - end);
  const fresh = after.slice(start, after.length - end);
  if (old.length === 0 && fresh.length === 0) return [];
  if (old.length === 0 || fresh.length === 0 || old.length * fresh.length > MOST_PAIRS) return [{ oldLine: start + 1, newLine: start + 1, removed: old, added: fresh }];
  return walk(old, fresh, start);
}

/** Follows the longest common lines of both, and gathers what lies between them. */
function walk(old: readonly string[], fresh: readonly string[], start: number): readonly ChangedLines[] {
  const width = fresh.length + 1;
  // How many lines are common from a pair of places on.
  const common = new Uint32Array((old.length + 1) * width);
  const at = (i: number, j: number): number => common[i * width + j] ?? 0;
  for (let i = old.length - 1; i >= 0; i--) {
    for (let j = fresh.length - 1; j >= 0; j--) common[i * width + j] = old[i] === fresh[j] ? at(i + 1, j + 1) + 1 : Math.max(at(i + 1, j), at(i, j + 1));
  }
  const changes: ChangedLines[] = [];
  for (let i = 0, j = 0; i < old.length || j < fresh.length; ) {
    if (i < old.length && j < fresh.length && old[i] === fresh[j]) {
      i++;
      j++;
      continue;
    }
    const [fromOld, fromNew] = [i, j];
    while ((i < old.length || j < fresh.length) && !(i < old.length && j < fresh.length && old[i] === fresh[j])) {
      if (j >= fresh.length || (i < old.length && at(i + 1, j) >= at(i, j + 1))) i++;
      else j++;
    }
    changes.push({ oldLine: start + fromOld + 1, newLine: start + fromNew + 1, removed: old.slice(fromOld, i), added: fresh.slice(fromNew, j) });
  }
  return changes;
}

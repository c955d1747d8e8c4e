// The cities that an authoring command is about: one by --city, or all.

import { listCities } from '../authoring/workspace.ts';
import { nearest } from '../policy/problems.ts';
import { type Arguments, valueOf } from './arguments.ts';
import type { Messages } from './messages.ts';
import { UsageError } from './usage-error.ts';

/** Ids of the cities. @throws UsageError where --city names none. */
export function chooseCities(root: string, args: Arguments, say: Messages): readonly string[] {
  const known = listCities(root);
  const name = valueOf(args, 'city');
  if (name === undefined) return known;
  if (!known.includes(name)) throw new UsageError(say.unknownCity(name, nearest(name, known), known));
  return [name];
}

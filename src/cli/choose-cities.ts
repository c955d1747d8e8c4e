// The cities that an authoring command is about: one by --city, or all.

import { listCities, loadCity, type Workspace } from '../authoring/workspace.ts';
import { type Arguments, valueOf } from './arguments.ts';
import { matchCity } from './match-city.ts';
import type { Messages } from './messages.ts';

/** Ids of the cities. @throws UsageError where --city names none. */
export function chooseCities(workspace: Workspace, args: Arguments, say: Messages): readonly string[] {
  const known = listCities(workspace.root);
  const name = valueOf(args, 'city');
  if (name === undefined) return known;
  // An id, as it is mostly given, needs no file read.
  if (known.includes(name)) return [name];
  return [matchCity(name, known.map((id) => loadCity(workspace, id).source?.city ?? { id, title: { zh: id, en: id }, code: 0 }), say).id];
}

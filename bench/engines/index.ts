// The engines of the benchmark, in the order of its tables, each loaded only when asked for.
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { projectFolder } from '../setting.ts';
import type { Engine } from './engine.ts';

const loaders = {
  wutong: async () => (await import('./wutong.ts')).wutong,
  'wutong-answer': async () => (await import('./wutong.ts')).wutongAnswer,
  'hand-columns': async () => (await import('./hand-columns.ts')).handColumns,
  'hand-objects': async () => (await import('./hand-objects.ts')).handObjects,
  'hand-kleene': async () => (await import('./hand-kleene.ts')).handKleene,
  cel: async () => (await import('./cel.ts')).cel,
  zen: async () => (await import('./zen.ts')).zen,
  'zen-expressions': async () => (await import('./zen.ts')).zenExpressions,
  feelin: async () => (await import('./feelin.ts')).feelin,
  'feelin-evaluate': async () => (await import('./feelin.ts')).feelinEvaluate,
  'json-rules-engine': async () => (await import('./json-rules-engine.ts')).jsonRulesEngine,
  publicodes: async () => (await import('./publicodes.ts')).publicodes,
} satisfies Record<string, () => Promise<Engine>>;

export type EngineId = keyof typeof loaders;

/** Wutong's packs are compiled by its build. */
export const isWutongBuilt = existsSync(join(projectFolder, 'dist', 'packs', 'manifest.js'));

/** Those that can run here: all, or all but Wutong where the project is not built. */
export const engineIds = (Object.keys(loaders) as EngineId[]).filter((id) => isWutongBuilt || !id.startsWith('wutong'));

export function loadEngine(id: string): Promise<Engine> {
  const load = loaders[id as EngineId];
  if (load === undefined) throw new Error(`no engine ${id}; there are: ${engineIds.join(', ')}`);
  return load();
}

// A city with seeded people for tests of search, lists and whatever needs many of them: the very load of `npm run seed`.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openKeys } from '../../src/adapters/cryptography/sm4-protector.ts';
import { openWorkspace } from '../../src/authoring/workspace.ts';
import { foundCity } from '../../src/domains/departments/index.ts';
import { openFactBook, type RegistryTools } from '../../src/domains/registry/index.ts';
import { loadPeople, type LoadOptions, type LoadOutcome } from '../../src/seed/load-people.ts';
import { schoolsOf } from '../../src/seed/schools.ts';
import { openDatabase } from '../../src/storage/database.ts';
import { makeTestDatabase, type TestDatabase } from './database.ts';
import type { PostgresChoice } from './postgres.ts';

/** Seed of all seeded cities in tests. */
export const SEED = 7;

/** A database with one city and its people. */
export interface SeededCity {
  readonly database: TestDatabase;
  readonly tenantId: number;
  readonly tools: RegistryTools;
  readonly outcome: LoadOutcome;
  /** What the load was asked; to load again. */
  readonly options: LoadOptions;
  drop(): Promise<void>;
}

const jurisdictions = [
  ['220202', '昌邑区'], ['220203', '龙潭区'], ['220204', '船营区'], ['220211', '丰满区'], ['220221', '永吉县'], ['220271', '吉林经济开发区'],
  ['220272', '吉林高新技术产业开发区'], ['220273', '吉林中国新加坡食品区'], ['220281', '蛟河市'], ['220282', '桦甸市'], ['220283', '舒兰市'], ['220284', '磐石市'],
] as const;
const departments = ['市公安局', '市教育局', '市社保局', '市人社局', '市住建局', '市委组织部', '市市场监管局'];

/** Reference data and vocabulary of the real packs. */
function seedPacks(): LoadOptions['packs'] {
  const { vocabularies, reference } = openWorkspace(join(import.meta.dirname, '../..'));
  return { vocabularies, reference };
}

/** Founds 吉林市 in a database of its own and loads people. */
export async function makeSeededCity({ people, on = 'own' }: { readonly people: number; readonly on?: PostgresChoice }): Promise<SeededCity> {
  const database = await makeTestDatabase({ on });
  const folder = mkdtempSync(join(tmpdir(), 'wutong-seeded-'));
  const keysFile = join(folder, 'wutong.keys');
  const protector = await openKeys({ path: keysFile, hasSealedData: async () => false });
  const owner = openDatabase(database.ownerUrl, { connections: 1, role: null });
  const { tenantId } = await foundCity(owner, {
    code: 'jilin-city',
    name: '吉林市',
    placeCode: '220200',
    jurisdictions: [{ code: '220200', parentCode: null, name: '吉林市' }, ...jurisdictions.map(([code, name]) => ({ code, parentCode: '220200', name }))],
    departments: departments.map((name, at) => ({ code: `d${at + 10}`, name, jurisdictionCode: '220200' })),
  });
  const rows = await owner.kysely.selectFrom('departments').select(['name', 'department_id']).where('tenant_id', '=', tenantId).execute();
  await owner.close();
  const packs = seedPacks();
  const options: LoadOptions = {
    url: database.ownerUrl,
    keysFile,
    protector,
    packs,
    schools: schoolsOf(packs.reference),
    setting: { tenantId, seed: SEED, departments: Object.fromEntries(rows.map((row) => [row.name, row.department_id])), topJurisdiction: '220200', today: '2026-11-21' },
    people,
  };
  const outcome = await loadPeople(options);
  return {
    database,
    tenantId,
    tools: { protector, factBook: openFactBook(packs) },
    outcome,
    options,
    async drop() {
      await database.drop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

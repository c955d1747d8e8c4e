// A sample city on a real database for tests of what stands on the registry: departments, tools, people with valid numbers.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openKeys } from '../../src/adapters/cryptography/sm4-protector.ts';
import { identityCheckCharacter } from '../../src/contract/identity-number.ts';
import { jobScope } from '../../src/domains/permissions/index.ts';
import { createPeople, openFactBook, type RegistryTools } from '../../src/domains/registry/index.ts';
import { inTenant, newId } from '../../src/storage/database.ts';
import { asOwner, makeTenant, makeTestDatabase, type TestDatabase } from './database.ts';
import { openRealPacks } from './real-packs.ts';

/** A city with two departments of its own and one of a district. */
export interface SampleRegistry {
  readonly database: TestDatabase;
  readonly tenantId: number;
  readonly tools: RegistryTools;
  /** The file of keys, for processes that a test starts. */
  readonly keysFile: string;
  readonly departments: { readonly insurance: string; readonly education: string; readonly district: string };
  /** Enters people 张三一, 张三二 … of 昌邑区 with numbers of their own; gives their numbers and ids. */
  addPeople(count: number, jurisdictionCode?: string): Promise<readonly { readonly number: string; readonly partyId: string; readonly name: string }[]>;
  drop(): Promise<void>;
}

const digits = ['零', '一', '二', '三', '四', '五', '六', '七', '八', '九'];

/** A valid identity number of a sample person; each `index` below 900,000 gives another. */
export function sampleNumber(index: number): string {
  const day = String(1 + (Math.floor(index / 900) % 28)).padStart(2, '0');
  const month = String(1 + (Math.floor(index / 25_200) % 12)).padStart(2, '0');
  const year = 1970 + Math.floor(index / 302_400);
  const seventeen = `220202${year}${month}${day}${String(100 + (index % 900))}`;
  return `${seventeen}${identityCheckCharacter(seventeen)}`;
}

/** The name of a sample person: 张三 with its index in Chinese digits. */
export function sampleName(index: number): string {
  return `张三${String(index).replace(/\d/g, (digit) => digits[Number(digit)] ?? '')}`;
}

/** Makes the sample city; whoever makes it drops it. */
export async function makeSampleRegistry(): Promise<SampleRegistry> {
  const database = await makeTestDatabase();
  const tenantId = await makeTenant(database, { jurisdictions: [{ code: '220202', name: '昌邑区' }, { code: '220203', name: '龙潭区' }] });
  const keyFolder = mkdtempSync(join(tmpdir(), 'wutong-keys-'));
  const keysFile = join(keyFolder, 'wutong.keys');
  const { workspace } = openRealPacks();
  const factBook = openFactBook({ vocabularies: workspace.vocabularies, reference: workspace.reference });
  const tools: RegistryTools = { protector: await openKeys({ path: keysFile, hasSealedData: async () => false }), factBook };
  const departments = { insurance: newId(), education: newId(), district: newId() };
  await asOwner(database, (client) =>
    client.query(
      `insert into departments (tenant_id, department_id, code, name, jurisdiction_code)
       values ($1, $2, 'insurance', '样例市医保局', '220200'), ($1, $3, 'education', '样例市教育局', '220200'), ($1, $4, 'district', '昌邑区人社局', '220202')`,
      [tenantId, departments.insurance, departments.education, departments.district],
    ),
  );
  let made = 0;
  return {
    database,
    tenantId,
    tools,
    keysFile,
    departments,
    addPeople: async (count, jurisdictionCode = '220202') => {
      const people = Array.from({ length: count }, () => ({ number: sampleNumber(++made), name: sampleName(made) }));
      const entered = await inTenant(database.db, tenantId, (tx) =>
        createPeople(tx, jobScope(tenantId, 'samples', 'person.write'), tools, people.map(({ number, name }) => ({ name, jurisdictionCode, document: { kind: 'number', number } })), new Date('2026-01-01T00:00:00Z')),
      );
      return people.map((person, at) => {
        const one = entered[at];
        if (one === undefined || !('partyId' in one)) throw new Error(`sample person ${at} was not entered: ${JSON.stringify(one)}`);
        return { ...person, partyId: one.partyId };
      });
    },
    drop: async () => {
      await database.drop();
      rmSync(keyFolder, { recursive: true, force: true });
    },
  };
}

// Nothing lies about unused: on this project, and on a planted one with an unused file, export and dependency.
import { expect, test } from 'vitest';
import { findUnused } from './programs.ts';
import { plant, root } from './tree.ts';

test('this project: every file, export and dependency is used', async () => {
  expect(await findUnused(root)).toEqual([]);
});

test('planted project: what is unused is reported, what is used is not', async () => {
  const manifest = { name: 'planted', type: 'module', dependencies: { 'used-package': '1', 'unused-package': '1' } };
  const folder = plant(
    {
      'package.json': JSON.stringify(manifest),
      'src/cli/wutong.ts': "import 'used-package'\nimport { used } from '../policy/money.ts'\nconsole.log(used)\n",
      'src/policy/index.ts': 'export const published = 1\n',
      'src/policy/money.ts': 'export const used = 1\nexport const unused = 2\n',
      'src/policy/forgotten.ts': 'export const nobody = 1\n',
    },
    ['knip.json'],
  );
  expect((await findUnused(folder)).sort()).toEqual([
    'dependencies: package.json: unused-package',
    'exports: src/policy/money.ts: unused',
    'files: src/policy/forgotten.ts: src/policy/forgotten.ts',
  ]);
});

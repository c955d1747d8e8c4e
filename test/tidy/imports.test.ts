// Imports go the ways of the layout and no other: on this project, and on planted code that breaks each rule.
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { checkedFolders, checkImports } from './imports.ts';
import { listFiles, plant, root } from './tree.ts';

test('this project: every TypeScript file was looked at and no import goes a wrong way', async () => {
  const report = await checkImports(root);
  expect(report.violations).toEqual([]);
  const isSource = new RegExp(`^(${checkedFolders.join('|')})/.*\\.tsx?$`);
  const onDisk = listFiles(root).filter((path) => isSource.test(path));
  expect(onDisk.length).toBeGreaterThan(0);
  expect(report.modules.filter((path) => isSource.test(path)).sort()).toEqual(onDisk);
});

/** Rule → [importing file, what it imports]. */
const wrongWays: [rule: string, from: string, to: string][] = [
  ['policy-imports', 'src/policy/reads-a-file.ts', 'node:fs'],
  ['policy-imports', 'src/policy/uses-a-package.ts', 'fine-package'],
  ['policy-imports', 'src/policy/knows-the-author.ts', '../authoring/read.ts'],
  ['manual-imports', 'src/manual/reads-a-file.ts', 'node:fs'],
  ['manual-imports', 'src/manual/knows-the-author.ts', '../authoring/read.ts'],
  ['print-imports', 'src/print/knows-a-page.ts', '../../web/workbench/page.ts'],
  ['authoring-imports', 'src/authoring/knows-the-cli.ts', '../cli/print.ts'],
  ['contract-imports', 'src/contract/reads-a-file.ts', 'node:fs'],
  ['contract-imports', 'src/contract/knows-a-domain.ts', '../domains/cases/index.ts'],
  ['contract-imports', 'src/contract/knows-the-author.ts', '../authoring/read.ts'],
  ['storage-imports', 'src/storage/knows-a-domain.ts', '../domains/cases/index.ts'],
  ['domains-imports', 'src/domains/ledger/reaches-inside.ts', '../cases/case-store.ts'],
  ['domains-imports', 'src/domains/ledger/knows-an-adapter.ts', '../../adapters/sms.ts'],
  ['adapters-imports', 'src/adapters/reaches-inside.ts', '../domains/cases/case-store.ts'],
  ['spreadsheet-imports', 'src/spreadsheet/knows-a-domain.ts', '../domains/cases/index.ts'],
  ['seed-imports', 'src/seed/reaches-inside.ts', '../domains/cases/case-store.ts'],
  ['jobs-imports', 'src/jobs/knows-the-author.ts', '../authoring/read.ts'],
  ['cli-imports', 'src/cli/knows-storage.ts', '../storage/pool.ts'],
  ['print-imports', 'src/print/knows-the-cli.ts', '../cli/print.ts'],
  ['nobody-imports-main', 'src/cli/starts-main.ts', '../main/server.ts'],
  ['nobody-imports-bench', 'tools/measures.ts', '../bench/run.ts'],
  ['web/portal-imports', 'web/portal/reads-a-file.ts', 'node:fs'],
  ['web/portal-imports', 'web/portal/knows-a-domain.ts', '../../src/domains/cases/index.ts'],
  ['web/portal-imports', 'web/portal/knows-the-workbench.ts', '../workbench/page.ts'],
  ['web/workbench-imports', 'web/workbench/knows-storage.ts', '../../src/storage/pool.ts'],
  ['web/ui-imports', 'web/ui/knows-a-page.ts', '../workbench/page.ts'],
  ['web/offline-imports', 'web/offline/knows-a-page.ts', '../workbench/page.ts'],
  ['web/portal-imports', 'web/portal/runs-the-worker.ts', '../offline/service-worker.ts'],
  ['web/manual-imports', 'web/manual/reads-a-file.ts', 'node:fs'],
  ['web/manual-imports', 'web/manual/knows-a-page.ts', '../workbench/page.ts'],
  ['policy-imports', 'src/policy/knows-the-site.ts', 'wutong:portal-data-zh'],
  ['web/client-imports', 'web/client/knows-a-page.ts', '../workbench/page.ts'],
  ['web/i18n-imports', 'web/i18n/knows-a-page.ts', '../workbench/page.ts'],
  ['product-imports-no-tools', 'src/domains/cases/uses-a-tool.ts', '../../../tools/clean.ts'],
  ['product-imports-no-dev-dependency', 'src/authoring/uses-a-tool-of-ours.ts', 'dev-package'],
  ['every-import-resolves', 'tools/leads-nowhere.ts', './nothing-here.ts'],
  ['no-circle', 'src/policy/one.ts', './two.ts'],
];

const rightWays: [from: string, to: string][] = [
  ['src/authoring/read.ts', '../policy/money.ts'],
  ['src/print/sets-type.ts', 'fine-package'],
  ['src/authoring/parse.ts', 'fine-package'],
  ['src/authoring/open.ts', 'node:fs'],
  ['src/domains/ledger/meets-at-the-index.ts', '../cases/index.ts'],
  ['src/domains/cases/index.ts', './case-store.ts'],
  ['src/domains/cases/case-store.ts', '../../storage/pool.ts'],
  ['src/domains/cases/list-cases.ts', '../../spreadsheet/index.ts'],
  ['src/seed/load.ts', '../domains/cases/index.ts'],
  ['src/jobs/nightly.ts', '../domains/cases/index.ts'],
  ['src/cli/check.ts', '../authoring/read.ts'],
  ['src/main/server.ts', '../adapters/sms.ts'],
  ['src/policy/money.test.ts', 'dev-package'],
  ['src/contract/schema.ts', 'fine-package'],
  ['src/manual/tell.ts', '../policy/money.ts'],
  ['src/print/draw.ts', '../manual/tell.ts'],
  ['web/manual/page.ts', '../../src/manual/tell.ts'],
  ['web/manual/menu.ts', 'wutong:menu-index-zh'],
  ['web/portal/home.ts', '../../src/policy/money.ts'],
  ['web/portal/starts.ts', 'wutong:portal-data-zh'],
  ['web/portal/greets.ts', 'wutong:portal-cities'],
  ['web/portal/keeps.ts', '../offline/keep-offline.ts'],
  ['web/offline/service-worker.ts', 'wutong:build-files'],
];

test('planted imports: each wrong way is reported under its rule, and no right way is', async () => {
  const files: Record<string, string> = {
    'package.json': JSON.stringify({ type: 'module', dependencies: { 'fine-package': '1' }, devDependencies: { 'dev-package': '1' } }),
    'src/policy/two.ts': "import './one.ts'\n",
  };
  for (const [from, to] of [...rightWays, ...wrongWays.map(([, from, to]) => [from, to] as const)]) {
    // Imports of types must count as well as imports of values; only a package for development may lend its types.
    files[from] = `import ${to === 'dev-package' ? '' : 'type '}{ T } from '${to}'\nexport type U = T\n`;
  }
  for (const path of ['src/policy/money', 'src/spreadsheet/index', 'src/cli/print', 'src/adapters/sms', 'src/storage/pool', 'bench/run', 'web/workbench/page', 'web/offline/keep-offline', 'tools/clean']) {
    files[`${path}.ts`] ??= 'export const value = 1\n';
  }
  const folder = plant(files);
  for (const name of ['fine-package', 'dev-package']) {
    mkdirSync(join(folder, 'node_modules', name), { recursive: true });
    writeFileSync(join(folder, 'node_modules', name, 'package.json'), JSON.stringify({ name, version: '1.0.0', main: 'index.js' }));
    writeFileSync(join(folder, 'node_modules', name, 'index.js'), '');
  }

  const { violations } = await checkImports(folder);

  const reported = new Set(violations.map((line) => line.split(' → ')[0]));
  for (const [rule, from] of wrongWays) expect(reported, `${rule} on ${from}`).toContain(`${rule}: ${from}`);
  for (const [from] of rightWays) expect(violations.filter((line) => line.includes(`: ${from} → `))).toEqual([]);
});

// The import directions of the project, checked by test/tidy/imports.test.ts; a folder may import what its rule names and nothing else.
const tests = String.raw`\.test\.tsx?$`;

// What may come from outside the project, as kinds that dependency-cruiser knows.
const nothing = [];
const packages = ['npm', 'npm-optional'];
const packagesAndNode = [...packages, 'core'];

/** A rule: files of `folder` (its tests apart) import only each other, `allowed` and `outside`. */
const only = (folder, allowed, outside, why) => ({
  name: `${folder.replace('src/', '')}-imports`,
  severity: 'error',
  comment: why,
  from: { path: `^${folder}/`, pathNot: tests },
  to: { pathNot: [`^${folder}/`, ...allowed], dependencyTypesNot: outside },
});
const policy = '^src/policy/';
const manual = '^src/manual/';
const contract = '^src/contract/';
const storage = '^src/storage/';
// Modules that the build makes for the site (tools/build-web.ts).
const portalData = '^wutong:(portal-(data-(zh|en)|cities)|remarks-(zh|en))$';
const buildFiles = '^wutong:build-files$';
// What the workbench takes from the packs: which days are worked, and how facts are called.
const deskData = '^wutong:(working-calendar|fact-words|fact-units)$';
const menuData = '^wutong:menu-(index-(zh|en)|shells)$';
const spreadsheet = '^src/spreadsheet/';
const domainIndex = '^src/domains/[^/]+/index\\.ts$';

export default {
  forbidden: [
    only('src/policy', [], nothing, 'The engine runs in a browser, on a phone and in a database server alike: it imports nothing but itself.'),
    only('src/manual', [policy], nothing, 'The manual is told alike to pages, to print and to the server: it knows none of them.'),
    only('src/print', [policy, manual], packagesAndNode, 'What is printed is set from what the manual tells, at the build and in the server alike.'),
    only('src/authoring', [policy], packagesAndNode, 'Packs are read and compiled without knowing who will use them.'),
    only('src/contract', [policy], packages, 'The contract is shared with the web, so it knows nothing of the server.'),
    only('src/storage', [policy, contract], packagesAndNode, 'Storage knows no domain.'),
    only('src/adapters', [policy, contract, domainIndex], packagesAndNode, 'An adapter serves a domain through what the domain publishes.'),
    only('src/spreadsheet', [contract], packagesAndNode, 'A spreadsheet is read and written whatever it holds; what is wrong with one is told from the catalogue of errors.'),
    only('src/seed', [policy, contract, storage, domainIndex, '^src/adapters/cryptography/'], packagesAndNode, 'Seeded people are made by what the domains publish; its threads open the keys themselves.'),
    only('src/demo', [contract, '^src/seed/random\\.ts$'], packages, 'A year is planned without knowing who lets it pass.'),
    only('src/jobs', [policy, contract, domainIndex], packagesAndNode, 'A job calls use cases.'),
    only('src/cli', [policy, contract, domainIndex, '^src/authoring/'], packagesAndNode, 'The command line calls use cases and the authoring tools.'),
    {
      name: 'domains-imports',
      severity: 'error',
      comment: 'A domain stands on contract, policy, storage and spreadsheets, and meets another domain only at its index.',
      from: { path: '^src/domains/([^/]+)/', pathNot: tests },
      to: {
        pathNot: ['^src/domains/$1/', domainIndex, policy, contract, storage, spreadsheet],
        dependencyTypesNot: packagesAndNode,
      },
    },
    only('web/ui', [policy, contract, '^web/i18n/'], packages, 'Parts know no page.'),
    only('web/client', [policy, contract], packages, 'The client knows the contract, and no page.'),
    only('web/offline', [buildFiles], packages, 'What keeps the site at hand works whatever the site is.'),
    only('web/i18n', [policy, contract], packages, 'Words know no page.'),
    ...['web/portal', 'web/workbench', 'web/demo'].map((page) =>
      only(page, [policy, contract, '^web/(ui|client|i18n)/', '^web/offline/keep-offline\\.ts$', '^src/manual/addresses\\.ts$', portalData, deskData], packages, 'A page sees policy, contract and the shared parts of the web.'),
    ),
    only('web/manual', [policy, manual, '^web/ui/', menuData], packages, 'The pages of the manual draw what the manual tells, with the shared parts of the web.'),
    {
      name: 'nobody-imports-main',
      severity: 'error',
      comment: 'src/main puts everything together; only tests may start it.',
      from: { pathNot: ['^src/main/', '^test/', tests] },
      to: { path: '^src/main/' },
    },
    {
      name: 'nobody-imports-bench',
      severity: 'error',
      comment: 'bench/ is a package of its own.',
      from: { pathNot: '^bench/' },
      to: { path: '^bench/' },
    },
    {
      name: 'product-imports-no-tools',
      severity: 'error',
      comment: 'What is shipped does not lean on tools, tests or built files.',
      from: { path: '^(src|web)/', pathNot: tests },
      to: { path: ['^(tools|test|bin|dist)/', tests] },
    },
    {
      name: 'product-imports-no-dev-dependency',
      severity: 'error',
      comment: 'A user installs "dependencies" only.',
      from: { path: '^(src|web)/', pathNot: tests },
      to: { dependencyTypes: ['npm-dev', 'npm-no-pkg', 'npm-unknown'], dependencyTypesNot: ['type-only'] },
    },
    {
      name: 'no-circle',
      severity: 'error',
      comment: 'In a circle nothing can be read, tested or loaded first; types count too.',
      from: {},
      to: { circular: true },
    },
    {
      name: 'every-import-resolves',
      severity: 'error',
      comment: 'An import that leads nowhere escapes every rule above.',
      from: {},
      to: { couldNotResolve: true, pathNot: [portalData, buildFiles, menuData, deskData] },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '^(dist|bench/node_modules)/' },
    // Imports of types count: a direction is a direction.
    tsPreCompilationDeps: true,
    combinedDependencies: false,
    // Packages that export one file for Node and another for browsers.
    enhancedResolveOptions: { exportsFields: ['exports'], conditionNames: ['node', 'import', 'require', 'default', 'types'] },
  },
};

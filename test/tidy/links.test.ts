// Links in the pages lead somewhere: in this project, and in planted pages.
import { expect, test } from 'vitest';
import { findDeadLinks } from './links.ts';
import { listFiles, plant, root } from './tree.ts';

test('this project: every link to a file or heading resolves', () => {
  expect(listFiles(root).filter((path) => path.endsWith('.md')).length).toBeGreaterThan(0);
  expect(findDeadLinks(root)).toEqual([]);
});

test('planted pages: dead links are reported, good ones are not', () => {
  const folder = plant({
    'README.md': [
      '# 梧桐 (Wutong): start!',
      '[page](docs/page.md) [heading](docs/page.md#the-总账-ledger) [second](docs/page.md#twice-1) [here](#梧桐-wutong-start)',
      '[folder](docs/) [site](https://example.org/nothing) [mark](docs/page.md#by-hand)',
      '`[code](no/file.md)`',
      '```md',
      '[fenced](no/file.md)',
      '```',
      '[gone](docs/gone.md) [no heading](docs/page.md#gone) [not here](#gone) ![picture](gone.png) [out](../outside.md)',
      '',
      '[reference]: docs/gone-too.md',
    ].join('\n'),
    'docs/page.md': '# The 总账 (ledger)\n\n## Twice\n\n## Twice\n\n<a id="by-hand"></a>\n[up](../README.md) [wrong](README.md)\n',
  });
  expect(findDeadLinks(folder)).toEqual([
    'README.md: docs/gone.md',
    'README.md: docs/page.md#gone',
    'README.md: #gone',
    'README.md: gone.png',
    'README.md: ../outside.md',
    'README.md: docs/gone-too.md',
    'docs/page.md: README.md',
  ]);
});

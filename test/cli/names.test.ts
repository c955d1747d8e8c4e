// What people call things: jurisdictions by their short names, documents known by name only, addresses of pages as they are copied.

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { person, type Ran, root, wutong } from './run-wutong.ts';

const asOf = ['--date', '2026-06-30'];
const somebody = person('张三一', { 学历: '硕士研究生' });

test('a short name is as good as the whole one where only one jurisdiction bears it', async () => {
  const answers = await Promise.all(['siping', '四平市', '四平', 'Siping City', 'siping city', 'Siping', '220300'].map((city) => wutong(['evaluate', '--city', city, ...asOf, '-'], somebody)));
  for (const answer of answers) expect(answer).toEqual(answers[0]);
  expect(answers[0]?.status).toBe(0);
  const [goals, coverage, ambiguous, english, slip] = await Promise.all([
    wutong(['goals', '--city', '二道']), wutong(['coverage', '--city', '四平', '--format', 'json']), wutong(['goals', '--city', '吉林']),
    wutong(['coverage', '--city', 'Jilin', '--lang', 'en']), wutong(['goals', '--city', '长春是']),
  ]);
  expect(goals.out).toMatch(/^二道区：/);
  expect((JSON.parse(coverage.out) as { city: string }[])[0]?.city).toBe('siping');
  expect(ambiguous).toEqual({ status: 2, out: '', err: '“吉林”可以是吉林市（jilin-city）或吉林省（jilin-province），请写全\n' });
  expect(english).toEqual({ status: 2, out: '', err: '"Jilin" may be Jilin City (jilin-city) or Jilin Province (jilin-province); write it in full\n' });
  expect(slip.err).toMatch(/^没有“长春是”这个城市，是不是“长春市”。/);
});

test('of a document known by name only it is said that nothing of it can be computed', async () => {
  const named = ['--city', 'changchun', '--policy', 'changchun-talent-2.0'];
  const [evaluate, title, goals, coverage, english] = await Promise.all([
    wutong(['evaluate', ...named, ...asOf, '-'], somebody), wutong(['evaluate', '--city', 'changchun', '--policy', '长春市人才政策2.0版', '-'], somebody), wutong(['goals', ...named]),
    wutong(['coverage', ...named]), wutong(['readings', ...named, '--lang', 'en']),
  ]);
  for (const ran of [evaluate, title, goals, coverage]) {
    expect(ran).toMatchObject({ status: 2, out: '' });
    expect(ran.err).toMatch(/^“长春市人才政策2\.0版”（changchun-talent-2\.0）只知道名称，手头没有它的内容，不能据它计算。能计算的政策有：changchun-talent-3\.0、/);
  }
  expect(english.err).toMatch(/\(changchun-talent-2\.0\) is known by name only: its text is not at hand, so nothing can be computed from it\. Policies that can be computed: /);
  const bare = await wutong(['coverage', '--city', 'jilin-province']);
  expect(bare).toMatchObject({ status: 0, out: '吉林省 (jilin-province)：手头没有一份政策的全文，没有条款可以对照\n' });
});

test('nobody applies after the day on which the facts are judged', async () => {
  const base = ['evaluate', '--city', 'jilin-city', ...asOf];
  const [later, english, same] = await Promise.all([wutong([...base, '--under', '2026-07-01', '-'], somebody), wutong([...base, '--under', '2026-07-01', '--lang', 'en', '-'], somebody), wutong([...base, '--under', '2026-06-30', '-'], somebody)]);
  expect(later).toMatchObject({ status: 2, out: '' });
  expect(later.err).toMatch(/^--under（2026-07-01）不能晚于 --date（2026-06-30）/);
  expect(english.err).toMatch(/^--under \(2026-07-01\) cannot be later than --date \(2026-06-30\)/);
  expect(same.status).toBe(0);
});

/** The line of the source that `where` names first. */
function firstLine({ out }: Ran): string {
  const [, file = '', line = ''] = /^ {2}写在 +(\S+):(\d+)$/m.exec(out) ?? [];
  return readFileSync(join(root, file), 'utf8').split('\n')[Number(line) - 1] ?? '';
}

test('where finds documents, jurisdictions and clauses, at the right line', async () => {
  const [named, document, district, clause, number] = await Promise.all([
    wutong(['where', 'changchun-talent-2.0']), wutong(['where', 'changchun-talent-3.0']), wutong(['where', '二道区']), wutong(['where', '/c/jilin-city/附件3四（五）']), wutong(['where', '附件3四(五)']),
  ]);
  expect(firstLine(named)).toMatch(/^ +changchun-talent-2\.0:/);
  expect(named.out).toMatch(/^ {2}内容 +只知道名称，手头没有它的内容$/m);
  expect(named.out).toMatch(/^ {2}网页 +\/b\/changchun$/m);
  expect(document.out).toMatch(/^ {2}由它计算 +dist\/packs\/changchun-talent-3\.0\.[0-9a-f]+\.js$/m);
  expect(document.out).toMatch(/^ {2}网页 +\/b\/changchun\/changchun-talent-3\.0$/m);
  expect(district.out).toMatch(/^ {2}写在 +cities\/erdao\/city\.yaml:1$/m);
  expect(firstLine(clause)).toMatch(/^ +附件3四（五）:/);
  expect(clause.out).toMatch(/^ {2}网页 +\/c\/jilin-city\/附件3四（五）$/m);
  // Brackets of either width are the same number.
  expect(number.out).toBe(clause.out);
});

test('where takes an address as it is copied from a browser', async () => {
  const path = '/b/siping/siping-2025/home-subsidy';
  const clause = encodeURIComponent('附件3四（五）');
  const [plain, ...copied] = await Promise.all(
    [path, `http://localhost:8080${path}`, `https://example.org/en${path}/?from=list#amount`, `/en${path}.html`].map((address) => wutong(['where', address])),
  );
  expect(plain?.out).toMatch(/\(home-subsidy\) · siping\/siping-2025\n/);
  for (const ran of copied) expect(ran).toEqual(plain);
  expect((await wutong(['where', `http://localhost:8080/c/jilin-city/${clause}`])).out).toContain('(附件3四（五）)');
  expect((await wutong(['where', 'http://localhost:8080/b/siping/siping-2025.pdf'])).out).toContain('(siping-2025)');
  expect(await wutong(['where', 'http://localhost:8080/c/jilin-city/%E9%99'])).toMatchObject({ status: 1, out: '' });
});

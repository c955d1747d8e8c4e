// wutong next: an answer a line, in order, with the question in words; what is skipped is not asked; bad input as for evaluate.

import { expect, test } from 'vitest';
import { person, wutong } from './run-wutong.ts';

const call = ['next', '--city', 'jilin-city', '--date', '2026-06-30'];

interface Line {
  readonly id: unknown;
  readonly next: { readonly fact: string; readonly question: string; readonly why: string; readonly serves: readonly string[]; readonly atMostLeft: number } | null;
}
const linesOf = (out: string): Line[] => out.split('\n').filter((line) => line !== '').map((line) => JSON.parse(line) as Line);

test('each line gets its question, in the language asked for', async () => {
  const input = person('甲') + person('乙', { 学历: '初中及以下', 用人单位: { 单位类型: '无' } });
  const [zh, en] = await Promise.all([wutong([...call, '-'], input), wutong([...call, '--lang', 'en', '-'], input)]);
  expect(zh).toMatchObject({ status: 0, err: '' });
  const [first, second] = linesOf(zh.out);
  expect(first).toMatchObject({ id: '甲', next: { fact: '用人单位.单位类型', question: '您现在在什么样的单位工作？', why: '不同的单位，能享受的政策不一样。' } });
  expect(first?.next?.serves).toContain('jilin-city-2021/living-subsidy');
  expect(second?.id).toBe('乙');
  expect(second?.next?.fact).not.toBe('学历');
  expect(second?.next?.atMostLeft).toBeLessThan(first?.next?.atMostLeft ?? 0);
  expect(linesOf(en.out)[0]?.next?.question).toBe('What kind of employer do you work for?');
});

test('what is skipped is not asked, and nothing is asked where nothing can change', async () => {
  const ran = await wutong([...call, '--skip', '用人单位.单位类型', '--skip', '学历', '-'], person(1));
  expect(['用人单位.单位类型', '学历']).not.toContain(linesOf(ran.out)[0]?.next?.fact);
  const nothing = await wutong([...call, '-'], '{"id": 2, "subject": "team", "facts": {}}\n');
  expect(nothing).toMatchObject({ status: 0, err: '' });
  expect(linesOf(nothing.out)).toEqual([{ id: 2, next: null }]);
});

test('answering question after question comes to an end', async () => {
  let skip: string[] = [];
  for (let count = 0; count < 60; count++) {
    const { out } = await wutong([...call, ...skip, '-'], person(1, { 学历: '高中', 全日制: true, 职称: '无', 技能等级: '无', 籍贯: '110101', 用人单位: { 单位类型: '无' } }));
    const { next } = linesOf(out)[0] ?? { next: null };
    if (next === null) break;
    skip = [...skip, '--skip', next.fact];
  }
  expect(skip.length).toBeGreaterThan(2);
  expect(skip.length).toBeLessThan(60);
});

test('wrong calls and wrong lines are told', async () => {
  const [unknown, format, line] = await Promise.all([
    wutong([...call, '--skip', '学利', '-'], person(1)),
    wutong([...call, '--format', 'csv', '-'], person(1)),
    wutong([...call, '-'], `${person(1)}{"id": 2, "subject": "person", "facts": {"全日制": 3}}\n${person(3)}`),
  ]);
  expect(unknown).toMatchObject({ status: 2, out: '', err: '--skip 里没有“学利”这个事实，是不是“学历”\n' });
  expect(format).toMatchObject({ status: 2, out: '' });
  expect(format.err).toContain('--format');
  expect(line).toMatchObject({ status: 2, err: '第 2 行：“全日制”应当是 true（是）或 false（否），这里是 3\n' });
  expect(linesOf(line.out).map(({ id }) => id)).toEqual([1, 3]);
});

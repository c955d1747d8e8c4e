// Both READMEs tell the truth: their commands run, and every figure of their worked example is what the engine answers.
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';

const root = join(import.meta.dirname, '../..');
const read = (file: string): string => readFileSync(join(root, file), 'utf8');
const run = (args: readonly string[]): string => execFileSync(process.execPath, ['bin/wutong.js', ...args], { cwd: root, encoding: 'utf8' });

interface Answer {
  readonly id: string;
  readonly benefits: readonly { readonly benefit: string; readonly status: string; readonly amount?: { readonly totalFen?: number; readonly instalments?: readonly { readonly due: string; readonly fen: number }[] } }[];
  readonly plan: { readonly totalFen: number };
}

const answers = run(['evaluate', '--city', 'jilin-city', '--date', '2026-06-30', 'examples/people.ndjson'])
  .trim()
  .split('\n')
  .map((line) => JSON.parse(line) as Answer);
const answerOf = (id: string): Answer | undefined => answers.find((answer) => answer.id === id);
const yuan = (fen = 0): string => (fen / 100).toLocaleString('en-US');
const amountOf = (id: string, benefit: string): string => yuan(answerOf(id)?.benefits.find((item) => item.benefit === benefit)?.amount?.totalFen);

describe.each(['README.zh-CN.md', 'README.md'])('%s', (file) => {
  const text = read(file);

  test('its commands of the program run', () => {
    const commands = [...text.matchAll(/^npx wutong (.+)$/gm)].map((match) => (match[1] ?? '').split(' '));
    expect(commands.length).toBeGreaterThanOrEqual(3);
    for (const args of commands) expect(run(args)).not.toBe('');
    // `format` rewrites the packs, so its harmless form is run; a command that fails throws.
    const inText = [...text.matchAll(/`npx wutong ([^`]+)`/g)].map(([, args = '']) => (args === 'format' ? 'format --check' : args));
    for (const args of inText) run(args.split(' '));
    expect(inText).toContain('check');
  });

  test('its worked example says what the engine answers', () => {
    const living = answerOf('张三一')?.benefits.find(({ benefit }) => benefit === 'living-subsidy');
    expect(living?.status).toBe('yes');
    const [first] = living?.amount?.instalments ?? [];
    expect(living?.amount?.instalments).toHaveLength(5);
    expect(first?.due).toBe('2025-07-01');
    for (const figure of [amountOf('张三一', 'living-subsidy'), yuan(first?.fen), yuan((first?.fen ?? 0) / 12), amountOf('张三二', 'home-subsidy'), yuan(answerOf('张三二')?.plan.totalFen)]) {
      expect(text).toContain(figure);
    }
    expect(text).toContain('附件1三（二）1（1）');
  });

  test('it counts the benefits right', () => {
    const places = JSON.parse(run(['check', '--city', 'jilin-city', '--format', 'json'])) as { benefits: number };
    expect(text).toContain(` ${places.benefits} `);
  });
});

test('the picture shows the figures of the sample', () => {
  const picture = read('docs/picture.svg');
  const living = answerOf('张三一')?.benefits.find(({ benefit }) => benefit === 'living-subsidy');
  expect(picture).toContain(`${amountOf('张三一', 'living-subsidy')} 元`);
  for (const { due, fen } of living?.amount?.instalments ?? []) {
    const [year, month, day] = due.split('-').map(Number);
    expect(picture).toContain(`${year}年${month}月${day}日`);
    expect(picture).toContain(`${yuan(fen)} 元`);
  }
});

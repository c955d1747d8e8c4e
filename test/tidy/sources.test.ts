// Every file says what it is for, names no place of one machine, and leaves no test asleep.
import { homedir } from 'node:os';
import { expect, test } from 'vitest';
import { findFilesWithoutPurpose, findPlaces, findSleepingTests } from './sources.ts';
import { plant, root } from './tree.ts';

test('this project: the first line of every file of code says what it is for', () => {
  expect(findFilesWithoutPurpose(root)).toEqual([]);
});

test('planted code: a file without a purpose is reported', () => {
  const folder = plant({
    'src/policy/good.ts': '// Adds money without losing a fen.\n',
    'src/policy/documented.ts': '/** Adds money without losing a fen. */\n',
    'src/policy/silent.ts': "import './good.ts'\n",
    'src/policy/empty.ts': '//\n',
    'src/policy/late.ts': '\n// Adds money.\n',
  });
  expect(findFilesWithoutPurpose(folder)).toEqual(['src/policy/empty.ts', 'src/policy/late.ts', 'src/policy/silent.ts']);
});

test('this project: no file names a place of one machine or the address of a registry', () => {
  expect(findPlaces(root)).toEqual([]);
});

test('planted files: places of one machine and addresses of registries are reported', () => {
  const host = ['registry', 'example', 'org'].join('.');
  const home = ['', 'home', 'someone'].join('/');
  const folder = plant({
    'docs/good.md': 'Run it in the project folder; see https://example.org/home/page and src/home/a.ts.\n',
    'docs/home.md': `cd ${home}/wutong\n`,
    'docs/own-home.md': `cd ${homedir()}/wutong\n`,
    'docs/here.md': `cd ${root}\n`,
    'package-lock.json': JSON.stringify({ resolved: `https://${host}/a.tgz` }),
    '.npmrc': `registry = https://${host}\n`,
  });
  const files = new Set(findPlaces(folder).map((line) => line.split(': ')[0]));
  expect([...files]).toEqual(['.npmrc', 'docs/here.md', 'docs/home.md', 'docs/own-home.md', 'package-lock.json']);
});

test('this project: no test is switched off', () => {
  expect(findSleepingTests(root)).toEqual([]);
});

test('planted tests: what is switched off is reported', () => {
  // Put together here, so that this file does not report itself.
  const asleep = ['it only', 'test skip', 'describe todo', 'test each only', 'test skipIf', 'xit'].map((words) => words.replaceAll(' ', '.'));
  const folder = plant({
    'src/policy/money.test.ts': [...asleep, 'test', 'test.each', 'it.concurrent'].map((call) => `${call}('adds', () => {})\n`).join(''),
  });
  expect(findSleepingTests(folder)).toEqual(asleep.map((call) => `src/policy/money.test.ts: ${call}`));
});

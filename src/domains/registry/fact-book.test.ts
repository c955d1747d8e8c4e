// What may be recorded: values by the real vocabulary, universities by the names people write, and which facts are sensitive.
import { describe, expect, test } from 'vitest';
import { readReferenceFolder } from '../../authoring/read-reference.ts';
import { isMinor, sensitiveGroupCodes, sensitiveGroups, splitSensitive } from '../../contract/sensitive-facts.ts';
import { openFactBook } from './fact-book.ts';

const book = openFactBook(readReferenceFolder(process.cwd()));
const check = (facts: Record<string, unknown>, more: object = {}) => book.check({ kind: 'person', facts, origin: '材料', asOf: '2026-06-30', ...more });

describe('a value', () => {
  test('that fits is taken, in the group of the employer too, and null says nothing', () => {
    expect(check({ 学历: '本科', 年薪: 123_456.78, 户籍地: '220381', 称号: ['江城工匠'], 用人单位: { 规上: true }, 全日制: null })).toEqual([]);
    expect(check({ 规上: true, 所在地: '220202' }, { kind: 'organisation' })).toEqual([]);
  });

  test('that does not is told with its name, what is expected and what was found, in both languages', () => {
    expect(check({ 学历: '大学' })).toEqual([
      {
        field: 'facts.学历',
        zh: '“学历”应当是 初中及以下、高中、专科、本科、硕士研究生、博士研究生 之一，这里是 "大学"。',
        en: '"学历" should be one of 初中及以下、高中、专科、本科、硕士研究生、博士研究生, found "大学".',
      },
    ]);
    expect(check({ 规上: true })).toMatchObject([{ field: 'facts.规上' }]);
  });

  test('that changes by the day, or that only a review decides, is not recorded as told', () => {
    expect(check({ 毕业年限: 3 })).toMatchObject([{ zh: '“毕业年限”由“毕业日期”推算，每天会变，请记录“毕业日期”。' }]);
    expect(check({ 院校类别: ['985'] })).toEqual([]);
    expect(check({ 人才类别: 'A' })).toEqual([]);
    expect(check({ 人才类别: 'A' }, { origin: '申报' })).toMatchObject([{ zh: '“人才类别”由评审认定，不由本人申报。' }]);
  });

  test('is of a day that exists', () => {
    expect(check({ 学历: '本科' }, { asOf: '2026-02-30' })).toMatchObject([{ field: 'asOf' }]);
    expect(check({ 出生日期: '2026-07-01' })).toMatchObject([{ field: 'facts.出生日期' }]);
  });
});

describe('a university', () => {
  test.each([
    ['吉大', { 毕业院校: '吉林大学' }],
    ['吉林大学南岭校区', { 毕业院校: '吉林大学' }],
    ['吉林大学', null],
    ['北华大学', null],
    // Universities of different classes go by it.
    ['华师', null],
  ])('%s is recognised as %j', (written, recognised) => {
    expect(book.recognise({ 毕业院校: written })).toEqual(recognised);
  });

  test('misspelled is pointed out, and one that is rightly not in the list is left alone', () => {
    expect(book.hintUniversities({ 毕业院校: '吉林大雪' })).toEqual(['吉林大学']);
    expect(book.hintUniversities({ 毕业院校: '北华大学' })).toEqual([]);
    expect(book.hintUniversities({ 毕业院校: '吉大' })).toEqual([]);
    expect(book.hintUniversities({})).toEqual([]);
  });
});

describe('sensitive facts', () => {
  test('are facts of the vocabulary, each in one group', () => {
    const names = sensitiveGroupCodes.flatMap((code) => [...sensitiveGroups[code].facts]);
    expect(names.filter((name) => book.fact('person', name) === undefined)).toEqual([]);
    expect(new Set(names).size).toBe(names.length);
  });

  test('are parted from the others', () => {
    expect(splitSensitive({ 学历: '本科', 年薪: 1, 亲属常驻地: ['220202'] })).toEqual({ plain: { 学历: '本科' }, sensitive: { 年薪: 1, 亲属常驻地: ['220202'] } });
  });

  test.each([
    ['2012-06-30', '2026-06-29', true],
    ['2012-06-30', '2026-06-30', false],
    ['2012-02-29', '2026-02-28', true],
    ['2012-02-29', '2026-03-01', false],
    [null, '2026-06-30', false],
  ])('somebody born %s is a child on %s: %s', (born, day, isChild) => {
    expect(isMinor(born, day)).toBe(isChild);
  });
});

test('a division is known by its code of now and of before', () => {
  expect([220184, 220381, 220299].map(book.knowsDivision)).toEqual([true, true, false]);
});

// What the search box understands.
import { describe, expect, test } from 'vitest';
import { nameOrder, spellName } from './name-order.ts';
import type { PartyKind } from './party.ts';
import { type Meaning, readSearch } from './search-words.ts';

const read = (typed: string, kind: PartyKind = 'person'): Meaning => readSearch(typed, kind, '2026-11-21');

/** Whether a name is among what a spelled search finds, by the rows that are stored of it. */
function finds(typed: string, name: string): boolean {
  const meaning = read(typed);
  if (meaning.kind !== 'spelled') return false;
  const order = nameOrder(name);
  const isWithin = (text: string, range: { readonly from: string; readonly to: string } | undefined): boolean => range === undefined || (text >= range.from && text < range.to);
  return (
    meaning.orders.some(({ from, to }) => order >= from && order <= to) ||
    meaning.branches.some(({ by, range, pinyin, onlyOthers }) => spellName(name).some((spelling, at) => isWithin(spelling[by], range) && isWithin(spelling.pinyin, pinyin) && (onlyOthers !== true || at > 0)))
  );
}

describe('numbers', () => {
  test('an identity number in any form is its canonical one', () => {
    expect(read('130503670401001')).toEqual({ kind: 'number', number: '130503196704010016' });
    expect(read(' 130503 19670401 0016 ')).toEqual({ kind: 'number', number: '130503196704010016' });
    expect(read('１３０５０３１９６７０４０１００１６')).toEqual({ kind: 'number', number: '130503196704010016' });
  });

  test('four characters are the last four of a number, a small x too', () => {
    expect(read('0016')).toEqual({ kind: 'last-four', characters: '0016' });
    expect(read('001x')).toEqual({ kind: 'last-four', characters: '001X' });
  });

  test('a mobile number is one, with the country’s code too', () => {
    expect(read('+86 154 0000 0001')).toEqual({ kind: 'phone', phone: '15400000001' });
  });

  test('of an organisation, the credit code', () => {
    expect(read('91220203yla0000021', 'organisation')).toEqual({ kind: 'credit-code', code: '91220203YLA0000021' });
    expect(read('0016', 'organisation').kind).toBe('pairs');
  });
});

describe('names', () => {
  test('two characters and more are pairs that all must stand in the name', () => {
    expect(read('张三丰')).toEqual({ kind: 'pairs', pairs: ['张三', '三丰'] });
    expect(read('阿不都·买买提')).toEqual({ kind: 'pairs', pairs: ['阿不', '不都', '都买', '买买', '买提'] });
  });

  test('one character is how the name begins', () => {
    expect(finds('单', '单三')).toBe(true);
    expect(finds('尉', '尉迟三')).toBe(true);
    expect(finds('三', '张三')).toBe(false);
  });

  test('nothing is everybody, and signs alone are nobody', () => {
    expect(read('  ')).toEqual({ kind: 'all' });
    expect(read('··')).toEqual({ kind: 'none' });
    expect(read("';--")).toEqual({ kind: 'none' });
  });
});

describe('letters', () => {
  test.each([
    ['zhangsanfeng', '张三丰'],
    ['Zhang San Feng', '张三丰'],
    ['zhangsan', '张三丰'],
    ['zhangsa', '张三丰'],
    ['zhang', '张三丰'],
    ['zh', '张三丰'],
    ['z', '张三丰'],
    ['zsf', '张三丰'],
    ['zs', '张三丰'],
    ['zhangsf', '张三丰'],
    ['zhangsanf', '张三丰'],
    ['lvbu', '吕布'],
    ['lü bu', '吕布'],
    ['lyu', '吕布'],
    ['shan', '单雄信'],
    ['danxiongxin', '单雄信'],
    ['dan', '单雄信'],
    ['xian', '席安'],
    ["xi'an", '席安'],
    ['xian', '冼三'],
    ['an', '安三'],
    ['ouyang', '欧阳三'],
    ['oys', '欧阳三'],
    ['john', 'John Sample'],
    ['sample', 'John Sample'],
    ['js', 'John Sample'],
  ])('%s finds %s', (typed, name) => {
    expect(finds(typed, name)).toBe(true);
  });

  test.each([
    ['zhangsi', '张三丰'],
    ['zsw', '张三丰'],
    ['zhangwf', '张三丰'],
    ['zhen', '张三丰'],
    ['sf', '张三丰'],
    ['shan', '沈三'],
    ['feng', '张三丰'],
  ])('%s does not find %s', (typed, name) => {
    expect(finds(typed, name)).toBe(false);
  });

  test('are always few walks, whatever is typed', () => {
    for (const typed of ['a'.repeat(100), 'xianxianxianxianxian', 'zzzzzzzzzz', 'nananananananana']) {
      const meaning = read(typed);
      expect(meaning.kind === 'spelled' && meaning.branches.length < 26).toBe(true);
    }
  });
});

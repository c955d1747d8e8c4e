// The order of names and their spelling: the same everywhere, as people look names up.
import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { isSyllable, nameOrder, ordersOfBeginning, ordersOfSyllable, ordersOfTwoSyllables, ordersOfWholeSyllable, spellName } from './name-order.ts';

const inOrder = (names: readonly string[]): string[] => names.toSorted((a, b) => (nameOrder(a) < nameOrder(b) ? -1 : nameOrder(a) > nameOrder(b) ? 1 : 0));
const inRange = (name: string, ranges: readonly { readonly from: bigint; readonly to: bigint }[]): boolean => ranges.some(({ from, to }) => nameOrder(name) >= from && nameOrder(name) <= to);
const pinyinOf = (name: string): string[] => spellName(name).map(({ pinyin }) => pinyin);

describe('the order', () => {
  test('goes by pinyin, then tone, a shorter name before what it begins', () => {
    expect(inOrder(['张三丰', '李四', '安七', '王五', '张三', '章六', '赵二', '张山', '掌八'])).toEqual(['安七', '李四', '王五', '张三', '张三丰', '张山', '章六', '掌八', '赵二']);
  });

  test('keeps people of one surname together, whatever sounds alike', () => {
    const names = inOrder(['章一', '张二', '章三', '张四']);
    expect(names.map((name) => name.charAt(0)).join('')).toMatch(/^(张张章章|章章张张)$/);
  });

  test('reads surnames as surnames: 单 with 善 and not with 丹, 仇 with 邱, 解 with 谢, 区 with 欧', () => {
    expect(inOrder(['单三', '丹三', '沈三'])).toEqual(['丹三', '单三', '沈三']);
    expect(inOrder(['仇三', '陈三', '任三'])).toEqual(['陈三', '仇三', '任三']);
    expect(inOrder(['解三', '姜三', '杨三'])).toEqual(['姜三', '解三', '杨三']);
    expect(inOrder(['区三', '潘三', '宁三'])).toEqual(['宁三', '区三', '潘三']);
    expect(inOrder(['曾三', '曹三', '翟三'])).toEqual(['曹三', '曾三', '翟三']);
  });

  test('reads the same character by its usual sound in a given name', () => {
    expect(pinyinOf('王单')[0]).toBe('wangdan');
    expect(inOrder(['王单', '王三', '王曾'])).toEqual(['王曾', '王单', '王三']);
  });

  test('knows compound surnames from a surname with a given name', () => {
    expect(inOrder(['尉迟三', '魏三', '于三', '余三'])).toEqual(['魏三', '于三', '余三', '尉迟三']);
    expect(nameOrder('尉三') < nameOrder('于三')).toBe(true);
    expect(pinyinOf('单于三')[0]).toBe('chanyusan');
    expect(pinyinOf('单于')[0]).toBe('shanyu');
  });

  test('has letters first, small and capital alike, then Han, then what nobody can read', () => {
    expect(inOrder(['阿三', 'John Sample', 'anna sample', '𪚥三', '1号'])).toEqual(['1号', 'anna sample', 'John Sample', '阿三', '𪚥三']);
    expect(nameOrder('ＪＯＨＮ')).toBe(nameOrder('john'));
  });

  test('sorts characters outside of the basic plane by their sound where it is known', () => {
    expect(inOrder(['朱三', '𬭎三', '丁三'])).toEqual(['丁三', '𬭎三', '朱三']);
  });

  test('fits a bigint, for any name', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 12 }), (name) => {
        const order = nameOrder(name);
        expect(BigInt.asIntN(64, order)).toBe(order);
      }),
    );
  });

  test('is the same as when it was stored: a new dictionary needs every name_order written anew', () => {
    const sample = Array.from({ length: 0x9fff - 0x4e00 + 1 }, (_, at) => String.fromCodePoint(0x4e00 + at));
    const digest = createHash('sha256').update(sample.map((character) => nameOrder(`${character}${character}`).toString()).join()).digest('hex');
    expect(digest.slice(0, 16)).toBe('cbd5c93243e09d4c');
  });
});

describe('ranges', () => {
  const han = fc.constantFrom(...Array.from('张章王李单丹曾尉迟欧阳三四五丰伟娜吕'));
  const name = fc.array(han, { minLength: 1, maxLength: 4 }).map((characters) => characters.join(''));

  test('of a beginning hold exactly the names that begin so', () => {
    fc.assert(
      fc.property(name, name, fc.integer({ min: 1, max: 3 }), (one, other, length) => {
        const beginning = Array.from(one).slice(0, length).join('');
        // Two characters may be a whole compound surname or not, so their ranges hold either reading.
        expect(inRange(one, ordersOfBeginning(beginning))).toBe(true);
        expect(inRange(other, ordersOfBeginning(beginning))).toBe(other.startsWith(beginning));
      }),
      { numRuns: 2000 },
    );
  });

  test('of a whole syllable leave longer ones out, and with the letter of the second hold exactly those names', () => {
    const zhan = ordersOfWholeSyllable('zhan');
    const names = ['詹国强', '战刚', '张国强', '占伟', '詹三', '扎古', '章刚'];
    expect(names.filter((name) => zhan !== undefined && inRange(name, [zhan]))).toEqual(['詹国强', '战刚', '占伟', '詹三']);
    expect(names.filter((name) => inRange(name, ordersOfTwoSyllables('zhan', 'g')))).toEqual(['詹国强', '战刚']);
    expect([ordersOfWholeSyllable('zhanx'), ordersOfTwoSyllables('zhanx', 'g')]).toEqual([undefined, []]);
  });

  test('of a syllable hold all surnames of that sound, and of letters all syllables with them', () => {
    const shan = ordersOfSyllable('shan');
    expect(inRange('单三', shan === undefined ? [] : [shan])).toBe(true);
    expect(inRange('山三', shan === undefined ? [] : [shan])).toBe(true);
    expect(inRange('沈三', shan === undefined ? [] : [shan])).toBe(false);
    const zh = ordersOfSyllable('zh');
    expect(['张三', '赵三', '钟三', '左三', '杨三'].map((each) => inRange(each, zh === undefined ? [] : [zh]))).toEqual([true, true, true, false, false]);
    expect(ordersOfSyllable('v')).toBeUndefined();
  });
});

describe('spelling', () => {
  test('is toneless and joined, with the initials', () => {
    expect(spellName('张三丰')).toEqual([{ pinyin: 'zhangsanfeng', initials: 'zsf' }]);
    expect(spellName('吕布')[0]).toEqual({ pinyin: 'lvbu', initials: 'lb' });
    expect(isSyllable('lv')).toBe(true);
  });

  test('gives other readings of a surname besides', () => {
    expect(pinyinOf('单雄信')).toEqual(['shanxiongxin', 'danxiongxin']);
    expect(pinyinOf('翟三')).toEqual(['zhaisan', 'disan']);
    expect(pinyinOf('盖三')).toEqual(['gesan', 'gaisan']);
    expect(pinyinOf('朴三')).toEqual(['piaosan', 'pusan']);
    expect(pinyinOf('查三')).toEqual(['zhasan', 'chasan']);
  });

  test('spells names with a dot as one, and names in letters from each word on', () => {
    expect(pinyinOf('阿不都·买买提')[0]).toBe('abudoumaimaiti');
    expect(spellName('John Muster Sample')).toEqual([{ pinyin: 'johnmustersample', initials: 'jms' }, { pinyin: 'mustersample', initials: 'ms' }, { pinyin: 'sample', initials: 's' }]);
  });
});

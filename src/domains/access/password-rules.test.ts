// Tests which passwords are taken.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { findPasswordFaults } from './password-rules.ts';

const own = { phone: '13800000001', identityNumber: '220202199003074514', name: '张三一', login: 'zhangsanyi' };

describe('passwords of people', () => {
  test.each([
    ['梧桐树下有三只凤凰啊', []],
    ['correct horse battery', []],
    ['Tq7#mmKp2!', []],
    ['short1!', ['too-short']],
    ['password2026', ['well-known']],
    ['P@ssw0rd2026', ['well-known']],
    ['passwordpassword', ['well-known']],
    ['rencaiban2026!', ['well-known']],
    ['aaaaaaaaaaaa', ['well-known', 'too-uniform']],
    ['vvvvvvvwwwww', ['too-uniform']],
    ['qwertyuiop12', ['well-known', 'too-uniform']],
    ['abcdefghijkl', ['too-uniform']],
    ['tulpe00000001', ['holds-own-data']],
    ['tulpe900307rose', ['holds-own-data']],
    ['tulpe19900307rose', ['holds-own-data']],
    ['zhangsanyi-rose', ['holds-own-data']],
    ['ZhangSanYi rose 7', ['holds-own-data']],
    ['我叫张三一，住在梧桐街', ['holds-own-data']],
  ])('%s: %j', (password, faults) => {
    expect(findPasswordFaults(password, own, false)).toEqual(faults);
  });

  test('full-width letters are those that they look like', () => {
    expect(findPasswordFaults('ｐａｓｓｗｏｒｄ２０２６', {}, false)).toEqual(['well-known']);
  });

  test('more than 128 characters are refused before anything else is looked at', () => {
    expect(findPasswordFaults('长'.repeat(129), {}, false)).toEqual(['too-long']);
    expect(findPasswordFaults('a1'.repeat(100_000), {}, false)).toContain('too-long');
  });
});

describe('passwords of staff', () => {
  test.each([
    ['Wutongshu-7 feng', []],
    ['correct horse battery', ['too-few-kinds']],
    ['Tq7#mmKp2!', ['too-short']],
    ['凤凰Fenghuang-7 ok', []],
  ])('%s: %j', (password, faults) => {
    expect(findPasswordFaults(password, {}, true)).toEqual(faults);
  });
});

test('whatever is typed gets an answer, and random passwords of 20 letters are taken', () => {
  fc.assert(fc.property(fc.string({ unit: 'binary' }), fc.boolean(), (password, isStaff) => void findPasswordFaults(password, own, isStaff)));
  const letters = fc.array(fc.constantFrom(...Array.from('abcdefghjkmnpqrstuvwxyz23456789ABCDEFGH')), { minLength: 20, maxLength: 20 });
  fc.assert(
    fc.property(letters, (chars) => {
      fc.pre(new Set(chars.map((char) => char.toLowerCase())).size >= 12);
      expect(findPasswordFaults(chars.join(''), {}, false)).toEqual([]);
    }),
  );
});

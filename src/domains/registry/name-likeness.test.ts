// When two names may be one, and that the keys by which pairs are found miss none of them.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { compareForDouble, compareGroup } from './find-duplicates.ts';
import { compareNames, foldName, likenessKeys } from './name-likeness.ts';

test.each([
  ['张三一', '张三一', 'same'],
  ['李国强', '李國強', 'variant'],
  ['王喆', '王哲', 'variant'],
  ['买买提·依明', '买买提依明', 'variant'],
  ['张玮', '张伟', 'sound'],
  ['李晓红', '李小红', 'sound'],
  ['张三一', '张三二', 'one-character'],
  ['欧阳样例', '欧阳样本', 'one-character'],
  ['张三', '李三', undefined],
  ['张一三', '张三一', undefined],
  ['张三一', '张三', undefined],
  ['王芳', '王磊', undefined],
] as const)('%s and %s: %s', (a, b, likeness) => {
  expect(compareNames(a, b)).toBe(likeness);
  expect(compareNames(b, a)).toBe(likeness);
});

const names = fc.array(fc.constantFrom(...Array.from('张章李王三一二国國喆哲伟玮')), { minLength: 2, maxLength: 4 }).map((characters) => characters.join(''));

test('names that are alike share a key, so a scan by keys misses no pair', () => {
  const changed = fc.tuple(names, fc.nat(3), fc.constantFrom(...Array.from('张章三二国國喆哲伟玮'))).map(([name, at, other]) => [name, Array.from(name).map((one, i) => (i === at ? other : one)).join('')] as const);
  fc.assert(
    fc.property(changed, ([a, b]) => {
      const keys = new Set(likenessKeys(a));
      expect(compareNames(a, b) === undefined || likenessKeys(b).some((key) => keys.has(key))).toBe(true);
    }),
  );
});

test('a folded name stays as it is', () => {
  fc.assert(
    fc.property(names, (name) => {
      expect(foldName(foldName(name))).toBe(foldName(name));
    }),
  );
});

test('a scan of a group finds what comparing every pair finds', () => {
  const people = fc.array(fc.record({ name: names, birthDate: fc.constantFrom('1990-01-01', null), idKind: fc.constantFrom('resident' as const, 'other' as const, null) }), { maxLength: 8 });
  fc.assert(
    fc.property(people, fc.boolean(), (group, employer) => {
      const members = group.map((one, at) => ({ ...one, partyId: String(at) }));
      const expected = members.flatMap((a, at) => members.slice(at + 1).filter((b) => compareForDouble(a, b, { employer }) !== undefined).map((b) => `${a.partyId}/${b.partyId}`));
      expect(compareGroup(members, { employer }).map((one) => `${one.firstPartyId}/${one.secondPartyId}`).sort()).toEqual(expected.sort());
    }),
  );
});

test('two resident numbers are two people, unless name and birth date are the very same', () => {
  const person = (name: string, idKind: 'resident' | null) => ({ name, idKind, birthDate: '1990-01-01' });
  expect(compareForDouble(person('张三一', 'resident'), person('张三二', 'resident'), { employer: false })).toBeUndefined();
  expect(compareForDouble(person('张三一', 'resident'), person('张三一', 'resident'), { employer: false })).toEqual({ reason: 'same-name-and-birth-date', score: 20 });
  expect(compareForDouble(person('张三一', 'resident'), person('张三一', null), { employer: false })).toEqual({ reason: 'same-name-and-birth-date', score: 80 });
});

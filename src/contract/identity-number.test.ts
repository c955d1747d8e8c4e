// Identity numbers: the examples of the standard, every single-digit error, every kind and form, and masks.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { identityCheckCharacter, identityNumberReasons, type IdentityNumberReason, maskIdentityNumber, maskPhone, readIdentityNumber, readMobileNumber } from './identity-number.ts';

const today = '2026-11-21';
const read = (text: string) => readIdentityNumber(text, { today });

describe('a number that is right', () => {
  test.each([
    // The two examples of GB 11643-1999.
    ['11010519491231002X', 'resident', '1949-12-31', 'female', '110105'],
    ['440524188001010014', 'resident', '1880-01-01', 'male', '440524'],
    // A division that was retired in 2020 stays in the numbers that were given with it.
    [`22038119900101001${identityCheckCharacter('22038119900101001')}`, 'resident', '1990-01-01', 'male', '220381'],
    [`81000019900101001${identityCheckCharacter('81000019900101001')}`, 'hong-kong-macau-taiwan', '1990-01-01', 'male', '810000'],
    [`82000019900101002${identityCheckCharacter('82000019900101002')}`, 'hong-kong-macau-taiwan', '1990-01-01', 'female', '820000'],
    [`83000020000229001${identityCheckCharacter('83000020000229001')}`, 'hong-kong-macau-taiwan', '2000-02-29', 'male', '830000'],
    [`91184019850607002${identityCheckCharacter('91184019850607002')}`, 'permanent-resident', '1985-06-07', 'female', null],
  ] as const)('%s is %s', (text, kind, birthDate, sex, division) => {
    expect(read(text)).toMatchObject({ ok: true, canonical: text, kind, birthDate, sex, division, isUpgraded: false, warnings: [] });
  });

  test('the old permanent residence card tells its form only', () => {
    expect(read('usa 110185060712')).toEqual({
      ok: true, canonical: 'USA110185060712', kind: 'permanent-resident-old', birthDate: null, sex: null, division: null, isUpgraded: false, warnings: [],
    });
  });

  test('15 digits are upgraded to 18', () => {
    expect(read('130503670401001')).toMatchObject({ ok: true, canonical: '130503196704010016', birthDate: '1967-04-01', sex: 'male', isUpgraded: true });
  });

  test.each(['11010519491231002x', '１１０１０５１９４９１２３１００２Ｘ', ' 110105 19491231 002X ', '110105-19491231-002X', '110105\u200b19491231002X', '110105　19491231　002Ｘ'])(
    '%j is put right',
    (text) => expect(read(text)).toMatchObject({ ok: true, canonical: '11010519491231002X' }),
  );

  test('a division that no table holds is a warning', () => {
    const knowsDivision = (code: number): boolean => code === 110105;
    expect(readIdentityNumber('11010519491231002X', { today, knowsDivision })).toMatchObject({ warnings: [] });
    expect(readIdentityNumber('440524188001010014', { today, knowsDivision })).toMatchObject({ ok: true, warnings: ['unknown-division'] });
  });
});

describe('a number that is none', () => {
  test.each<[string, IdentityNumberReason]>([
    ['', 'length'],
    ['1101051949123100', 'length'],
    ['11010519491231002XX', 'length'],
    ['1101051949123100AX', 'character'],
    ['X1010519491231002X', 'character'],
    ['US1110185060712', 'character'],
    ['00010519491231002X', 'division'],
    ['710000199001010018', 'division'],
    ['810001199001010018', 'division'],
    ['910503670401001', 'division'],
    ['110105194902290022', 'birth-date'],
    ['110105199013010022', 'birth-date'],
    ['130503670230001', 'birth-date'],
    ['110105202611220019', 'birth-date-later'],
    ['110105194912310021', 'check-digit'],
  ])('%j: %s', (text, reason) => {
    expect(read(text)).toEqual({ ok: false, reason });
  });

  test('somebody is born today and nobody tomorrow', () => {
    const born = (digits: string) => read(`${digits}${identityCheckCharacter(digits)}`);
    expect(born('11010520261121001')).toMatchObject({ ok: true, birthDate: today });
    expect(born('11010520261122001')).toEqual({ ok: false, reason: 'birth-date-later' });
  });

  test('every reason has words in both languages', () => {
    for (const { zh, en } of Object.values(identityNumberReasons)) {
      expect(zh).toMatch(/[一-鿿]/);
      expect(en).toMatch(/^[A-Z][ -~’]+$/);
    }
  });
});

/** Any resident number. */
const numbers = fc
  .tuple(fc.constantFrom('110105', '220202', '220381', '440524', '650102'), fc.integer({ min: 0, max: 36_500 }), fc.integer({ min: 0, max: 999 }))
  .map(([division, days, sequence]) => {
    const date = new Date(Date.UTC(1926, 0, 1 + days)).toISOString().slice(0, 10).replaceAll('-', '');
    const seventeen = `${division}${date}${String(sequence).padStart(3, '0')}`;
    return `${seventeen}${identityCheckCharacter(seventeen)}`;
  });

describe('the check character', () => {
  test('a number made with it is read, whatever people put between its digits', () => {
    fc.assert(
      fc.property(numbers, fc.integer({ min: 0, max: 18 }), fc.constantFrom(' ', '-', '\u3000', '\u200b'), (number, at, between) => {
        fc.pre(`${number.slice(6, 10)}-${number.slice(10, 12)}-${number.slice(12, 14)}` <= today);
        expect(read(`${number.slice(0, at)}${between}${number.slice(at)}`)).toMatchObject({ ok: true, canonical: number });
      }),
    );
  });

  test('any one wrong digit, and any two neighbours swapped, are found', () => {
    fc.assert(
      fc.property(numbers, fc.integer({ min: 0, max: 17 }), (number, at) => {
        fc.pre(`${number.slice(6, 10)}-${number.slice(10, 12)}-${number.slice(12, 14)}` <= today);
        for (const other of at === 17 ? '0123456789X' : '0123456789') {
          const changed = `${number.slice(0, at)}${other}${number.slice(at + 1)}`;
          expect(read(changed).ok).toBe(changed === number);
        }
        const swapped = `${number.slice(0, at)}${number[at + 1] ?? ''}${number[at]}${number.slice(at + 2)}`;
        expect(read(swapped).ok).toBe(swapped === number);
      }),
    );
  });

  test('an old number and its new form are one number', () => {
    fc.assert(
      fc.property(numbers, (number) => {
        fc.pre(number.slice(6, 8) === '19');
        expect(read(`${number.slice(0, 6)}${number.slice(8, 17)}`)).toMatchObject({ ok: true, canonical: number, isUpgraded: true });
      }),
    );
  });

  test('needs seventeen digits', () => {
    expect(() => identityCheckCharacter('1101051949123100')).toThrow(RangeError);
  });
});

test('masks keep three and four, and short texts nothing', () => {
  expect(maskIdentityNumber('220202199001011234')).toBe('220***********1234');
  expect(maskIdentityNumber('USA110185060712')).toBe('USA********0712');
  expect(maskIdentityNumber('E123456')).toBe('*******');
  expect(maskIdentityNumber('E12345678')).toBe('E******78');
  expect(maskPhone('13812345678')).toBe('138****5678');
});

test.each([
  ['138 1234 5678', '13812345678'],
  ['+86 138-1234-5678', '13812345678'],
  ['008613812345678', '13812345678'],
  ['１３８１２３４５６７８', '13812345678'],
  ['12812345678', undefined],
  ['1381234567', undefined],
  ['043262012345', undefined],
])('the mobile number %j is %j', (text, number) => {
  expect(readMobileNumber(text)).toBe(number);
});

// Tests the second factor: RFC 6238's own figures, drift, one use, recovery codes.
import { Secret, TOTP } from 'otpauth';
import { describe, expect, test } from 'vitest';
import { enrolmentAddress, findStep, makeRecoveryCodes, makeSecret, readRecoveryCode } from './second-factor.ts';

/** RFC 6238, appendix B: the secret of its SHA-1 vectors. */
const rfcSecret = Secret.fromUTF8('12345678901234567890').base32;
const at = (seconds: number): Date => new Date(seconds * 1000);

describe('codes', () => {
  test.each([
    [59, '287082', 1],
    [1_111_111_109, '081804', 37_037_036],
    [1_234_567_890, '005924', 41_152_263],
    [20_000_000_000, '353130', 666_666_666],
  ])('at second %d the code is %s', (seconds, code, step) => {
    expect(findStep(rfcSecret, code, at(seconds), 0)).toBe(step);
  });

  test('a clock may be one step off, not two', () => {
    const code = '287082';
    expect([0, 29, 30, 89, 90, 120].map((seconds) => findStep(rfcSecret, code, at(seconds), 0))).toEqual([1, 1, 1, 1, undefined, undefined]);
  });

  test('a code counts once: neither it nor an older one serves after it', () => {
    expect(findStep(rfcSecret, '287082', at(59), 1)).toBeUndefined();
    expect(findStep(rfcSecret, '287082', at(59), 0)).toBe(1);
  });

  test('anything but six digits is no code', () => {
    for (const code of ['', '28708', '2870820', '28708a', '２８７０８２', ' 287082']) expect(findStep(rfcSecret, code, at(59), 0)).toBeUndefined();
  });

  test('an authenticator that reads the address makes codes that are taken', () => {
    const secret = makeSecret();
    const address = new URL(enrolmentAddress(secret, '梧桐', 'zhangsanyi'));
    const read = new TOTP({ secret: Secret.fromBase32(address.searchParams.get('secret') ?? '') });
    const now = new Date();
    expect(findStep(secret, read.generate({ timestamp: now.getTime() }), now, 0)).toBeDefined();
    expect(decodeURIComponent(address.pathname)).toContain('梧桐:zhangsanyi');
  });
});

describe('recovery codes', () => {
  test('there are ten different ones, and typing them freely is fine', () => {
    const codes = makeRecoveryCodes();
    expect(new Set(codes).size).toBe(10);
    const [code = ''] = codes;
    const plain = code.replaceAll('-', '');
    for (const typed of [code, code.toLowerCase(), plain, ` ${code.replaceAll('-', ' ')} `, code.replaceAll('-', '－').normalize('NFKC')]) expect(readRecoveryCode(typed)).toBe(plain);
  });

  test('what cannot be one is not looked for', () => {
    for (const typed of ['', '287082', 'ABCD-EFGH-JKL', 'ABCD-EFGH-JKL0', 'ABCD-EFGH-JKLMN']) expect(readRecoveryCode(typed)).toBeUndefined();
  });
});

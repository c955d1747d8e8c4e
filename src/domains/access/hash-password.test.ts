// Tests the hashing of passwords: OWASP's parameters, one form of a text, and the same work where there is nothing to compare with.
import type * as argon2 from '@node-rs/argon2';
import { verify } from '@node-rs/argon2';
import { expect, test, vi } from 'vitest';
import { argon2id, isOutdated } from './hash-password.ts';

// The real functions, watched.
vi.mock('@node-rs/argon2', async (load) => {
  const real = await load<typeof argon2>();
  return { ...real, verify: vi.fn<typeof real.verify>(real.verify) };
});

test('the right password matches its hash and no other; two hashes of one password differ', async () => {
  const [one, two] = [await argon2id.hash('梧桐树下有三只凤凰啊'), await argon2id.hash('梧桐树下有三只凤凰啊')];
  expect(one).not.toBe(two);
  expect([await argon2id.matches(one, '梧桐树下有三只凤凰啊'), await argon2id.matches(one, '梧桐树下有三只凤凰')]).toEqual([true, false]);
  expect(await argon2id.matches(await argon2id.hash('Ångström fährt'), 'Ångström fährt'.normalize('NFD'))).toBe(true);
});

test('a hash has 19 MiB, two passes and one lane; one with less is made anew', async () => {
  const hashed = await argon2id.hash('sample password');
  expect(hashed).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/);
  expect([isOutdated(hashed), isOutdated(hashed.replace('t=2', 't=1')), isOutdated('$argon2id$v=19$m=4096,t=3,p=1$x')]).toEqual([false, true, true]);
});

test('without an account a comparison runs all the same, with the same parameters, and never matches', async () => {
  const watched = vi.mocked(verify);
  watched.mockClear();
  expect(await argon2id.matches(undefined, 'sample password')).toBe(false);
  expect(watched.mock.calls).toEqual([[expect.stringMatching(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/), 'sample password']]);
});

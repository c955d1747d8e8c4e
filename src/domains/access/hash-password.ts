// Hashes passwords and compares them, with the same work whether or not there is something to compare with.
import { hash, verify } from '@node-rs/argon2';

/** OWASP's first choice for argon2id of 2025: 19 MiB, two passes, one lane; about 25 ms here. */
const work = { memoryCost: 19_456, timeCost: 2, parallelism: 1 } as const;

/** Compared with where there is no account or no password, so that the answer takes as long. Made once, of bytes nobody knows. */
let dummy: Promise<string> | undefined;

/** How passwords are hashed; a test counts the calls, nothing else takes another's place. */
export interface PasswordHasher {
  /** argon2id in PHC form. */
  hash(password: string): Promise<string>;
  /** Whether `password` is the one of `hashed`; the same work, and false, for undefined. */
  matches(hashed: string | undefined, password: string): Promise<boolean>;
}

/** Passwords compare in one Unicode form: keyboards differ in how they compose. */
const fold = (password: string): string => password.normalize('NFKC');

/** The hasher of the system. */
export const argon2id: PasswordHasher = {
  hash: (password) => hash(fold(password), work),
  async matches(hashed, password) {
    dummy ??= hash(crypto.getRandomValues(new Uint8Array(32)), work);
    const isSame = await verify(hashed ?? (await dummy), fold(password));
    return hashed !== undefined && isSame;
  },
};

/** Whether a hash was made with weaker parameters than today's; such a one is made anew at the next sign-in. */
export function isOutdated(hashed: string): boolean {
  return !hashed.startsWith(`$argon2id$v=19$m=${work.memoryCost},t=${work.timeCost},p=${work.parallelism}$`);
}

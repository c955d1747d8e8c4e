// Tokens that stand for a session, a key or a step: 256 random bits shown once, of which only the digest is kept.
import { createHash, randomBytes, randomInt } from 'node:crypto';

/** What a token stands for; its first letters say so, so that a leaked one is recognised. */
export type TokenKind = 'session' | 'feed' | 'step' | 'visit';

const prefixes: Readonly<Record<TokenKind, string>> = { session: 'wts_', feed: 'wtf_', step: 'wtp_', visit: 'wtv_' };
const TOKEN_BYTES = 32;

/** A fresh token. */
export function makeToken(kind: TokenKind): string {
  return prefixes[kind] + randomBytes(TOKEN_BYTES).toString('base64url');
}

/** The kind of what looks like a token; undefined for anything else, which is then not looked for. */
export function kindOfToken(token: string): TokenKind | undefined {
  if (!/^wt[sfpv]_[A-Za-z0-9_-]{43}$/.test(token)) return undefined;
  return (Object.keys(prefixes) as TokenKind[]).find((kind) => token.startsWith(prefixes[kind]));
}

/** What is stored and looked for: SM3. A token has 256 random bits, so it needs neither salt nor slowness. */
export function digestToken(token: string): Uint8Array {
  return createHash('sm3').update(token).digest();
}

/** Six digits for a telephone. */
export function makePhoneCode(): string {
  return String(randomInt(1_000_000)).padStart(6, '0');
}

/** A one-time password for the first administrators: 80 random bits in four groups. */
export function makeOneTimePassword(): string {
  const alphabet = 'abcdefghjkmnpqrstuvwxyz23456789';
  const characters = Array.from({ length: 16 }, () => alphabet.charAt(randomInt(alphabet.length))).join('');
  return characters.replace(/(.{4})(?=.)/g, '$1-');
}

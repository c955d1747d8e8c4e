// The second factor: time-based codes (RFC 6238) that count once, and recovery codes for a lost device.
import { randomInt } from 'node:crypto';
import { Secret, TOTP } from 'otpauth';

const PERIOD_SECONDS = 30;
/** One step before and after: clocks of telephones drift. */
const DRIFT_STEPS = 1;
const SECRET_BYTES = 20;

/** A fresh secret in base32, as authenticators take it. */
export function makeSecret(): string {
  return new Secret({ size: SECRET_BYTES }).base32;
}

const totpOf = (secret: string, issuer: string, label: string): TOTP => new TOTP({ issuer, label, secret: Secret.fromBase32(secret), algorithm: 'SHA1', digits: 6, period: PERIOD_SECONDS });

/** The address that an authenticator reads from a QR code. SHA-1 and six digits: what every authenticator knows. */
export function enrolmentAddress(secret: string, issuer: string, label: string): string {
  return totpOf(secret, issuer, label).toString();
}

/**
 * The step whose code this is, if it is one of now, before or after, and later than the last step used.
 * Whoever accepts it stores it as the last: a code that was looked at over a shoulder is worth nothing.
 */
export function findStep(secret: string, code: string, now: Date, lastStep: number): number | undefined {
  if (!/^\d{6}$/.test(code)) return undefined;
  const drift = totpOf(secret, 'wutong', 'wutong').validate({ token: code, timestamp: now.getTime(), window: DRIFT_STEPS });
  if (drift === null) return undefined;
  const step = Math.floor(now.getTime() / 1000 / PERIOD_SECONDS) + drift;
  return step > lastStep ? step : undefined;
}

/** Letters and figures that nobody confuses on paper. */
const alphabet = '23456789ABCDEFGHJKMNPQRSTUVWXYZ';
const RECOVERY_CODES = 10;
const RECOVERY_LENGTH = 12;

/** Ten codes of 12 characters (59 bits), each good once, written in groups of four. */
export function makeRecoveryCodes(): readonly string[] {
  return Array.from({ length: RECOVERY_CODES }, () => {
    const characters = Array.from({ length: RECOVERY_LENGTH }, () => alphabet.charAt(randomInt(alphabet.length))).join('');
    return `${characters.slice(0, 4)}-${characters.slice(4, 8)}-${characters.slice(8)}`;
  });
}

/** A recovery code as people type it, in one spelling; undefined for what cannot be one. */
export function readRecoveryCode(typed: string): string | undefined {
  const plain = typed.normalize('NFKC').toUpperCase().replace(/[\s\-—–]/g, '');
  return plain.length === RECOVERY_LENGTH && Array.from(plain).every((each) => alphabet.includes(each)) ? plain : undefined;
}

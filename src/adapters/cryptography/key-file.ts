// The key file: outside the database and its backups, readable by its owner alone, made at the first start, written all or nothing.

import { createPrivateKey, createPublicKey, generateKeyPairSync, hash, randomBytes } from 'node:crypto';
import { chmodSync, closeSync, existsSync, fsyncSync, linkSync, mkdirSync, openSync, readFileSync, renameSync, rmSync, statSync, writeSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { ProtectionError } from '../../domains/protection/index.ts';

/** One generation of keys. Each use has a key of its own; a retired generation keeps only what verifies old signatures. */
export interface KeyGeneration {
  /** Eight hexadecimal digits, random: keys of two installations do not pass for each other. */
  readonly id: string;
  readonly madeAt: string;
  /** From this instant on it is the one for new writes; later than `madeAt` by enough for every process to have read it. */
  readonly inForceFrom: string;
  readonly retiredAt?: string;
  /** SPKI, DER, base64; stays after retirement, for the daily roots of its time. */
  readonly signingPublic: string;
  /** Absent once retired. */
  readonly secrets?: KeySecrets;
}

/** Base64. SM4 takes 16 bytes; the HMAC keys have 32, the length of SM3. */
export interface KeySecrets {
  readonly encryption: string;
  readonly authentication: string;
  readonly search: string;
  /** PKCS 8, DER. */
  readonly signingPrivate: string;
}

/** What stands in the key file. */
export interface KeyFile {
  readonly format: 1;
  /** Never rotates: digests stand in rows that are never changed again (base64, 32 bytes). */
  readonly digest: string;
  /** In the order in which they were made. */
  readonly generations: readonly KeyGeneration[];
}

const NOTE =
  '梧桐的密钥。丢了它，库里加密的内容就打不开。请另外备份，不要和数据库的备份放在一起。 The keys of Wutong: without them what is sealed in the database stays closed. Back them up, apart from the backups of the database.';

/** A new generation of keys, each use with a random key of its own. */
export function makeGeneration(madeAt: Date, inForceFrom: Date): KeyGeneration {
  const signing = generateKeyPairSync('ed25519');
  return {
    id: randomBytes(4).toString('hex'),
    madeAt: madeAt.toISOString(),
    inForceFrom: inForceFrom.toISOString(),
    signingPublic: signing.publicKey.export({ type: 'spki', format: 'der' }).toString('base64'),
    secrets: {
      encryption: randomBytes(16).toString('base64'),
      authentication: randomBytes(32).toString('base64'),
      search: randomBytes(32).toString('base64'),
      signingPrivate: signing.privateKey.export({ type: 'pkcs8', format: 'der' }).toString('base64'),
    },
  };
}

/** The keys of a new installation. */
function makeKeyFile(now: Date): KeyFile {
  return { format: 1, digest: randomBytes(32).toString('base64'), generations: [makeGeneration(now, now)] };
}

/**
 * Reads the key file, or undefined where there is none.
 * @throws ProtectionError `key-file-unusable` where others may read it, or it is damaged.
 */
export function readKeyFile(path: string): KeyFile | undefined {
  if (!existsSync(path)) return undefined;
  const mode = statSync(path).mode & 0o777;
  if (process.platform !== 'win32' && (mode & 0o077) !== 0) {
    throw unusable(
      `密钥文件 ${path} 别人也能读（权限 ${mode.toString(8)}）。请运行：chmod 600 ${path}\nOthers may read the key file ${path} (mode ${mode.toString(8)}). Run: chmod 600 ${path}`,
    );
  }
  const damaged = `密钥文件 ${path} 损坏了。请换回您另外备份的那一份。\nThe key file ${path} is damaged. Put back the copy that you keep apart.`;
  try {
    const { note: _, check, ...file } = JSON.parse(readFileSync(path, 'utf8')) as KeyFile & { note: string; check: string };
    if (check !== checkOf(file) || file.format !== 1) throw unusable(damaged);
    return file;
  } catch (error) {
    throw error instanceof ProtectionError ? error : unusable(damaged);
  }
}

/**
 * Makes the key file where there is none, with mode 0600 in a folder of mode 0700. Two processes that start at once end up with one file.
 * @returns what stands in the file now.
 */
export function createKeyFile(path: string, now: Date): KeyFile {
  mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
  const temporary = writeBeside(path, makeKeyFile(now));
  try {
    // A link fails where the file is there already; a rename would silently replace the keys of another process.
    linkSync(temporary, path);
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error;
  } finally {
    rmSync(temporary);
  }
  syncFolder(dirname(path));
  const made = readKeyFile(path);
  if (made === undefined) throw unusable(`密钥文件 ${path} 没能建成。\nThe key file ${path} could not be made.`);
  return made;
}

/** Replaces the key file, all or nothing. */
export function writeKeyFile(path: string, file: KeyFile): void {
  renameSync(writeBeside(path, file), path);
  syncFolder(dirname(path));
}

/** The public half of a signing key, for whoever verifies. */
export function signingPublicKey(generation: KeyGeneration): ReturnType<typeof createPublicKey> {
  return createPublicKey({ key: Buffer.from(generation.signingPublic, 'base64'), format: 'der', type: 'spki' });
}

/** The private half of a signing key. */
export function signingPrivateKey(secrets: KeySecrets): ReturnType<typeof createPrivateKey> {
  return createPrivateKey({ key: Buffer.from(secrets.signingPrivate, 'base64'), format: 'der', type: 'pkcs8' });
}

function writeBeside(path: string, file: KeyFile): string {
  const temporary = join(dirname(path), `.${basename(path)}.${randomBytes(6).toString('hex')}`);
  const handle = openSync(temporary, 'wx', 0o600);
  try {
    writeSync(handle, `${JSON.stringify({ note: NOTE, ...file, check: checkOf(file) }, undefined, 2)}\n`);
    fsyncSync(handle);
  } finally {
    closeSync(handle);
  }
  // The umask may have taken more than it should; it never gives more.
  chmodSync(temporary, 0o600);
  return temporary;
}

function syncFolder(folder: string): void {
  if (process.platform === 'win32') return;
  const handle = openSync(folder, 'r');
  try {
    fsyncSync(handle);
  } finally {
    closeSync(handle);
  }
}

/** Finds a slip of the hand or of the disk; it protects from nobody who can write the file. */
function checkOf(file: KeyFile): string {
  return hash('sm3', JSON.stringify([file.format, file.digest, file.generations]), 'hex');
}

function unusable(message: string): ProtectionError {
  return new ProtectionError('key-file-unusable', message);
}

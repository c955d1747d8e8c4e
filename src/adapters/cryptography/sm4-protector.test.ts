// Sealed values: the standards' own vectors, round trips, and every way in which a value that was changed or moved is refused.

import { createCipheriv, createDecipheriv, createHmac, hash } from 'node:crypto';
import { chmodSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, describe, expect, test } from 'vitest';
import { type Place, ProtectionError } from '../../domains/protection/index.ts';
import { HmacSm3 } from './hmac-sm3.ts';
import { type KeyFile, makeGeneration, readKeyFile, writeKeyFile } from './key-file.ts';
import { openKeys } from './sm4-protector.ts';

const folder = mkdtempSync(join(tmpdir(), 'wutong-keys-'));
afterAll(() => rmSync(folder, { recursive: true }));

let files = 0;
function newPath(): string {
  files += 1;
  return join(folder, `keys-${files}`, 'wutong.keys');
}
const nothingSealed = async (): Promise<boolean> => false;
const open = (path: string, now?: () => Date) => openKeys({ path, hasSealedData: nothingSealed, ...(now === undefined ? {} : { now }) });

const place: Place = { tenantId: 1, table: 'identity_numbers', column: 'number_sealed', row: '01990000-0000-7000-8000-000000000001' };

function problemOf(action: () => unknown): ProtectionError {
  try {
    action();
  } catch (error) {
    if (error instanceof ProtectionError) return error;
    throw error;
  }
  throw new Error('nothing was refused');
}

function read(path: string): KeyFile {
  const file = readKeyFile(path);
  if (file === undefined) throw new Error(`no key file at ${path}`);
  return file;
}

describe('the standards', () => {
  test('SM4 gives the example of GB/T 32907, appendix A', () => {
    const key = Buffer.from('0123456789abcdeffedcba9876543210', 'hex');
    const cipher = createCipheriv('sm4-ecb', key, null).setAutoPadding(false);
    expect(cipher.update(key).toString('hex')).toBe('681edf34d206965e86b3e94f536e4246');
  });

  test('SM3 gives both examples of GB/T 32905, appendix A', () => {
    expect(hash('sm3', 'abc')).toBe('66c7f0f462eeedd9d1f2d46bdc10e4e24167c4875cf2f7a2297da02b8f4ba8e0');
    expect(hash('sm3', 'abcd'.repeat(16))).toBe('debe9ff92275b8a138604889c18e5a4d6fdb70e5387e5765293dcba39c0c5732');
  });

  test('our HMAC-SM3 is the one of node:crypto, for keys and messages of any length', () => {
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 1, maxLength: 200 }), fc.uint8Array({ maxLength: 3000 }), fc.uint8Array({ maxLength: 100 }), (key, message, second) => {
        const hmac = new HmacSm3(key);
        for (const each of [message, second]) expect(hmac.of(each)).toEqual(createHmac('sm3', key).update(each).digest());
      }),
    );
  });

  test('a sealed value is plain SM4-CBC with PKCS#7 and HMAC-SM3 over place and ciphertext: another program can open it', async () => {
    const path = newPath();
    const protector = await open(path);
    protector.seal(place, 'something before');
    const sealed = Buffer.from(protector.seal(place, '220102199001011234'));
    const [generation] = read(path).generations;
    const secrets = generation?.secrets;
    if (secrets === undefined) throw new Error('no secrets');
    expect(sealed.subarray(1, 5).toString('hex')).toBe(generation?.id);
    const decipher = createDecipheriv('sm4-cbc', Buffer.from(secrets.encryption, 'base64'), sealed.subarray(5, 21));
    expect(Buffer.concat([decipher.update(sealed.subarray(21, -16)), decipher.final()]).toString()).toBe('220102199001011234');
    const context = Buffer.from(`1/identity_numbers/number_sealed/${place.row}`);
    const length = Buffer.alloc(4);
    length.writeUInt32BE(context.length);
    const code = createHmac('sm3', Buffer.from(secrets.authentication, 'base64')).update(length).update(context).update(sealed.subarray(0, -16)).digest();
    expect(sealed.subarray(-16)).toEqual(code.subarray(0, 16));
  });
});

describe('sealed values', () => {
  test('come back as they were, whatever they are, in any order of sealing and opening', async () => {
    const protector = await open(newPath());
    fc.assert(
      fc.property(fc.array(fc.oneof(fc.string({ unit: 'grapheme', maxLength: 60 }), fc.uint8Array({ maxLength: 5000 })), { minLength: 1, maxLength: 5 }), (values) => {
        const sealed = values.map((value, at) => protector.seal({ ...place, row: String(at) }, value));
        const opened = sealed.map((bytes, at) => ({ at, bytes: protector.open({ ...place, row: String(at) }, bytes) })).reverse();
        for (const { at, bytes } of opened) expect(Buffer.from(bytes)).toEqual(Buffer.from(values[at] ?? '?'));
      }),
    );
  });

  test('two seals of one value differ in every block', async () => {
    const protector = await open(newPath());
    const blocks = new Set<string>();
    for (let at = 0; at < 3000; at++) {
      const sealed = Buffer.from(protector.seal(place, '220102199001011234'));
      for (let block = 5; block < 53; block += 16) blocks.add(sealed.toString('hex', block, block + 16));
    }
    expect(blocks.size).toBe(9000);
  });

  test('any changed, added or missing byte is refused', async () => {
    const protector = await open(newPath());
    const sealed = protector.seal(place, '6222021234567890');
    for (let at = 0; at < sealed.length; at++) {
      for (const bit of [1, 0x80]) {
        const changed = Uint8Array.from(sealed);
        changed[at] = (changed[at] ?? 0) ^ bit;
        const expected = at === 0 ? 'malformed' : at < 5 ? 'key-missing' : 'changed';
        expect(problemOf(() => protector.open(place, changed)).problem).toBe(expected);
      }
    }
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), fc.nat(sealed.length), (extra, cut) => {
        const other = Uint8Array.from([...sealed.subarray(0, cut), ...extra]);
        fc.pre(Buffer.compare(other, sealed) !== 0);
        expect(() => protector.open(place, other)).toThrow(ProtectionError);
      }),
    );
  });

  test('a value moved to another row, column, table or tenant is refused, and the refusal holds no value', async () => {
    const protector = await open(newPath());
    const sealed = protector.seal(place, '220102199001011234');
    const elsewhere: Place[] = [
      { ...place, tenantId: 2 },
      { ...place, table: 'identity_number' },
      { ...place, column: 'name_sealed' },
      { ...place, row: '01990000-0000-7000-8000-000000000002' },
      { ...place, row: '' },
    ];
    for (const other of elsewhere) {
      const refused = problemOf(() => protector.open(other, sealed));
      expect(refused.problem).toBe('changed');
      expect(refused.message).not.toContain('220102199001011234');
    }
    expect(protector.openText(place, sealed)).toBe('220102199001011234');
  });

  test('a value under a key that is not here names that key', async () => {
    const first = await open(newPath());
    const second = await open(newPath());
    const refused = problemOf(() => second.open(place, first.seal(place, 'x')));
    expect(refused).toMatchObject({ problem: 'key-missing', keyId: first.currentKeyId() });
    expect(refused.message).toContain(first.currentKeyId());
  });
});

describe('keyed hashes', () => {
  test('equal only for the same tenant, purpose and value; digests and search keys do not pass for each other', async () => {
    const protector = await open(newPath());
    const hex = (bytes: Uint8Array): string => Buffer.from(bytes).toString('hex');
    expect(hex(protector.searchKey(1, 'phone', '13800000000'))).toBe(hex(protector.searchKey(1, 'phone', '13800000000')));
    const all = [
      protector.searchKey(1, 'phone', '13800000000'),
      protector.searchKey(2, 'phone', '13800000000'),
      protector.searchKey(1, 'last-four', '13800000000'),
      protector.searchKey(1, 'phone', '13800000001'),
      protector.searchKey(1, 'phone/1', '3800000000'),
      protector.searchKey(1, 'phone', '1/3800000000'),
      protector.digest(1, '13800000000'),
      protector.digest(2, '13800000000'),
    ];
    for (const each of all) expect(each).toHaveLength(32);
    expect(new Set(all.map(hex)).size).toBe(all.length);
    expect(hex(protector.digest(1, '张三一'))).toBe(hex(protector.digest(1, Buffer.from('张三一'))));
  });
});

describe('signatures', () => {
  test('verify under their key alone, and over these bytes alone', async () => {
    const protector = await open(newPath());
    const root = Buffer.from('2026-11-21 root');
    const { keyId, signature } = protector.sign(root);
    expect(protector.verify(root, keyId, signature)).toBe(true);
    expect(protector.verify(Buffer.from('2026-11-22 root'), keyId, signature)).toBe(false);
    expect(protector.verify(root, keyId, signature.map((byte, at) => (at === 5 ? byte ^ 1 : byte)))).toBe(false);
    expect(protector.verify(root, '00000000', signature)).toBe(false);
    const other = await open(newPath());
    expect(other.verify(root, keyId, signature)).toBe(false);
  });
});

describe('the key file', () => {
  test('is made once, for its owner alone, and serves the next start', async () => {
    const path = newPath();
    const [first, second] = await Promise.all([open(path), open(path)]);
    const sealed = first.seal(place, '13800000000');
    expect(second.openText(place, sealed)).toBe('13800000000');
    expect((await open(path)).openText(place, sealed)).toBe('13800000000');
    expect(statSync(path).mode & 0o777).toBe(0o600);
    expect(statSync(join(path, '..')).mode & 0o777).toBe(0o700);
  });

  test('is never made anew where sealed data exist: the start is refused with what to do', async () => {
    const path = newPath();
    await expect(openKeys({ path, hasSealedData: async () => true })).rejects.toMatchObject({ problem: 'key-file-missing' });
    await expect(openKeys({ path, hasSealedData: async () => true })).rejects.toThrow('WUTONG_KEYS');
    expect(readKeyFile(path)).toBeUndefined();
  });

  test('is refused where others may read it, or a character of it is damaged', async () => {
    const path = newPath();
    await open(path);
    chmodSync(path, 0o640);
    await expect(open(path)).rejects.toThrow(`chmod 600 ${path}`);
    chmodSync(path, 0o600);
    const written = readFileSync(path, 'utf8');
    const secret = read(path).generations[0]?.secrets?.encryption ?? '';
    writeFileSync(path, written.replace(secret, `${secret.startsWith('A') ? 'B' : 'A'}${secret.slice(1)}`));
    await expect(open(path)).rejects.toMatchObject({ problem: 'key-file-unusable' });
    writeFileSync(path, written.slice(0, 100));
    await expect(open(path)).rejects.toMatchObject({ problem: 'key-file-unusable' });
  });
});

describe('more than one key', () => {
  const start = Date.parse('2026-11-21T00:00:00Z');

  test('a process that runs finds the new key by itself, at the same instant as every other', async () => {
    const path = newPath();
    let now = start;
    const clock = (): Date => new Date(now);
    const [first, second] = [await open(path, clock), await open(path, clock)];
    const before = first.seal(place, 'before');
    const oldId = first.currentKeyId();
    const file = read(path);
    const next = makeGeneration(clock(), new Date(start + 10_000));
    writeKeyFile(path, { ...file, generations: [...file.generations, next] });

    now = start + 9_999;
    expect([first.currentKeyId(), second.currentKeyId()]).toEqual([oldId, oldId]);
    // Both search keys serve from the moment the file is read: nothing that the other process writes escapes a search.
    expect(first.searchKeys(1, 'phone', '1')).toHaveLength(2);
    now = start + 10_000;
    expect([first.currentKeyId(), second.currentKeyId()]).toEqual([next.id, next.id]);
    const after = second.seal(place, 'after');
    expect([first.isCurrent(before), first.isCurrent(after)]).toEqual([false, true]);
    expect([first.openText(place, before), first.openText(place, after)]).toEqual(['before', 'after']);
    expect(first.searchKeys(1, 'phone', '1')[0]).toEqual(first.searchKey(1, 'phone', '1'));
  });

  test('a key that another process made a moment ago is found when a value needs it', async () => {
    const path = newPath();
    const clock = (): Date => new Date(start);
    const slow = await open(path, clock);
    const file = read(path);
    writeKeyFile(path, { ...file, generations: [...file.generations, makeGeneration(clock(), clock())] });
    const quick = await open(path, clock);
    expect(slow.openText(place, quick.seal(place, 'new'))).toBe('new');
  });

  test('a retired key opens nothing more, and its signatures still verify', async () => {
    const path = newPath();
    const protector = await open(path, () => new Date(start));
    const sealed = protector.seal(place, 'old');
    const signed = protector.sign(Buffer.from('root'));
    const file = read(path);
    const retired = file.generations.map(({ secrets: _, ...rest }) => ({ ...rest, retiredAt: new Date(start).toISOString() }));
    writeKeyFile(path, { ...file, generations: [...retired, makeGeneration(new Date(start), new Date(start))] });
    protector.reload();
    expect(problemOf(() => protector.open(place, sealed)).problem).toBe('key-missing');
    expect(protector.verify(Buffer.from('root'), signed.keyId, signed.signature)).toBe(true);
    expect(protector.searchKeys(1, 'phone', '1')).toHaveLength(1);
  });
});

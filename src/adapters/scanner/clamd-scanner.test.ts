// The scanner: verdicts of a clamd, and every way in which one fails to give a verdict keeps the paper waiting.

import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { harmful, serveSocket, startClamd, type TestClamd } from '../../../test/support/clamd.ts';
import { ScannerUnavailableError } from '../../domains/evidence/index.ts';
import { ScannerAddressError, scannerOf } from './clamd-scanner.ts';

let clamd: TestClamd;
beforeAll(async () => {
  clamd = await startClamd();
});
afterAll(() => clamd.stop());

async function misbehaving(talk: Parameters<typeof serveSocket>[0]): Promise<string> {
  const server = await serveSocket(talk);
  onTestFinished(() => server.stop());
  return server.address;
}

describe('with a clamd', () => {
  test('a harmless file is clean, of any length', async () => {
    const scanner = scannerOf(clamd.address);
    for (const bytes of [1, 65_535, 65_536, 65_537, 3_000_000]) {
      expect(await scanner.scan(randomBytes(bytes))).toEqual({ verdict: 'clean', engine: 'ClamAV' });
    }
  });

  test('what is harmful is found and named, also across the edge of two chunks', async () => {
    const scanner = scannerOf(clamd.address);
    for (const before of [0, 65_520, 200_000]) {
      const content = Buffer.concat([Buffer.alloc(before, 'x'), Buffer.from(harmful), Buffer.alloc(1000, 'y')]);
      expect(await scanner.scan(content)).toEqual({ verdict: 'infected', engine: 'ClamAV', finding: 'Wutong.Sample.UNOFFICIAL' });
    }
  });

  test('several files at once each get their own verdict', async () => {
    const scanner = scannerOf(clamd.address);
    const results = await Promise.all(Array.from({ length: 8 }, (_, at) => scanner.scan(Buffer.from(at % 2 === 0 ? `file ${at}` : `${harmful} ${at}`))));
    expect(results.map(({ verdict }) => verdict)).toEqual(['clean', 'infected', 'clean', 'infected', 'clean', 'infected', 'clean', 'infected']);
  });
});

describe('without an answer', () => {
  const content = randomBytes(2_000_000);

  test('nobody listens', async () => {
    const server = await serveSocket(() => {});
    await server.stop();
    await expect(scannerOf(server.address).scan(content)).rejects.toThrow(ScannerUnavailableError);
    await expect(scannerOf('unix:/nowhere/clamd.ctl').scan(content)).rejects.toThrow('ENOENT');
  });

  test('it is silent, or trickles without end', async () => {
    await expect(scannerOf(await misbehaving(() => {}), 300).scan(content)).rejects.toThrow('nothing within 300 ms');
    const trickling = await misbehaving((socket) => {
      const timer = setInterval(() => socket.write('.'), 50);
      socket.on('close', () => clearInterval(timer));
    });
    await expect(scannerOf(trickling, 300).scan(content)).rejects.toThrow(ScannerUnavailableError);
  });

  test('it hangs up, refuses the length, or says something else', async () => {
    await expect(scannerOf(await misbehaving((socket) => socket.destroy())).scan(content)).rejects.toThrow(ScannerUnavailableError);
    const refusing = await misbehaving((socket) => socket.once('data', () => socket.end('INSTREAM size limit exceeded. ERROR\0')));
    await expect(scannerOf(refusing).scan(content)).rejects.toThrow('size limit exceeded');
    const lying = await misbehaving((socket) => socket.once('data', () => socket.end('stream: OKAY\0')));
    await expect(scannerOf(lying).scan(content)).rejects.toThrow('no verdict');
  });

  test('an answer in pieces counts whole', async () => {
    const slow = await misbehaving((socket) => {
      socket.once('data', () => {
        socket.write('stream: ');
        setTimeout(() => socket.write('O'), 20);
        setTimeout(() => socket.write('K\0'), 40);
      });
    });
    expect((await scannerOf(slow).scan(Buffer.from('x'))).verdict).toBe('clean');
  });
});

describe('the setting', () => {
  test('without one nothing is scanned, and that is said', async () => {
    for (const setting of [undefined, '', '  ']) expect(await scannerOf(setting).scan(Buffer.from(harmful))).toEqual({ verdict: 'not-scanned', engine: null });
  });

  test('one that is no address is refused at once', () => {
    for (const setting of ['unix:clamd.ctl', 'http://localhost:3310', 'localhost:99999', 'two words']) expect(() => scannerOf(setting)).toThrow(ScannerAddressError);
    for (const setting of ['unix:/run/clamav/clamd.ctl', 'unix:///run/clamd', '/run/clamd', 'tcp://scanner.example:3310', 'scanner:3310', '[::1]:3310', 'scanner']) expect(() => scannerOf(setting)).not.toThrow();
  });
});

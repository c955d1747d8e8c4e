// Where the server listens when nothing is said, and what is refused.
import { resolve } from 'node:path';
import { expect, test } from 'vitest';
import { readSettings, SettingsError } from './settings.ts';

test('nothing said: port 8080, for this machine alone', () => {
  expect(readSettings({})).toEqual({ port: 8080, host: 'localhost', dataFolder: resolve('data') });
  expect(readSettings({ PORT: '', HOST: ' ' })).toMatchObject({ port: 8080, host: 'localhost' });
});

test('what is said is taken', () => {
  expect(readSettings({ PORT: ' 80 ', HOST: '0.0.0.0' })).toMatchObject({ port: 80, host: '0.0.0.0' });
  expect(readSettings({ PORT: '65535' }).port).toBe(65_535);
  expect(readSettings({ PORT: '0' }).port).toBe(0);
});

test.each(['65536', '-1', '8080.0', '8e3', '8,080', '八'])('PORT=%s is refused', (port) => {
  expect(() => readSettings({ PORT: port })).toThrow(SettingsError);
});

test('proxies that are believed are addresses, networks or their names', () => {
  expect(readSettings({ WUTONG_TRUST_PROXY: '127.0.0.1, 10.0.0.0/8' }).trustProxy).toBe('127.0.0.1, 10.0.0.0/8');
  expect(readSettings({ WUTONG_TRUST_PROXY: 'loopback' }).trustProxy).toBe('loopback');
  expect(() => readSettings({ WUTONG_TRUST_PROXY: '127.0.0.1,proxy example' })).toThrow(SettingsError);
});

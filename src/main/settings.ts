// Reads from the environment where the server listens and whom it believes, and says what is wrong with it.

import { resolve } from 'node:path';

/** Where the server listens. */
export interface Settings {
  /** 0 lets the system choose. */
  readonly port: number;
  readonly host: string;
  /** Addresses of proxies, by commas, whose word on who calls is believed. */
  readonly trustProxy?: string;
  /** The folder of files that belong to the data, where the database itself is elsewhere. */
  readonly dataFolder: string;
  /** The file of keys; beside the data folder where it is not set. */
  readonly keysFile?: string;
  /** The pack's id of the city that an empty database is founded with. */
  readonly city?: string;
}

const DEFAULT_PORT = 8080;
const HIGHEST_PORT = 65_535;

/** What is set wrongly, in both languages, for the person at the terminal. */
export class SettingsError extends Error {}

/**
 * Reads PORT (8080 where it is not set), HOST (this machine alone where it is not set) WUTONG_TRUST_PROXY (nobody), WUTONG_DATA, WUTONG_KEYS and WUTONG_CITY.
 * @throws SettingsError for a PORT that is no whole number from 0 to 65535, and for a proxy that is no address.
 */
export function readSettings(environment: Readonly<Record<string, string | undefined>>): Settings {
  const written = (environment['PORT'] ?? '').trim();
  const port = written === '' ? DEFAULT_PORT : Number(written);
  if (!/^\d*$/.test(written) || port > HIGHEST_PORT) {
    throw new SettingsError(
      `PORT 应当是 0 到 ${HIGHEST_PORT} 的整数，这里是“${written}”。比如：PORT=8081 npm start\n` +
        `PORT should be a whole number from 0 to ${HIGHEST_PORT}; found "${written}". For example: PORT=8081 npm start`,
    );
  }
  const host = (environment['HOST'] ?? '').trim();
  const proxies = (environment['WUTONG_TRUST_PROXY'] ?? '').trim();
  const wrong = proxies.split(',').find((address) => proxies !== '' && !/^(loopback|linklocal|uniquelocal|[0-9a-f.:]+(\/\d{1,3})?)$/i.test(address.trim()));
  if (wrong !== undefined) {
    throw new SettingsError(
      `WUTONG_TRUST_PROXY 应当是代理的地址，用逗号分开，这里有“${wrong.trim()}”。比如：WUTONG_TRUST_PROXY=127.0.0.1\n` +
        `WUTONG_TRUST_PROXY should be addresses of proxies, divided by commas; found "${wrong.trim()}". For example: WUTONG_TRUST_PROXY=127.0.0.1`,
    );
  }
  const city = (environment['WUTONG_CITY'] ?? '').trim();
  const keys = (environment['WUTONG_KEYS'] ?? '').trim();
  return {
    port,
    host: host === '' ? 'localhost' : host,
    dataFolder: resolve((environment['WUTONG_DATA'] ?? '').trim() || 'data'),
    ...(proxies === '' ? {} : { trustProxy: proxies }),
    ...(city === '' ? {} : { city }),
    ...(keys === '' ? {} : { keysFile: resolve(keys) }),
  };
}

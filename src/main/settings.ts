// Reads from the environment where the server listens and whom it believes, and says what is wrong with it.

import { resolve } from 'node:path';
import { type LogLevel, logLevels } from './log.ts';

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
  /** How much is logged; where it is not set, whoever starts decides. */
  readonly logLevel?: LogLevel;
  /** Lets other machines read the figures for Prometheus. */
  readonly metricsToken?: string;
  /** The pack's id of the city that an empty database is founded with. */
  readonly city?: string;
  /** Where a ClamAV listens; without it papers are marked as not scanned. */
  readonly clamav?: string;
}

const DEFAULT_PORT = 8080;
const HIGHEST_PORT = 65_535;
const LEAST_TOKEN = 16;

/** What is set wrongly, in both languages, for the person at the terminal. */
export class SettingsError extends Error {}

/**
 * Reads PORT (8080 where it is not set), HOST (this machine alone where it is not set) WUTONG_TRUST_PROXY (nobody), WUTONG_DATA, WUTONG_KEYS, WUTONG_CITY, WUTONG_LOG and WUTONG_METRICS_TOKEN.
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
  const clamav = (environment['WUTONG_CLAMAV'] ?? '').trim();
  const logged = (environment['WUTONG_LOG'] ?? '').trim();
  const logLevel = logLevels.find((level) => level === logged);
  if (logged !== '' && logLevel === undefined) {
    throw new SettingsError(`WUTONG_LOG 应当是 ${logLevels.join('、')} 之一，这里是“${logged}”\nWUTONG_LOG should be one of ${logLevels.join(', ')}; found "${logged}"`);
  }
  const metricsToken = (environment['WUTONG_METRICS_TOKEN'] ?? '').trim();
  if (metricsToken !== '' && metricsToken.length < LEAST_TOKEN) {
    throw new SettingsError(`WUTONG_METRICS_TOKEN 至少要 ${LEAST_TOKEN} 个字符，太短容易被猜到\nWUTONG_METRICS_TOKEN takes at least ${LEAST_TOKEN} characters; a shorter one can be guessed`);
  }
  return {
    port,
    host: host === '' ? 'localhost' : host,
    dataFolder: resolve((environment['WUTONG_DATA'] ?? '').trim() || 'data'),
    ...(proxies === '' ? {} : { trustProxy: proxies }),
    ...(city === '' ? {} : { city }),
    ...(logLevel === undefined ? {} : { logLevel }),
    ...(metricsToken === '' ? {} : { metricsToken }),
    ...(keys === '' ? {} : { keysFile: resolve(keys) }),
    ...(clamav === '' ? {} : { clamav }),
  };
}

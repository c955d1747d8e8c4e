// Reads from the environment where the server listens, and says what is wrong with it.

/** Where the server listens. */
export interface Settings {
  /** 0 lets the system choose. */
  readonly port: number;
  readonly host: string;
}

const DEFAULT_PORT = 8080;
const HIGHEST_PORT = 65_535;

/** What is set wrongly, in both languages, for the person at the terminal. */
export class SettingsError extends Error {}

/**
 * Reads PORT (8080 where it is not set) and HOST (this machine alone where it is not set).
 * @throws SettingsError for a PORT that is no whole number from 0 to 65535.
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
  return { port, host: host === '' ? 'localhost' : host };
}

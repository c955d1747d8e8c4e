// Opens what a command of operation works on: the database, beside a running server too, the data folder and the keys.
import { readKeyFile } from '../../adapters/cryptography/key-file.ts';
import { type KeyedProtector, openKeys } from '../../adapters/cryptography/sm4-protector.ts';
import { chooseDataFolder } from '../../storage/embedded/data-folder.ts';
import { findDatabase } from '../database.ts';
import { keysBeside } from '../keys-beside.ts';
import { programHome } from '../program.ts';
import { readSettings } from '../settings.ts';
import type { Environment, OperateCall } from './command.ts';

/** What a command works on. */
export interface Operated {
  /** The owner's address. */
  readonly url: string;
  readonly dataFolder: string;
  readonly keysFile: string;
  close(): Promise<void>;
}

/** Where the data folder and the keys are, whether they are there or not: where `npm start` with the same settings has them. */
export function placesOf(environment: Environment): { readonly dataFolder: string; readonly keysFile: string } {
  const settings = readSettings(environment);
  const isOwn = (environment['DATABASE_URL'] ?? '').trim() === '';
  const dataFolder = isOwn ? chooseDataFolder(environment, programHome) : settings.dataFolder;
  return { dataFolder, keysFile: settings.keysFile ?? keysBeside(dataFolder) };
}

/**
 * Opens the database as it is, without bringing it to a newer shape.
 * @param needs what has to be there already: Wutong's tables, a database at least, or nothing, for the two commands that fill an empty place.
 * @throws NoDataHere where it is not there; then nothing was made.
 */
export async function openOperated({ environment, progress }: Pick<OperateCall, 'environment' | 'progress'>, needs: 'tables' | 'database' | 'nothing' = 'tables'): Promise<Operated> {
  const database = await findDatabase({ environment, mayShare: true, mayMigrate: false, say: progress, ...(needs === 'nothing' ? {} : { needs }) });
  return { url: database.url, ...placesOf(environment), close: () => database.stop() };
}

/** The keys, where they are; never makes any. */
export async function findKeys(keysFile: string): Promise<KeyedProtector | undefined> {
  return readKeyFile(keysFile) === undefined ? undefined : openKeys({ path: keysFile, hasSealedData: () => Promise.resolve(true) });
}

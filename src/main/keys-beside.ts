// Where the keys are that belong to a data folder.
import { join } from 'node:path';

/** The file of keys that belongs to a data folder: beside it, so that a copy of the one is no copy of the other. */
export function keysBeside(dataFolder: string): string {
  return join(dataFolder, '..', 'keys', 'wutong.keys');
}

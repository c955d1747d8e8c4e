// Where the program's own files are and which version it is; the same from the source and from what is built.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The folder of the program: two above src/main, and above dist/server alike. */
export const programHome = fileURLToPath(new URL('../..', import.meta.url)).replace(/[\\/]$/, '');

/** The version, as package.json has it. */
export function programVersion(): string {
  return (JSON.parse(readFileSync(join(programHome, 'package.json'), 'utf8')) as { version: string }).version;
}

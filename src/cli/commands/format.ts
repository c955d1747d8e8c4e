// wutong format: writes packs in their canonical form, or only says which are not.

import { readdirSync, readFileSync, realpathSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join, relative, resolve, sep } from 'node:path';
import { formatDiagnostic } from '../../authoring/diagnostics.ts';
import { formatPack } from '../../authoring/format-pack.ts';
import { listCities } from '../../authoring/workspace.ts';
import type { Call, Command } from '../command.ts';
import type { Messages } from '../messages.ts';
import { UsageError } from '../usage-error.ts';
import { findRoot } from '../workspace-root.ts';

export const command: Command = {
  options: { check: 'flag', root: 'value' },
  async run({ args, console, say, language }: Call): Promise<number> {
    const isCheck = args.values.has('check');
    const files = args.files.length > 0 ? args.files.map((file) => checkFile(file, say)) : listPacks(findRoot(args, say));
    const changed: string[] = [];
    let faults = 0;
    for (const file of files) {
      const name = nameOf(file);
      const source = readFileSync(file);
      const formatted = formatPack(name, decode(source, name, say));
      if ('diagnostics' in formatted) {
        faults += formatted.diagnostics.length;
        for (const item of formatted.diagnostics) await console.out(`${formatDiagnostic(item, language)}\n`);
      } else if (!source.equals(Buffer.from(formatted.text))) {
        changed.push(name);
        await console.out(`${name}\n`);
        if (!isCheck) replaceFile(file, formatted.text);
      }
    }
    if (faults === 0 || changed.length > 0) {
      await console.err(`${changed.length === 0 ? say.formatClean(files.length) : isCheck ? say.formatWouldChange(changed.length) : say.formatChanged(changed.length)}\n`);
    }
    return faults > 0 || (isCheck && changed.length > 0) ? 1 : 0;
  },
};

/** Every file of every pack; the reference data is no pack. */
function listPacks(root: string): string[] {
  return listCities(root).flatMap((city) => {
    const folder = join(root, 'cities', city);
    return readdirSync(folder, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile() && entry.name.endsWith('.yaml'))
      .map((entry) => join(entry.parentPath, entry.name))
      .sort();
  });
}

function checkFile(file: string, say: Messages): string {
  const found = statSync(file, { throwIfNoEntry: false });
  if (found === undefined) throw new UsageError(say.fileMissing(file));
  if (found.isDirectory()) throw new UsageError(say.fileIsFolder(file));
  if (!/\.ya?ml$/.test(file)) throw new UsageError(say.formatNotYaml(file));
  // A link stays a link: what it leads to is written.
  return realpathSync(file);
}

/** The path as the person here would write it. */
function nameOf(file: string): string {
  const path = relative(process.cwd(), resolve(file));
  return (path.startsWith('..') ? file : path).split(sep).join('/');
}

function decode(bytes: Buffer, name: string, say: Messages): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    throw new UsageError(`${name}: ${say.notUtf8()}`);
  }
}

/** Puts the text in place of a file at once: whoever reads meanwhile sees the old or the new one, whole. */
function replaceFile(file: string, text: string): void {
  const fresh = `${file}.${process.pid}.new`;
  try {
    writeFileSync(fresh, text, { mode: statSync(file).mode });
    renameSync(fresh, file);
  } catch (error) {
    rmSync(fresh, { force: true });
    throw error;
  }
}

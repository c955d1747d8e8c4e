// Runs the built command line as people do: another process, its output and its exit status.

import { spawn } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { onTestFinished } from 'vitest';
import { buildPacks } from '../../src/authoring/build-packs.ts';

export const root = dirname(dirname(import.meta.dirname));

/** What one run did. */
export interface Ran {
  readonly status: number | null;
  readonly out: string;
  readonly err: string;
}

/** Runs `wutong` with arguments, and optionally a standard input; in the project's folder, and the program that is built there, unless told otherwise. */
export function wutong(args: readonly string[], input: string | Buffer = '', cwd: string = root, home: string = root): Promise<Ran> {
  return new Promise((done, fail) => {
    const child = spawn(process.execPath, [join(home, 'bin/wutong.js'), ...args], { cwd });
    const out: Buffer[] = [];
    const err: Buffer[] = [];
    child.stdout.on('data', (piece: Buffer) => out.push(piece));
    child.stderr.on('data', (piece: Buffer) => err.push(piece));
    // A program that says no before it reads closes its input; that is its right.
    child.stdin.on('error', () => undefined);
    child.stdin.end(input);
    child.once('error', fail);
    child.once('close', (status) => done({ status, out: Buffer.concat(out).toString(), err: Buffer.concat(err).toString() }));
  });
}

/** Evaluates for Jilin City on a fixed date. */
export function evaluate(input: string | Buffer, ...options: readonly string[]): Promise<Ran> {
  return wutong(['evaluate', '--city', 'jilin-city', '--date', '2026-06-30', ...options, '-'], input);
}

/** A folder with the built program and packs of its own: a city `small` of these files. It is gone when the test is. */
export function builtWith(files: Readonly<Record<string, string | Uint8Array>>): string {
  const folder = temporaryFolder();
  for (const part of ['bin', 'dist/cli']) cpSync(join(root, part), join(folder, part), { recursive: true });
  mkdirSync(join(folder, 'cities'));
  symlinkSync(join(root, 'cities/reference'), join(folder, 'cities/reference'), 'dir');
  for (const [name, content] of Object.entries(files)) {
    const path = join(folder, 'cities/small', name);
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, content);
  }
  buildPacks({ root: folder, outDir: join(folder, 'dist/packs') });
  return folder;
}

/** A folder that is gone when the test is. */
export function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'wutong-cli-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

/** A file in a folder that is gone when the test is. */
export function temporaryFile(name: string, content: string | Buffer): string {
  const file = join(temporaryFolder(), name);
  writeFileSync(file, content);
  return file;
}

/** A line of NDJSON for a person. */
export function person(id: string | number, facts: Readonly<Record<string, unknown>> = {}): string {
  return `${JSON.stringify({ id, subject: 'person', facts })}\n`;
}

/** The ids of NDJSON answers, in order. */
export function idsOf(out: string): unknown[] {
  return out.split('\n').filter((line) => line !== '').map((line) => (JSON.parse(line) as { id: unknown }).id);
}

/** What no output may ever hold. */
export const stackTrace = /^\s+at .+:\d+:\d+\)?$|node:internal|WUTONG_DEBUG/m;

// Finds habits in files that a reader trips over: no word on what a file is for, places of one machine, tests switched off.
import { readFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { listFiles, root } from './tree.ts';

/** Files of code whose first line is not a comment that says what they are for. */
export function findFilesWithoutPurpose(folder: string): string[] {
  return listFiles(folder)
    .filter((path) => /^(src|web|tools|test)\/.*\.(ts|tsx|mjs)$/.test(path))
    .filter((path) => !/^(\/\/|\/\*\*) ?\S.{4}/.test(read(folder, path)));
}

const escape = (text: string): string => text.replace(/[^\w/]/g, '\\$&');

/** Places that exist on one machine, or only for whoever installs from one address. */
const places: RegExp[] = [
  /(?<![\w.~-])\/(home|Users)\/[a-z]/,
  /[A-Z]:\\Users\\/,
  ...[root, homedir()].map((path) => new RegExp(`(?<![\\w.~-])${escape(path)}/`)),
  new RegExp(`${escape(root)}(?!\\w)`),
  // The addresses of package registries: whoever installs has one of their own.
  /\bregistry\.[\w-]+\.[a-z]{2,}\b/,
  /^\s*registry\s*=/m,
  /"resolved":\s*"https?:/,
];

/** "file: what" for every mention of a place of one machine. */
export function findPlaces(folder: string): string[] {
  return listFiles(folder).flatMap((path) => {
    const text = read(folder, path);
    // A zero byte marks pictures and the like.
    if (text.includes('\0')) return [];
    return places.flatMap((place) => place.exec(text)?.[0] ?? []).map((found) => `${path}: ${found.trim()}`);
  });
}

/** "file: what" for every test that is switched off, or that switches off the others. */
export function findSleepingTests(folder: string): string[] {
  const asleep =
    /\b(?:(?:it|test|describe|suite)(?:\.\w+)*\.(?:only|skip|todo|skipIf|runIf|fails)|(?:xit|xtest|xdescribe|fit|fdescribe)(?=\())\b|\bctx\.skip\(/g;
  return listFiles(folder)
    .filter((path) => /\.test\.tsx?$/.test(path))
    .flatMap((path) => [...read(folder, path).matchAll(asleep)].map((match) => `${path}: ${match[0]}`));
}

function read(folder: string, path: string): string {
  return readFileSync(join(folder, path), 'utf8');
}

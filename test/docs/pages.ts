// Reads the pages of docs/ as the tests need them: fenced blocks by their mark, tables under a marker, words in backticks.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from '../tidy/tree.ts';

/** A fenced block: what stands behind its fence, and its lines. */
interface Block {
  readonly mark: string;
  readonly text: string;
}

export function readPage(path: string): string {
  return readFileSync(join(root, path), 'utf8');
}

/** The fenced blocks of a page, in order. */
export function blocksOf(page: string): Block[] {
  return [...page.matchAll(/^```(.+)\n([^]*?)^```$/gm)].map((match) => ({ mark: match[1] ?? '', text: match[2] ?? '' }));
}

/** The rows of the first table below `<!-- marker -->`, as cells, without its head. */
export function tableBelow(page: string, marker: string): string[][] {
  const at = page.indexOf(`<!-- ${marker} -->`);
  if (at < 0) throw new Error(`the page has no marker ${marker}`);
  const lines = page.slice(at).split('\n').slice(1);
  const first = lines.findIndex((line) => line.startsWith('|'));
  const rest = lines.slice(first);
  const last = rest.findIndex((line) => !line.startsWith('|'));
  return rest.slice(2, last < 0 ? undefined : last).map((line) =>
    line
      .slice(1, -1)
      .split(' | ')
      .map((cell) => cell.trim()),
  );
}

/** The words in backticks of a text. */
export function codeWords(text: string): string[] {
  return [...text.matchAll(/`([^`\n]+)`/g)].map((match) => match[1] ?? '');
}

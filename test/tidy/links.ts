// Finds links in Markdown pages that lead nowhere: to a missing file or to a missing heading.
import { existsSync, readFileSync, statSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { listFiles } from './tree.ts';

/** "page: link" for every relative link or #anchor that does not resolve; links to other sites are not followed. */
export function findDeadLinks(folder: string): string[] {
  return listFiles(folder)
    .filter((path) => path.endsWith('.md'))
    .flatMap((page) =>
      linksOf(readPage(join(folder, page)))
        .filter((link) => !resolves(folder, page, link))
        .map((link) => `${page}: ${link}`),
    );
}

/** The page without its code, in which brackets are no links and # is no heading. */
function readPage(file: string): string {
  return readFileSync(file, 'utf8')
    .replace(/^( *)(```+|~~~+)[^]*?^ *\2[`~]*\s*$/gm, '')
    .replace(/<!--[^]*?-->/g, '');
}

function linksOf(text: string): string[] {
  const prose = text.replace(/(`+)[^]*?\1/g, '');
  const patterns = [
    // [words](target "title"), ![picture](target), [words](<target with spaces>)
    /\]\(\s*(?:<([^>]*)>|((?:[^\s()]|\([^\s()]*\))+))(?:\s+["'][^]*?["'])?\s*\)/g,
    // [name]: target
    /^ {0,3}\[[^\]]+\]:\s*(?:<([^>]*)>|(\S+))/gm,
    /<(?:a|img)\s[^>]*?(?:href|src)="([^"]*)"/g,
  ];
  return patterns.flatMap((pattern) => [...prose.matchAll(pattern)].map((match) => match[1] ?? match[2] ?? ''));
}

function resolves(folder: string, page: string, link: string): boolean {
  if (/^[a-z][a-z0-9+.-]*:|^\/\//i.test(link)) return true;
  const [path = '', anchor] = link.split('#');
  const target = path === '' ? join(folder, page) : path.startsWith('/') ? join(folder, path) : join(folder, dirname(page), decodeURI(path));
  // A link out of the repository works on nobody else's machine.
  if (relative(folder, target).startsWith('..') || !existsSync(target)) return false;
  if (anchor === undefined || !target.endsWith('.md') || statSync(target).isDirectory()) return true;
  return anchorsOf(readPage(target)).has(decodeURIComponent(anchor));
}

/** Anchors as code hosts make them: the words of a heading in lower case, spaces as hyphens, a number when repeated. */
function anchorsOf(text: string): Set<string> {
  const anchors = new Set<string>();
  for (const match of text.matchAll(/^ {0,3}#{1,6}\s+(.+?)\s*#*\s*$/gm)) {
    const words = (match[1] ?? '').replace(/!?\[([^\]]*)\]\([^)]*\)/g, '$1').toLowerCase();
    const base = words.replace(/[^\p{L}\p{M}\p{N}\p{Pc}\s-]/gu, '').replace(/\s/g, '-');
    let anchor = base;
    for (let n = 1; anchors.has(anchor); n++) anchor = `${base}-${n}`;
    anchors.add(anchor);
  }
  for (const match of text.matchAll(/<[a-z][^>]*\s(?:id|name)="([^"]+)"/gi)) anchors.add(match[1] ?? '');
  return anchors;
}

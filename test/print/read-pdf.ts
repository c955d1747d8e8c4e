// Reads a PDF back with pdf.js: its text in reading order with places, outline, tags and glyphs.
import { getDocumentProxy, getResolvedPDFJS } from 'unpdf';

export interface ReadText {
  readonly text: string;
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly size: number;
}

export interface ReadPage {
  readonly width: number;
  readonly height: number;
  readonly texts: readonly ReadText[];
  /** All of its text without spaces. */
  readonly plain: string;
}

/** An entry of the outline with the page that it leads to, from 1. */
export interface ReadOutline {
  readonly title: string;
  readonly page: number;
  readonly items: readonly ReadOutline[];
}

export interface ReadPdf {
  readonly info: Readonly<Record<string, unknown>>;
  readonly language: string | null;
  readonly isMarked: boolean;
  readonly pages: readonly ReadPage[];
  readonly outline: readonly ReadOutline[];
}

type Pdf = Awaited<ReturnType<typeof getDocumentProxy>>;
/** An entry as pdf.js gives it; what it leads to is the name of a place or [page, how to show it, …]. */
interface OutlineNode {
  readonly title: string;
  readonly dest: string | readonly PageReference[] | null;
  readonly items: readonly OutlineNode[];
}
type PageReference = Parameters<Pdf['getPageIndex']>[0];

/** Everything of a PDF that a reader gets. */
export async function readPdf(bytes: Uint8Array): Promise<ReadPdf> {
  const pdf = await openPdf(bytes);
  const pages: ReadPage[] = [];
  for (let number = 1; number <= pdf.numPages; number++) {
    const page = await pdf.getPage(number);
    const { width, height } = page.getViewport({ scale: 1 });
    const { items } = await page.getTextContent();
    const texts = items.flatMap((item): ReadText[] => {
      if (!('str' in item) || item.str.trim() === '') return [];
      const [, , , , x = 0, y = 0] = item.transform as readonly number[];
      return [{ text: item.str, x, y, width: item.width, size: item.height }];
    });
    pages.push({ width, height, texts, plain: bare(texts.map(({ text }) => text).join('')) });
  }
  const { info } = await pdf.getMetadata();
  const marks = await pdf.getMarkInfo();
  return { info: info as Record<string, unknown>, language: (info as { Language?: string }).Language ?? null, isMarked: (marks as { Marked?: boolean } | null)?.Marked === true, pages, outline: await readOutline(pdf, (await pdf.getOutline()) as readonly OutlineNode[] | null) };
}

/** Opens a PDF; the bytes stay the caller's. */
export function openPdf(bytes: Uint8Array): Promise<Pdf> {
  return getDocumentProxy(Uint8Array.from(bytes), { verbosity: 0 });
}

async function readOutline(pdf: Pdf, nodes: readonly OutlineNode[] | null): Promise<ReadOutline[]> {
  const read: ReadOutline[] = [];
  for (const { title, dest, items } of nodes ?? []) {
    const target = typeof dest === 'string' ? ((await pdf.getDestination(dest)) as readonly PageReference[] | null) : dest;
    const [page] = target ?? [];
    read.push({ title, page: page === undefined ? 0 : (await pdf.getPageIndex(page)) + 1, items: await readOutline(pdf, items) });
  }
  return read;
}

/** Codes of the glyphs that a page shows; 0 is the empty box of a missing glyph. */
export async function glyphCodes(pdf: Pdf, number: number): Promise<number[]> {
  const { OPS } = await getResolvedPDFJS();
  const page = await pdf.getPage(number);
  const { fnArray, argsArray } = await page.getOperatorList();
  return fnArray.flatMap((operator, at) => {
    if (operator !== OPS.showText && operator !== OPS.showSpacedText) return [];
    const glyphs = (argsArray[at] as [readonly (number | { readonly originalCharCode: number } | null)[]])[0];
    return glyphs.flatMap((glyph) => (typeof glyph === 'object' && glyph !== null ? [glyph.originalCharCode] : []));
  });
}

/** A text without any space. */
export function bare(text: string): string {
  return text.replace(/\s/g, '');
}

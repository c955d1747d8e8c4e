// The public face of print: a policy's manual and a decision's letter as PDFs, set with the same parts.

import { drawPages } from './draw-pages.ts';
import { fillPages } from './fill-pages.ts';
import { packObjects } from './pack-objects.ts';
import { type PrintedLetter, setLetter } from './set-letter.ts';
import { placesOf, type PrintedManual, setManual } from './set-manual.ts';
import { TextSetter } from './set-text.ts';
import { page } from './style.ts';
import { openPdf } from './typeface.ts';
import { printWords } from './words.ts';

export type { PrintedLetter } from './set-letter.ts';
export type { PrintedManual } from './set-manual.ts';
export { MissingGlyphError, missingGlyphs } from './typeface.ts';

/**
 * The manual of a policy as a PDF; the same manual gives the same bytes.
 * @throws MissingGlyphError where the face lacks a character
 */
export async function printManual(manual: PrintedManual): Promise<Uint8Array> {
  const { policy, language } = manual;
  const words = printWords[language];
  const { document, typeface } = openPdf({
    title: `${policy.title} ${words.kind}`,
    author: policy.cityTitle,
    subject: `${policy.validityTold} · ${words.madeFrom(manual.edition)}`,
    keywords: policy.items.map(({ title }) => title).join(language === 'zh' ? '、' : ', '),
    language: language === 'zh' ? 'zh-CN' : 'en',
    made: dateOf(policy.from),
  });
  const setter = new TextSetter(typeface, language);
  const pages = fillPages(setManual(manual, words, { setter, placeOf: placesOf(manual) }), page);
  drawPages(document, typeface, setter, pages, { title: `${policy.short} ${words.kind}`, foot: `${policy.cityTitle} · ${manual.edition}`, number: words.pageOf });
  return finish(document);
}

/**
 * A letter as a PDF; the same letter gives the same bytes.
 * @throws MissingGlyphError where the face lacks a character
 */
export async function printLetter(letter: PrintedLetter): Promise<Uint8Array> {
  const { document, typeface } = openPdf({
    title: `${letter.title} ${letter.number}`,
    author: letter.from,
    subject: letter.subject,
    keywords: letter.keywords.join(letter.language === 'zh' ? '、' : ', '),
    language: letter.language === 'zh' ? 'zh-CN' : 'en',
    made: new Date(`${letter.madeOn}T00:00:00Z`),
  });
  const setter = new TextSetter(typeface, letter.language);
  const pages = fillPages(setLetter(letter, { setter, placeOf: () => undefined }), page);
  drawPages(document, typeface, setter, pages, { title: letter.cityName, foot: letter.number, number: letter.pageOf });
  return finish(document);
}

/** The bytes of a document that is drawn. */
async function finish(document: PDFKit.PDFDocument): Promise<Uint8Array> {
  document.end();
  const chunks: Uint8Array[] = [];
  for await (const chunk of document) chunks.push(chunk as Uint8Array);
  return packObjects(Buffer.concat(chunks));
}

/** A calendar number (20210901) as the first moment of its day. */
function dateOf(date: number): Date {
  return new Date(Date.UTC(Math.floor(date / 10000), (Math.floor(date / 100) % 100) - 1, date % 100));
}

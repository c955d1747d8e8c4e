// The faces of everything that is printed, and how its glyphs are measured and handed to pdfkit.

import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type PdfDocument from 'pdfkit';

export type Weight = 'regular' | 'bold';
/** What glyphs come from: the weights of the one face, and another for what it lacks. */
type Face = Weight | 'rare';

const require = createRequire(import.meta.url);
/** Where the files are, wherever this code runs: beside the sources or bundled into the server. */
const files: Readonly<Record<Face, () => string>> = {
  regular: () => require.resolve('@expo-google-fonts/noto-sans-sc/400Regular/NotoSansSC_400Regular.ttf'),
  bold: () => require.resolve('@expo-google-fonts/noto-sans-sc/600SemiBold/NotoSansSC_600SemiBold.ttf'),
  // Not the smaller woff2: its outlines are packed in a way from which fontkit makes no part of a font.
  rare: () => require.resolve('@fontsource/lxgw-wenkai/files/lxgw-wenkai-latin-500-normal.woff'),
};
const weights: readonly Weight[] = ['regular', 'bold'];
/** Loaded at the first PDF: a server that starts does not wait for its tables. */
const loadPdfkit = (): typeof PdfDocument => require('pdfkit') as typeof PdfDocument;

/** What this file uses of a font as fontkit reads it. */
interface Glyph {
  readonly id: number;
  readonly advanceWidth: number;
  readonly codePoints: readonly number[];
}
interface Font {
  glyphForCodePoint(codePoint: number): Glyph;
  hasGlyphForCodePoint(codePoint: number): boolean;
  layout(text: string, features: Readonly<Record<string, boolean>>): { readonly glyphs: readonly Glyph[]; readonly positions: readonly { readonly xAdvance: number }[] };
}
/** What this file uses of pdfkit's embedded font; none of it is in pdfkit's published interface, hence the exact version in package.json. */
interface EmbeddedFont {
  readonly id: string;
  /** Thousandths of the size in one of the font's own units. */
  readonly scale: number;
  readonly font: Font;
  readonly subset: { includeGlyph(id: number): number };
  readonly widths: (number | undefined)[];
  readonly unicode: (readonly number[] | undefined)[];
  ref(): unknown;
}

/** A glyph in place: how far the next stands from it, in thousandths of the size, as the font has it and as it is set. */
export interface SetGlyph {
  readonly glyph: Glyph;
  readonly face: Face;
  /** As the font has it. */
  readonly width: number;
  readonly advance: number;
}

/** A character for which no face has a glyph: it would print as an empty box. */
export class MissingGlyphError extends Error {
  readonly characters: readonly string[];

  constructor(characters: readonly string[]) {
    super(`没有字形 / no glyph for ${characters.map((character) => `${character} (U+${character.codePointAt(0)?.toString(16).toUpperCase()})`).join(', ')}`);
    this.name = 'MissingGlyphError';
    this.characters = characters;
  }
}

const buffers = new Map<Face, Buffer>();

/** The file of a face, read once. */
function readFace(face: Face): Buffer {
  let buffer = buffers.get(face);
  if (buffer === undefined) {
    buffer = readFileSync(files[face]());
    buffers.set(face, buffer);
  }
  return buffer;
}

/** The faces within one PDF. Only glyphs that were encoded are embedded. */
export class Typeface {
  private readonly document: PDFKit.PDFDocument;
  private readonly fonts = new Map<Face, EmbeddedFont>();
  private readonly words = new Map<string, readonly SetGlyph[]>();

  /** @param document the PDF that the glyphs go into */
  constructor(document: PDFKit.PDFDocument) {
    this.document = document;
    for (const weight of weights) this.fontOf(weight);
  }

  /** A face of this document. The one for rare characters is opened at the first of them: most letters have none. */
  private fontOf(face: Face): EmbeddedFont {
    let font = this.fonts.get(face);
    if (font === undefined) {
      this.document.registerFont(face, readFace(face)).font(face);
      font = (this.document as unknown as { readonly _font: EmbeddedFont })._font;
      this.fonts.set(face, font);
    }
    return font;
  }

  private has(face: Face, character: string): boolean {
    return this.fontOf(face).font.hasGlyphForCodePoint(character.codePointAt(0) ?? 0);
  }

  /** The characters of a text that no face has, each once. */
  missing(text: string): string[] {
    return [...new Set(text)].filter((character) => !/[\s\p{Cf}]/u.test(character) && weights.some((weight) => !this.has(weight, character)) && !this.has('rare', character));
  }

  /**
   * Glyphs of a character or word. Letters are kerned; quotation marks in words are narrow, while figures keep their one width.
   * @throws MissingGlyphError where no face has a character
   */
  glyphsOf(text: string, weight: Weight, isWord: boolean): readonly SetGlyph[] {
    const key = `${weight} ${isWord ? 'w' : 'c'} ${text}`;
    let glyphs = this.words.get(key);
    if (glyphs === undefined) {
      const absent = this.missing(text);
      if (absent.length > 0) throw new MissingGlyphError(absent);
      glyphs = this.faces(text, weight).flatMap(([part, face]) => this.shape(part, face, isWord));
      this.words.set(key, glyphs);
    }
    return glyphs;
  }

  /** A text in parts of one face each: a word of two looks would be torn, so that it is all of the face that has all of it. */
  private faces(text: string, weight: Weight): readonly (readonly [part: string, face: Face])[] {
    const characters = Array.from(text);
    const isIn = (face: Face) => (character: string): boolean => /[\s\p{Cf}]/u.test(character) || this.has(face, character);
    if (characters.every(isIn(weight))) return [[text, weight]];
    if (characters.every(isIn('rare'))) return [[text, 'rare']];
    return characters.map((character) => [character, isIn(weight)(character) ? weight : 'rare']);
  }

  private shape(text: string, face: Face, isWord: boolean): readonly SetGlyph[] {
    const { font, scale } = this.fontOf(face);
    const plain = (glyph: Glyph, advance = glyph.advanceWidth): SetGlyph => ({ glyph, face, width: glyph.advanceWidth * scale, advance: advance * scale });
    // One look-up by character is enough for most of the text, and much faster than laying it out.
    if (!isWord || /^[\d.,]*$/.test(text)) return Array.from(text).map((character) => plain(font.glyphForCodePoint(character.codePointAt(0) ?? 0)));
    // Ligatures would copy as one character; figures are not kerned, so that columns line up.
    const run = font.layout(text, { liga: false, dlig: false, pwid: /[“”‘’…]/u.test(text), kern: !/\d/.test(text) });
    return run.glyphs.map((glyph, at) => plain(glyph, run.positions[at]?.xAdvance));
  }

  /** Puts a glyph among the embedded ones. @returns its code in a text string, four hexadecimal digits */
  encode({ glyph, face, width }: SetGlyph): string {
    const embedded = this.fontOf(face);
    const code = embedded.subset.includeGlyph(glyph.id);
    embedded.widths[code] ??= width;
    embedded.unicode[code] ??= glyph.codePoints;
    return code.toString(16).padStart(4, '0');
  }

  /** Makes a face known to the page being drawn. @returns its name there */
  useOnPage(face: Face): string {
    const embedded = this.fontOf(face);
    const page = this.document.page as unknown as { readonly fonts: Record<string, unknown> };
    page.fonts[embedded.id] ??= embedded.ref();
    return embedded.id;
  }
}

/** A PDF without a page yet, and its faces. `made` stands in for the day on which it was made, so that the same input gives the same bytes. */
export function openPdf(about: { readonly title: string; readonly author: string; readonly subject: string; readonly keywords: string; readonly language: string; readonly made: Date }): {
  document: PDFKit.PDFDocument;
  typeface: Typeface;
} {
  const { title, author, subject, keywords, language, made } = about;
  const document = new (loadPdfkit())({
    autoFirstPage: false,
    bufferPages: true,
    pdfVersion: '1.7',
    tagged: true,
    displayTitle: true,
    lang: language,
    size: 'A4',
    margin: 0,
    font: readFace('regular') as unknown as string,
    info: { Title: title, Author: author, Subject: subject, Keywords: keywords, Creator: 'Wutong', Producer: 'Wutong, pdfkit', CreationDate: made, ModDate: made },
  });
  return { document, typeface: new Typeface(document) };
}

let kept: Typeface | undefined;

/** The characters of a text that nothing printed here could show, each once: what a letter with it would stop at. The faces are opened once. */
export function missingGlyphs(text: string): readonly string[] {
  kept ??= openPdf({ title: '', author: '', subject: '', keywords: '', language: 'zh-CN', made: new Date(0) }).typeface;
  return kept.missing(text);
}

// The letter of a decision as data: what stands on it, block by block; whoever prints it knows nothing of decisions.

/** A part of the letter's text. */
export type LetterBlock =
  | { readonly kind: 'text'; readonly text: string }
  /** An amount in figures and in words; gold, large. */
  | { readonly kind: 'sum'; readonly figures: string; readonly words: string }
  | { readonly kind: 'list'; readonly items: readonly { readonly mark: string; readonly text: string; readonly clause: string }[] }
  /** `figures`: indexes of columns of numbers. */
  | { readonly kind: 'table'; readonly caption: string; readonly head: readonly string[]; readonly rows: readonly (readonly string[])[]; readonly figures: readonly number[] };

/** A part with its label. */
export interface LetterSection {
  readonly label: string;
  readonly blocks: readonly LetterBlock[];
}

/** A letter in one language. */
export interface Letter {
  readonly language: 'zh' | 'en';
  /** Who writes: the department's name. */
  readonly from: string;
  /** Said at the top and on every page where the letter is none: that of a demonstration; null otherwise. */
  readonly sample: string | null;
  readonly title: string;
  readonly number: string;
  readonly to: string;
  /** Who that is more exactly: the masked number, the employer. */
  readonly toMore: string;
  /** Of characters that stand as their codes: what they are and who writes them in; null where all are printed. */
  readonly missing: string | null;
  readonly opening: string;
  readonly sections: readonly LetterSection[];
  readonly signed: { readonly by: string; readonly on: string };
  readonly verification: { readonly label: string; readonly code: string; readonly told: string };
  /** For the document's own description. */
  readonly subject: string;
  readonly cityName: string;
  readonly keywords: readonly string[];
  /** `YYYY-MM-DD`; the same letter gives the same bytes. */
  readonly madeOn: string;
  /** Page 1 of 2. */
  readonly pageOf: (page: number, pages: number) => string;
}

/** Sets a letter as a PDF. */
export type PrintLetter = (letter: Letter) => Promise<Uint8Array>;

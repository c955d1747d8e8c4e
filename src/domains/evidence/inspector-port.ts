// The port of inspectors: what a file's bytes say it is, and pictures of its pages; done where a hostile file can harm nothing.

/** Types of files that papers may have. */
export const paperTypes = {
  'application/pdf': { extension: 'pdf', names: ['pdf'], mostBytes: 31_457_280 },
  'application/ofd': { extension: 'ofd', names: ['ofd'], mostBytes: 31_457_280 },
  'image/jpeg': { extension: 'jpg', names: ['jpg', 'jpeg', 'jpe', 'jfif'], mostBytes: 20_971_520 },
  'image/png': { extension: 'png', names: ['png'], mostBytes: 20_971_520 },
  'image/webp': { extension: 'webp', names: ['webp'], mostBytes: 20_971_520 },
} as const;

export type PaperType = keyof typeof paperTypes;

/** Most bytes of any paper. */
export const MOST_PAPER_BYTES = Math.max(...Object.values(paperTypes).map(({ mostBytes }) => mostBytes));

/** What an officer should know of a file that is accepted. */
export type Remark =
  /** Holds electronic signatures; their validity is not checked here. */
  | 'signed'
  /** Other files are attached to it. */
  | 'attachments'
  /** Holds fields that can be filled in. */
  | 'form'
  /** Its author restricted printing or copying; parts of it cannot be looked into. */
  | 'restricted'
  /** Something follows the picture, as telephones append it. */
  | 'trailing-data';

/** Why a file is not accepted. */
export type InspectionRefusal =
  | 'empty'
  | 'type-unknown'
  | 'type-differs'
  | 'old-office'
  | 'heic'
  | 'too-large'
  | 'damaged'
  | 'password'
  | 'active-content'
  | 'two-in-one'
  | 'too-many-pages'
  | 'too-many-pixels'
  | 'inflates'
  | 'animated';

/** What inspection found. */
export type Inspection =
  | { readonly ok: true; readonly type: PaperType; readonly pages: number; readonly remarks: readonly Remark[] }
  | { readonly ok: false; readonly because: InspectionRefusal };

/** The inspector gave up: the file kept it too long, or brought it down. */
export class InspectorFailedError extends Error {
  override readonly name = 'InspectorFailedError';
}

/** Looks into files, and draws their pages. */
export interface Inspector {
  /**
   * Says what the bytes are; `extension` is what the name promised, without the dot, or empty.
   * @throws InspectorFailedError.
   */
  inspect(content: Uint8Array, extension: string): Promise<Inspection>;
  /**
   * A page, from 1, as WebP of at most `widthPixels`, without any metadata; undefined where the type has no pictures or the page is not there.
   * @throws InspectorFailedError.
   */
  draw(content: Uint8Array, type: PaperType, page: number, widthPixels: number): Promise<Uint8Array | undefined>;
}

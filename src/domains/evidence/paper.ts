// Papers (材料) as data: their states, how far they are trusted, when they are valid. No database, no files.

import type { Capacity } from '../permissions/index.ts';
import type { InspectionRefusal, PaperType, Remark } from './inspector-port.ts';

/**
 * uploading: pieces arrive · checking: all have arrived · clean: may be used · refused: may not, and why · withdrawn: taken back, its bytes are
 * gone · expired: the upload was never finished. That a paper's own validity ends is no state: it was valid for what it was used for.
 */
export type PaperStatus = 'uploading' | 'checking' | 'clean' | 'refused' | 'withdrawn' | 'expired';

/** 可信等级 (国办函〔2016〕108号): A from the issuer, B original seen at a window, C uploaded, D self-declared. */
export type TrustClass = 'A' | 'B' | 'C' | 'D';

/** Through whom the bytes came. */
export type PaperOrigin = 'issuer' | 'department' | 'window' | 'upload' | 'self';

/** Why a paper was not accepted: what inspection says, and what else can be wrong. */
export type PaperRefusal = InspectionRefusal | 'infected' | 'held-already' | 'unreadable';

/** What was found when a file was looked at for harm. */
export type ScanVerdict = 'clean' | 'infected' | 'not-scanned';

/** A paper, without its bytes. */
export interface Paper {
  readonly evidenceId: string;
  readonly partyId: string;
  readonly kind: string;
  readonly status: PaperStatus;
  readonly trustClass: TrustClass;
  readonly origin: PaperOrigin;
  readonly departmentId: string | null;
  /** The organisation whose agent brought it. */
  readonly organisationId: string | null;
  readonly issuedBy: string | null;
  readonly issuedOn: string | null;
  readonly expiresOn: string | null;
  readonly fileNameSealed: Uint8Array | null;
  readonly sizeBytes: number;
  readonly receivedBytes: number;
  readonly uploadUntil: Date;
  readonly contentType: PaperType | null;
  readonly pages: number | null;
  readonly remarks: readonly Remark[];
  readonly refusedBecause: PaperRefusal | null;
  readonly sameAs: string | null;
  readonly scanVerdict: ScanVerdict | null;
  readonly scanEngine: string | null;
  readonly contentDigest: Uint8Array | null;
  readonly dataKeySealed: Uint8Array | null;
  readonly blobId: string | null;
  readonly version: number;
  readonly createdAt: Date;
  readonly createdBy: string | null;
}

/** On what ground the trust in a paper changes. */
export type TrustBasis = 'original-seen' | 'issuer-asked' | 'doubted';

const trustAfterBasis: Readonly<Record<TrustBasis, Readonly<Partial<Record<TrustClass, TrustClass>>>>> = {
  // The original of a declaration proves no more than the declaration.
  'original-seen': { C: 'B' },
  'issuer-asked': { B: 'A', C: 'A', D: 'A' },
  doubted: { A: 'C', B: 'C' },
};

/** The class that follows from a ground; undefined where the ground changes nothing. */
export function trustAfter(from: TrustClass, basis: TrustBasis): TrustClass | undefined {
  return trustAfterBasis[basis][from];
}

/**
 * How far a paper is trusted when it comes, by who brings it: an officer at a window has the original before their eyes. What people declare of
 * themselves (告知承诺) is a declaration, whoever takes it in.
 */
export function trustAtFirst(capacity: Capacity, isDeclaration: boolean): { readonly origin: PaperOrigin; readonly trustClass: TrustClass } {
  if (isDeclaration) return { origin: 'self', trustClass: 'D' };
  switch (capacity.kind) {
    case 'officer':
      return { origin: 'window', trustClass: 'B' };
    case 'feed':
    case 'job':
      return { origin: 'department', trustClass: 'A' };
    default:
      return { origin: 'upload', trustClass: 'C' };
  }
}

/** Whether a paper proves something on a day: accepted, issued by then and not expired. */
export function isValidOn(paper: Pick<Paper, 'status' | 'issuedOn' | 'expiresOn'>, on: string): boolean {
  return paper.status === 'clean' && (paper.issuedOn === null || paper.issuedOn <= on) && (paper.expiresOn === null || paper.expiresOn >= on);
}

const MOST_NAME_CHARACTERS = 120;

/**
 * A file's name for people: the last part of any path, without control characters and marks that turn the direction of writing (a name can
 * end in "gpj.exe" and read "exe.jpg"), never a hidden or empty one.
 */
export function cleanFileName(written: string): string {
  const last = written.split(/[/\\]/).at(-1) ?? '';
  const visible = last.normalize('NFC').replace(/[\p{Cc}\p{Cf}\p{Co}\p{Cs}\p{Zl}\p{Zp}<>:"|?*]/gu, '').replace(/\s+/g, ' ').trim().replace(/^\.+/, '');
  const { stem, extension } = partsOf(visible);
  const short = Array.from(stem).slice(0, MOST_NAME_CHARACTERS).join('').trim();
  return `${short === '' ? '材料' : short}${extension === '' ? '' : `.${extension}`}`;
}

/** The extension of a file's name in lower case, without the dot; empty where it has none. */
export function extensionOf(fileName: string): string {
  return partsOf(fileName).extension;
}

/** The name under which a paper is saved: the given one with the extension of what the bytes are. */
export function savedName(fileName: string, extension: string): string {
  return `${partsOf(fileName).stem}.${extension}`;
}

function partsOf(name: string): { readonly stem: string; readonly extension: string } {
  const found = /^(.+)\.([a-z0-9]{1,8})$/i.exec(name);
  return { stem: found?.[1] ?? name, extension: (found?.[2] ?? '').toLowerCase() };
}

// What a file is by its bytes, and whether it may be a paper: one type, the type its name promises, nothing hidden in it.

import { fileTypeFromBuffer } from 'file-type';
import { type Inspection, type PaperType, paperTypes } from '../../domains/evidence/index.ts';
import { inspectImage } from './inspect-image.ts';
import { inspectOfd, isOfd } from './inspect-ofd.ts';
import { inspectPdf } from './inspect-pdf.ts';

/** Inspects a file whose name ended with `extension` (without the dot; empty where it had none). */
export async function inspectPaper(content: Uint8Array, extension: string): Promise<Inspection> {
  if (content.length === 0) return { ok: false, because: 'empty' };
  const found = await typeOf(content);
  if (!(found in paperTypes)) return { ok: false, because: found as 'type-unknown' };
  const type = found as PaperType;
  const { names, mostBytes } = paperTypes[type];
  const promised = extension.toLowerCase();
  if (promised !== '' && !(names as readonly string[]).includes(promised)) return { ok: false, because: 'type-differs' };
  if (content.length > mostBytes) return { ok: false, because: 'too-large' };
  switch (type) {
    case 'application/pdf':
      return inspectPdf(content);
    case 'application/ofd':
      return inspectOfd(content);
    default:
      return inspectImage(content, type);
  }
}

/** The type by the very first bytes: readers that search for a beginning further on are how one file passes for two. */
async function typeOf(content: Uint8Array): Promise<PaperType | 'heic' | 'old-office' | 'type-unknown'> {
  const found = await fileTypeFromBuffer(content).catch(() => undefined);
  switch (found?.ext) {
    case 'pdf':
      return Buffer.from(content.subarray(0, 5)).toString('latin1') === '%PDF-' ? 'application/pdf' : 'type-unknown';
    case 'jpg':
      return 'image/jpeg';
    case 'png':
      return 'image/png';
    case 'webp':
      return 'image/webp';
    case 'heic':
      return 'heic';
    case 'cfb':
    case 'docx':
    case 'xlsx':
    case 'pptx':
    case 'odt':
    case 'rtf':
      return 'old-office';
    default:
      return (await isOfd(content)) ? 'application/ofd' : 'type-unknown';
  }
}

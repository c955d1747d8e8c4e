// What is wrong with a picture, if anything: cut off, too many pixels, several pictures, another file behind it.

import type { Inspection, PaperType } from '../../domains/evidence/index.ts';
import { endOfJpeg, endOfPng, endOfWebp, holdsAnotherFile } from './end-of-picture.ts';
import { decode, MOST_PIXELS } from './image-decoder.ts';

const ends = { 'image/jpeg': endOfJpeg, 'image/png': endOfPng, 'image/webp': endOfWebp } as const;

/** Inspects a picture, which must be of `type`; every pixel is decoded once. */
export async function inspectImage(content: Uint8Array, type: Extract<PaperType, keyof typeof ends>): Promise<Inspection> {
  const end = ends[type](content);
  if (end === undefined) return { ok: false, because: 'damaged' };
  if (holdsAnotherFile(content.subarray(end))) return { ok: false, because: 'two-in-one' };
  let size;
  try {
    size = await decode(content).metadata();
  } catch (error) {
    return { ok: false, because: error instanceof Error && /pixel limit/i.test(error.message) ? 'too-many-pixels' : 'damaged' };
  }
  if (`image/${size.format}` !== type) return { ok: false, because: 'damaged' };
  if (size.width * size.height > MOST_PIXELS) return { ok: false, because: 'too-many-pixels' };
  if ((size.pages ?? 1) > 1) return { ok: false, because: 'animated' };
  try {
    await decode(content).stats();
  } catch {
    return { ok: false, because: 'damaged' };
  }
  return { ok: true, type, pages: 1, remarks: end < content.length ? ['trailing-data'] : [] };
}

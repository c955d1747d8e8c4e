// Pictures of pages: pixels alone, turned upright, without the metadata in which telephones write where and when.

import type { PaperType } from '../../domains/evidence/index.ts';
import { decode, fromPixels } from './image-decoder.ts';
import { openPdf } from './open-pdf.ts';

const QUALITY = 80;
/** A page is at most so much higher than wide; a longer one is drawn smaller. */
const HIGHEST_TO_WIDTH = 3;

/** Page `page`, from 1, as WebP of at most `widthPixels`; undefined for a page that is not there and for types without pictures. */
export async function drawPage(content: Uint8Array, type: PaperType, page: number, widthPixels: number): Promise<Uint8Array | undefined> {
  const mostHeight = widthPixels * HIGHEST_TO_WIDTH;
  switch (type) {
    case 'application/ofd':
      return undefined;
    case 'application/pdf': {
      const pdf = await openPdf(content);
      try {
        if (page < 1 || page > pdf.pages) return undefined;
        const drawn = await pdf.draw(page, widthPixels, mostHeight);
        if (drawn === undefined) return undefined;
        return await fromPixels(drawn.data, drawn.width, drawn.height).flatten({ background: '#ffffff' }).webp({ quality: QUALITY }).toBuffer();
      } finally {
        pdf.close();
      }
    }
    default:
      if (page !== 1) return undefined;
      return decode(content)
        .rotate()
        .resize({ width: widthPixels, height: mostHeight, fit: 'inside', withoutEnlargement: true })
        .flatten({ background: '#ffffff' })
        .webp({ quality: QUALITY })
        .toBuffer();
  }
}

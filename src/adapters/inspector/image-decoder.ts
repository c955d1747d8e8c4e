// Decodes pictures with libvips, of the three formats that papers may have and within a limit of pixels.

import sharp, { type Sharp } from 'sharp';

/** A telephone makes 12 to 50 million, a scan of A4 at 600 dpi has 35. */
export const MOST_PIXELS = 120_000_000;

// Formats that nobody sends are not even tried: fewer decoders, fewer ways in.
sharp.block({ operation: ['VipsForeignLoad'] });
sharp.unblock({ operation: ['VipsForeignLoadJpegBuffer', 'VipsForeignLoadPngBuffer', 'VipsForeignLoadWebpBuffer'] });
// One file after another: memory stays level, and nothing of one person is kept while the next is looked at.
sharp.cache(false);
sharp.concurrency(1);

/** A picture, to be decoded as what it is. */
export function decode(content: Uint8Array): Sharp {
  return sharp(content, { limitInputPixels: MOST_PIXELS, failOn: 'error', sequentialRead: true, pages: 1 });
}

/** Raw pixels as a picture. */
export function fromPixels(data: Uint8Array, width: number, height: number): Sharp {
  return sharp(data, { raw: { width, height, channels: 4 } });
}

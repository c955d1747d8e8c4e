// Writes a picture of few colours as a PNG with a palette: less than half of what a browser's own PNG takes.
import { crc32, deflateSync } from 'node:zlib';
import type { Page } from 'playwright-core';

/** The picture as a browser sees it: colours as 0xRRGGBB and, for each point, which of them. */
interface Paletted {
  readonly width: number;
  readonly height: number;
  readonly colours: readonly number[];
  readonly points: string;
}

// The 256 colours that are there most often; the others, few and at the edges of letters, become the nearest of them.
const readPoints = `async (source) => {
  const image = new Image();
  image.src = source;
  await image.decode();
  const { width, height } = image;
  const context = new OffscreenCanvas(width, height).getContext('2d');
  context.drawImage(image, 0, 0);
  const { data } = context.getImageData(0, 0, width, height);
  const all = Uint32Array.from({ length: width * height }, (_, at) => (data[4 * at] << 16) | (data[4 * at + 1] << 8) | data[4 * at + 2]);
  const counts = new Map();
  for (const colour of all) counts.set(colour, (counts.get(colour) ?? 0) + 1);
  const colours = [...counts].sort(([, a], [, b]) => b - a).slice(0, 256).map(([colour]) => colour);
  const apart = (a, b) => [16, 8, 0].reduce((sum, shift) => sum + (((a >> shift) & 255) - ((b >> shift) & 255)) ** 2, 0);
  const nearest = new Map([...counts.keys()].map((colour) => [colour, colours.reduce((best, other, at) => (apart(colour, other) < apart(colour, colours[best]) ? at : best), 0)]));
  return { width, height, colours, points: Array.from(all, (colour) => String.fromCharCode(nearest.get(colour))).join('') };
}`;

/** @param source a picture as a data: address. @param page any page that may show it. */
export async function writePalettePng(page: Page, source: string): Promise<Buffer> {
  const { width, height, colours, points } = await page.evaluate<Paletted>(`(${readPoints})(${JSON.stringify(source)})`);
  const head = Buffer.alloc(13);
  head.writeUInt32BE(width, 0);
  head.writeUInt32BE(height, 4);
  // Eight bits a point, each the number of a colour.
  head.set([8, 3], 8);
  const indices = Buffer.from(points, 'latin1');
  // Every line begins with the filter that it went through: none.
  const lines = Array.from({ length: height }, (_, at) => Buffer.concat([Buffer.from([0]), indices.subarray(at * width, (at + 1) * width)]));
  return Buffer.concat([
    Buffer.from('\x89PNG\r\n\x1a\n', 'latin1'),
    chunk('IHDR', head),
    chunk('PLTE', Buffer.from(colours.flatMap((colour) => [colour >> 16, (colour >> 8) & 255, colour & 255]))),
    chunk('IDAT', deflateSync(Buffer.concat(lines), { level: 9 })),
    chunk('IEND', Buffer.alloc(0)),
  ]);
}

function chunk(name: string, content: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(name, 'latin1'), content]);
  const [length, check] = [Buffer.alloc(4), Buffer.alloc(4)];
  length.writeUInt32BE(content.length);
  check.writeUInt32BE(crc32(body));
  return Buffer.concat([length, body, check]);
}

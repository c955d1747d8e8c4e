// Files as people upload them, and as nobody should: made here, so that each is exactly what its test says.
import { crc32, deflateSync } from 'node:zlib';
import { strToU8, zipSync } from 'fflate';
import PDFDocument from 'pdfkit';
import sharp from 'sharp';

/** A PDF of `pages` pages with a line of text each. */
export async function makePdf({ pages = 1, text = 'Sample contract', password = '', attachment = '' } = {}): Promise<Buffer> {
  const document = new PDFDocument({ size: 'A4', ...(password === '' ? {} : { userPassword: password, pdfVersion: '1.7' as const }) });
  const chunks: Buffer[] = [];
  document.on('data', (chunk: Buffer) => chunks.push(chunk));
  const ended = new Promise<void>((done) => document.on('end', () => done()));
  for (let page = 1; page <= pages; page++) {
    if (page > 1) document.addPage();
    document.rect(72, 72, 200, 100).fill('#c0392b').fillColor('#000').text(`${text}, page ${page}`, 72, 300);
  }
  if (attachment !== '') document.file(Buffer.from(attachment), { name: 'attachment.txt' });
  document.end();
  await ended;
  return Buffer.concat(chunks);
}

/** A PDF written by hand: `catalog` is added to its catalogue; with `compressed` the catalogue lies in an object stream. */
export function makeRawPdf({ catalog = '', extra = [], compressed = false }: { readonly catalog?: string; readonly extra?: readonly string[]; readonly compressed?: boolean } = {}): Buffer {
  const pages = '<< /Type /Pages /Kids [3 0 R] /Count 1 >>';
  const page = '<< /Type /Page /Parent 2 0 R /MediaBox [0 0 300 400] >>';
  const root = `<< /Type /Catalog /Pages 2 0 R ${catalog} >>`;
  const plain = compressed ? [pages, page, ...extra] : [root, pages, page, ...extra];
  const firstPlain = compressed ? 2 : 1;
  const parts = [Buffer.from('%PDF-1.7\n%\u00e2\u00e3\u00cf\u00d3\n', 'latin1')];
  const length = (): number => parts.reduce((sum, part) => sum + part.length, 0);
  const offsets = new Map<number, number>();
  plain.forEach((body, at) => {
    offsets.set(firstPlain + at, length());
    parts.push(Buffer.from(`${firstPlain + at} 0 obj\n${body}\nendobj\n`, 'latin1'));
  });
  if (!compressed) {
    const size = plain.length + 1;
    const table = [...offsets.values()].map((offset) => `${String(offset).padStart(10, '0')} 00000 n \n`).join('');
    const start = length();
    parts.push(Buffer.from(`xref\n0 ${size}\n0000000000 65535 f \n${table}trailer\n<< /Size ${size} /Root 1 0 R >>\nstartxref\n${start}\n%%EOF\n`, 'latin1'));
    return Buffer.concat(parts);
  }
  const streamNumber = firstPlain + plain.length;
  const tableNumber = streamNumber + 1;
  const inner = deflateSync(Buffer.from(`1 0 ${root}`, 'latin1'));
  offsets.set(streamNumber, length());
  parts.push(Buffer.from(`${streamNumber} 0 obj\n<< /Type /ObjStm /N 1 /First 4 /Filter /FlateDecode /Length ${inner.length} >>\nstream\n`, 'latin1'), inner, Buffer.from('\nendstream\nendobj\n'));
  const start = length();
  offsets.set(tableNumber, start);
  const row = (type: number, field: number, last: number): number[] => [type, (field >> 24) & 255, (field >> 16) & 255, (field >> 8) & 255, field & 255, last];
  const rows = [row(0, 0, 0), row(2, streamNumber, 0)];
  for (let number = 2; number <= tableNumber; number++) rows.push(row(1, offsets.get(number) ?? 0, 0));
  const table = Buffer.from(rows.flat());
  parts.push(
    Buffer.from(`${tableNumber} 0 obj\n<< /Type /XRef /Size ${tableNumber + 1} /W [1 4 1] /Root 1 0 R /Length ${table.length} >>\nstream\n`, 'latin1'),
    table,
    Buffer.from(`\nendstream\nendobj\nstartxref\n${start}\n%%EOF\n`),
  );
  return Buffer.concat(parts);
}

/** A picture of noise, so that it does not shrink to nothing; with `gps` it says where it was taken. */
export async function makeImage(format: 'jpeg' | 'png' | 'webp', { width = 640, height = 480, gps = false, orientation = 1 } = {}): Promise<Buffer> {
  const noise = { create: { width, height, channels: 3 as const, background: '#808080', noise: { type: 'gaussian' as const, mean: 128, sigma: 40 } } };
  let made = sharp(noise);
  if (gps) made = made.withExif({ IFD0: { Make: 'Sample' }, IFD3: { GPSLatitudeRef: 'N', GPSLatitude: '43/1 53/1 0/1' } });
  if (orientation !== 1) made = made.withMetadata({ orientation });
  return made[format]().toBuffer();
}

/** A WebP that moves. */
export async function makeAnimation(): Promise<Buffer> {
  const frames = await Promise.all(['#ff0000', '#00ff00'].map((background) => sharp({ create: { width: 50, height: 50, channels: 3, background } }).png().toBuffer()));
  return sharp(frames, { join: { animated: true } }).webp().toBuffer();
}

/** A PNG of a few hundred bytes that says it has `width` × `height` pixels. */
export function makePngBomb(width: number, height: number): Buffer {
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header[8] = 1;
  const chunk = (name: string, data: Uint8Array): Buffer => {
    const body = Buffer.concat([Buffer.from(name, 'latin1'), data]);
    const [length, check] = [Buffer.alloc(4), Buffer.alloc(4)];
    length.writeUInt32BE(data.length);
    check.writeUInt32BE(crc32(body));
    return Buffer.concat([length, body, check]);
  };
  return Buffer.concat([Buffer.from([137, 80, 78, 71, 13, 10, 26, 10]), chunk('IHDR', header), chunk('IDAT', deflateSync(Buffer.alloc(100_000))), chunk('IEND', Buffer.alloc(0))]);
}

/** An OFD of `pages` pages; `files` are added to the archive. */
export function makeOfd({ pages = 2, files = {}, document = '' }: { readonly pages?: number; readonly files?: Readonly<Record<string, Uint8Array>>; readonly document?: string } = {}): Buffer {
  const space = 'xmlns:ofd="http://www.ofdspec.org/2016"';
  const kids = Array.from({ length: pages }, (_, at) => `<ofd:Page ID="${at + 1}" BaseLoc="Pages/Page_${at}/Content.xml"/>`).join('');
  return Buffer.from(
    zipSync({
      'OFD.xml': strToU8(`<?xml version="1.0" encoding="UTF-8"?><ofd:OFD ${space} Version="1.0"><ofd:DocBody><ofd:DocRoot>Doc_0/Document.xml</ofd:DocRoot></ofd:DocBody></ofd:OFD>`),
      'Doc_0/Document.xml': strToU8(document === '' ? `<?xml version="1.0" encoding="UTF-8"?><ofd:Document ${space}><ofd:Pages>${kids}</ofd:Pages></ofd:Document>` : document),
      ...files,
    }),
  );
}

/** Any zip. */
export function makeZip(files: Readonly<Record<string, string>>): Buffer {
  return Buffer.from(zipSync(Object.fromEntries(Object.entries(files).map(([name, text]) => [name, strToU8(text)]))));
}

// Real files before the inspector: what is a paper, what is none and why, and what pictures of pages hold.

import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import sharp from 'sharp';
import { afterAll, describe, expect, onTestFinished, test } from 'vitest';
import { makeAnimation, makeImage, makeOfd, makePdf, makePngBomb, makeRawPdf, makeZip } from '../../../test/support/sample-papers.ts';
import { InspectorFailedError } from '../../domains/evidence/index.ts';
import { makeChildInspector } from './child-inspector.ts';

const inspector = makeChildInspector();
afterAll(() => inspector.close());
const inspect = (content: Uint8Array, extension = '') => inspector.inspect(content, extension);
const refused = (because: string) => ({ ok: false, because });

describe('papers', () => {
  test('a PDF with its pages', async () => {
    expect(await inspect(await makePdf({ pages: 3 }), 'PDF')).toEqual({ ok: true, type: 'application/pdf', pages: 3, remarks: [] });
    expect(await inspect(makeRawPdf(), 'pdf')).toEqual({ ok: true, type: 'application/pdf', pages: 1, remarks: [] });
    expect(await inspect(makeRawPdf({ compressed: true }), 'pdf')).toEqual({ ok: true, type: 'application/pdf', pages: 1, remarks: [] });
  });

  test('pictures of three kinds', async () => {
    for (const [format, extension] of [['jpeg', 'jpg'], ['png', 'png'], ['webp', 'webp']] as const) {
      expect(await inspect(await makeImage(format), extension)).toEqual({ ok: true, type: `image/${format}`, pages: 1, remarks: [] });
    }
  });

  test('an OFD with its pages', async () => {
    expect(await inspect(makeOfd({ pages: 4 }), 'ofd')).toEqual({ ok: true, type: 'application/ofd', pages: 4, remarks: [] });
  });

  test('an attachment, a form and restricted parts are remarked upon', async () => {
    expect(await inspect(await makePdf({ attachment: 'annex' }))).toMatchObject({ ok: true, remarks: ['attachments'] });
    const field = makeRawPdf({ catalog: '/AcroForm << /Fields [4 0 R] >>', extra: ['<< /FT /Tx /T (name) /Type /Annot /Subtype /Widget /Rect [0 0 9 9] >>'] });
    expect(await inspect(field)).toMatchObject({ ok: true, remarks: ['form'] });
    const closed = makeRawPdf({ extra: ['<< /Type /ObjStm /N 1 /First 4 /Filter [/ASCIIHexDecode /FlateDecode] /Length 2 >>\nstream\n00\nendstream'] });
    expect(await inspect(closed)).toMatchObject({ ok: true, remarks: ['restricted'] });
  });

  test('what a telephone appends to a picture is remarked upon', async () => {
    const film = Buffer.concat([await makeImage('jpeg'), Buffer.from('\0\0\0\u0018ftypmp42'), randomBytes(200_000)]);
    expect(await inspect(film, 'jpg')).toEqual({ ok: true, type: 'image/jpeg', pages: 1, remarks: ['trailing-data'] });
  });
});

describe('what is refused', () => {
  test('a name that promises another type', async () => {
    expect(await inspect(await makeImage('jpeg'), 'pdf')).toEqual(refused('type-differs'));
    expect(await inspect(await makePdf(), 'jpg')).toEqual(refused('type-differs'));
    expect(await inspect(await makePdf(), 'exe')).toEqual(refused('type-differs'));
  });

  test('types that papers do not have', async () => {
    for (const [content, because] of [
      [Buffer.alloc(0), 'empty'],
      [Buffer.from('plain words'), 'type-unknown'],
      [Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'), 'type-unknown'],
      [Buffer.from('GIF89a\u0001\u0000\u0001\u0000\u0080\u0000\u0000', 'latin1'), 'type-unknown'],
      [makeZip({ 'notes.txt': 'x' }), 'type-unknown'],
      [makeZip({ '[Content_Types].xml': '<Types><Override ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>', 'word/document.xml': '<x/>' }), 'old-office'],
      [Buffer.concat([Buffer.from('d0cf11e0a1b11ae1', 'hex'), Buffer.alloc(600)]), 'old-office'],
      [Buffer.concat([Buffer.from('\0\0\0\u0018ftypheic\0\0\0\0heicmif1', 'latin1'), Buffer.alloc(100)]), 'heic'],
    ] as const) {
      expect({ content, ...(await inspect(content)) }).toEqual({ content, ...refused(because) });
    }
  });

  test('a PDF under a password', async () => {
    expect(await inspect(await makePdf({ password: 'sample' }))).toEqual(refused('password'));
  });

  test('a PDF that does something: plainly, escaped, compressed, in a page’s own action', async () => {
    for (const pdf of [
      makeRawPdf({ catalog: '/OpenAction << /S /JavaScript /JS (app.alert(1)) >>' }),
      makeRawPdf({ catalog: '/OpenAction << /S /J#61va#53cript /JS (app.alert(1)) >>' }),
      makeRawPdf({ catalog: '/OpenAction << /S /JavaScript /JS (app.alert(1)) >>', compressed: true }),
      makeRawPdf({ extra: ['<< /S /Launch /F (cmd.exe) >>'] }),
      makeRawPdf({ extra: ['<</Subtype/RichMedia>>'] }),
    ]) {
      expect(await inspect(pdf)).toEqual(refused('active-content'));
    }
  });

  test('two files in one', async () => {
    const zip = makeZip({ 'a.txt': 'x' });
    for (const first of [await makePdf(), await makeImage('jpeg'), await makeImage('png'), await makeImage('webp')]) {
      for (const second of [zip, Buffer.from('<script>alert(1)</script>'), await makePdf(), Buffer.from('Rar!\u001a\u0007\u0001', 'latin1')]) {
        const result = await inspect(Buffer.concat([first, second]));
        // The end of a PDF behind a PDF is the end of one PDF: its readers see the second, and so does the inspector.
        const isPdfTwice = first.subarray(0, 5).equals(second.subarray(0, 5));
        expect(result).toMatchObject(isPdfTwice ? { ok: true, pages: 1 } : refused('two-in-one'));
      }
    }
    expect(await inspect(Buffer.concat([Buffer.from('<html>'), await makePdf()]))).toMatchObject({ ok: false });
  });

  test('pictures that are cut off, damaged, moving, or unfold into more than a machine holds', async () => {
    const [jpeg, png, webp] = [await makeImage('jpeg'), await makeImage('png'), await makeImage('webp')];
    for (const whole of [jpeg, png, webp]) {
      for (const share of [0.02, 0.5, 0.99]) expect(await inspect(whole.subarray(0, Math.floor(whole.length * share)))).toMatchObject({ ok: false });
    }
    const scratched = Buffer.from(png);
    scratched.fill(0, png.length >> 1, (png.length >> 1) + 500);
    expect(await inspect(scratched)).toEqual(refused('damaged'));
    expect(await inspect(await makeAnimation())).toEqual(refused('animated'));
    expect(await inspect(makePngBomb(60_000, 60_000))).toEqual(refused('too-many-pixels'));
    expect(await inspect(makePngBomb(2_000_000_000, 2_000_000_000))).toMatchObject({ ok: false });
  });

  test('an OFD that is a bomb, leads out of its folder, names a part twice, calls on entities or brings a program', async () => {
    const space = 'xmlns:ofd="http://www.ofdspec.org/2016"';
    // The size that the list of the archive tells stands 24 bytes after the beginning of an entry.
    const bomb = makeOfd({ files: { 'Doc_0/Res/a.bin': new Uint8Array(5) } });
    bomb.writeUInt32LE(2_000_000_000, bomb.lastIndexOf('PK\u0001\u0002') + 24);
    expect(await inspect(bomb)).toEqual(refused('inflates'));
    expect(await inspect(makeOfd({ files: { 'Doc_0/tool.exe': new Uint8Array(5) } }))).toEqual(refused('active-content'));
    expect(await inspect(makeOfd({ document: `<!DOCTYPE d [<!ENTITY a "b">]><ofd:Document ${space}><ofd:Pages/></ofd:Document>` }))).toEqual(refused('active-content'));
    expect(await inspect(makeOfd({ document: '<not closed' }))).toEqual(refused('damaged'));
    expect(await inspect(makeOfd({ pages: 0 }))).toEqual(refused('damaged'));
    expect(await inspect(makeOfd({ files: { '../../etc/cron.d/x': new Uint8Array(5) } }))).toMatchObject({ ok: false });
    expect(await inspect(makeOfd({ pages: 501 }))).toEqual(refused('too-many-pages'));
  });

  test('a PDF of more pages than anybody reads', async () => {
    expect(await inspect(await makePdf({ pages: 501 }))).toEqual(refused('too-many-pages'));
  });

  test('anything with a good beginning is answered, never a crash', async () => {
    const wholes = [await makePdf({ pages: 2 }), await makeImage('jpeg', { width: 60, height: 40 }), await makeImage('png', { width: 60, height: 40 }), await makeImage('webp', { width: 60, height: 40 }), makeOfd()];
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...wholes), fc.array(fc.tuple(fc.double({ min: 0, max: 0.9999, noNaN: true }), fc.nat(255)), { maxLength: 20 }), async (whole, changes) => {
        const changed = Buffer.from(whole);
        for (const [share, byte] of changes) changed[Math.floor(share * changed.length)] = byte;
        const result = await inspect(changed);
        expect(typeof result.ok).toBe('boolean');
      }),
      { numRuns: 150 },
    );
  });
});

describe('pictures of pages', () => {
  test('a page of a PDF, at the width that was asked for', async () => {
    const pdf = await makePdf({ pages: 2 });
    const picture = await inspector.draw(pdf, 'application/pdf', 2, 600);
    const { format, width, height } = await sharp(picture).metadata();
    expect([format, width, height]).toEqual(['webp', 600, 848]);
    // The red block of the page is red, on white.
    const { data, info } = await sharp(picture).raw().toBuffer({ resolveWithObject: true });
    const at = (x: number, y: number): number[] => [...data.subarray((y * info.width + x) * info.channels, (y * info.width + x) * info.channels + 3)];
    const [red = 0, green = 0, blue = 0] = at(150, 130);
    expect(red > 150 && green < 100 && blue < 100).toBe(true);
    expect(at(550, 800).every((value) => value > 245)).toBe(true);
    expect(await inspector.draw(pdf, 'application/pdf', 3, 600)).toBeUndefined();
    expect(await inspector.draw(pdf, 'application/pdf', 0, 600)).toBeUndefined();
  });

  test('a photograph loses where it was taken and by what, and stands upright', async () => {
    const photograph = await makeImage('jpeg', { width: 800, height: 600, gps: true, orientation: 6 });
    expect(photograph.includes('Sample')).toBe(true);
    const picture = Buffer.from((await inspector.draw(photograph, 'image/jpeg', 1, 300)) ?? []);
    const { format, width, height, exif, xmp, icc, orientation } = await sharp(picture).metadata();
    expect({ format, width, height, exif, xmp, icc, orientation }).toEqual({ format: 'webp', width: 300, height: 400, exif: undefined, xmp: undefined, icc: undefined, orientation: undefined });
    expect(picture.includes('Sample')).toBe(false);
  });

  test('a small picture is not blown up, a long one not endless, an OFD has none', async () => {
    const sizeOf = async (content: Buffer): Promise<(number | undefined)[]> => {
      const { width, height } = await sharp(await inspector.draw(content, 'image/png', 1, 1000)).metadata();
      return [width, height];
    };
    expect(await sizeOf(await makeImage('png', { width: 100, height: 50 }))).toEqual([100, 50]);
    expect(await sizeOf(await makeImage('png', { width: 100, height: 9000 }))).toEqual([33, 3000]);
    expect(await inspector.draw(makeOfd(), 'application/ofd', 1, 1000)).toBeUndefined();
  });
});

describe('the process', () => {
  const folder = mkdtempSync(join(tmpdir(), 'wutong-inspector-'));
  afterAll(() => rmSync(folder, { recursive: true }));

  function withProgram(source: string) {
    const program = join(folder, `${randomBytes(4).toString('hex')}.mjs`);
    writeFileSync(program, source);
    const made = makeChildInspector({ program, patienceMs: 500 });
    onTestFinished(() => made.close());
    return made;
  }

  test('a file that hangs or crashes it fails alone; the next file finds a new process', async () => {
    const made = withProgram(`process.on('message', ({ content, extension }) => {
      if (extension === 'hang') for (;;);
      if (extension === 'crash') process.kill(process.pid, 'SIGSEGV');
      process.send({ kind: 'inspected', inspection: { ok: true, type: 'application/pdf', pages: content.length, remarks: [] } });
    });`);
    const asked = await Promise.allSettled(['one', 'hang', 'two', 'crash', 'three'].map((extension) => made.inspect(new Uint8Array(extension.length), extension)));
    expect(asked.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled', 'rejected', 'fulfilled']);
    const reasons = asked.flatMap((each) => (each.status === 'rejected' ? [each.reason as unknown] : []));
    expect(reasons.every((reason) => reason instanceof InspectorFailedError)).toBe(true);
  });

  test('it knows nothing of the server’s settings', async () => {
    process.env['WUTONG_SAMPLE_SECRET'] = 'sample';
    onTestFinished(() => void delete process.env['WUTONG_SAMPLE_SECRET']);
    const made = withProgram(`process.on('message', () => {
      process.send({ kind: 'inspected', inspection: { ok: true, type: 'application/pdf', pages: 1, remarks: Object.keys(process.env).filter((name) => /WUTONG|DATABASE/.test(name)) } });
    });`);
    expect(await made.inspect(new Uint8Array(1), '')).toMatchObject({ remarks: [] });
  });

  test('closed, it answers nobody', async () => {
    const made = withProgram('');
    made.close();
    await expect(made.inspect(new Uint8Array(1), '')).rejects.toThrow('closed');
  });
});

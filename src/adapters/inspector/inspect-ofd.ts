// What is wrong with an OFD (GB/T 33190, a zip of XML), if anything: not one at all, a bomb, programs inside.

import type { Readable } from 'node:stream';
import { SaxesParser } from 'saxes';
import yauzl from 'yauzl';
import type { Inspection, InspectionRefusal, Remark } from '../../domains/evidence/index.ts';

const MOST_ENTRIES = 5000;
const MOST_UNPACKED_BYTES = 256 * 1_048_576;
/** An entry that is read here: descriptions, not pictures. */
const MOST_XML_BYTES = 8 * 1_048_576;
const MOST_PAGES = 500;
const programs = /\.(?:exe|dll|com|bat|cmd|ps1|vbs|jse?|mjs|wsf|hta|jar|class|msi|scr|sh|py|php|html?|svg|lnk|docm|xlsm|pptm)$/i;

class OfdError extends Error {
  readonly because: InspectionRefusal;
  constructor(because: InspectionRefusal) {
    super(because);
    this.because = because;
  }
}

/** Whether a file is to be inspected as an OFD: a zip with OFD.xml at its root, or one that is refused before its whole list is read. */
export async function isOfd(content: Uint8Array): Promise<boolean> {
  try {
    return (await readEntries(content)).has('OFD.xml');
  } catch (error) {
    return error instanceof OfdError;
  }
}

/** Inspects an OFD; its documents are read far enough to count their pages. */
export async function inspectOfd(content: Uint8Array): Promise<Inspection> {
  try {
    const entries = await readEntries(content);
    const root = await readXml(entries, 'OFD.xml', ['DocRoot', 'Signatures']);
    let pages = 0;
    const remarks = new Set<Remark>();
    if (root.some(({ name }) => name === 'Signatures')) remarks.add('signed');
    for (const { text } of root.filter(({ name }) => name === 'DocRoot')) {
      const found = await readXml(entries, text.trim().replace(/^\//, ''), ['Page', 'Attachments', 'Action']);
      pages += found.filter(({ name, parent }) => name === 'Page' && parent === 'Pages').length;
      if (found.some(({ name }) => name === 'Attachments')) remarks.add('attachments');
    }
    if (pages === 0) return { ok: false, because: 'damaged' };
    if (pages > MOST_PAGES) return { ok: false, because: 'too-many-pages' };
    return { ok: true, type: 'application/ofd', pages, remarks: [...remarks] };
  } catch (error) {
    return { ok: false, because: error instanceof OfdError ? error.because : 'damaged' };
  }
}

interface Opened {
  readonly zip: yauzl.ZipFile;
  readonly entry: yauzl.Entry;
}

/** All entries by name; yauzl itself refuses names that lead out of the archive. */
function readEntries(content: Uint8Array): Promise<Map<string, Opened>> {
  return new Promise((done, fail) => {
    yauzl.fromBuffer(Buffer.from(content.buffer, content.byteOffset, content.length), { lazyEntries: true, strictFileNames: true }, (error, zip) => {
      if (error !== null) return fail(error);
      const entries = new Map<string, Opened>();
      let unpacked = 0;
      if (zip.entryCount > MOST_ENTRIES) return fail(new OfdError('inflates'));
      zip.on('error', fail);
      zip.on('end', () => done(entries));
      zip.on('entry', (entry: yauzl.Entry) => {
        unpacked += entry.uncompressedSize;
        if (unpacked > MOST_UNPACKED_BYTES) return fail(new OfdError('inflates'));
        if (programs.test(entry.fileName)) return fail(new OfdError('active-content'));
        // Two entries of one name: one is shown, the other read.
        if (entries.has(entry.fileName)) return fail(new OfdError('damaged'));
        entries.set(entry.fileName, { zip, entry });
        zip.readEntry();
      });
      zip.readEntry();
    });
  });
}

interface FoundElement {
  readonly name: string;
  readonly parent: string;
  text: string;
}

/** Elements of these local names in an XML entry, with their text; entities and document types are refused. */
async function readXml(entries: Map<string, Opened>, path: string, names: readonly string[]): Promise<FoundElement[]> {
  const opened = entries.get(path);
  if (opened === undefined || opened.entry.uncompressedSize > MOST_XML_BYTES) throw new OfdError('damaged');
  const stream = await new Promise<Readable>((done, fail) => {
    opened.zip.openReadStream(opened.entry, (error, reading) => (error === null ? done(reading) : fail(error)));
  });
  const found: FoundElement[] = [];
  const open: FoundElement[] = [];
  const parser = new SaxesParser();
  parser.on('doctype', () => {
    throw new OfdError('active-content');
  });
  parser.on('opentag', ({ name }) => {
    const element: FoundElement = { name: localOf(name), parent: open.at(-1)?.name ?? '', text: '' };
    open.push(element);
    if (names.includes(element.name)) found.push(element);
  });
  parser.on('text', (text) => {
    const element = open.at(-1);
    if (element !== undefined) element.text += text;
  });
  parser.on('closetag', () => void open.pop());
  parser.on('error', (error) => {
    throw error;
  });
  const decoder = new TextDecoder('utf-8', { fatal: true });
  for await (const chunk of stream as AsyncIterable<Buffer>) parser.write(decoder.decode(chunk, { stream: true }));
  parser.write(decoder.decode()).close();
  return found;
}

function localOf(name: string): string {
  return name.slice(name.indexOf(':') + 1);
}

// Opens the zip container of an xlsx file and gives out its parts, refusing what is forged, encrypted or packed to overwhelm.
import { closeSync, fstatSync, openSync } from 'node:fs';
import { crc32, createInflateRaw } from 'node:zlib';
import { type Entry, fromBufferPromise, fromFdPromise, type ZipFile } from 'yauzl';
import { Refusal } from '../contract/errors.ts';
import type { SheetLimits, SheetSource } from './sheet.ts';

/** The parts of an opened xlsx file. Names are compared without regard to case, as the packaging standard (ECMA-376 part 2) does. */
export interface Package {
  /** All names, in lower case, without a leading slash. */
  readonly names: ReadonlySet<string>;
  /** The inflated bytes of a part, piece by piece; checked against the size and the checksum that the directory declares. */
  read(name: string): AsyncGenerator<Buffer, void, undefined>;
  close(): Promise<void>;
}

const LOCAL_HEADER_BYTES = 30;
const ENCRYPTED = 1;
const STORED = 0;
const DEFLATED = 8;
// Below this a part cannot hurt, however well it is packed.
const SMALL_PART = 2 ** 20;

/**
 * Opens a file that begins as a zip file does.
 * @throws Refusal sheet-damaged, sheet-encrypted, sheet-inflates, sheet-parts-forged, sheet-too-many-parts
 */
export async function openPackage(source: SheetSource, limits: SheetLimits): Promise<Package> {
  const file = 'path' in source ? openSync(source.path, 'r') : undefined;
  const closeFile = (): void => {
    if (file !== undefined) closeSync(file);
  };
  try {
    const bytes = 'bytes' in source ? source.bytes.byteLength : fstatSync(file ?? -1).size;
    const zip = await openZip(source, file);
    const entries = await listEntries(zip, bytes, limits);
    let isOpen = true;
    return {
      names: new Set(entries.keys()),
      read: (name) => readPart(zip, entries, name),
      close: async () => {
        if (isOpen) closeFile();
        isOpen = false;
      },
    };
  } catch (error) {
    closeFile();
    throw error;
  }
}

async function openZip(source: SheetSource, file: number | undefined): Promise<ZipFile> {
  // Names stay as they are in the file: checked below, so that a forged one can be named in the refusal.
  const options = { lazyEntries: true, autoClose: false, decodeStrings: true, validateEntrySizes: true, strictFileNames: false } as const;
  try {
    if ('bytes' in source) return await fromBufferPromise(Buffer.from(source.bytes.buffer, source.bytes.byteOffset, source.bytes.byteLength), options);
    return await fromFdPromise(file ?? -1, options);
  } catch {
    throw new Refusal('sheet-damaged', { part: source.fileName });
  }
}

async function listEntries(zip: ZipFile, bytes: number, limits: SheetLimits): Promise<Map<string, Entry>> {
  if (zip.entryCount > limits.parts) throw new Refusal('sheet-too-many-parts', { count: zip.entryCount, limit: limits.parts });
  const entries = new Map<string, Entry>();
  const spans: { readonly from: number; readonly to: number; readonly name: string }[] = [];
  let inflated = 0;
  let count = 0;
  try {
    for await (const entry of zip.eachEntry()) {
      const name = entry.fileName.toLowerCase().replace(/^\//, '');
      if (name.includes('\0') || entries.has(name)) throw new Refusal('sheet-parts-forged', { part: tellName(name) });
      if (entry.isEncrypted() || (entry.generalPurposeBitFlag & ENCRYPTED) !== 0) throw new Refusal('sheet-encrypted');
      if (entry.compressionMethod !== STORED && entry.compressionMethod !== DEFLATED) throw new Refusal('sheet-damaged', { part: tellName(name) });
      // The directory's count may be a lie too.
      if (++count > limits.parts) throw new Refusal('sheet-too-many-parts', { count, limit: limits.parts });
      inflated += entry.uncompressedSize;
      const isBomb = entry.uncompressedSize > SMALL_PART && entry.uncompressedSize > entry.compressedSize * limits.inflation;
      if (isBomb || inflated > limits.inflatedBytes) throw new Refusal('sheet-inflates', { part: tellName(name) });
      const from = entry.relativeOffsetOfLocalHeader;
      spans.push({ from, to: from + LOCAL_HEADER_BYTES + entry.fileNameLength + entry.compressedSize, name });
      entries.set(name, entry);
    }
  } catch (error) {
    // yauzl refuses names that lead elsewhere by itself, before it gives them out.
    if (error instanceof Error && /relative path|absolute path|invalid characters/.test(error.message)) throw new Refusal('sheet-parts-forged', { part: '../' });
    throw asRefusal(error, 'zip');
  }
  spans.sort((a, b) => a.from - b.from);
  // Parts that share bytes unpack to far more than the file holds, whatever each one's ratio.
  const overlapping = spans.find((span, at) => span.to > (spans[at + 1]?.from ?? bytes));
  if (overlapping !== undefined) throw new Refusal('sheet-parts-forged', { part: tellName(overlapping.name) });
  return entries;
}

async function* readPart(zip: ZipFile, entries: ReadonlyMap<string, Entry>, name: string): AsyncGenerator<Buffer, void, undefined> {
  const entry = entries.get(name);
  if (entry === undefined) throw new Refusal('sheet-damaged', { part: tellName(name) });
  let checksum = 0;
  try {
    const header = await zip.readLocalFileHeaderPromise(entry);
    if (!header.fileName.equals(entry.fileNameRaw)) throw new Refusal('sheet-parts-forged', { part: tellName(name) });
    // More, or less, than declared is damage, noticed at once; so the declared limits are the real ones.
    let left = entry.uncompressedSize;
    for await (const piece of inflate(zip, entry)) {
      left -= piece.length;
      if (left < 0) break;
      checksum = crc32(piece, checksum);
      yield piece;
    }
    if (left !== 0) throw new Refusal('sheet-damaged', { part: tellName(name) });
  } catch (error) {
    throw asRefusal(error, name);
  }
  if (checksum !== entry.crc32) throw new Refusal('sheet-damaged', { part: tellName(name) });
}

// Twice what zlib gives out by itself: each piece is a way to another thread and back.
const PIECE_BYTES = 32 * 1024;

async function* inflate(zip: ZipFile, entry: Entry): AsyncGenerator<Buffer, void, undefined> {
  if (entry.compressionMethod === STORED) {
    for await (const chunk of await zip.openReadStreamPromise(entry)) yield chunk as Buffer;
    return;
  }
  const packed = await zip.openReadStreamPromise(entry, { decodeFileData: false });
  const inflater = createInflateRaw({ chunkSize: PIECE_BYTES });
  packed.on('error', (error) => inflater.destroy(error));
  try {
    for await (const chunk of packed.pipe(inflater)) yield chunk as Buffer;
  } finally {
    packed.destroy();
    inflater.destroy();
  }
}

/** Whatever a library says about a broken file is one thing for the reader: it is damaged. */
function asRefusal(error: unknown, part: string): Refusal {
  return error instanceof Refusal ? error : new Refusal('sheet-damaged', { part: tellName(part) });
}

/** A part's name, fit to be shown: printable and short. */
function tellName(name: string): string {
  return name.replace(/[^\p{L}\p{N}\p{P} ]/gu, '?').slice(0, 60);
}

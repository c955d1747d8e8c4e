// Writes a zip file piece by piece: each part is packed as it comes, nothing is held.
import { Readable } from 'node:stream';
import { crc32, createDeflateRaw } from 'node:zlib';

/** A part to write: its name and its text, in pieces. */
export interface ZipPart {
  readonly name: string;
  text(): AsyncIterable<string> | Iterable<string>;
}

// Sizes follow the data (bit 3), names are UTF-8 (bit 11).
const FLAGS = 0x0808;
const DEFLATED = 8;
const VERSION = 20;
// 1980-01-01, so that the same content gives the same file.
const DATE = 0x21;

/** The bytes of a zip file of these parts, in their order. */
export async function* writeZip(parts: AsyncIterable<ZipPart> | Iterable<ZipPart>): AsyncGenerator<Buffer, void, undefined> {
  const directory: Buffer[] = [];
  let offset = 0;
  for await (const part of parts) {
    const name = Buffer.from(part.name);
    const begin = offset;
    const head = Buffer.concat([localHeader(name), name]);
    yield head;
    let checksum = 0;
    let inflated = 0;
    let packed = 0;
    const counted = async function* (): AsyncGenerator<Buffer> {
      for await (const text of part.text()) {
        const piece = Buffer.from(text);
        checksum = crc32(piece, checksum);
        inflated += piece.length;
        yield piece;
      }
    };
    const source = Readable.from(counted());
    const deflate = createDeflateRaw({ level: 5 });
    source.on('error', (error) => deflate.destroy(error));
    try {
      for await (const chunk of source.pipe(deflate)) {
        packed += (chunk as Buffer).length;
        yield chunk as Buffer;
      }
    } finally {
      source.destroy();
    }
    const tail = descriptor(checksum, packed, inflated);
    yield tail;
    offset += head.length + packed + tail.length;
    directory.push(directoryEntry(name, checksum, packed, inflated, begin), name);
  }
  const list = Buffer.concat(directory);
  yield list;
  yield endOfDirectory(directory.length / 2, list.length, offset);
}

function localHeader(name: Buffer): Buffer {
  const header = Buffer.alloc(30);
  header.writeUInt32LE(0x04034b50, 0);
  header.writeUInt16LE(VERSION, 4);
  header.writeUInt16LE(FLAGS, 6);
  header.writeUInt16LE(DEFLATED, 8);
  header.writeUInt16LE(DATE, 12);
  header.writeUInt16LE(name.length, 26);
  return header;
}

function descriptor(checksum: number, packed: number, inflated: number): Buffer {
  const tail = Buffer.alloc(16);
  tail.writeUInt32LE(0x08074b50, 0);
  tail.writeUInt32LE(checksum, 4);
  tail.writeUInt32LE(packed, 8);
  tail.writeUInt32LE(inflated, 12);
  return tail;
}

function directoryEntry(name: Buffer, checksum: number, packed: number, inflated: number, offset: number): Buffer {
  const entry = Buffer.alloc(46);
  entry.writeUInt32LE(0x02014b50, 0);
  entry.writeUInt16LE(VERSION, 4);
  entry.writeUInt16LE(VERSION, 6);
  entry.writeUInt16LE(FLAGS, 8);
  entry.writeUInt16LE(DEFLATED, 10);
  entry.writeUInt16LE(DATE, 14);
  entry.writeUInt32LE(checksum, 16);
  entry.writeUInt32LE(packed, 20);
  entry.writeUInt32LE(inflated, 24);
  entry.writeUInt16LE(name.length, 28);
  entry.writeUInt32LE(offset, 42);
  return entry;
}

function endOfDirectory(count: number, length: number, offset: number): Buffer {
  const end = Buffer.alloc(22);
  end.writeUInt32LE(0x06054b50, 0);
  end.writeUInt16LE(count, 8);
  end.writeUInt16LE(count, 10);
  end.writeUInt32LE(length, 12);
  end.writeUInt32LE(offset, 16);
  return end;
}

// Counts and digests bytes on their way to a file, and of a file that is there.
import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { Transform } from 'node:stream';

/** What went by. */
export interface Measured {
  readonly bytes: number;
  /** SM3 in hex. */
  readonly digest: string;
}

/** A stream that passes everything on and knows afterwards what it was. */
export function makeMeasure(): { readonly stream: Transform; readonly measured: () => Measured } {
  const hash = createHash('sm3');
  let bytes = 0;
  const stream = new Transform({
    transform(piece: Buffer, _encoding, done) {
      hash.update(piece);
      bytes += piece.length;
      done(null, piece);
    },
  });
  return { stream, measured: () => ({ bytes, digest: hash.digest('hex') }) };
}

/** Reads a whole file. */
export async function measureFile(path: string): Promise<Measured> {
  const hash = createHash('sm3');
  let bytes = 0;
  for await (const piece of createReadStream(path, { highWaterMark: 1 << 20 }) as AsyncIterable<Buffer>) {
    hash.update(piece);
    bytes += piece.length;
  }
  return { bytes, digest: hash.digest('hex') };
}

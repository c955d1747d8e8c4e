// The bytes of a file or of standard input, piece by piece, never the whole.

import { closeSync, openSync, readSync } from 'node:fs';
import type { Console } from '../console.ts';
import type { Messages } from '../messages.ts';
import { UsageError } from '../usage-error.ts';

const PIECE = 256 * 1024;

/**
 * Reads a file, or standard input for `-`. A piece is valid until the next is asked for.
 * @throws UsageError where it cannot be read.
 */
export async function* readBytes(file: string, console: Console, say: Messages): AsyncGenerator<Buffer> {
  let isFirst = true;
  for await (const piece of readPieces(file, console, say)) {
    if (isFirst) refuseOtherFormats(piece, say);
    isFirst = false;
    yield piece;
  }
}

/** What people pick by mistake: a workbook, or a spreadsheet's "Unicode text". */
function refuseOtherFormats(piece: Buffer, say: Messages): void {
  if (piece.subarray(0, 4).toString('latin1') === 'PK\u0003\u0004') throw new UsageError(say.isWorkbook());
  const mark = piece.subarray(0, 2).toString('latin1');
  if (mark === '\u00ff\u00fe' || mark === '\u00fe\u00ff') throw new UsageError(say.isUtf16());
}

async function* readPieces(file: string, console: Console, say: Messages): AsyncGenerator<Buffer> {
  if (file === '-') {
    yield* console.input();
    return;
  }
  // Read in step with the work: a stream's threads and turns cost more than they gain for a file that is in memory.
  let handle: number | undefined;
  try {
    handle = openSync(file, 'r');
    const piece = Buffer.allocUnsafe(PIECE);
    for (;;) {
      const length = readSync(handle, piece, 0, PIECE, null);
      if (length === 0) return;
      yield piece.subarray(0, length);
    }
  } catch (error) {
    throw tellReadError(file, error, say);
  } finally {
    if (handle !== undefined) closeSync(handle);
  }
}

function tellReadError(file: string, error: unknown, say: Messages): unknown {
  const code = (error as NodeJS.ErrnoException).code;
  if (code === undefined) return error;
  if (code === 'ENOENT' || code === 'ENOTDIR') return new UsageError(say.fileMissing(file));
  if (code === 'EISDIR') return new UsageError(say.fileIsFolder(file));
  return new UsageError(say.fileUnreadable(file, code));
}

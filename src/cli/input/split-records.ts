// Splits bytes into lines, or into CSV records, without ever holding more than one of them.

/** The longest line or record that is read. */
const MAX_RECORD_BYTES = 1024 * 1024;

/** A line or record with the number of the line that it begins on; without bytes where it was too long to hold. */
export interface RawRecord {
  readonly line: number;
  readonly bytes: Buffer | undefined;
}

const LF = 10;
const CR = 13;
const QUOTE = 34;
const COMMA = 44;

/** Splits at line ends, LF or CRLF. The bytes of a record are valid until the next is asked for. */
export class LineSplitter {
  private held: Buffer[] = [];
  private heldBytes = 0;
  private isTooLong = false;
  private line = 1;
  /** Line ends inside the record at hand. */
  protected innerLines = 0;

  /** The records that a piece completes. */
  *push(piece: Buffer): Generator<RawRecord> {
    let from = 0;
    for (;;) {
      const end = this.findEnd(piece, from);
      if (end < 0) break;
      yield this.finish(piece.subarray(from, end));
      from = end + 1;
    }
    if (from < piece.length) this.hold(piece.subarray(from));
  }

  /** The last record, where the input does not end with a line end. */
  *end(): Generator<RawRecord> {
    if (this.heldBytes > 0 || this.isTooLong) yield this.finish(Buffer.alloc(0));
  }

  /** Where the record ends that goes on at `from`, or -1. */
  protected findEnd(piece: Buffer, from: number): number {
    return piece.indexOf(LF, from);
  }

  private hold(part: Buffer): void {
    this.isTooLong ||= this.heldBytes + part.length > MAX_RECORD_BYTES + 1;
    if (this.isTooLong) this.held = [];
    else {
      // Copied: the piece is overwritten by the next one.
      this.held.push(Buffer.from(part));
      this.heldBytes += part.length;
    }
  }

  private finish(last: Buffer): RawRecord {
    let bytes: Buffer | undefined;
    if (!this.isTooLong && this.heldBytes + last.length <= MAX_RECORD_BYTES + 1) {
      bytes = this.held.length === 0 ? last : Buffer.concat([...this.held, last]);
      if (bytes[bytes.length - 1] === CR) bytes = bytes.subarray(0, -1);
      if (bytes.length > MAX_RECORD_BYTES) bytes = undefined;
    }
    const record = { line: this.line, bytes };
    this.line += 1 + this.innerLines;
    this.innerLines = 0;
    this.held = [];
    this.heldBytes = 0;
    this.isTooLong = false;
    return record;
  }
}

/** Splits CSV by RFC 4180: a line end between quotes belongs to the record. */
export class CsvSplitter extends LineSplitter {
  private state: 'start' | 'plain' | 'quoted' | 'quote' = 'start';

  protected override findEnd(piece: Buffer, from: number): number {
    for (let at = from; at < piece.length; at++) {
      const byte = piece[at];
      if (this.state === 'quoted') {
        if (byte === QUOTE) this.state = 'quote';
        else if (byte === LF) this.innerLines++;
      } else if (byte === LF) {
        this.state = 'start';
        return at;
      } else if (byte === COMMA) this.state = 'start';
      else if (byte === QUOTE && this.state !== 'plain') this.state = 'quoted';
      else this.state = 'plain';
    }
    return -1;
  }
}

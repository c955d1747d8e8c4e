// Where a command reads from and writes to: the process, or a test that runs the command in process.

/** Streams of one run of a command. A write that gives a promise asks to be awaited before the next. */
export interface Console {
  out(text: string): Promise<void> | undefined;
  err(text: string): Promise<void> | undefined;
  /** Standard input; asked for only by a command that reads it. */
  input(): AsyncIterable<Buffer>;
  /** Columns of the terminal, or undefined where the output is no terminal. */
  readonly width: number | undefined;
  /** True where a person watches standard error. */
  readonly isWatched: boolean;
}

/**
 * The console of this process. A reader that goes away (`| head`) ends it quietly; a full disk ends it with words.
 * @param tellFailure says that the output cannot be written, and why
 */
export function processConsole(tellFailure: (why: string) => string): Console {
  for (const stream of [process.stdout, process.stderr]) {
    stream.on('error', (error: NodeJS.ErrnoException) => {
      if (error.code === 'EPIPE') process.exit();
      if (stream === process.stdout) process.stderr.write(`${tellFailure(error.code ?? error.message)}\n`);
      process.exit(1);
    });
  }
  return {
    out: makeWriter(process.stdout),
    err: (text) => write(process.stderr, text),
    input: () => process.stdin,
    width: process.stdout.isTTY ? process.stdout.columns : undefined,
    isWatched: process.stderr.isTTY,
  };
}

/** How much is encoded into memory that is used again and again; longer texts get memory of their own. */
const ROOM = 512 * 1024;
/** Below this a text is written as it is: there are few such, and their bytes are soon gone. */
const SHORT = 16 * 1024;

/** A writer for long outputs: what it writes is encoded in one place, so that the collector has no bytes to run after. */
function makeWriter(stream: NodeJS.WriteStream): (text: string) => Promise<void> | undefined {
  let room: Uint8Array | undefined;
  let isTaken = false;
  const encoder = new TextEncoder();
  return (text) => {
    if (isTaken || text.length < SHORT) return write(stream, text);
    room ??= new Uint8Array(ROOM);
    const { read, written } = encoder.encodeInto(text, room);
    if (read < text.length) return write(stream, text);
    isTaken = true;
    const bytes = room.subarray(0, written);
    return new Promise((resolve) => {
      stream.write(bytes, () => {
        isTaken = false;
        resolve();
      });
    });
  };
}

/** Gives a promise only where the stream is full, so that the usual write costs no turn of the event loop. */
function write(stream: NodeJS.WriteStream, text: string): Promise<void> | undefined {
  if (stream.write(text)) return undefined;
  return new Promise((resolve) => {
    stream.once('drain', resolve);
  });
}

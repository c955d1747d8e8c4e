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
    out: (text) => write(process.stdout, text),
    err: (text) => write(process.stderr, text),
    input: () => process.stdin,
    width: process.stdout.isTTY ? process.stdout.columns : undefined,
    isWatched: process.stderr.isTTY,
  };
}

/** Gives a promise only where the stream is full, so that the usual write costs no turn of the event loop. */
function write(stream: NodeJS.WriteStream, text: string): Promise<void> | undefined {
  if (stream.write(text)) return undefined;
  return new Promise((resolve) => {
    stream.once('drain', resolve);
  });
}

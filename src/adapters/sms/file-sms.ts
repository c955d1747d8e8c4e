// Writes text messages to a file instead of sending them: for trying the system out, and for a gateway that reads files.
import { mkdir, open } from 'node:fs/promises';
import { dirname } from 'node:path';
import type { Sms, SmsOutcome, SmsPort } from '../../domains/messages/index.ts';

/** Where the lines go. */
export interface FileSmsSettings {
  /** The file; its folder is made where it is missing. */
  readonly path: string;
  readonly now?: () => Date;
}

const LF = 10;

/**
 * An adapter that appends one line of JSON for each message: at, id, to (the middle of the phone left out), text. A message may stand there twice
 * with one id, after a crash. The file can be read by its owner alone.
 */
export function makeFileSms({ path, now = () => new Date() }: FileSmsSettings): SmsPort {
  // One line at a time: each looks first whether the line before it was finished.
  let last: Promise<unknown> = Promise.resolve();
  return {
    send: (sms) => {
      const written = last.then(() => append(path, sms, now()));
      last = written.catch(() => {});
      return written;
    },
  };
}

async function append(path: string, { id, phone, text }: Sms, at: Date): Promise<SmsOutcome> {
  await mkdir(dirname(path), { recursive: true });
  const file = await open(path, 'a+', 0o600);
  try {
    const { size } = await file.stat();
    const tail = Buffer.alloc(1);
    if (size > 0) await file.read(tail, 0, 1, size - 1);
    // A process that died while it wrote leaves half a line; it stays half a line, and this one stands by itself.
    const isBroken = size > 0 && tail[0] !== LF;
    await file.appendFile(`${isBroken ? '\n' : ''}${JSON.stringify({ at: at.toISOString(), id, to: maskPhone(phone), text })}\n`);
    await file.sync();
    return { kind: 'accepted' };
  } finally {
    await file.close();
  }
}

/** 138****0001: enough to tell two phones apart on a desk, too little to call. */
function maskPhone(phone: string): string {
  return `${phone.slice(0, 3)}****${phone.slice(-4)}`;
}

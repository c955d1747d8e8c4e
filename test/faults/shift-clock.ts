// Loaded into a server before anything else (`--import`): its clock is the machine's and as many milliseconds as the file WUTONG_TEST_CLOCK says, looked at again and again.
import { readFileSync } from 'node:fs';

const LOOK_MS = 20;
const file = process.env['WUTONG_TEST_CLOCK'] ?? '';
const RealDate = Date;
let offset = 0;

function look(): void {
  try {
    const written = Number(readFileSync(file, 'utf8'));
    if (Number.isFinite(written)) offset = written;
  } catch {
    // Written anew at this moment: the next look finds it.
  }
}

const now = (): number => RealDate.now() + offset;
look();
setInterval(look, LOOK_MS).unref();
globalThis.Date = new Proxy(RealDate, {
  construct: (target, args: unknown[], asked) => Reflect.construct(target, args.length === 0 ? [now()] : args, asked) as object,
  get: (target, name) => (name === 'now' ? now : (Reflect.get(target, name) as unknown)),
});

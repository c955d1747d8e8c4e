// Loaded before anything else into every process of a journey (`--import`): it is always the same working day, whatever day it is here.
// Deadlines are counted in the holidays that are published: on another day a promise would end in a year whose notice is not out.

/** How many milliseconds the clock is put on or back; the run works it out once, so that all its processes agree. */
const offset = Number(process.env['WUTONG_TEST_CLOCK_OFFSET'] ?? 0);
const RealDate = Date;
const now = (): number => RealDate.now() + offset;
globalThis.Date = new Proxy(RealDate, {
  construct: (target, args: unknown[], asked) => Reflect.construct(target, args.length === 0 ? [now()] : args, asked) as object,
  get: (target, name) => (name === 'now' ? now : (Reflect.get(target, name) as unknown)),
});

// The server's log: lines of JSON that hold what an operator needs and cannot hold what belongs to people.
import { type DestinationStream, pino } from 'pino';

/** How much is written. */
export type LogLevel = 'error' | 'warn' | 'info' | 'off';
export const logLevels = ['error', 'warn', 'info', 'off'] as const satisfies readonly LogLevel[];

/** A call that was answered: the endpoint's template, never the address as called, no question, no body. */
export interface LoggedCall {
  readonly endpoint: { readonly id: string; readonly method: string; readonly path: string };
  readonly status: number;
  readonly milliseconds: number;
  readonly requestId: string;
  readonly code?: string;
}

/** What can be written, and nothing else. */
export interface Log {
  call(call: LoggedCall): void;
  /** Something that nobody expected, in `place`: kind, code and where in the program; not its words, which may quote what somebody typed. */
  failure(place: string, error: unknown, requestId?: string): void;
  /** Something of the server's life, with figures and codes. */
  event(name: string, figures?: Readonly<Record<string, number | boolean | string>>): void;
  /** The same at level warn. */
  warning(name: string, figures?: Readonly<Record<string, number | boolean | string>>): void;
}

const SLOW_MS = 1000;

/** Opens the log; lines go to standard output unless told otherwise. */
export function openLog(level: LogLevel, destination?: DestinationStream): Log {
  const logger = pino(
    {
      level: level === 'off' ? 'silent' : level,
      base: null,
      timestamp: pino.stdTimeFunctions.isoTime,
      formatters: { level: (label) => ({ level: label }) },
      // The last word on every line, should something slip in after all.
      hooks: { streamWrite: mask },
    },
    destination ?? pino.destination({ fd: 1, sync: true }),
  );
  return {
    call({ endpoint, status, milliseconds, requestId, code }) {
      const line = { event: 'call', endpoint: endpoint.id, method: endpoint.method, route: endpoint.path, status, ms: Math.round(milliseconds * 10) / 10, requestId, ...(code === undefined ? {} : { code }) };
      if (status >= 500) logger.error(line);
      else if (milliseconds > SLOW_MS) logger.warn(line);
      else logger.info(line);
    },
    failure: (place, error, requestId) => logger.error({ event: 'failure', place, ...(requestId === undefined ? {} : { requestId }), error: tellFailure(error) }),
    event: (name, figures = {}) => logger.info({ event: name, ...figures }),
    warning: (name, figures = {}) => logger.warn({ event: name, ...figures }),
  };
}

/** What a program's mistake may say of itself: never its message. */
function tellFailure(error: unknown, depth = 0): Record<string, unknown> {
  if (!(error instanceof Error)) return { kind: typeof error };
  const { name, cause } = error;
  const told: Record<string, unknown> = { kind: name };
  // PostgreSQL names its objects; its detail and its message quote values.
  for (const key of ['code', 'severity', 'schema', 'table', 'column', 'constraint', 'routine', 'syscall', 'errno', 'problem', 'keyId']) {
    const value: unknown = (error as unknown as Record<string, unknown>)[key];
    if (typeof value === 'number' || (typeof value === 'string' && /^[\w.:-]{1,100}$/.test(value))) told[key] = value;
  }
  // A message may run over several lines, each of which could look like anything: only lines of the form of a frame are kept.
  const frames = (error.stack ?? '').split('\n').filter((line) => /^ {4}at (async |new )?[\w.<>[\] $#]*\(?(file:\/\/|\/|node:)[^\s()]*:\d+:\d+\)?$/.test(line));
  told['frames'] = frames.slice(0, 12).map((line) => line.trim().slice(3));
  if (cause instanceof Error && depth < 3) told['cause'] = tellFailure(cause, depth + 1);
  return told;
}

/** Numbers of people and accounts, and tokens, wherever they stand. */
const shapes: readonly RegExp[] = [
  // Identity numbers, credit codes and bank accounts: 15 to 19 digits, the last perhaps an X; and 18 capital letters and digits.
  /(?<![\w-])\d{15,19}[Xx]?(?![\w-])/g,
  /(?<![\w-])\d{17}[Xx](?![\w-])/g,
  /(?<![\w-])(?=[0-9A-Z]*\d)[0-9A-Z]{18}(?![\w-])/g,
  // Telephones of the mainland.
  /(?<![\w.-])(?:\+?86[ -]?)?1[3-9]\d{9}(?![\w.-])/g,
  /[\w.+-]+@[\w-]+\.[\w.-]+/g,
  /Bearer\s+[^\s"]+/gi,
];

function mask(line: string): string {
  return shapes.reduce((text, shape) => text.replace(shape, '[…]'), line);
}

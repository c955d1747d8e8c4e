// The inspector that works in processes of its own: a file that hangs or crashes a decoder costs that process and nothing else.

import { type ChildProcess, fork } from 'node:child_process';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { type Inspector, InspectorFailedError } from '../../domains/evidence/index.ts';
import type { InspectorAnswer, InspectorRequest } from './inspector-messages.ts';

/** How long one file may take, and how long an idle process stays. */
const PATIENCE_MS = 30_000;
const IDLE_MS = 60_000;

/** An inspector that somebody closes when the server stops. */
export interface ClosableInspector extends Inspector {
  close(): void;
}

/** How the inspector is set up; everything has a default. */
export interface InspectorOptions {
  readonly patienceMs?: number;
  /** The program of the process; found by itself. */
  readonly program?: string;
}

/** Makes the inspector. Two processes, started when they are needed: a slow check holds up no preview. */
export function makeChildInspector({ patienceMs = PATIENCE_MS, program = programBeside() }: InspectorOptions = {}): ClosableInspector {
  const [checking, drawing] = [new Lane(program, patienceMs), new Lane(program, patienceMs)];
  return {
    async inspect(content, extension) {
      const answer = await checking.ask({ kind: 'inspect', content, extension });
      if (answer.kind !== 'inspected') throw new InspectorFailedError('an answer to another question');
      return answer.inspection;
    },
    async draw(content, type, page, widthPixels) {
      const answer = await drawing.ask({ kind: 'draw', content, type, page, widthPixels });
      if (answer.kind !== 'drawn') throw new InspectorFailedError('an answer to another question');
      return answer.picture;
    },
    close() {
      checking.close();
      drawing.close();
    },
  };
}

/** In the build the program lies beside the server, else it is the source. */
function programBeside(): string {
  const built = new URL('./inspector-process.js', import.meta.url);
  return fileURLToPath(existsSync(built) ? built : new URL('./inspector-process.ts', import.meta.url));
}

/** One process and the queue before it. */
class Lane {
  readonly #program: string;
  readonly #patienceMs: number;
  #child: ChildProcess | undefined;
  #last: Promise<unknown> = Promise.resolve();
  #idle: NodeJS.Timeout | undefined;
  #isClosed = false;

  constructor(program: string, patienceMs: number) {
    this.#program = program;
    this.#patienceMs = patienceMs;
  }

  /** Asks once all before have been answered. */
  ask(request: InspectorRequest): Promise<InspectorAnswer> {
    const mine = this.#last.then(() => this.#askNow(request));
    this.#last = mine.catch(() => {});
    return mine;
  }

  close(): void {
    this.#isClosed = true;
    this.#end();
  }

  #end(): void {
    clearTimeout(this.#idle);
    this.#child?.kill('SIGKILL');
    this.#child = undefined;
  }

  #askNow(request: InspectorRequest): Promise<InspectorAnswer> {
    if (this.#isClosed) return Promise.reject(new InspectorFailedError('the inspector is closed'));
    clearTimeout(this.#idle);
    const child = (this.#child ??= this.#start());
    return new Promise((done, fail) => {
      const settle = (outcome: () => void): void => {
        clearTimeout(timer);
        child.off('message', onMessage).off('exit', onExit).off('error', onExit);
        outcome();
      };
      const onMessage = (answer: InspectorAnswer): void =>
        settle(() => {
          this.#idle = setTimeout(() => this.#end(), IDLE_MS).unref();
          if (answer.kind === 'failed') fail(new InspectorFailedError(answer.message));
          else done(answer);
        });
      const onExit = (): void =>
        settle(() => {
          if (this.#child === child) this.#end();
          fail(new InspectorFailedError('the inspector process ended'));
        });
      const timer = setTimeout(
        () =>
          settle(() => {
            this.#end();
            fail(new InspectorFailedError(`no answer within ${this.#patienceMs} ms`));
          }),
        this.#patienceMs,
      );
      child.on('message', onMessage).on('exit', onExit).on('error', onExit);
      child.send(request, (error) => {
        if (error !== null) onExit();
      });
    });
  }

  #start(): ChildProcess {
    // None of the server's settings: what decodes strangers' files has no use for the address of the database.
    const env = { PATH: process.env['PATH'], NODE_ENV: 'production' };
    const child = fork(this.#program, [], { serialization: 'advanced', env, execArgv: ['--max-old-space-size=512'], stdio: ['ignore', 'ignore', 'ignore', 'ipc'] });
    const forget = (): void => {
      if (this.#child === child) this.#child = undefined;
    };
    child.once('exit', forget).on('error', forget);
    // An idle inspector does not keep a stopping server alive.
    child.unref();
    child.channel?.unref();
    return child;
  }
}

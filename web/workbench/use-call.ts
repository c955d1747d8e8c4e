// Asks the interface from a page: loading, the answer, or why there is none; and acts that run once at a time.
import { useCallback, useContext, useEffect, useRef, useState } from 'preact/hooks';
import { CallRefused, isSignedOut, sessionBack } from '../client/call.ts';
import { OfficeLanguageContext } from './office-words.ts';

/** What a page knows of an answer. */
export type Asked<T> =
  | { readonly state: 'loading'; readonly before: T | undefined }
  | { readonly state: 'there'; readonly value: T }
  | { readonly state: 'refused'; readonly refusal: CallRefused };

/** Asks whenever one of `causes` or the reader's language changes, and again when `again` is called; an answer that comes too late is dropped, and one to other causes is never shown as theirs. */
export function useAsked<T>(ask: (signal: AbortSignal) => Promise<T>, causes: readonly unknown[]): Asked<T> & { readonly again: () => void } {
  const [round, setRound] = useState(0);
  // What is answered is told in the language in which it was asked.
  const wanted: readonly unknown[] = [round, useContext(OfficeLanguageContext), ...causes];
  const [held, setHeld] = useState<{ readonly asked: Asked<T>; readonly of: readonly unknown[] }>({ asked: { state: 'loading', before: undefined }, of: wanted });
  const latest = useRef(ask);
  latest.current = ask;
  useEffect(() => {
    const abort = new AbortController();
    const hold = (asked: Asked<T>): void => {
      if (!abort.signal.aborted) setHeld({ asked, of: wanted });
    };
    setHeld((now) => ({ asked: { state: 'loading', before: latestOf(now.asked) }, of: wanted }));
    latest.current(abort.signal).then(
      (value) => hold({ state: 'there', value }),
      (error: unknown) => {
        // Whoever went on has no use for the answer, nor for why it did not come.
        if (!abort.signal.aborted) hold({ state: 'refused', refusal: refusalOf(error) });
      },
    );
    return () => abort.abort();
  }, wanted);
  const again = useCallback(() => setRound((now) => now + 1), []);
  useBackAgain(held.asked.state === 'refused' ? held.asked.refusal : undefined, again);
  // The picture that is drawn between a change and its question is already one of waiting.
  const isOld = held.of.length !== wanted.length || held.of.some((one, at) => !Object.is(one, wanted[at]));
  const asked: Asked<T> = isOld ? { state: 'loading', before: latestOf(held.asked) } : held.asked;
  return { ...asked, again };
}

/** What is there, or was before it was asked again. */
export function latestOf<T>(asked: Asked<T>): T | undefined {
  return asked.state === 'there' ? asked.value : asked.state === 'loading' ? asked.before : undefined;
}

/** An act of the reader: runs once at a time, and remembers why it was refused. */
export function useAct(): {
  readonly isBusy: boolean;
  readonly refusal: CallRefused | undefined;
  readonly run: (act: () => Promise<void>) => void;
  readonly forget: () => void;
} {
  const [isBusy, setBusy] = useState(false);
  const [refusal, setRefusal] = useState<CallRefused>();
  const busy = useRef(false);
  const run = useCallback((act: () => Promise<void>): void => {
    if (busy.current) return;
    busy.current = true;
    setBusy(true);
    setRefusal(undefined);
    act()
      .catch((error: unknown) => setRefusal(refusalOf(error)))
      .finally(() => {
        busy.current = false;
        setBusy(false);
      });
  }, []);
  const forget = useCallback(() => setRefusal(undefined), []);
  useBackAgain(refusal, forget);
  return { isBusy, refusal, run, forget };
}

/** Once somebody is signed in again, `then` is done about what was refused for want of it. */
export function useBackAgain(refusal: CallRefused | undefined, then: () => void): void {
  const isWaiting = refusal !== undefined && isSignedOut(refusal);
  const latest = useRef(then);
  latest.current = then;
  useEffect(() => {
    if (!isWaiting) return;
    const go = (): void => latest.current();
    addEventListener(sessionBack, go);
    return () => removeEventListener(sessionBack, go);
  }, [isWaiting]);
}

function refusalOf(error: unknown): CallRefused {
  if (error instanceof CallRefused) return error;
  throw error;
}

// Asks the interface from a page: loading, the answer, or why there is none; and acts that run once at a time.
import { useCallback, useEffect, useRef, useState } from 'preact/hooks';
import { CallRefused } from '../client/call.ts';

/** What a page knows of an answer. */
export type Asked<T> =
  | { readonly state: 'loading'; readonly before: T | undefined }
  | { readonly state: 'there'; readonly value: T }
  | { readonly state: 'refused'; readonly refusal: CallRefused };

/** Asks whenever one of `causes` changes, and again when `again` is called; an answer that comes too late is dropped. */
export function useAsked<T>(ask: (signal: AbortSignal) => Promise<T>, causes: readonly unknown[]): Asked<T> & { readonly again: () => void } {
  const [asked, setAsked] = useState<Asked<T>>({ state: 'loading', before: undefined });
  const [round, setRound] = useState(0);
  const latest = useRef(ask);
  latest.current = ask;
  useEffect(() => {
    const abort = new AbortController();
    setAsked((now) => ({ state: 'loading', before: now.state === 'there' ? now.value : undefined }));
    latest.current(abort.signal).then(
      (value) => !abort.signal.aborted && setAsked({ state: 'there', value }),
      (error: unknown) => !abort.signal.aborted && setAsked({ state: 'refused', refusal: refusalOf(error) }),
    );
    return () => abort.abort();
  }, [round, ...causes]);
  const again = useCallback(() => setRound((now) => now + 1), []);
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
  return { isBusy, refusal, run, forget };
}

function refusalOf(error: unknown): CallRefused {
  if (error instanceof CallRefused) return error;
  throw error;
}

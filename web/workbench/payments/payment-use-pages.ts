// A list that is fetched page by page, for lists that are not searched.
import { useRef, useState } from 'preact/hooks';
import type { CallRefused } from '../../client/call.ts';
import { useAct, useAsked } from '../use-call.ts';

interface Fetched<Row> {
  readonly items: readonly Row[];
  readonly nextCursor: string | null;
}

/** The rows so far; asks anew whenever `cause` changes. */
export function usePages<Row>(cause: string, ask: (cursor: string | undefined, signal?: AbortSignal) => Promise<Fetched<Row>>): {
  readonly rows: readonly Row[] | undefined;
  readonly isMore: boolean;
  readonly isLoading: boolean;
  readonly isMoreBusy: boolean;
  readonly refusal: CallRefused | undefined;
  readonly more: () => void;
  readonly again: () => void;
} {
  const [later, setLater] = useState<Fetched<Row>>();
  const asked = useAsked(async (signal) => {
    const page = await ask(undefined, signal);
    setLater(undefined);
    return page;
  }, [cause]);
  const first = asked.state === 'there' ? asked.value : asked.state === 'loading' ? asked.before : undefined;
  const { isBusy, refusal, run } = useAct();
  const next = later === undefined ? first?.nextCursor : later.nextCursor;
  // A page that comes after the question has changed belongs to another list.
  const present = useRef(cause);
  present.current = cause;
  return {
    rows: first === undefined ? undefined : [...first.items, ...(later?.items ?? [])],
    isMore: next !== undefined && next !== null,
    isLoading: asked.state === 'loading',
    isMoreBusy: isBusy,
    refusal: asked.state === 'refused' ? asked.refusal : refusal,
    more: () =>
      run(async () => {
        const page = await ask(next ?? undefined);
        if (present.current === cause) setLater((now) => ({ items: [...(now?.items ?? []), ...page.items], nextCursor: page.nextCursor }));
      }),
    again: asked.again,
  };
}

// Where one is in the workbench: a page and its filters behind the #, which never travel to a server's log.
import { useLayoutEffect, useState } from 'preact/hooks';

/** A place in the workbench. */
export interface Place {
  /** Parts of the path: `people`, or `cases` and an id. */
  readonly path: readonly string[];
  readonly query: Readonly<Record<string, string>>;
}

/** Reads what stands behind the #. */
function readPlace(hash: string): Place {
  const [path = '', search = ''] = hash.replace(/^#\/?/, '').split('?');
  const parts = path.split('/').filter((part) => part !== '');
  return { path: parts.map((part) => decode(part)), query: Object.fromEntries(new URLSearchParams(search)) };
}

/** The link to a place; what is empty is left out. */
export function linkTo(path: readonly string[], query: Readonly<Record<string, string | undefined>> = {}): string {
  const search = new URLSearchParams();
  for (const [name, value] of Object.entries(query)) if (value !== undefined && value !== '') search.set(name, value);
  const text = search.toString();
  return `#/${path.map((part) => encodeURIComponent(part)).join('/')}${text === '' ? '' : `?${text}`}`;
}

/** The present place, and going to another; `replaces` keeps the way back short while somebody is typing. */
export function usePlace(): { readonly place: Place; readonly go: (path: readonly string[], query?: Readonly<Record<string, string | undefined>>, replaces?: boolean) => void } {
  const [place, setPlace] = useState(() => readPlace(location.hash));
  // Before anybody sees the page: who goes elsewhere in the very moment in which it comes is heard too.
  useLayoutEffect(() => {
    const look = (): void => setPlace(readPlace(location.hash));
    addEventListener('hashchange', look);
    return () => removeEventListener('hashchange', look);
  }, []);
  return {
    place,
    go: (path, query, replaces = false) => {
      const link = linkTo(path, query);
      if (replaces) {
        history.replaceState(history.state, '', link);
        setPlace(readPlace(link));
      } else location.hash = link;
    },
  };
}

function decode(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}

// Pages of lists that are searched by words which lie sealed: rows are opened batch by batch until the page is full.

/** Rows that are opened at once while somebody looks for a word. */
const OPENED_AT_ONCE = 200;

/** What is read through. */
export interface ReadThrough<Row, Opened, Place> {
  readonly q: string;
  readonly limit: number;
  readonly after: Place | undefined;
  /** Rows after a place, in the list's order. */
  readonly read: (after: Place | undefined, limit: number) => Promise<readonly Row[]>;
  readonly placeOf: (row: Row) => Place;
  /** Opens rows; one for each, in their order. */
  readonly open: (rows: readonly Row[]) => Promise<readonly Opened[]>;
  /** The texts in which the words may stand. */
  readonly textsOf: (opened: Opened) => readonly (string | null)[];
}

/** A page of what holds `q`, and the place after which the next one begins; null at the end. */
export async function pageThrough<Row, Opened, Place>({ q, limit, after, read, placeOf, open, textsOf }: ReadThrough<Row, Opened, Place>): Promise<{ readonly items: readonly Opened[]; readonly next: Place | null }> {
  const found: { readonly row: Row; readonly opened: Opened }[] = [];
  const atOnce = q === '' ? limit + 1 : OPENED_AT_ONCE;
  for (let from = after; ; ) {
    const rows = await read(from, atOnce);
    const opened = await open(rows);
    rows.forEach((row, at) => {
      const one = opened[at];
      if (one !== undefined && holds(q, textsOf(one))) found.push({ row, opened: one });
    });
    const last = rows.at(-1);
    const end = found.length > limit ? found[limit - 1] : undefined;
    if (end !== undefined) return { items: found.slice(0, limit).map((one) => one.opened), next: placeOf(end.row) };
    if (rows.length < atOnce || last === undefined) return { items: found.map((one) => one.opened), next: null };
    from = placeOf(last);
  }
}

/** All that hold `q`, batch by batch. */
export async function* readThrough<Row, Opened, Place>(what: Omit<ReadThrough<Row, Opened, Place>, 'limit' | 'after'>, limit: number): AsyncGenerator<readonly Opened[], void, undefined> {
  for (let after: Place | null | undefined; after !== null; ) {
    const page: { readonly items: readonly Opened[]; readonly next: Place | null } = await pageThrough({ ...what, limit, after });
    yield page.items;
    after = page.next;
  }
}

/** Whether a text holds the words, in half or full width, in capitals or not. */
function holds(q: string, texts: readonly (string | null)[]): boolean {
  const plain = (text: string): string => text.normalize('NFKC').toLowerCase();
  return q === '' || texts.some((text) => text !== null && plain(text).includes(plain(q)));
}

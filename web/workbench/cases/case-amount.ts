// Which amount stands for a case: what was granted, what is expected while it goes on, and nothing once it ended with nothing.

/** In fen; `open` while nobody can say, `none` where nothing will be paid. */
export function amountOf({ status, grantedFen, expectedFen }: { readonly status: string; readonly grantedFen: number | null; readonly expectedFen: number | null }): number | 'open' | 'none' {
  return ended.has(status) ? 'none' : (grantedFen ?? expectedFen ?? 'open');
}

const ended: ReadonlySet<string> = new Set(['not-accepted', 'refused', 'revoked', 'withdrawn']);

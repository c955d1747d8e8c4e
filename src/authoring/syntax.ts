// The tree of an expression as it was written, before names and types are known.

/** Where in the expression a node stands. */
interface At {
  readonly start: number;
  readonly end: number;
}

export type Syntax = At &
  (
    | { readonly node: 'name'; readonly name: string }
    | { readonly node: 'quoted'; readonly text: string }
    | { readonly node: 'number'; readonly digits: string; readonly unit: string }
    | { readonly node: 'date'; readonly text: string }
    | { readonly node: 'today' }
    | { readonly node: 'not'; readonly item: Syntax }
    | { readonly node: 'and' | 'or'; readonly items: readonly Syntax[] }
    | { readonly node: 'compare'; readonly first: Syntax; readonly rest: readonly { readonly relation: string; readonly right: Syntax }[] }
    | { readonly node: 'has'; readonly left: Syntax; readonly values: readonly Syntax[] }
    | { readonly node: 'among'; readonly left: Syntax; readonly values: readonly Syntax[] }
    | { readonly node: 'within'; readonly left: Syntax; readonly place: Syntax }
    | { readonly node: 'elapsed'; readonly from: Syntax; readonly to: Syntax }
    | { readonly node: 'add' | 'subtract' | 'times'; readonly left: Syntax; readonly right: Syntax }
    | { readonly node: 'call'; readonly name: '取小' | '取大' | '超出'; readonly items: readonly Syntax[] }
  );

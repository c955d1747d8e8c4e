// What in a file reaches outside itself: formulas that fetch, run or address another file, and relations to elsewhere.
import { Refusal } from '../contract/errors.ts';

// Functions that fetch, run or address something outside the workbook; Excel stores newer ones with the prefix _xlfn.
const reaching =
  /(?:^|[^\p{L}\p{N}_.])(?:_xl\w+\.)*(WEBSERVICE|FILTERXML|HYPERLINK|RTD|CALL|REGISTER(?:\.ID)?|EXEC|EXECUTE|IMAGE|IMPORTDATA|IMPORTXML|IMPORTHTML|IMPORTFEED|IMPORTRANGE|DDE|DDEINIT|SQL\.REQUEST|STOCKHISTORY|CUBE\w+|PY|FOPEN|FWRITE\w*|FREAD\w*|RUN|INITIATE|POKE|SEND\.KEYS)\s*\(/iu;
// program|topic!item (DDE), [book.xlsx]sheet!A1 and [1]sheet!A1, and an address anywhere.
const dde = /[\p{L}\p{N}_'"]\s*\|\s*[^|]*!/u;
const otherBook = /(?:^|[^\p{L}\p{N}_\]@])'?[^'"!,;()=]*\[[^\][]+\][^'"!,;()=]*'?!/u;
const address = /(?:https?|ftp|file|mailto|javascript|ms-\w+):|\\\\[\w.]/iu;

/** What a formula reaches outside the workbook with, in a word; undefined where it reaches nothing. */
function reachesOutside(formula: string): string | undefined {
  // Half-width spelling: some programs write formulas of a Chinese locale with full-width signs.
  const text = formula.normalize('NFKC');
  const called = reaching.exec(text)?.[1];
  if (called !== undefined) return called.toUpperCase();
  const quotesOut = text.replace(/"(?:[^"]|"")*"/g, '""');
  if (dde.test(quotesOut)) return 'DDE';
  if (otherBook.test(quotesOut)) return '[…]!';
  return address.exec(text)?.[0];
}

/** @throws Refusal sheet-calls-out where the formula at `place` reaches outside. */
export function refuseReachingFormula(formula: string, place: string): void {
  const what = reachesOutside(formula);
  if (what !== undefined) throw new Refusal('sheet-calls-out', { place, what });
}

const forbiddenParts: readonly { readonly pattern: RegExp; readonly code: 'sheet-has-macros' | 'sheet-calls-out'; readonly what: string }[] = [
  { pattern: /vbaproject|\/macrosheets\/|\/activex\/|\/ctrlprops\/|\/intlmacrosheets\/|\/dialogsheets\//, code: 'sheet-has-macros', what: '' },
  { pattern: /\/externallinks\//, code: 'sheet-calls-out', what: 'externalLink' },
  { pattern: /\/connections\.xml$|\/querytables\//, code: 'sheet-calls-out', what: 'connection' },
  { pattern: /\/webextensions\/|\/richdata\/rdrichvaluewebimage/, code: 'sheet-calls-out', what: 'web' },
];

/**
 * Refuses a package for the parts that it has.
 * @throws Refusal sheet-has-macros, sheet-calls-out
 */
export function refuseForbiddenParts(names: Iterable<string>): void {
  for (const name of names) {
    const found = forbiddenParts.find(({ pattern }) => pattern.test(`/${name}`) || pattern.test(name));
    if (found !== undefined) throw new Refusal(found.code, { place: name, what: found.what });
  }
}

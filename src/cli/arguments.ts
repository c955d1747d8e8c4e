// Reads the options of a command strictly, and tells mistakes in the language asked for.

import { parseArgs } from 'node:util';
import { type Language, nearest } from '../policy/problems.ts';
import type { Messages } from './messages.ts';
import { UsageError } from './usage-error.ts';

/** An option of a command: a flag, a value, or a value that may be given several times. */
export type OptionKind = 'flag' | 'value' | 'values';

/** What was given, checked against the command's options. */
export interface Arguments {
  /** Values by option, in the order given; a flag has one empty value. */
  readonly values: ReadonlyMap<string, readonly string[]>;
  readonly files: readonly string[];
}

/** The only value of an option, or undefined. */
export function valueOf(args: Arguments, name: string): string | undefined {
  return args.values.get(name)?.[0];
}

/** The language asked for; Chinese where nothing, or nothing known, is asked for. Needed before anything can be told. */
export function languageOf(argv: readonly string[]): Language {
  const at = argv.lastIndexOf('--lang');
  return argv.includes('--lang=en') || (at >= 0 && argv[at + 1] === 'en') ? 'en' : 'zh';
}

/** Reads a command's arguments. @throws UsageError for an unknown, repeated or incomplete option. */
export function readArguments(argv: readonly string[], kinds: Readonly<Record<string, OptionKind>>, say: Messages): Arguments {
  const all: Readonly<Record<string, OptionKind>> = { ...kinds, lang: 'value', help: 'flag' };
  const options = Object.fromEntries(Object.entries(all).map(([name, kind]) => [name, { type: kind === 'flag' ? ('boolean' as const) : ('string' as const) }]));
  // Not `strict`: its messages are in English only and suggest nothing; the same is checked here.
  const { tokens } = parseArgs({ args: [...argv], options, strict: false, tokens: true, allowPositionals: true });
  const values = new Map<string, string[]>();
  const files: string[] = [];
  for (const token of tokens) {
    if (token.kind === 'positional') files.push(token.value);
    if (token.kind !== 'option') continue;
    const kind = Object.hasOwn(all, token.name) ? all[token.name] : undefined;
    if (kind === undefined) throw new UsageError(say.unknownOption(token.rawName, nearest(token.name, Object.keys(all))));
    if (kind === 'flag' && token.value !== undefined) throw new UsageError(say.optionTakesNoValue(token.rawName));
    const isForgotten = token.value === undefined || (token.inlineValue === false && /^-./.test(token.value));
    if (kind !== 'flag' && isForgotten) throw new UsageError(say.optionNeedsValue(token.rawName));
    const before = values.get(token.name);
    if (before !== undefined && kind === 'value') throw new UsageError(say.optionTwice(token.rawName));
    if (before === undefined) values.set(token.name, [token.value ?? '']);
    else before.push(token.value ?? '');
  }
  const lang = values.get('lang')?.[0];
  if (lang !== undefined) chooseOf(lang, ['zh', 'en'], '--lang', say);
  return { values, files };
}

/** A value that must be one of a few words. @throws UsageError for another. */
export function chooseOf<T extends string>(value: string, choices: readonly T[], option: string, say: Messages): T {
  const found = choices.find((choice) => choice === value);
  if (found === undefined) throw new UsageError(say.badChoice(option, value, choices));
  return found;
}

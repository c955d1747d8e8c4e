// One subject as it was read from the input, before the engine looks at it; or why it could not be read.

import type { Where } from '../messages.ts';

/** A subject in the contract's form, still unchecked, or what is wrong with the text of it. */
export type Entry = { readonly where: Where } & ({ readonly input: unknown } | { readonly fault: string });

/** Entries in order, in batches: a batch is worked through without a turn of the event loop. */
export type Entries = AsyncIterable<Iterable<Entry>>;

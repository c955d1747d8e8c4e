// Whose names or numbers a typed text means, for lists of what belongs to parties: their ids where they are few, otherwise a question to ask of each.
import type { Tx } from '../../storage/database.ts';
import { findCodeHolder, findHolders } from './list-details-store.ts';
import { everyParty, findNamed, type MatchLimits, type PartyMatches } from './list-matches-store.ts';
import type { FindScope } from './list-store.ts';
import { dayOf, type PartyKind } from './party.ts';
import { listMergedIds } from './party-store.ts';
import type { RegistryTools } from './registry-tools.ts';
import { nameToken } from './search-tokens.ts';
import { readSearch } from './search-words.ts';

/** More than these are asked about one by one: an employer has more of what is listed than a person. */
const mostNamed: Readonly<Record<PartyKind, number>> = { person: 4000, organisation: 100 };

const MOST_READ = 20_000;

/** Reads a text as the list of the kind reads it. Which of the parties the caller may see, the rows decide that are listed by them. */
export async function matchParties(tx: Tx, scope: FindScope, { protector }: Pick<RegistryTools, 'protector'>, kind: PartyKind, typed: string, now: Date, limits: MatchLimits = { named: mostNamed[kind], read: MOST_READ }): Promise<PartyMatches> {
  const { tenantId } = scope;
  const few = async (ids: readonly string[]): Promise<PartyMatches> => ({ kind: 'few', partyIds: [...(await listMergedIds(tx, scope, ids)).keys()] });
  const meaning = readSearch(typed, kind, dayOf(now));
  const base = { kind, sort: 'name', conditions: [], orders: [], branches: [] } as const;
  switch (meaning.kind) {
    case 'none':
      return { kind: 'few', partyIds: [] };
    case 'all':
      return everyParty;
    case 'number':
      return few(await findHolders(tx, scope, 'number', protector.searchKeys(tenantId, 'identity-number', meaning.number)));
    case 'last-four':
      return few(await findHolders(tx, scope, 'last-four', protector.searchKeys(tenantId, 'last-four', meaning.characters)));
    case 'phone':
      return few(await findHolders(tx, scope, 'phone', protector.searchKeys(tenantId, 'phone', meaning.phone)));
    case 'credit-code':
      return few(await findCodeHolder(tx, scope, meaning.code));
    case 'pairs':
    case 'spelled': {
      const named = meaning.kind === 'pairs' ? { conditions: meaning.pairs.map((two) => [nameToken(kind, two)]) } : { orders: meaning.orders, branches: meaning.branches };
      const matches = await findNamed(tx, scope, { ...base, ...named }, limits);
      return matches.kind === 'few' ? few(matches.partyIds) : matches;
    }
  }
}

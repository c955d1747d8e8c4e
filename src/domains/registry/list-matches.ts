// Whose names or numbers a typed text means, for lists of what belongs to parties: their ids where they are few, otherwise a question to ask of each.
import { sql } from 'kysely';
import type { Tx } from '../../storage/database.ts';
import { findCodeHolder, findHolders } from './list-details-store.ts';
import { asksOf, findPage, type FindScope, holdsOfParty, type ListQuestion, type PartyQuestion } from './list-store.ts';
import { dayOf, type PartyKind } from './party.ts';
import { listMergedIds } from './party-store.ts';
import type { RegistryTools } from './registry-tools.ts';
import { nameToken } from './search-tokens.ts';
import { readSearch } from './search-words.ts';

/** Parties that a text means. */
export type PartyMatches =
  /** These, with the ids of what was merged into them. */
  | { readonly kind: 'few'; readonly partyIds: readonly string[] }
  /** Too many to name: `holds` is the condition that an id is one of them. */
  | { readonly kind: 'many'; readonly holds: PartyQuestion };

/** More than these are asked about one by one: an employer has more of what is listed than a person. */
const mostNamed: Readonly<Record<PartyKind, number>> = { person: 4000, organisation: 100 };

/** Reads a text as the list of the kind reads it; more than `most` are not named. Which of the parties the caller may see, the rows decide that are listed by them. */
export async function matchParties(tx: Tx, scope: FindScope, { protector }: Pick<RegistryTools, 'protector'>, kind: PartyKind, typed: string, now: Date, most = mostNamed[kind]): Promise<PartyMatches> {
  const { tenantId } = scope;
  const few = async (ids: readonly string[]): Promise<PartyMatches> => ({ kind: 'few', partyIds: [...(await listMergedIds(tx, scope, ids)).keys()] });
  const meaning = readSearch(typed, kind, dayOf(now));
  const base = { kind, sort: 'name', conditions: [], orders: [], branches: [] } as const;
  switch (meaning.kind) {
    case 'none':
      return { kind: 'few', partyIds: [] };
    case 'all':
      return { kind: 'many', holds: () => sql`true` };
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
      const question: ListQuestion = meaning.kind === 'pairs' ? { ...base, conditions: meaning.pairs.map((two) => [nameToken(kind, two)]) } : { ...base, orders: meaning.orders, branches: meaning.branches };
      const found = await findPage(tx, scope, question, most + 1);
      if (found.length <= most) return few(found.map(({ partyId }) => partyId));
      return { kind: 'many', holds: holdsOfParty(scope, kind, await asksOf(tx, scope, question)) };
    }
  }
}

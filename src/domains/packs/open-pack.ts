// Opens versions of policies: the build's own code where the content is the same, else the stored policy interpreted; keeps what it opened by hash.
import { interpretPolicy, isInForce, parseDate, type Policy } from '../../policy/index.ts';
import type { Tx } from '../../storage/database.ts';
import { gather, once } from '../../storage/gather.ts';
import { KeptWhileUnchanged } from '../../storage/kept-while-unchanged.ts';
import { scopeAlso, type Scope } from '../permissions/index.ts';
import { hashPolicy, hashVocabularies } from './hash-pack.ts';
import type { BuiltPacks } from './pack-ports.ts';
import type { AnyScope, Packs } from './packs.ts';
import { findModel, findPolicyOf, listApproved, listHeldOn } from './packs-store.ts';
import { type OpenedPack, type PinnedPack, pinPack, type Vocabularies } from './pinned-pack.ts';
import { type ApprovedSetting, settingsFor } from './setting.ts';

/** Versions that stay open: all of a city's policies, several versions each. */
const MOST_OPENED = 32;
/** Versions under settings that keep their engines. */
const MOST_PINNED = 64;

/** Opens versions by hash, each once while it is in use. */
export interface PackOpener extends Packs {
  /** A version with what is given set, such as a draft that is being compared. */
  open(tx: Tx, scope: AnyScope, packHash: string, approved: readonly ApprovedSetting[], year: number): Promise<PinnedPack>;
}

/** Which versions are asked for. */
interface HeldQuestion {
  readonly scope: Scope<'pack.use'>;
  readonly on: string;
  /** Of all policies without it. */
  readonly policyId: string | undefined;
}

/** Makes what finds and opens versions. */
export function makePacks(built: () => Promise<BuiltPacks>): PackOpener {
  const opened = new Map<string, OpenedPack>();
  const pinnedPacks = new Map<string, PinnedPack>();

  const openOne = async (tx: Tx, scope: Scope<'pack.use'>, packHash: string): Promise<OpenedPack> => {
    const known = recall(opened, packHash);
    if (known !== undefined) return known;
    const { packs, vocabularies, reference } = await built();
    const own = packs.find((pack) => pack.packHash === packHash);
    const made = own === undefined ? { ...(await readStored(tx, scope, packHash)), reference } : { packHash, policy: own.policy, vocabularies, compiled: own.compiled, reference };
    keep(opened, packHash, made, MOST_OPENED);
    return made;
  };

  const open: PackOpener['open'] = async (tx, scope, packHash, approved, year) => {
    const version = await openOne(tx, scopeAlso(scope, 'pack.use'), packHash);
    const settings = settingsFor(version.policy, year, approved);
    const key = `${packHash} ${JSON.stringify(settings)}`;
    const known = recall(pinnedPacks, key);
    if (known !== undefined) return known;
    const made = pinPack(version, settings);
    keep(pinnedPacks, key, made, MOST_PINNED);
    return made;
  };

  const published = new KeptWhileUnchanged<readonly PinnedPack[]>(['packs', 'pack_settings']);

  const listHeld = async (tx: Tx, any: AnyScope, on: string, policyId?: string): Promise<readonly PinnedPack[]> => {
    const scope = scopeAlso(any, 'pack.use');
    return published.get(tx, scope.tenantId, `${on} ${policyId ?? ''}`, () => held(tx, { scope, on, policyId }));
  };

  // What is published is the same for everybody who asks in one transaction.
  const held = gather('reading', once(({ scope, on, policyId = '' }: HeldQuestion) => `${scope.tenantId} ${on} ${policyId}`, async (tx, { scope, on, policyId }): Promise<readonly PinnedPack[]> => {
    const day = parseDate(on);
    if (day === undefined) throw new RangeError(`${on} is no day`);
    const year = yearOf(on);
    const [versions, approved] = await Promise.all([listHeldOn(tx, scope, on, policyId), listApproved(tx, scope, policyId, year)]);
    const found: PinnedPack[] = [];
    for (const each of versions) {
      const pack = await open(tx, scope, each.packHash, approved.get(each.policyId) ?? [], year);
      if (isInForce(pack.policy, day)) found.push(pack);
    }
    return found;
  }));

  return {
    open,
    inForce: async (tx, scope, policyId, on) => (await listHeld(tx, scope, on, policyId))[0],
    listInForce: (tx, scope, on) => listHeld(tx, scope, on),
    pinned: async (tx, any, packHash, year) => {
      const scope = scopeAlso(any, 'pack.use');
      // What another city has open is not this city's.
      const policyId = await findPolicyOf(tx, scope, packHash);
      if (policyId === undefined) throw new RangeError(`the city has no pack ${packHash}`);
      return open(tx, scope, packHash, (await listApproved(tx, scope, policyId, year)).get(policyId) ?? [], year);
    },
  };
}

/** The year whose settings hold on a day. */
export function yearOf(on: string): number {
  return Number(on.slice(0, 4));
}

/** A version as the database has it. @throws Error where what is stored is not what its hash says. */
async function readStored(tx: Tx, scope: Scope<'pack.use'>, packHash: string): Promise<Omit<OpenedPack, 'reference'>> {
  const stored = await findModel(tx, scope, packHash);
  if (stored === undefined) throw new RangeError(`the city has no pack ${packHash}`);
  const policy = JSON.parse(stored.model) as Policy;
  const vocabularies = JSON.parse(stored.vocabularies) as Vocabularies;
  if (hashVocabularies(vocabularies).hash !== stored.vocabularyHash || hashPolicy(policy, stored.vocabularyHash).hash !== packHash) {
    throw new Error(`what is stored of pack ${packHash} was changed`);
  }
  return { packHash, policy, vocabularies, compiled: interpretPolicy(policy, vocabularies) };
}

/** What a cache has, moved to the end: what was asked for last is dropped last. */
function recall<T>(cache: Map<string, T>, key: string): T | undefined {
  const found = cache.get(key);
  if (found !== undefined) {
    cache.delete(key);
    cache.set(key, found);
  }
  return found;
}

function keep<T>(cache: Map<string, T>, key: string, value: T, most: number): void {
  for (const oldest of cache.keys()) {
    if (cache.size < most) break;
    cache.delete(oldest);
  }
  cache.set(key, value);
}

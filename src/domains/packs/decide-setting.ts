// What the office sets for a year: proposed by one for a policy that is published, approved or declined by another.
import { Refusal } from '../../contract/errors.ts';
import type { Policy } from '../../policy/index.ts';
import { newId, type Tx } from '../../storage/database.ts';
import type { Scope } from '../permissions/index.ts';
import { nameActor } from '../registry/index.ts';
import type { PackParts } from './draft-pack.ts';
import { getSetting, insertSetting, listHeldOn, type SettingRow, settleProposal } from './packs-store.ts';
import { encodeSetting, type Settable, settablesOf, type SettingKind } from './setting.ts';

/** What somebody proposes. */
export interface Proposal {
  readonly policyId: string;
  readonly kind: SettingKind;
  readonly name: string;
  readonly year: number;
  /** In the form of the interface: a share as 0.4, money in yuan, a date, the name of an alternative. */
  readonly value: number | string;
  readonly decisionReference: string;
}

/** @throws Refusal policy-unknown, setting-unknown, setting-value-wrong. */
export async function proposeSetting(tx: Tx, scope: Scope<'setting.propose'>, parts: PackParts, proposal: Proposal, now: Date): Promise<SettingRow> {
  const policy = await findPolicy(tx, scope, parts, proposal);
  const all = settablesOf(policy);
  const settable = all.find(({ kind, name }) => kind === proposal.kind && name === proposal.name);
  if (settable === undefined) {
    const known = all.filter(({ kind }) => kind === proposal.kind).map(({ name }) => name);
    throw new Refusal('setting-unknown', { name: proposal.name, known: known.length === 0 ? '—' : known.join('、') });
  }
  const value = encodeSetting(settable, proposal.value);
  if (value === undefined) throw new Refusal('setting-value-wrong', { name: proposal.name, value: String(proposal.value), expected: expectedOf(settable) });
  const settingId = newId();
  await insertSetting(tx, scope, { ...proposal, settingId, value, writtenValue: proposal.value, proposedAt: now, proposedBy: nameActor(scope.actor) });
  return getSetting(tx, scope, settingId);
}

/** @throws Refusal not-found, own-hands-refused, settled-already. */
export async function settleSetting(tx: Tx, scope: Scope<'setting.approve'>, settingId: string, isApproved: boolean, now: Date): Promise<SettingRow> {
  const row = await getSetting(tx, scope, settingId);
  const by = nameActor(scope.actor);
  // Whoever proposed it may take it back, and no more.
  if (isApproved && row.proposedBy === by) throw new Refusal('own-hands-refused');
  if (!(await settleProposal(tx, scope, row, isApproved, by, now))) throw new Refusal('settled-already');
  return getSetting(tx, scope, settingId);
}

/** The version that holds at the end of the year, as far as it is known. */
async function findPolicy(tx: Tx, scope: Scope<'setting.propose'>, { packs }: PackParts, { policyId, year }: Proposal): Promise<Policy> {
  const [held] = await listHeldOn(tx, scope, `${year}-12-31`, policyId);
  if (held === undefined) throw new Refusal('policy-unknown', { policy: policyId });
  return (await packs.open(tx, scope, held.packHash, [], year)).policy;
}

/** What a value may be, in signs that both languages read. */
function expectedOf({ kind, type, alternatives = [] }: Settable): string {
  if (kind === 'reading') return alternatives.join('、');
  if (kind === 'promise') return '1–365';
  switch (type) {
    case 'share':
      return '0–1 (0.4 = 40%)';
    case 'money':
      return '元 / yuan (1234.56)';
    case 'date':
      return '2026-06-30';
    default:
      return '0, 1, 2 …';
  }
}

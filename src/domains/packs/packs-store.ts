// The SQL of packs: versions, what they compiled to, and what is set for a year.
import { Refusal } from '../../contract/errors.ts';
import type { Tx } from '../../storage/database.ts';
import type { Scope } from '../permissions/index.ts';
import type { HashedText } from './hash-pack.ts';
import type { PackState } from './pack.ts';
import type { Finding, PackFiles } from './pack-ports.ts';
import type { ApprovedSetting, SettingKind, SettingState } from './setting.ts';

type Reading = Scope<'pack.read' | 'pack.use' | 'pack.draft' | 'pack.approve' | 'pack.publish' | 'pack.found' | 'setting.propose' | 'setting.approve'>;

/** What checking a version came to. */
export interface CheckReport {
  readonly findings: readonly Finding[];
  readonly benefits: number;
  readonly cases: number;
}

/** A version without its files. */
export interface PackRow {
  readonly packId: string;
  readonly policyId: string;
  readonly cityId: string;
  readonly state: PackState;
  readonly packHash: string | null;
  readonly corrects: string | null;
  readonly noteSealed: Uint8Array | null;
  readonly draftedAt: Date;
  readonly draftedBy: string;
  readonly checkedAt: Date | null;
  readonly approvedAt: Date | null;
  readonly approvedBy: string | null;
  readonly publishedAt: Date | null;
  readonly publishedBy: string | null;
  readonly effectiveOn: string | null;
  readonly withdrawnAt: Date | null;
  readonly withdrawnBy: string | null;
  readonly reasonSealed: Uint8Array | null;
  readonly version: number;
}

/** A version that holds, by its hash. */
export interface HeldVersion {
  readonly packId: string;
  readonly policyId: string;
  readonly packHash: string;
}

const columns = [
  'pack_id', 'policy_id', 'city_id', 'state', 'pack_hash', 'corrects', 'note_sealed', 'drafted_at', 'drafted_by', 'checked_at', 'approved_at', 'approved_by',
  'published_at', 'published_by', 'effective_on', 'withdrawn_at', 'withdrawn_by', 'reason_sealed', 'version',
] as const;

const selectPack = (tx: Tx, scope: Reading) => tx.selectFrom('packs').select(columns).where('tenant_id', '=', scope.tenantId);

function rowOfPack(row: Awaited<ReturnType<ReturnType<typeof selectPack>['executeTakeFirstOrThrow']>>): PackRow {
  return {
    packId: row.pack_id,
    policyId: row.policy_id,
    cityId: row.city_id,
    state: row.state as PackState,
    packHash: row.pack_hash,
    corrects: row.corrects,
    noteSealed: row.note_sealed,
    draftedAt: row.drafted_at,
    draftedBy: row.drafted_by,
    checkedAt: row.checked_at,
    approvedAt: row.approved_at,
    approvedBy: row.approved_by,
    publishedAt: row.published_at,
    publishedBy: row.published_by,
    effectiveOn: row.effective_on,
    withdrawnAt: row.withdrawn_at,
    withdrawnBy: row.withdrawn_by,
    reasonSealed: row.reason_sealed,
    version: row.version,
  };
}

/** The hashes of every version that the city has, by policy. */
export async function listHashes(tx: Tx, scope: Reading): Promise<ReadonlyMap<string, readonly string[]>> {
  const rows = await tx.selectFrom('packs').select(['policy_id', 'pack_hash']).where('tenant_id', '=', scope.tenantId).execute();
  const hashes = new Map<string, string[]>();
  for (const { policy_id, pack_hash } of rows) hashes.set(policy_id, [...(hashes.get(policy_id) ?? []), ...(pack_hash === null ? [] : [pack_hash])]);
  return hashes;
}

/** Keeps what a version compiled to; the same content is kept once. */
export async function addModel(tx: Tx, scope: Scope<'pack.found' | 'pack.draft'>, given: { readonly packHash: string; readonly policyId: string; readonly model: string; readonly vocabulary: HashedText }): Promise<void> {
  await tx
    .insertInto('pack_vocabularies')
    .values({ tenant_id: scope.tenantId, vocabulary_hash: given.vocabulary.hash, vocabularies: given.vocabulary.text })
    .onConflict((conflict) => conflict.columns(['tenant_id', 'vocabulary_hash']).doNothing())
    .execute();
  await tx
    .insertInto('pack_models')
    .values({ tenant_id: scope.tenantId, pack_hash: given.packHash, policy_id: given.policyId, vocabulary_hash: given.vocabulary.hash, model: given.model })
    .onConflict((conflict) => conflict.columns(['tenant_id', 'pack_hash']).doNothing())
    .execute();
}

/** Which policy a hash is a version of; undefined for one that the city does not have. */
export async function findPolicyOf(tx: Tx, scope: Reading, packHash: string): Promise<string | undefined> {
  const row = await tx.selectFrom('pack_models').select('policy_id').where('tenant_id', '=', scope.tenantId).where('pack_hash', '=', packHash).executeTakeFirst();
  return row?.policy_id;
}

/** What a version compiled to, as JSON texts, with the hash of its vocabularies. */
export async function findModel(tx: Tx, scope: Reading, packHash: string): Promise<{ readonly model: string; readonly vocabularyHash: string; readonly vocabularies: string } | undefined> {
  const row = await tx
    .selectFrom('pack_models as m')
    .innerJoin('pack_vocabularies as v', (join) => join.onRef('v.tenant_id', '=', 'm.tenant_id').onRef('v.vocabulary_hash', '=', 'm.vocabulary_hash'))
    .select(['m.model', 'm.vocabulary_hash', 'v.vocabularies'])
    .where('m.tenant_id', '=', scope.tenantId)
    .where('m.pack_hash', '=', packHash)
    .executeTakeFirst();
  return row === undefined ? undefined : { model: row.model, vocabularyHash: row.vocabulary_hash, vocabularies: row.vocabularies };
}

/** Adds a version that came with the program: published from `effectiveOn`, or a checked draft without it; once, however often. */
export async function insertBuilt(
  tx: Tx,
  scope: Scope<'pack.found'>,
  row: { readonly packId: string; readonly policyId: string; readonly cityId: string; readonly packHash: string; readonly source: PackFiles; readonly by: string; readonly now: Date; readonly effectiveOn: string | null },
): Promise<void> {
  const isPublished = row.effectiveOn !== null;
  await tx
    .insertInto('packs')
    .values({
      tenant_id: scope.tenantId,
      pack_id: row.packId,
      policy_id: row.policyId,
      city_id: row.cityId,
      state: isPublished ? 'published' : 'checked',
      source: JSON.stringify(row.source),
      pack_hash: row.packHash,
      drafted_at: row.now,
      drafted_by: row.by,
      checked_at: row.now,
      published_at: isPublished ? row.now : null,
      published_by: isPublished ? row.by : null,
      effective_on: row.effectiveOn,
    })
    .onConflict((conflict) => conflict.columns(['tenant_id', 'pack_id']).doNothing())
    .execute();
}

/** The published versions that hold on a day, one a policy: the one that took effect last, of one day the one published last. */
export async function listHeldOn(tx: Tx, scope: Reading, on: string, policyId?: string): Promise<readonly HeldVersion[]> {
  let query = tx
    .selectFrom('packs')
    .distinctOn('policy_id')
    .select(['pack_id', 'policy_id', 'pack_hash'])
    .where('tenant_id', '=', scope.tenantId)
    .where('state', '=', 'published')
    .where('effective_on', '<=', on);
  if (policyId !== undefined) query = query.where('policy_id', '=', policyId);
  const rows = await query.orderBy('policy_id').orderBy('effective_on', 'desc').orderBy('published_at', 'desc').orderBy('pack_id', 'desc').execute();
  return rows.flatMap((row) => (row.pack_hash === null ? [] : [{ packId: row.pack_id, policyId: row.policy_id, packHash: row.pack_hash }]));
}

/** What is approved for a policy up to a year, or for each where none is named. */
export async function listApproved(tx: Tx, scope: Reading, policyId: string | undefined, year: number): Promise<ReadonlyMap<string, readonly ApprovedSetting[]>> {
  const found = new Map<string, ApprovedSetting[]>();
  const query = tx
    .selectFrom('pack_settings')
    .select(['policy_id', 'kind', 'name', 'year', 'value'])
    .where('tenant_id', '=', scope.tenantId)
    .where('state', '=', 'approved')
    .where('year', '<=', year);
  const rows = await (policyId === undefined ? query : query.where('policy_id', '=', policyId)).execute();
  for (const { policy_id, kind, name, year: of, value } of rows) {
    const own = found.get(policy_id) ?? [];
    own.push({ kind: kind as SettingKind, name, year: of, value: value as number | string });
    found.set(policy_id, own);
  }
  return found;
}

/** A version's files and what the check found. */
export interface PackContent {
  readonly source: PackFiles;
  readonly report: CheckReport | null;
}

/** A version. @throws Refusal not-found. */
export async function getPack(tx: Tx, scope: Reading, packId: string): Promise<PackRow> {
  const row = await selectPack(tx, scope).where('pack_id', '=', packId).executeTakeFirst();
  if (row === undefined) throw new Refusal('not-found');
  return rowOfPack(row);
}

/** The files of a version and its report. @throws Refusal not-found. */
export async function getContent(tx: Tx, scope: Reading, packId: string): Promise<PackContent> {
  const row = await tx.selectFrom('packs').select(['source', 'check_report']).where('tenant_id', '=', scope.tenantId).where('pack_id', '=', packId).executeTakeFirst();
  if (row === undefined) throw new Refusal('not-found');
  return { source: row.source as unknown as PackFiles, report: row.check_report as unknown as CheckReport | null };
}

/** Where a page of versions begins: behind this one. */
export interface PackPlace {
  readonly draftedAt: Date;
  readonly packId: string;
}

/** Versions, the one drafted last first. */
export async function listPacks(
  tx: Tx,
  scope: Reading,
  wanted: { readonly policyId?: string | undefined; readonly state?: PackState | undefined; readonly after?: PackPlace | undefined; readonly limit: number },
): Promise<readonly PackRow[]> {
  let query = selectPack(tx, scope);
  if (wanted.policyId !== undefined) query = query.where('policy_id', '=', wanted.policyId);
  if (wanted.state !== undefined) query = query.where('state', '=', wanted.state);
  const { after } = wanted;
  if (after !== undefined) query = query.where((eb) => eb(eb.refTuple('drafted_at', 'pack_id'), '<', eb.tuple(after.draftedAt, after.packId)));
  const rows = await query.orderBy('drafted_at', 'desc').orderBy('pack_id', 'desc').limit(wanted.limit).execute();
  return rows.map(rowOfPack);
}

/** The jurisdiction of each policy that the city has a version of. */
export async function listCitiesOf(tx: Tx, scope: Reading): Promise<ReadonlyMap<string, string>> {
  const rows = await tx.selectFrom('packs').distinct().select(['policy_id', 'city_id']).where('tenant_id', '=', scope.tenantId).execute();
  return new Map(rows.map((row) => [row.policy_id, row.city_id]));
}

/** The files of every policy of a jurisdiction as they hold on a day, by policy. */
export async function listSources(tx: Tx, scope: Reading, cityId: string, on: string): Promise<Readonly<Record<string, PackFiles>>> {
  const held = await listHeldOn(tx, scope, on);
  if (held.length === 0) return {};
  const rows = await tx
    .selectFrom('packs')
    .select(['policy_id', 'source'])
    .where('tenant_id', '=', scope.tenantId)
    .where('city_id', '=', cityId)
    .where('pack_id', 'in', held.map(({ packId }) => packId))
    .execute();
  return Object.fromEntries(rows.map((row) => [row.policy_id, row.source as unknown as PackFiles]));
}

/** What a check led to, as a version keeps it. */
export interface CheckedContent {
  readonly source: PackFiles;
  readonly report: CheckReport;
  /** Null where something was found. */
  readonly packHash: string | null;
  readonly noteSealed: Uint8Array | null;
}

/** Adds a version. */
export async function insertDraft(
  tx: Tx,
  scope: Scope<'pack.draft'>,
  row: CheckedContent & { readonly packId: string; readonly policyId: string; readonly cityId: string; readonly corrects: string | null; readonly by: string; readonly now: Date },
): Promise<void> {
  await tx
    .insertInto('packs')
    .values({ tenant_id: scope.tenantId, pack_id: row.packId, policy_id: row.policyId, city_id: row.cityId, corrects: row.corrects, drafted_at: row.now, drafted_by: row.by, ...contentColumns(row, row.now) })
    .execute();
}

/** Changes the files of a version. @returns whether nobody changed it meanwhile. */
export async function changeContent(tx: Tx, scope: Scope<'pack.draft'>, packId: string, version: number, content: CheckedContent, now: Date): Promise<boolean> {
  const { numUpdatedRows } = await tx
    .updateTable('packs')
    .set({ ...contentColumns(content, now), version: version + 1 })
    .where('tenant_id', '=', scope.tenantId)
    .where('pack_id', '=', packId)
    .where('version', '=', version)
    .executeTakeFirst();
  return numUpdatedRows === 1n;
}

function contentColumns({ source, report, packHash, noteSealed }: CheckedContent, now: Date) {
  return {
    state: packHash === null ? 'draft' : 'checked',
    source: JSON.stringify(source),
    check_report: JSON.stringify(report),
    pack_hash: packHash,
    note_sealed: noteSealed === null ? null : Buffer.from(noteSealed),
    checked_at: packHash === null ? null : now,
  };
}

/** A step of a version's life, with who took it. */
export type PackStep =
  | { readonly to: 'approved'; readonly by: string; readonly now: Date }
  | { readonly to: 'published'; readonly by: string; readonly now: Date; readonly effectiveOn: string }
  | { readonly to: 'withdrawn'; readonly by: string; readonly now: Date; readonly reasonSealed: Uint8Array };

/** Takes a step. @returns whether nobody changed the version meanwhile. */
export async function takeStep(tx: Tx, scope: Scope<'pack.approve' | 'pack.publish'>, packId: string, version: number, step: PackStep): Promise<boolean> {
  const { numUpdatedRows } = await tx
    .updateTable('packs')
    .set({ state: step.to, version: version + 1, ...stepColumns(step) })
    .where('tenant_id', '=', scope.tenantId)
    .where('pack_id', '=', packId)
    .where('version', '=', version)
    .executeTakeFirst();
  return numUpdatedRows === 1n;
}

function stepColumns(step: PackStep) {
  switch (step.to) {
    case 'approved':
      return { approved_at: step.now, approved_by: step.by };
    case 'published':
      return { published_at: step.now, published_by: step.by, effective_on: step.effectiveOn };
    case 'withdrawn':
      return { withdrawn_at: step.now, withdrawn_by: step.by, reason_sealed: Buffer.from(step.reasonSealed) };
  }
}

/** Whether any version of a policy was ever published and not withdrawn. */
export async function isPublished(tx: Tx, scope: Reading, policyId: string): Promise<boolean> {
  const row = await tx.selectFrom('packs').select('pack_id').where('tenant_id', '=', scope.tenantId).where('policy_id', '=', policyId).where('state', '=', 'published').limit(1).executeTakeFirst();
  return row !== undefined;
}

/** A setting as stored. */
export interface SettingRow {
  readonly settingId: string;
  readonly policyId: string;
  readonly kind: SettingKind;
  readonly name: string;
  readonly year: number;
  /** Encoded. */
  readonly value: number | string;
  /** As it was written: a share as 0.4, money in yuan. */
  readonly writtenValue: number | string;
  readonly decisionReference: string;
  readonly state: SettingState;
  readonly proposedAt: Date;
  readonly proposedBy: string;
  readonly settledAt: Date | null;
  readonly settledBy: string | null;
}

const selectSetting = (tx: Tx, scope: Reading) =>
  tx
    .selectFrom('pack_settings')
    .select(['setting_id', 'policy_id', 'kind', 'name', 'year', 'value', 'written_value', 'decision_reference', 'state', 'proposed_at', 'proposed_by', 'settled_at', 'settled_by'])
    .where('tenant_id', '=', scope.tenantId);

function rowOfSetting(row: Awaited<ReturnType<ReturnType<typeof selectSetting>['executeTakeFirstOrThrow']>>): SettingRow {
  return {
    settingId: row.setting_id,
    policyId: row.policy_id,
    kind: row.kind as SettingKind,
    name: row.name,
    year: row.year,
    value: row.value as number | string,
    writtenValue: row.written_value as number | string,
    decisionReference: row.decision_reference,
    state: row.state as SettingState,
    proposedAt: row.proposed_at,
    proposedBy: row.proposed_by,
    settledAt: row.settled_at,
    settledBy: row.settled_by,
  };
}

/** Adds a proposal. */
export async function insertSetting(tx: Tx, scope: Scope<'setting.propose'>, row: Omit<SettingRow, 'state' | 'settledAt' | 'settledBy'>): Promise<void> {
  await tx
    .insertInto('pack_settings')
    .values({
      tenant_id: scope.tenantId,
      setting_id: row.settingId,
      policy_id: row.policyId,
      kind: row.kind,
      name: row.name,
      year: row.year,
      value: JSON.stringify(row.value),
      written_value: JSON.stringify(row.writtenValue),
      decision_reference: row.decisionReference,
      state: 'proposed',
      proposed_at: row.proposedAt,
      proposed_by: row.proposedBy,
    })
    .execute();
}

/** A setting. @throws Refusal not-found. */
export async function getSetting(tx: Tx, scope: Reading, settingId: string): Promise<SettingRow> {
  const row = await selectSetting(tx, scope).where('setting_id', '=', settingId).executeTakeFirst();
  if (row === undefined) throw new Refusal('not-found');
  return rowOfSetting(row);
}

/** Settings, the one proposed last first. */
export async function listSettings(
  tx: Tx,
  scope: Reading,
  wanted: { readonly policyId?: string | undefined; readonly year?: number | undefined; readonly state?: SettingState | undefined; readonly before?: string | undefined; readonly limit: number },
): Promise<readonly SettingRow[]> {
  let query = selectSetting(tx, scope);
  if (wanted.policyId !== undefined) query = query.where('policy_id', '=', wanted.policyId);
  if (wanted.year !== undefined) query = query.where('year', '=', wanted.year);
  if (wanted.state !== undefined) query = query.where('state', '=', wanted.state);
  if (wanted.before !== undefined) query = query.where('setting_id', '<', wanted.before);
  const rows = await query.orderBy('setting_id', 'desc').limit(wanted.limit).execute();
  return rows.map(rowOfSetting);
}

/**
 * Approves or declines a proposal; what was approved for the same year before is replaced. Two who approve two proposals for one thing at once
 * wait for each other.
 * @returns whether it was still open.
 */
export async function settleProposal(tx: Tx, scope: Scope<'setting.approve'>, row: SettingRow, isApproved: boolean, by: string, now: Date): Promise<boolean> {
  const same = tx
    .selectFrom('pack_settings')
    .select(['setting_id', 'state'])
    .where('tenant_id', '=', scope.tenantId)
    .where('policy_id', '=', row.policyId)
    .where('kind', '=', row.kind)
    .where('name', '=', row.name)
    .where('year', '=', row.year);
  await same.orderBy('setting_id').forUpdate().execute();
  // Read again behind the lock: a statement sees what was committed when it began.
  const current = await same.execute();
  if (current.find(({ setting_id }) => setting_id === row.settingId)?.state !== 'proposed') return false;
  if (isApproved) {
    await tx
      .updateTable('pack_settings')
      .set({ state: 'replaced', replaced_at: now })
      .where('tenant_id', '=', scope.tenantId)
      .where('policy_id', '=', row.policyId)
      .where('kind', '=', row.kind)
      .where('name', '=', row.name)
      .where('year', '=', row.year)
      .where('state', '=', 'approved')
      .execute();
  }
  await tx
    .updateTable('pack_settings')
    .set({ state: isApproved ? 'approved' : 'declined', settled_at: now, settled_by: by })
    .where('tenant_id', '=', scope.tenantId)
    .where('setting_id', '=', row.settingId)
    .execute();
  return true;
}

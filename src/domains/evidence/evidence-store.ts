// The only SQL of evidence: papers, the pieces of uploads, what rests on them, how trust in them changed.

import { sql } from 'kysely';
import type { Tx } from '../../storage/database.ts';
import type { Scope } from '../permissions/index.ts';
import type { PaperType, Remark } from './inspector-port.ts';
import { isValidOn, type Paper, type PaperOrigin, type PaperRefusal, type PaperStatus, type ScanVerdict, type TrustBasis, type TrustClass } from './paper.ts';

/** Any right to do with papers. */
export type PaperScope = Scope<'evidence.read' | 'evidence.upload' | 'evidence.trust' | 'evidence.withdraw' | 'evidence.use' | 'evidence.check'>;

/** The rights with which a person's own data are told and deleted. */
type HeldScope = Scope<'subject-request.answer' | 'held-data.read'>;

/** A paper as it begins. */
export interface NewPaper {
  readonly evidenceId: string;
  readonly partyId: string;
  readonly kind: string;
  readonly trustClass: TrustClass;
  readonly origin: PaperOrigin;
  readonly departmentId: string | null;
  readonly organisationId: string | null;
  readonly issuedBy: string | null;
  readonly issuedOn: string | null;
  readonly expiresOn: string | null;
  readonly fileNameSealed: Uint8Array;
  readonly dataKeySealed: Uint8Array;
  readonly sizeBytes: number;
  readonly uploadUntil: Date;
  readonly createdAt: Date;
}

/** Adds a paper whose bytes are still to come. */
export async function insertPaper(tx: Tx, scope: Scope<'evidence.upload'>, paper: NewPaper): Promise<void> {
  await tx
    .insertInto('evidence')
    .values({
      tenant_id: scope.tenantId,
      evidence_id: paper.evidenceId,
      party_id: paper.partyId,
      kind: paper.kind,
      status: 'uploading',
      trust_class: paper.trustClass,
      origin: paper.origin,
      department_id: paper.departmentId,
      organisation_id: paper.organisationId,
      issued_by: paper.issuedBy,
      issued_on: paper.issuedOn,
      expires_on: paper.expiresOn,
      file_name_sealed: paper.fileNameSealed,
      data_key_sealed: paper.dataKeySealed,
      size_bytes: paper.sizeBytes,
      upload_until: paper.uploadUntil,
      created_at: paper.createdAt,
      created_by: scope.actor.accountId,
    })
    .execute();
}

/** A paper by its id, whosever it is: whoever calls asks the registry whether the scope reaches its party. */
export async function findPaper(tx: Tx, scope: PaperScope, evidenceId: string): Promise<Paper | undefined> {
  const row = await papers(tx, scope).where('evidence_id', '=', evidenceId).executeTakeFirst();
  return row === undefined ? undefined : read(row);
}

/** The same, with the row locked until the transaction ends. */
export async function lockPaper(tx: Tx, scope: PaperScope, evidenceId: string): Promise<Paper | undefined> {
  const row = await papers(tx, scope).where('evidence_id', '=', evidenceId).forUpdate().executeTakeFirst();
  return row === undefined ? undefined : read(row);
}

/** All papers of a party, which may have several ids; the newest first. Uploads given up and papers taken back are left out. */
export async function listPapers(tx: Tx, scope: PaperScope, partyIds: readonly string[]): Promise<readonly Paper[]> {
  const rows = await papers(tx, scope)
    .where('party_id', 'in', [...partyIds])
    .where('status', 'in', ['uploading', 'checking', 'clean', 'refused'])
    .orderBy('evidence_id', 'desc')
    .execute();
  return rows.map(read);
}

/** Accepted papers of a party of these kinds that are valid on a day; the most trusted first, then those valid longest, then the newest. */
export async function listValidPapers(tx: Tx, scope: PaperScope, partyIds: readonly string[], kinds: readonly string[], on: string): Promise<readonly Paper[]> {
  if (kinds.length === 0) return [];
  const rows = await papers(tx, scope)
    .where('party_id', 'in', [...partyIds])
    .where('kind', 'in', [...kinds])
    .where('status', '=', 'clean')
    .orderBy('trust_class')
    .orderBy(sql`expires_on desc nulls first`)
    .orderBy('evidence_id', 'desc')
    .execute();
  return rows.map(read).filter((paper) => isValidOn(paper, on));
}

/** An accepted paper of the party with the same content; of the same kind, if one is given. */
export async function findSameContent(tx: Tx, scope: PaperScope, partyIds: readonly string[], contentDigest: Uint8Array, kind: string): Promise<Paper | undefined> {
  const row = await papers(tx, scope)
    .where('content_digest', '=', Buffer.from(contentDigest))
    .where('party_id', 'in', [...partyIds])
    .where('kind', '=', kind)
    .where('status', '=', 'clean')
    .orderBy('evidence_id', 'desc')
    .executeTakeFirst();
  return row === undefined ? undefined : read(row);
}

/** Whether another party has handed in the very same file; something for an officer to look at. */
export async function isHeldByOthers(tx: Tx, scope: Scope<'evidence.read'>, partyIds: readonly string[], contentDigest: Uint8Array): Promise<boolean> {
  const row = await tx
    .selectFrom('evidence')
    .select('evidence_id')
    .where('tenant_id', '=', scope.tenantId)
    .where('content_digest', '=', Buffer.from(contentDigest))
    .where('party_id', 'not in', [...partyIds])
    .where('status', '=', 'clean')
    .limit(1)
    .executeTakeFirst();
  return row !== undefined;
}

/** How many uploads of a party are unfinished. */
export async function countUnfinished(tx: Tx, scope: Scope<'evidence.upload'>, partyIds: readonly string[], now: Date): Promise<number> {
  const { count } = await tx
    .selectFrom('evidence')
    .select((eb) => eb.fn.countAll<number>().as('count'))
    .where('tenant_id', '=', scope.tenantId)
    .where('party_id', 'in', [...partyIds])
    .where('status', '=', 'uploading')
    .where('upload_until', '>', now)
    .executeTakeFirstOrThrow();
  return Number(count);
}

/** A piece of an upload. */
export interface Piece {
  readonly pieceId: string;
  readonly offsetBytes: number;
  readonly sizeBytes: number;
}

/**
 * Adds a piece where it belongs; false where by now another piece stands there, or the upload is over. Of two writers at one offset the row
 * lets one through.
 */
export async function appendPiece(tx: Tx, scope: Scope<'evidence.upload'>, evidenceId: string, piece: Piece, uploadUntil: Date): Promise<boolean> {
  const { numUpdatedRows } = await tx
    .updateTable('evidence')
    .set({ received_bytes: piece.offsetBytes + piece.sizeBytes, upload_until: uploadUntil })
    .where('tenant_id', '=', scope.tenantId)
    .where('evidence_id', '=', evidenceId)
    .where('status', '=', 'uploading')
    .where('received_bytes', '=', piece.offsetBytes)
    .executeTakeFirst();
  if (numUpdatedRows !== 1n) return false;
  await tx
    .insertInto('evidence_pieces')
    .values({ tenant_id: scope.tenantId, evidence_id: evidenceId, offset_bytes: piece.offsetBytes, size_bytes: piece.sizeBytes, piece_id: piece.pieceId })
    .execute();
  return true;
}

/** The pieces of an upload in their order. */
export async function listPieces(tx: Tx, scope: PaperScope, evidenceId: string): Promise<readonly Piece[]> {
  const rows = await tx
    .selectFrom('evidence_pieces')
    .select(['piece_id', 'offset_bytes', 'size_bytes'])
    .where('tenant_id', '=', scope.tenantId)
    .where('evidence_id', '=', evidenceId)
    .orderBy('offset_bytes')
    .execute();
  return rows.map((row) => ({ pieceId: row.piece_id, offsetBytes: row.offset_bytes, sizeBytes: row.size_bytes }));
}

/** Closes an upload that has arrived whole: from now on it waits to be checked. False where it is no longer uploading or not whole. */
export async function closeUpload(tx: Tx, scope: Scope<'evidence.upload'>, evidenceId: string): Promise<boolean> {
  const { numUpdatedRows } = await tx
    .updateTable('evidence')
    .set((eb) => ({ status: 'checking' satisfies PaperStatus, version: eb('version', '+', 1) }))
    .where('tenant_id', '=', scope.tenantId)
    .where('evidence_id', '=', evidenceId)
    .where('status', '=', 'uploading')
    .whereRef('received_bytes', '=', 'size_bytes')
    .executeTakeFirst();
  return numUpdatedRows === 1n;
}

/** A paper that somebody undertook to check. */
export interface ClaimedPaper {
  readonly paper: Paper;
  /** How often it brought the inspector down before. */
  readonly falls: number;
}

/** Takes the paper that has waited longest, until `until`; others leave it alone till then. Undefined where none waits. */
export async function claimWaiting(tx: Tx, scope: Scope<'evidence.check'>, now: Date, until: Date): Promise<ClaimedPaper | undefined> {
  const waiting = await tx
    .selectFrom('evidence')
    .select(['evidence_id', 'check_falls'])
    .where('tenant_id', '=', scope.tenantId)
    .where('status', '=', 'checking')
    .where((eb) => eb.or([eb('checking_until', 'is', null), eb('checking_until', '<=', now)]))
    .orderBy('evidence_id')
    .limit(1)
    .forUpdate()
    .skipLocked()
    .executeTakeFirst();
  if (waiting === undefined) return undefined;
  await holdClaim(tx, scope, waiting.evidence_id, until);
  const paper = await findPaper(tx, scope, waiting.evidence_id);
  return paper === undefined ? undefined : { paper, falls: waiting.check_falls };
}

/** Keeps others away from a paper until `until`: while it is checked, or until it is worth another try. */
export async function holdClaim(tx: Tx, scope: Scope<'evidence.check'>, evidenceId: string, until: Date): Promise<void> {
  await tx
    .updateTable('evidence')
    .set({ checking_until: until })
    .where('tenant_id', '=', scope.tenantId)
    .where('evidence_id', '=', evidenceId)
    .where('status', '=', 'checking')
    .execute();
}

/** Writes down that a paper brought the inspector down once more. */
export async function countFall(tx: Tx, scope: Scope<'evidence.check'>, evidenceId: string): Promise<void> {
  await tx
    .updateTable('evidence')
    .set((eb) => ({ check_falls: eb('check_falls', '+', 1) }))
    .where('tenant_id', '=', scope.tenantId)
    .where('evidence_id', '=', evidenceId)
    .execute();
}

/** What a check found. */
export type CheckOutcome =
  | {
      readonly status: 'clean';
      readonly type: PaperType;
      readonly pages: number;
      readonly remarks: readonly Remark[];
      readonly contentDigest: Uint8Array;
      readonly blobId: string;
      readonly scanVerdict: ScanVerdict;
      readonly scanEngine: string | null;
    }
  | { readonly status: 'refused'; readonly because: PaperRefusal; readonly sameAs: string | null; readonly scanVerdict: ScanVerdict | null; readonly scanEngine: string | null };

/** Writes down what a check found; false where somebody else did before. The pieces are no longer needed; a refused paper's key neither. */
export async function settleCheck(tx: Tx, scope: Scope<'evidence.check'>, evidenceId: string, outcome: CheckOutcome, now: Date): Promise<boolean> {
  const found =
    outcome.status === 'clean'
      ? {
          status: 'clean',
          content_type: outcome.type,
          pages: outcome.pages,
          remarks: [...outcome.remarks],
          content_digest: Buffer.from(outcome.contentDigest),
          blob_id: outcome.blobId,
        }
      : { status: 'refused', refused_because: outcome.because, same_as: outcome.sameAs, data_key_sealed: null };
  const { numUpdatedRows } = await tx
    .updateTable('evidence')
    .set((eb) => ({ ...found, scan_verdict: outcome.scanVerdict, scan_engine: outcome.scanEngine, checking_until: null, settled_at: now, version: eb('version', '+', 1) }))
    .where('tenant_id', '=', scope.tenantId)
    .where('evidence_id', '=', evidenceId)
    .where('status', '=', 'checking')
    .executeTakeFirst();
  if (numUpdatedRows !== 1n) return false;
  await tx.deleteFrom('evidence_pieces').where('tenant_id', '=', scope.tenantId).where('evidence_id', '=', evidenceId).execute();
  return true;
}

/** Gives up uploads that nobody finished; their ids. Their pieces and keys go with them. */
export async function expireUploads(tx: Tx, scope: Scope<'evidence.check'>, now: Date): Promise<readonly string[]> {
  const rows = await tx
    .updateTable('evidence')
    .set((eb) => ({ status: 'expired' satisfies PaperStatus, data_key_sealed: null, file_name_sealed: null, settled_at: now, version: eb('version', '+', 1) }))
    .where('tenant_id', '=', scope.tenantId)
    .where('status', '=', 'uploading')
    .where('upload_until', '<=', now)
    .returning('evidence_id')
    .execute();
  const ids = rows.map((row) => row.evidence_id);
  if (ids.length > 0) await tx.deleteFrom('evidence_pieces').where('tenant_id', '=', scope.tenantId).where('evidence_id', 'in', ids).execute();
  return ids;
}

/** Takes a paper back at a version: its key goes, so that its bytes are unreadable at once wherever a copy lies. */
export async function withdrawRow(tx: Tx, scope: Scope<'evidence.withdraw' | 'subject-request.answer'>, evidenceId: string, now: Date): Promise<void> {
  await tx
    .updateTable('evidence')
    .set((eb) => ({
      status: 'withdrawn' satisfies PaperStatus,
      refused_because: null,
      data_key_sealed: null,
      file_name_sealed: null,
      content_digest: null,
      blob_id: null,
      settled_at: now,
      version: eb('version', '+', 1),
    }))
    .where('tenant_id', '=', scope.tenantId)
    .where('evidence_id', '=', evidenceId)
    .execute();
  await tx.deleteFrom('evidence_pieces').where('tenant_id', '=', scope.tenantId).where('evidence_id', '=', evidenceId).execute();
}

/** All papers of these parties whose bytes are held, with what rests on each now. */
export async function listHeld(tx: Tx, scope: HeldScope, partyIds: readonly string[]): Promise<readonly (Paper & { readonly uses: number })[]> {
  const rows = await papers(tx, scope).where('party_id', 'in', [...partyIds]).where('data_key_sealed', 'is not', null).orderBy('evidence_id').execute();
  const uses = await countUses(tx, scope, rows.map((row) => row.evidence_id));
  return rows.map((row) => ({ ...read(row), uses: uses.get(row.evidence_id) ?? 0 }));
}

/** Which of these blobs and pieces rows still name; the others are orphans. */
export async function listNamedFiles(tx: Tx, scope: Scope<'evidence.check'>, ids: readonly string[]): Promise<ReadonlySet<string>> {
  if (ids.length === 0) return new Set();
  const blobs = await tx.selectFrom('evidence').select('blob_id as id').where('tenant_id', '=', scope.tenantId).where('blob_id', 'in', [...ids]).execute();
  const pieces = await tx.selectFrom('evidence_pieces').select('piece_id as id').where('tenant_id', '=', scope.tenantId).where('piece_id', 'in', [...ids]).execute();
  return new Set([...blobs, ...pieces].flatMap(({ id }) => (id === null ? [] : [id])));
}

/** Which of these papers are in use, so that pictures of their pages may stay. */
export async function listCleanIds(tx: Tx, scope: Scope<'evidence.check'>, evidenceIds: readonly string[]): Promise<ReadonlySet<string>> {
  if (evidenceIds.length === 0) return new Set();
  const rows = await tx
    .selectFrom('evidence')
    .select('evidence_id')
    .where('tenant_id', '=', scope.tenantId)
    .where('evidence_id', 'in', [...evidenceIds])
    .where('status', '=', 'clean')
    .execute();
  return new Set(rows.map((row) => row.evidence_id));
}

/** A file that the database says must be there. */
export interface NamedFile {
  readonly kind: 'original' | 'piece';
  readonly id: string;
  readonly evidenceId: string;
  readonly dataKeySealed: Uint8Array;
}

/** Files that must be there, `limit` papers at a time after an id: for backups and checks. */
export async function listFiles(tx: Tx, scope: Scope<'evidence.check'>, after: string | undefined, limit: number): Promise<readonly NamedFile[]> {
  const rows = await papers(tx, scope)
    .where('data_key_sealed', 'is not', null)
    .$if(after !== undefined, (query) => query.where('evidence_id', '>', after ?? ''))
    .orderBy('evidence_id')
    .limit(limit)
    .execute();
  const files: NamedFile[] = [];
  for (const { evidence_id: evidenceId, data_key_sealed: dataKeySealed, blob_id: blobId, status } of rows) {
    if (dataKeySealed === null) continue;
    if (blobId !== null) files.push({ kind: 'original', id: blobId, evidenceId, dataKeySealed });
    else if (status === 'uploading' || status === 'checking') for (const { pieceId } of await listPieces(tx, scope, evidenceId)) files.push({ kind: 'piece', id: pieceId, evidenceId, dataKeySealed });
  }
  return files;
}

/** Ids of papers that have files, in their order: the pages of `listFiles`. */
export async function lastPaperOf(tx: Tx, scope: Scope<'evidence.check'>, after: string | undefined, limit: number): Promise<string | undefined> {
  const rows = await tx
    .selectFrom('evidence')
    .select('evidence_id')
    .where('tenant_id', '=', scope.tenantId)
    .where('data_key_sealed', 'is not', null)
    .$if(after !== undefined, (query) => query.where('evidence_id', '>', after ?? ''))
    .orderBy('evidence_id')
    .limit(limit)
    .execute();
  return rows.at(-1)?.evidence_id;
}

/** What rests on a paper. */
export interface EvidenceUse {
  readonly userKind: string;
  readonly userId: string;
}

/** Writes down that something rests on a paper from now on; again, where it did once before. */
export async function insertUse(tx: Tx, scope: Scope<'evidence.use'>, evidenceId: string, { userKind, userId }: EvidenceUse, now: Date): Promise<void> {
  await tx
    .insertInto('evidence_uses')
    .values({ tenant_id: scope.tenantId, evidence_id: evidenceId, user_kind: userKind, user_id: userId, used_at: now })
    .onConflict((conflict) => conflict.columns(['tenant_id', 'evidence_id', 'user_kind', 'user_id']).doUpdateSet({ released_at: null }))
    .execute();
}

/** Nothing of this user rests on any paper any more. */
export async function releaseUses(tx: Tx, scope: Scope<'evidence.use'>, { userKind, userId }: EvidenceUse, now: Date): Promise<void> {
  await tx
    .updateTable('evidence_uses')
    .set({ released_at: now })
    .where('tenant_id', '=', scope.tenantId)
    .where('user_kind', '=', userKind)
    .where('user_id', '=', userId)
    .where('released_at', 'is', null)
    .execute();
}

/**
 * How much rests on each of these papers now; those on which nothing does are left out. Counted are the uses written down here, and what names
 * the paper by itself: statements of facts, employments, relations, agents and family links that were not ended.
 */
export async function countUses(tx: Tx, scope: PaperScope | HeldScope, evidenceIds: readonly string[]): Promise<ReadonlyMap<string, number>> {
  if (evidenceIds.length === 0) return new Map();
  const wanted = sql`tenant_id = ${scope.tenantId} and evidence_id = any(${[...evidenceIds]}::uuid[])`;
  const { rows } = await sql<{ evidence_id: string; count: number }>`
    select evidence_id, count(*) as count from (
      select evidence_id from evidence_uses where ${wanted} and released_at is null
      union all select evidence_id from fact_statements where ${wanted}
      union all select evidence_id from employments where ${wanted} and superseded_at is null
      union all select evidence_id from family_relations where ${wanted}
      union all select evidence_id from agencies where ${wanted} and revoked_at is null
      union all select evidence_id from family_links where ${wanted} and ended_at is null
    ) as uses
    group by evidence_id`.execute(tx);
  return new Map(rows.map((row) => [row.evidence_id, Number(row.count)]));
}

/** A change of trust, and who made it. */
export interface TrustChange {
  readonly changeId: string;
  readonly from: TrustClass;
  readonly to: TrustClass;
  readonly basis: TrustBasis;
  readonly departmentId: string;
  readonly changedBy: string;
  readonly changedAt: Date;
}

/** Changes how far a paper is trusted, and what an officer read from the original besides; false where the version is another by now. */
export async function changeTrustRow(
  tx: Tx,
  scope: Scope<'evidence.trust'>,
  evidenceId: string,
  version: number,
  change: TrustChange,
  read: { readonly issuedBy: string | null; readonly issuedOn: string | null; readonly expiresOn: string | null },
): Promise<boolean> {
  const { numUpdatedRows } = await tx
    .updateTable('evidence')
    .set({ trust_class: change.to, issued_by: read.issuedBy, issued_on: read.issuedOn, expires_on: read.expiresOn, version: version + 1 })
    .where('tenant_id', '=', scope.tenantId)
    .where('evidence_id', '=', evidenceId)
    .where('version', '=', version)
    .executeTakeFirst();
  if (numUpdatedRows !== 1n) return false;
  await tx
    .insertInto('evidence_trust_changes')
    .values({
      tenant_id: scope.tenantId,
      evidence_id: evidenceId,
      change_id: change.changeId,
      from_class: change.from,
      to_class: change.to,
      basis: change.basis,
      department_id: change.departmentId,
      changed_by: change.changedBy,
      changed_at: change.changedAt,
    })
    .execute();
  return true;
}

/** How trust in a paper changed, the first change first. */
export async function listTrustChanges(tx: Tx, scope: PaperScope, evidenceId: string): Promise<readonly TrustChange[]> {
  const rows = await tx
    .selectFrom('evidence_trust_changes')
    .selectAll()
    .where('tenant_id', '=', scope.tenantId)
    .where('evidence_id', '=', evidenceId)
    .orderBy('change_id')
    .execute();
  return rows.map((row) => ({
    changeId: row.change_id,
    from: row.from_class as TrustClass,
    to: row.to_class as TrustClass,
    basis: row.basis as TrustBasis,
    departmentId: row.department_id,
    changedBy: row.changed_by,
    changedAt: row.changed_at,
  }));
}

/** How many papers wait to be checked, for figures. */
export async function countWaiting(tx: Tx, scope: Scope<'evidence.check'>): Promise<number> {
  const { count } = await tx
    .selectFrom('evidence')
    .select((eb) => eb.fn.countAll<number>().as('count'))
    .where('tenant_id', '=', scope.tenantId)
    .where('status', '=', 'checking')
    .executeTakeFirstOrThrow();
  return Number(count);
}

function papers(tx: Tx, scope: PaperScope | HeldScope) {
  return tx.selectFrom('evidence').selectAll().where('tenant_id', '=', scope.tenantId);
}

type Row = Awaited<ReturnType<ReturnType<typeof papers>['executeTakeFirstOrThrow']>>;

function read(row: Row): Paper {
  return {
    evidenceId: row.evidence_id,
    partyId: row.party_id,
    kind: row.kind,
    status: row.status as PaperStatus,
    trustClass: row.trust_class as TrustClass,
    origin: row.origin as PaperOrigin,
    departmentId: row.department_id,
    organisationId: row.organisation_id,
    issuedBy: row.issued_by,
    issuedOn: row.issued_on,
    expiresOn: row.expires_on,
    fileNameSealed: row.file_name_sealed,
    sizeBytes: row.size_bytes,
    receivedBytes: row.received_bytes,
    uploadUntil: row.upload_until,
    contentType: row.content_type as PaperType | null,
    pages: row.pages,
    remarks: row.remarks as readonly Remark[],
    refusedBecause: row.refused_because as PaperRefusal | null,
    sameAs: row.same_as,
    scanVerdict: row.scan_verdict as ScanVerdict | null,
    scanEngine: row.scan_engine,
    contentDigest: row.content_digest,
    dataKeySealed: row.data_key_sealed,
    blobId: row.blob_id,
    version: row.version,
    createdAt: row.created_at,
    createdBy: row.created_by,
  };
}

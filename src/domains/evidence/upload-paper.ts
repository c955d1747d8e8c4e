// An upload that can be broken off and resumed: begin, pieces at their offsets, complete. Every step may be sent again.

import { Refusal } from '../../contract/errors.ts';
import { newId, type Tx } from '../../storage/database.ts';
import type { Scope } from '../permissions/index.ts';
import { dayOf, getPartyInReach } from '../registry/index.ts';
import { dataKeyPlace, type EvidenceParts, fileNamePlace } from './evidence-parts.ts';
import { appendPiece, closeUpload, countUnfinished, findPaper, findSameContent, insertPaper } from './evidence-store.ts';
import { MOST_PAPER_BYTES } from './inspector-port.ts';
import { cleanFileName, isValidOn, type Paper, trustAtFirst } from './paper.ts';
import { isShownTo, reachPaper } from './reach-paper.ts';

/** An upload not touched for so long is given up. */
const UPLOAD_LIVES_MS = 24 * 3_600_000;
/** Nobody needs more at once, and each may hold 30 MiB of disk. */
const MOST_UNFINISHED = 20;
/** A piece that is not the last has at least so much: a paper of 30 MiB makes 120 rows and files at most. */
const LEAST_PIECE_BYTES = 262_144;
const BYTES_OF_KB = 1024;
const BYTES_OF_MB = 1_048_576;

/** What is told of a paper before its bytes come. */
export interface PaperToCome {
  readonly partyId: string;
  readonly kind: string;
  readonly fileName: string;
  readonly sizeBytes: number;
  /** SHA-256 of the file in hex, if the sender has it: what is held already need not be sent. */
  readonly sha256?: string | undefined;
  /** Somebody's own statement, which proves nothing but that it was made. */
  readonly isDeclaration?: boolean | undefined;
  readonly issuedBy?: string | null | undefined;
  readonly issuedOn?: string | null | undefined;
  readonly expiresOn?: string | null | undefined;
}

/** Begins an upload; or gives the valid paper of the same kind that is the very same file. */
export async function beginUpload(
  tx: Tx,
  scope: Scope<'evidence.upload'>,
  { protector, blobs, kinds }: EvidenceParts,
  coming: PaperToCome,
  now: Date,
): Promise<{ readonly paper: Paper; readonly isHeldAlready: boolean }> {
  const { tenantId, actor, reach } = scope;
  const party = await getPartyInReach(tx, scope, coming.partyId);
  if (!kinds.has(coming.kind)) throw new Refusal('evidence-kind-unknown', { kind: coming.kind });
  if (coming.sizeBytes > MOST_PAPER_BYTES) throw new Refusal('upload-too-large', { limit: MOST_PAPER_BYTES / BYTES_OF_MB });
  if (coming.sha256 !== undefined) {
    const held = await findSameContent(tx, scope, party.ids, contentDigestOf(protector, tenantId, coming.sha256), coming.kind);
    if (held !== undefined && isShownTo(scope, party, held) && isValidOn(held, dayOf(now))) return { paper: held, isHeldAlready: true };
  }
  const unfinished = await countUnfinished(tx, scope, party.ids, now);
  if (unfinished >= MOST_UNFINISHED) throw new Refusal('upload-too-many', { count: unfinished });
  const evidenceId = newId();
  await insertPaper(tx, scope, {
    evidenceId,
    partyId: party.partyId,
    kind: coming.kind,
    ...trustAtFirst(actor.capacity, coming.isDeclaration === true),
    departmentId: actor.capacity.kind === 'officer' || actor.capacity.kind === 'feed' ? actor.capacity.departmentId : null,
    organisationId: reach.kind === 'organisation' ? reach.organisationId : null,
    issuedBy: coming.issuedBy ?? null,
    issuedOn: coming.issuedOn ?? null,
    expiresOn: coming.expiresOn ?? null,
    fileNameSealed: protector.seal(fileNamePlace(tenantId, evidenceId), cleanFileName(coming.fileName)),
    dataKeySealed: protector.seal(dataKeyPlace(tenantId, evidenceId), blobs.makeDataKey()),
    sizeBytes: coming.sizeBytes,
    uploadUntil: new Date(now.getTime() + UPLOAD_LIVES_MS),
    createdAt: now,
  });
  return { paper: (await reachPaper(tx, scope, evidenceId)).paper, isHeldAlready: false };
}

/** How far an upload has come. @throws Refusal upload-expired. */
export async function readUpload(tx: Tx, scope: Scope<'evidence.upload'>, evidenceId: string, now: Date): Promise<Paper> {
  const { paper } = await reachPaper(tx, scope, evidenceId);
  if (paper.status === 'expired' || (paper.status === 'uploading' && paper.uploadUntil <= now)) throw new Refusal('upload-expired');
  return paper;
}

/**
 * Adds a piece at its offset. The piece reaches the disk first, the row commits last; a piece whose row never commits is swept.
 * @throws Refusal upload-offset-wrong with the offset to go on from; upload-beyond-end, upload-empty, upload-piece-too-small, upload-finished, upload-expired.
 */
export async function receivePiece(
  tx: Tx,
  scope: Scope<'evidence.upload'>,
  { protector, blobs }: EvidenceParts,
  evidenceId: string,
  offsetBytes: number,
  content: Uint8Array,
  now: Date,
): Promise<Paper> {
  const { tenantId } = scope;
  const paper = await readUpload(tx, scope, evidenceId, now);
  if (paper.status !== 'uploading' || paper.dataKeySealed === null) throw new Refusal('upload-finished');
  if (offsetBytes !== paper.receivedBytes) throw new Refusal('upload-offset-wrong', { offset: paper.receivedBytes });
  if (content.length === 0) throw new Refusal('upload-empty', { offset: paper.receivedBytes });
  if (offsetBytes + content.length > paper.sizeBytes) throw new Refusal('upload-beyond-end', { size: paper.sizeBytes });
  const isLast = offsetBytes + content.length === paper.sizeBytes;
  if (content.length < LEAST_PIECE_BYTES && !isLast) throw new Refusal('upload-piece-too-small', { least: LEAST_PIECE_BYTES / BYTES_OF_KB, offset: paper.receivedBytes });
  const place = { tenantId, kind: 'piece', id: newId() } as const;
  await blobs.write(place, protector.open(dataKeyPlace(tenantId, evidenceId), paper.dataKeySealed), content);
  const piece = { pieceId: place.id, offsetBytes, sizeBytes: content.length };
  if (await appendPiece(tx, scope, evidenceId, piece, new Date(now.getTime() + UPLOAD_LIVES_MS))) {
    return { ...paper, receivedBytes: offsetBytes + content.length };
  }
  // Another writer was quicker.
  await blobs.remove(place);
  const current = await findPaper(tx, scope, evidenceId);
  if (current?.status !== 'uploading') throw new Refusal('upload-finished');
  throw new Refusal('upload-offset-wrong', { offset: current.receivedBytes });
}

/**
 * Says that everything has been sent: from now on the paper waits to be checked. Sent again it changes nothing.
 * @throws Refusal upload-incomplete with the offset to go on from, upload-expired.
 */
export async function completeUpload(tx: Tx, scope: Scope<'evidence.upload'>, evidenceId: string, now: Date): Promise<Paper> {
  const paper = await readUpload(tx, scope, evidenceId, now);
  if (paper.status !== 'uploading') return paper;
  if (!(await closeUpload(tx, scope, evidenceId))) {
    const { receivedBytes } = await readUpload(tx, scope, evidenceId, now);
    if (receivedBytes < paper.sizeBytes) throw new Refusal('upload-incomplete', { offset: receivedBytes });
  }
  return (await reachPaper(tx, scope, evidenceId)).paper;
}

/** By what the same file is recognised: keyed, so that nobody who holds the database can try files on it. */
export function contentDigestOf(protector: EvidenceParts['protector'], tenantId: number, sha256: string): Uint8Array {
  return protector.digest(tenantId, `sha256:${sha256.toLowerCase()}`);
}

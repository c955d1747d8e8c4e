// Checks a paper that has arrived: what it is by its bytes, whether it carries harm, whether it is held already; then keeps it or not.

import { createHash } from 'node:crypto';
import { type Database, inTenant, newId, type Tx } from '../../storage/database.ts';
import { recordAudit } from '../audit/index.ts';
import { jobScope, type Scope } from '../permissions/index.ts';
import { findPartyInReach } from '../registry/index.ts';
import { BlobError } from './blob-port.ts';
import { dataKeyPlace, type EvidenceParts, fileNamePlace } from './evidence-parts.ts';
import { type CheckOutcome, type ClaimedPaper, claimWaiting, countFall, findSameContent, holdClaim, listPieces, type Piece, settleCheck } from './evidence-store.ts';
import { InspectorFailedError } from './inspector-port.ts';
import { extensionOf, type Paper, type PaperRefusal } from './paper.ts';
import { ScannerUnavailableError } from './scanner-port.ts';
import { contentDigestOf } from './upload-paper.ts';

/** A process that checks renews its claim well before it ends; that of one that died ends soon. */
const CLAIM_LIVES_MS = 30_000;
const RENEW_EVERY_MS = 10_000;
/** A scanner that does not answer, or a fallen inspector, is asked again after so long. */
const RETRY_MS = 15_000;
/** A file that brings the inspector down so often is not readable. */
const MOST_FALLS = 3;

/**
 * Checks the paper of a tenant that has waited longest.
 * @returns its id, or undefined where none waits. A scanner that does not answer leaves the paper waiting.
 */
export async function checkNextPaper(db: Database, parts: EvidenceParts, tenantId: number, now: () => Date = () => new Date()): Promise<string | undefined> {
  const scope = jobScope(tenantId, 'check-evidence', 'evidence.check');
  const inMs = (ms: number): Date => new Date(now().getTime() + ms);
  const claim = await inTenant(db, tenantId, async (tx) => {
    const claimed = await claimWaiting(tx, scope, now(), inMs(CLAIM_LIVES_MS));
    return claimed === undefined ? undefined : { ...claimed, pieces: await listPieces(tx, scope, claimed.paper.evidenceId) };
  });
  if (claim === undefined) return undefined;
  const { evidenceId } = claim.paper;
  const hold = (ms: number): Promise<void> => inTenant(db, tenantId, (tx) => holdClaim(tx, scope, evidenceId, inMs(ms)));
  // A renewal that fails is followed by another, and at worst the check is done twice.
  const renewal = setInterval(() => void hold(CLAIM_LIVES_MS).catch(() => {}), RENEW_EVERY_MS);
  try {
    const outcome = await judge(db, scope, parts, claim, claim.pieces);
    if (outcome === 'later') {
      await hold(RETRY_MS);
      return evidenceId;
    }
    const isSettled = await inTenant(db, tenantId, async (tx) => {
      const settled = await settleCheck(tx, scope, evidenceId, outcome, now());
      if (settled) await recordOutcome(tx, scope, evidenceId, outcome);
      return settled;
    });
    // Pieces that no row names any more stay for a day and are swept: a backup under way may have seen the rows of a moment ago.
    if (!isSettled && outcome.status === 'clean') await parts.blobs.remove({ tenantId, kind: 'original', id: outcome.blobId });
    return evidenceId;
  } finally {
    clearInterval(renewal);
  }
}

async function judge(db: Database, scope: Scope<'evidence.check'>, parts: EvidenceParts, { paper, falls }: ClaimedPaper, pieces: readonly Piece[]): Promise<CheckOutcome | 'later'> {
  const { protector, blobs, inspector, scanner } = parts;
  const { tenantId } = scope;
  const { evidenceId, dataKeySealed, fileNameSealed } = paper;
  if (dataKeySealed === null) return refuse('unreadable');
  const dataKey = protector.open(dataKeyPlace(tenantId, evidenceId), dataKeySealed);
  const content = await readPieces(parts, tenantId, dataKey, pieces);
  if (content === undefined || content.length !== paper.sizeBytes) return refuse('unreadable');
  const extension = fileNameSealed === null ? '' : extensionOf(protector.openText(fileNamePlace(tenantId, evidenceId), fileNameSealed));
  let inspection;
  try {
    inspection = await inspector.inspect(content, extension);
  } catch (error) {
    if (!(error instanceof InspectorFailedError)) throw error;
    // It may have been stopped for other reasons, so one fall is no verdict.
    if (falls + 1 >= MOST_FALLS) return refuse('unreadable');
    await inTenant(db, tenantId, (tx) => countFall(tx, scope, evidenceId));
    return 'later';
  }
  if (!inspection.ok) return refuse(inspection.because);
  let scan;
  try {
    scan = await scanner.scan(content);
  } catch (error) {
    if (error instanceof ScannerUnavailableError) return 'later';
    throw error;
  }
  if (scan.verdict === 'infected') return { ...refuse('infected'), scanVerdict: 'infected', scanEngine: scan.engine };
  const contentDigest = contentDigestOf(protector, tenantId, createHash('sha256').update(content).digest('hex'));
  const same = await inTenant(db, tenantId, (tx) => findHeld(tx, scope, paper, contentDigest));
  if (same !== undefined) return { ...refuse('held-already'), sameAs: same.evidenceId };
  const blobId = newId();
  await blobs.write({ tenantId, kind: 'original', id: blobId }, dataKey, content);
  const { type, pages, remarks } = inspection;
  return { status: 'clean', type, pages, remarks, contentDigest, blobId, scanVerdict: scan.verdict, scanEngine: scan.engine };
}

function refuse(because: PaperRefusal): Extract<CheckOutcome, { status: 'refused' }> {
  return { status: 'refused', because, sameAs: null, scanVerdict: null, scanEngine: null };
}

/** The same file of the same kind, of this party under whichever id. */
async function findHeld(tx: Tx, scope: Scope<'evidence.check'>, paper: Paper, contentDigest: Uint8Array): Promise<Paper | undefined> {
  const party = await findPartyInReach(tx, scope, paper.partyId);
  return findSameContent(tx, scope, party?.ids ?? [paper.partyId], contentDigest, paper.kind);
}

/** The pieces in their order as one; undefined where one is missing or damaged. */
async function readPieces({ blobs }: EvidenceParts, tenantId: number, dataKey: Uint8Array, pieces: readonly Piece[]): Promise<Buffer | undefined> {
  const parts: Uint8Array[] = [];
  try {
    for (const { pieceId } of pieces) for await (const part of blobs.read({ tenantId, kind: 'piece', id: pieceId }, dataKey)) parts.push(part);
  } catch (error) {
    if (error instanceof BlobError) return undefined;
    throw error;
  }
  return Buffer.concat(parts);
}

async function recordOutcome(tx: Tx, scope: Scope<'evidence.check'>, evidenceId: string, outcome: CheckOutcome): Promise<void> {
  const detail = outcome.status === 'clean' ? { status: 'clean', type: outcome.type, scan: outcome.scanVerdict } : { status: 'refused', because: outcome.because };
  await recordAudit(tx, scope, { action: 'evidence.check', object: { kind: 'evidence', id: evidenceId }, detail });
}

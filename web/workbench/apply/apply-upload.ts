// Uploads a paper piece by piece, so that how far it is can be told, and waits until it was checked.
import { beginUpload, completeUpload, getPaper, sendPiece } from '../../../src/contract/evidence-endpoints.ts';
import { type Answer, call, sendBytes } from '../../client/call.ts';

/** A paper as the interface tells it. */
export type UploadedPaper = Answer<typeof getPaper>['data'];

/** Whose paper it is, and what kind. */
export interface PaperToUpload {
  readonly partyId: string;
  readonly kind: string;
  readonly file: File;
}

const PIECE_BYTES = 524_288;
const LOOK_MS = 400;

/**
 * Uploads it. @param onProgress gets the share that is sent, from 0 to 1.
 * @returns the paper as it was found: accepted, or refused with the reason.
 * @throws CallRefused
 */
export async function uploadPaper({ partyId, kind, file }: PaperToUpload, onProgress: (share: number) => void): Promise<UploadedPaper> {
  onProgress(0);
  const sha256 = await digestOf(file);
  const { data: begun } = await call(beginUpload, { body: { partyId, kind, fileName: file.name, sizeBytes: file.size, sha256 } });
  const { evidenceId } = begun.paper;
  const params = { evidenceId };
  if (!begun.isHeldAlready) {
    for (let offset = begun.paper.receivedBytes; offset < file.size; offset += PIECE_BYTES) {
      await sendBytes(sendPiece, file.slice(offset, offset + PIECE_BYTES), { params, uploadOffset: offset });
      onProgress(Math.min(1, (offset + PIECE_BYTES) / file.size));
    }
    await call(completeUpload, { params });
  }
  for (;;) {
    const { data: paper } = await call(getPaper, { params });
    if (paper.status !== 'checking') return paper;
    await new Promise((done) => setTimeout(done, LOOK_MS));
  }
}

async function digestOf(file: File): Promise<string> {
  const digest = await crypto.subtle.digest('SHA-256', await file.arrayBuffer());
  return Array.from(new Uint8Array(digest), (byte) => byte.toString(16).padStart(2, '0')).join('');
}

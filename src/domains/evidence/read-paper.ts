// Opens a paper: the bytes as they came, or a picture of a page, which is made once and kept sealed.

import { Readable } from 'node:stream';
import { Refusal } from '../../contract/errors.ts';
import type { Tx } from '../../storage/database.ts';
import type { Scope } from '../permissions/index.ts';
import { BlobError, type BlobPlace } from './blob-port.ts';
import { dataKeyPlace, type EvidenceParts, fileNamePlace } from './evidence-parts.ts';
import { InspectorFailedError, type PaperType, paperTypes } from './inspector-port.ts';
import { type Paper, savedName } from './paper.ts';
import { reachPaper } from './reach-paper.ts';

/** Widths in which pages are drawn: a list, a screen, reading closely. */
export const previewWidths = [320, 960, 1920] as const;

/** What opening a paper needs to know, read in a transaction; the bytes are read after it. */
export interface OpenablePaper {
  readonly paper: Paper;
  readonly contentType: PaperType;
  readonly pages: number;
  readonly fileName: string;
  readonly place: BlobPlace;
  readonly dataKey: Uint8Array;
}

/** @throws Refusal not-found, evidence-not-ready for a paper that is not accepted. */
export async function findOpenable(tx: Tx, scope: Scope<'evidence.read'>, { protector }: EvidenceParts, evidenceId: string): Promise<OpenablePaper> {
  const { paper } = await reachPaper(tx, scope, evidenceId);
  const { status, blobId, contentType, dataKeySealed } = paper;
  if (status !== 'clean' || blobId === null || contentType === null || dataKeySealed === null) throw new Refusal('evidence-not-ready', { status });
  const { tenantId } = scope;
  return {
    paper,
    contentType,
    pages: paper.pages ?? 1,
    fileName: savedName(fileNameOf(protector, tenantId, paper), paperTypes[contentType].extension),
    place: { tenantId, kind: 'original', id: blobId },
    dataKey: protector.open(dataKeyPlace(tenantId, evidenceId), dataKeySealed),
  };
}

/** What the uploader called the file; the kind of paper where that is no longer kept. */
export function fileNameOf(protector: EvidenceParts['protector'], tenantId: number, { evidenceId, fileNameSealed, kind }: Paper): string {
  return fileNameSealed === null ? kind : protector.openText(fileNamePlace(tenantId, evidenceId), fileNameSealed);
}

/** The bytes as they came. @throws Refusal evidence-damaged before the first byte where the file is missing or begins wrongly; later the stream fails. */
export async function streamOriginal({ blobs }: EvidenceParts, { place, dataKey }: OpenablePaper): Promise<Readable> {
  const frames = blobs.read(place, dataKey)[Symbol.asyncIterator]();
  const first = await frames.next().catch(damaged);
  const rest = async function* (): AsyncGenerator<Uint8Array> {
    for (let frame = first; frame.done !== true; frame = await frames.next()) yield frame.value;
  };
  return Readable.from(rest(), { objectMode: false });
}

/**
 * A picture of a page (WebP), from what was kept or drawn now.
 * @throws Refusal evidence-page-missing, evidence-no-preview, evidence-damaged.
 */
export async function drawPreview(parts: EvidenceParts, openable: OpenablePaper, page: number, widthPixels: (typeof previewWidths)[number]): Promise<Buffer> {
  const { blobs, inspector } = parts;
  const { paper, contentType, pages, place, dataKey } = openable;
  if (page > pages) throw new Refusal('evidence-page-missing', { pages });
  if (contentType === 'application/ofd') throw new Refusal('evidence-no-preview');
  const kept: BlobPlace = { tenantId: place.tenantId, kind: 'preview', id: `${paper.evidenceId}.${page}.${widthPixels}` };
  const before = await readWhole(parts, kept, dataKey).catch(() => undefined);
  if (before !== undefined) return before;
  const content = await readWhole(parts, place, dataKey).catch(damaged);
  let picture;
  try {
    picture = await inspector.draw(content, contentType, page, widthPixels);
  } catch (error) {
    if (error instanceof InspectorFailedError) throw new Refusal('evidence-no-preview');
    throw error;
  }
  if (picture === undefined) throw new Refusal('evidence-no-preview');
  await blobs.write(kept, dataKey, picture);
  return Buffer.from(picture);
}

async function readWhole({ blobs }: EvidenceParts, place: BlobPlace, dataKey: Uint8Array): Promise<Buffer> {
  const parts: Uint8Array[] = [];
  for await (const part of blobs.read(place, dataKey)) parts.push(part);
  return Buffer.concat(parts);
}

function damaged(error: unknown): never {
  if (error instanceof BlobError) throw new Refusal('evidence-damaged');
  throw error;
}

// Puts evidence together: where files lie, who looks into them, which kinds of papers there are, and what works in the background.
import { blobFolders, makeFolderBlobs } from '../adapters/blobs/folder-blobs.ts';
import { makeChildInspector } from '../adapters/inspector/child-inspector.ts';
import { scannerOf } from '../adapters/scanner/clamd-scanner.ts';
import { type EvidenceKind, type EvidenceParts, evidenceRoutes, gatherKinds, keepEvidence } from '../domains/evidence/index.ts';
import type { Route } from '../domains/permissions/index.ts';
import type { Protector } from '../domains/protection/index.ts';
import type { Policy } from '../policy/index.ts';
import type { Database } from '../storage/database.ts';
import { importPack, openManifest } from './open-packs.ts';

/** What evidence stands on. */
export interface EvidenceSettings {
  readonly db: Database;
  readonly protector: Protector;
  readonly dataFolder: string;
  /** WUTONG_CLAMAV: where a ClamAV listens; nothing is scanned where it is not set. */
  readonly clamav?: string | undefined;
  /** Told of what nobody expected in the background. */
  readonly failed: (error: unknown) => void;
}

/** Evidence at work; closed when the server stops. */
export interface OpenedEvidence {
  readonly parts: EvidenceParts;
  readonly routes: readonly Route[];
  close(): Promise<void>;
}

/** @throws ScannerAddressError for a WUTONG_CLAMAV that is no address. */
export async function openEvidence({ db, protector, dataFolder, clamav, failed }: EvidenceSettings): Promise<OpenedEvidence> {
  const inspector = makeChildInspector();
  const parts: EvidenceParts = {
    protector,
    blobs: makeFolderBlobs(blobFolders(dataFolder).root),
    inspector,
    scanner: scannerOf(clamav),
    kinds: gatherKinds(await readKindsOfPacks()),
  };
  const keeper = keepEvidence(db, parts, failed);
  return {
    parts,
    routes: evidenceRoutes(parts, () => keeper.nudge()),
    async close() {
      await keeper.close();
      inspector.close();
    },
  };
}

/** What the packs ask for under 材料. */
async function readKindsOfPacks(): Promise<readonly EvidenceKind[]> {
  const { cities } = await openManifest();
  const policies = await Promise.all(cities.flatMap(({ policies }) => policies).map(({ full }) => importPack<{ readonly policy: Policy }>(full)));
  return policies.flatMap(({ policy }) => policy.benefits.flatMap(({ evidence }) => evidence.map(({ name, proves }) => ({ zh: name.zh, en: name.en, proves }))));
}

// The only HTTP of evidence.
import * as endpoints from '../../contract/evidence-endpoints.ts';
import { Refusal } from '../../contract/errors.ts';
import { inTenant, type Tx } from '../../storage/database.ts';
import { etagOf, reply, type Route, route, versionOf } from '../permissions/index.ts';
import { dayOf, getPartyInReach } from '../registry/index.ts';
import { changeTrust, withdrawPaper } from './change-paper.ts';
import type { EvidenceParts } from './evidence-parts.ts';
import { countUses, isHeldByOthers, listPapers, listTrustChanges, type PaperScope } from './evidence-store.ts';
import type { Paper } from './paper.ts';
import { isShownTo, reachPaper } from './reach-paper.ts';
import { drawPreview, findOpenable, previewWidths, streamOriginal } from './read-paper.ts';
import { listWanted } from './reuse-evidence.ts';
import { tellPaper } from './tell-paper.ts';
import { beginUpload, completeUpload, readUpload, receivePiece } from './upload-paper.ts';

/** A paper opened in a browser runs nothing and loads nothing, whatever it holds. */
const safeHeaders = { 'content-security-policy': "default-src 'none'; sandbox", 'x-content-type-options': 'nosniff', 'cross-origin-resource-policy': 'same-origin' };

/** The routes of evidence. `nudge` is told when a paper waits to be checked. */
export function evidenceRoutes(parts: EvidenceParts, nudge: () => void = () => {}): readonly Route[] {
  const tell = async (tx: Tx, scope: PaperScope, papers: readonly Paper[], now: Date, language: 'zh' | 'en') => {
    const uses = await countUses(tx, scope, papers.map(({ evidenceId }) => evidenceId));
    return papers.map((paper) => tellPaper(parts, scope, paper, { today: dayOf(now), uses: uses.get(paper.evidenceId) ?? 0, language }));
  };
  const tellOne = async (tx: Tx, scope: PaperScope, paper: Paper, now: Date, language: 'zh' | 'en') => {
    const [told] = await tell(tx, scope, [paper], now, language);
    if (told === undefined) throw new Refusal('not-found');
    return told;
  };
  const tellUpload = ({ evidenceId, status, sizeBytes, receivedBytes, uploadUntil }: Paper) => ({ evidenceId, status, sizeBytes, receivedBytes, uploadUntil: uploadUntil.toISOString() });
  const objectOf = ({ evidenceId, kind }: Paper) => ({ object: { kind: 'evidence', id: evidenceId }, detail: { kind } });

  return [
    route(endpoints.listEvidenceKinds, async () => ({ items: [...parts.kinds.values()].map(({ zh, en, proves }) => ({ name: zh, nameEn: en, proves: [...proves] })) })),

    route(endpoints.beginUpload, async ({ tx, scope, body, now, language, audit }) => {
      const { paper, isHeldAlready } = await beginUpload(tx, scope, parts, body, now);
      audit({ ...objectOf(paper), detail: { kind: paper.kind, isHeldAlready } });
      const answer = { paper: await tellOne(tx, scope, paper, now, language), isHeldAlready };
      return reply(answer, { status: isHeldAlready ? 200 : 201, location: `/api/v1/evidence/${paper.evidenceId}/content` });
    }),

    route(endpoints.getUpload, async ({ tx, scope, params, now }) => {
      const paper = await readUpload(tx, scope, params.evidenceId, now);
      return reply(tellUpload(paper), { headers: { 'upload-offset': String(paper.receivedBytes), 'upload-length': String(paper.sizeBytes) } });
    }),

    route(endpoints.sendPiece, async ({ tx, scope, params, bytes, headers, now, audit }) => {
      const offset = headers.get('upload-offset') ?? '';
      if (!/^\d{1,10}$/.test(offset)) {
        const detail = { field: 'Upload-Offset', zh: '应当是这一段开始的字节数', en: 'the number of the byte with which the piece begins is expected' };
        throw new Refusal('input-invalid', { count: 1 }, [detail]);
      }
      const paper = await receivePiece(tx, scope, parts, params.evidenceId, Number(offset), bytes, now);
      audit({ ...objectOf(paper), detail: { offset: Number(offset), bytes: bytes.length } });
      return reply(tellUpload(paper), { headers: { 'upload-offset': String(paper.receivedBytes) } });
    }),

    route(endpoints.completeUpload, async ({ tx, scope, params, now, language, audit }) => {
      const paper = await completeUpload(tx, scope, params.evidenceId, now);
      audit(objectOf(paper));
      nudge();
      return reply(await tellOne(tx, scope, paper, now, language), { status: 202 });
    }),

    route(endpoints.listPapers, async ({ tx, scope, params, query, now, language, audit }) => {
      const party = await getPartyInReach(tx, scope, params.partyId);
      const all = await listPapers(tx, scope, party.ids);
      const shown = all.filter((paper) => isShownTo(scope, party, paper) && (query.kind === undefined || paper.kind === query.kind));
      audit({ object: { kind: 'party', id: party.partyId }, detail: { papers: shown.length } });
      return { items: await tell(tx, scope, shown, now, language) };
    }),

    route(endpoints.listWanted, async ({ tx, scope, params, query, now }) => {
      const kinds = query.kinds.split(',').map((kind) => kind.trim()).filter((kind) => kind !== '');
      for (const kind of kinds) if (!parts.kinds.has(kind)) throw new Refusal('evidence-kind-unknown', { kind });
      return { wanted: [...(await listWanted(tx, scope, params.partyId, kinds, query.on ?? dayOf(now)))] };
    }),

    route(endpoints.getPaper, async ({ tx, scope, params, now, language, audit }) => {
      const { paper, party } = await reachPaper(tx, scope, params.evidenceId);
      audit(objectOf(paper));
      const told = await tellOne(tx, scope, paper, now, language);
      const isOfficer = scope.reach.kind === 'jurisdictions';
      const more = isOfficer && paper.contentDigest !== null ? { isHeldByOthers: await isHeldByOthers(tx, scope, party.ids, paper.contentDigest) } : {};
      return reply({ ...told, ...more }, { etag: etagOf(paper.version) });
    }),

    route(endpoints.downloadPaper, async ({ tx, scope, params, audit }) => {
      const openable = await findOpenable(tx, scope, parts, params.evidenceId);
      audit(objectOf(openable.paper));
      return { bytes: await streamOriginal(parts, openable), contentType: openable.contentType, fileName: openable.fileName, headers: safeHeaders };
    }),

    route(endpoints.previewPaper, async ({ db, scope, params, query, audit }) => {
      const openable = await inTenant(db, scope.tenantId, (tx) => findOpenable(tx, scope, parts, params.evidenceId));
      const width = previewWidths.find((each) => String(each) === query.width) ?? previewWidths[0];
      const picture = await drawPreview(parts, openable, params.page, width);
      audit({ ...objectOf(openable.paper), detail: { kind: openable.paper.kind, page: params.page } });
      return { bytes: picture, contentType: 'image/webp', headers: safeHeaders };
    }),

    route(endpoints.changeTrust, async ({ tx, scope, params, body, headers, now, language, audit }) => {
      const { before, after } = await changeTrust(tx, scope, params.evidenceId, versionOf(headers.ifMatch), body, now);
      audit({ ...objectOf(after), detail: { basis: body.basis, from: before.trustClass, to: after.trustClass } });
      return reply(await tellOne(tx, scope, after, now, language), { etag: etagOf(after.version) });
    }),

    route(endpoints.listTrustChanges, async ({ tx, scope, params }) => {
      const { paper } = await reachPaper(tx, scope, params.evidenceId);
      const changes = await listTrustChanges(tx, scope, paper.evidenceId);
      return { items: changes.map(({ from, to, basis, departmentId, changedAt }) => ({ from, to, basis, departmentId, changedAt: changedAt.toISOString() })) };
    }),

    route(endpoints.withdrawPaper, async ({ tx, scope, params, headers, now, audit }) => {
      await withdrawPaper(tx, scope, params.evidenceId, versionOf(headers.ifMatch), now);
      audit({ object: { kind: 'evidence', id: params.evidenceId } });
      return undefined;
    }),
  ];
}

// The endpoints of evidence: uploading papers, looking at them, what is still wanted, trust and taking back.
import { z } from 'zod';
import { defineEndpoint } from './endpoint.ts';

const evidenceId = z.object({ evidenceId: z.uuid() });
const partyId = z.object({ partyId: z.uuid() });
const kindName = z.string().trim().min(1).max(60);
const issuer = z.string().trim().min(1).max(100).nullable();

const paper = z.object({
  evidenceId: z.uuid(),
  partyId: z.uuid(),
  kind: z.string(),
  status: z.enum(['uploading', 'checking', 'clean', 'refused', 'withdrawn', 'expired']),
  /** Accepted, and valid today. */
  isValid: z.boolean(),
  trustClass: z.enum(['A', 'B', 'C', 'D']),
  origin: z.enum(['issuer', 'department', 'window', 'upload', 'self']),
  departmentId: z.uuid().nullable(),
  organisationId: z.uuid().nullable(),
  issuedBy: z.string().nullable(),
  issuedOn: z.iso.date().nullable(),
  expiresOn: z.iso.date().nullable(),
  fileName: z.string(),
  sizeBytes: z.number().int(),
  receivedBytes: z.number().int(),
  uploadUntil: z.iso.datetime().nullable(),
  contentType: z.string().nullable(),
  pages: z.number().int().nullable(),
  hasPreviews: z.boolean(),
  remarks: z.array(z.object({ code: z.string(), words: z.string() })),
  refusal: z.object({ code: z.string(), words: z.string(), sameAs: z.uuid().nullable() }).nullable(),
  scan: z.object({ verdict: z.enum(['clean', 'infected', 'not-scanned']), engine: z.string().nullable() }).nullable(),
  uses: z.number().int(),
  createdAt: z.iso.datetime(),
  /** For officers: another party handed in the very same file. */
  isHeldByOthers: z.boolean().optional(),
});

const upload = z.object({
  evidenceId: z.uuid(),
  status: z.enum(['uploading', 'checking', 'clean', 'refused', 'withdrawn', 'expired']),
  sizeBytes: z.number().int(),
  /** Where to go on. */
  receivedBytes: z.number().int(),
  uploadUntil: z.iso.datetime(),
});

const dates = { issuedBy: issuer.optional(), issuedOn: z.iso.date().nullable().optional(), expiresOn: z.iso.date().nullable().optional() };

/** Dates in their order, where both are given. */
function inOrder({ issuedOn, expiresOn }: { readonly issuedOn?: string | null | undefined; readonly expiresOn?: string | null | undefined }): boolean {
  return typeof issuedOn !== 'string' || typeof expiresOn !== 'string' || issuedOn <= expiresOn;
}
const orderMessage = '到期日不能早于签发日 / the day of expiry cannot come before the day of issue';

export const listEvidenceKinds = defineEndpoint({
  id: 'evidence.kinds',
  method: 'GET',
  path: '/evidence-kinds',
  tag: 'evidence',
  summary: { zh: '材料有哪些种类', en: 'the kinds of papers' },
  permission: 'evidence.read',
  response: z.object({ items: z.array(z.object({ name: z.string(), nameEn: z.string(), proves: z.array(z.string()) })) }),
});

export const beginUpload = defineEndpoint({
  id: 'evidence.begin',
  method: 'POST',
  path: '/evidence',
  tag: 'evidence',
  summary: { zh: '开始上传一份材料；同一个文件已经有了就直接给出', en: 'begin to upload a paper; the same file held already is given instead' },
  permission: 'evidence.upload',
  body: z
    .strictObject({
      partyId: z.uuid(),
      kind: kindName,
      fileName: z.string().min(1).max(1000),
      sizeBytes: z.number().int().min(1),
      sha256: z
        .string()
        .regex(/^[0-9a-fA-F]{64}$/, '应当是 64 位十六进制 / 64 hexadecimal digits are expected')
        .optional(),
      isDeclaration: z.boolean().default(false).describe('本人的承诺或声明（D 级）/ one’s own declaration (class D)'),
      ...dates,
    })
    .refine(inOrder, { message: orderMessage, path: ['expiresOn'] }),
  response: z.object({ paper, isHeldAlready: z.boolean() }),
  status: 201,
  errors: ['evidence-kind-unknown', 'upload-too-large', 'upload-too-many'],
  rate: 'upload',
});

export const getUpload = defineEndpoint({
  id: 'evidence.upload-state',
  method: 'GET',
  path: '/evidence/:evidenceId/content',
  tag: 'evidence',
  summary: { zh: '一次上传到了哪里（HEAD 也可以，见 Upload-Offset）', en: 'how far an upload has come (HEAD does too, see Upload-Offset)' },
  permission: 'evidence.upload',
  params: evidenceId,
  response: upload,
  errors: ['upload-expired'],
});

export const sendPiece = defineEndpoint({
  id: 'evidence.piece',
  method: 'PATCH',
  path: '/evidence/:evidenceId/content',
  tag: 'evidence',
  summary: { zh: '接着传一段，位置写在 Upload-Offset；一段 256 KiB 到 8 MiB，最后一段可以更小', en: 'send the next piece, its place in Upload-Offset; 256 KiB to 8 MiB each, the last may be smaller' },
  permission: 'evidence.upload',
  params: evidenceId,
  bytes: 'request',
  response: upload,
  errors: ['upload-beyond-end', 'upload-empty', 'upload-expired', 'upload-finished', 'upload-offset-wrong', 'upload-piece-too-small'],
  rate: 'upload',
});

export const completeUpload = defineEndpoint({
  id: 'evidence.complete',
  method: 'POST',
  path: '/evidence/:evidenceId/complete',
  tag: 'evidence',
  summary: { zh: '传完了，开始检查；状态变成 clean 就可以用', en: 'everything is sent; it is checked now and may be used once its status is clean' },
  permission: 'evidence.upload',
  params: evidenceId,
  response: paper,
  status: 202,
  errors: ['upload-expired', 'upload-incomplete'],
});

export const listPapers = defineEndpoint({
  id: 'evidence.list',
  method: 'GET',
  path: '/parties/:partyId/evidence',
  tag: 'evidence',
  summary: { zh: '一个人或单位的材料', en: 'the papers of a person or an organisation' },
  permission: 'evidence.read',
  params: partyId,
  query: z.object({ kind: kindName.optional() }),
  response: z.object({ items: z.array(paper) }),
  audit: 'seen',
});

export const listWanted = defineEndpoint({
  id: 'evidence.wanted',
  method: 'GET',
  path: '/parties/:partyId/wanted-evidence',
  tag: 'evidence',
  summary: { zh: '这些材料里还要交哪几种；有效的不再要', en: 'which of these kinds are still wanted; what is there and valid is not asked again' },
  permission: 'evidence.read',
  params: partyId,
  query: z.object({
    kinds: z.string().min(1).max(2000).describe('材料种类，用英文逗号隔开 / kinds, separated by commas'),
    on: z.iso.date().optional().describe('哪一天有效，默认今天 / valid on which day, today by default'),
  }),
  response: z.object({ wanted: z.array(z.object({ kind: z.string(), because: z.enum(['none', 'checking', 'expired', 'refused']) })) }),
  errors: ['evidence-kind-unknown'],
});

export const getPaper = defineEndpoint({
  id: 'evidence.get',
  method: 'GET',
  path: '/evidence/:evidenceId',
  tag: 'evidence',
  summary: { zh: '一份材料：状态、等级、有效期', en: 'a paper: its status, trust and validity' },
  permission: 'evidence.read',
  params: evidenceId,
  response: paper,
  etag: true,
  audit: 'seen',
});

export const downloadPaper = defineEndpoint({
  id: 'evidence.download',
  method: 'GET',
  path: '/evidence/:evidenceId/original',
  tag: 'evidence',
  summary: { zh: '下载原文件', en: 'download the file as it came' },
  permission: 'evidence.read',
  params: evidenceId,
  bytes: 'response',
  contentTypes: ['application/pdf', 'application/ofd', 'image/jpeg', 'image/png', 'image/webp'],
  errors: ['evidence-damaged', 'evidence-not-ready'],
  audit: 'exported',
});

export const previewPaper = defineEndpoint({
  id: 'evidence.preview',
  method: 'GET',
  path: '/evidence/:evidenceId/previews/:page',
  tag: 'evidence',
  summary: { zh: '一页的图，不带拍摄地点等信息', en: 'a picture of a page, without place and camera' },
  permission: 'evidence.read',
  params: z.object({ evidenceId: z.uuid(), page: z.coerce.number().int().min(1).max(500) }),
  query: z.object({ width: z.enum(['320', '960', '1920']).default('960').describe('宽，像素 / width in pixels') }),
  bytes: 'response',
  contentTypes: ['image/webp'],
  errors: ['evidence-damaged', 'evidence-no-preview', 'evidence-not-ready', 'evidence-page-missing'],
  audit: 'seen',
  ownTransaction: true,
});

export const changeTrust = defineEndpoint({
  id: 'evidence.trust',
  method: 'POST',
  path: '/evidence/:evidenceId/trust',
  tag: 'evidence',
  summary: { zh: '核对原件、向出具单位核实，或者存疑', en: 'saw the original, asked the issuer, or doubts it' },
  permission: 'evidence.trust',
  params: evidenceId,
  body: z
    .strictObject({ basis: z.enum(['original-seen', 'issuer-asked', 'doubted']), ...dates })
    .refine(inOrder, { message: orderMessage, path: ['expiresOn'] }),
  response: paper,
  etag: true,
  errors: ['evidence-not-ready', 'evidence-trust-unfit', 'own-hands-refused'],
});

export const listTrustChanges = defineEndpoint({
  id: 'evidence.trust-changes',
  method: 'GET',
  path: '/evidence/:evidenceId/trust-changes',
  tag: 'evidence',
  summary: { zh: '可信等级是怎么来的', en: 'how a paper came to be trusted as it is' },
  permission: 'evidence.read',
  params: evidenceId,
  response: z.object({
    items: z.array(
      z.object({ from: z.string(), to: z.string(), basis: z.string(), departmentId: z.uuid(), changedAt: z.iso.datetime() }),
    ),
  }),
});

export const withdrawPaper = defineEndpoint({
  id: 'evidence.withdraw',
  method: 'DELETE',
  path: '/evidence/:evidenceId',
  tag: 'evidence',
  summary: { zh: '撤回一份没有用到的材料，文件随即销毁', en: 'take back a paper on which nothing rests; its file is destroyed' },
  permission: 'evidence.withdraw',
  params: evidenceId,
  etag: true,
  errors: ['evidence-in-use', 'evidence-not-ready'],
});

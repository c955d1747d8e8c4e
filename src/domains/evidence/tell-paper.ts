// A paper in words and figures, for whoever may see it.

import type { Words } from '../../policy/index.ts';
import type { Scope } from '../permissions/index.ts';
import type { EvidenceParts } from './evidence-parts.ts';
import { type PaperScope } from './evidence-store.ts';
import { paperTypes, type Remark } from './inspector-port.ts';
import { isValidOn, type Paper, type PaperRefusal } from './paper.ts';
import { fileNameOf } from './read-paper.ts';

/** Why a paper was not accepted and what to do, for whoever handed it in. */
const refusalWords: Readonly<Record<PaperRefusal, Words>> = {
  empty: { zh: '文件是空的，请重新选文件。', en: 'The file is empty; choose it again.' },
  'type-unknown': { zh: '不收这种文件。请上传 PDF、OFD、JPG、PNG 或 WebP。', en: 'Files of this kind are not accepted. Upload PDF, OFD, JPG, PNG or WebP.' },
  'type-differs': { zh: '文件名的后缀和内容不是同一种文件。请用原来的软件另存后再传。', en: 'The name promises another type than the content is. Save it again with the program that made it.' },
  'old-office': { zh: '不收 Word、Excel 等文件。请另存为 PDF 再传。', en: 'Word, Excel and similar files are not accepted. Save it as PDF.' },
  heic: { zh: '这是 HEIC 照片。请在手机“设置 > 相机 > 格式”选“兼容性最佳”，或者转成 JPG 再传。', en: 'This is a HEIC photograph. Choose "Most Compatible" under Settings > Camera > Formats, or convert it to JPG.' },
  'too-large': { zh: '文件太大：图片不超过 20 MB，PDF 和 OFD 不超过 30 MB。请压缩后再传。', en: 'The file is too large: at most 20 MB for pictures, 30 MB for PDF and OFD.' },
  damaged: { zh: '文件打不开，可能没有传完整。请打开看看，再传一次。', en: 'The file cannot be opened; it may be incomplete. Look at it and send it again.' },
  password: { zh: '文件设了密码。请取消密码再传。', en: 'The file is protected by a password. Remove it and send it again.' },
  'active-content': { zh: '文件里带有会自己运行的内容。请打印成 PDF 再传。', en: 'The file holds something that runs by itself. Print it to PDF and send that.' },
  'two-in-one': { zh: '文件后面还接着别的文件。请只传材料本身。', en: 'Another file is attached behind this one. Send the paper alone.' },
  'too-many-pages': { zh: '超过 500 页。请分成几份传。', en: 'There are more than 500 pages; send it in parts.' },
  'too-many-pixels': { zh: '图片的尺寸太大。请缩小后再传。', en: 'The picture has too many pixels; make it smaller.' },
  inflates: { zh: '文件解开以后大得不合常理，没有打开。请重新导出再传。', en: 'Unpacked, the file would be unreasonably large, and was not opened. Export it again.' },
  animated: { zh: '不收动图。请传一张静止的图片。', en: 'Moving pictures are not accepted; send a still one.' },
  infected: { zh: '文件里查出有害程序，没有收下。请检查您的电脑或手机。', en: 'Something harmful was found in the file, and it was not kept. Check your computer or telephone.' },
  'held-already': { zh: '这份材料已经有了，不用再传。', en: 'This very paper is there already; there is no need to send it again.' },
  unreadable: { zh: '文件没能读完。请另存一份再传；仍不行，请把纸质件拍照上传。', en: 'The file could not be read. Save a new copy and send that, or photograph the paper.' },
};

/** What an officer should know of an accepted file. */
const remarkWords: Readonly<Record<Remark, Words>> = {
  signed: { zh: '带电子签名，这里没有验证签名是否有效', en: 'carries electronic signatures, whose validity was not checked here' },
  attachments: { zh: '里面附有别的文件', en: 'has other files attached to it' },
  form: { zh: '带可以填写的表单', en: 'holds a form that can be filled in' },
  restricted: { zh: '作者限制了使用，有一部分没法检查', en: 'was restricted by its author; a part could not be looked into' },
  'trailing-data': { zh: '图片后面带有手机附加的数据', en: 'is followed by data that a telephone appended' },
};

/** A paper as the interface tells it; `today` decides whether it is valid now. */
export function tellPaper({ protector }: Pick<EvidenceParts, 'protector'>, { tenantId }: PaperScope | Scope, paper: Paper, more: { readonly today: string; readonly uses: number; readonly language: 'zh' | 'en' }) {
  const { today, uses, language } = more;
  return {
    evidenceId: paper.evidenceId,
    partyId: paper.partyId,
    kind: paper.kind,
    status: paper.status,
    isValid: isValidOn(paper, today),
    trustClass: paper.trustClass,
    origin: paper.origin,
    departmentId: paper.departmentId,
    organisationId: paper.organisationId,
    issuedBy: paper.issuedBy,
    issuedOn: paper.issuedOn,
    expiresOn: paper.expiresOn,
    fileName: fileNameOf(protector, tenantId, paper),
    sizeBytes: paper.sizeBytes,
    receivedBytes: paper.receivedBytes,
    uploadUntil: paper.status === 'uploading' ? paper.uploadUntil.toISOString() : null,
    contentType: paper.contentType,
    pages: paper.pages,
    hasPreviews: paper.status === 'clean' && paper.contentType !== null && paper.contentType !== 'application/ofd' && paper.contentType in paperTypes,
    remarks: paper.remarks.map((code) => ({ code, words: remarkWords[code][language] })),
    refusal: paper.refusedBecause === null ? null : { code: paper.refusedBecause, words: refusalWords[paper.refusedBecause][language], sameAs: paper.sameAs },
    scan: paper.scanVerdict === null ? null : { verdict: paper.scanVerdict, engine: paper.scanEngine },
    uses,
    createdAt: paper.createdAt.toISOString(),
  };
}

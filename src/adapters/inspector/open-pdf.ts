// PDFium (WebAssembly) as this project uses it: opens a PDF, counts what is in it, draws a page.

import { type PDFiumDocument, PDFiumLibrary } from '@hyzyla/pdfium';

/** Why a PDF does not open. */
export class PdfError extends Error {
  override readonly name = 'PdfError';
  readonly problem: 'password' | 'damaged';

  constructor(problem: 'password' | 'damaged') {
    super(problem);
    this.problem = problem;
  }
}

/** An open PDF; whoever opens it closes it. */
export interface OpenPdf {
  readonly pages: number;
  readonly attachments: number;
  readonly signatures: number;
  readonly scripts: number;
  /** Fields to fill in: none, ordinary ones, or an XFA form, whose pages are made by a program inside. */
  readonly form: 'none' | 'ordinary' | 'program';
  /** Pixels of page `page`, from 1, at most so wide and high: BGRA rows. Undefined for a page without a size. */
  draw(page: number, mostWidth: number, mostHeight: number): Promise<{ readonly data: Uint8Array; readonly width: number; readonly height: number } | undefined>;
  close(): void;
}

/** Functions of PDFium that the package carries and does not wrap. */
interface RawPdfium {
  _FPDFDoc_GetAttachmentCount(document: number): number;
  _FPDF_GetSignatureCount(document: number): number;
  _FPDFDoc_GetJavaScriptActionCount(document: number): number;
  _FPDF_GetFormType(document: number): number;
}

/** Form types of PDFium: none, AcroForm, full XFA, XFA in the foreground of an AcroForm. */
const FORMS: readonly OpenPdf['form'][] = ['none', 'ordinary', 'program', 'ordinary'];

let library: Promise<PDFiumLibrary> | undefined;

/** Opens a PDF. @throws PdfError. */
export async function openPdf(content: Uint8Array): Promise<OpenPdf> {
  library ??= PDFiumLibrary.init();
  const pdfium = await library;
  let document: PDFiumDocument;
  try {
    document = await pdfium.loadDocument(content);
  } catch (error) {
    throw new PdfError(error instanceof Error && /password|security/i.test(error.message) ? 'password' : 'damaged');
  }
  const { module, documentIdx } = document as unknown as { readonly module: RawPdfium; readonly documentIdx: number };
  return {
    pages: document.getPageCount(),
    attachments: module._FPDFDoc_GetAttachmentCount(documentIdx),
    signatures: module._FPDF_GetSignatureCount(documentIdx),
    scripts: module._FPDFDoc_GetJavaScriptActionCount(documentIdx),
    form: FORMS[module._FPDF_GetFormType(documentIdx)] ?? 'ordinary',
    async draw(page, mostWidth, mostHeight) {
      const found = document.getPage(page - 1);
      const { originalWidth, originalHeight } = found.getOriginalSize();
      if (!(originalWidth > 0 && originalHeight > 0)) return undefined;
      const scale = Math.min(mostWidth / originalWidth, mostHeight / originalHeight);
      const width = Math.max(1, Math.floor(originalWidth * scale));
      const height = Math.max(1, Math.floor(originalHeight * scale));
      const { data } = await found.render({ width, height, renderFormFields: true });
      return { data, width, height };
    },
    close: () => document.destroy(),
  };
}

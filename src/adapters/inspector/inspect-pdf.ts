// What is wrong with a PDF, if anything: locked, active, not only a PDF, too long.

import type { Inspection, Remark } from '../../domains/evidence/index.ts';
import { endOfPdf, holdsAnotherFile } from './end-of-picture.ts';
import { findActiveContent } from './find-active-content.ts';
import { type OpenPdf, openPdf, PdfError } from './open-pdf.ts';

const MOST_PAGES = 500;
/** Sides of the picture that is drawn to see that a page can be drawn at all. */
const TRIAL_PIXELS = 200;

/** Inspects a PDF; its first page is drawn once. */
export async function inspectPdf(content: Uint8Array): Promise<Inspection> {
  const end = endOfPdf(content);
  if (end === undefined) return { ok: false, because: 'damaged' };
  if (holdsAnotherFile(content.subarray(end))) return { ok: false, because: 'two-in-one' };
  const seen = findActiveContent(content);
  let pdf: OpenPdf;
  try {
    pdf = await openPdf(content);
  } catch (error) {
    if (error instanceof PdfError) return { ok: false, because: error.problem };
    throw error;
  }
  try {
    if (pdf.pages < 1) return { ok: false, because: 'damaged' };
    if (pdf.pages > MOST_PAGES) return { ok: false, because: 'too-many-pages' };
    if (seen.isActive || pdf.scripts > 0 || pdf.form === 'program') return { ok: false, because: 'active-content' };
    if ((await pdf.draw(1, TRIAL_PIXELS, TRIAL_PIXELS)) === undefined) return { ok: false, because: 'damaged' };
    const remarks: Remark[] = [];
    if (pdf.signatures > 0) remarks.push('signed');
    if (seen.hasAttachments || pdf.attachments > 0) remarks.push('attachments');
    if (pdf.form === 'ordinary') remarks.push('form');
    if (seen.isPartlyClosed) remarks.push('restricted');
    return { ok: true, type: 'application/pdf', pages: pdf.pages, remarks };
  } finally {
    pdf.close();
  }
}

// The section for applying: the way from choosing to filing, or the receipt where an application's id stands in the address.
import { ApplyPage } from './apply-page.tsx';
import { ApplyReceipt } from './apply-receipt.tsx';
import type { SectionPage } from '../section-page.ts';

/** Applying, or the receipt. */
export function ApplySection({ path }: SectionPage) {
  const [applicationId] = path;
  return applicationId === undefined ? <ApplyPage /> : <ApplyReceipt key={applicationId} applicationId={applicationId} />;
}

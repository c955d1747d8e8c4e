// The section of cases: the queue, or one case where its id stands in the address.
import { CasePage } from './case-page.tsx';
import { CaseQueue } from './case-queue.tsx';
import type { SectionPage } from '../section-page.ts';

/** The queue or one case. */
export function CasesPage(page: SectionPage) {
  const [caseId] = page.path;
  return caseId === undefined ? <CaseQueue {...page} /> : <CasePage key={caseId} caseId={caseId} me={page.me} />;
}

// The section of cases of one's own, or of an organisation: the list, or one case where its id stands in the address.
import { MyCaseList } from './my-case-list.tsx';
import { MyCasePage } from './my-case-page.tsx';
import type { SectionPage } from '../section-page.ts';

/** The list or one case. */
export function MyCasesPage(page: SectionPage) {
  const [caseId] = page.path;
  return caseId === undefined ? <MyCaseList {...page} /> : <MyCasePage key={caseId} caseId={caseId} me={page.me} />;
}

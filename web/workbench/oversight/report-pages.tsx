// The section of reports of fraud: the queue, or one report where its id stands in the address.
import { WithNames } from '../publicity/publicity-names.tsx';
import { ReportPage } from './report-page.tsx';
import { ReportsPage } from './report-queue.tsx';
import type { SectionPage } from '../section-page.ts';

/** The queue or one report. */
export function ReportPages(page: SectionPage) {
  const [reportId] = page.path;
  return (
    <WithNames>
      <div class="money">{reportId === undefined ? <ReportsPage {...page} /> : <ReportPage key={reportId} reportId={reportId} me={page.me} />}</div>
    </WithNames>
  );
}

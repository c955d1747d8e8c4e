// The section of inspections: plans and their lots, visits, and findings.
import { FindingsPage } from './finding-list.tsx';
import { MakeFindingPage } from './finding-make.tsx';
import { FindingPage } from './finding-page.tsx';
import { MakePlanPage } from './inspection-make.tsx';
import { PlanPage } from './inspection-plan.tsx';
import { PlansPage } from './inspection-plans.tsx';
import { VisitPage } from './inspection-visit.tsx';
import { useInspectionWords } from './inspection-words.ts';
import { may } from '../me.ts';
import { Tabs } from '../payments/payment-tabs.tsx';
import { WithNames } from '../publicity/publicity-names.tsx';
import type { SectionPage } from '../section-page.ts';

/** The page that the address asks for. */
export function InspectionPages(page: SectionPage) {
  const words = useInspectionWords();
  const [what = 'plans'] = page.path;
  return (
    <WithNames>
      <div class="money">
        <Tabs label={words.tabs} current={what === 'findings' ? 'findings' : 'plans'} tabs={[['plans', words.parts.plans, ['inspections']], ['findings', words.parts.findings, ['inspections', 'findings']]]} />
        {what === 'findings' ? <Findings {...page} /> : <Plans {...page} />}
      </div>
    </WithNames>
  );
}

function Plans(page: SectionPage) {
  const { me } = page;
  const [what = 'plans', id, part, caseId] = page.path;
  if (what === 'plan' && id !== undefined) return part === 'visit' && caseId !== undefined ? <VisitPage key={caseId} planId={id} caseId={caseId} me={me} /> : <PlanPage key={id} {...page} planId={id} />;
  return what === 'new' && may(me, 'inspection.plan') ? <MakePlanPage /> : <PlansPage {...page} />;
}

function Findings(page: SectionPage) {
  const { me } = page;
  const [, id] = page.path;
  if (id === undefined) return <FindingsPage {...page} />;
  if (id !== 'new') return <FindingPage key={id} findingId={id} me={me} />;
  return may(me, 'inspection.find') ? <MakeFindingPage {...page} /> : <FindingsPage {...page} />;
}

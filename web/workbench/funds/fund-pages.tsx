// The section of funds: how they stand, one account, one entry, one commitment, budgets.
import { AccountPage } from './fund-account-page.tsx';
import { BudgetPage } from './budget-page.tsx';
import { BudgetsPage } from './budget-list-page.tsx';
import { EntryPage } from './fund-entry-page.tsx';
import { PartPage } from './fund-part-page.tsx';
import { StatesPage } from './fund-states-page.tsx';
import type { SectionPage } from '../section-page.ts';

/** The page that the address asks for. */
export function FundPages(page: SectionPage) {
  const [what, id] = page.path;
  switch (what) {
    case 'account':
      return <AccountPage key={JSON.stringify([page.query['fund'], page.query['jurisdictionCode'], page.query['year'], page.query['unit']])} {...page} />;
    case 'entry':
      return <EntryPage key={id} me={page.me} transferId={id ?? ''} />;
    case 'part':
      return <PartPage key={id} partId={id ?? ''} />;
    case 'budgets':
      return id === undefined ? <BudgetsPage {...page} /> : <BudgetPage key={id} me={page.me} budgetId={id} />;
    default:
      return <StatesPage {...page} />;
  }
}

// The section of staff: the list, a new account, or one member where the account stands in the address.
import type { SectionPage } from '../section-page.ts';
import { StaffForm } from './staff-form.tsx';
import { StaffList } from './staff-list.tsx';
import { StaffMember } from './staff-member.tsx';

/** Accounts of staff, for the security administrator. */
export function StaffPages(page: SectionPage) {
  const [first] = page.path;
  if (first === undefined) return <StaffList {...page} />;
  return first === 'new' ? <StaffForm /> : <StaffMember key={first} accountId={first} me={page.me} />;
}

// A capacity in words: the department with its roles, the administrator's duty, or the organisation that an agent acts for.
import type { Me } from './me.ts';
import type { useOfficeWords } from './office-words.ts';

/** Such as 昌邑区人社局 · 审核、审批. */
export function tellCapacity(capacity: Me['capacity'], words: ReturnType<typeof useOfficeWords>): string {
  const tellRole = (role: string): string => words.roles[role] ?? role;
  switch (capacity.kind) {
    case 'officer':
      return `${capacity.departmentName} · ${capacity.roles.map(tellRole).join(words.between)}`;
    case 'administrator':
      return tellRole(capacity.role);
    case 'agent':
      return capacity.organisationName === '' ? words.frame.agent : words.frame.agentOf(capacity.organisationName);
    default:
      return words.frame.own;
  }
}

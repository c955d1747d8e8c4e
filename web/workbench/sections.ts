// The sections of the workbench, in the order of the work, and the permission that opens each.
import type { Permission } from '../../src/contract/permissions.ts';
import { may, type Me } from './me.ts';

const doors = {
  people: 'person.read',
  organisations: 'organisation.read',
} as const satisfies Readonly<Record<string, Permission>>;

/** A section that a permission opens. */
export type OpenedSection = keyof typeof doors;
/** Any section; one's own account is open to all. */
export type SectionName = OpenedSection | 'account';

/** The sections that somebody's present capacity opens. Pages for people and agents are elsewhere. */
export function sectionsOf(me: Pick<Me, 'capacity'>): readonly OpenedSection[] {
  if (me.capacity.kind !== 'officer' && me.capacity.kind !== 'administrator') return [];
  return (Object.keys(doors) as OpenedSection[]).filter((name) => may(me, doors[name]));
}

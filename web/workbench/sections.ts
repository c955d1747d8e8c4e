// The sections of the workbench, in the order of the work: the permission that opens each, whose page it is, and where the page is.
import type { ComponentType } from 'preact';
import type { Permission } from '../../src/contract/permissions.ts';
import { may, type Me } from './me.ts';
import type { SectionPage } from './section-page.ts';

interface Section {
  readonly zh: string;
  readonly en: string;
  readonly opensWith: Permission;
  /** In which capacities it stands in the menu. */
  readonly capacities: readonly Me['capacity']['kind'][];
  /** Fetched by whoever opens it. */
  readonly load: () => Promise<ComponentType<SectionPage>>;
}

const staff = ['officer', 'administrator'] as const;

const sections = {
  record: { zh: '我的信息', en: 'About me', opensWith: 'held-data.read', capacities: ['person'], load: async () => (await import('./record-page.tsx')).RecordPage },
  cases: { zh: '办件', en: 'Cases', opensWith: 'case.read', capacities: ['officer'], load: async () => (await import('./case-section.tsx')).CasesPage },
  people: { zh: '人员', en: 'People', opensWith: 'person.read', capacities: staff, load: async () => (await import('./people-page.tsx')).PeoplePage },
  organisations: { zh: '单位', en: 'Organisations', opensWith: 'organisation.read', capacities: staff, load: async () => (await import('./organisations-page.tsx')).OrganisationsPage },
  funds: { zh: '资金', en: 'Funds', opensWith: 'ledger.read', capacities: staff, load: async () => (await import('./fund-pages.tsx')).FundPages },
  payments: { zh: '发放', en: 'Payments', opensWith: 'payment.read', capacities: staff, load: async () => (await import('./payment-pages.tsx')).PaymentPages },
  imports: { zh: '导入', en: 'Imports', opensWith: 'import.people', capacities: ['officer', 'agent'], load: async () => (await import('./imports-page.tsx')).ImportsPage },
} as const satisfies Readonly<Record<string, Section>>;

/** A section that a permission opens. */
export type SectionName = keyof typeof sections;

/** The sections that somebody's present capacity opens. */
export function sectionsOf(me: Pick<Me, 'capacity'>): readonly SectionName[] {
  return (Object.keys(sections) as SectionName[]).filter((name) => {
    const { capacities, opensWith }: Section = sections[name];
    return capacities.includes(me.capacity.kind) && may(me, opensWith);
  });
}

/** The section of a name, whatever somebody wrote into the address. */
export function sectionNamed(name: string | undefined, open: readonly SectionName[]): SectionName | undefined {
  return open.find((one) => one === name);
}

/** Its name in the menu. */
export function tellSection(name: SectionName, language: 'zh' | 'en'): string {
  return sections[name][language];
}

/** Fetches its page. */
export function loadSection(name: SectionName): Promise<ComponentType<SectionPage>> {
  return sections[name].load();
}

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
  apply: { zh: '申请', en: 'Apply', opensWith: 'application.file', capacities: ['person'], load: async () => (await import('./apply/apply-section.tsx')).ApplySection },
  'my-cases': { zh: '我的办件', en: 'My cases', opensWith: 'case.answer', capacities: ['person'], load: async () => (await import('./my-case/my-case-section.tsx')).MyCasesPage },
  hires: { zh: '名单申请', en: 'Apply for a list', opensWith: 'application.file-list', capacities: ['agent'], load: async () => (await import('./hires/hires-section.tsx')).HiresSection },
  'agent-cases': { zh: '办件', en: 'Cases', opensWith: 'case.answer', capacities: ['agent'], load: async () => (await import('./my-case/my-case-section.tsx')).MyCasesPage },
  record: { zh: '我的信息', en: 'About me', opensWith: 'held-data.read', capacities: ['person'], load: async () => (await import('./record/record-page.tsx')).RecordPage },
  cases: { zh: '办件', en: 'Cases', opensWith: 'case.read', capacities: ['officer'], load: async () => (await import('./cases/case-section.tsx')).CasesPage },
  people: { zh: '人员', en: 'People', opensWith: 'person.read', capacities: staff, load: async () => (await import('./registry/people-page.tsx')).PeoplePage },
  organisations: { zh: '单位', en: 'Organisations', opensWith: 'organisation.read', capacities: staff, load: async () => (await import('./registry/organisations-page.tsx')).OrganisationsPage },
  publicity: { zh: '公示', en: 'Publicity', opensWith: 'publicity.read', capacities: ['officer'], load: async () => (await import('./publicity/publicity-pages.tsx')).PublicityPages },
  funds: { zh: '资金', en: 'Funds', opensWith: 'ledger.read', capacities: staff, load: async () => (await import('./funds/fund-pages.tsx')).FundPages },
  payments: { zh: '发放', en: 'Payments', opensWith: 'payment.read', capacities: staff, load: async () => (await import('./payments/payment-pages.tsx')).PaymentPages },
  inspections: { zh: '检查', en: 'Inspections', opensWith: 'inspection.read', capacities: ['officer'], load: async () => (await import('./oversight/inspection-pages.tsx')).InspectionPages },
  reports: { zh: '举报', en: 'Reports', opensWith: 'report.read', capacities: ['officer'], load: async () => (await import('./oversight/report-pages.tsx')).ReportPages },
  policies: { zh: '政策', en: 'Policies', opensWith: 'pack.read', capacities: ['officer'], load: async () => (await import('./policies/policy-section.tsx')).PolicyPages },
  imports: { zh: '导入', en: 'Imports', opensWith: 'import.people', capacities: ['officer', 'agent'], load: async () => (await import('./imports/imports-page.tsx')).ImportsPage },
  claims: { zh: '实名认领', en: 'Claims', opensWith: 'claim.decide', capacities: ['officer'], load: async () => (await import('./staff/staff-claims.tsx')).ClaimsPage },
  recoveries: { zh: '找回账号', en: 'Recoveries', opensWith: 'recovery.confirm', capacities: ['officer'], load: async () => (await import('./staff/staff-recoveries.tsx')).RecoveriesPage },
  staff: { zh: '账号', en: 'Staff', opensWith: 'staff.manage', capacities: ['administrator'], load: async () => (await import('./staff/staff-section.tsx')).StaffPages },
  'feed-keys': { zh: '报送密钥', en: 'Feed keys', opensWith: 'feed-key.manage', capacities: ['administrator'], load: async () => (await import('./staff/staff-keys.tsx')).FeedKeysPage },
  confirmations: { zh: '待确认', en: 'To confirm', opensWith: 'staff.confirm', capacities: ['administrator'], load: async () => (await import('./staff/staff-confirmations.tsx')).ConfirmationsPage },
  providers: { zh: '身份系统', en: 'Identity providers', opensWith: 'identity-provider.manage', capacities: ['administrator'], load: async () => (await import('./staff/staff-providers.tsx')).ProvidersPage },
  audit: { zh: '审计', en: 'Audit', opensWith: 'audit.read', capacities: ['administrator'], load: async () => (await import('./audit/audit-page.tsx')).AuditPage },
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

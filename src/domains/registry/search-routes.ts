// The only HTTP of lists and searches: a page as JSON, everything that matches as a spreadsheet.
import { Refusal } from '../../contract/errors.ts';
import * as endpoints from '../../contract/search-endpoints.ts';
import { writeTable } from '../../spreadsheet/index.ts';
import { noteShown } from '../audit/index.ts';
import { type Route, route, scopeAlso } from '../permissions/index.ts';
import { type ListFilter, readFactFilters } from './list-filter.ts';
import { type ListedOrganisation, type ListedPage, type ListedPerson, listOrganisations, listPeople, streamOrganisations, streamPeople } from './list-parties.ts';
import type { PartyKind } from './party.ts';
import type { RegistryTools } from './registry-tools.ts';

/** The routes of lists and searches. */
export function searchRoutes(tools: RegistryTools): readonly Route[] {
  return [
    route(endpoints.listPeople, async ({ tx, scope, query, now, audit }) => {
      const { q, employer, jurisdiction, sort, limit, cursor, ...facts } = query;
      const page = await listPeople(tx, scope, tools, readFilter('person', { q, employer, jurisdiction }, facts, tools), { sort, limit, cursor }, now);
      audit(noteShown(page.items.map(({ partyId }) => partyId), tellQuestion({ q, employer, jurisdiction }, facts, page.items.length)));
      return tellPage(page, ({ number, facts: known, ...person }) => ({ ...person, maskedNumber: number, facts: { ...known } }));
    }),
    route(endpoints.listOrganisations, async ({ tx, scope, query, now }) => {
      const { q, jurisdiction, sort, limit, cursor, ...facts } = query;
      const page = await listOrganisations(tx, scope, tools, readFilter('organisation', { q, employer: undefined, jurisdiction }, facts, tools), { sort, limit, cursor }, now);
      return tellPage(page, ({ facts: known, ...organisation }) => ({ ...organisation, facts: { ...known } }));
    }),
    route(endpoints.exportPeople, async ({ tx, scope, query, now, audit, language }) => {
      const { q, employer, jurisdiction, sort, format, numbers, ...facts } = query;
      const filter = readFilter('person', { q, employer, jurisdiction }, facts, tools);
      const isFull = numbers === 'full';
      // A number in full is a right of its own.
      if (isFull) scopeAlso(scope, 'identity-number.reveal');
      const name = language === 'zh' ? '人员' : 'people';
      const file = await writeTable({ format, fileName: name, sheetName: name, columns: personColumns[language], rows: streamPeople(tx, scope, tools, filter, sort, now, isFull) });
      audit({ detail: { ...tellQuestion({ q, employer, jurisdiction }, facts, file.rows), numbers } });
      return file;
    }),
    route(endpoints.exportOrganisations, async ({ tx, scope, query, now, audit, language }) => {
      const { q, jurisdiction, sort, format, ...facts } = query;
      const filter = readFilter('organisation', { q, employer: undefined, jurisdiction }, facts, tools);
      const name = language === 'zh' ? '单位' : 'organisations';
      const file = await writeTable({ format, fileName: name, sheetName: name, columns: organisationColumns[language], rows: streamOrganisations(tx, scope, tools, filter, sort, now) });
      audit({ detail: tellQuestion({ q, employer: undefined, jurisdiction }, facts, file.rows) });
      return file;
    }),
  ];
}

type Asked = Pick<ListFilter, 'q' | 'employer' | 'jurisdiction'>;

function readFilter(kind: PartyKind, asked: Asked, query: Readonly<Record<string, unknown>>, { factBook }: RegistryTools): ListFilter {
  const { facts, details } = readFactFilters(kind, query, factBook);
  if (details.length > 0) throw new Refusal('input-invalid', { count: details.length }, details);
  return { ...asked, facts };
}

/** What the trail keeps of a question: which conditions there were, never what was typed. */
function tellQuestion({ q, employer, jurisdiction }: Asked, facts: Readonly<Record<string, unknown>>, rows: number): Readonly<Record<string, string | number>> {
  const conditions = [...(q === '' ? [] : ['q']), ...(employer === undefined ? [] : ['employer']), ...Object.keys(facts)].sort().join(' ');
  return { rows, conditions, ...(jurisdiction === undefined ? {} : { jurisdiction }) };
}

function tellPage<Item, Told>({ items, nextCursor, total }: ListedPage<Item>, tell: (item: Item) => Told) {
  return { items: items.map(tell), nextCursor, ...(total === undefined ? {} : { total: total.count, totalIsAtLeast: total.isAtLeast }) };
}

const text = 'text' as const;
const sexes = { zh: { male: '男', female: '女' }, en: { male: 'male', female: 'female' } } as const;

function columnsOfPeople(language: 'zh' | 'en', headings: readonly [name: string, number: string, sex: string, birthDate: string, jurisdiction: string, employer: string, education: string, title: string, grade: string, category: string]) {
  const [name, number, sex, birthDate, jurisdiction, employer, education, title, grade, category] = headings;
  const fact = (heading: string, asked: string) => ({ heading, type: text, value: ({ facts }: ListedPerson) => facts[asked] ?? null });
  return [
    { heading: name, type: text, value: (person: ListedPerson) => person.name },
    { heading: number, type: text, width: 22, value: (person: ListedPerson) => person.number },
    { heading: sex, type: text, value: (person: ListedPerson) => (person.sex === null ? null : sexes[language][person.sex]) },
    { heading: birthDate, type: 'date' as const, value: (person: ListedPerson) => person.birthDate },
    { heading: jurisdiction, type: text, value: (person: ListedPerson) => person.jurisdiction.name },
    { heading: employer, type: text, width: 36, value: (person: ListedPerson) => person.employer?.name ?? null },
    fact(education, '学历'),
    fact(title, '职称'),
    fact(grade, '技能等级'),
    fact(category, '人才类别'),
  ];
}

const personColumns = {
  zh: columnsOfPeople('zh', ['姓名', '证件号码', '性别', '出生日期', '辖区', '用人单位', '学历', '职称', '技能等级', '人才类别']),
  en: columnsOfPeople('en', ['Name', 'Identity number', 'Sex', 'Date of birth', 'Jurisdiction', 'Employer', 'Education', 'Title', 'Skill grade', 'Talent category']),
};

function columnsOfOrganisations(headings: readonly [name: string, code: string, jurisdiction: string, kind: string, ownership: string, aboveSize: string, highTech: string]) {
  const [name, code, jurisdiction, kind, ownership, aboveSize, highTech] = headings;
  const fact = (heading: string, asked: string) => ({ heading, type: text, value: ({ facts }: ListedOrganisation) => facts[asked] ?? null });
  return [
    { heading: name, type: text, width: 36, value: (one: ListedOrganisation) => one.name },
    { heading: code, type: text, width: 22, value: (one: ListedOrganisation) => one.creditCode },
    { heading: jurisdiction, type: text, value: (one: ListedOrganisation) => one.jurisdiction.name },
    fact(kind, '单位类型'),
    fact(ownership, '所有制'),
    fact(aboveSize, '规上'),
    fact(highTech, '高新技术企业'),
  ];
}

const organisationColumns = {
  zh: columnsOfOrganisations(['名称', '统一社会信用代码', '辖区', '单位类型', '所有制', '规上', '高新技术企业']),
  en: columnsOfOrganisations(['Name', 'Credit code', 'Jurisdiction', 'Kind', 'Ownership', 'Above designated size', 'High-tech enterprise']),
};

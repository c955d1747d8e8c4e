// The endpoints of lists and searches: people and organisations by name, pinyin, number, employer, jurisdiction and facts; and their export.
import { z } from 'zod';
import { defineEndpoint } from './endpoint.ts';
import { pageFields, pageOf } from './page.ts';

const place = z.object({ code: z.string(), name: z.string() });
const sex = z.enum(['male', 'female']);

const conditions = {
  q: z.string().max(100).default('').describe('姓名、拼音、首字母、证件号码、后四位、手机号 / name, pinyin, initials, identity number, its last four, mobile number'),
  jurisdiction: z.string().regex(/^\d{6}$/, '应当是六位区划代码 / a division code of six digits is expected').optional().describe('辖区，包括它下面的 / a jurisdiction with those below it'),
  sort: z.enum(['name', '-name', 'recent']).default('name').describe('name 按拼音，-name 反过来，recent 最近登记的在前 / name by pinyin, -name backwards, recent the latest entered first'),
};
const facts = 'fact.学历=本科,硕士研究生：事实等于其中一个值 / the fact has one of these values';

const peopleConditions = z
  .object({ ...conditions, employer: z.string().trim().min(1).max(100).optional().describe('现在的用人单位：单位编号或名称 / present employer: its id or its name') })
  .catchall(z.string().max(400).describe(facts));
const organisationConditions = z.object({ ...conditions, q: z.string().max(100).default('').describe('名称、拼音、首字母、统一社会信用代码 / name, pinyin, initials, credit code') }).catchall(z.string().max(400).describe(facts));

const format = z.enum(['xlsx', 'csv']).default('xlsx');

const listedPerson = z.object({
  partyId: z.uuid(),
  name: z.string(),
  maskedNumber: z.string().nullable(),
  sex: sex.nullable(),
  birthDate: z.iso.date().nullable(),
  jurisdiction: place,
  employer: z.object({ partyId: z.uuid(), name: z.string() }).nullable(),
  /** 学历, 职称, 技能等级 and 人才类别, as far as they are known. */
  facts: z.record(z.string(), z.string()),
});

const listedOrganisation = z.object({
  partyId: z.uuid(),
  name: z.string(),
  creditCode: z.string().nullable(),
  jurisdiction: place,
  /** 单位类型, 所有制, 规上 and 高新技术企业, as far as they are known. */
  facts: z.record(z.string(), z.string()),
});

export const listPeople = defineEndpoint({
  id: 'people.list',
  method: 'GET',
  path: '/people',
  tag: 'registry',
  summary: { zh: '查找人员', en: 'find people' },
  permission: 'person.read',
  query: peopleConditions.extend(pageFields),
  response: pageOf(listedPerson),
  errors: ['jurisdiction-unknown'],
  audit: 'seen',
});

export const exportPeople = defineEndpoint({
  id: 'people.export',
  method: 'GET',
  path: '/people/export',
  tag: 'registry',
  summary: { zh: '导出符合条件的人员', en: 'export the people that match' },
  permission: 'person.export',
  query: peopleConditions.extend({ format, numbers: z.enum(['masked', 'full']).default('masked').describe('full 要有查看完整号码的权限 / full needs the right to see numbers in full') }),
  errors: ['jurisdiction-unknown', 'export-too-large'],
  audit: 'exported',
  // A long list is work for the whole server, and a copy of the register.
  rate: 'sensitive',
  bytes: 'response',
  contentTypes: ['application/vnd.openxmlformats-officedocument.spreadsheetml.sheet', 'text/csv; charset=utf-8'],
});

export const listOrganisations = defineEndpoint({
  id: 'organisations.list',
  method: 'GET',
  path: '/organisations',
  tag: 'registry',
  summary: { zh: '查找单位', en: 'find organisations' },
  permission: 'organisation.read',
  query: organisationConditions.extend(pageFields),
  response: pageOf(listedOrganisation),
  errors: ['jurisdiction-unknown'],
});

export const exportOrganisations = defineEndpoint({
  id: 'organisations.export',
  method: 'GET',
  path: '/organisations/export',
  tag: 'registry',
  summary: { zh: '导出符合条件的单位', en: 'export the organisations that match' },
  permission: 'organisation.export',
  query: organisationConditions.extend({ format }),
  errors: ['jurisdiction-unknown', 'export-too-large'],
  audit: 'exported',
  // A long list is work for the whole server, and a copy of the register.
  rate: 'sensitive',
  bytes: 'response',
  contentTypes: ['application/vnd.openxmlformats-officedocument.spreadsheetml.sheet', 'text/csv; charset=utf-8'],
});

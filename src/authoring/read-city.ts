// Reads city.yaml: the jurisdiction, its policies in order, its departments and funds.

import type { Contact, NamedPolicy, Words } from '../policy/model.ts';
import { nearest } from '../policy/problems.ts';
import type { Diagnostics, Place } from './diagnostics.ts';
import { Fields } from './fields.ts';
import type { Part, YamlFile } from './yaml-source.ts';

/** A jurisdiction as city.yaml describes it. */
export interface City {
  readonly id: string;
  readonly title: Words;
  readonly code: number;
  /** The jurisdiction above it. */
  readonly parent?: { readonly id: string; readonly place: Place };
  /** Ids of the policies, in the order in which they answer. */
  readonly policies: readonly { readonly id: string; readonly place: Place }[];
  /** Documents known by name only. */
  readonly named: readonly { readonly policy: NamedPolicy; readonly place: Place }[];
  /** English names of departments, by their Chinese names. */
  readonly departments: ReadonlyMap<string, string>;
  /** How departments are reached, as far as it is known. */
  readonly contacts: ReadonlyMap<string, Contact>;
  /** Those of the departments that stand for "nobody is named yet". */
  readonly unnamed: readonly string[];
  readonly funds: ReadonlyMap<string, Words>;
}

const cityKeys = ['名称', '英文', '代码', '上级', '政策', '只有名称', '部门', '资金'];

/** Reads a city's file. */
export function readCity(id: string, yaml: YamlFile, diagnostics: Diagnostics): City {
  const fields = new Fields(yaml, yaml.root, 'city.yaml', cityKeys, diagnostics);
  const code = fields.text('代码', true);
  if (code !== undefined && !/^\d{6}$/.test(code)) diagnostics.add('wrong-shape', fields.valueAt('代码'), { key: '代码', expected: '六位行政区划代码', expectedEn: 'a six-digit division code' });
  const title = fields.text('名称', true) ?? id;
  const parent = fields.text('上级');
  const policies = fields.texts('政策', true).filter(({ text, place }) => isPolicyId(text, place, diagnostics));
  const departments = fields.named('部门').map(({ name, value }) => ({ name, inner: new Fields(yaml, value, name, ['英文', '未定', '电话', '地址', '英文地址', '监督电话'], diagnostics) }));
  const english = (name: string, value: Part): string => new Fields(yaml, value, name, ['英文'], diagnostics).text('英文', true) ?? name;
  return {
    id,
    title: { zh: title, en: fields.text('英文', true) ?? title },
    code: Number(code ?? 0),
    ...(parent === undefined ? {} : { parent: { id: parent, place: fields.valueAt('上级') } }),
    policies: policies.map(({ text, place }) => ({ id: text, place })),
    named: fields.named('只有名称').flatMap(({ name, at, value }) => (isPolicyId(name, at, diagnostics) ? [{ policy: readNamed(name, new Fields(yaml, value, name, namedKeys, diagnostics)), place: at }] : [])),
    departments: new Map(departments.map(({ name, inner }) => [name, inner.text('英文', true) ?? name])),
    contacts: new Map(departments.flatMap(({ name, inner }) => {
      const contact = readContact(inner);
      return Object.keys(contact).length === 0 ? [] : [[name, contact] as const];
    })),
    unnamed: departments.flatMap(({ name, inner }) => (inner.choice('未定', { 是: true }) === true ? [name] : [])),
    funds: new Map(fields.named('资金').map(({ name, value }) => [name, { zh: name, en: english(name, value) }])),
  };
}

/** A policy's id is the name of its folder and of what is compiled from it. */
function isPolicyId(text: string, place: Place, diagnostics: Diagnostics): boolean {
  if (/^[a-z0-9][a-z0-9.-]*$/.test(text) && !text.includes('..')) return true;
  diagnostics.add('bad-name', place, { name: text, why: '政策的编号只能是小写字母、数字和“-”', whyEn: "a policy's id is small letters, digits and -" });
  return false;
}

const namedKeys = ['名称', '英文', '说明', '英文说明', '施行', '截止'];

/** A document known by name only. */
function readNamed(id: string, fields: Fields): NamedPolicy {
  const title = fields.words(true, '名称', '英文') ?? { zh: id, en: id };
  const words = fields.words(true, '说明', '英文说明') ?? title;
  const [from, to] = [fields.date('施行'), fields.date('截止')];
  if (from !== undefined && to !== undefined && to < from) reportEnd(fields);
  return { id, title, words, ...(from === undefined ? {} : { from }), ...(to === undefined ? {} : { to }) };
}

/** An end before the beginning. */
export function reportEnd(fields: Fields): void {
  fields.diagnostics.add('wrong-shape', fields.at('截止'), { key: '截止', expected: '施行以后的日期', expectedEn: 'a date after it takes force' });
}

/** How a department is reached; only what is written. */
function readContact(fields: Fields): Contact {
  const [phone, oversightPhone] = [fields.text('电话'), fields.text('监督电话')];
  const address = fields.words(false, '地址', '英文地址');
  return { ...(phone === undefined ? {} : { phone }), ...(address === undefined ? {} : { address }), ...(oversightPhone === undefined ? {} : { oversightPhone }) };
}

/** Checks that a department is one of the city's. */
export function checkDepartment(city: City, name: string, at: Place, diagnostics: Diagnostics): void {
  if (!city.departments.has(name)) diagnostics.add('unknown-department', at, { name, near: nearest(name, city.departments.keys()) ?? '' });
}

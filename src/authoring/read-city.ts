// Reads city.yaml: the jurisdiction, its policies in order, its departments and funds.

import type { Words } from '../policy/model.ts';
import { nearest } from '../policy/problems.ts';
import type { Diagnostics, Place } from './diagnostics.ts';
import { Fields } from './fields.ts';
import type { YamlFile } from './yaml-source.ts';

/** A jurisdiction as city.yaml describes it. */
export interface City {
  readonly id: string;
  readonly title: Words;
  readonly code: number;
  /** Ids of the policies, in the order in which they answer. */
  readonly policies: readonly { readonly id: string; readonly place: Place }[];
  /** English names of departments, by their Chinese names. */
  readonly departments: ReadonlyMap<string, string>;
  readonly funds: ReadonlyMap<string, Words>;
}

/** Reads a city's file. */
export function readCity(id: string, yaml: YamlFile, diagnostics: Diagnostics): City {
  const fields = new Fields(yaml, yaml.root, 'city.yaml', ['名称', '英文', '代码', '政策', '部门', '资金'], diagnostics);
  const code = fields.text('代码', true);
  if (code !== undefined && !/^\d{6}$/.test(code)) diagnostics.add('wrong-shape', fields.valueAt('代码'), { key: '代码', expected: '六位行政区划代码', expectedEn: 'a six-digit division code' });
  const names = (key: string, isRequired: boolean): Map<string, string> =>
    new Map(fields.named(key, isRequired).map(({ name, value }) => [name, new Fields(yaml, value, name, ['英文'], diagnostics).text('英文', true) ?? name]));
  const title = fields.text('名称', true) ?? id;
  const policies = fields.texts('政策', true).flatMap(({ text, place }) => {
    // A policy's id is the name of its folder and of what is compiled from it.
    if (/^[a-z0-9][a-z0-9.-]*$/.test(text) && !text.includes('..')) return [{ id: text, place }];
    diagnostics.add('bad-name', place, { name: text, why: '政策的编号只能是小写字母、数字和“-”', whyEn: "a policy's id is small letters, digits and -" });
    return [];
  });
  return {
    id,
    title: { zh: title, en: fields.text('英文', true) ?? title },
    code: Number(code ?? 0),
    policies,
    departments: names('部门', true),
    funds: new Map([...names('资金', false)].map(([zh, en]) => [zh, { zh, en }])),
  };
}

/** Checks that a department is one of the city's. */
export function checkDepartment(city: City, name: string, at: Place, diagnostics: Diagnostics): void {
  if (!city.departments.has(name)) diagnostics.add('unknown-department', at, { name, near: nearest(name, city.departments.keys()) ?? '' });
}

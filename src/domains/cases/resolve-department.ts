// Which department a pack's name means: 县区人社部门 is the office of the jurisdiction where the case belongs, 市财政局 is the city's. Pure.

import type { Department } from '../departments/index.ts';
import type { ActingDepartment } from './procedure-plan.ts';

/** A jurisdiction with the one above it. */
export interface JurisdictionEntry {
  readonly code: string;
  readonly parentCode: string | null;
}

/** The departments and jurisdictions of a city. */
export interface Directory {
  readonly departments: readonly Department[];
  readonly jurisdictions: readonly JurisdictionEntry[];
}

/** Names that mean an office of each county or zone. */
const local = /^(?:县区|县（市）区|县\(市\)区|各县（市）区|各县\(市\)区|各区县)(?:委)?/;
/** Names that mean one office of the city. */
const ofCity = /^(?:团)?市(?:委)?/;
const office = /(?:部门|办公室|局|办|委|部|会)$/;

/**
 * The department that a name means in a jurisdiction, on a day (`YYYY-MM-DD`): a county that lacks the office is served by the one above.
 * Undefined where the city has none, or the name means people who are no department, such as 申请人 or 专家组.
 */
export function resolveDepartment(name: string, jurisdictionCode: string, { departments, jurisdictions }: Directory, today: string): ActingDepartment | undefined {
  const isLocal = local.test(name);
  const title = name.replace(isLocal ? local : ofCity, '');
  const stem = title.replace(office, '');
  if (title === '' || name === title) return undefined;
  const chain = chainOf(jurisdictionCode, jurisdictions);
  for (const code of isLocal ? chain : chain.slice(-1)) {
    const here = departments.filter((each) => each.jurisdictionCode === code && (each.closedOn === null || each.closedOn > today));
    const found = best(here.filter((each) => each.name.endsWith(title))) ?? (stem.length < 2 ? undefined : best(here.filter((each) => each.name.includes(stem))));
    if (found !== undefined) return { departmentId: found.departmentId, name: found.name };
  }
  return undefined;
}

/** A jurisdiction and those above it, the topmost last. */
export function chainOf(jurisdictionCode: string, jurisdictions: readonly JurisdictionEntry[]): readonly string[] {
  const chain: string[] = [];
  for (let code: string | null = jurisdictionCode; code !== null && !chain.includes(code); ) {
    chain.push(code);
    const here: string = code;
    code = jurisdictions.find((each) => each.code === here)?.parentCode ?? null;
  }
  return chain;
}

/** The departments that may be named in a case of a jurisdiction, by id: its own and those above it. */
export function departmentsFor(jurisdictionCode: string, { departments, jurisdictions }: Directory, today: string): ReadonlyMap<string, string> {
  const chain = chainOf(jurisdictionCode, jurisdictions);
  return new Map(departments.filter((each) => chain.includes(each.jurisdictionCode) && (each.closedOn === null || each.closedOn > today)).map(({ departmentId, name }) => [departmentId, name]));
}

/** The one with the shortest name, which has nothing more to it than the title; of those the first by code. */
function best(found: readonly Department[]): Department | undefined {
  return [...found].sort((a, b) => a.name.length - b.name.length || (a.code < b.code ? -1 : 1))[0];
}

// The way of a case, from the real packs: steps, departments, days, and whose office a name means.
import { beforeAll, describe, expect, test } from 'vitest';
import { openBuiltPacks } from '../../main/open-built-packs.ts';
import type { Policy } from '../../policy/index.ts';
import type { Department } from '../departments/index.ts';
import { type ActingDepartment, DepartmentMissingError, planProcedure } from './procedure-plan.ts';
import { chainOf, departmentsFor, type Directory, resolveDepartment } from './resolve-department.ts';

function department(departmentId: string, name: string, jurisdictionCode: string, closedOn: string | null = null): Department {
  return { departmentId, code: departmentId, name, jurisdictionCode, telephone: null, closedOn, version: 1 };
}

const directory: Directory = {
  departments: [
    department('city-hrss', '吉林市人社局', '220200'),
    department('city-finance', '吉林市财政局', '220200'),
    department('city-science', '吉林市科技局', '220200'),
    department('city-organisation', '吉林市委组织部', '220200'),
    department('city-union', '吉林市总工会', '220200'),
    department('changyi-hrss', '昌邑区人社局', '220202'),
    department('changyi-finance', '昌邑区财政局', '220202'),
    department('longtan-hrss', '龙潭区人社局', '220203', '2026-05-01'),
  ],
  jurisdictions: [
    { code: '220200', parentCode: null },
    { code: '220202', parentCode: '220200' },
    { code: '220203', parentCode: '220200' },
  ],
};
const on = '2026-07-01';
const idOf = (name: string, jurisdictionCode: string): string | undefined => resolveDepartment(name, jurisdictionCode, directory, on)?.departmentId;

let policy: Policy;
beforeAll(async () => {
  const { packs } = await openBuiltPacks();
  const found = packs.find(({ policyId }) => policyId === 'jilin-city-2021');
  if (found === undefined) throw new Error('the policy is not built');
  ({ policy } = found);
});

const planOf = (benefitId: string, jurisdictionCode = '220202', promises: Readonly<Record<string, number>> = {}) =>
  planProcedure({ policy, promises }, benefitId, (name) => resolveDepartment(name, jurisdictionCode, directory, on));
const namesOf = (departments: readonly ActingDepartment[]): string[] => departments.map(({ name }) => name);

describe('whose office a name means', () => {
  test.each([
    ['县区人社部门', '220202', 'changyi-hrss'],
    ['县区财政部门', '220202', 'changyi-finance'],
    // A county without the office, or whose office closed, is served by the city's.
    ['县区财政部门', '220203', 'city-finance'],
    ['县区人社部门', '220203', 'city-hrss'],
    ['县区人社部门', '220200', 'city-hrss'],
    ['市人社局', '220202', 'city-hrss'],
    ['市委组织部', '220202', 'city-organisation'],
    ['各县（市）区委组织部', '220202', 'city-organisation'],
    ['市总工会', '220203', 'city-union'],
  ])('%s in %s is %s', (name, code, expected) => {
    expect(idOf(name, code)).toBe(expected);
  });

  test.each(['申请人', '用人单位', '推荐单位', '专家组', '市人才工作领导小组', '开发区', '市教育局', '江城日报社', '各县（市）区'])('%s is no department here', (name) => {
    expect(idOf(name, '220202')).toBeUndefined();
  });

  test('those who may be added are of the jurisdiction or above, and open', () => {
    expect([...departmentsFor('220203', directory, on).keys()]).toEqual(['city-hrss', 'city-finance', 'city-science', 'city-organisation', 'city-union']);
    expect([...departmentsFor('220203', directory, '2026-04-30').keys()]).toContain('longtan-hrss');
    expect(chainOf('220202', directory.jurisdictions)).toEqual(['220202', '220200']);
  });
});

describe('the plan of a benefit', () => {
  test('企业引才生活补贴: the county’s 人社 and 财政 side by side, 人社 decides, then five days of publicity', () => {
    const plan = planOf('living-subsidy');
    expect(plan).toMatchObject({ procedureId: 'enterprise-hires', acceptBy: { name: '昌邑区人社局' }, decideBy: { name: '昌邑区人社局' }, acceptanceDays: 5, promisedDays: 20, legalDays: null, publicityDays: 5 });
    expect(plan.steps.map(({ title, departments }) => [title.zh, namesOf(departments)])).toEqual([['审核并确定名单', ['昌邑区人社局', '昌邑区财政局']]]);
  });

  test('what the office promised holds: of a step, of the publicity', () => {
    const plan = planOf('living-subsidy', '220202', { 'enterprise-hires/2': 7, 'enterprise-hires/publicity': 3 });
    expect([plan.steps[0]?.workingDays, plan.promisedDays, plan.publicityDays]).toEqual([7, 7, 3]);
  });

  test('重点产业高端人才: what departments do between sign-up and publication, step by step; two looks are two people’s', () => {
    const plan = planOf('high-end-living');
    expect(plan.steps.map(({ title, departments }) => [title.zh, namesOf(departments)])).toEqual([
      ['资格复审', ['吉林市科技局']],
      ['专家评审', ['吉林市科技局']],
      ['考核', ['吉林市科技局', '吉林市委组织部']],
    ]);
    expect([plan.decideBy.name, plan.publicityDays, plan.apart.some(([one, other]) => one === 'review' && other === 'review')]).toEqual(['吉林市委组织部', 5, true]);
  });

  test('a procedure whose list is made before anybody applies begins with the application', () => {
    expect(planOf('student-recruitment').steps.map(({ title }) => title.zh)).toEqual(['面试', '定人并发预录取通知书', '资格复审', '体检', '考察']);
  });

  test('every benefit of the policy has a plan in a city with all its departments: somebody reviews, somebody decides', () => {
    const everybody = (name: string): ActingDepartment => ({ departmentId: name, name });
    for (const { id } of policy.benefits) {
      const plan = planProcedure({ policy, promises: {} }, id, everybody);
      expect([plan.steps.length > 0, plan.steps.every(({ departments }) => departments.length > 0), plan.promisedDays > 0], `${id}`).toEqual([true, true, true]);
    }
  });

  test('a benefit that nobody here could accept is refused by the name that is missing; one that is not in the pack is a mistake', () => {
    expect(() => planProcedure({ policy, promises: {} }, 'living-subsidy', () => undefined)).toThrow(new DepartmentMissingError('县区人社部门'));
    expect(() => planOf('nothing')).toThrow(RangeError);
  });
});

// Levels and versions as they are read: effective days, who supersedes whom, parents, ids that are unique over all cities.

import { expect, test } from 'vitest';
import { levelCities, versionCity } from '../../test/support/level-packs.ts';
import { editPack, type Files, type PackEdit, withCities } from '../../test/support/small-pack.ts';
import { checkCity } from './check-city.ts';
import { formatDiagnostic } from './diagnostics.ts';
import { loadChain, loadCity } from './workspace.ts';

/** What is wrong with a city of some files after edits. */
const told = (files: Files, city: string, ...edits: readonly PackEdit[]): string[] =>
  withCities(editPack(edits, files), (workspace) => checkCity(workspace, city).diagnostics.map((item) => formatDiagnostic(item, 'zh').replace('cities/', '')));

test('levels and versions are without fault; a jurisdiction may have no policy at all', () => {
  for (const [files, city, policies, cases] of [[levelCities, 'high-province', 0, 0], [levelCities, 'mid-city', 1, 16], [levelCities, 'low-district', 1, 12], [versionCity, 'turning-city', 3, 24]] as const) {
    const checked = withCities(files, (workspace) => checkCity(workspace, city));
    expect(checked).toMatchObject({ diagnostics: [], policies, cases });
  }
});

test('what supersedes ends what is superseded on the day before: a whole policy, an item, a document known by name only', () => {
  const source = withCities(versionCity, (workspace) => loadCity(workspace, 'turning-city').source);
  const spans = source?.policies.map(({ policy }) => [policy.id, policy.from, policy.to, policy.supersededBy]);
  expect(spans).toEqual([['rules-3', 20250101, undefined, undefined], ['rules-2', 20230101, undefined, undefined], ['rules-1', 20210101, 20221231, 'rules-2']]);
  const own = source?.policies.flatMap(({ policy }) => policy.benefits.map(({ id, from, to, supersededBy }) => [`${policy.id}/${id}`, from, to, supersededBy]));
  expect(own).toEqual([
    ['rules-3/home', undefined, undefined, undefined],
    ['rules-2/living', undefined, undefined, undefined],
    ['rules-2/home', undefined, 20241231, 'rules-3'],
    ['rules-2/prize', 20240101, 20240630, undefined],
    ['rules-1/living', undefined, undefined, undefined],
    ['rules-1/card', undefined, undefined, undefined],
  ]);
  expect(source?.policies.map(({ policy }) => policy.supersedes)).toEqual([[{ policy: 'rules-2', benefits: ['home'] }], [{ policy: 'rules-1' }], [{ policy: 'rules-0' }]]);
  expect(source?.city.named.map(({ policy }) => [policy.id, policy.to, policy.supersededBy])).toEqual([['rules-0', 20201231, 'rules-1']]);
  // The sources of the benefits say the same as the policy.
  expect(source?.policies.flatMap(({ benefits }) => benefits.map(({ benefit }) => benefit.to))).toEqual(own?.map(([, , to]) => to));
});

test('an end that was earlier anyway stays, and of two that supersede the same the earlier counts', () => {
  const ended = editPack([{ file: 'turning-city/rules-1/policy.yaml', find: '施行: 2021-01-01\n', replace: '施行: 2021-01-01\n截止: 2022-03-31\n' }], versionCity);
  const early = withCities(ended, (workspace) => loadCity(workspace, 'turning-city').source?.policies[2]?.policy);
  expect([early?.to, early?.supersededBy]).toEqual([20220331, 'rules-2']);
  const twice = editPack([{ file: 'turning-city/rules-3/policy.yaml', find: '{ rules-2: [home] }', replace: '{ rules-2: 全部, rules-1: [card] }' }], versionCity);
  const policies = withCities(twice, (workspace) => loadCity(workspace, 'turning-city').source?.policies.map(({ policy }) => policy));
  expect(policies?.map(({ to, supersededBy }) => [to, supersededBy])).toEqual([[undefined, undefined], [20241231, 'rules-3'], [20221231, 'rules-2']]);
  // The third came after the first was gone: it ended nothing of it.
  expect(policies?.[2]?.benefits.map(({ to, supersededBy }) => [to, supersededBy])).toEqual([[undefined, undefined], [undefined, undefined]]);
});

test('a benefit that ended of itself before is superseded by nobody; one that would have gone on is', () => {
  const home = 'turning-city/rules-2/home.yaml';
  const ends = (day: string): unknown => {
    const files = editPack([{ file: home, find: '牵头: 人社局\n', replace: `截止: ${day}\n牵头: 人社局\n` }], versionCity);
    const benefit = withCities(files, (workspace) => loadCity(workspace, 'turning-city').source?.policies[1]?.policy.benefits.find(({ id }) => id === 'home'));
    return [benefit?.to, benefit?.supersededBy];
  };
  expect(ends('2024-06-30')).toEqual([20240630, undefined]);
  expect(ends('2025-06-30')).toEqual([20241231, 'rules-3']);
});

test('supersession of what is not there, not earlier or not of this place is told of', () => {
  const third = 'turning-city/rules-3/policy.yaml';
  const instead = (replace: string): PackEdit => ({ file: third, find: '{ rules-2: [home] }', replace });
  expect(told(versionCity, 'turning-city', instead('{ rules-22: 全部 }'))).toEqual([`${third}:7:7 [unknown-policy] 没有“rules-22”这个政策，是不是“rules-2”。可以取代的是 city.yaml 里“政策”和“只有名称”列出的`]);
  expect(told(versionCity, 'turning-city', instead('{ rules-2: [homes] }'))).toEqual([`${third}:7:17 [unknown-benefit] 没有“homes”这项待遇，是不是“home”`]);
  expect(told(versionCity, 'turning-city', instead('{ rules-2: [home, home] }'))).toEqual([`${third}:7:23 [duplicate-id] “home”写了两次，第一次在 7:17（行:列）`]);
  expect(told(versionCity, 'turning-city', instead('{ rules-3: 全部 }'))).toEqual([`${third}:7:7 [bad-supersession] 不能取代“rules-3”：政策不能取代自己`]);
  expect(told(versionCity, 'turning-city', instead('{ rules-0: [home] }'))).toEqual([`${third}:7:7 [bad-supersession] 不能取代“rules-0”：只知道它的名称，请写“全部”`]);
  expect(told(versionCity, 'turning-city', instead('{ rules-2: home }'))).toEqual([`${third}:7:16 [wrong-shape] “取代”应当写成“政策: 全部”，或者“政策: [待遇的编号]”`]);
  const first = 'turning-city/rules-1/policy.yaml';
  expect(told(versionCity, 'turning-city', { file: first, find: 'rules-0: 全部', replace: 'rules-2: 全部' })).toEqual([`${first}:7:7 [bad-supersession] 不能取代“rules-2”：它 2023-01-01 才施行，不早于这个政策`]);
  const both = { ...levelCities, ...versionCity };
  expect(told(both, 'turning-city', instead('{ mid-talent: 全部 }'))).toEqual([`${third}:7:7 [bad-supersession] 不能取代“mid-talent”：它是 mid-city 的政策，只有同一个地方的政策能取代`]);
});

test('a benefit has its own days only while its policy is in force', () => {
  const prize = 'turning-city/rules-2/prize.yaml';
  expect(told(versionCity, 'turning-city', { file: prize, find: '施行: 2024-01-01', replace: '施行: 2022-12-31' })).toEqual([`${prize}:6:5 [wrong-shape] “施行”应当写成政策施行以后、截止以前的日期`]);
  expect(told(versionCity, 'turning-city', { file: prize, find: '截止: 2024-06-30', replace: '截止: 2023-12-31' })).toEqual([`${prize}:7:1 [wrong-shape] “截止”应当写成施行以后的日期`]);
});

test('parents that are not there or lead back are told of, and the chain is read upwards', () => {
  const low = { file: 'low-district/city.yaml', find: '上级: mid-city' };
  expect(told(levelCities, 'low-district', { ...low, replace: '上级: mid-town' })).toEqual(['low-district/city.yaml:7:5 [unknown-parent] 没有“mid-town”这个上级，是不是“mid-city”。上级写它在 cities 下的文件夹名']);
  const circle: PackEdit = { file: 'mid-city/city.yaml', find: '上级: high-province', replace: '上级: low-district' };
  expect(told(levelCities, 'mid-city', circle)).toContain('mid-city/city.yaml:7:5 [circular-parents] 上级绕回了自己：mid-city → low-district → mid-city');
  // Whoever stands below a circle is read all the same, once each.
  expect(withCities(editPack([circle], levelCities), (workspace) => loadChain(workspace, 'low-district').map(({ city }) => city.id))).toEqual(['low-district', 'mid-city']);
  expect(withCities(levelCities, (workspace) => loadChain(workspace, 'low-district').map(({ city }) => city.id))).toEqual(['low-district', 'mid-city', 'high-province']);
});

test('an id stands for one document over all cities', () => {
  const clash: PackEdit = { file: 'high-province/city.yaml', find: '  high-talent:', replace: '  low-talent:' };
  expect(told(levelCities, 'low-district', clash)).toEqual(['low-district/city.yaml:4:6 [duplicate-id] “low-talent”写了两次，第一次在 cities/high-province/city.yaml:8:3（行:列）']);
  expect(told(versionCity, 'turning-city', { file: 'turning-city/city.yaml', find: '  rules-0:', replace: '  rules-3:' })[0]).toBe('turning-city/city.yaml:8:3 [duplicate-id] “rules-3”写了两次，第一次在 4:6（行:列）');
});

test('a group names benefits of its own level and of those above, not of those below', () => {
  const low = 'low-district/low-talent/policy.yaml';
  expect(told(levelCities, 'low-district', { file: low, find: '[living, mid-talent/living]', replace: '[living, mid-talent/livings]' })).toEqual([`${low}:1:1 [unknown-benefit] 没有“mid-talent/livings”这项待遇，是不是“mid-talent/living”`]);
  const mid = 'mid-city/mid-talent/policy.yaml';
  expect(told(levelCities, 'mid-city', { file: mid, find: '[home, prize]', replace: '[home, low-talent/home]' })[0]).toMatch(/^mid-city\/mid-talent\/policy.yaml:1:1 \[unknown-benefit\] 没有“low-talent\/home”这项待遇/);
});

test('a name that stands for a department nobody has named yet is marked as such', () => {
  const unnamed: PackEdit = { file: 'mid-city/city.yaml', find: '  人社局: {', replace: '  还没有明确: { 英文: A department to be named, 未定: 是 }\n  人社局: {' };
  expect(withCities(editPack([unnamed], levelCities), (workspace) => loadCity(workspace, 'mid-city').source?.city.unnamed)).toEqual(['还没有明确']);
  expect(withCities(levelCities, (workspace) => loadCity(workspace, 'mid-city').source?.city.unnamed)).toEqual([]);
  expect(told(levelCities, 'mid-city', { ...unnamed, replace: unnamed.replace.replace('未定: 是', '未定: 也许') })).toEqual(['mid-city/city.yaml:6:46 [unknown-choice] “未定”不能是“也许”，只能是 是']);
});

test('contacts are read as far as they are given; an address is given in both languages', () => {
  const city = withCities(levelCities, (workspace) => loadCity(workspace, 'mid-city').source?.city);
  expect([...(city?.contacts ?? [])]).toEqual([['人社局', { phone: '0000-0001', address: { zh: '中市一号', en: '1, Mid City' }, oversightPhone: '0000-0002' }]]);
  expect(told(levelCities, 'mid-city', { file: 'mid-city/city.yaml', find: ", 英文地址: '1, Mid City'", replace: '' })).toEqual(['mid-city/city.yaml:6:49 [missing-words] 这里写了中文，没有写“英文地址”，看英文的申请人会读不懂']);
  expect(told(levelCities, 'mid-city', { file: 'mid-city/city.yaml', find: '电话: 0000-0001', replace: '电邮: 0000-0001' })[0]).toMatch(/^mid-city\/city.yaml:6:\d+ \[unknown-key\] 不认识“电邮”，是不是“电话”/);
});

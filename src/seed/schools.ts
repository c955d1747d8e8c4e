// Where seeded people studied: schools of the city and the province by a rough share, and the universities of the reference list.
import type { UniversityList } from '../policy/universities.ts';
import { type Random, type Weighted, weighted } from './random.ts';

/** Universities with classes, as the reference data lists them. */
export interface SchoolList {
  /** Official names. */
  readonly official: readonly string[];
  /** Short names that everybody writes, with the official name. */
  readonly short: ReadonlyMap<string, string>;
}

const ofTheCity = weighted<string>([['北华大学', 42], ['东北电力大学', 24], ['吉林化工学院', 20], ['吉林农业科技学院', 14]]);
const ofTheProvince = weighted<string>([['长春工业大学', 12], ['吉林农业大学', 14], ['长春理工大学', 10], ['长春师范大学', 10], ['吉林建筑大学', 8], ['长春中医药大学', 6], ['吉林财经大学', 9], ['吉林师范大学', 12], ['通化师范学院', 5], ['长春大学', 7], ['吉林工程技术师范学院', 7]]);
const colleges = weighted<string>([['吉林电子信息职业技术学院', 24], ['吉林铁道职业技术大学', 20], ['吉林工业职业技术学院', 22], ['长春职业技术大学', 14], ['吉林交通职业技术学院', 10], ['长春汽车职业技术大学', 10]]);
const nearBy = ['吉林大学', '东北师范大学', '延边大学', '哈尔滨工业大学', '大连理工大学', '东北大学'];

/** The school of a graduate. */
export type DrawSchool = (random: Random, level: '专科' | '本科' | '硕士研究生' | '博士研究生') => string;

/** Makes the draw ready: postgraduates and those from far off come from listed universities more often. */
export function makeSchools({ official, short }: SchoolList): DrawSchool {
  const listed: Weighted<string> = weighted(official.map((name, at): [string, number] => [name, nearBy.includes(name) ? 40 : at < 60 ? 1.2 : 0.6]));
  const shortOf = new Map([...short].map(([written, name]) => [name, written]));
  const shares = { 专科: 0, 本科: 0.17, 硕士研究生: 0.55, 博士研究生: 0.85 } as const;
  return (random, level) => {
    if (level === '专科') return random.draw(colleges);
    if (random.chance(shares[level])) {
      const name = random.draw(listed);
      // Some people write what they say.
      return random.chance(0.03) ? (shortOf.get(name) ?? name) : name;
    }
    return random.chance(0.68) ? random.draw(ofTheCity) : random.draw(ofTheProvince);
  };
}

/** The schools of the reference data: official names, and short ones that stand for exactly one of them. */
export function schoolsOf({ universities, officialUniversities, universityAliases = [] }: UniversityList): SchoolList {
  const count = officialUniversities ?? universities.length;
  const official = universities.slice(0, count).map(([name]) => name);
  const short = new Map<string, string>();
  for (const [at, meant] of universityAliases.entries()) {
    const name = typeof meant === 'number' ? official[meant] : undefined;
    const written = universities[count + at]?.[0];
    if (name !== undefined && written !== undefined && written.length <= 4 && ![...short.values()].includes(name)) short.set(written, name);
  }
  return { official, short };
}

// Plans a city's sample year from a seed: employers, people, what they apply for and what becomes of it. Everybody is invented and plainly a sample.
import { creditCheckCharacter } from '../contract/credit-code.ts';
import { identityCheckCharacter } from '../contract/identity-number.ts';
import { Random, weighted } from '../seed/random.ts';
import { addDays } from './days.ts';

/** What is to become of an application; the year goes on with each as officers and people do. */
export type Fate =
  | 'grant'
  /** Refused, since the engine says no; `appeal-…` is appealed against, and what became of that. */
  | 'refuse'
  | 'appeal-open'
  | 'appeal-upheld'
  | 'appeal-reopened'
  /** Not accepted at the window. */
  | 'decline'
  /** Something was missing and came; or is still awaited. */
  | 'supplement'
  | 'supplement-open'
  | 'withdraw'
  /** Accepted although a paper comes later. */
  | 'promise'
  /** Granted, and taken back when it proved wrong. */
  | 'revoke'
  /** Left lying by the office. */
  | 'late'
  /** Where it stands on the last day, so that every desk has work: filed, in review, to be decided, granted and not yet published. */
  | 'stay-filed'
  | 'stay-review'
  | 'stay-deciding'
  | 'stay-granted';

/** A benefit of the year. */
type DemoBenefit = 'living-subsidy' | 'home-subsidy' | 'internship-allowance';

/** An application for one benefit. */
export interface DemoFiling {
  readonly person: number;
  readonly benefit: DemoBenefit;
  readonly fate: Fate;
  /** `YYYY-MM-DD`; a whole list is filed on one day. */
  readonly on: string;
  /** By the person, at the window, or with a list of the employer. */
  readonly by: 'person' | 'window' | 'list';
}

/** Somebody of the year. */
export interface DemoPerson {
  readonly index: number;
  readonly name: string;
  readonly number: string;
  readonly birthDate: string;
  readonly phone: string;
  readonly employer: number;
  readonly jurisdictionCode: string;
  readonly hiredOn: string;
  /** As departments know them, under the names of the vocabulary. */
  readonly facts: Readonly<Record<string, string | number | boolean>>;
  /** Comes by list: the employer says who was hired. */
  readonly isListed: boolean;
  /** As the payment office finds them later. */
  readonly payee: 'fine' | 'left' | 'without-account' | 'other-holder' | 'wrong-account';
}

/** An employer of the year. */
export interface DemoEmployer {
  readonly index: number;
  readonly name: string;
  readonly creditCode: string;
  readonly jurisdictionCode: string;
  /** Whoever acts for it. */
  readonly agent: { readonly name: string; readonly number: string; readonly phone: string };
  /** The day on which its list of hires is filed; null where its people come by themselves. */
  readonly listOn: string | null;
}

/** The whole year. */
export interface DemoPlan {
  readonly startOn: string;
  readonly endOn: string;
  readonly employers: readonly DemoEmployer[];
  readonly people: readonly DemoPerson[];
  readonly filings: readonly DemoFiling[];
}

/** How large, and until when. */
interface PlanWish {
  readonly seed: number;
  readonly people: number;
  /** The last day of the year. */
  readonly endOn: string;
}

/** The places of the year: most of it happens in the first. */
export const demoPlaces = ['220202', '220204', '220211'] as const;

/** What they are called, as their offices' names begin. */
export const demoPlaceNames: Readonly<Record<string, string>> = { '220202': '昌邑区', '220204': '船营区', '220211': '丰满区' };

const places = weighted<string>([['220202', 60], ['220204', 25], ['220211', 15]]);
const schools = weighted<string>([['吉林大学', 12], ['东北师范大学', 9], ['延边大学', 8], ['北华大学', 30], ['东北电力大学', 22], ['吉林化工学院', 12], ['长春理工大学', 7]]);
const degrees = weighted<string>([['本科', 66], ['硕士研究生', 30], ['博士研究生', 4]]);
const surnames = ['张三', '李四', '王五', '赵六', '钱七', '孙八', '周九', '吴十'] as const;
const trades = ['新材料', '机械', '生物科技', '电子', '食品', '化工', '软件', '装备', '环保', '医药'] as const;
const digits = Array.from('一二三四五六七八九十');

/** Every so many people work for one employer. */
const PEOPLE_AN_EMPLOYER = 7.5;
const LONG_AGO_YEARS = 5;
/** Fewer cannot show every state. */
export const LEAST_PEOPLE = 60;

/** Of a hundred applications, in a shuffled order that depends on the seed alone. */
const usualFates = weighted<Fate>([['grant', 76], ['supplement', 5], ['refuse', 6], ['appeal-upheld', 2], ['appeal-reopened', 2], ['decline', 3], ['withdraw', 3], ['promise', 2], ['revoke', 1]]);

/** Plans the year. The same wish gives the same plan. */
export function planYear({ seed, people: wanted, endOn }: PlanWish): DemoPlan {
  const random = new Random(seed, 'facts', 0);
  const startOn = addDays(endOn, -360);
  const employers = planEmployers(random, Math.max(3, Math.round(wanted / PEOPLE_AN_EMPLOYER)), startOn, endOn);
  const people = Array.from({ length: wanted }, (_, index) => planPerson(random, index, employers, startOn, endOn));
  const filings = planFilings(random, people, employers, startOn, endOn);
  const refused = new Set(filings.filter(({ fate, benefit }) => fate === 'refuse' && benefit === 'living-subsidy').map(({ person }) => person));
  // Too short a contract: the engine says no.
  return { startOn, endOn, employers, people: people.map((person) => (refused.has(person.index) ? { ...person, facts: { ...person.facts, 合同年限: 3 } } : person)), filings };
}

function planEmployers(random: Random, count: number, startOn: string, endOn: string): readonly DemoEmployer[] {
  return Array.from({ length: count }, (_, index) => {
    const jurisdictionCode = index === 0 ? '220202' : random.draw(places);
    const seventeen = `91${jurisdictionCode}MA9${String(index + 1).padStart(6, '0')}`;
    // Two lists are filed in the last weeks, so that the office has work now.
    const listOn = index % 4 !== 0 ? null : index < 5 ? addDays(startOn, 30 + index * 8) : index < 9 ? addDays(endOn, -12) : addDays(startOn, random.between(20, 330));
    return {
      index,
      name: `吉林样例${digits[index % digits.length] ?? ''}${trades[index % trades.length] ?? ''}${index < digits.length ? '' : String(index + 1)}有限公司`,
      creditCode: `${seventeen}${creditCheckCharacter(seventeen)}`,
      jurisdictionCode,
      agent: { name: nameOf(index, 1), number: numberOf(jurisdictionCode, addDays('1985-03-01', index * 37), 500 + (index % 400)), phone: `1549100${String(index).padStart(4, '0')}` },
      listOn,
    };
  });
}

function planPerson(random: Random, index: number, employers: readonly DemoEmployer[], startOn: string, endOn: string): DemoPerson {
  const employer = employers[index % employers.length];
  if (employer === undefined) throw new RangeError('a year has employers');
  const degree = random.draw(degrees);
  const isLongAgo = index % 5 === 4;
  const isFresh = !isLongAgo && index % 3 === 0;
  // Of those hired long ago the five years end within the year.
  const hiredOn = isLongAgo ? addDays(startOn, random.between(-40, 200) - Math.round(LONG_AGO_YEARS * 365.25)) : addDays(startOn, random.between(-340, -20));
  const graduatedOn = `${Number(hiredOn.slice(0, 4)) - (hiredOn.slice(5) < '07-01' ? 1 : 0)}-06-30`;
  const age = degree === '本科' ? 23 : degree === '硕士研究生' ? 26 : 29;
  const birthDate = addDays(`${Number(graduatedOn.slice(0, 4)) - age}-01-05`, random.between(0, 330));
  const facts: Record<string, string | number | boolean> = {
    学历: degree, 全日制: true, 毕业院校: random.draw(schools), 毕业日期: graduatedOn, 初次就业: true, 缴纳社保: true, 合同起始日: hiredOn, 合同年限: isLongAgo ? 6 : 5, 入住人才公寓: false,
  };
  if (isLongAgo) Object.assign(facts, { 本人名下购房: true, 购房地: '220200', 购房日期: addDays(hiredOn, 900 + random.between(0, 700)) });
  if (isFresh) facts['应届'] = true;
  const isListed = !isLongAgo && employer.listOn !== null;
  const at = index % 50;
  return {
    index,
    name: nameOf(index, 0),
    number: numberOf(employer.jurisdictionCode, birthDate, index % 1000),
    birthDate,
    phone: `1549200${String(index % 10_000).padStart(4, '0')}`,
    employer: employer.index,
    jurisdictionCode: employer.jurisdictionCode,
    hiredOn: hiredOn > endOn ? endOn : hiredOn,
    facts,
    isListed,
    payee: at === 11 ? 'left' : at === 16 ? 'without-account' : at === 22 ? 'other-holder' : at === 28 || at === 2 ? 'wrong-account' : 'fine',
  };
}

function planFilings(random: Random, people: readonly DemoPerson[], employers: readonly DemoEmployer[], startOn: string, endOn: string): readonly DemoFiling[] {
  const filings: DemoFiling[] = [];
  for (const { index: person, employer, isListed, facts, hiredOn } of people) {
    const listOn = employers[employer]?.listOn ?? null;
    const some = addDays(startOn, random.between(12, 352));
    // The home subsidy is for five years that are full.
    const full = addDays(hiredOn, Math.round(LONG_AGO_YEARS * 365.25) + 5);
    const on = isListed && listOn !== null ? listOn : facts['本人名下购房'] === true && some < full ? full : some;
    const by = isListed ? 'list' : person % 12 === 1 ? 'person' : 'window';
    // Nobody but the registry knows every tenth.
    if (person % 10 !== 9 || isListed) filings.push({ person, benefit: facts['本人名下购房'] === true ? 'home-subsidy' : 'living-subsidy', fate: random.draw(usualFates), on, by });
    if (facts['应届'] === true) filings.push({ person, benefit: 'internship-allowance', fate: random.draw(usualFates), on: addDays(startOn, random.between(12, 352)), by: 'window' });
  }
  return sure(filings, ({ person }) => people[person]?.jurisdictionCode === demoPlaces[0], addDays(startOn, 30), endOn).toSorted((a, b) => (a.on === b.on ? a.person - b.person : a.on < b.on ? -1 : 1));
}

/** One of every fate at least, at a time at which it can come true by the end, whatever the seed. @throws RangeError for a year with too few people. */
function sure(filings: readonly DemoFiling[], isOfFirst: (filing: DemoFiling) => boolean, early: string, endOn: string): readonly DemoFiling[] {
  const wanted: readonly (readonly [Fate, string])[] = [
    ['refuse', early], ['appeal-upheld', early], ['appeal-reopened', early], ['decline', early], ['supplement', early], ['withdraw', early], ['promise', early], ['revoke', early], ['grant', early], ['grant', early],
    ['appeal-open', addDays(endOn, -26)], ['supplement-open', addDays(endOn, -12)], ['supplement-open', addDays(endOn, -11)], ['late', addDays(endOn, -60)],
    ['grant', addDays(endOn, -28)], ['grant', addDays(endOn, -27)], ['grant', addDays(endOn, -29)],
    ['stay-filed', addDays(endOn, -2)], ['stay-filed', addDays(endOn, -1)], ['stay-review', addDays(endOn, -10)], ['stay-review', addDays(endOn, -11)], ['stay-deciding', addDays(endOn, -12)], ['stay-deciding', addDays(endOn, -13)],
    ['stay-granted', addDays(endOn, -14)],
  ];
  const all = filings.filter(({ by, benefit }) => by !== 'list' && benefit === 'living-subsidy');
  // Those of the first place come first: its officers are the ones that are shown.
  const free = [...all.filter(isOfFirst), ...all.filter((filing) => !isOfFirst(filing))];
  if (free.length < wanted.length) throw new RangeError(`a year takes at least ${LEAST_PEOPLE} people`);
  const moved = new Map<DemoFiling, DemoFiling>();
  for (const [at, [fate, on]] of wanted.entries()) {
    const filing = free[at];
    if (filing !== undefined) moved.set(filing, { ...filing, fate, on });
  }
  return filings.map((filing) => moved.get(filing) ?? filing);
}

/** 张三一, 李四一 …; agents have names of a row of their own. */
function nameOf(index: number, row: 0 | 1): string {
  const surname = surnames[(index + row * 3) % surnames.length] ?? surnames[0];
  const number = Math.floor(index / surnames.length) + 1;
  return row === 1 ? `${surname}甲${spell(number)}` : `${surname}${spell(number)}`;
}

/** 1 is 一, 9 is 九, 10 is 一一: figures without a zero, which no name may have. */
function spell(number: number): string {
  const [rest, last] = [Math.floor((number - 1) / 9), (number - 1) % 9];
  return `${rest === 0 ? '' : spell(rest)}${digits[last] ?? ''}`;
}

function numberOf(division: string, birthDate: string, sequence: number): string {
  const seventeen = `${division}${birthDate.replaceAll('-', '')}${String(sequence).padStart(3, '0')}`;
  return `${seventeen}${identityCheckCharacter(seventeen)}`;
}

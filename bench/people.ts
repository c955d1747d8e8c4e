// Makes synthetic people with the facts that the rules of 吉林市 2021 ask about, in the contract's input form, from a seed.
import { addYears, dateText, isLeapYear } from './calendar.ts';

export interface Employer {
  单位类型?: string;
  所有制?: string;
  所在地?: string;
  规上?: boolean;
}

/** Facts of a person as people write them: money in yuan, dates as text; a fact that is absent is not known. */
export interface Facts {
  学历?: string;
  全日制?: boolean;
  院校类别?: string[];
  毕业日期?: string;
  初次就业?: boolean;
  合同起始日?: string;
  合同年限?: number;
  缴纳社保?: boolean;
  入住人才公寓?: boolean;
  本人名下购房?: boolean;
  购房地?: string;
  家庭城区住房套数?: number;
  享受政策性住房补贴?: boolean;
  符合人才公寓办法?: boolean;
  职称?: string;
  国际执业资格?: boolean;
  人才对象?: string[];
  关键岗位经历?: boolean;
  从业年限?: number;
  已享国家省引才奖励?: boolean;
  年薪?: number;
  年缴个税?: number;
  用人单位?: Employer;
  // What the other computed benefits of the document ask, with `facts: 'all'`.
  籍贯?: string;
  应届?: boolean;
  选调生?: boolean;
  入职日期?: string;
  称号?: string[];
  首次创业?: boolean;
  创业身份?: string;
  仍在经营?: boolean;
  创业地?: string;
  创业注册日期?: string;
  创业者?: boolean;
  乡村人才?: boolean;
  技能等级?: string;
  技能取得日期?: string;
  职称名称?: string;
  职称取得日期?: string;
  乡镇以下工作年限?: number;
  中级聘任年限?: number;
  表现突出?: boolean;
}

export interface Person {
  id: string;
  subject: 'person';
  facts: Facts;
}

export interface PeopleOptions {
  count: number;
  seed: number;
  /** Share of facts, each by itself, that are taken away: 0 leaves all known. The people stay the same. */
  missing?: number;
  /** `six`: what the six-benefit task asks; `all`: what all computed benefits ask. */
  facts?: 'six' | 'all';
}

export const educationLevels = ['初中及以下', '高中', '专科', '本科', '硕士研究生', '博士研究生'];
export const titleLevels = ['无', '初级', '中级', '副高级', '正高级'];
export const skillLevels = ['无', '初级工', '中级工', '高级工', '技师', '高级技师'];
export const universityClasses = ['清华北大', '985', '211', '双一流'];
export const talentTargets = ['领军人才', '创业人才', '创新人才', '复合型人才'];
export const honours = ['江城工匠', '松花江英才', '技能大奖', '技术能手', '市技术能手', '政府特殊津贴', '乡土专家', '功勋民营企业家', '杰出民营企业家'];
export const ruralTitles = ['农经师', '农技师', '农林师', '农建师', '农艺师', '畜牧师', '兽医师', '工艺师', '电商营销师'];

const placesInCity = ['220202', '220203', '220204', '220211', '220221', '220271', '220272', '220281', '220282', '220283', '220284', '220200'];
const placesElsewhere = ['220102', '220104', '220105', '220302', '220500', '210100', '110108', '310115', '440305', '330106'];

type Random = () => number;

/** A small, well-spread generator of numbers in [0, 1) from a 32-bit seed (splitmix32). */
export function randomFrom(seed: number): Random {
  let state = seed | 0;
  return () => {
    state = (state + 0x9e3779b9) | 0;
    let mixed = state ^ (state >>> 16);
    mixed = Math.imul(mixed, 0x21f0aaad);
    mixed ^= mixed >>> 15;
    mixed = Math.imul(mixed, 0x735a2d97);
    return ((mixed ^ (mixed >>> 15)) >>> 0) / 4294967296;
  };
}

/** Draws by weights: `[value, weight]` pairs. */
function draw<T>(random: Random, choices: readonly (readonly [T, number])[]): T {
  let sum = 0;
  for (const [, weight] of choices) sum += weight;
  let at = random() * sum;
  for (const [value, weight] of choices) {
    at -= weight;
    if (at < 0) return value;
  }
  return choices[choices.length - 1]![0];
}

const chance = (random: Random, share: number): boolean => random() < share;
const pick = <T>(random: Random, list: readonly T[]): T => list[Math.floor(random() * list.length)]!;
const between = (random: Random, low: number, high: number): number => low + Math.floor(random() * (high - low + 1));

function dateIn(random: Random, firstYear: number, lastYear: number): number {
  const year = between(random, firstYear, lastYear);
  const month = between(random, 1, 12);
  const days = month === 2 ? (isLeapYear(year) ? 29 : 28) : [4, 6, 9, 11].includes(month) ? 30 : 31;
  return year * 10000 + month * 100 + between(random, 1, days);
}

/** Yuan with at most two decimals. */
const yuan = (amount: number): number => Math.round(amount * 100) / 100;

/** Individual income tax on pay by the yearly brackets, after the basic and an assumed social-insurance deduction. */
function incomeTax(pay: number): number {
  const taxable = Math.max(0, pay - 60000 - Math.min(pay, 250000) * 0.175);
  const brackets: [upTo: number, rate: number, quick: number][] = [
    [36000, 0.03, 0],
    [144000, 0.1, 2520],
    [300000, 0.2, 16920],
    [420000, 0.25, 31920],
    [660000, 0.3, 52920],
    [960000, 0.35, 85920],
    [Infinity, 0.45, 181920],
  ];
  const bracket = brackets.find(([upTo]) => taxable <= upTo)!;
  return yuan(taxable * bracket[1] - bracket[2]);
}

function universityClassesOf(random: Random, education: string): string[] {
  const rank = educationLevels.indexOf(education);
  if (rank < 3) return [];
  const top = rank >= 4 ? 2 : 1;
  return draw<string[]>(random, [
    [['清华北大', '985', '211', '双一流'], 1 * top],
    [['985', '211', '双一流'], 10 * top],
    [['211', '双一流'], 11 * top],
    [['双一流'], 5],
    [[], 70],
  ]);
}

type Kind = 'resident' | 'graduate' | 'highEnd' | 'rural' | 'founder' | 'veteran';

/** Who is on a city's talent register: shares of kinds of people, then what is usual for each kind. */
const kinds: readonly (readonly [Kind, number])[] = [
  ['resident', 45],
  ['graduate', 33],
  ['highEnd', 9],
  ['rural', 5],
  ['founder', 5],
  ['veteran', 3],
];

/** Pairs of dates on the edges of the rules: leap days, the day of the fifth anniversary and the days beside it. */
const edgeDates: readonly (readonly [graduated: number, contract: number])[] = [
  [20160229, 20210228],
  [20160229, 20210301],
  [20200229, 20250228],
  [20200229, 20250301],
  [20160701, 20210630],
  [20160630, 20210630],
  [20160629, 20210630],
  [20180620, 20210701],
  [20180620, 20210101],
  [20180620, 20201231],
  [20190630, 20240229],
  [20200229, 20240229],
  [20210715, 20260630],
  [20210228, 20260228],
];

function makePerson(random: Random, index: number, all: boolean): Person {
  const kind = draw(random, kinds);
  // Who was hired under the programme meets most of its conditions at once; conditions are not independent.
  const academic = kind === 'highEnd';
  const programme = chance(random, kind === 'graduate' ? 0.6 : academic ? 0.15 : 0);
  const education = draw<string>(
    random,
    kind === 'graduate'
      ? [
          ['专科', 12],
          ['本科', 60],
          ['硕士研究生', 23],
          ['博士研究生', 5],
        ]
      : academic
        ? [
            ['本科', 20],
            ['硕士研究生', 40],
            ['博士研究生', 40],
          ]
        : [
            ['初中及以下', 15],
            ['高中', 22],
            ['专科', 27],
            ['本科', 31],
            ['硕士研究生', 4],
            ['博士研究生', 1],
          ],
  );
  let graduated =
    kind === 'graduate' || programme
      ? draw(random, [
          [dateIn(random, 2016, 2025), 1],
          [between(random, 2016, 2025) * 10000 + pick(random, [620, 625, 630, 701, 710]), 6],
        ])
      : dateIn(random, 1990, 2020);
  let contract =
    kind === 'graduate' || programme
      ? Math.min(20260601, Math.max(graduated, between(random, 2020, 2025) * 10000 + between(random, 1, 12) * 100 + between(random, 1, 28)))
      : dateIn(random, 2012, 2025);
  if (programme && chance(random, 0.15)) {
    contract = 20210000 + between(random, 1, 6) * 100 + between(random, 1, 28);
    graduated = between(random, 2016, 2020) * 10000 + 630;
  }
  if (chance(random, 0.02)) [graduated, contract] = pick(random, edgeDates);
  const inCity = chance(random, programme ? 0.96 : 0.78);
  const bought = chance(random, kind === 'graduate' ? 0.3 : 0.5);
  const pay = chance(random, 0.005) ? 150000 : yuan(academic ? 120000 + random() ** 2 * 1400000 : 36000 + random() ** 3 * 260000);
  const facts: Facts = {
    学历: education,
    全日制: chance(random, programme ? 0.97 : academic ? 0.9 : 0.7),
    院校类别: universityClassesOf(random, education),
    毕业日期: dateText(graduated),
    初次就业: chance(random, programme ? 0.95 : kind === 'graduate' ? 0.6 : 0.1),
    合同起始日: dateText(contract),
    合同年限: draw(
      random,
      programme
        ? [
            [5, 85],
            [6, 4],
            [8, 6],
            [3, 5],
          ]
        : academic
          ? [
              [5, 60],
              [8, 15],
              [10, 5],
              [3, 20],
            ]
          : [
              [1, 20],
              [2, 15],
              [3, 40],
              [5, 20],
              [0.5, 5],
            ],
    ),
    缴纳社保: chance(random, programme ? 0.97 : 0.85),
    入住人才公寓: chance(random, 0.06),
    本人名下购房: bought,
    购房地: pick(random, inCity && chance(random, 0.9) ? placesInCity : placesElsewhere),
    家庭城区住房套数: bought
      ? between(random, 1, 3)
      : draw(random, [
          [0, 75],
          [1, 20],
          [2, 5],
        ]),
    享受政策性住房补贴: chance(random, 0.07),
    符合人才公寓办法: chance(random, programme || academic ? 0.6 : 0.15),
    职称: draw<string>(
      random,
      academic
        ? [
            ['无', 15],
            ['中级', 25],
            ['副高级', 35],
            ['正高级', 25],
          ]
        : [
            ['无', 62],
            ['初级', 20],
            ['中级', 14],
            ['副高级', 3],
            ['正高级', 1],
          ],
    ),
    国际执业资格: chance(random, academic ? 0.12 : 0.01),
    人才对象: academic
      ? draw<string[]>(random, [
          [['创新人才'], 40],
          [['创业人才'], 15],
          [['复合型人才'], 20],
          [['领军人才'], 8],
          [['领军人才', '创新人才'], 5],
          [[], 12],
        ])
      : chance(random, 0.02)
        ? ['复合型人才']
        : [],
    关键岗位经历: chance(random, academic ? 0.75 : 0.1),
    从业年限: academic
      ? between(random, 1, 25)
      : draw(random, [
          [between(random, 0, 35), 9],
          [0.5, 1],
        ]),
    已享国家省引才奖励: chance(random, academic ? 0.12 : 0.01),
    年薪: pay,
    年缴个税: incomeTax(pay),
    用人单位: {
      单位类型: draw<string>(
        random,
        programme
          ? [
              ['企业', 96],
              ['事业单位', 4],
            ]
          : [
              ['企业', 68],
              ['事业单位', 13],
              ['高校', 5],
              ['科研院所', 4],
              ['机关', 6],
              ['社会组织', 4],
            ],
      ),
      所有制: draw<string>(
        random,
        programme
          ? [
              ['民营', 95],
              ['国有', 5],
            ]
          : [
              ['民营', 58],
              ['国有', 30],
              ['外资', 6],
              ['其他', 6],
            ],
      ),
      所在地: pick(random, inCity ? placesInCity : placesElsewhere),
      规上: chance(random, programme ? 0.96 : 0.4),
    },
  };
  if (all) addFurtherFacts(random, kind, facts);
  return { id: `p${index + 1}`, subject: 'person', facts };
}

function addFurtherFacts(random: Random, kind: Kind, facts: Facts): void {
  const graduated = Number(facts.毕业日期!.replaceAll('-', ''));
  const selected = kind === 'graduate' && chance(random, 0.1);
  facts.籍贯 = pick(random, chance(random, 0.7) ? placesInCity : placesElsewhere);
  facts.应届 = chance(random, selected ? 0.95 : kind === 'graduate' ? 0.3 : 0.01);
  facts.选调生 = selected;
  facts.入职日期 = facts.合同起始日!;
  facts.称号 =
    kind === 'veteran'
      ? honours.filter(() => chance(random, 0.3))
      : kind === 'founder' && chance(random, 0.1)
        ? [pick(random, ['功勋民营企业家', '杰出民营企业家'])]
        : [];
  const founder = kind === 'founder' || chance(random, 0.02);
  facts.首次创业 = founder && chance(random, 0.8);
  facts.创业身份 = founder ? pick(random, ['法定代表人', '经营者']) : '无';
  facts.仍在经营 = founder && chance(random, 0.85);
  facts.创业地 = pick(random, chance(random, 0.85) ? placesInCity : placesElsewhere);
  facts.创业注册日期 = dateText(founder && chance(random, 0.6) ? addYears(graduated, between(random, 0, 3)) : dateIn(random, 2015, 2026));
  facts.创业者 = founder && chance(random, 0.6);
  facts.乡村人才 = kind === 'rural' || chance(random, 0.01);
  facts.技能等级 =
    kind === 'rural' || kind === 'veteran'
      ? pick(random, skillLevels)
      : draw(random, [
          ['无', 80],
          ['中级工', 10],
          ['高级工', 10],
        ]);
  facts.技能取得日期 = dateText(dateIn(random, 2018, 2025));
  facts.职称名称 = kind === 'rural' && chance(random, 0.7) ? pick(random, ruralTitles) : pick(random, ['工程师', '会计师', '讲师', '无']);
  facts.职称取得日期 = dateText(dateIn(random, 2010, 2025));
  facts.乡镇以下工作年限 = kind === 'rural' || kind === 'veteran' ? between(random, 5, 40) : between(random, 0, 6);
  facts.中级聘任年限 = between(random, 0, kind === 'veteran' ? 20 : 8);
  facts.表现突出 = chance(random, kind === 'veteran' ? 0.5 : 0.1);
}

/** Takes each fact away with the same chance; the order of the draws does not depend on the person. */
function takeAway(random: Random, share: number, facts: Facts): void {
  const employer = facts.用人单位!;
  for (const name of Object.keys(facts) as (keyof Facts)[]) {
    if (name !== '用人单位' && chance(random, share)) delete facts[name];
  }
  for (const name of Object.keys(employer) as (keyof Employer)[]) {
    if (chance(random, share)) delete employer[name];
  }
}

/** The same seed gives the same people, with or without missing facts. */
export function makePeople({ count, seed, missing = 0, facts = 'six' }: PeopleOptions): Person[] {
  const random = randomFrom(seed);
  const randomMissing = randomFrom(seed ^ 0x5bd1e995);
  const people: Person[] = [];
  for (let index = 0; index < count; index++) {
    const person = makePerson(random, index, facts === 'all');
    if (missing > 0) takeAway(randomMissing, missing, person.facts);
    people.push(person);
  }
  return people;
}

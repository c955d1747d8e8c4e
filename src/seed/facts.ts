// What is known of a seeded person: statements of departments, papers and the person, with realistic proportions and gaps.
import { dayNumber, spellDay, yearOf } from './days.ts';
import { SEEDED_ON } from './origins.ts';
import { divisionsElsewhere, divisionsOfTheCity } from './places.ts';
import { type Random, weighted } from './random.ts';
import type { DrawSchool } from './schools.ts';

/** A statement about a seeded person. `department` is a department's name in the city's own file, null where the person says it. */
export interface SeededStatement {
  readonly origin: '申报' | '材料' | '共享' | '认定';
  readonly trustClass: 'A' | 'B' | 'C' | 'D';
  readonly department: string | null;
  readonly asOf: string;
  readonly facts: Readonly<Record<string, unknown>>;
}

/** Who the facts are about. */
export interface Subject {
  readonly index: number;
  readonly birthDay: number;
  readonly isForeign: boolean;
  readonly currentDivision: string;
  readonly jurisdictionCode: string;
}

/** Facts of a person, and since when they work. */
export interface SeededFacts {
  readonly statements: readonly SeededStatement[];
  readonly isEmployed: boolean;
  /** The first day at the present employer. */
  readonly enteredDay: number;
}

/** Each fact that others deliver is missing for exactly 2 of any 25 people that follow one another. */
const UNKNOWN_OF_25 = 2;
const unknownSteps = { 国籍: 3, 户籍地: 4, 学历: 6, 全日制: 7, 毕业院校: 8, 毕业日期: 9, 缴纳社保: 11, 职称: 12, 技能等级: 13, 入职日期: 14, 家庭城区住房套数: 16, 合同年限: 17 } as const;
type SharedFact = keyof typeof unknownSteps;

/** Whether a fact is left unknown for a person of this number; steps have no factor in common with 25. */
export function isUnknown(fact: SharedFact, index: number): boolean {
  const step = unknownSteps[fact];
  return (index * step + step) % 25 < UNKNOWN_OF_25;
}

const HYPHEN = 45;

type Education = '初中及以下' | '高中' | '专科' | '本科' | '硕士研究生' | '博士研究生';
const levels: readonly Education[] = ['初中及以下', '高中', '专科', '本科', '硕士研究生', '博士研究生'];
const educationByAge = [
  { below: 25, table: weighted(levels.map((level, at): [Education, number] => [level, [5, 25, 31, 37, 2, 0][at] ?? 0])) },
  { below: 35, table: weighted(levels.map((level, at): [Education, number] => [level, [17, 19, 27, 31.5, 4.8, 0.7][at] ?? 0])) },
  { below: 45, table: weighted(levels.map((level, at): [Education, number] => [level, [30, 24, 23.5, 19, 3, 0.5][at] ?? 0])) },
  { below: 55, table: weighted(levels.map((level, at): [Education, number] => [level, [47, 26, 15, 10.8, 0.9, 0.3][at] ?? 0])) },
  { below: 200, table: weighted(levels.map((level, at): [Education, number] => [level, [58, 26, 10, 5.6, 0.25, 0.15][at] ?? 0])) },
];
const yearsAtSchool: Readonly<Record<Education, number>> = { 初中及以下: 15, 高中: 18, 专科: 21, 本科: 22, 硕士研究生: 25, 博士研究生: 29 };
const titles = weighted<string>([['初级', 45], ['中级', 38], ['副高级', 13], ['正高级', 4]]);
const titleNames = ['工程师', '会计师', '讲师', '农艺师', '主治医师', '经济师', '一级教师', '畜牧师'];
const grades = weighted<string>([['初级工', 28], ['中级工', 34], ['高级工', 26], ['技师', 9], ['高级技师', 3]]);
const categories = weighted<string>([['E', 78], ['D', 15], ['C', 5], ['B', 1.7], ['A', 0.3]]);
const targets = ['领军人才', '创业人才', '创新人才', '复合型人才'];
const honours = ['江城工匠', '松花江英才', '技能大奖', '技术能手', '市技术能手', '政府特殊津贴', '乡土专家', '功勋民营企业家', '杰出民营企业家'];
const ofAge = (day: number): number => Math.floor((SEEDED_ON - day) / 365.2425);
const isGraduate = (education: Education): education is '专科' | '本科' | '硕士研究生' | '博士研究生' => levels.indexOf(education) >= 2;
/** A day up to three years before the population's, when a department last delivered. */
const deliveredOn = (random: Random): string => spellDay(SEEDED_ON - random.between(1, 1000));

/** Makes what is known of a person. */
export function makeFacts(random: Random, subject: Subject, drawSchool: DrawSchool): SeededFacts {
  const { index, birthDay, isForeign } = subject;
  const statements: SeededStatement[] = [];
  const say = (origin: SeededStatement['origin'], trustClass: SeededStatement['trustClass'], department: string | null, facts: Record<string, unknown>, asOf = deliveredOn(random)): void => {
    const told: Record<string, unknown> = {};
    let latest = asOf;
    let isEmpty = true;
    for (const fact of Object.keys(facts)) {
      if (fact in unknownSteps && isUnknown(fact as SharedFact, index)) continue;
      const value = (told[fact] = facts[fact]);
      isEmpty = false;
      // Nobody speaks of a day that is still to come.
      if (typeof value === 'string' && value.charCodeAt(4) === HYPHEN && value > latest && /^\d{4}-/.test(value)) latest = value;
    }
    if (!isEmpty) statements.push({ origin, trustClass, department, asOf: latest, facts: told });
  };
  const age = ofAge(birthDay);
  const settled = random.chance(0.83);
  // Who is from abroad, Hong Kong, Macau or Taiwan has no household register.
  const household = subject.currentDivision === '' ? undefined : settled ? homeOf(random, subject) : subject.currentDivision;
  say('共享', 'A', '市公安局', { 国籍: isForeign ? '外国' : '中国', ...(household === undefined ? {} : { 户籍地: household }) });

  const education = random.draw((educationByAge.find(({ below }) => age < below) ?? educationByAge[4] ?? educationByAge[0])?.table ?? titlesNever);
  const graduatedYear = yearOf(birthDay) + yearsAtSchool[education] + random.between(0, 2);
  const graduatedDay = dayNumber(graduatedYear, 6, random.between(15, 30));
  const isStudent = age < 27 && graduatedDay > SEEDED_ON;
  const studies: Record<string, unknown> = { 学历: isStudent ? (levels[Math.max(0, levels.indexOf(education) - 1)] ?? education) : education };
  if (isGraduate(education) && !isStudent) {
    const isFullTime = random.chance(education === '专科' ? 0.72 : education === '本科' ? 0.8 : 0.9);
    Object.assign(studies, { 全日制: isFullTime, 毕业院校: drawSchool(random, education), 毕业日期: spellDay(graduatedDay) });
    if (graduatedYear === 2026) studies['应届'] = true;
    if (random.chance(education === '本科' ? 0.01 : education === '专科' ? 0 : 0.05)) studies['留学回国'] = true;
  } else if (age < 27) {
    studies['在校生'] = isStudent;
  }
  say('共享', random.chance(0.9) ? 'A' : 'B', '市教育局', studies);

  const mayWork = !isStudent && age < 62;
  const isEmployed = mayWork && random.chance(0.74);
  const firstWorkDay = Math.max(graduatedDay, birthDay + 18 * 365);
  const enteredDay = isEmployed ? firstWorkDay + Math.floor((SEEDED_ON - firstWorkDay) * random.share() ** 0.6) : SEEDED_ON;
  if (mayWork) {
    const facts: Record<string, unknown> = { 缴纳社保: isEmployed && random.chance(0.86) };
    if (isEmployed) facts['入职日期'] = spellDay(enteredDay);
    if (isEmployed && SEEDED_ON - graduatedDay < 3650) facts['初次就业'] = random.chance(0.55);
    say('共享', 'A', '市社保局', facts);
  }
  if (isEmployed && random.chance(0.3)) {
    say('材料', 'C', null, { 合同起始日: spellDay(enteredDay), 合同年限: random.pick([1, 2, 3, 3, 3, 5, 5]), 全职: random.chance(0.97) }, spellDay(enteredDay));
  }
  addTitles(random, say, education, graduatedDay, mayWork);
  addRest(random, say, subject, { education, age, graduatedDay, isEmployed, isStudent });
  return { statements, isEmployed, enteredDay };
}

const titlesNever = weighted<Education>([['高中', 1]]);

function homeOf(random: Random, { jurisdictionCode }: Subject): string {
  // Zones are no divisions: who lives there is registered in the district around it.
  return jurisdictionCode.startsWith('22027') ? random.pick(['220202', '220203', '220204', '220211']) : jurisdictionCode;
}

type Say = (origin: SeededStatement['origin'], trustClass: SeededStatement['trustClass'], department: string | null, facts: Record<string, unknown>, asOf?: string) => void;

function addTitles(random: Random, say: Say, education: Education, graduatedDay: number, mayWork: boolean): void {
  const facts: Record<string, unknown> = {};
  const gainedOn = (): string => spellDay(Math.min(SEEDED_ON - 1, graduatedDay + random.between(400, 9000)));
  if (levels.indexOf(education) >= 2 && random.chance(0.3)) {
    const title = random.draw(titles);
    Object.assign(facts, { 职称: title, 职称取得日期: gainedOn(), 职称名称: random.pick(titleNames) });
  } else if (mayWork && random.chance(0.12)) {
    facts['职称'] = '无';
  }
  if (levels.indexOf(education) <= 2 && random.chance(0.2)) Object.assign(facts, { 技能等级: random.draw(grades), 技能取得日期: gainedOn() });
  say('共享', 'A', '市人社局', facts);
}

interface Life {
  readonly education: Education;
  readonly age: number;
  readonly graduatedDay: number;
  readonly isEmployed: boolean;
  readonly isStudent: boolean;
}

function addRest(random: Random, say: Say, subject: Subject, { education, age, graduatedDay, isEmployed, isStudent }: Life): void {
  if (random.chance(0.15)) {
    const facts: Record<string, unknown> = { 籍贯: random.chance(0.7) ? random.draw(divisionsOfTheCity) : random.draw(divisionsElsewhere) };
    if (random.chance(0.3)) facts['亲属常驻地'] = [random.draw(divisionsOfTheCity)];
    say('申报', 'D', null, facts);
  }
  if (age >= 25 && random.chance(0.14)) {
    const facts: Record<string, unknown> = { 家庭城区住房套数: random.chance(0.2) ? 0 : random.chance(0.8) ? 1 : 2 };
    if (random.chance(0.25)) facts['享受政策性住房补贴'] = random.chance(0.15);
    if (random.chance(0.2)) Object.assign(facts, { 购房日期: spellDay(SEEDED_ON - random.between(1, 3000)), 购房地: random.draw(divisionsOfTheCity), 本人名下购房: random.chance(0.8) });
    say('共享', 'A', '市住建局', facts);
  }
  if (isEmployed && SEEDED_ON - graduatedDay < 3650 && random.chance(0.05)) say('共享', 'A', '市住建局', { 入住人才公寓: true });
  const rank = levels.indexOf(education);
  const recognised: Record<string, unknown> = {};
  if (!isStudent && random.chance([0.002, 0.004, 0.02, 0.08, 0.35, 0.9][rank] ?? 0)) recognised['人才类别'] = random.draw(categories);
  if (rank >= 3 && random.chance(0.02)) recognised['人才对象'] = [random.pick(targets)];
  if (age > 30 && random.chance(0.002)) recognised['称号'] = [random.pick(honours)];
  if (rank <= 2 && random.chance(0.01)) recognised['乡村人才'] = true;
  if (rank >= 3 && age < 35 && random.chance(0.006)) recognised['选调生'] = true;
  say('认定', 'A', '市委组织部', recognised);
  if (age >= 20 && random.chance(0.03)) {
    say('共享', 'A', '市市场监管局', {
      创业身份: random.chance(0.7) ? '法定代表人' : '经营者',
      创业注册日期: spellDay(SEEDED_ON - random.between(30, 4000)),
      首次创业: random.chance(0.8),
      仍在经营: random.chance(0.75),
      创业地: random.chance(0.9) ? subject.jurisdictionCode : random.draw(divisionsElsewhere),
    });
  }
}

// Facts as the hand-written engines hold them: levels as positions, sets as bits, dates as yyyymmdd, money in fen; -1 is not known.
import { dateNumber } from './calendar.ts';
import { educationLevels, talentTargets, titleLevels, universityClasses, type Person } from './people.ts';

export const UNKNOWN_FACT = -1;

export const BACHELOR = educationLevels.indexOf('本科');
export const MASTER = educationLevels.indexOf('硕士研究生');
export const DEPUTY_SENIOR = titleLevels.indexOf('副高级');

export const TOP_TWO = 1 << universityClasses.indexOf('清华北大');
export const KEY_UNIVERSITY = (1 << universityClasses.indexOf('985')) | (1 << universityClasses.indexOf('211'));

export const LEADER = 1 << talentTargets.indexOf('领军人才');
export const FOUNDER_OR_INNOVATOR = (1 << talentTargets.indexOf('创业人才')) | (1 << talentTargets.indexOf('创新人才'));
export const COMPOUND = 1 << talentTargets.indexOf('复合型人才');

export const CITY = 2202;
export const ENTERPRISE = '企业';
export const PRIVATE = '民营';

/** Flags are 1, 0 or -1; everything else is a number of zero or more, or -1. */
export interface SixFacts {
  education: number;
  fullTime: number;
  classes: number;
  graduated: number;
  firstJob: number;
  contractStart: number;
  contractYears: number;
  insured: number;
  inApartment: number;
  boughtOwn: number;
  boughtAt: number;
  homes: number;
  takesSubsidy: number;
  meetsApartmentRules: number;
  title: number;
  licence: number;
  targets: number;
  keyPost: number;
  fieldYears: number;
  hasAward: number;
  payFen: number;
  taxFen: number;
  isEnterprise: number;
  isPrivate: number;
  employerPlace: number;
  aboveSize: number;
}

export const sixFactNames: readonly (keyof SixFacts)[] = [
  'education',
  'fullTime',
  'classes',
  'graduated',
  'firstJob',
  'contractStart',
  'contractYears',
  'insured',
  'inApartment',
  'boughtOwn',
  'boughtAt',
  'homes',
  'takesSubsidy',
  'meetsApartmentRules',
  'title',
  'licence',
  'targets',
  'keyPost',
  'fieldYears',
  'hasAward',
  'payFen',
  'taxFen',
  'isEnterprise',
  'isPrivate',
  'employerPlace',
  'aboveSize',
];

export const flag = (value: boolean | undefined): number => (value === undefined ? -1 : value ? 1 : 0);
export const number = (value: number | undefined): number => value ?? -1;
export const fen = (yuan: number | undefined): number => (yuan === undefined ? -1 : Math.round(yuan * 100));
export const day = (date: string | undefined): number => (date === undefined ? -1 : dateNumber(date));
export const level = (levels: readonly string[], value: string | undefined): number => (value === undefined ? -1 : levels.indexOf(value));
export const isKind = (wanted: string, value: string | undefined): number => (value === undefined ? -1 : value === wanted ? 1 : 0);
/** A GB/T 2260 code as a number; its first four digits are the prefecture. */
export const place = (code: string | undefined): number => (code === undefined ? -1 : Number(code));

export function bits(all: readonly string[], values: readonly string[] | undefined): number {
  if (values === undefined) return -1;
  let set = 0;
  for (const value of values) set |= 1 << all.indexOf(value);
  return set;
}

export function bindSix({ facts }: Person): SixFacts {
  const employer = facts.用人单位;
  return {
    education: level(educationLevels, facts.学历),
    fullTime: flag(facts.全日制),
    classes: bits(universityClasses, facts.院校类别),
    graduated: day(facts.毕业日期),
    firstJob: flag(facts.初次就业),
    contractStart: day(facts.合同起始日),
    contractYears: number(facts.合同年限),
    insured: flag(facts.缴纳社保),
    inApartment: flag(facts.入住人才公寓),
    boughtOwn: flag(facts.本人名下购房),
    boughtAt: place(facts.购房地),
    homes: number(facts.家庭城区住房套数),
    takesSubsidy: flag(facts.享受政策性住房补贴),
    meetsApartmentRules: flag(facts.符合人才公寓办法),
    title: level(titleLevels, facts.职称),
    licence: flag(facts.国际执业资格),
    targets: bits(talentTargets, facts.人才对象),
    keyPost: flag(facts.关键岗位经历),
    fieldYears: number(facts.从业年限),
    hasAward: flag(facts.已享国家省引才奖励),
    payFen: fen(facts.年薪),
    taxFen: fen(facts.年缴个税),
    isEnterprise: isKind(ENTERPRISE, employer?.单位类型),
    isPrivate: isKind(PRIVATE, employer?.所有制),
    employerPlace: place(employer?.所在地),
    aboveSize: flag(employer?.规上),
  };
}

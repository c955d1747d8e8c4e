// All benefits of 吉林市 2021 for a person that the document settles by a formula, by hand: two-valued, and three-valued with what is missing.
import { addYears, dateNumber } from '../calendar.ts';
import {
  BACHELOR,
  bindSix,
  bits,
  CITY,
  COMPOUND,
  day,
  DEPUTY_SENIOR,
  flag,
  FOUNDER_OR_INNOVATOR,
  isKind,
  KEY_UNIVERSITY,
  LEADER,
  level,
  MASTER,
  number,
  place,
  TOP_TWO,
  type SixFacts,
} from '../facts.ts';
import { honours, ruralTitles, skillLevels, universityClasses, type Person } from '../people.ts';
import { HIGH_END_FEN, HIGH_PAY_FEN, HOME_FEN, LIVING_FEN, micro, PROGRAMME_START, TAX_CAP_FEN, timesMicro } from '../rules.ts';
import { NO, UNKNOWN, YES, type Setting } from './engine.ts';

export const allBenefits = [
  'living-subsidy',
  'home-subsidy',
  'student-apartment',
  'talent-apartment',
  'high-end-living',
  'income-tax-reward',
  'vip-card',
  'first-startup',
  'creation-loan',
  'rural-skill-subsidy',
  'rural-title-subsidy',
  'student-return-subsidy',
  'craftsman-honours',
  'title-grassroots-deputy-senior',
] as const;
const [LIVING, HOME, STUDENT_APARTMENT, TALENT_APARTMENT, HIGH_END, TAX, VIP, STARTUP, LOAN, SKILL, RURAL_TITLE, RETURN, HONOURS, DEPUTY] = allBenefits.map(
  (_, index) => index,
) as [number, number, number, number, number, number, number, number, number, number, number, number, number, number];

type Truth = number;
const TRUE: Truth = 1;
const FALSE: Truth = 2;
const OPEN: Truth = 3;

/** Only missing facts that a review decides are left open. */
export const REVIEW = 3;

/** Flags are truths here: 1 true, 2 false, 3 not known; everything else is as in {@link SixFacts}. */
export interface AllFacts extends SixFacts {
  origin: number;
  fresh: number;
  selected: number;
  honours: number;
  firstStartup: number;
  founderRole: number;
  running: number;
  startupAt: number;
  registered: number;
  founder: number;
  rural: number;
  skill: number;
  skillGained: number;
  isRuralTitle: number;
  ruralYears: number;
  intermediateYears: number;
  outstanding: number;
  /** Which facts are not known, by their places in {@link sixNames} and {@link restNames}. */
  unknownSix: number;
  unknownRest: number;
}

/** The contract's name of each fact; its place is its bit. */
export const sixNames = [
  '学历',
  '全日制',
  '院校类别',
  '毕业日期',
  '初次就业',
  '合同起始日',
  '合同年限',
  '缴纳社保',
  '入住人才公寓',
  '本人名下购房',
  '购房地',
  '家庭城区住房套数',
  '享受政策性住房补贴',
  '符合人才公寓办法',
  '职称',
  '国际执业资格',
  '人才对象',
  '关键岗位经历',
  '从业年限',
  '已享国家省引才奖励',
  '年薪',
  '年缴个税',
  '用人单位.单位类型',
  '用人单位.所有制',
  '用人单位.所在地',
  '用人单位.规上',
] as const;
export const restNames = [
  '籍贯',
  '应届',
  '选调生',
  '称号',
  '首次创业',
  '创业身份',
  '仍在经营',
  '创业地',
  '创业注册日期',
  '创业者',
  '乡村人才',
  '技能等级',
  '技能取得日期',
  '职称名称',
  '乡镇以下工作年限',
  '中级聘任年限',
  '表现突出',
] as const;
const six = (...names: (typeof sixNames)[number][]): number => names.reduce((mask, name) => mask | (1 << sixNames.indexOf(name)), 0);
const rest = (...names: (typeof restNames)[number][]): number => names.reduce((mask, name) => mask | (1 << restNames.indexOf(name)), 0);

const HIRE_FACTS = six(
  '学历',
  '全日制',
  '毕业日期',
  '初次就业',
  '合同起始日',
  '合同年限',
  '缴纳社保',
  '用人单位.单位类型',
  '用人单位.所有制',
  '用人单位.所在地',
  '用人单位.规上',
);
const APARTMENT_FACTS = six('符合人才公寓办法', '家庭城区住房套数', '享受政策性住房补贴');
const TERM_FACTS = six('合同年限', '用人单位.所在地');
const STANDING_FACTS = six('职称', '国际执业资格');
const TARGET = six('人才对象');
const INNOVATOR_FACTS = six('人才对象', '学历', '关键岗位经历');
const COMPOUND_FACTS = six('人才对象', '从业年限');
const LIVES_IN_APARTMENT = six('入住人才公寓');
const HOME_FACTS = six('本人名下购房', '购房地');
const CLASSES = six('院校类别');
const AWARD = six('已享国家省引才奖励');
const PAY_FACTS = six('用人单位.单位类型', '年薪');
const STARTUP_SIX = six('学历', '毕业日期');
const TITLE = six('职称');
const RETURN_SIX = six('全日制', '学历', '院校类别');
const HONOUR = rest('称号');
const FOUNDER = rest('创业者');
const SKILL_FACTS = rest('乡村人才', '技能等级', '技能取得日期');
const RURAL_TITLE_FACTS = rest('乡村人才', '职称名称');
const RETURN_FACTS = rest('籍贯', '应届', '选调生');
const DEPUTY_FACTS = rest('乡镇以下工作年限', '中级聘任年限', '表现突出');
const STARTUP_FACTS = rest('首次创业', '创业身份', '仍在经营', '创业地', '创业注册日期');
const REVIEWED_SIX = six('符合人才公寓办法', '人才对象', '关键岗位经历');
const REVIEWED_REST = rest('称号', '创业者', '乡村人才', '表现突出');

const CRAFTSMAN = 1 << honours.indexOf('江城工匠');
const SKILL_AWARD = 1 << honours.indexOf('技能大奖');
const SKILL_EXPERT = 1 << honours.indexOf('技术能手');
const STATE_ALLOWANCE = 1 << honours.indexOf('政府特殊津贴');
const ENTREPRENEUR = (1 << honours.indexOf('功勋民营企业家')) | (1 << honours.indexOf('杰出民营企业家'));
const DOUBLE_FIRST_CLASS = 1 << universityClasses.indexOf('双一流');
const COLLEGE = BACHELOR - 1;
const SKILL_START = 20210901;
const STARTUP_FEN = 5000 * 100;
const LOAN_FEN = 200000 * 100;
const RETURN_FEN = 50000 * 100;
const SKILL_FEN = [0, 500, 800, 1000, 2000, 3000].map((yuan) => yuan * 100);
const RURAL_TITLE_FEN = [0, 1000, 2000, 3000, 3000].map((yuan) => yuan * 5 * 100);

function unknownBits(names: readonly string[], facts: Record<string, unknown>): number {
  let mask = 0;
  names.forEach((name, at) => {
    const employer = facts.用人单位 as Record<string, unknown> | undefined;
    const value = name.startsWith('用人单位.') ? employer?.[name.slice(5)] : facts[name];
    if (value === undefined) mask |= 1 << at;
  });
  return mask;
}

/** From 1, 0 and -1 to truths. */
const truth = (known: number): Truth => (known < 0 ? OPEN : 2 - known);

export function bindAll(person: Person): AllFacts {
  const { facts } = person;
  const known = bindSix(person);
  return {
    ...known,
    fullTime: truth(known.fullTime),
    firstJob: truth(known.firstJob),
    insured: truth(known.insured),
    inApartment: truth(known.inApartment),
    boughtOwn: truth(known.boughtOwn),
    takesSubsidy: truth(known.takesSubsidy),
    meetsApartmentRules: truth(known.meetsApartmentRules),
    licence: truth(known.licence),
    keyPost: truth(known.keyPost),
    hasAward: truth(known.hasAward),
    isEnterprise: truth(known.isEnterprise),
    isPrivate: truth(known.isPrivate),
    aboveSize: truth(known.aboveSize),
    origin: place(facts.籍贯),
    fresh: truth(flag(facts.应届)),
    selected: truth(flag(facts.选调生)),
    honours: bits(honours, facts.称号),
    firstStartup: truth(flag(facts.首次创业)),
    founderRole: truth(facts.创业身份 === undefined ? -1 : 1 - isKind('无', facts.创业身份)),
    running: truth(flag(facts.仍在经营)),
    startupAt: place(facts.创业地),
    registered: day(facts.创业注册日期),
    founder: truth(flag(facts.创业者)),
    rural: truth(flag(facts.乡村人才)),
    skill: level(skillLevels, facts.技能等级),
    skillGained: day(facts.技能取得日期),
    isRuralTitle: truth(facts.职称名称 === undefined ? -1 : Number(ruralTitles.includes(facts.职称名称))),
    ruralYears: number(facts.乡镇以下工作年限),
    intermediateYears: number(facts.中级聘任年限),
    outstanding: truth(flag(facts.表现突出)),
    unknownSix: unknownBits(sixNames, facts as Record<string, unknown>),
    unknownRest: unknownBits(restNames, facts as Record<string, unknown>),
  };
}

/** Answers by the place of the benefit in {@link allBenefits}; amounts are 0 where the status is no. */
export interface AllAnswers {
  status: Uint8Array;
  loFen: Float64Array;
  hiFen: Float64Array;
  missingSix: Int32Array;
  missingRest: Int32Array;
}

export function emptyAnswers(): AllAnswers {
  const count = allBenefits.length;
  return {
    status: new Uint8Array(count),
    loFen: new Float64Array(count),
    hiFen: new Float64Array(count),
    missingSix: new Int32Array(count),
    missingRest: new Int32Array(count),
  };
}

const inCity = (code: number): boolean => Math.floor(code / 100) === CITY;

function settle(out: AllAnswers, at: number, yes: boolean, fen: number): void {
  out.status[at] = yes ? YES : NO;
  out.loFen[at] = out.hiFen[at] = yes ? fen : 0;
}

/** Two values: for people of whom everything is known. */
export function evaluateTwoValued({ date, retainedShare }: Setting): (person: AllFacts, out: AllAnswers) => void {
  const today = dateNumber(date);
  const shareMicro = micro(retainedShare);
  return (p, out) => {
    const employerInCity = inCity(p.employerPlace);
    const postgraduate = p.education >= MASTER;
    const key = (p.classes & KEY_UNIVERSITY) !== 0;
    const hire =
      p.fullTime === 1 &&
      p.education >= BACHELOR &&
      p.firstJob === 1 &&
      p.insured === 1 &&
      p.contractYears >= 5 &&
      p.isEnterprise === 1 &&
      p.isPrivate === 1 &&
      p.aboveSize === 1 &&
      employerInCity &&
      p.contractStart >= PROGRAMME_START &&
      p.contractStart <= addYears(p.graduated, 5);
    const tier = postgraduate ? (key ? 0 : 1) : (p.classes & TOP_TWO) !== 0 ? 1 : key ? 2 : 3;
    settle(out, LIVING, hire && p.inApartment !== 1, LIVING_FEN[tier]!);
    settle(out, HOME, hire && p.boughtOwn === 1 && inCity(p.boughtAt) && addYears(p.contractStart, 5) <= today, HOME_FEN[tier]!);
    const apartment = p.meetsApartmentRules === 1 && p.homes === 0 && p.takesSubsidy !== 1;
    settle(out, STUDENT_APARTMENT, apartment && hire && tier === 0, 0);
    settle(out, TALENT_APARTMENT, apartment, 0);
    const recognised =
      p.contractYears >= 5 &&
      employerInCity &&
      (p.title >= DEPUTY_SENIOR || p.licence === 1) &&
      ((p.targets & LEADER) !== 0 ||
        ((p.targets & FOUNDER_OR_INNOVATOR) !== 0 && postgraduate && p.keyPost === 1) ||
        ((p.targets & COMPOUND) !== 0 && p.fieldYears >= 3));
    settle(out, HIGH_END, recognised && p.hasAward !== 1, HIGH_END_FEN);
    const tax = recognised && p.isEnterprise === 1 && p.payFen >= HIGH_PAY_FEN;
    settle(out, TAX, tax, tax ? Math.min(timesMicro(p.taxFen, shareMicro), TAX_CAP_FEN) : 0);
    settle(out, VIP, recognised || (p.honours & ENTREPRENEUR) !== 0, 0);
    settle(
      out,
      STARTUP,
      p.firstStartup === 1 &&
        p.education >= COLLEGE &&
        p.founderRole === 1 &&
        p.running === 1 &&
        inCity(p.startupAt) &&
        p.graduated <= p.registered &&
        p.registered <= addYears(p.graduated, 2) &&
        addYears(p.registered, 1) <= today,
      STARTUP_FEN,
    );
    settle(out, LOAN, p.founder === 1, LOAN_FEN);
    settle(out, SKILL, p.rural === 1 && p.skillGained >= SKILL_START && p.skill >= 1, SKILL_FEN[p.skill]!);
    settle(out, RURAL_TITLE, p.rural === 1 && p.isRuralTitle === 1 && p.title >= 1, RURAL_TITLE_FEN[p.title]!);
    settle(
      out,
      RETURN,
      p.selected === 1 && p.fresh === 1 && p.fullTime === 1 && postgraduate && (p.classes & DOUBLE_FIRST_CLASS) !== 0 && inCity(p.origin),
      RETURN_FEN,
    );
    const honour = (p.honours & (SKILL_AWARD | STATE_ALLOWANCE)) !== 0 ? 500000 : (p.honours & SKILL_EXPERT) !== 0 ? 300000 : 0;
    settle(out, HONOURS, (p.honours & CRAFTSMAN) !== 0 && honour > 0, honour);
    settle(out, DEPUTY, p.ruralYears >= 30 && p.intermediateYears >= 10 && p.outstanding === 1, 0);
  };
}

const not = (a: Truth): Truth => ((a & 1) << 1) | (a >> 1);
const atLeast = (value: number, bound: number): Truth => (value < 0 ? OPEN : value >= bound ? TRUE : FALSE);
const has = (set: number, mask: number): Truth => (set < 0 ? OPEN : (set & mask) !== 0 ? TRUE : FALSE);
const within = (code: number): Truth => (code < 0 ? OPEN : inCity(code) ? TRUE : FALSE);
/** Conjunction: the bits of "can be true" must all be there, one "can be false" is enough. */
const join = (common: number, any: number): Truth => (common & 1) | (any & 2);
const or = (a: Truth, b: Truth): Truth => ((a | b) & 1) | (a & b & 2);

function put(out: AllAnswers, at: number, answer: Truth, lo: number, hi: number, ofSix: number, ofRest: number): void {
  const open = answer === OPEN;
  const paid = answer !== FALSE;
  out.status[at] = !open ? (paid ? YES : NO) : (ofSix & ~REVIEWED_SIX) === 0 && (ofRest & ~REVIEWED_REST) === 0 ? REVIEW : UNKNOWN;
  out.loFen[at] = paid ? lo : 0;
  out.hiFen[at] = paid ? hi : 0;
  out.missingSix[at] = open ? ofSix : 0;
  out.missingRest[at] = open ? ofRest : 0;
}

/** Three values, what is missing, and the interval of what the known facts still allow. */
export function evaluateThreeValued({ date, retainedShare }: Setting): (person: AllFacts, out: AllAnswers) => void {
  const today = dateNumber(date);
  const shareMicro = micro(retainedShare);
  return (p, out) => {
    const { unknownSix, unknownRest } = p;
    const fullTime = p.fullTime;
    const longTerm = atLeast(p.contractYears, 5);
    const employerInCity = within(p.employerPlace);
    const enterprise = p.isEnterprise;
    const postgraduate = atLeast(p.education, MASTER);
    const key = has(p.classes, KEY_UNIVERSITY);
    const bachelor = atLeast(p.education, BACHELOR);
    const inTime = p.contractStart < 0 || p.graduated < 0 ? OPEN : p.contractStart <= addYears(p.graduated, 5) ? TRUE : FALSE;
    const firstJob = p.firstJob;
    const insured = p.insured;
    const isPrivate = p.isPrivate;
    const aboveSize = p.aboveSize;
    const sinceStart = atLeast(p.contractStart, PROGRAMME_START);
    const hire = join(
      fullTime & bachelor & firstJob & insured & longTerm & enterprise & isPrivate & aboveSize & employerInCity & sinceStart & inTime,
      fullTime | bachelor | firstJob | insured | longTerm | enterprise | isPrivate | aboveSize | employerInCity | sinceStart | inTime,
    );

    // The rows of the tier table in order; the interval runs over those before and with the first that is true.
    let livingLo = 0;
    let livingHi = 0;
    let homeLo = 0;
    let homeHi = 0;
    if (hire !== FALSE) {
      const isBachelor = p.education < 0 ? OPEN : p.education === BACHELOR ? TRUE : FALSE;
      const topTwo = has(p.classes, TOP_TWO);
      const noKey = not(key);
      const noTopTwo = not(topTwo);
      const a = join(postgraduate & key, postgraduate | key);
      const b = or(join(postgraduate & noKey, postgraduate | noKey), join(isBachelor & topTwo, isBachelor | topTwo));
      const c = join(isBachelor & key & noTopTwo, isBachelor | key | noTopTwo);
      const d = join(isBachelor & noKey & noTopTwo, isBachelor | noKey | noTopTwo);
      let first = 4;
      let last = 0;
      for (let row = 0; row < 4; row++) {
        const truth = row === 0 ? a : row === 1 ? b : row === 2 ? c : d;
        if (truth === FALSE) continue;
        if (first === 4) first = row;
        last = row;
        if (truth === TRUE) break;
      }
      if (first < 4) {
        livingHi = LIVING_FEN[first]!;
        livingLo = LIVING_FEN[last]!;
        homeHi = HOME_FEN[first]!;
        homeLo = HOME_FEN[last]!;
      }
    }
    const notInApartment = not(p.inApartment);
    put(out, LIVING, join(hire & notInApartment, hire | notInApartment), livingLo, livingHi, unknownSix & (HIRE_FACTS | LIVES_IN_APARTMENT), 0);
    const boughtOwn = p.boughtOwn;
    const boughtInCity = within(p.boughtAt);
    const served = p.contractStart < 0 ? OPEN : addYears(p.contractStart, 5) <= today ? TRUE : FALSE;
    put(
      out,
      HOME,
      join(hire & boughtOwn & boughtInCity & served, hire | boughtOwn | boughtInCity | served),
      homeLo,
      homeHi,
      unknownSix & (HIRE_FACTS | HOME_FACTS),
      0,
    );

    const meetsRules = p.meetsApartmentRules;
    const noHome = p.homes < 0 ? OPEN : p.homes === 0 ? TRUE : FALSE;
    const noSubsidy = not(p.takesSubsidy);
    const apartment = join(meetsRules & noHome & noSubsidy, meetsRules | noHome | noSubsidy);
    put(
      out,
      STUDENT_APARTMENT,
      join(apartment & hire & postgraduate & key, apartment | hire | postgraduate | key),
      0,
      0,
      unknownSix & (HIRE_FACTS | CLASSES | APARTMENT_FACTS),
      0,
    );
    put(out, TALENT_APARTMENT, apartment, 0, 0, unknownSix & APARTMENT_FACTS, 0);

    const standing = or(atLeast(p.title, DEPUTY_SENIOR), p.licence);
    const leader = has(p.targets, LEADER);
    const innovatorTarget = has(p.targets, FOUNDER_OR_INNOVATOR);
    const keyPost = p.keyPost;
    const innovator = join(innovatorTarget & postgraduate & keyPost, innovatorTarget | postgraduate | keyPost);
    const compoundTarget = has(p.targets, COMPOUND);
    const experienced = atLeast(p.fieldYears, 3);
    const compound = join(compoundTarget & experienced, compoundTarget | experienced);
    const target = or(or(leader, innovator), compound);
    const recognised = join(longTerm & employerInCity & standing & target, longTerm | employerInCity | standing | target);
    const recognisedFacts =
      recognised !== OPEN
        ? 0
        : unknownSix &
          (TERM_FACTS |
            (standing === OPEN ? STANDING_FACTS : 0) |
            (target !== OPEN ? 0 : (leader === OPEN ? TARGET : 0) | (innovator === OPEN ? INNOVATOR_FACTS : 0) | (compound === OPEN ? COMPOUND_FACTS : 0)));

    const noAward = not(p.hasAward);
    put(out, HIGH_END, join(recognised & noAward, recognised | noAward), HIGH_END_FEN, HIGH_END_FEN, recognisedFacts | (unknownSix & AWARD), 0);
    const highPay = atLeast(p.payFen, HIGH_PAY_FEN);
    const tax = join(recognised & enterprise & highPay, recognised | enterprise | highPay);
    const paid = tax === FALSE || p.taxFen < 0 ? 0 : Math.min(timesMicro(p.taxFen, shareMicro), TAX_CAP_FEN);
    put(out, TAX, tax, paid, p.taxFen < 0 ? TAX_CAP_FEN : paid, recognisedFacts | (unknownSix & PAY_FACTS), 0);
    const entrepreneur = has(p.honours, ENTREPRENEUR);
    put(out, VIP, or(recognised, entrepreneur), 0, 0, recognisedFacts, unknownRest & HONOUR);

    const firstStartup = p.firstStartup;
    const college = atLeast(p.education, COLLEGE);
    const role = p.founderRole;
    const running = p.running;
    const startupInCity = within(p.startupAt);
    const afterGraduation = p.registered < 0 || p.graduated < 0 ? OPEN : p.graduated <= p.registered ? TRUE : FALSE;
    const soon = p.registered < 0 || p.graduated < 0 ? OPEN : p.registered <= addYears(p.graduated, 2) ? TRUE : FALSE;
    const oneYear = p.registered < 0 ? OPEN : addYears(p.registered, 1) <= today ? TRUE : FALSE;
    put(
      out,
      STARTUP,
      join(
        firstStartup & college & role & running & startupInCity & afterGraduation & soon & oneYear,
        firstStartup | college | role | running | startupInCity | afterGraduation | soon | oneYear,
      ),
      STARTUP_FEN,
      STARTUP_FEN,
      unknownSix & STARTUP_SIX,
      unknownRest & STARTUP_FACTS,
    );
    put(out, LOAN, p.founder, LOAN_FEN, LOAN_FEN, 0, unknownRest & FOUNDER);

    const rural = p.rural;
    const recent = atLeast(p.skillGained, SKILL_START);
    const skilled = atLeast(p.skill, 1);
    put(
      out,
      SKILL,
      join(rural & recent & skilled, rural | recent | skilled),
      p.skill < 0 ? SKILL_FEN[1]! : SKILL_FEN[p.skill]!,
      p.skill < 0 ? SKILL_FEN[5]! : SKILL_FEN[p.skill]!,
      0,
      unknownRest & SKILL_FACTS,
    );
    const ruralTitle = p.isRuralTitle;
    const titled = atLeast(p.title, 1);
    put(
      out,
      RURAL_TITLE,
      join(rural & ruralTitle & titled, rural | ruralTitle | titled),
      p.title < 0 ? RURAL_TITLE_FEN[1]! : RURAL_TITLE_FEN[p.title]!,
      p.title < 0 ? RURAL_TITLE_FEN[4]! : RURAL_TITLE_FEN[p.title]!,
      unknownSix & TITLE,
      unknownRest & RURAL_TITLE_FACTS,
    );
    const selected = p.selected;
    const fresh = p.fresh;
    const doubleFirst = has(p.classes, DOUBLE_FIRST_CLASS);
    const native = within(p.origin);
    put(
      out,
      RETURN,
      join(selected & fresh & fullTime & postgraduate & doubleFirst & native, selected | fresh | fullTime | postgraduate | doubleFirst | native),
      RETURN_FEN,
      RETURN_FEN,
      unknownSix & RETURN_SIX,
      unknownRest & RETURN_FACTS,
    );
    const honour = p.honours < 0 ? 0 : (p.honours & (SKILL_AWARD | STATE_ALLOWANCE)) !== 0 ? 500000 : (p.honours & SKILL_EXPERT) !== 0 ? 300000 : 0;
    put(
      out,
      HONOURS,
      p.honours < 0 ? OPEN : (p.honours & CRAFTSMAN) !== 0 && honour > 0 ? TRUE : FALSE,
      p.honours < 0 ? 300000 : honour,
      p.honours < 0 ? 500000 : honour,
      0,
      unknownRest & HONOUR,
    );
    const longRural = atLeast(p.ruralYears, 30);
    const longIntermediate = atLeast(p.intermediateYears, 10);
    const outstanding = p.outstanding;
    put(out, DEPUTY, join(longRural & longIntermediate & outstanding, longRural | longIntermediate | outstanding), 0, 0, 0, unknownRest & DEPUTY_FACTS);
  };
}

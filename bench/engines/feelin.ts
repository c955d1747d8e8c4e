// The six benefits as FEEL for feelin: one boxed context, evaluated as its README shows, or parsed once as a FEEL function.
import { date as feelDate, evaluate, type FeelFunction } from 'feelin';
import { educationLevels, titleLevels, type Person } from '../people.ts';
import { HIGH_END_FEN, HOME_FEN, LIVING_FEN, TAX_CAP_FEN } from '../rules.ts';
import { NO, prepared, UNKNOWN, YES, type Engine, type Prepared, type Setting, type SixAnswer, type Status } from './engine.ts';

const byTier = (fen: readonly number[]): string =>
  `if 档 = 0 then ${fen[0]} else if 档 = 1 then ${fen[1]} else if 档 = 2 then ${fen[2]} else if 档 = 3 then ${fen[3]} else null`;

/** `p` is the person; an entry of a context may use the entries before it. */
function context(share: number): string {
  const key = '(list contains(p.院校类别, "985") or list contains(p.院校类别, "211"))';
  return `{
  引才: p.全日制 and p.学历 >= 3 and p.初次就业 and p.缴纳社保 and p.合同年限 >= 5 and p.用人单位.规上
    and p.用人单位.单位类型 = "企业" and p.用人单位.所有制 = "民营" and starts with(p.用人单位.所在地, "2202")
    and p.合同起始日 >= @"2021-01-01" and p.合同起始日 <= p.毕业日期 + @"P5Y",
  档: if p.学历 >= 4 then (if ${key} then 0 else 1)
    else if p.学历 = 3 then (if list contains(p.院校类别, "清华北大") then 1 else if ${key} then 2 else 3)
    else null,
  认定: p.合同年限 >= 5 and starts with(p.用人单位.所在地, "2202") and (p.职称 >= 3 or p.国际执业资格)
    and (list contains(p.人才对象, "领军人才")
      or ((list contains(p.人才对象, "创业人才") or list contains(p.人才对象, "创新人才")) and p.学历 >= 4 and p.关键岗位经历)
      or (list contains(p.人才对象, "复合型人才") and p.从业年限 >= 3)),
  living: 引才 and not(p.入住人才公寓),
  home: 引才 and p.本人名下购房 and starts with(p.购房地, "2202") and p.合同起始日 + @"P5Y" <= p.今天,
  apartment: 引才 and p.学历 >= 4 and ${key} and p.符合人才公寓办法 and p.家庭城区住房套数 = 0 and not(p.享受政策性住房补贴),
  highEnd: 认定 and not(p.已享国家省引才奖励),
  tax: 认定 and p.用人单位.单位类型 = "企业" and p.年薪 >= 150000,
  livingFen: if living then (${byTier(LIVING_FEN)}) else 0,
  homeFen: if home then (${byTier(HOME_FEN)}) else 0,
  highEndFen: if highEnd then ${HIGH_END_FEN} else 0,
  taxFen: if tax then min(round half up(p.年缴个税分 * ${share}, 0), ${TAX_CAP_FEN}) else 0,
  planFen: max(livingFen, highEndFen) + homeFen + taxFen
}`;
}

interface Result {
  living: boolean | null;
  livingFen: number | null;
  home: boolean | null;
  homeFen: number | null;
  apartment: boolean | null;
  highEnd: boolean | null;
  highEndFen: number | null;
  tax: boolean | null;
  taxFen: number | null;
  planFen: number | null;
}

const day = (text: string | undefined) => (text === undefined ? undefined : feelDate(text));
const position = (levels: string[], value: string | undefined) => (value === undefined ? undefined : levels.indexOf(value));

function bindWith(today: unknown) {
  return ({ facts }: Person): Record<string, unknown> => ({
    ...facts,
    学历: position(educationLevels, facts.学历),
    职称: position(titleLevels, facts.职称),
    毕业日期: day(facts.毕业日期),
    合同起始日: day(facts.合同起始日),
    年缴个税分: facts.年缴个税 === undefined ? undefined : Math.round(facts.年缴个税 * 100),
    今天: today,
  });
}

const status = (value: boolean | null): Status => (value === true ? YES : value === false ? NO : UNKNOWN);

function write(result: Result, out: SixAnswer): void {
  out.living = status(result.living);
  out.livingLo = out.livingHi = result.livingFen ?? 0;
  out.home = status(result.home);
  out.homeLo = out.homeHi = result.homeFen ?? 0;
  out.apartment = status(result.apartment);
  out.highEnd = status(result.highEnd);
  out.highEndLo = out.highEndHi = result.highEndFen ?? 0;
  out.tax = status(result.tax);
  out.taxLo = out.taxHi = result.taxFen ?? 0;
  out.planFen = result.planFen ?? 0;
}

function prepareWith(make: (setting: Setting) => (person: Record<string, unknown>) => Result): (setting: Setting) => Prepared {
  return (setting) => {
    const ask = make(setting);
    return prepared<Record<string, unknown>>({ bind: bindWith(feelDate(setting.date)), evaluate: (person, out) => write(ask(person), out) });
  };
}

export const feelin: Engine = {
  id: 'feelin',
  title: 'feelin, FEEL function parsed once',
  package: 'feelin',
  missing: 'the key is left out of the context, which FEEL reads as null; true is yes, false is no, null is unknown',
  agreementPeople: 4000,
  prepare: prepareWith(({ retainedShare }) => {
    const rules = evaluate(`function(p) ${context(retainedShare)}`, {}).value as FeelFunction;
    return (person) => rules.invoke([person]) as Result;
  }),
};

export const feelinEvaluate: Engine = {
  id: 'feelin-evaluate',
  title: 'feelin, evaluate() each time',
  package: 'feelin',
  agreementPeople: 400,
  prepare: prepareWith(({ retainedShare }) => {
    // The person is the context itself: cheaper to parse than paths into one.
    const text = context(retainedShare).replaceAll('p.', '');
    return (person) => evaluate(text, person).value as Result;
  }),
};

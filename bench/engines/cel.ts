// The six benefits as CEL for @bufbuild/cel: named expressions in order, each planned once, a result usable by those after it.
import { celEnv, celFunc, CelScalar, isCelError, listType, parse, plan, type CelInput } from '@bufbuild/cel';
import { addYearsText } from '../calendar.ts';
import { educationLevels, titleLevels, type Person } from '../people.ts';
import { HIGH_END_FEN, HOME_FEN, LIVING_FEN, TAX_CAP_FEN } from '../rules.ts';
import { NO, prepared, UNKNOWN, YES, type Engine, type SixAnswer, type Status } from './engine.ts';

type Bindings = Record<string, CelInput>;

const { BOOL, DOUBLE, STRING, INT } = CelScalar;

const variables = {
  education: DOUBLE,
  fullTime: BOOL,
  classes: listType(STRING),
  graduated: STRING,
  firstJob: BOOL,
  contractStart: STRING,
  contractYears: DOUBLE,
  insured: BOOL,
  inApartment: BOOL,
  boughtOwn: BOOL,
  boughtAt: STRING,
  homes: DOUBLE,
  takesSubsidy: BOOL,
  meetsApartmentRules: BOOL,
  title: DOUBLE,
  licence: BOOL,
  targets: listType(STRING),
  keyPost: BOOL,
  fieldYears: DOUBLE,
  hasAward: BOOL,
  pay: DOUBLE,
  taxPaidFen: DOUBLE,
  employerKind: STRING,
  ownership: STRING,
  employerPlace: STRING,
  aboveSize: BOOL,
  today: STRING,
  hired: BOOL,
  tier: DOUBLE,
  recognised: BOOL,
  livingFen: DOUBLE,
  homeFen: DOUBLE,
  highEndFen: DOUBLE,
  taxFen: DOUBLE,
};

const key = "('985' in classes || '211' in classes)";
const byTier = (fen: readonly number[]): string => `tier == 0.0 ? ${fen[0]}.0 : tier == 1.0 ? ${fen[1]}.0 : tier == 2.0 ? ${fen[2]}.0 : ${fen[3]}.0`;

const texts = (share: number) => ({
  hired: `fullTime && education >= 3.0 && firstJob && insured && contractYears >= 5.0 && aboveSize && employerKind == '企业' && ownership == '民营'
    && employerPlace.startsWith('2202') && contractStart >= '2021-01-01' && contractStart <= plusYears(graduated, 5)`,
  tier: `education >= 4.0 ? (${key} ? 0.0 : 1.0) : education == 3.0 ? ('清华北大' in classes ? 1.0 : ${key} ? 2.0 : 3.0) : 4.0`,
  recognised: `contractYears >= 5.0 && employerPlace.startsWith('2202') && (title >= 3.0 || licence)
    && ('领军人才' in targets || (('创业人才' in targets || '创新人才' in targets) && education >= 4.0 && keyPost)
      || ('复合型人才' in targets && fieldYears >= 3.0))`,
  living: 'hired && !inApartment',
  home: "hired && boughtOwn && boughtAt.startsWith('2202') && plusYears(contractStart, 5) <= today",
  apartment: `hired && education >= 4.0 && ${key} && meetsApartmentRules && homes == 0.0 && !takesSubsidy`,
  highEnd: 'recognised && !hasAward',
  tax: "recognised && employerKind == '企业' && pay >= 150000.0",
  livingFen: byTier(LIVING_FEN),
  homeFen: byTier(HOME_FEN),
  highEndFen: `${HIGH_END_FEN}.0`,
  taxFen: `taxPaidFen * ${share} < ${TAX_CAP_FEN}.0 ? double(int(taxPaidFen * ${share} + 0.5)) : ${TAX_CAP_FEN}.0`,
  plan: '(livingFen > highEndFen ? livingFen : highEndFen) + homeFen + taxFen',
});

/** A fact that is not known has no binding at all. */
function bindWith(today: string) {
  return ({ facts }: Person): Bindings => {
    const employer = facts.用人单位;
    const all: Record<string, CelInput | undefined> = {
      education: facts.学历 && educationLevels.indexOf(facts.学历),
      fullTime: facts.全日制,
      classes: facts.院校类别,
      graduated: facts.毕业日期,
      firstJob: facts.初次就业,
      contractStart: facts.合同起始日,
      contractYears: facts.合同年限,
      insured: facts.缴纳社保,
      inApartment: facts.入住人才公寓,
      boughtOwn: facts.本人名下购房,
      boughtAt: facts.购房地,
      homes: facts.家庭城区住房套数,
      takesSubsidy: facts.享受政策性住房补贴,
      meetsApartmentRules: facts.符合人才公寓办法,
      title: facts.职称 && titleLevels.indexOf(facts.职称),
      licence: facts.国际执业资格,
      targets: facts.人才对象,
      keyPost: facts.关键岗位经历,
      fieldYears: facts.从业年限,
      hasAward: facts.已享国家省引才奖励,
      pay: facts.年薪,
      taxPaidFen: facts.年缴个税 === undefined ? undefined : Math.round(facts.年缴个税 * 100),
      employerKind: employer?.单位类型,
      ownership: employer?.所有制,
      employerPlace: employer?.所在地,
      aboveSize: employer?.规上,
      today,
    };
    const bound: Bindings = {};
    for (const name in all) if (all[name] !== undefined) bound[name] = all[name]!;
    return bound;
  };
}

export const cel: Engine = {
  id: 'cel',
  title: '@bufbuild/cel',
  package: '@bufbuild/cel',
  missing: 'the variable has no value; CEL lets `false && error` be false and `true || error` be true; an error that remains is unknown',
  agreementPeople: 20000,
  prepare({ date, retainedShare }) {
    const env = celEnv({ variables, funcs: [celFunc('plusYears', [STRING, INT], STRING, (from, years) => addYearsText(from, Number(years)))] });
    const text = texts(retainedShare);
    const rule = (name: keyof typeof text) => plan(env, parse(text[name])) as (bindings: Bindings) => unknown;
    const [hired, tier, recognised] = [rule('hired'), rule('tier'), rule('recognised')];
    const [living, home, apartment, highEnd, tax] = [rule('living'), rule('home'), rule('apartment'), rule('highEnd'), rule('tax')];
    const [livingFen, homeFen, highEndFen, taxFen, best] = [rule('livingFen'), rule('homeFen'), rule('highEndFen'), rule('taxFen'), rule('plan')];

    /** Leaves the result for the expressions after it; an error leaves nothing, which is an error again where it is used. */
    const define = (name: string, value: unknown, bindings: Bindings): void => {
      if (isCelError(value)) delete bindings[name];
      else bindings[name] = value as CelInput;
    };
    const status = (value: unknown): Status => (value === true ? YES : value === false ? NO : UNKNOWN);
    const amount = (name: string, of: Status, expression: (bindings: Bindings) => unknown, bindings: Bindings): number => {
      const value = of === YES ? expression(bindings) : 0;
      const fen = isCelError(value) ? 0 : (value as number);
      bindings[name] = fen;
      return fen;
    };
    return prepared<Bindings>({
      bind: bindWith(date),
      evaluate(bindings, out: SixAnswer) {
        define('hired', hired(bindings), bindings);
        define('tier', tier(bindings), bindings);
        define('recognised', recognised(bindings), bindings);
        out.living = status(living(bindings));
        out.home = status(home(bindings));
        out.apartment = status(apartment(bindings));
        out.highEnd = status(highEnd(bindings));
        out.tax = status(tax(bindings));
        out.livingLo = out.livingHi = amount('livingFen', out.living, livingFen, bindings);
        out.homeLo = out.homeHi = amount('homeFen', out.home, homeFen, bindings);
        out.highEndLo = out.highEndHi = amount('highEndFen', out.highEnd, highEndFen, bindings);
        out.taxLo = out.taxHi = amount('taxFen', out.tax, taxFen, bindings);
        out.planFen = best(bindings) as number;
      },
    });
  },
};

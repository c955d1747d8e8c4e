// The six benefits as publicodes rules; one engine, a new situation for each person.
import PublicodesEngine from 'publicodes';
import { addYearsText } from '../calendar.ts';
import { educationLevels, talentTargets, titleLevels, universityClasses, type Person } from '../people.ts';
import { NO, prepared, UNKNOWN, YES, type Engine, type SixAnswer, type Status } from './engine.ts';

type Situation = Record<string, string | number>;

const all = (...conditions: unknown[]) => ({ 'toutes ces conditions': conditions });
const any = (...conditions: unknown[]) => ({ 'une de ces conditions': conditions });
const frenchDate = (iso: string): string => `${iso.slice(8, 10)}/${iso.slice(5, 7)}/${iso.slice(0, 4)}`;

const flags = [
  'full time',
  'first job',
  'insured',
  'in apartment',
  'bought own',
  'takes subsidy',
  'meets apartment rules',
  'licence',
  'key post',
  'has award',
  'above size',
  'enterprise',
  'private',
  'top two',
  'key university',
  'leader',
  'founder or innovator',
  'compound',
];
const numbers = ['education', 'contract years', 'bought prefecture', 'homes', 'title', 'field years', 'employer prefecture'];
const dates = ['contract start', 'graduation plus five years', 'contract plus five years'];

const byTier = (yuan: readonly number[]) => ({
  variations: [...yuan.map((amount, tier) => ({ si: `tier = ${tier}`, alors: `${amount} €` })), { sinon: '0 €' }],
});

function rules(date: string, share: number): Record<string, unknown> {
  const questions = (names: string[], rest: object) => Object.fromEntries(names.map((name) => [name, { question: `${name}?`, ...rest }]));
  return {
    ...questions(flags, { type: 'booléen' }),
    ...questions(numbers, { type: 'nombre' }),
    ...questions(dates, { type: 'date' }),
    ...questions(['pay', 'tax paid'], { unité: '€' }),
    hired: all(
      'full time',
      'education >= 3',
      'contract start <= graduation plus five years',
      'contract start >= 01/01/2021',
      'first job',
      'insured',
      'contract years >= 5',
      'enterprise',
      'private',
      'above size',
      'employer prefecture = 2202',
    ),
    tier: {
      variations: [
        { si: all('education >= 4', 'key university'), alors: 0 },
        { si: any('education >= 4', all('education = 3', 'top two')), alors: 1 },
        { si: all('education = 3', 'key university'), alors: 2 },
        { si: 'education = 3', alors: 3 },
        { sinon: 4 },
      ],
    },
    recognised: all(
      'contract years >= 5',
      'employer prefecture = 2202',
      any('title >= 3', 'licence'),
      any('leader', all('founder or innovator', 'education >= 4', 'key post'), all('compound', 'field years >= 3')),
    ),
    living: all('hired', 'in apartment = non'),
    home: all('hired', `contract plus five years <= ${frenchDate(date)}`, 'bought own', 'bought prefecture = 2202'),
    apartment: all('hired', 'education >= 4', 'key university', 'meets apartment rules', 'homes = 0', 'takes subsidy = non'),
    'high end': all('recognised', 'has award = non'),
    tax: all('recognised', 'enterprise', 'pay >= 150000 €'),
    'living amount': { 'applicable si': 'living', valeur: byTier([120000, 60000, 30000, 18000]) },
    'home amount': { 'applicable si': 'home', valeur: byTier([100000, 50000, 30000, 20000]) },
    'high end amount': { 'applicable si': 'high end', valeur: '200000 €' },
    'tax amount': { 'applicable si': 'tax', valeur: `tax paid * ${share}`, plafond: '200000 €', arrondi: '2 décimales' },
    plan: { somme: [{ 'le maximum de': ['living amount', 'high end amount'] }, 'home amount', 'tax amount'] },
  };
}

/** A fact that is not known is left out of the situation. */
function bind({ facts }: Person): Situation {
  const employer = facts.用人单位;
  const situation: Situation = {};
  const flag = (name: string, value: boolean | undefined): void => {
    if (value !== undefined) situation[name] = value ? 'oui' : 'non';
  };
  const number = (name: string, value: number | undefined): void => {
    if (value !== undefined) situation[name] = value;
  };
  const money = (name: string, value: number | undefined): void => {
    if (value !== undefined) situation[name] = `${value} €`;
  };
  const level = (name: string, levels: string[], value: string | undefined): void => number(name, value === undefined ? undefined : levels.indexOf(value));
  const prefecture = (name: string, code: string | undefined): void => number(name, code === undefined ? undefined : Number(code.slice(0, 4)));
  const has = (name: string, set: string[] | undefined, wanted: string[]): void =>
    flag(
      name,
      set?.some((one) => wanted.includes(one)),
    );
  const day = (name: string, date: string | undefined, years: number): void => {
    if (date !== undefined) situation[name] = frenchDate(addYearsText(date, years));
  };
  level('education', educationLevels, facts.学历);
  level('title', titleLevels, facts.职称);
  flag('full time', facts.全日制);
  flag('first job', facts.初次就业);
  flag('insured', facts.缴纳社保);
  flag('in apartment', facts.入住人才公寓);
  flag('bought own', facts.本人名下购房);
  flag('takes subsidy', facts.享受政策性住房补贴);
  flag('meets apartment rules', facts.符合人才公寓办法);
  flag('licence', facts.国际执业资格);
  flag('key post', facts.关键岗位经历);
  flag('has award', facts.已享国家省引才奖励);
  flag('above size', employer?.规上);
  flag('enterprise', employer?.单位类型 === undefined ? undefined : employer.单位类型 === '企业');
  flag('private', employer?.所有制 === undefined ? undefined : employer.所有制 === '民营');
  has('top two', facts.院校类别, universityClasses.slice(0, 1));
  has('key university', facts.院校类别, universityClasses.slice(1, 3));
  has('leader', facts.人才对象, talentTargets.slice(0, 1));
  has('founder or innovator', facts.人才对象, talentTargets.slice(1, 3));
  has('compound', facts.人才对象, talentTargets.slice(3));
  number('contract years', facts.合同年限);
  number('homes', facts.家庭城区住房套数);
  number('field years', facts.从业年限);
  prefecture('bought prefecture', facts.购房地);
  prefecture('employer prefecture', employer?.所在地);
  money('pay', facts.年薪);
  money('tax paid', facts.年缴个税);
  day('contract start', facts.合同起始日, 0);
  day('contract plus five years', facts.合同起始日, 5);
  day('graduation plus five years', facts.毕业日期, 5);
  return situation;
}

export const publicodes: Engine = {
  id: 'publicodes',
  title: 'publicodes',
  package: 'publicodes',
  missing: 'the rule is left out of the situation; the value of what depends on it is undefined, which is unknown',
  agreementPeople: 1000,
  prepare({ date, retainedShare }) {
    const quiet = { log() {}, warn() {}, error() {} };
    const engine = new PublicodesEngine(rules(date, retainedShare) as ConstructorParameters<typeof PublicodesEngine>[0], { logger: quiet });
    const status = (name: string): Status => {
      const value = engine.evaluate(name).nodeValue;
      return value === undefined ? UNKNOWN : value === true ? YES : NO;
    };
    const amount = (name: string, of: Status): number => {
      if (of !== YES) return 0;
      const yuan = engine.evaluate(name).nodeValue;
      return typeof yuan === 'number' ? Math.round(yuan * 100) : 0;
    };
    return prepared<Situation>({
      bind,
      evaluate(situation, out: SixAnswer) {
        engine.setSituation(situation);
        out.living = status('living');
        out.home = status('home');
        out.apartment = status('apartment');
        out.highEnd = status('high end');
        out.tax = status('tax');
        out.livingLo = out.livingHi = amount('living amount', out.living);
        out.homeLo = out.homeHi = amount('home amount', out.home);
        out.highEndLo = out.highEndHi = amount('high end amount', out.highEnd);
        out.taxLo = out.taxHi = amount('tax amount', out.tax);
        const total = engine.evaluate('plan').nodeValue;
        out.planFen = typeof total === 'number' ? Math.round(total * 100) : 0;
      },
    });
  },
};

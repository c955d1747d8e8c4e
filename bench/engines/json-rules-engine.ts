// The six benefits as JSON rules for json-rules-engine: rules of higher priority leave facts for the rules after them.
import { Engine as RulesEngine, type Almanac, type RuleProperties } from 'json-rules-engine';
import { addYearsText } from '../calendar.ts';
import { educationLevels, titleLevels, type Person } from '../people.ts';
import { HIGH_END_FEN, HOME_FEN, LIVING_FEN, micro, TAX_CAP_FEN, timesMicro } from '../rules.ts';
import { NO, prepared, YES, type Engine, type SixAnswer } from './engine.ts';

type RuntimeFacts = Record<string, unknown>;

const is = (fact: string, value: unknown = true) => ({ fact, operator: 'equal', value });
const isNot = (fact: string, value: unknown = true) => ({ fact, operator: 'notEqual', value });
const atLeast = (fact: string, value: number) => ({ fact, operator: 'greaterThanInclusive', value });
const hasAny = (fact: string, value: string[]) => ({ fact, operator: 'hasAny', value });
const hasNone = (fact: string, value: string[]) => ({ fact, operator: 'hasNone', value });
const within = (fact: string, value: string) => ({ fact, operator: 'startsWith', value });

const BACHELOR = educationLevels.indexOf('本科');
const MASTER = educationLevels.indexOf('硕士研究生');
const DEPUTY_SENIOR = titleLevels.indexOf('副高级');

/** A rule that, where it holds, leaves its parameters as facts for the rules of lower priority. */
function intermediate(priority: number, conditions: RuleProperties['conditions'], facts: Record<string, unknown>): RuleProperties {
  return {
    priority,
    conditions,
    event: { type: 'intermediate', params: facts },
    onSuccess(event, almanac: Almanac) {
      for (const [name, value] of Object.entries(event.params ?? {})) almanac.addFact(name, value);
    },
  };
}

function tierRule(tier: number, conditions: RuleProperties['conditions']): RuleProperties {
  return intermediate(30, conditions, { 档: tier, 生活补贴: LIVING_FEN[tier]!, 购房补贴: HOME_FEN[tier]! });
}

function rules(date: string): RuleProperties[] {
  const key = ['985', '211'];
  const topTwo = ['清华北大'];
  return [
    tierRule(0, { all: [atLeast('学历', MASTER), hasAny('院校类别', key)] }),
    tierRule(1, { any: [{ all: [atLeast('学历', MASTER), hasNone('院校类别', key)] }, { all: [is('学历', BACHELOR), hasAny('院校类别', topTwo)] }] }),
    tierRule(2, { all: [is('学历', BACHELOR), hasAny('院校类别', key), hasNone('院校类别', topTwo)] }),
    tierRule(3, { all: [is('学历', BACHELOR), hasNone('院校类别', [...key, ...topTwo])] }),
    intermediate(
      30,
      {
        all: [
          atLeast('合同年限', 5),
          within('用人单位.所在地', '2202'),
          { any: [atLeast('职称', DEPUTY_SENIOR), is('国际执业资格')] },
          {
            any: [
              hasAny('人才对象', ['领军人才']),
              { all: [hasAny('人才对象', ['创业人才', '创新人才']), atLeast('学历', MASTER), is('关键岗位经历')] },
              { all: [hasAny('人才对象', ['复合型人才']), atLeast('从业年限', 3)] },
            ],
          },
        ],
      },
      { 认定: true },
    ),
    intermediate(
      20,
      {
        all: [
          is('全日制'),
          atLeast('学历', BACHELOR),
          is('初次就业'),
          is('缴纳社保'),
          atLeast('合同年限', 5),
          is('用人单位.规上'),
          is('用人单位.单位类型', '企业'),
          is('用人单位.所有制', '民营'),
          within('用人单位.所在地', '2202'),
          { fact: '合同起始日', operator: 'onOrBefore', value: { fact: '毕业五周年' } },
          { fact: '合同起始日', operator: 'onOrAfter', value: '2021-01-01' },
        ],
      },
      { 引才: true },
    ),
    {
      name: 'living',
      priority: 10,
      conditions: { all: [is('引才'), isNot('入住人才公寓')] },
      event: { type: 'living', params: { fen: { fact: '生活补贴' } } },
    },
    {
      name: 'home',
      priority: 10,
      conditions: { all: [is('引才'), is('本人名下购房'), within('购房地', '2202'), { fact: '合同五周年', operator: 'onOrBefore', value: date }] },
      event: { type: 'home', params: { fen: { fact: '购房补贴' } } },
    },
    {
      name: 'apartment',
      priority: 10,
      conditions: { all: [is('引才'), is('档', 0), is('符合人才公寓办法'), is('家庭城区住房套数', 0), isNot('享受政策性住房补贴')] },
      event: { type: 'apartment' },
    },
    {
      name: 'highEnd',
      priority: 10,
      conditions: { all: [is('认定'), isNot('已享国家省引才奖励')] },
      event: { type: 'highEnd', params: { fen: HIGH_END_FEN } },
    },
    {
      name: 'tax',
      priority: 10,
      conditions: { all: [is('认定'), is('用人单位.单位类型', '企业'), atLeast('年薪', 150000)] },
      event: { type: 'tax', params: { fen: { fact: '个税奖励' } } },
    },
  ];
}

function addComputedFacts(engine: RulesEngine, shareMicro: number): void {
  const fifthAnniversary = (of: string) => async (_: unknown, almanac: Almanac) => {
    const date = await almanac.factValue<string | undefined>(of);
    return date === undefined ? undefined : addYearsText(date, 5);
  };
  engine.addFact('毕业五周年', fifthAnniversary('毕业日期'));
  engine.addFact('合同五周年', fifthAnniversary('合同起始日'));
  engine.addFact('个税奖励', async (_, almanac) => {
    const yuan = await almanac.factValue<number | undefined>('年缴个税');
    return yuan === undefined ? undefined : Math.min(timesMicro(Math.round(yuan * 100), shareMicro), TAX_CAP_FEN);
  });
}

function bind({ facts }: Person): RuntimeFacts {
  const bound: RuntimeFacts = {};
  for (const [name, value] of Object.entries(facts)) {
    if (name === '用人单位') for (const [inner, of] of Object.entries(value)) bound[`用人单位.${inner}`] = of;
    else bound[name] = value;
  }
  if (facts.学历 !== undefined) bound.学历 = educationLevels.indexOf(facts.学历);
  if (facts.职称 !== undefined) bound.职称 = titleLevels.indexOf(facts.职称);
  return bound;
}

const isText = (value: unknown): boolean => typeof value === 'string';

export const jsonRulesEngine: Engine = {
  id: 'json-rules-engine',
  title: 'json-rules-engine',
  package: 'json-rules-engine',
  missing: 'the fact is left out, with `allowUndefinedFacts`; a rule fires (yes) or does not (no), there is no third outcome',
  inFlight: 1,
  agreementPeople: 4000,
  prepare({ date, retainedShare }) {
    const engine = new RulesEngine(rules(date), { allowUndefinedFacts: true, replaceFactsInEventParams: true });
    engine.addOperator<string, string>('startsWith', (value, prefix) => isText(value) && value.startsWith(prefix));
    engine.addOperator<string, string>('onOrBefore', (value, bound) => isText(value) && isText(bound) && value <= bound);
    engine.addOperator<string, string>('onOrAfter', (value, bound) => isText(value) && value >= bound);
    engine.addOperator<string[], string[]>('hasAny', (values, wanted) => Array.isArray(values) && wanted.some((one) => values.includes(one)));
    engine.addOperator<string[], string[]>('hasNone', (values, wanted) => Array.isArray(values) && !wanted.some((one) => values.includes(one)));
    addComputedFacts(engine, micro(retainedShare));
    return prepared<RuntimeFacts>({
      bind,
      async evaluate(facts, out) {
        const { events } = await engine.run(facts);
        write(events, out);
      },
    });
  },
};

function write(events: { type: string; params?: Record<string, unknown> }[], out: SixAnswer): void {
  out.living = out.home = out.apartment = out.highEnd = out.tax = NO;
  out.livingLo = out.homeLo = out.highEndLo = out.taxLo = 0;
  for (const { type, params } of events) {
    const fen = (params?.fen as number | undefined) ?? 0;
    if (type === 'living') {
      out.living = YES;
      out.livingLo = fen;
    } else if (type === 'home') {
      out.home = YES;
      out.homeLo = fen;
    } else if (type === 'apartment') {
      out.apartment = YES;
    } else if (type === 'highEnd') {
      out.highEnd = YES;
      out.highEndLo = fen;
    } else if (type === 'tax') {
      out.tax = YES;
      out.taxLo = fen;
    }
  }
  out.livingHi = out.livingLo;
  out.homeHi = out.homeLo;
  out.highEndHi = out.highEndLo;
  out.taxHi = out.taxLo;
  // The engine has no way to say "the best of these": its users do it in their own code, over the events.
  out.planFen = Math.max(out.livingLo, out.highEndLo) + out.homeLo + out.taxLo;
}

// The six benefits as one JSON decision model for the ZEN engine: decision tables for conditions and amounts, expressions for the plan.
import { ZenDecisionContent, ZenEngine } from '@gorules/zen-engine';
import { educationLevels, titleLevels, type Person } from '../people.ts';
import { HIGH_END_FEN, HOME_FEN, LIVING_FEN } from '../rules.ts';
import { NO, prepared, YES, type Engine, type Prepared, type Setting, type SixAnswer } from './engine.ts';

type Row = Record<string, string>;

interface Node {
  id: string;
  type: string;
  name: string;
  content: unknown;
}

/** A first-hit table: columns of conditions by the expression that they test, then one output column. */
function table(id: string, inputs: Record<string, string>, output: string, rows: Row[]): Node {
  return {
    id,
    type: 'decisionTableNode',
    name: id,
    content: {
      hitPolicy: 'first',
      passThrough: true,
      inputField: null,
      outputPath: null,
      executionMode: 'single',
      inputs: Object.entries(inputs).map(([key, field]) => ({ id: key, name: key, field })),
      outputs: [{ id: 'out', name: output, field: output }],
      // An empty cell asks nothing.
      rules: rows.map((row, index) => ({ _id: `${id}-${index}`, ...Object.fromEntries(Object.keys(inputs).map((key) => [key, ''])), ...row })),
    },
  };
}

function expressions(id: string, list: Record<string, string>): Node {
  return {
    id,
    type: 'expressionNode',
    name: id,
    content: {
      // The answer alone goes back, not the person besides.
      passThrough: false,
      inputField: null,
      outputPath: null,
      executionMode: 'single',
      expressions: Object.entries(list).map(([key, value]) => ({ id: `${id}-${key}`, key, value })),
    },
  };
}

const key = "some($, # in ['985', '211'])";
const notKey = `not (${key})`;
const topTwo = "some($, # == '清华北大')";
const inCity = "startsWith($, '2202')";
const bothEnds = (nodes: Node[]): Node[] => [
  { id: 'request', type: 'inputNode', name: 'request', content: {} },
  ...nodes,
  { id: 'response', type: 'outputNode', name: 'response', content: {} },
];

/** One node after the other. */
function chain(nodes: Node[]): object {
  const all = bothEnds(nodes);
  return { nodes: all, edges: all.slice(1).map((node, index) => ({ id: `edge-${index}`, type: 'edge', sourceId: all[index]!.id, targetId: node.id })) };
}

function amountRows(fen: readonly number[], conditions: Row): Row[] {
  return [...fen.map((amount, tier) => ({ ...conditions, tier: `${tier}`, out: `${amount}` })), { out: '0' }];
}

function tables(date: string, share: number): object {
  return chain([
    table(
      'hired',
      {
        fullTime: 'fullTime',
        education: 'education',
        firstJob: 'firstJob',
        insured: 'insured',
        years: 'contractYears',
        size: 'employer.aboveSize',
        kind: 'employer.kind',
        ownership: 'employer.ownership',
        place: 'employer.place',
        start: "d(contractStart).isSameOrAfter('2021-01-01')",
        withinFive: "d(contractStart).isSameOrBefore(d(graduated).add(60, 'months'))",
      },
      'hired',
      [
        {
          fullTime: 'true',
          education: '>= 3',
          firstJob: 'true',
          insured: 'true',
          years: '>= 5',
          size: 'true',
          kind: "'企业'",
          ownership: "'民营'",
          place: inCity,
          start: 'true',
          withinFive: 'true',
          out: 'true',
        },
        { out: 'false' },
      ],
    ),
    table('tier', { education: 'education', classes: 'classes' }, 'tier', [
      { education: '>= 4', classes: key, out: '0' },
      { education: '>= 4', classes: notKey, out: '1' },
      { education: '3', classes: topTwo, out: '1' },
      { education: '3', classes: key, out: '2' },
      { education: '3', classes: notKey, out: '3' },
      { out: '4' },
    ]),
    table(
      'recognised',
      {
        years: 'contractYears',
        place: 'employer.place',
        title: 'title',
        licence: 'licence',
        targets: 'targets',
        education: 'education',
        keyPost: 'keyPost',
        fieldYears: 'fieldYears',
      },
      'recognised',
      [
        ...[{ title: '>= 3' }, { licence: 'true' }].flatMap((standing): Row[] => [
          { years: '>= 5', place: inCity, ...standing, targets: "some($, # == '领军人才')", out: 'true' },
          { years: '>= 5', place: inCity, ...standing, targets: "some($, # in ['创业人才', '创新人才'])", education: '>= 4', keyPost: 'true', out: 'true' },
          { years: '>= 5', place: inCity, ...standing, targets: "some($, # == '复合型人才')", fieldYears: '>= 3', out: 'true' },
        ]),
        { out: 'false' },
      ],
    ),
    table('living', { hired: 'hired', inApartment: 'inApartment', tier: 'tier' }, 'living', amountRows(LIVING_FEN, { hired: 'true', inApartment: 'false' })),
    table(
      'home',
      {
        hired: 'hired',
        bought: 'boughtOwn',
        place: 'boughtAt',
        tier: 'tier',
        served: `d(contractStart).add(60, 'months').isSameOrBefore('${date}')`,
      },
      'home',
      amountRows(HOME_FEN, { hired: 'true', bought: 'true', place: inCity, served: 'true' }),
    ),
    table('apartment', { hired: 'hired', tier: 'tier', meets: 'meetsApartmentRules', homes: 'homes', subsidy: 'takesSubsidy' }, 'apartment', [
      { hired: 'true', tier: '0', meets: 'true', homes: '0', subsidy: 'false', out: 'true' },
      { out: 'false' },
    ]),
    table('highEnd', { recognised: 'recognised', award: 'hasAward' }, 'highEnd', [
      { recognised: 'true', award: 'false', out: `${HIGH_END_FEN}` },
      { out: '0' },
    ]),
    table('taxDue', { recognised: 'recognised', kind: 'employer.kind', pay: 'pay' }, 'taxDue', [
      { recognised: 'true', kind: "'企业'", pay: '>= 150000', out: 'true' },
      { out: 'false' },
    ]),
    expressions('plan', {
      living: 'living',
      home: 'home',
      apartment: 'apartment',
      highEnd: 'highEnd',
      taxDue: 'taxDue',
      tax: `taxDue and taxPaid != null ? floor(min([taxPaid * ${share}, 200000]) * 100 + 0.5) : 0`,
      plan: 'max([living, highEnd]) + home + $.tax',
    }),
  ]);
}

/** The same in one node of expressions: faster, but an expression that meets a missing fact fails, and the decision with it. */
function oneNode(date: string, share: number): object {
  const has = (list: string, value: string): string => `some(${list}, # == '${value}')`;
  const keyUniversity = "some(classes, # in ['985', '211'])";
  const byTier = (fen: readonly number[]): string => `[${fen.join(', ')}][$.tier]`;
  return chain([
    expressions('all', {
      hired: `fullTime and education >= 3 and firstJob and insured and contractYears >= 5 and employer.aboveSize and employer.kind == '企业'
      and employer.ownership == '民营' and startsWith(employer.place, '2202')
      and d(contractStart).isSameOrAfter('2021-01-01') and d(contractStart).isSameOrBefore(d(graduated).add(60, 'months'))`,
      tier: `education >= 4 ? (${keyUniversity} ? 0 : 1) : (education == 3 ? (${has('classes', '清华北大')} ? 1 : (${keyUniversity} ? 2 : 3)) : 4)`,
      recognised: `contractYears >= 5 and startsWith(employer.place, '2202') and (title >= 3 or licence) and (${has('targets', '领军人才')}
      or (some(targets, # in ['创业人才', '创新人才']) and education >= 4 and keyPost) or (${has('targets', '复合型人才')} and fieldYears >= 3))`,
      isLiving: '$.hired and not inApartment',
      isHome: `$.hired and boughtOwn and startsWith(boughtAt, '2202') and d(contractStart).add(60, 'months').isSameOrBefore('${date}')`,
      apartment: '$.hired and $.tier == 0 and meetsApartmentRules and homes == 0 and not takesSubsidy',
      isHighEnd: '$.recognised and not hasAward',
      taxDue: "$.recognised and employer.kind == '企业' and pay >= 150000",
      living: `$.isLiving ? ${byTier(LIVING_FEN)} : 0`,
      home: `$.isHome ? ${byTier(HOME_FEN)} : 0`,
      highEnd: `$.isHighEnd ? ${HIGH_END_FEN} : 0`,
      tax: `$.taxDue ? floor(min([taxPaid * ${share}, 200000]) * 100 + 0.5) : 0`,
      plan: 'max([$.living, $.highEnd]) + $.home + $.tax',
    }),
  ]);
}

const position = (levels: string[], value: string | undefined): number | undefined => (value === undefined ? undefined : levels.indexOf(value));

/** Names in ASCII: the expression language has no other identifiers. */
function bind({ facts }: Person): object {
  const employer = facts.用人单位;
  return {
    education: position(educationLevels, facts.学历),
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
    title: position(titleLevels, facts.职称),
    licence: facts.国际执业资格,
    targets: facts.人才对象,
    keyPost: facts.关键岗位经历,
    fieldYears: facts.从业年限,
    hasAward: facts.已享国家省引才奖励,
    pay: facts.年薪,
    taxPaid: facts.年缴个税,
    employer: { kind: employer?.单位类型, ownership: employer?.所有制, place: employer?.所在地, aboveSize: employer?.规上 },
  };
}

interface Result {
  living: number;
  home: number;
  apartment: boolean;
  highEnd: number;
  taxDue: boolean;
  tax: number;
  plan: number;
}

function write(result: Result, out: SixAnswer): void {
  out.living = result.living > 0 ? YES : NO;
  out.livingLo = out.livingHi = result.living;
  out.home = result.home > 0 ? YES : NO;
  out.homeLo = out.homeHi = result.home;
  out.apartment = result.apartment ? YES : NO;
  out.highEnd = result.highEnd > 0 ? YES : NO;
  out.highEndLo = out.highEndHi = result.highEnd;
  out.tax = result.taxDue ? YES : NO;
  out.taxLo = out.taxHi = result.tax;
  out.planFen = result.plan;
}

function prepareWith(model: (date: string, share: number) => object): (setting: Setting) => Prepared {
  return ({ date, retainedShare }) => {
    const decision = new ZenEngine().createDecision(new ZenDecisionContent(model(date, retainedShare)));
    return prepared<object>({
      bind,
      async evaluate(context, out) {
        const { result } = await decision.evaluate(context);
        write(result as Result, out);
      },
    });
  };
}

export const zen: Engine = {
  id: 'zen',
  title: 'ZEN engine, decision tables',
  package: '@gorules/zen-engine',
  missing: 'the key is left out of the context; a cell that tests it does not match, so the table falls to its last row, which says no',
  inFlight: 32,
  agreementPeople: 10000,
  prepare: prepareWith(tables),
};

export const zenExpressions: Engine = {
  id: 'zen-expressions',
  title: 'ZEN engine, one expression node',
  package: '@gorules/zen-engine',
  missing: 'the key is left out of the context; comparing it is an error of the whole decision, so there is no answer at all',
  inFlight: 32,
  agreementPeople: 10000,
  prepare: prepareWith(oneNode),
};

// Makes random well-typed policies in the intermediate form, and random bound subjects, so that back ends can be compared.
import type { Subject } from '../../src/policy/bind.ts';
import { addDays, wholeYears } from '../../src/policy/calendar.ts';
import type { Setting } from '../../src/policy/interpret.ts';
import type {
  AmountRule, PlainAmountRule, Benefit, Condition, Definition, Fact, FactOrigin, Matter, Parameter, Policy, Reading, Relation, Row, Value, ValueType, Vocabulary, Words,
} from '../../src/policy/model.ts';
import { openReference, type ReferenceData } from '../../src/policy/reference.ts';
import { ABSENT, FALSE, TRUE } from '../../src/policy/values.ts';

/** A small seeded source of chance; the same seed gives the same policies everywhere. */
export interface Chance {
  /** A whole number from 0 up to, not including, `count`. */
  below(count: number): number;
  pick<T>(items: readonly T[]): T;
  /** True once in `times`. */
  once(times: number): boolean;
}

/** Chance by the mulberry32 generator. */
export function chanceOf(seed: number): Chance {
  let state = seed >>> 0;
  const below = (count: number): number => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return Math.floor((((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296) * count);
  };
  return {
    below,
    pick(items) {
      if (items.length === 0) throw new Error('nothing to pick from');
      return items[below(items.length)] as (typeof items)[number];
    },
    once: (times) => below(times) === 0,
  };
}

const levels = ['无', 'E', 'D', 'C', 'B', 'A'];
const degrees = ['初中及以下', '高中', '专科', '本科', '硕士研究生', '博士研究生'];
const classes = ['清华北大', '985', '211', '双一流'];

type FactLine = readonly [name: string, type: ValueType, from: FactOrigin, more?: Partial<Fact>];

// More than 31 facts, with a derived fact far from its base, so that masks of missing facts need two words.
const factLines: readonly FactLine[] = [
  ['出生日期', 'date', '共享'],
  ['年龄', 'years', '推算', { of: 0, by: 'whole-years' }],
  ['户籍地', 'place', '共享'],
  ['亲属常驻地', 'places', '申报'],
  ['学历', 'level', '共享', { values: degrees }],
  ['全日制', 'flag', '共享'],
  ['毕业院校', 'text', '共享'],
  ['院校类别', 'kinds', '推算', { of: 6, by: 'university', values: classes }],
  ['毕业日期', 'date', '共享'],
  ['毕业年限', 'years', '推算', { of: 8, by: 'whole-years' }],
  ['应届', 'flag', '申报'],
  ['入职日期', 'date', '材料'],
  ['合同年限', 'years', '材料'],
  ['年薪', 'money', '材料'],
  ['年缴个税', 'money', '共享'],
  ['人才类别', 'level', '认定', { values: levels }],
  ['称号', 'kinds', '认定', { values: ['工匠', '能手', '英才'] }],
  ['在岗', 'flag', '认定'],
  ['国籍', 'kind', '共享', { values: ['中国', '外国'] }],
  ['住房套数', 'number', '共享'],
  ['持股比例', 'share', '申报'],
  ['职称名称', 'text', '材料'],
  ['评审认可', 'flag', '认定'],
  ['评审日期', 'date', '认定'],
  ['奖金', 'money', '认定'],
  ['实习天数', 'number', '申报'],
  ['有住房', 'flag', '共享'],
  ['缴纳社保', 'flag', '共享'],
  ['首次就业', 'flag', '共享'],
  ['技能等级', 'level', '共享', { values: levels }],
  ['籍贯', 'place', '申报'],
  ['用人单位.单位类型', 'kind', '共享', { values: ['无', '企业', '事业单位', '社会组织'], employer: true }],
  ['用人单位.所在地', 'place', '共享', { employer: true }],
  ['用人单位.规上', 'flag', '共享', { employer: true }],
  ['用人单位.成立日期', 'date', '共享', { employer: true }],
  ['用人单位.成立年限', 'years', '推算', { of: 34, by: 'whole-years', employer: true }],
  ['用人单位.营业收入', 'money', '材料', { employer: true }],
  ['用人单位.称号', 'kinds', '认定', { values: ['独角兽', '瞪羚'], employer: true }],
  ['已履行年限', 'years', '推算', { of: 11, by: 'whole-years' }],
];

/** A vocabulary for persons with every type of fact, employer facts and both kinds of derived facts. */
export const testVocabulary: Vocabulary = {
  subject: 'person',
  employerKindSlot: 31,
  facts: factLines.map(([name, type, from, more], slot) => ({ name, slot, type, from, en: `fact ${slot}`, ...more })),
};

/** A handful of places of three levels and of universities. */
export const testReferenceData: ReferenceData = {
  places: [220000, 220100, 220102, 220200, 220202, 220203, 220221, 220299, 110000, 110105],
  placeNames: ['吉林省', '长春市', '南关区', '吉林市', '昌邑区', '龙潭区', '永吉县', '开发区', '北京市', '朝阳区'],
  retiredPlaces: [[220210, 220202]],
  universities: [['清华大学', 15], ['吉林大学', 14], ['东北师范大学', 12], ['北华大学', 0]],
  universityClasses: classes,
};

/** Texts that random policies compare with, numbered as binding wants them. */
export const testLiterals: ReadonlyMap<string, number> = new Map(['主任医师', '清华大学', '工程师', '吉林大学'].map((text, i) => [text, i + 1]));

/** The date that random settings ask about. */
export const testDate = 20260630;

const texts = [...testLiterals.keys(), '北华大学', '东北师范大学', '无名学校'];
const dates = [19600229, 19800229, 19910630, 19910701, 20000229, 20200229, 20210630, 20210701, 20230228, 20231031, 20240229, 20251231, 20260630, 20260701];
const money = [0, 1, 99, 100, 333, 5_000_000, 12_000_000, 30_000_000, 999_999_999, 100_000_000_000];
const years = [0, 0.5, 1, 2, 3, 5, 10, 35, 45];
const numbers = [0, 1, 333_333, 1_000_000, 1_500_000, 2_000_000, 9_000_000];
const shares = [0, 50_000, 100_000, 333_333, 500_000, 1_000_000];
const places = testReferenceData.places;
const relations: readonly Relation[] = ['=', '≠', '<', '≤', '>', '≥'];

/** Types whose values random expressions compute with. */
type Computed = 'money' | 'number' | 'share' | 'years' | 'date';
const computed: readonly Computed[] = ['money', 'number', 'share', 'years', 'date'];
const pools: Readonly<Record<Computed, readonly number[]>> = { money, number: numbers, share: shares, years, date: dates };

function words(zh: string): Words {
  return { zh, en: `en ${zh}` };
}

function slotsOf(type: ValueType): readonly number[] {
  return testVocabulary.facts.filter((fact) => fact.type === type).map((fact) => fact.slot);
}

function valueCount(slot: number): number {
  return testVocabulary.facts[slot]?.values?.length ?? 1;
}

/** Writes one random policy; what it has defined so far can be referred to. */
class PolicyWriter {
  readonly chance: Chance;
  readonly parameters: Parameter[] = [];
  readonly readings: Reading[] = [];
  readonly definitions: Definition[] = [];

  constructor(chance: Chance) {
    this.chance = chance;
    const each = chance.once(20) ? 5 : 1;
    for (const type of [...computed, 'months', 'days'] as const) {
      for (let i = 1; i <= each; i++) {
        const value = type === 'months' || type === 'days' ? chance.below(40) : chance.pick(pools[type]);
        // A span that moves a date is whole.
        const whole = type === 'years' ? Math.floor(value) : value;
        this.parameters.push({ name: `参数${type}${i}`, type, value: chance.once(3) ? null : whole, words: words('参数'), clause: '一', setBy: '办公室' });
      }
    }
    for (let i = 0; i < 2; i++) {
      const alternatives = Array.from({ length: 2 + chance.below(2) }, (_, at) => ({ name: `甲乙丙`.charAt(at), words: words('解读') }));
      this.readings.push({ name: `问题${i}`, question: words('问题'), clause: '二', alternatives, inForce: chance.below(alternatives.length) });
    }
    for (let i = chance.below(6); i > 0; i--) this.define(`定义${i}`);
  }

  private define(name: string): void {
    const { chance } = this;
    if (chance.once(2)) this.definitions.push({ name, note: {}, condition: this.condition(2) });
    else {
      const type = chance.pick(computed);
      this.definitions.push({ name, note: {}, value: this.value(type, 2), type });
    }
  }

  /** A condition at most `depth` levels deep. */
  condition(depth: number): Condition {
    const { chance } = this;
    if (depth <= 0 || chance.once(3)) return this.leaf(depth);
    switch (chance.below(6)) {
      case 0:
      case 1:
      case 2:
        return { op: chance.pick(['all', 'any'] as const), items: Array.from({ length: chance.below(5) }, () => this.condition(depth - 1)) };
      case 3:
        return { op: 'not', item: this.condition(depth - 1) };
      case 4:
        return { op: 'employed', item: this.condition(depth - 1) };
      default: {
        const reading = chance.pick(this.readings);
        return { op: 'reading', reading: reading.name, branches: reading.alternatives.map(() => this.condition(depth - 1)) };
      }
    }
  }

  private leaf(depth: number): Condition {
    const { chance } = this;
    switch (chance.below(12)) {
      case 0:
      case 1:
        return { op: 'flag', slot: chance.pick(slotsOf('flag')) };
      case 2: {
        const slot = chance.pick(slotsOf('kinds'));
        return { op: 'has', slot, mask: 1 + chance.below((1 << valueCount(slot)) - 1) };
      }
      case 3:
        return { op: 'within', slot: chance.pick(slotsOf('place')), place: chance.pick(places), many: false };
      case 4:
        return { op: 'within', slot: chance.pick(slotsOf('places')), place: chance.pick(places), many: true };
      case 5: {
        const slot = chance.pick([...slotsOf('level'), ...slotsOf('kind')]);
        const right = Array.from({ length: 1 + chance.below(3) }, (): Value => ({ op: 'constant', value: chance.below(valueCount(slot)) }));
        return { op: 'among', left: { op: 'fact', slot }, right };
      }
      case 6: {
        const slot = chance.pick(slotsOf('text'));
        const literal = (): Value => ({ op: 'literal', text: chance.pick([...testLiterals.keys()]) });
        if (chance.once(2)) return { op: 'among', left: { op: 'fact', slot }, right: [literal(), literal()] };
        return { op: 'compare', relation: chance.pick(['=', '≠'] as const), left: { op: 'fact', slot }, right: literal() };
      }
      case 7: {
        const slot = chance.pick(slotsOf('level'));
        return { op: 'compare', relation: chance.pick(relations), left: { op: 'fact', slot }, right: { op: 'constant', value: chance.below(valueCount(slot)) } };
      }
      case 8: {
        const defined = this.definitions.filter((definition) => 'condition' in definition);
        if (defined.length > 0) return { op: 'defined', definition: chance.pick(defined).name };
        return { op: 'always', value: chance.once(2) };
      }
      case 9: {
        const reading = chance.pick(this.readings);
        const value = chance.below(reading.alternatives.length);
        return { op: 'compare', relation: chance.pick(['=', '≠'] as const), left: { op: 'chosen', reading: reading.name }, right: { op: 'constant', value } };
      }
      default: {
        const type = chance.pick(computed);
        return { op: 'compare', relation: chance.pick(relations), left: this.value(type, depth), right: this.value(type, depth - 1) };
      }
    }
  }

  /** A value of a type, at most `depth` levels deep. */
  value(type: Computed, depth: number): Value {
    const { chance } = this;
    if (depth <= 0 || chance.once(3)) return this.atom(type);
    const items = (): Value[] => Array.from({ length: 1 + chance.below(3) }, () => this.value(type, depth - 1));
    switch (chance.below(5)) {
      case 0: {
        const rows = Array.from({ length: 1 + chance.below(3) }, (): Row => ({ when: this.condition(depth - 1), then: this.value(type, depth - 1) }));
        // A date that no row gives would be the year 0, which has no anniversaries.
        return { op: 'choose', rows, ...(type !== 'date' && chance.once(3) ? {} : { otherwise: this.value(type, depth - 1) }) };
      }
      case 1:
        return { op: chance.pick(['least', 'greatest'] as const), items: items() };
      case 2: {
        if (type === 'date') return this.shifted(depth);
        const defined = this.definitions.filter((definition) => 'value' in definition && definition.type === type);
        return defined.length > 0 ? { op: 'defined', definition: chance.pick(defined).name } : { op: 'sum', items: items() };
      }
      case 3:
        if (type === 'date') return this.shifted(depth);
        if (type === 'years') return { op: 'elapsed', from: this.value('date', depth - 1), to: this.value('date', depth - 1) };
        // Factors hold no product, so that no product leaves the exact range of a double.
        return { op: 'times', left: this.factor(type), right: this.factor(chance.pick(['share', 'number'] as const)) };
      default:
        if (type === 'date') return this.shifted(depth);
        return { op: 'above', left: this.value(type, depth - 1), right: this.value(type, depth - 1) };
    }
  }

  private shifted(depth: number): Value {
    const { chance } = this;
    const unit = chance.pick(['years', 'months', 'days'] as const);
    const by: Value = chance.once(4) ? { op: 'parameter', parameter: this.parameterOf(unit) } : { op: 'constant', value: chance.below(unit === 'years' ? 61 : 400) };
    return { op: 'shift', date: this.value('date', depth - 1), unit, by, sign: chance.once(2) ? 1 : -1 };
  }

  private factor(type: Computed): Value {
    const first = this.atom(type);
    return this.chance.once(2) ? first : { op: this.chance.pick(['least', 'greatest'] as const), items: [first, this.atom(type)] };
  }

  private atom(type: Computed): Value {
    const { chance } = this;
    switch (chance.below(6)) {
      case 0:
      case 1:
        return { op: 'constant', value: chance.pick(pools[type]) };
      case 2:
        return type === 'date' ? { op: 'today' } : { op: 'parameter', parameter: this.parameterOf(type) };
      default:
        return { op: 'fact', slot: chance.pick(slotsOf(type)) };
    }
  }

  private parameterOf(type: ValueType): string {
    return this.chance.pick(this.parameters.filter((parameter) => parameter.type === type)).name;
  }

  amount(): AmountRule {
    const { chance } = this;
    if (!chance.once(6)) return this.plainAmount();
    const { name, alternatives } = chance.pick(this.readings);
    return { kind: 'byReading', reading: name, rules: alternatives.map(() => this.plainAmount()) };
  }

  private plainAmount(): PlainAmountRule {
    const { chance } = this;
    switch (chance.below(10)) {
      case 0:
        return { kind: 'upTo', value: this.value('money', 2) };
      case 1:
        return { kind: 'atLeast', value: this.value('money', 2) };
      case 2:
        return { kind: 'range', from: this.value('money', 1), to: this.value('money', 2) };
      case 3:
        return { kind: 'share', micro: chance.pick(shares) };
      case 4:
        return chance.once(2) ? { kind: 'unstated' } : { kind: 'none' };
      default:
        return { kind: 'exact', value: this.value('money', 3) };
    }
  }
}

/** A random policy; the same seed gives the same policy. */
export function randomPolicy(seed: number): Policy {
  const chance = chanceOf(seed);
  const writer = new PolicyWriter(chance);
  const benefits = Array.from({ length: 1 + chance.below(6) }, (_, i): Benefit => ({
    id: `benefit-${i + 1}`,
    title: words(`待遇${i + 1}`),
    kind: chance.pick(['grant', 'loan', 'right', 'award', 'recruitment'] as const),
    subject: 'person',
    clause: '三',
    also: [],
    condition: writer.condition(3),
    amount: writer.amount(),
    ...(chance.once(4) ? { per: chance.pick(['month', 'year', 'person', 'project'] as const) } : {}),
    ...(chance.once(4) ? { schedule: { count: 1 + chance.below(5), months: chance.pick([1, 6, 12]), start: chance.pick(slotsOf('date')) } } : {}),
    funds: [{ fund: '市级', micro: 600_000 }, { fund: '区级', micro: 400_000 }],
    reviewed: chance.once(4),
    lead: '人社局',
    support: [],
    evidence: [],
    readings: [],
    file: `benefit-${i + 1}.yaml`,
  }));
  const matters: Matter[] = benefits.length < 2 ? [] : [{ name: '同一事项', words: words('同一事项'), clause: '四', benefits: benefits.slice(0, 2).map(({ id }) => id) }];
  const { parameters, readings, definitions } = writer;
  return { id: `policy-${seed}`, city: 'test-city', title: words('政策'), short: words('政策'), from: 20210101, supersedes: [], parameters, readings, definitions, matters, benefits, goals: [], duties: [], narratives: [], procedures: [], clauses: [] };
}

/** A random setting of a policy's parameters and readings; every third parameter is not set. */
export function randomSetting(seed: number, policy: Policy): Setting {
  const chance = chanceOf(seed);
  return {
    date: testDate,
    parameters: new Map(policy.parameters.map(({ name, value }) => [name, chance.once(3) ? null : value])),
    readings: new Map(policy.readings.map(({ name, alternatives }) => [name, chance.below(alternatives.length)])),
  };
}

const reference = openReference(testReferenceData);

/** A random subject as binding would lay it out; values lie on, just below and just above the constants of policies. */
export function randomSubject(seed: number): Subject {
  const chance = chanceOf(seed);
  const { facts } = testVocabulary;
  const subject: Subject = {
    id: `subject-${seed}`,
    kind: 'person',
    slots: new Float64Array(facts.length).fill(ABSENT),
    places: [],
    texts: [],
    derived: new Uint8Array(facts.length),
  };
  const gaps = chance.pick([2, 4, 20]);
  for (const fact of facts) {
    if (chance.once(gaps) || (fact.of !== undefined && !chance.once(4))) continue;
    subject.slots[fact.slot] = randomFact(fact, subject, chance);
  }
  for (const fact of facts) {
    const base = fact.of === undefined ? ABSENT : (subject.slots[fact.of] ?? ABSENT);
    if (fact.of === undefined || base === ABSENT || subject.slots[fact.slot] !== ABSENT) continue;
    subject.slots[fact.slot] = fact.by === 'university' ? reference.universityClasses(subject.texts[fact.of] ?? '') : wholeYears(base, testDate);
    subject.derived[fact.slot] = 1;
  }
  return subject;
}

function randomFact(fact: Fact, subject: Subject, chance: Chance): number {
  switch (fact.type) {
    case 'flag':
      return chance.once(2) ? TRUE : FALSE;
    case 'date':
      return addDays(chance.pick(dates), chance.below(3) - 1);
    case 'years':
      return Math.max(0, chance.pick(years) + chance.pick([-0.5, 0, 0, 1]));
    case 'money':
    case 'number':
    case 'share':
      return Math.max(0, chance.pick(pools[fact.type]) + chance.pick([-1, 0, 0, 1]));
    case 'kinds':
      return chance.below(1 << valueCount(fact.slot));
    case 'place':
      return chance.pick(places);
    case 'places': {
      const codes = Array.from({ length: chance.below(3) }, () => chance.pick(places));
      subject.places[fact.slot] = codes;
      return codes.length;
    }
    case 'text': {
      const text = chance.pick(texts);
      subject.texts[fact.slot] = text;
      return testLiterals.get(text) ?? 0;
    }
    default:
      return chance.below(valueCount(fact.slot));
  }
}

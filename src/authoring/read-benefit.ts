// Reads one benefit's file: who, what, how much, when, who pays, under which clause, and the cases beside the rule.

import type { AmountRule, Benefit, BenefitKind, FundShare, Per, PlainAmountRule, Schedule, ServiceFacts, SubjectKind, Value } from '../policy/model.ts';
import { nearest } from '../policy/problems.ts';
import { MICRO } from '../policy/values.ts';
import type { TypedValue } from './check-expression.ts';
import type { Diagnostics, Place } from './diagnostics.ts';
import { Fields } from './fields.ts';
import { type CaseSource, readCases, subjects } from './read-cases.ts';
import { type City, checkDepartment, reportEnd } from './read-city.ts';
import { asksNothing, type Reader, readAlso, readClause, readValue, readWholeCondition, reportType } from './read-condition.ts';
import { readUnder } from './read-under.ts';
import type { Part, YamlFile } from './yaml-source.ts';

const kinds: Readonly<Record<string, BenefitKind>> = { 补助: 'grant', 贷款: 'loan', 权益: 'right', 评选: 'award', 招录: 'recruitment' };
const pers: Readonly<Record<string, Per>> = { 月: 'month', 年: 'year', 人: 'person', 项目: 'project' };
/** The longest span that a policy states: a hundred years. */
const MAX_MONTHS = 1200;
const benefitKeys = ['名称', '英文', '种类', '对象', '条款', '又见', '施行', '截止', '牵头', '配合', '条件', '金额', '合计上限', '期限', '支付', '资金', '名额', '评定', '办理', '事项', '材料', '解读', '备注', '英文备注', '用例'];

/** A benefit for one kind of subject, with the places that other tools show, and its cases. */
export interface BenefitSource {
  readonly benefit: Benefit;
  readonly cases: readonly CaseSource[];
  readonly places: { readonly rule: Place; readonly condition: Place; readonly amount: Place; readonly payment: Place; readonly funds: Place; readonly cases: Place };
}

/** What reading a benefit needs from its policy. */
export interface BenefitContext {
  readonly city: City;
  readonly diagnostics: Diagnostics;
  /** The days on which the policy itself is in force, as its file says. */
  readonly span: { readonly from: number; readonly to?: number };
  readonly reader: (subject: SubjectKind, clause: string | undefined) => Reader;
  readonly clauseExists: (clause: string, at: Place) => void;
  readonly procedureExists: (id: string, at: Place) => void;
}

/** Reads a benefit: one entry for each kind of subject that it is for, none where no rule could be made of it. */
export function readBenefit(id: string, yaml: YamlFile, context: BenefitContext): BenefitSource[] {
  const { city, diagnostics } = context;
  const fields = new Fields(yaml, yaml.root, `${id}.yaml`, benefitKeys, diagnostics);
  const title = fields.words(true, '名称', '英文') ?? { zh: id, en: id };
  const kind = fields.choice('种类', kinds, true) ?? 'right';
  const who = readSubjects(fields, diagnostics);
  const clause = readClause(fields, { clause: undefined, clauseExists: context.clauseExists });
  if (clause === undefined) diagnostics.add('missing-clause', fields.place, { key: title.zh });
  const also = readAlso(fields, context.clauseExists);
  const lead = fields.text('牵头', true) ?? '';
  if (lead !== '') checkDepartment(city, lead, fields.valueAt('牵头'), diagnostics);
  const span = readSpanOfDays(fields, context.span, diagnostics);
  const service = readService(fields);
  const support = fields.texts('配合');
  for (const { text, place } of support) checkDepartment(city, text, place, diagnostics);
  const [conditionPart, amountPart] = [fields.part('条件', true), fields.part('金额', true)];
  const seats = fields.count('名额');
  const reviewed = fields.choice('评定', { 是: true, 否: false }) ?? false;
  const procedure = fields.text('办理');
  if (procedure !== undefined) context.procedureExists(procedure, fields.valueAt('办理'));
  const remark = fields.words(false, '备注', '英文备注');
  const funds = readFunds(fields, city, diagnostics);
  const readers = who.map((subject) => ({ subject, reader: context.reader(subject, clause ?? '') }));
  const cases = readCases(fields, readers, readCaseParameter);
  const needed = conditionPart !== undefined && asksNothing(conditionPart, yaml) ? 1 : reviewed ? 2 : 4;
  if (cases.length < needed) diagnostics.add('too-few-cases', fields.at('用例'), { id, count: String(cases.length), needed: String(needed) });
  const places = { rule: yaml.root.place, condition: fields.at('条件'), amount: fields.at('金额'), payment: fields.at('支付'), funds: fields.at('资金'), cases: fields.at('用例') };
  return readers.flatMap(({ subject, reader }) => {
    const condition = conditionPart === undefined ? undefined : readWholeCondition(conditionPart, reader);
    const amount = amountPart === undefined ? undefined : readAmount(amountPart, reader);
    const totalCap = readTotalCap(fields, reader, diagnostics);
    const schedule = readSchedule(fields, reader);
    const termMonths = readSpan(fields, '期限', reader);
    const [evidence, readings] = [readEvidence(fields, reader, diagnostics), readReadingNames(fields, reader, diagnostics)];
    if (condition === undefined || amount === undefined) return [];
    const benefit: Benefit = {
      id,
      title,
      kind,
      subject,
      clause: clause ?? '',
      also,
      condition,
      amount: amount.rule,
      ...(amount.per === undefined ? {} : { per: amount.per }),
      ...(totalCap === undefined ? {} : { totalCap }),
      ...(termMonths === undefined ? {} : { termMonths }),
      ...(schedule === undefined ? {} : { schedule }),
      funds,
      reviewed,
      ...(seats === undefined ? {} : { seats }),
      ...(procedure === undefined ? {} : { procedure }),
      lead,
      support: support.map(({ text }) => text),
      ...(remark === undefined ? {} : { remark }),
      evidence,
      readings,
      ...span,
      ...(service === undefined ? {} : { service }),
      file: yaml.file,
    };
    return [{ benefit, cases: cases.filter((item) => item.subject === subject), places }];
  });
}

/** What all grants to one subject come to at most: an amount, and the reading under which that holds. */
function readTotalCap(fields: Fields, reader: Reader, diagnostics: Diagnostics): Benefit['totalCap'] {
  const part = fields.part('合计上限');
  if (part === undefined) return undefined;
  const inner = new Fields(fields.yaml, part, '合计上限', ['金额', '解读'], diagnostics);
  const amount = inner.part('金额', true);
  const under = readUnder(inner, reader.readings, diagnostics);
  const typed = amount === undefined ? undefined : readValue(amount, reader);
  if (typed === undefined) return undefined;
  if (typed.type !== 'money' || typed.value.op !== 'constant' || typed.value.value <= 0) {
    diagnostics.add('wrong-shape', inner.valueAt('金额'), { key: '金额', expected: '一个大于 0 的金额', expectedEn: 'an amount above 0' });
    return undefined;
  }
  return { fen: typed.value.value, ...(under === undefined ? {} : { under }) };
}

/** The benefit's own days, where they are not the policy's; they lie within those. */
function readSpanOfDays(fields: Fields, policy: BenefitContext['span'], diagnostics: Diagnostics): Pick<Benefit, 'from' | 'to'> {
  const [from, to] = [fields.date('施行'), fields.date('截止')];
  for (const [key, date] of [['施行', from], ['截止', to]] as const) {
    if (date === undefined || (date >= policy.from && (policy.to === undefined || date <= policy.to))) continue;
    diagnostics.add('wrong-shape', fields.valueAt(key), { key, expected: '政策施行以后、截止以前的日期', expectedEn: 'a date on which the policy is in force' });
  }
  if (from !== undefined && to !== undefined && to < from) reportEnd(fields);
  return { ...(from === undefined || from === policy.from ? {} : { from }), ...(to === undefined || to === policy.to ? {} : { to }) };
}

/** What the catalogue of government services states of the item. */
function readService(fields: Fields): ServiceFacts | undefined {
  const part = fields.part('事项');
  if (part === undefined) return undefined;
  const inner = new Fields(fields.yaml, part, '事项', ['基本编码', '实施编码', '法定时限', '承诺时限', '跑动次数', '收费', '英文收费'], fields.diagnostics);
  const [basicCode, implementingCode, fee] = [inner.text('基本编码'), inner.text('实施编码'), inner.words(false, '收费', '英文收费')];
  const [legalDays, promisedDays, visits] = [readWhole(inner, '法定时限'), readWhole(inner, '承诺时限'), readWhole(inner, '跑动次数')];
  return {
    ...(basicCode === undefined ? {} : { basicCode }),
    ...(implementingCode === undefined ? {} : { implementingCode }),
    ...(legalDays === undefined ? {} : { legalDays }),
    ...(promisedDays === undefined ? {} : { promisedDays }),
    ...(visits === undefined ? {} : { visits }),
    ...(fee === undefined ? {} : { fee }),
  };
}

/** A whole number, 0 too: what is settled on the spot takes no day, what is done on line no visit. */
function readWhole(fields: Fields, key: string): number | undefined {
  const spot = fields.spot(key);
  if (spot === undefined) return undefined;
  if (/^\d{1,3}$/.test(spot.text)) return Number(spot.text);
  fields.diagnostics.add('wrong-shape', spot.place(0), { key, expected: '一个整数，不带单位', expectedEn: 'a whole number, without its unit' });
  return undefined;
}

/** The kinds of subject that a benefit is for: one, or a list. */
function readSubjects(fields: Fields, diagnostics: Diagnostics): readonly SubjectKind[] {
  const found = new Map<SubjectKind, Place>();
  const listed = fields.texts('对象', true);
  if (listed.length === 0 && fields.has('对象')) {
    diagnostics.add('wrong-shape', fields.valueAt('对象'), { key: '对象', expected: `${Object.keys(subjects).join('、')} 中的一个，或者几个的列表`, expectedEn: `one of ${Object.keys(subjects).join(', ')}, or a list of several` });
  }
  for (const { text, place } of listed) {
    const subject = Object.hasOwn(subjects, text) ? subjects[text] : undefined;
    const first = subject === undefined ? undefined : found.get(subject);
    if (subject === undefined) diagnostics.add('unknown-choice', place, { key: '对象', found: text, known: Object.keys(subjects).join('、') });
    else if (first !== undefined) diagnostics.add('duplicate-id', place, { id: text, first: `${first.line}:${first.column}` });
    else found.set(subject, place);
  }
  return found.size === 0 ? ['person'] : [...found.keys()];
}

/** A parameter as a case sets it: a constant of the parameter's type. */
function readCaseParameter(name: string, part: Part, reader: Reader): number | undefined {
  const declared = reader.scope.find(name, part.place);
  if (declared === undefined || declared === 'broken' || 'condition' in declared || declared.value.op !== 'parameter') {
    reader.diagnostics.add('unknown-fact', part.place, { name, near: nearest(name, reader.scope.names()) ?? '' });
    return undefined;
  }
  const typed = readValue(part, reader);
  if (typed === undefined) return undefined;
  if (typed.type === declared.type && typed.value.op === 'constant') {
    if (typed.type !== 'years' || Number.isInteger(typed.value.value)) return typed.value.value;
    reader.diagnostics.add('bad-number', part.place, { found: reader.yaml.spot(part)?.text ?? '', why: '应当是整数', whyEn: 'must be a whole number' });
    return undefined;
  }
  reportType(reader.diagnostics, part.place, reader.yaml.spot(part)?.text ?? '', typed.type, declared.type);
  return undefined;
}

/** An amount: 无, 未列, a value, or a map that says of which sort it is. */
function readAmount(part: Part, reader: Reader): { readonly rule: AmountRule; readonly per?: Per } | undefined {
  const { yaml, diagnostics } = reader;
  const reading = yaml.entries(part).find(({ key }) => key === '按解读');
  if (reading === undefined) return readPlainAmount(part, reader);
  const name = yaml.spot(reading.value)?.text ?? '';
  const alternatives = reader.readings.get(name);
  if (alternatives === undefined) {
    diagnostics.add('unknown-fact', reading.value.place, { name, near: nearest(name, reader.readings.keys()) ?? '' });
    return undefined;
  }
  const fields = new Fields(yaml, part, '金额', ['按解读', ...alternatives], diagnostics);
  const rules = alternatives.flatMap((alternative) => {
    const branch = fields.part(alternative, true);
    const plain = branch === undefined ? undefined : readPlainAmount(branch, reader);
    if (plain?.per !== undefined && branch !== undefined) diagnostics.add('unknown-key', branch.place, { key: '每', near: '', known: '值、每月、每年、至多、至少、从、到、份额' });
    return plain?.rule ?? [];
  });
  return rules.length === alternatives.length ? { rule: { kind: 'byReading', reading: name, rules } } : undefined;
}

/** An amount that is of the same sort whatever the readings. */
function readPlainAmount(part: Part, reader: Reader): { readonly rule: PlainAmountRule; readonly per?: Per } | undefined {
  const { yaml, diagnostics } = reader;
  const word = yaml.spot(part)?.text;
  if (word === '无') return { rule: { kind: 'none' } };
  if (word === '未列') return { rule: { kind: 'unstated' } };
  if (word !== undefined || yaml.entries(part).some(({ key }) => key === '表')) {
    const value = money(readValue(part, reader), part, reader);
    return value === undefined ? undefined : { rule: { kind: 'exact', value } };
  }
  const fields = new Fields(yaml, part, '金额', ['值', '每月', '月数', '每年', '年数', '至多', '至少', '从', '到', '份额', '每'], diagnostics);
  const per = fields.choice('每', pers);
  const under = (key: string): Value | undefined => {
    const target = fields.part(key, true);
    return target === undefined ? undefined : money(readValue(target, reader), target, reader);
  };
  const rule = readAmountRule(fields, under, part, reader);
  return rule === undefined ? undefined : { rule, ...(per === undefined ? {} : { per }) };
}

/** The ways to state an amount, each with its keys; exactly one is used. */
const amountForms = [['每月', '月数'], ['每年', '年数'], ['值'], ['至多'], ['至少'], ['从', '到'], ['份额']];

function readAmountRule(fields: Fields, under: (key: string) => Value | undefined, part: Part, reader: Reader): PlainAmountRule | undefined {
  if (amountForms.filter((keys) => keys.some((key) => fields.has(key))).length !== 1) {
    reader.diagnostics.add('wrong-shape', part.place, { key: '金额', expected: '无、未列、一个金额，或含有 值、每月、每年、至多、至少、从和到、份额、表 其中一种的几行', expectedEn: '无, 未列, an amount, or lines with exactly one of 值, 每月, 每年, 至多, 至少, 从 and 到, 份额, 表' });
    return undefined;
  }
  for (const [key, times, each] of [['每月', '月数', 'month'], ['每年', '年数', 'year']] as const) {
    if (!fields.has(key) && !fields.has(times)) continue;
    const value = under(key);
    const count = fields.count(times, true);
    return value === undefined || count === undefined ? undefined : { kind: 'exact', value: { op: 'times', left: value, right: { op: 'constant', value: count * MICRO } }, each };
  }
  for (const [key, kind] of [['值', 'exact'], ['至多', 'upTo'], ['至少', 'atLeast']] as const) {
    if (!fields.has(key)) continue;
    const value = under(key);
    return value === undefined ? undefined : { kind, value };
  }
  if (fields.has('从') || fields.has('到')) {
    const [from, to] = [under('从'), under('到')];
    return from === undefined || to === undefined ? undefined : { kind: 'range', from, to };
  }
  const target = fields.part('份额');
  if (target !== undefined) {
    const typed = readValue(target, reader);
    if (typed?.type === 'share' && typed.value.op === 'constant') return { kind: 'share', micro: typed.value.value };
    if (typed !== undefined) reportType(reader.diagnostics, target.place, reader.yaml.spot(target)?.text ?? '', typed.type, 'share');
    return undefined;
  }
  return undefined;
}

function money(typed: TypedValue | undefined, part: Part, reader: Reader): Value | undefined {
  if (typed === undefined || typed.type === 'money') return typed?.value;
  reportType(reader.diagnostics, part.place, reader.yaml.spot(part)?.text ?? '表', typed.type, 'money');
  return undefined;
}

/** A span such as 3年 or 18月, in months. */
function readSpan(fields: Fields, key: string, reader: Reader): number | undefined {
  const part = fields.part(key);
  if (part === undefined) return undefined;
  const typed = readValue(part, reader);
  if (typed === undefined) return undefined;
  const size = typed.value.op === 'constant' ? typed.value.value * (typed.type === 'years' ? 12 : 1) : 0;
  if ((typed.type === 'years' || typed.type === 'months') && Number.isInteger(size) && size > 0 && size <= MAX_MONTHS) return size;
  reader.diagnostics.add('wrong-shape', part.place, { key, expected: '固定的年数或月数，例如 3年，最长 100年', expectedEn: 'a fixed number of years or months such as 3年, at most 100年' });
  return undefined;
}

function readSchedule(fields: Fields, reader: Reader): Schedule | undefined {
  const part = fields.part('支付');
  if (part === undefined || reader.yaml.spot(part)?.text === '一次') return undefined;
  const inner = new Fields(reader.yaml, part, '支付', ['次数', '间隔', '起算', '发前核对'], reader.diagnostics);
  const count = inner.count('次数', true);
  const months = readSpan(inner, '间隔', reader);
  if (!inner.has('间隔')) inner.part('间隔', true);
  const start = factSlot(inner, '起算', 'date', reader, true);
  const check = factSlot(inner, '发前核对', 'flag', reader, false);
  if (count !== undefined && months !== undefined && count * months > MAX_MONTHS) {
    reader.diagnostics.add('wrong-shape', inner.at('次数'), { key: '支付', expected: '一百年以内发完的次数和间隔', expectedEn: 'parts that are paid within a hundred years' });
    return undefined;
  }
  return count === undefined || months === undefined || start === undefined ? undefined : { count, months, start, ...(check === undefined ? {} : { check }) };
}

function factSlot(fields: Fields, key: string, type: 'date' | 'flag', reader: Reader, isRequired: boolean): number | undefined {
  const name = fields.text(key, isRequired);
  if (name === undefined) return undefined;
  const { facts } = reader.scope.vocabulary;
  const fact = facts.find((item) => item.name === name);
  if (fact === undefined) reader.diagnostics.add('unknown-fact', fields.valueAt(key), { name, near: nearest(name, facts.map((item) => item.name)) ?? '' });
  else if (fact.type !== type) reportType(reader.diagnostics, fields.valueAt(key), name, fact.type, type);
  return fact?.type === type ? fact.slot : undefined;
}

/** Who pays: one fund, or several with shares that add up to one. */
function readFunds(fields: Fields, city: City, diagnostics: Diagnostics): FundShare[] {
  const known = (name: string, at: Place): void => {
    if (!city.funds.has(name)) diagnostics.add('unknown-fund', at, { name, near: nearest(name, city.funds.keys()) ?? '' });
  };
  const parts = fields.list('资金');
  const single = parts.length === 1 ? fields.yaml.spot(parts[0] ?? { node: null, place: fields.place }) : undefined;
  if (single !== undefined) {
    known(single.text, single.place(0));
    return [{ fund: single.text, micro: MICRO }];
  }
  const shares = parts.map((part) => {
    const inner = new Fields(fields.yaml, part, '资金', ['由', '承担'], diagnostics);
    const fund = inner.text('由', true) ?? '';
    if (fund !== '') known(fund, inner.valueAt('由'));
    const share = /^(\d+(?:\.\d{1,4})?)%$/.exec(inner.text('承担', true) ?? '')?.[1];
    if (share === undefined) diagnostics.add('wrong-shape', inner.valueAt('承担'), { key: '承担', expected: '比例，例如 25%', expectedEn: 'a share such as 25%' });
    return { fund, micro: Math.round(Number(share ?? 0) * 10000) };
  });
  const sum = shares.reduce((total, { micro }) => total + micro, 0);
  // A share that cannot be read was reported, and nobody knows the sum.
  if (shares.length > 0 && shares.every(({ micro }) => micro > 0) && sum !== MICRO) diagnostics.add('shares-not-whole', fields.at('资金'), { sum: `${sum / 10000}%` });
  return shares;
}

function readEvidence(fields: Fields, reader: Reader, diagnostics: Diagnostics): Benefit['evidence'] {
  return fields.list('材料').map((part) => {
    const inner = new Fields(fields.yaml, part, '材料', ['名称', '英文', '证明'], diagnostics);
    const facts = reader.scope.vocabulary.facts.map((fact) => fact.name);
    const proves = inner.texts('证明', true).map(({ text, place }) => {
      if (!facts.includes(text)) diagnostics.add('unknown-fact', place, { name: text, near: nearest(text, facts) ?? '' });
      return text;
    });
    return { name: inner.words(true, '名称', '英文') ?? { zh: '', en: '' }, proves };
  });
}

function readReadingNames(fields: Fields, reader: Reader, diagnostics: Diagnostics): string[] {
  return fields.texts('解读').map(({ text, place }) => {
    if (!reader.readings.has(text)) diagnostics.add('unknown-fact', place, { name: text, near: nearest(text, reader.readings.keys()) ?? '' });
    return text;
  });
}

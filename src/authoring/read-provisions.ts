// Reads goals.yaml, duties.yaml, narratives.yaml and procedures.yaml: what a document provides besides benefits.

import type { Duty, Frequency, Goal, Narrative, Procedure, Provision, Step, StepKind, Target, Words } from '../policy/model.ts';
import { nearest } from '../policy/problems.ts';
import type { Diagnostics, Place } from './diagnostics.ts';
import { Fields } from './fields.ts';
import { type City, checkDepartment } from './read-city.ts';
import { readAlso, readClause } from './read-condition.ts';
import type { Part, YamlFile } from './yaml-source.ts';

/** The sorts of provisions; each is a file of the policy's folder by this name. */
export const provisionSorts = ['goals', 'duties', 'narratives', 'procedures'] as const;
export type ProvisionSort = (typeof provisionSorts)[number];

/** The files of a policy's provisions; a sort that the policy does not have is not there. */
export type ProvisionFiles = Readonly<Partial<Record<ProvisionSort, YamlFile>>>;

/** The provisions of a policy. */
export interface Provisions {
  readonly goals: readonly Goal[];
  readonly duties: readonly Duty[];
  readonly narratives: readonly Narrative[];
  readonly procedures: readonly Procedure[];
}

/** What reading provisions needs from their policy. */
export interface ProvisionContext {
  readonly city: City;
  readonly diagnostics: Diagnostics;
  readonly clauseExists: (clause: string, at: Place) => void;
  /** Takes an id for a provision; false where it cannot have it, which was reported. */
  readonly claimId: (id: string, at: Place) => boolean;
  /** A procedure says that it leads to a benefit. */
  readonly leadsTo: (procedure: string, benefit: string, at: Place) => void;
}

/** Who takes a step without being a department. */
const actors: readonly string[] = ['申请人', '用人单位', '推荐单位', '专家组'];

const periods: Readonly<Record<string, Frequency>> = { 年: 'yearly', 两年: 'every-two-years', 三年: 'every-three-years' };
const frequencies: Readonly<Record<string, Frequency>> = { 每年: 'yearly', 每两年: 'every-two-years', 每三年: 'every-three-years', 持续: 'continuous', 一次: 'once' };
const stepKinds: Readonly<Record<string, StepKind>> = {
  申报: 'application', 报备: 'report', 受理: 'acceptance', 初审: 'first-review', 复审: 'second-review', 评审: 'appraisal', 考察: 'inspection', 体检: 'medical',
  审定: 'decision', 公示: 'publication', 签约: 'signing', 发放: 'payment', 核查: 'verification', 考核: 'assessment', 其他: 'other',
};
const yesOrNo: Readonly<Record<string, boolean>> = { 是: true, 否: false };

const commonKeys = ['名称', '英文', '条款', '又见', '牵头', '配合', '说明', '英文说明'];
const targetKeys = ['名称', '英文', '目标', '单位', '英文单位', '每', '从', '到', '期限', '约', '至少', '基数', '基数年', '现值', '现值年', '条款', '牵头'];
const stepKeys = ['名称', '英文', '类型', '由', '会同', '工作日', '条款', '说明', '英文说明'];
/** A period of more working days than a year has is a slip. */
const MAX_WORKING_DAYS = 250;

/** Reads the provisions of a policy. Faults are reported, and what cannot be read is left out. */
export function readProvisions(files: ProvisionFiles, context: ProvisionContext): Provisions {
  return {
    goals: readEach(files.goals, ['指标'], context, readGoal),
    duties: readEach(files.duties, ['频次', '日期', '期限', '对象', '英文对象', '指标'], context, readDuty),
    narratives: readEach(files.narratives, [], context, (_, provision) => provision),
    procedures: readEach(files.procedures, ['待遇', '步骤', '监督', '英文监督'], context, readProcedure),
  };
}

type ReadOne<T> = (fields: Fields, provision: Provision, context: ProvisionContext) => T;

/** Reads a file that is a map of provisions by id. */
function readEach<T>(yaml: YamlFile | undefined, ownKeys: readonly string[], context: ProvisionContext, readOne: ReadOne<T>): T[] {
  if (yaml === undefined) return [];
  const { diagnostics } = context;
  if (!yaml.isMap(yaml.root)) {
    diagnostics.add('wrong-shape', yaml.root.place, { key: yaml.file.split('/').at(-1) ?? '', expected: '“编号: 内容”的几行', expectedEn: 'lines of "id: content"' });
    return [];
  }
  return yaml.entries(yaml.root).flatMap(({ key: id, at, value }) => {
    const isFree = context.claimId(id, at);
    const fields = new Fields(yaml, value, id, [...commonKeys, ...ownKeys], diagnostics);
    if (!yaml.isMap(value)) return [];
    const one = readOne(fields, readCommon(id, at, fields, context), context);
    return isFree ? [one] : [];
  });
}

function readCommon(id: string, at: Place, fields: Fields, { city, diagnostics, clauseExists }: ProvisionContext): Provision {
  const title = fields.words(true, '名称', '英文') ?? { zh: id, en: id };
  const clause = readClause(fields, { clause: undefined, clauseExists });
  if (clause === undefined) diagnostics.add('missing-clause', at, { key: title.zh });
  const lead = fields.text('牵头');
  if (lead !== undefined) checkDepartment(city, lead, fields.valueAt('牵头'), diagnostics);
  const support = fields.texts('配合');
  for (const { text, place } of support) checkDepartment(city, text, place, diagnostics);
  return {
    id,
    title,
    clause: clause ?? '',
    also: readAlso(fields, clauseExists),
    ...(lead === undefined ? {} : { lead }),
    support: support.map(({ text }) => text),
    words: fields.words(true, '说明', '英文说明') ?? title,
    file: fields.yaml.file,
    line: at.line,
  };
}

/** The department that answers for it, where there must be one. */
function leadOf(fields: Fields, { lead }: Provision): string {
  if (lead === undefined) fields.part('牵头', true);
  return lead ?? '';
}

function readGoal(fields: Fields, provision: Provision, context: ProvisionContext): Goal {
  return { ...provision, lead: leadOf(fields, provision), targets: readTargets(fields, context, true) };
}

function readTargets(fields: Fields, context: ProvisionContext, isRequired: boolean): Target[] {
  return fields.list('指标', isRequired).map((part) => readTarget(new Fields(fields.yaml, part, '指标', targetKeys, fields.diagnostics), context));
}

function readTarget(fields: Fields, { city, diagnostics, clauseExists }: ProvisionContext): Target {
  const unit = fields.text('单位', true) ?? '';
  const [from, to] = [readYear(fields, '从'), readYear(fields, '到')];
  if (from !== undefined && to !== undefined && to < from) diagnostics.add('wrong-shape', fields.valueAt('到'), { key: '到', expected: '不早于“从”的一年', expectedEn: 'a year not before that of 从' });
  const [every, clause, lead, by] = [fields.choice('每', periods), readClause(fields, { clause: undefined, clauseExists }), fields.text('牵头'), fields.date('期限')];
  const [[base, baseYear], [reached, reachedYear]] = [readDatedNumber(fields, '基数', '基数年'), readDatedNumber(fields, '现值', '现值年')];
  // A source may report what there is without saying what is wanted.
  const target = readNumber(fields, '目标', Number.MIN_VALUE, !fields.has('基数') && !fields.has('现值'));
  if (lead !== undefined) checkDepartment(city, lead, fields.valueAt('牵头'), diagnostics);
  return {
    title: fields.words(true, '名称', '英文') ?? { zh: '', en: '' },
    ...(target === undefined ? {} : { target }),
    unit: { zh: unit, en: fields.text('英文单位') ?? unit },
    ...(every === undefined ? {} : { every }),
    ...(from === undefined ? {} : { from }),
    ...(to === undefined ? {} : { to }),
    ...(by === undefined ? {} : { by }),
    isAbout: fields.choice('约', yesOrNo) ?? false,
    isLeast: fields.choice('至少', yesOrNo) ?? false,
    ...(base === undefined ? {} : { base }),
    ...(baseYear === undefined ? {} : { baseYear }),
    ...(reached === undefined ? {} : { reached }),
    ...(reachedYear === undefined ? {} : { reachedYear }),
    ...(clause === undefined ? {} : { clause }),
    ...(lead === undefined ? {} : { lead }),
  };
}

/** A number and the year that it is of; a year without its number is reported. */
function readDatedNumber(fields: Fields, key: string, yearKey: string): readonly [number | undefined, number | undefined] {
  if (fields.has(yearKey) && !fields.has(key)) fields.part(key, true);
  return [readNumber(fields, key, 0), readYear(fields, yearKey)];
}

/** A decimal of at least `least`. */
function readNumber(fields: Fields, key: string, least: number, isRequired = false): number | undefined {
  const spot = fields.spot(key, isRequired);
  if (spot === undefined) return undefined;
  const value = /^\d{1,12}(\.\d{1,6})?$/.test(spot.text) ? Number(spot.text) : Number.NaN;
  if (value >= least) return value;
  const [expected, expectedEn] = least > 0 ? ['一个大于零的数，不带单位', 'a number above zero, without its unit'] : ['一个数，不带单位', 'a number, without its unit'];
  fields.diagnostics.add('wrong-shape', spot.place(0), { key, expected, expectedEn });
  return undefined;
}

function readYear(fields: Fields, key: string): number | undefined {
  const spot = fields.spot(key);
  if (spot === undefined) return undefined;
  if (/^(19|20)\d\d$/.test(spot.text)) return Number(spot.text);
  fields.diagnostics.add('wrong-shape', spot.place(0), { key, expected: '年份，例如 2021', expectedEn: 'a year such as 2021' });
  return undefined;
}

function readDuty(fields: Fields, provision: Provision, context: ProvisionContext): Duty {
  const [day, due, whom] = [readDay(fields, '日期'), fields.date('期限'), fields.text('对象')];
  const whomEn = fields.text('英文对象');
  if (whomEn !== undefined && whom === undefined) fields.part('对象', true);
  return {
    ...provision,
    lead: leadOf(fields, provision),
    frequency: fields.choice('频次', frequencies, true) ?? 'continuous',
    ...(day === undefined ? {} : { day }),
    ...(due === undefined ? {} : { due }),
    ...(whom === undefined ? {} : { whom: { zh: whom, en: whomEn ?? whom } }),
    targets: readTargets(fields, context, false),
  };
}

/** A day of every year, such as 11月1日. */
function readDay(fields: Fields, key: string): Duty['day'] {
  const spot = fields.spot(key);
  if (spot === undefined) return undefined;
  const [month, day] = (/^(\d{1,2})月(\d{1,2})日$/.exec(spot.text)?.slice(1) ?? []).map(Number);
  const longest = [31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31][(month ?? 0) - 1] ?? 0;
  if (month !== undefined && day !== undefined && day >= 1 && day <= longest) return { month, day };
  fields.diagnostics.add('wrong-shape', spot.place(0), { key, expected: '几月几日，例如 11月1日', expectedEn: 'a month and a day such as 11月1日' });
  return undefined;
}

function readProcedure(fields: Fields, provision: Provision, context: ProvisionContext): Procedure {
  const benefits = fields.texts('待遇');
  for (const { text, place } of benefits) context.leadsTo(provision.id, text, place);
  const parts = fields.list('步骤', true);
  if (fields.has('步骤') && parts.length === 0) {
    fields.diagnostics.add('wrong-shape', fields.valueAt('步骤'), { key: '步骤', expected: '一个列表，至少一步', expectedEn: 'a list of at least one step' });
  }
  const oversight = fields.words(false, '监督', '英文监督');
  return {
    ...provision,
    lead: leadOf(fields, provision),
    benefits: benefits.map(({ text }) => text),
    steps: parts.map((part) => readStep(fields.yaml, part, context)),
    ...(oversight === undefined ? {} : { oversight }),
  };
}

function readStep(yaml: YamlFile, part: Part, { city, diagnostics, clauseExists }: ProvisionContext): Step {
  const fields = new Fields(yaml, part, '步骤', stepKeys, diagnostics);
  const by = fields.text('由', true);
  if (by !== undefined) checkActor(city, by, fields.valueAt('由'), diagnostics);
  const jointly = fields.texts('会同');
  for (const { text, place } of jointly) checkActor(city, text, place, diagnostics);
  const workingDays = fields.count('工作日');
  if (workingDays !== undefined && workingDays > MAX_WORKING_DAYS) {
    diagnostics.add('wrong-shape', fields.valueAt('工作日'), { key: '工作日', expected: `不超过 ${MAX_WORKING_DAYS} 的天数`, expectedEn: `at most ${MAX_WORKING_DAYS} days` });
  }
  const clause = readClause(fields, { clause: undefined, clauseExists });
  const words: Words | undefined = fields.words(false, '说明', '英文说明');
  return {
    title: fields.words(true, '名称', '英文') ?? { zh: '', en: '' },
    kind: fields.choice('类型', stepKinds, true) ?? 'other',
    by: by ?? '',
    jointly: jointly.map(({ text }) => text),
    ...(workingDays === undefined ? {} : { workingDays }),
    ...(clause === undefined ? {} : { clause }),
    ...(words === undefined ? {} : { words }),
  };
}

/** Checks that who takes a step is a department of the city or one of the others that may. */
function checkActor(city: City, name: string, at: Place, diagnostics: Diagnostics): void {
  const known = [...city.departments.keys(), ...actors];
  if (!known.includes(name)) diagnostics.add('unknown-actor', at, { name, near: nearest(name, known) ?? '', known: actors.join('、') });
}

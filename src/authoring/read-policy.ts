// Reads a policy: its policy.yaml, its benefits and its other provisions, in scopes where definitions, parameters and readings are known by name.

import type { Clause, Definition, Matter, Note, Parameter, Policy, Reading, SubjectKind, Value, ValueType, Vocabulary } from '../policy/model.ts';
import { nearest } from '../policy/problems.ts';
import { type Domain, readExpression, type Scope, subjectWords, type Typed } from './check-expression.ts';
import { type Diagnostics, isAdvice, type Place } from './diagnostics.ts';
import { Fields } from './fields.ts';
import { type BenefitContext, type BenefitSource, readBenefit } from './read-benefit.ts';
import { keywords, narrow } from './lexer.ts';
import { subjects } from './read-cases.ts';
import { type City, checkDepartment, reportEnd } from './read-city.ts';
import { isCondition, type Reader, readCondition, readValue } from './read-condition.ts';
import { type Provisions, type ProvisionSort, readProvisions } from './read-provisions.ts';
import { readUnder } from './read-under.ts';
import type { Part, YamlFile } from './yaml-source.ts';

/** One entry of 取代: a policy and, where it is not the whole, its benefits. */
export interface SupersessionSource {
  readonly policy: string;
  readonly place: Place;
  readonly benefits?: readonly { readonly id: string; readonly place: Place }[];
}

/** What names mean everywhere: facts and places. */
export interface World {
  readonly vocabularies: Readonly<Record<SubjectKind, Vocabulary>>;
  readonly place: Scope['place'];
}

/** A policy that was read, with what later stages need to know of its text. */
export interface PolicySource {
  readonly policy: Policy;
  readonly benefits: readonly BenefitSource[];
  /** Where each choice table stands. */
  readonly tables: ReadonlyMap<Value, Place>;
  /** Which subject each definition is about. */
  readonly definitionSubjects: ReadonlyMap<string, SubjectKind>;
  /** Where each clause of the directory stands. */
  readonly clausePlaces: ReadonlyMap<string, Place>;
  /** What 取代 says, in its order. */
  readonly supersessions: readonly SupersessionSource[];
  readonly place: Place;
}

const parameterTypes: Readonly<Record<string, ValueType>> = { 比例: 'share', 金额: 'money', 年数: 'years', 数: 'number', 日期: 'date' };
/** Words that a condition's map uses itself, so that no alternative may bear them. */
const reserved = ['全部', '任一', '不', '要求', '按解读', '说明', '英文', '条款', '对象'];
/** What a definition can be: a value, a table or one of the conditions. */
const definitionForms = ['值', '表', '全部', '任一', '不', '要求', '按解读'];
const keywordsOfPolicy = ['名称', '英文', '简称', '英文简称', '来源', '发文', '施行', '施行解读', '截止', '取代', '牵头', '待遇', '参数', '解读', '定义', '同一事项', '条款'];

/** The files of a policy beside its own: benefits by id, provisions by sort; undefined for one that cannot be read. */
export interface PolicyFiles {
  readonly benefits: ReadonlyMap<string, YamlFile | undefined>;
  readonly provisions: ReadonlyMap<ProvisionSort, YamlFile | undefined>;
}

/** Reads a policy from its own file and the files beside it. */
export function readPolicy(id: string, city: City, yaml: YamlFile, files: PolicyFiles, world: World, diagnostics: Diagnostics): PolicySource {
  return new PolicyReader(id, city, yaml, files, world, diagnostics).read();
}

class PolicyReader {
  private readonly id: string;
  private readonly city: City;
  private readonly yaml: YamlFile;
  private readonly files: PolicyFiles;
  private readonly world: World;
  private readonly diagnostics: Diagnostics;
  private readonly fields: Fields;
  private readonly clauses = new Map<string, Clause>();
  private readonly clausePlaces = new Map<string, Place>();
  /** Where each id of a benefit or a provision was first written. */
  private readonly ids = new Map<string, Place>();
  private readonly parameters = new Map<string, Parameter>();
  private readonly readings = new Map<string, Reading>();
  private readonly written = new Map<string, { readonly at: Place; readonly value: Part; readonly subject: SubjectKind }>();
  private readonly definitions = new Map<string, { readonly definition: Definition; readonly typed: Typed } | 'broken'>();
  private readonly tables = new Map<Value, Place>();
  private readonly usedNames = new Set<string>();
  /** The benefits that each procedure names, and the procedure that each benefit names. */
  private readonly led: { readonly procedure: string; readonly benefit: string; readonly at: Place }[] = [];
  private readonly obtained = new Map<string, { readonly procedure: string; readonly at: Place; readonly isKnown: boolean }>();
  private readonly path: string[] = [];

  constructor(id: string, city: City, yaml: YamlFile, files: PolicyFiles, world: World, diagnostics: Diagnostics) {
    this.id = id;
    this.city = city;
    this.yaml = yaml;
    this.files = files;
    this.world = world;
    this.diagnostics = diagnostics;
    this.fields = new Fields(yaml, yaml.root, 'policy.yaml', keywordsOfPolicy, diagnostics);
    this.readClauses();
  }

  read(): PolicySource {
    const { fields, diagnostics } = this;
    const title = fields.words(true, '名称', '英文') ?? { zh: this.id, en: this.id };
    const short = fields.words(false, '简称', '英文简称') ?? title;
    const lead = fields.text('牵头', true);
    if (lead !== undefined) checkDepartment(this.city, lead, fields.valueAt('牵头'), diagnostics);
    const issued = fields.date('发文', !fields.has('施行'));
    const from = fields.date('施行') ?? issued ?? 0;
    const to = fields.date('截止');
    if (to !== undefined && to < from) reportEnd(fields);
    const source = this.readSource();
    this.readParameters();
    this.readReadings();
    const effectReading = fields.choice('施行解读', Object.fromEntries([...this.readings.keys()].map((name) => [name, name])));
    for (const { name, at, value } of fields.named('定义')) {
      this.claimName(name, at);
      const subject = this.subjectOf(value);
      this.written.set(name, { at, value, subject });
    }
    for (const name of this.written.keys()) this.define(name);
    const supersessions = this.readSupersessions();
    const benefits = this.readBenefits({ from, ...(to === undefined ? {} : { to }) });
    const provisions = this.readProvisions();
    this.compareProcedures();
    const matters = this.readMatters(new Set(this.listed()));
    this.reportUnused();
    const definitions = [...this.definitions.values()].flatMap((entry) => (entry === 'broken' ? [] : [entry.definition]));
    const policy: Policy = {
      id: this.id,
      city: this.city.id,
      title,
      short,
      ...(source === undefined ? {} : { source }),
      from,
      ...(effectReading === undefined ? {} : { effectReading }),
      ...(to === undefined ? {} : { to }),
      supersedes: supersessions.map(({ policy: superseded, benefits: items }) => ({ policy: superseded, ...(items === undefined ? {} : { benefits: items.map((item) => item.id) }) })),
      parameters: [...this.parameters.values()],
      readings: [...this.readings.values()],
      definitions,
      matters,
      benefits: benefits.map(({ benefit }) => ({ ...benefit, readings: this.readingsOf(benefit.id, benefit, definitions, matters) })),
      ...provisions,
      clauses: [...this.clauses.values()],
    };
    const definitionSubjects = new Map([...this.written].map(([name, { subject }]) => [name, subject]));
    return { policy, benefits, tables: this.tables, definitionSubjects, clausePlaces: this.clausePlaces, supersessions, place: this.yaml.root.place };
  }

  /** The directory of the document: each clause with its title alone, or with its title and its sense in both languages. */
  private readClauses(): void {
    for (const { name, at, value } of this.fields.named('条款', true)) {
      this.clauses.set(name, this.readClause(name, value));
      this.clausePlaces.set(name, at);
    }
  }

  private readClause(id: string, part: Part): Clause {
    const text = this.yaml.spot(part)?.text;
    if (text !== undefined) return { id, title: { zh: text, en: text } };
    const fields = new Fields(this.yaml, part, id, ['题', '英文', '说明', '英文说明'], this.diagnostics);
    const words = this.pairOf(fields, '说明', '英文说明');
    return { id, title: fields.words(true, '题', '英文') ?? { zh: id, en: id }, ...(words === undefined ? {} : { words }) };
  }

  /** What is at hand of the document, where it is not the document itself. */
  private readSource(): Policy['source'] {
    const part = this.fields.part('来源');
    return part === undefined ? undefined : new Fields(this.yaml, part, '来源', ['说明', '英文'], this.diagnostics).words(true);
  }

  /** An optional text in both languages: neither without the other. */
  private pairOf(fields: Fields, zh: string, en: string): Clause['words'] {
    if (fields.has(en) && !fields.has(zh)) this.diagnostics.add('missing-words', fields.at(en), { key: zh });
    return fields.words(false, zh, en);
  }

  /** 取代: policies by id, each with 全部 or a list of benefits. Whether they exist is known once all policies are read. */
  private readSupersessions(): SupersessionSource[] {
    return this.fields.named('取代').flatMap(({ name, at, value }): SupersessionSource[] => {
      if (this.yaml.spot(value)?.text.trim() === '全部') return [{ policy: name, place: at }];
      const parts = this.yaml.isList(value) ? this.yaml.items(value) : [];
      const benefits = parts.flatMap((part) => {
        const spot = this.yaml.spot(part);
        return spot === undefined ? [] : [{ id: spot.text.trim(), place: part.place }];
      });
      if (benefits.length > 0 && benefits.length === parts.length) return [{ policy: name, place: at, benefits }];
      this.diagnostics.add('wrong-shape', value.place, { key: '取代', expected: '“政策: 全部”，或者“政策: [待遇的编号]”', expectedEn: '"policy: 全部", or "policy: [ids of benefits]"' });
      return [];
    });
  }

  /** The ids under 待遇. */
  private listed(): string[] {
    return this.fields.texts('待遇').map(({ text }) => text);
  }

  private readonly clauseExists = (clause: string, at: Place): void => {
    if (!this.clauses.has(clause)) this.diagnostics.add('unknown-clause', at, { clause, near: nearest(clause, this.clauses.keys()) ?? '' });
  };

  /** A name must be one word and mean one thing. */
  private claimName(name: string, at: Place): void {
    const clash =
      this.parameters.has(name) || this.readings.has(name)
        ? ['参数或解读已经用了它', 'a parameter or a reading has it']
        : Object.values(this.world.vocabularies).some(({ facts }) => facts.some((fact) => fact.name === name))
          ? ['事实已经用了它', 'a fact has it']
          : /^[\p{L}_][\p{L}\p{Nd}_]*$/u.test(name)
            ? keywords.has(name)
              ? ['它是式子里的词', 'expressions use it as a word']
              : name.split('').some((char) => narrow(char) !== char)
                ? ['式子里的全角字母和数字读作半角，这里请写半角', 'expressions read full-width letters and digits as half-width; write it half-width']
                : undefined
            : ['名称只能是连在一起的文字和数字，以文字开头', 'a name is letters and digits without spaces or marks, a letter first'];
    if (clash !== undefined) this.diagnostics.add('bad-name', at, { name, why: clash[0] ?? '', whyEn: clash[1] ?? '' });
  }

  private scope(subject: SubjectKind): Scope {
    return {
      subject,
      vocabulary: this.world.vocabularies[subject],
      vocabularies: this.world.vocabularies,
      names: () => [...this.written.keys(), ...this.parameters.keys(), ...this.readings.keys()],
      find: (name, at) => this.find(name, subject, at),
      place: this.world.place,
    };
  }

  private reader(yaml: YamlFile, subject: SubjectKind, clause: string | undefined): Reader {
    return {
      yaml,
      scope: this.scope(subject),
      diagnostics: this.diagnostics,
      clause,
      clauseExists: this.clauseExists,
      readings: new Map([...this.readings].map(([name, reading]) => [name, reading.alternatives.map((alternative) => alternative.name)])),
      tables: this.tables,
    };
  }

  private find(name: string, subject: SubjectKind, at: Place): Typed | 'broken' | undefined {
    const parameter = this.parameters.get(name);
    if (parameter !== undefined) {
      this.usedNames.add(name);
      const isPartial = parameter.type === 'years' && parameter.value !== null && !Number.isInteger(parameter.value);
      return { value: { op: 'parameter', parameter: name }, type: parameter.type, ...(isPartial ? { isPartial } : {}) };
    }
    const reading = this.readings.get(name);
    if (reading !== undefined) {
      const domain: Domain = { name: `解读“${name}”`, values: reading.alternatives.map((alternative) => alternative.name) };
      return { value: { op: 'chosen', reading: name }, type: 'kind', domain };
    }
    const written = this.written.get(name);
    if (written === undefined) return undefined;
    this.usedNames.add(name);
    if (this.path.includes(name)) {
      this.diagnostics.add('circular-definition', at, { path: [...this.path.slice(this.path.indexOf(name)), name].join(' → ') });
      return 'broken';
    }
    if (written.subject !== subject) {
      const [own, alien] = [subjectWords[subject], subjectWords[written.subject]];
      this.diagnostics.add('wrong-subject', at, { fact: name, subject: own[0], subjectEn: own[1], other: alien[0], otherEn: alien[1] });
      return 'broken';
    }
    const entry = this.define(name);
    if (entry === 'broken') return 'broken';
    return isCondition(entry.typed) ? { condition: { op: 'defined', definition: name } } : { ...entry.typed, value: { op: 'defined', definition: name } };
  }

  private subjectOf(value: Part): SubjectKind {
    const spot = this.yaml.entries(value).find(({ key }) => key === '对象');
    const word = spot === undefined ? undefined : this.yaml.spot(spot.value)?.text;
    return word === undefined ? 'person' : (subjects[word] ?? 'person');
  }

  /** Reads a definition the first time it is named, after those that it names itself. */
  private define(name: string): { readonly definition: Definition; readonly typed: Typed } | 'broken' {
    const known = this.definitions.get(name);
    if (known !== undefined) return known;
    const written = this.written.get(name);
    if (written === undefined) return 'broken';
    this.path.push(name);
    const entry = this.readDefinition(name, written.value, written.subject) ?? 'broken';
    this.path.pop();
    // A circle may have settled it meanwhile.
    if (!this.definitions.has(name)) this.definitions.set(name, entry);
    return entry;
  }

  private readDefinition(name: string, part: Part, subject: SubjectKind): { readonly definition: Definition; readonly typed: Typed } | undefined {
    const { yaml, diagnostics } = this;
    const reader = this.reader(yaml, subject, undefined);
    const keys = yaml.entries(part).map(({ key }) => key);
    const line = part.place.line;
    if (yaml.spot(part) !== undefined) return this.defineShort(name, part, reader);
    const known = ['对象', '说明', '英文', '条款', ...definitionForms];
    const head = new Fields(yaml, part, name, [...known, ...this.alternativesIn(part)], diagnostics);
    head.choice('对象', subjects);
    const words = head.words(false);
    const clause = head.text('条款');
    if (clause !== undefined) this.clauseExists(clause, head.valueAt('条款'));
    const note: Note = { ...(words === undefined ? {} : { words }), ...(clause === undefined ? {} : { clause }), line };
    const rest = { ...reader, clause };
    const forms = keys.filter((key) => definitionForms.includes(key));
    if (forms.length !== 1) {
      diagnostics.add('wrong-shape', part.place, { key: name, expected: `含有 ${definitionForms.join('、')} 其中一个的几行`, expectedEn: `lines with exactly one of ${definitionForms.join(', ')}` });
      return undefined;
    }
    if (keys.includes('值') || keys.includes('表')) {
      const typed = readValue(keys.includes('值') ? (head.part('值', true) ?? part) : this.without(part, ['对象']), rest);
      return typed === undefined ? undefined : { definition: { name, note, value: typed.value, type: typed.type }, typed };
    }
    const condition = readCondition(this.without(part, ['对象']), rest, words === undefined);
    return condition === undefined ? undefined : { definition: { name, note, condition }, typed: { condition } };
  }

  /** A definition of one line is an expression. */
  private defineShort(name: string, part: Part, reader: Reader): { readonly definition: Definition; readonly typed: Typed } | undefined {
    const spot = this.yaml.spot(part);
    const typed = spot === undefined ? undefined : readExpression(spot, reader.scope, this.diagnostics);
    if (typed === undefined) return undefined;
    const note: Note = { text: typed.text, line: part.place.line };
    if (isCondition(typed)) return { definition: { name, note, condition: { ...typed.condition, note } }, typed };
    return { definition: { name, note, value: typed.value, type: typed.type }, typed };
  }

  private alternativesIn(part: Part): readonly string[] {
    const entries = this.yaml.entries(part);
    const entry = entries.find(({ key }) => key === '按解读');
    const name = entry === undefined ? undefined : this.yaml.spot(entry.value)?.text;
    // Of a reading that does not exist nobody knows which keys are its alternatives.
    return name === undefined ? [] : (this.readings.get(name)?.alternatives.map((alternative) => alternative.name) ?? entries.map(({ key }) => key));
  }

  /** The same map without keys that its reader does not know; the document itself stays as it is. */
  private without(part: Part, keys: readonly string[]): Part {
    const { node } = part;
    if (node === null || !('items' in node) || !this.yaml.isMap(part)) return part;
    const copy = node.clone() as typeof node & { items: { key: unknown }[] };
    copy.items = copy.items.filter(({ key }) => !keys.includes(String((key as { value?: unknown }).value)));
    return { node: copy, place: part.place };
  }

  private readParameters(): void {
    for (const { name, at, value } of this.fields.named('参数')) {
      this.claimName(name, at);
      const fields = new Fields(this.yaml, value, name, ['类型', '取值', '说明', '英文', '条款', '由'], this.diagnostics);
      const type = fields.choice('类型', parameterTypes, true) ?? 'number';
      const clause = fields.text('条款', true) ?? '';
      if (clause !== '') this.clauseExists(clause, fields.valueAt('条款'));
      const setBy = fields.text('由', true) ?? '';
      if (setBy !== '') checkDepartment(this.city, setBy, fields.valueAt('由'), this.diagnostics);
      const words = fields.words(true) ?? { zh: name, en: name };
      this.parameters.set(name, { name, type, value: this.constantUnder(fields, type), words, clause, setBy });
    }
  }

  /** The value set for a parameter; null while the office has not set it. */
  private constantUnder(fields: Fields, type: ValueType): number | null {
    const spot = fields.spot('取值');
    if (spot === undefined) return null;
    const typed = readExpression(spot, this.scope('person'), this.diagnostics);
    if (typed === undefined) return null;
    if (!isCondition(typed) && typed.type === type && typed.value.op === 'constant') return typed.value.value;
    const word = Object.keys(parameterTypes).find((key) => parameterTypes[key] === type) ?? type;
    this.diagnostics.add('wrong-shape', spot.place(0), { key: '取值', expected: `一个固定的${word}`, expectedEn: `a fixed ${type}` });
    return null;
  }

  private readReadings(): void {
    for (const { name, at, value } of this.fields.named('解读')) {
      this.claimName(name, at);
      const fields = new Fields(this.yaml, value, name, ['问题', '英文', '条款', '采用', '可选'], this.diagnostics);
      const clause = fields.text('条款', true) ?? '';
      if (clause !== '') this.clauseExists(clause, fields.valueAt('条款'));
      const listed = fields.named('可选', true);
      for (const entry of listed) {
        if (reserved.includes(entry.name)) this.diagnostics.add('bad-name', entry.at, { name: entry.name, why: '条件的写法里已经用了它', whyEn: 'conditions use it as a key' });
      }
      const alternatives = listed.map((entry) => ({
        name: entry.name,
        words: new Fields(this.yaml, entry.value, entry.name, ['说明', '英文'], this.diagnostics).words(true) ?? { zh: entry.name, en: entry.name },
      }));
      const inForce = fields.choice('采用', Object.fromEntries(alternatives.map((alternative, index) => [alternative.name, index])), true) ?? 0;
      const question = fields.words(true, '问题', '英文') ?? { zh: name, en: name };
      this.readings.set(name, { name, question, clause, alternatives, inForce });
    }
  }

  /** Takes an id for a benefit or a provision; false where something has it, or where it is none. */
  private readonly claimId = (id: string, at: Place): boolean => {
    const first = this.ids.get(id);
    if (first !== undefined) {
      const file = first.file === at.file ? '' : `${first.file.split('/').at(-1) ?? ''}:`;
      this.diagnostics.add('duplicate-id', at, { id, first: `${file}${first.line}:${first.column}` });
      return false;
    }
    this.ids.set(id, at);
    if (/^[a-z0-9][a-z0-9-]*$/.test(id)) return true;
    this.diagnostics.add('bad-name', at, { name: id, why: '编号只能是小写字母、数字和“-”', whyEn: 'an id is small letters, digits and -' });
    return false;
  };

  private readProvisions(): Provisions {
    const files = Object.fromEntries([...this.files.provisions].flatMap(([sort, yaml]) => (yaml === undefined ? [] : [[sort, yaml]])));
    const known = this.listed();
    return readProvisions(files, {
      city: this.city,
      diagnostics: this.diagnostics,
      clauseExists: this.clauseExists,
      claimId: this.claimId,
      leadsTo: (procedure, benefit, at) => {
        if (known.includes(benefit)) this.led.push({ procedure, benefit, at });
        else this.diagnostics.add('unknown-benefit', at, { id: benefit, near: nearest(benefit, known) ?? '' });
      },
    });
  }

  /** 办理 of a benefit and 待遇 of a procedure say the same from both sides. */
  private compareProcedures(): void {
    for (const [benefit, { procedure, at, isKnown }] of this.obtained) {
      if (isKnown && !this.led.some((entry) => entry.benefit === benefit && entry.procedure === procedure)) {
        this.diagnostics.add('procedure-differs', at, { benefit, procedure, where: `procedures.yaml 里“${procedure}”的“待遇”`, whereEn: `待遇 of "${procedure}" in procedures.yaml`, add: benefit });
      }
    }
    for (const { procedure, benefit, at } of this.led) {
      const named = this.obtained.get(benefit);
      // Where several procedures lead to a benefit, it need not choose one of them.
      const isOneOfSeveral = named === undefined && this.led.some((entry) => entry.benefit === benefit && entry.procedure !== procedure);
      // Of a file that cannot be read nobody knows by which procedure the benefit is obtained.
      if (isOneOfSeveral || this.files.benefits.get(benefit) === undefined || named?.isKnown === false || named?.procedure === procedure) continue;
      this.diagnostics.add('procedure-differs', at, { benefit, procedure, where: `${benefit}.yaml 的“办理”`, whereEn: `办理 of ${benefit}.yaml`, add: procedure });
    }
  }

  /** Reports a procedure that does not exist. @returns whether it is known to exist. */
  private procedureExists(id: string, at: Place): boolean {
    const yaml = this.files.provisions.get('procedures');
    // Of a file that cannot be read nobody knows which procedures it holds.
    if (yaml === undefined && this.files.provisions.has('procedures')) return false;
    const known = yaml === undefined ? [] : yaml.entries(yaml.root).map(({ key }) => key);
    if (known.includes(id)) return true;
    this.diagnostics.add('unknown-procedure', at, { id, near: nearest(id, known) ?? '' });
    return false;
  }

  private readBenefits(span: BenefitContext['span']): BenefitSource[] {
    const result: BenefitSource[] = [];
    for (const { text: id, place } of this.fields.texts('待遇', true)) {
      if (!this.claimId(id, place)) continue;
      const yaml = this.files.benefits.get(id);
      if (!this.files.benefits.has(id)) {
        this.diagnostics.add('missing-file', place, { id, file: `${id}.yaml` });
        continue;
      }
      // What a file that cannot be read says is not known; why it cannot was reported.
      if (yaml === undefined) continue;
      const procedureExists = (procedure: string, at: Place): void => {
        this.obtained.set(id, { procedure, at, isKnown: this.procedureExists(procedure, at) });
      };
      const context = { city: this.city, diagnostics: this.diagnostics, span, clauseExists: this.clauseExists, procedureExists };
      result.push(...readBenefit(id, yaml, { ...context, reader: (subject, clause) => this.reader(yaml, subject, clause) }));
    }
    const listed = new Set(this.listed());
    for (const [id, yaml] of this.files.benefits) {
      if (yaml !== undefined && !listed.has(id)) this.diagnostics.add('unlisted-file', yaml.root.place, { file: yaml.file, id });
    }
    return result;
  }

  private readMatters(known: ReadonlySet<string>): Matter[] {
    return this.fields.named('同一事项').map(({ name, value }) => {
      const fields = new Fields(this.yaml, value, name, ['说明', '英文', '条款', '待遇', '解读'], this.diagnostics);
      const clause = fields.text('条款', true) ?? '';
      if (clause !== '') this.clauseExists(clause, fields.valueAt('条款'));
      const benefits = fields.texts('待遇', true).map(({ text, place }) => {
        if (!text.includes('/') && !known.has(text)) this.diagnostics.add('unknown-benefit', place, { id: text, near: nearest(text, known) ?? '' });
        return text;
      });
      const words = fields.words(true) ?? { zh: name, en: name };
      const under = readUnder(fields, new Map([...this.readings].map(([reading, { alternatives }]) => [reading, alternatives.map((one) => one.name)])), this.diagnostics);
      return { name, words, clause, benefits, ...(under === undefined ? {} : { under }) };
    });
  }

  private reportUnused(): void {
    // What could not be read may be what uses a name.
    if (!this.diagnostics.list.every(isAdvice)) return;
    for (const [name, { at }] of this.written) if (!this.usedNames.has(name)) this.diagnostics.add('unused-name', at, { name });
    for (const name of this.parameters.keys()) {
      const at = this.fields.named('参数').find((entry) => entry.name === name)?.at;
      if (!this.usedNames.has(name) && at !== undefined) this.diagnostics.add('unused-name', at, { name });
    }
  }

  /** The readings that a benefit rests on: those it names, those its rule and definitions ask for, those of its groups. */
  private readingsOf(id: string, benefit: BenefitSource['benefit'], definitions: readonly Definition[], matters: readonly Matter[]): string[] {
    const found = new Set(benefit.readings);
    const seen = new Set<string>();
    const visit = (item: unknown): void => {
      if (Array.isArray(item)) item.forEach(visit);
      else if (typeof item === 'object' && item !== null) {
        if ('reading' in item && typeof item.reading === 'string') found.add(item.reading);
        if ('definition' in item && typeof item.definition === 'string' && !seen.has(item.definition)) {
          seen.add(item.definition);
          visit(definitions.find((definition) => definition.name === (item as { definition: string }).definition));
        }
        Object.values(item).forEach(visit);
      }
    };
    visit([benefit.condition, benefit.amount, benefit.totalCap]);
    for (const matter of matters) if (matter.under !== undefined && matter.benefits.includes(id)) found.add(matter.under.reading);
    return [...this.readings.keys()].filter((name) => found.has(name));
  }
}

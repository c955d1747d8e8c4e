// Tells a benefit as a government service item: every element in its order, each with something to say.

import { factsLookedAt, formatYuan, papersNeeded, type SubjectKind } from '../policy/index.ts';
import type { Benefit, FactOrigin, PlainAmountRule, Procedure } from '../policy/model.ts';
import { MICRO } from '../policy/values.ts';
import type { Block, ClauseLink, Element, ElementId, Line, ServiceItem } from './model.ts';
import { findPolicy, type PolicyScene, titleOfDocument } from './source.ts';
import { type AmountRow, ConditionTeller } from './tell-condition.ts';
import { amountInForce, chooseExample, tellExample, widestAmount, workExample } from './tell-example.ts';
import { tellProcedure } from './tell-procedure.ts';
import { effectLine, tellEffect, tellSuccessor } from './tell-validity.ts';
import { capital, isMoney, join, line, link, namesOf, tellKind, tellMonths, tellName, tellNamed, tellDay, tellSubject, tellValidity, tellWorkingDays, tellWorth } from './words.ts';

const labels: Readonly<Record<ElementId, readonly [zh: string, en: string]>> = {
  name: ['名称', 'Name'],
  code: ['编码', 'Codes'],
  basis: ['设定依据', 'Basis'],
  bodies: ['实施主体', 'Responsible bodies'],
  whom: ['服务对象', 'Who it is for'],
  outcome: ['结果：您得到什么', 'What you get'],
  conditions: ['条件', 'Conditions'],
  materials: ['材料和来源', 'Papers and sources'],
  'time-limit': ['时限', 'Time limit'],
  process: ['办理流程', 'How it is done'],
  fee: ['收费', 'Fee'],
  visits: ['跑动次数', 'Visits'],
  exclusive: ['同一事项', 'Not together with'],
  readings: ['解读', 'Readings'],
  contact: ['咨询', 'Questions'],
  oversight: ['监督', 'Oversight'],
  validity: ['有效期', 'Validity'],
  example: ['算一个例子', 'A worked example'],
  clause: ['条款原意', 'What the clause says'],
};

/** The nationwide line for government services, where a document names nobody to ask. */
const HOTLINE = '12345';

/** A benefit (its entries for each kind of subject) as a service item. */
export function tellItem(benefits: readonly [Benefit, ...Benefit[]], scene: PolicyScene): ServiceItem {
  return new ItemTeller(benefits, scene).tell();
}

class ItemTeller {
  private readonly benefits: readonly [Benefit, ...Benefit[]];
  private readonly benefit: Benefit;
  private readonly scene: PolicyScene;
  private readonly conditions: ConditionTeller;

  constructor(benefits: readonly [Benefit, ...Benefit[]], scene: PolicyScene) {
    this.benefits = benefits;
    this.benefit = benefits[0];
    this.scene = scene;
    const { subject } = this.benefit;
    const { source, policy, language, addresses } = scene;
    this.conditions = new ConditionTeller({ policy, vocabulary: source.vocabularies[subject], questions: source.questions[subject], reference: source.reference, language, addresses });
  }

  tell(): ServiceItem {
    const { benefit, scene } = this;
    const { city, policy, language, addresses } = scene;
    const subjects = this.benefits.map(({ subject }) => subject);
    const amount = widestAmount(benefit, scene);
    const to = benefit.to ?? policy.to;
    const from = benefit.from ?? policy.from;
    const effect = this.restsOnPolicy() ? tellEffect(scene) : undefined;
    const head = {
      id: benefit.id,
      city: city.id,
      policy: policy.id,
      number: `${city.code}/${policy.id}/${benefit.id}`,
      title: benefit.title[language],
      kind: benefit.kind,
      kindTold: tellKind(benefit.kind, language),
      subjects,
      subjectsTold: this.subjectsTold(subjects),
      amount,
      amountTold: tellWorth(amount, benefit.kind, language, namesOf(policy, scene.source.vocabularies[benefit.subject].facts, language)),
      lead: this.name(benefit.lead),
      departments: tellNamed([benefit.lead, ...benefit.support], city, language),
      clause: this.clause(benefit.clause),
      from,
      ...(to === undefined ? {} : { to }),
      validityTold: tellValidity(from, to, language),
      ...(effect === undefined ? {} : { effect }),
      href: addresses.item(city.id, policy.id, benefit.id),
      calculator: addresses.calculator(city.id),
    };
    const blocks: Readonly<Record<ElementId, readonly Block[]>> = {
      name: [{ kind: 'text', line: line(benefit.title[language], 'strong') }],
      code: this.codes(head.number),
      basis: this.basis(),
      bodies: this.bodies(),
      whom: [{ kind: 'text', line: line(head.subjectsTold) }],
      outcome: this.outcome(head.kindTold, head.amountTold, isMoney(amount)),
      conditions: this.conditionBlocks(),
      materials: this.materials(),
      'time-limit': this.timeLimit(),
      process: this.process(),
      fee: [this.note(benefit.service?.fee?.[language], '没有写收费', 'names no fee')],
      visits: [this.note(this.visits(), '没有写要跑几次', 'does not say how often one has to come')],
      exclusive: this.exclusive(),
      readings: this.readings(),
      contact: this.contact(),
      oversight: this.oversight(),
      validity: this.validity(head.validityTold),
      example: this.example(),
      clause: this.clauses(),
    };
    const elements = (Object.keys(labels) as ElementId[]).map((id): Element => ({ id, label: labels[id][language === 'zh' ? 0 : 1], blocks: blocks[id] }));
    return { ...head, elements };
  }

  private say(zh: string, en: string): string {
    return this.scene.say(zh, en);
  }

  private name(name: string): string {
    return tellName(name, this.scene.city, this.scene.language);
  }

  /** Whether its first day is the policy's, and so rests on the same reading. */
  private restsOnPolicy(): boolean {
    return this.benefit.from === undefined || this.benefit.from === this.scene.policy.from;
  }

  /** What is given, or that the document, or what is at hand of it, does not write it. */
  private note(given: string | undefined, zh: string, en: string): Block {
    return given === undefined ? this.unwritten(zh, en) : { kind: 'text', line: line(given) };
  }

  private unwritten(zh: string, en: string): Block {
    const { document } = this.scene;
    return { kind: 'note', line: line(this.say(`${document}${zh}。`, `${document} ${en}.`)) };
  }

  private subjectsTold(subjects: readonly SubjectKind[]): string {
    return join(subjects.map((subject) => tellSubject(subject, this.scene.language)), this.scene.language);
  }

  private clause(id: string): ClauseLink {
    const { policy, city, language, addresses } = this.scene;
    return { id, title: policy.clauses.find((one) => one.id === id)?.title[language] ?? '', href: addresses.clause(city.id, id) };
  }

  private clauseLine(id: string): Line {
    const { title, href } = this.clause(id);
    return [link(id, href), { text: `　${title}` }];
  }

  private codes(number: string): readonly Block[] {
    const { service } = this.benefit;
    const none = line(this.say('还没有编', 'none assigned yet'), 'soft');
    return [
      {
        kind: 'pairs',
        rows: [
          { name: this.say('基本编码', 'Basic code'), value: service?.basicCode === undefined ? none : line(service.basicCode) },
          { name: this.say('实施编码', 'Implementing code'), value: service?.implementingCode === undefined ? none : line(service.implementingCode) },
          { name: this.say('本系统编号', 'Number here'), value: line(number) },
        ],
      },
    ];
  }

  private basis(): readonly Block[] {
    const { policy, language, addresses, city } = this.scene;
    return [
      { kind: 'text', line: [link(policy.title[language], addresses.policy(city.id, policy.id))] },
      { kind: 'list', items: [this.benefit.clause, ...this.benefit.also].map((id) => this.clauseLine(id)) },
      ...(policy.source === undefined ? [] : [{ kind: 'note', line: line(policy.source[language]) } as const]),
    ];
  }

  private bodies(): readonly Block[] {
    const { lead, support } = this.benefit;
    const others = tellNamed(support, this.scene.city, this.scene.language);
    const rows = [
      { name: this.say('牵头', 'Lead'), value: line(this.name(lead), this.isNamed() ? 'strong' : 'soft') },
      ...(others.length === 0 ? [] : [{ name: this.say('配合', 'Support'), value: line(join(others, this.scene.language)) }]),
      { name: this.say('管辖', 'Jurisdiction'), value: [link(this.scene.city.title[this.scene.language], this.scene.addresses.city(this.scene.city.id))] },
    ];
    return [{ kind: 'pairs', rows }];
  }

  private outcome(kindTold: string, amountTold: string, isPaid: boolean): readonly Block[] {
    const { benefit, scene } = this;
    const { language, source, city } = scene;
    const rows: { name: string; value: Line }[] = [
      { name: this.say('种类', 'Kind'), value: line(kindTold) },
      { name: this.say('数额', 'Amount'), value: isPaid ? line(amountTold, 'figure') : line(amountTold) },
    ];
    const rule = amountInForce(benefit, scene.policy);
    const table = 'value' in rule ? this.conditions.rows(rule.value) : [];
    const [only] = table;
    if (table.length === 1 && only !== undefined && only.when.length === 0 && 'value' in rule && rule.value.op !== 'constant' && !amountTold.includes(only.told)) rows.push({ name: this.say('算法', 'Worked out as'), value: line(only.told) });
    const each = table.length < 2 ? this.eachTime(rule) : [];
    for (const { told } of each) rows.push({ name: this.eachTold(rule), value: line(told, 'figure') });
    const { schedule, totalCap } = benefit;
    if (totalCap !== undefined && (totalCap.under === undefined || scene.policy.readings.find(({ name }) => name === totalCap.under?.reading)?.inForce === totalCap.under.alternative)) {
      rows.push({ name: this.say('合计最多', 'At most in all'), value: line(this.say(`${formatYuan(totalCap.fen)} 元`, `${formatYuan(totalCap.fen)} yuan`), 'figure') });
    }
    if (schedule !== undefined) {
      const facts = source.vocabularies[benefit.subject].facts;
      const start = facts[schedule.start];
      const every = tellMonths(schedule.months, language);
      const from = start === undefined ? '' : this.conditions.factName(start);
      rows.push({ name: this.say('发放', 'Paid'), value: line(this.say(`分 ${schedule.count} 次，从“${from}”算起，每满 ${every}发一次`, `In ${schedule.count} parts, one after each ${every.replace(/^1 /, '')}, counted from: ${from}`)) });
      const check = schedule.check === undefined ? undefined : facts[schedule.check];
      if (check !== undefined) rows.push({ name: this.say('发前核对', 'Checked before'), value: line(capital(this.conditions.factName(check))) });
    }
    if (benefit.termMonths !== undefined) rows.push({ name: this.say('期限', 'Term'), value: line(tellMonths(benefit.termMonths, language)) });
    if (benefit.seats !== undefined) rows.push({ name: this.say('名额', 'Places'), value: line(this.say(`每年 ${benefit.seats} 个`, `${benefit.seats} a year`)) });
    for (const { fund, micro } of benefit.funds) {
      const share = micro === MICRO ? '' : `　${micro / 10_000}%`;
      rows.push({ name: this.say('谁出钱', 'Paid by'), value: line(`${tellName(fund, city, language)}${share}`) });
    }
    if (benefit.reviewed) rows.push({ name: this.say('谁来定', 'Settled by'), value: line(this.say('条件都够，还要评审', 'A review, where the conditions are met')) });
    return [
      { kind: 'pairs', rows },
      ...(table.length < 2 ? [] : [this.amountTable(rule, table)]),
      ...(benefit.remark === undefined ? [] : [{ kind: 'note', line: line(benefit.remark[language]) } as const]),
    ];
  }

  /** The amounts of each case; beside a sum of months or years what one of them pays. */
  private amountTable(rule: PlainAmountRule, table: readonly AmountRow[]): Block {
    const each = this.eachTime(rule);
    const total = rule.kind === 'upTo' ? this.say('最多', 'At most') : each.length === 0 ? this.say('数额', 'Amount') : this.say('一共', 'In all');
    return {
      kind: 'table',
      caption: this.say('各种情形的数额', 'Amount by case'),
      head: [this.say('情形', 'Case'), ...(each.length === 0 ? [] : [this.eachTold(rule)]), total],
      rows: table.map(({ when, told }, at) => [line(when.join(this.say('，', ', '))), ...(each.length === 0 ? [] : [line(each[at]?.told ?? '', 'figure')]), line(told, 'figure')]),
      figures: each.length === 0 ? [1] : [1, 2],
    };
  }

  /** What each month or year pays, a row for each row of the whole; nothing where the amount is no such sum. */
  private eachTime(rule: PlainAmountRule): readonly AmountRow[] {
    return rule.kind === 'exact' && rule.each !== undefined && rule.value.op === 'times' ? this.conditions.rows(rule.value.left) : [];
  }

  private eachTold(rule: PlainAmountRule): string {
    return rule.kind === 'exact' && rule.each === 'year' ? this.say('每年', 'A year') : this.say('每月', 'A month');
  }

  private conditionBlocks(): readonly Block[] {
    const nodes = this.conditions.tree(this.benefit.condition, this.benefit.clause);
    if (nodes.length === 0) return [{ kind: 'text', line: line(this.benefit.reviewed ? this.say('没有写硬性条件，由评审定。', 'No fixed conditions: a review decides.') : this.say('没有另外的条件。', 'Nothing more is asked.')) }];
    return [{ kind: 'tree', nodes }];
  }

  /** Papers that the document asks for, as far as the rule in force looks at what they prove; then every fact that conditions and amount look at, by who supplies it. */
  private materials(): readonly Block[] {
    const { benefit, conditions, scene } = this;
    const { facts } = scene.source.vocabularies[benefit.subject];
    const slots = factsLookedAt(benefit, scene.policy, facts);
    const used = [...slots].flatMap((slot) => facts[slot] ?? []);
    const told = (text: string): string => (scene.language === 'en' ? capital(text) : text);
    const groups = (Object.keys(origins) as FactOrigin[]).flatMap((origin) => {
      const own = used.filter(({ from }) => from === origin).map((fact) => conditions.factName(fact));
      return own.length === 0 ? [] : [{ name: origins[origin][scene.language === 'zh' ? 0 : 1], value: line(told(join([...new Set(own)], scene.language))) }];
    });
    const papers = papersNeeded(benefit, slots, facts).map(({ name, proves }): Line => {
      const proved = proves.flatMap((fact) => facts.find((one) => one.name === fact) ?? []).map((fact) => conditions.factName(fact));
      return [{ text: name[scene.language] }, ...(proved.length === 0 ? [] : [{ text: this.say(`　证明：${join(proved, 'zh')}`, `  proves: ${join(proved, 'en')}`), tone: 'soft' } as const])];
    });
    return [
      papers.length === 0 ? this.unwritten('没有列出要交的材料', 'lists no papers') : { kind: 'list', items: papers },
      ...(groups.length === 0 ? [] : ([{ kind: 'heading', text: this.say('要看哪些情况，由谁提供', 'What is looked at, and who supplies it') }, { kind: 'pairs', rows: groups }] as const)),
    ];
  }

  private procedure(): Procedure | undefined {
    const { procedures } = this.scene.policy;
    return procedures.find(({ id }) => id === this.benefit.procedure) ?? procedures.find(({ benefits }) => benefits.includes(this.benefit.id));
  }

  private timeLimit(): readonly Block[] {
    const { service } = this.benefit;
    const { language } = this.scene;
    const rows: { name: string; value: Line }[] = [];
    if (service?.legalDays !== undefined) rows.push({ name: this.say('法定时限', 'By law'), value: line(tellWorkingDays(service.legalDays, language)) });
    if (service?.promisedDays !== undefined) rows.push({ name: this.say('承诺时限', 'Promised'), value: line(tellWorkingDays(service.promisedDays, language)) });
    for (const step of this.procedure()?.steps ?? []) if (step.workingDays !== undefined) rows.push({ name: step.title[language], value: line(tellWorkingDays(step.workingDays, language)) });
    return [rows.length === 0 ? this.unwritten('没有写多少天办完', 'names no time limit') : { kind: 'pairs', rows }];
  }

  private process(): readonly Block[] {
    const procedure = this.procedure();
    if (procedure === undefined) return [this.unwritten('没有写办理的步骤', 'describes no steps')];
    return [{ kind: 'text', line: line(procedure.words[this.scene.language]) }, ...tellProcedure(procedure, this.scene)];
  }

  private visits(): string | undefined {
    const visits = this.benefit.service?.visits;
    if (visits === undefined) return undefined;
    if (visits === 0) return this.say('不用跑，网上办完', 'None: done online');
    return this.say(`最多跑 ${visits} 次`, visits === 1 ? 'Once at most' : `${visits} times at most`);
  }

  /** Same-matter groups of every policy that name this benefit, as far as they hold under the readings in force. */
  private exclusive(): readonly Block[] {
    const { source, policy: own, language, addresses } = this.scene;
    const full = `${own.id}/${this.benefit.id}`;
    const blocks: Block[] = [];
    for (const { policies } of source.cities) {
      for (const { policy } of policies) {
        for (const matter of policy.matters) {
          const ids = matter.benefits.map((id) => (id.includes('/') ? id : `${policy.id}/${id}`));
          const { under } = matter;
          const holds = under === undefined || policy.readings.find(({ name }) => name === under.reading)?.inForce === under.alternative;
          if (!ids.includes(full) || !holds) continue;
          blocks.push({ kind: 'text', line: [{ text: language === 'en' ? capital(matter.words.en) : matter.words.zh }, { text: this.say('　', '  ') }, { ...link(matter.clause, addresses.clause(policy.city, matter.clause)), tone: 'soft' }] });
          const others = ids.filter((id) => id !== full).map((id): Line => {
            const [policyId = '', benefitId = ''] = id.split('/');
            const found = findPolicy(source, policyId);
            const title = found?.policy.benefits.find((one) => one.id === benefitId)?.title[language] ?? benefitId;
            if (found === undefined) return line(title);
            return [link(title, addresses.item(found.city.id, policyId, benefitId)), ...(policyId === own.id ? [] : [{ text: `　${found.policy.short[language]}`, tone: 'soft' } as const])];
          });
          blocks.push({ kind: 'list', items: others });
        }
      }
    }
    return blocks.length === 0 ? [{ kind: 'note', line: line(this.say('没有写和别的待遇只能选一样。', 'Nothing says that it excludes another benefit.')) }] : blocks;
  }

  private readings(): readonly Block[] {
    const { policy, language, addresses, city } = this.scene;
    const own = this.benefit.readings.flatMap((name) => policy.readings.find((reading) => reading.name === name) ?? []);
    if (own.length === 0) return [{ kind: 'note', line: line(this.say('没有列出要解读的地方。', 'None is listed.')) }];
    return own.flatMap((reading): readonly Block[] => {
      const others = reading.alternatives.filter((_, index) => index !== reading.inForce).map(({ words }) => words[language]);
      return [
        { kind: 'heading', text: language === 'en' ? capital(reading.question.en) : reading.question.zh },
        {
          kind: 'pairs',
          rows: [
            { name: this.say('现在采用', 'In force'), value: line(reading.alternatives[reading.inForce]?.words[language] ?? '', 'strong') },
            { name: this.say('还可以是', 'Could also be'), value: line(others.join(this.say('；', '; '))) },
            { name: this.say('出在', 'Arises in'), value: [link(reading.clause, addresses.clause(city.id, reading.clause))] },
          ],
        },
      ];
    });
  }

  private contact(): readonly Block[] {
    const { city, language } = this.scene;
    const { lead } = this.benefit;
    const known = city.contacts[lead];
    const rows: { name: string; value: Line }[] = [{ name: this.say('部门', 'Office'), value: this.isNamed() ? line(this.name(lead)) : line(this.name(lead), 'soft') }];
    if (known?.phone !== undefined) rows.push({ name: this.say('电话', 'Telephone'), value: line(known.phone) });
    if (known?.address !== undefined) rows.push({ name: this.say('地址', 'Address'), value: line(known.address[language]) });
    if (known?.phone === undefined) rows.push({ name: this.say('电话', 'Telephone'), value: this.isNamed() ? this.hotline('没有写部门的电话', 'names no number of the office') : this.hotline('没有写由谁负责', 'names no office') });
    return [{ kind: 'pairs', rows }];
  }

  private isNamed(): boolean {
    return !this.scene.city.unnamed.includes(this.benefit.lead);
  }

  private hotline(zh: string, en: string): Line {
    const { document } = this.scene;
    return [{ text: HOTLINE, tone: 'strong' }, { text: this.say(`　${document}${zh}，打政务服务便民热线`, `  the government service hotline; ${document.toLowerCase()} ${en}`), tone: 'soft' }];
  }

  private oversight(): readonly Block[] {
    const { city, language } = this.scene;
    const told = this.procedure()?.oversight?.[language];
    const phone = city.contacts[this.benefit.lead]?.oversightPhone;
    return [
      ...(told === undefined ? [] : [{ kind: 'text', line: line(told) } as const]),
      { kind: 'pairs', rows: [{ name: this.say('投诉', 'Complaints'), value: phone === undefined ? this.hotline('没有写监督电话', 'names no number for complaints') : line(phone) }] },
    ];
  }

  private validity(told: string): readonly Block[] {
    const { source, policy, language } = this.scene;
    // What ended before its document did was superseded only where it says so itself.
    const by = this.benefit.supersededBy ?? (this.benefit.to === undefined ? policy.supersededBy : undefined);
    const before = policy.supersedes.filter(({ benefits }) => benefits === undefined).map(({ policy: id }) => titleOfDocument(source, id, language));
    const first = tellDay(policy.from, language);
    const effect = this.restsOnPolicy() ? effectLine(this.scene) : undefined;
    return [
      { kind: 'text', line: line(language === 'en' ? capital(told) : told) },
      ...(effect === undefined ? [] : [{ kind: 'note', line: effect } as const]),
      ...(by === undefined ? [] : [{ kind: 'text', line: tellSuccessor(by, this.scene) } as const]),
      ...(before.length === 0 ? [] : [{ kind: 'note', line: line(this.say(`所在的文件从 ${first}起取代${join(before, 'zh')}。`, `Its document supersedes ${join(before, 'en')} from ${first} on.`)) } as const]),
    ];
  }

  private example(): readonly Block[] {
    const example = chooseExample(this.scene.examples[this.benefit.id] ?? []);
    if (example === undefined) return [{ kind: 'note', line: line(this.say('这一项没有例子。', 'There is no example of it.')) }];
    return tellExample(workExample(example, this.benefits, this.scene), this.scene);
  }

  /** Every clause that this rests on, and what the pack says of it in its own words. */
  private clauses(): readonly Block[] {
    const { policy, language } = this.scene;
    const told = new Set<string>();
    return [this.benefit.clause, ...this.benefit.also].flatMap((id): readonly Block[] => {
      const rests = ({ clause, also }: { readonly clause: string; readonly also: readonly string[] }): boolean => clause === id || also.includes(id);
      const own = policy.clauses.find((clause) => clause.id === id)?.words?.[language];
      const rest = [...policy.narratives, ...policy.goals, ...policy.duties, ...policy.procedures].filter(rests).map(({ words }) => words[language]);
      // What several clauses share is said once.
      const said = rest.filter((text) => !told.has(text));
      for (const text of said) told.add(text);
      return [
        { kind: 'text', line: this.clauseLine(id) },
        ...(own === undefined ? [] : [{ kind: 'text', line: line(own) } as const]),
        ...said.map((text): Block => ({ kind: 'note', line: line(text) })),
      ];
    });
  }
}

const origins: Readonly<Record<FactOrigin, readonly [zh: string, en: string]>> = {
  申报: ['本人填报', 'You tell it'],
  材料: ['证明材料', 'By a paper'],
  共享: ['部门共享核验', 'Checked with other offices'],
  认定: ['评审认定', 'Settled by a review'],
  推算: ['系统推算', 'Worked out here'],
};

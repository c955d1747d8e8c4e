// Computes an example: one of a benefit's own cases, really evaluated by the engine, told with its facts, conditions and payments.

import { type Example, formatYuan, fundsOf, interpretPolicy, makeEngine, parseDate, type Policy, tellAmount, tellDate } from '../policy/index.ts';
import { amountUnder, judge, makeScene } from '../policy/interpret.ts';
import type { Amount, BenefitResult } from '../policy/index.ts';
import type { Benefit, Condition, PlainAmountRule } from '../policy/model.ts';
import { FALSE, TRUE } from '../policy/values.ts';
import type { Block, Line, NodeOutcome } from './model.ts';
import type { PolicyScene } from './source.ts';
import { ConditionTeller } from './tell-condition.ts';
import { tellFacts } from './tell-facts.ts';
import { capital, line, namesOf, tellName } from './words.ts';

/** A case with what the engine answered. */
export interface WorkedExample {
  readonly example: Example;
  readonly benefit: Benefit;
  /** The policy under the readings of the case. */
  readonly policy: Policy;
  readonly result: BenefitResult;
  readonly outcomeOf: (condition: Condition) => NodeOutcome;
}

const preferred: readonly Example['expected'][] = ['yes', 'review'];

/** The case that shows a benefit best: one that gets it, else one that awaits review, else the first. */
export function chooseExample(examples: readonly Example[]): Example | undefined {
  return preferred.flatMap((status) => examples.filter(({ expected }) => expected === status))[0] ?? examples[0];
}

/** Evaluates a case by the engine. @throws Error where the case is about a kind of subject that the benefit is not for, or its facts are not valid. */
export function workExample(example: Example, benefits: readonly Benefit[], { policy, source }: PolicyScene): WorkedExample {
  const benefit = benefits.find(({ subject }) => subject === example.subject);
  if (benefit === undefined) throw new Error(`${policy.id}/${benefits[0]?.id}: no entry for ${example.subject}`);
  const readings = new Map(policy.readings.map(({ name, alternatives, inForce }) => [name, Math.max(0, example.readings === undefined || !Object.hasOwn(example.readings, name) ? inForce : alternatives.findIndex((one) => one.name === example.readings?.[name]))]));
  const date = parseDate(example.date) ?? 0;
  const parameters = new Map(Object.entries(example.parameters ?? {}));
  const alone = alwaysInForce(policy, benefit);
  const compiled = interpretPolicy(alone, source.vocabularies);
  const engine = makeEngine({ policies: [compiled], vocabularies: source.vocabularies, reference: source.reference, date, parameters, readings });
  const bound = engine.bindSubject({ id: null, subject: example.subject, facts: example.facts });
  if ('problems' in bound) throw new Error(`${policy.id}/${benefit.id}: ${example.name}: ${JSON.stringify(bound.problems)}`);
  const result = engine.answer(bound.subject).benefits.find(({ benefit: id }) => id === benefit.id);
  const setting = engine.settings.get(policy.id);
  if (result === undefined || setting === undefined) throw new Error(`${policy.id}/${benefit.id}: ${example.name}: no answer`);
  const scene = makeScene(alone, source.vocabularies[example.subject], bound.subject, setting, engine.binding.literals);
  return {
    example,
    benefit,
    policy: { ...policy, readings: policy.readings.map((reading) => ({ ...reading, inForce: readings.get(reading.name) ?? reading.inForce })) },
    result,
    outcomeOf: (condition) => {
      const { truth } = judge(condition, scene);
      return truth === TRUE ? 'yes' : truth === FALSE ? 'no' : 'unknown';
    },
  };
}

/** The policy with one benefit alone, which answers on every day: a manual shows what a rule says, not whether it is open today. */
function alwaysInForce(policy: Policy, benefit: Benefit): Policy {
  const { from: _from, to: _to, ...open } = benefit;
  const { to: _last, ...always } = policy;
  return { ...always, from: 0, benefits: [open] };
}

/** What the engine says of a benefit's amount when nothing is known of anybody: its widest bounds. */
export function widestAmount(benefit: Benefit, { policy, source }: PolicyScene): Amount {
  const open: Benefit = { ...benefit, condition: { op: 'always', value: true } };
  const alone = alwaysInForce(policy, open);
  const engine = makeEngine({ policies: [interpretPolicy(alone, source.vocabularies)], vocabularies: source.vocabularies, reference: source.reference, date: benefit.from ?? policy.from });
  const outcome = engine.evaluate({ id: null, subject: benefit.subject, facts: {} });
  const amount = 'result' in outcome ? outcome.result.benefits[0]?.amount : undefined;
  if (amount === undefined) throw new Error(`${policy.id}/${benefit.id}: no amount`);
  return amount;
}

/** The rule of an amount under the readings in force. */
export function amountInForce(benefit: Benefit, policy: Policy): PlainAmountRule {
  return amountUnder<PlainAmountRule>(benefit.amount, { date: 0, parameters: new Map(), readings: new Map(policy.readings.map(({ name, inForce }) => [name, inForce])) });
}

/** The example as blocks: who, each condition with what came of it, and what is paid. */
export function tellExample(worked: WorkedExample, scene: PolicyScene): readonly Block[] {
  const { example, benefit, policy } = worked;
  const { language, say, source, addresses } = scene;
  const vocabulary = source.vocabularies[example.subject];
  const teller = new ConditionTeller({ policy, vocabulary, questions: source.questions[example.subject], reference: source.reference, language, addresses });
  const facts = tellFacts(example.facts, vocabulary, scene, teller);
  const tree = teller.tree(benefit.condition, benefit.clause, worked.outcomeOf);
  const chosen = Object.entries(example.readings ?? {}).map(([name, alternative]) => {
    const reading = policy.readings.find((one) => one.name === name);
    return `${reading?.question[language] ?? name}${say('：', ': ')}${reading?.alternatives.find((one) => one.name === alternative)?.words[language] ?? alternative}`;
  });
  return [
    // A case has a name in Chinese only; its facts say the same in English.
    { kind: 'note', line: line(say(`${example.name}。按 ${tellDate(example.date, 'zh')}算，${{ person: '人', organisation: '单位', project: '项目', team: '团队' }[example.subject]}是虚构的。`, `An invented ${{ person: 'person', organisation: 'organisation', project: 'project', team: 'team' }[example.subject]}, as of ${tellDate(example.date, 'en')}.`)) },
    ...(chosen.length === 0 ? [] : [{ kind: 'note', line: line(`${say('按这样的理解算：', 'Read so: ')}${chosen.join(say('；', '; '))}`) } as const]),
    ...(facts.length === 0
      ? []
      : ([{ kind: 'heading', text: say('已知', 'What is known') }, { kind: 'pairs', rows: facts.map(({ name, value }) => ({ name: language === 'en' ? capital(name) : name, value: line(value) })) }] as const)),
    ...(tree.length === 0 ? [] : ([{ kind: 'heading', text: say('一条一条看', 'One by one') }, { kind: 'tree', nodes: tree }] as const)),
    { kind: 'heading', text: say('结果', 'What comes of it') },
    { kind: 'pairs', rows: resultRows(worked, scene) },
  ];
}

function resultRows({ benefit, result }: WorkedExample, scene: PolicyScene): readonly { readonly name: string; readonly value: Line }[] {
  const { language, say, city, source } = scene;
  const answers = {
    yes: say('可以享受', 'Yes'),
    no: say('不能享受', 'No'),
    unknown: say('还缺信息，定不下来', 'Open: something is not known yet'),
    review: say('硬条件都够，等评审', 'The fixed conditions are met; a review decides'),
  } as const;
  const isOpen = benefit.condition.op === 'always' && result.status === 'review';
  const { amount } = result;
  const nameOf = namesOf(scene.policy, source.vocabularies[benefit.subject].facts, language);
  const told = amount === undefined || amount.kind === 'none' ? '' : tellAmount(amount, language, nameOf);
  const missing = [...new Set([...result.missing, ...(amount?.missing ?? [])])].map(nameOf);
  const rows: { name: string; value: Line }[] = [
    { name: say('能不能享受', 'Entitled'), value: line(isOpen ? say('没有硬性条件，由评审定', 'No fixed conditions: a review decides') : answers[result.status], 'strong') },
  ];
  if (told !== '') rows.push({ name: say('数额', 'Amount'), value: line(language === 'en' ? capital(told) : told, 'figure') });
  if (amount?.kind === 'exact' && amount.instalments !== undefined) {
    for (const [index, { due, fen }] of amount.instalments.entries()) {
      rows.push({ name: say(`第 ${index + 1} 次发放`, `Payment ${index + 1}`), value: [{ text: `${tellDate(due, language)}　` }, { text: `${formatYuan(fen)} ${say('元', 'yuan')}`, tone: 'figure' }] });
    }
  }
  if (amount?.kind === 'exact' && benefit.funds.length > 0) {
    for (const { fund, fen } of fundsOf(benefit, amount.totalFen)) {
      rows.push({ name: say('出自', 'Paid from'), value: [{ text: `${tellName(fund, city, language)}　` }, { text: `${formatYuan(fen)} ${say('元', 'yuan')}`, tone: 'figure' }] });
    }
  }
  if (missing.length > 0 && result.status !== 'no') rows.push({ name: say('还要知道', 'Still to be known'), value: line(missing.join(say('、', ', '))) });
  return rows;
}

// Benefits as the result shows them: state, amount, dates, who decides and why, in words.
import { type BenefitResult, type ExplainedBenefit, formatYuan, tellAmount, tellDate } from '../../src/policy/index.ts';
import type { Answerer } from './answerer.ts';
import { nameOf } from './tell-answers.ts';
import type { Failure, ReasonTeller } from './tell-reasons.ts';
import type { Group, Language, PaymentView, ResultView } from './view.ts';

/** What a result is told from. */
export interface Telling {
  readonly answerer: Answerer;
  readonly language: Language;
  readonly teller: ReasonTeller;
  /** Facts that could still be asked and change something. */
  readonly open: ReadonlySet<string>;
  readonly skipped: ReadonlySet<string>;
  /** Title of the benefit in whose favour one is left, by `policy/benefit`. */
  readonly leftFor: ReadonlyMap<string, string>;
}

const groups: Readonly<Record<BenefitResult['status'], Group>> = { yes: 'certain', unknown: 'possible', review: 'possible', no: 'excluded' };

/** One benefit as the result shows it. */
export function resultView(result: BenefitResult, explained: ExplainedBenefit, telling: Telling): ResultView {
  const { answerer, language, teller } = telling;
  const say = (zh: string, en: string): string => (language === 'zh' ? zh : en);
  const known = answerer.benefits.get(`${result.policy}/${result.benefit}`);
  if (known === undefined) throw new RangeError(`no benefit ${result.policy}/${result.benefit}`);
  const { benefit, policy, level } = known;
  const name = (zh: string): string => (language === 'zh' ? zh : (level.names[zh] ?? zh));
  // Where a source names no department, nobody can be told to be the one who answers for it or reviews.
  const isUnnamed = level.unnamed.includes(benefit.lead);
  const { amount, status } = result;
  const waiting = [...new Set([...result.missing, ...(amount?.missing ?? [])])];
  const asks = status === 'no' ? [] : waiting.filter((fact) => telling.open.has(fact)).map((fact) => ({ fact, title: nameOf(answerer, fact, language) }));
  const failures = status === 'no' ? teller.failures(explained) : [];
  const check = benefit.schedule?.check === undefined ? undefined : answerer.vocabulary.facts[benefit.schedule.check];
  const recognised = waiting.flatMap((fact) => answerer.facts.get(fact) ?? []).filter(({ from }) => from === '认定');
  const settling = recognised.filter((fact) => result.missing.includes(fact.name));
  return {
    city: level.id,
    levelTitle: level.title[language],
    policy: result.policy,
    benefit: result.benefit,
    title: benefit.title[language],
    kind: benefit.kind,
    group: groups[status],
    status,
    isLeft: telling.leftFor.has(`${result.policy}/${result.benefit}`),
    ...(amount === undefined ? {} : { amount }),
    amountTold: tellAmount(amount, language),
    stateTold: stateOf(result, asks.length, failures, settling.map((fact) => (language === 'zh' ? fact.name : nameOf(answerer, fact.name, language))), telling),
    payments: paymentsOf(result, telling),
    ...(check === undefined ? {} : { checkTold: language === 'zh' ? check.name : check.en }),
    ...(benefit.termMonths === undefined ? {} : { termTold: tellSpan(benefit.termMonths, language) }),
    lead: isUnnamed ? say('还没有写由谁负责', 'nobody is named yet') : name(benefit.lead),
    funds: fundsOf(explained, benefit.funds, name, language),
    clause: benefit.clause,
    readings: explained.readings.map((reading) => ({ question: policy.readings.find((one) => one.name === reading.name)?.question[language] ?? reading.name, inForce: reading.words })),
    // Where there is no condition, none is met either.
    reasons: benefit.condition.op === 'always' ? [] : teller.reasons(explained),
    failing: failures.map((failure) => teller.asReason(failure)),
    asks,
    reviews: [
      ...recognised.map((fact) => nameOf(answerer, fact.name, language)),
      ...(benefit.reviewed && status !== 'no' ? [isUnnamed ? say('评审', 'a review') : say(`由${benefit.lead}评审`, `reviewed by ${name(benefit.lead)}`)] : []),
    ],
    recognitions: status === 'no' ? [] : recognised.map((fact) => ({ fact: fact.name, title: nameOf(answerer, fact.name, language) })),
  };
}

function tellSpan(months: number, language: Language): string {
  const years = months / 12;
  if (!Number.isInteger(years)) return language === 'zh' ? `${months} 个月` : `${months} months`;
  return language === 'zh' ? `${years} 年` : years === 1 ? '1 year' : `${years} years`;
}

function paymentsOf({ amount }: BenefitResult, { answerer, language }: Telling): PaymentView[] {
  if (amount?.kind !== 'exact') return [];
  const { date } = answerer.engine.binding;
  return (amount.instalments ?? []).map(({ due, fen }) => ({ due, dueTold: tellDate(due, language), fen, isPast: Number(due.replaceAll('-', '')) < date }));
}

function fundsOf({ funds }: ExplainedBenefit, shares: readonly { readonly fund: string; readonly micro: number }[], name: (zh: string) => string, language: Language): string[] {
  if (funds !== undefined) return funds.map(({ fund, fen }) => `${name(fund)} ${formatYuan(fen)} ${language === 'zh' ? '元' : 'yuan'}`);
  return shares.map(({ fund, micro }) => (micro === 1_000_000 ? name(fund) : `${name(fund)} ${micro / 10_000}%`));
}

/** One line that says where a benefit stands. */
function stateOf(result: BenefitResult, asks: number, failures: readonly Failure[], recognised: readonly string[], telling: Telling): string {
  const { answerer, language } = telling;
  const id = `${result.policy}/${result.benefit}`;
  const { benefit, level } = answerer.benefits.get(id) ?? {};
  const zh = language === 'zh';
  const lead = zh ? (benefit?.lead ?? '') : (level?.names[benefit?.lead ?? ''] ?? '');
  switch (result.status) {
    case 'yes': {
      const left = telling.leftFor.get(id);
      if (left !== undefined) return zh ? `也符合，但和“${left}”只能选一样` : `met too, but it is this or “${left}”`;
      if (asks > 0) return zh ? `可以领，数额还差 ${asks} 个答案` : `yours; ${asks === 1 ? 'one answer settles' : `${asks} answers settle`} the amount`;
      return benefit?.kind === 'right' || benefit?.kind === 'recruitment' ? (zh ? '可以享受' : 'yours') : zh ? '可以领' : 'yours';
    }
    case 'no':
      return failures.length === 0 ? (zh ? '不符合条件' : 'the conditions are not met') : tellFailure(failures, telling);
    case 'unknown': {
      if (asks > 0) return zh ? `还差 ${asks} 个答案` : asks === 1 ? 'one answer to go' : `${asks} answers to go`;
      return zh ? '有的问题您跳过了，还定不下来' : 'open, because you skipped a question that it needs';
    }
    case 'review': {
      // What the conditions leave to a recognition comes before the review of the whole.
      if (recognised.length > 0) return zh ? `其他条件都够，还要经过认定：${recognised.join('、')}` : `the rest is met; still to be recognised: ${recognised.join(', ')}`;
      const isUnnamed = level?.unnamed.includes(benefit?.lead ?? '') === true;
      // Nothing that she answered says whether it is for her.
      if (benefit?.condition.op === 'always') {
        if (zh) return `是不是给您的，由${isUnnamed ? '评审' : lead}看`;
        return isUnnamed ? 'whether it is for you, a review decides' : `whether it is for you is up to: ${lead}`;
      }
      const [by, byEn] = isUnnamed ? ['还要评审', 'a review decides'] : [`由${lead}评审`, `reviewed by ${lead}`];
      return zh ? `条件都够，${by}` : `every condition is met; ${byEn}`;
    }
  }
}

/** Why not, with the person's own answer: of what fails, what she has answered herself says most. */
function tellFailure(failures: readonly Failure[], { teller, answerer, language }: Telling): string {
  const zh = language === 'zh';
  const known = (failure: Failure): readonly string[] => failure.facts.filter((fact) => teller.answerTo(fact) !== undefined);
  const failure = failures.find((one) => known(one).length > 0) ?? failures[0];
  if (failure === undefined) return '';
  const facts = known(failure);
  const [first] = facts;
  const wanted = zh ? `要求${failure.words}` : `Asks for: ${failure.words}`;
  const employerKind = answerer.vocabulary.facts[answerer.vocabulary.employerKindSlot ?? -1];
  if (first === undefined) {
    const told = employerKind === undefined ? undefined : teller.answerTo(employerKind.name);
    const isOfEmployer = failure.facts.some((fact) => answerer.facts.get(fact)?.employer === true);
    return told === undefined || !isOfEmployer ? wanted : zh ? `${wanted}，您说“${told}”` : `${wanted}. You said “${told}”`;
  }
  const told = teller.answerTo(first) ?? '';
  if (facts.length > 1) {
    const all = facts.map((fact) => `${nameOf(answerer, fact, language)}${zh ? '：' : ': '}${teller.answerTo(fact) ?? ''}`);
    return zh ? `${wanted}（${all.join('；')}）` : `${wanted} (${all.join('; ')})`;
  }
  const type = answerer.facts.get(first)?.type;
  if (type === 'flag' || type === 'level' || type === 'kind') return zh ? `${wanted}，您说“${told}”` : `${wanted}. You said “${told}”`;
  return zh ? `${wanted}，您的是${/^[\d A-Za-z]/.test(told) ? ' ' : ''}${told}` : `${wanted}. Yours: ${told}`;
}

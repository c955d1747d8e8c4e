// Writes the letter of a decision from what was stored of it: nothing is worked out again, nothing is looked up elsewhere.

import { uppercaseAmount } from '../../contract/uppercase-amount.ts';
import type { Language } from '../../policy/index.ts';
import { dayOf } from '../registry/index.ts';
import type { DecidedInstalment, OpenedDecision } from './decision.ts';
import { type LetterFacts, letterWords, type LetterWords } from './letter-words.ts';
import type { Letter, LetterBlock, LetterSection } from './letter.ts';

/** @param isSample in a demonstration, whose letters say on every page that they are none @param address where codes are checked, as people type it */
export function writeLetter(decision: OpenedDecision, language: Language, address: string, isSample: boolean): Letter {
  const words = letterWords[language];
  const { letter } = decision;
  const decidedOn = dayOf(decision.decidedAt);
  const from = language === 'en' ? (letter.departmentNameEn ?? letter.departmentName) : letter.departmentName;
  const facts: LetterFacts = {
    decision,
    decidedOn,
    benefit: letter.benefitTitle[language],
    policy: letter.policyTitle[language],
    clause: letter.clause,
    follows: letter.follows,
    appealTo: letter.appealTo,
    checkedBefore: letter.checkedBefore?.[language] ?? null,
    address,
  };
  return {
    language,
    from,
    sample: isSample ? words.sample : null,
    title: words.title[decision.kind],
    number: decision.number,
    to: words.to(letter.toName),
    toMore: words.toMore(letter.toNumber, decision.facts.subject === 'person', letter.employerName, decision.caseNumber),
    missing: null,
    opening: words.opening(facts),
    sections: [decidedSection(facts, words), ...conditionSections(decision, words, language), ...reasonSections(decision, words), ...paymentSections(decision, facts, words), { label: words.appeal, blocks: [{ kind: 'text', text: words.appealText(facts) }] }],
    signed: { by: from, on: words.date(decidedOn) },
    verification: { label: words.verification, code: decision.verificationCode, told: [words.verificationTold(address), ...(words.translation === undefined ? [] : [words.translation])].join(language === 'zh' ? '' : ' ') },
    subject: words.subject(facts),
    cityName: letter.cityName,
    keywords: [facts.benefit, decision.number, from],
    madeOn: decidedOn,
    pageOf: (page, pages) => `${isSample ? `${words.sample}${language === 'zh' ? '　' : '   '}` : ''}${words.pageOf(page, pages)}`,
  };
}

function decidedSection(facts: LetterFacts, words: LetterWords): LetterSection {
  const { amountFen } = facts.decision;
  const quantity = words.quantity(facts);
  return {
    label: words.decided,
    blocks: [
      { kind: 'text', text: words.decision(facts) },
      // In capitals whatever the language: that is the form that counts.
      ...(amountFen === null ? [] : [{ kind: 'sum', figures: words.yuan(amountFen), words: uppercaseAmount(amountFen) } satisfies LetterBlock]),
      ...(quantity === undefined ? [] : [{ kind: 'text', text: quantity } satisfies LetterBlock]),
    ],
  };
}

function conditionSections({ kind, letter, status }: OpenedDecision, words: LetterWords, language: Language): LetterSection[] {
  const told = letter.conditions[language];
  // What was met once is no reason for taking a decision back.
  if (kind === 'revoke' && status !== 'no') return [];
  const isAgainst = (kind === 'refuse' || kind === 'revoke') && status === 'no';
  const items = told.map(({ outcome, text, clause }) => ({ mark: words.marks[outcome], text, clause }));
  return [
    {
      label: isAgainst ? words.conditions.refuse : words.conditions.grant,
      blocks: items.length === 0 ? [{ kind: 'text', text: words.noCondition }] : [{ kind: 'text', text: words.conditionsNote }, { kind: 'list', items }],
    },
  ];
}

function reasonSections({ letter: { reasons } }: OpenedDecision, words: LetterWords): LetterSection[] {
  const paragraphs = reasons.split(/\r?\n/).map((line) => line.trim()).filter((line) => line !== '');
  return paragraphs.length === 0 ? [] : [{ label: words.reasons, blocks: paragraphs.map((text): LetterBlock => ({ kind: 'text', text })) }];
}

function paymentSections({ instalments, amountFen, letter }: OpenedDecision, facts: LetterFacts, words: LetterWords): LetterSection[] {
  if (amountFen === null || instalments.length === 0) return [];
  const fundOf = ({ shares }: DecidedInstalment): string => {
    const told = shares.map(({ fund, jurisdictionCode, fen }) => `${words.fund(fund, letter.jurisdictions[jurisdictionCode] ?? '')}${shares.length > 1 ? ` ${words.yuan(fen)}` : ''}`);
    return told.length === 0 ? words.noFund : told.join(words.between);
  };
  const rows = instalments.map((each) => [String(each.no), words.date(each.due), words.yuan(each.fen), fundOf(each)]);
  if (instalments.length > 1) rows.push([words.total, '', words.yuan(amountFen), '']);
  return [{ label: words.payment, blocks: [{ kind: 'table', caption: words.payment, head: words.instalmentHead, rows, figures: [2] }, { kind: 'text', text: words.paymentNote(facts) }] }];
}

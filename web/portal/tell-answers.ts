// Questions and answers in words: how a question is put, and what an answer is called when it is told back.
import { addYears, type Fact, type FactValue, formatDate, formatYuan, fullPlaceName, MAX_FEN, tellDate } from '../../src/policy/index.ts';
import type { Answerer } from './answerer.ts';
import type { AnswerForm, Language, QuestionView } from './view.ts';

/** The fact's name as a list shows it. */
export function nameOf(answerer: Answerer, fact: string, language: Language): string {
  return answerer.questions[fact]?.name[language] ?? fact;
}

/** An answer in words: 硕士, 3 年, 2024年7月1日, 吉林市昌邑区. */
export function tellAnswer(answerer: Answerer, name: string, value: FactValue, language: Language): string {
  const fact = answerer.facts.get(name);
  const question = answerer.questions[name];
  if (fact === undefined || question === undefined || value === null) return language === 'zh' ? '不知道' : 'not known';
  if (typeof value === 'object') return value.map((item) => tellItem(answerer, fact, item, language)).join(language === 'zh' ? '、' : ', ') || (question.none?.[language] ?? '');
  if (typeof value === 'number') return tellNumber(fact, value, question.unit?.[language], language);
  return tellItem(answerer, fact, value, language);
}

function tellItem(answerer: Answerer, fact: Fact, value: string | boolean, language: Language): string {
  if (fact.type === 'date') return tellDate(String(value), language);
  if (fact.type === 'place' || fact.type === 'places') return tellPlace(answerer, Number(value), language);
  return answerer.questions[fact.name]?.answers?.find((answer) => answer.value === value)?.label[language] ?? String(value);
}

/** A place without its province where that is the city's own. */
function tellPlace({ city, levels, reference }: Answerer, code: number, language: Language): string {
  // Of all places only the jurisdictions that answer have English names.
  const own = language === 'en' ? levels.find((level) => level.code === code) : undefined;
  if (own !== undefined) return own.title.en;
  const full = fullPlaceName(code, reference.data) ?? String(code);
  const province = fullPlaceName(Math.floor(city.code / 10000) * 10000, reference.data) ?? '';
  return province !== '' && full !== province && full.startsWith(province) ? full.slice(province.length) : full;
}

function tellNumber(fact: Fact, value: number, unit: string | undefined, language: Language): string {
  if (fact.type === 'money') return `${formatYuan(Math.round(value * 100))} ${language === 'zh' ? '元' : 'yuan'}`;
  const counted = language === 'en' && value === 1 ? unit?.replace(/s$/, '') : unit;
  return counted === undefined ? String(value) : `${value} ${counted}`;
}

/** The question that a fact is asked with. @throws RangeError for a fact without one. */
export function questionView(answerer: Answerer, name: string, given: FactValue | undefined, isChange: boolean, language: Language): QuestionView {
  const fact = answerer.facts.get(name);
  const question = answerer.questions[name];
  if (fact === undefined || question === undefined) throw new RangeError(`nothing is asked as ${name}`);
  return {
    fact: name,
    title: question.title[language],
    why: question.why[language],
    ...(question.help === undefined ? {} : { help: question.help[language] }),
    form: formOf(answerer, fact, language),
    ...(given === undefined || given === null ? {} : { given }),
    isChange,
  };
}

function formOf(answerer: Answerer, fact: Fact, language: Language): AnswerForm {
  const question = answerer.questions[fact.name];
  const choices = (question?.answers ?? []).map(({ value, label, hint }) => ({ label: label[language], ...(hint === undefined ? {} : { hint: hint[language] }), value }));
  switch (fact.type) {
    case 'kinds':
      return { kind: 'many', choices, none: question?.none?.[language] ?? '' };
    case 'date':
      return { kind: 'date', ...daysOf(answerer, fact) };
    case 'place':
      return { kind: 'place' };
    case 'places':
      return { kind: 'places' };
    case 'text':
      return answerer.vocabulary.facts.some(({ of, by }) => of === fact.slot && by === 'university') ? { kind: 'university' } : { kind: 'text', suggestions: answerer.asker.textsNamed(fact.name) };
    case 'money':
      return { kind: 'number', unit: language === 'zh' ? '元' : 'yuan', decimals: 2, most: MAX_FEN / 100 };
    case 'years':
      return { kind: 'number', unit: question?.unit?.[language] ?? '', decimals: 2, most: 99 };
    case 'number':
      return { kind: 'number', unit: question?.unit?.[language] ?? '', decimals: 0, most: 9999 };
    default:
      return { kind: 'choice', choices };
  }
}

/** A life reaches back a century, and a contract or a graduation may lie some years ahead. */
function daysOf({ engine }: Answerer, fact: Fact): { readonly earliest: string; readonly latest: string } {
  const { date } = engine.binding;
  const isPast = fact.name === '出生日期';
  return { earliest: formatDate(addYears(date, -100)), latest: formatDate(isPast ? date : addYears(date, 5)) };
}

// What a list is narrowed by: words of the search box, employer, jurisdiction, facts; read from what a caller sent, pure.
import type { ErrorDetail } from '../../contract/errors.ts';
import type { FactBook } from './fact-book.ts';
import type { PartyKind } from './party.ts';
import { factToken, isListable } from './search-tokens.ts';

/** The orders of a list: by pinyin, backwards, or the latest entered first. */
export type ListSort = 'name' | '-name' | 'recent';

/** A list as it was asked for. */
export interface ListFilter {
  readonly q: string;
  /** People: those who work there now. The id of an organisation, or words of its name. */
  readonly employer: string | undefined;
  /** A jurisdiction and what lies in it. */
  readonly jurisdiction: string | undefined;
  /** Tokens of facts: one set for each fact, of which any one must hold. */
  readonly facts: readonly (readonly number[])[];
}

const MOST_FACTS = 8;
const MOST_VALUES = 20;
const PREFIX = 'fact.';

/** Reads `fact.学历=本科,硕士研究生` and the like; details say what is wrong with the others. */
export function readFactFilters(kind: PartyKind, query: Readonly<Record<string, unknown>>, factBook: Pick<FactBook, 'fact'>): { readonly facts: readonly (readonly number[])[]; readonly details: readonly ErrorDetail[] } {
  const facts: number[][] = [];
  const details: ErrorDetail[] = [];
  const refuse = (field: string, zh: string, en: string): void => void details.push({ field, zh, en });
  for (const [field, given] of Object.entries(query)) {
    if (!field.startsWith(PREFIX)) {
      refuse(field, `没有“${field}”这个条件。事实写作 fact.学历=本科。`, `There is no condition "${field}". Facts are written fact.学历=本科.`);
      continue;
    }
    const name = field.slice(PREFIX.length);
    const fact = factBook.fact(kind, name);
    if (fact === undefined || !isListable(fact)) {
      refuse(field, `不能按“${name}”筛选：它不在词汇表里，或者是敏感信息、金额、日期、数字。`, `A list cannot be narrowed by "${name}": it is not in the vocabulary, or it is sensitive, an amount, a date or a number.`);
      continue;
    }
    const words = (Array.isArray(given) ? given : [given]).flatMap((one) => String(one).split(',')).map((word) => word.trim()).filter((word) => word !== '');
    const known = fact.type === 'flag' ? ['是', '否'] : fact.type === 'text' || fact.type === 'place' ? undefined : fact.values;
    const plain = words.map((word) => (fact.type === 'flag' ? (flagWords[word.toLowerCase()] ?? word) : word));
    const wrong = plain.find((word) => (fact.type === 'place' ? !/^\d{6}$/.test(word) : known?.includes(word) === false));
    if (wrong !== undefined) {
      const expected = fact.type === 'place' ? '六位区划代码' : (known ?? []).join('、');
      refuse(field, `“${name}”的值可以是：${expected}。这里是“${wrong}”。`, `Values of "${name}" are: ${fact.type === 'place' ? 'a division code of six digits' : expected}; found "${wrong}".`);
    } else if (plain.length > MOST_VALUES) {
      refuse(field, `“${name}”一次最多选 ${MOST_VALUES} 个值。`, `At most ${MOST_VALUES} values of "${name}" can be chosen at once.`);
    } else if (plain.length > 0) {
      facts.push(plain.map((word) => factToken(kind, name, word)));
    }
  }
  if (facts.length > MOST_FACTS) refuse('fact', `一次最多按 ${MOST_FACTS} 个事实筛选。`, `A list can be narrowed by at most ${MOST_FACTS} facts at once.`);
  return { facts, details };
}

const flagWords: Readonly<Record<string, string>> = { true: '是', false: '否', yes: '是', no: '否' };

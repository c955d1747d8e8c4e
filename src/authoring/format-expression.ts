// Writes an expression in its one canonical spelling; writing what was read from it gives the same text again.

import { keywords, narrow } from './lexer.ts';
import type { Syntax } from './syntax.ts';

const strength: Readonly<Record<Syntax['node'], number>> = {
  or: 1, and: 2, not: 3, compare: 4, has: 4, among: 4, within: 4, elapsed: 5, add: 6, subtract: 6, times: 7,
  name: 9, quoted: 9, number: 9, date: 9, today: 9, call: 9,
};

/** The canonical spelling of an expression. */
export function formatExpression(syntax: Syntax): string {
  switch (syntax.node) {
    case 'name':
      return syntax.name;
    case 'quoted':
      // The quotes stay: without them the word could be the name of a fact or a definition.
      return quote(syntax.text);
    case 'number':
      return `${trimNumber(syntax.digits)}${syntax.unit}`;
    case 'date':
      return syntax.text;
    case 'today':
      return '基准日';
    case 'not':
      return `非 ${bracketed(syntax.item, 3)}`;
    case 'and':
      return syntax.items.map((item) => bracketed(item, 3)).join(' 且 ');
    case 'or':
      return syntax.items.map((item) => bracketed(item, 2)).join(' 或 ');
    case 'compare':
      return [bracketed(syntax.first, 5), ...syntax.rest.map(({ relation, right }) => `${relation} ${bracketed(right, 5)}`)].join(' ');
    case 'has': {
      const values = syntax.values.map(memberText).join('、');
      return `${bracketed(syntax.left, 5)} 有 ${values}${syntax.values.length > 1 ? ' 之一' : ''}`;
    }
    case 'among':
      return `${bracketed(syntax.left, 5)} 属于 ${syntax.values.map(memberText).join('、')}`;
    case 'within':
      return `${bracketed(syntax.left, 5)} 位于 ${memberText(syntax.place)}`;
    case 'elapsed':
      return `${bracketed(syntax.from, 6)} 至 ${bracketed(syntax.to, 6)}`;
    case 'add':
      return `${bracketed(syntax.left, 6)} + ${bracketed(syntax.right, 7)}`;
    case 'subtract':
      return `${bracketed(syntax.left, 6)} - ${bracketed(syntax.right, 7)}`;
    case 'times':
      return `${bracketed(syntax.left, 7)} × ${bracketed(syntax.right, 8)}`;
    case 'call':
      return `${syntax.name}(${syntax.items.map((item) => bracketed(item, 6)).join(', ')})`;
  }
}

function bracketed(syntax: Syntax, least: number): string {
  const text = formatExpression(syntax);
  return strength[syntax.node] < least ? `(${text})` : text;
}

/** A value behind 有, 属于 or 位于, where every word is a value and so needs quotes only if it is no word. */
function memberText(syntax: Syntax): string {
  return syntax.node === 'quoted' && isPlain(syntax.text) ? syntax.text : bracketed(syntax, 9);
}

/** Puts quotes around a text; the usual ones, unless the text itself holds their end. */
function quote(text: string): string {
  const plain = text.split('').map(narrow).join('');
  return !plain.includes('”') ? `“${text}”` : !plain.includes('"') ? `"${text}"` : `'${text}'`;
}

/** Whether a quoted value reads as the same token without its quotes. */
function isPlain(text: string): boolean {
  return /^([\p{L}_][\p{L}\p{Nd}_]*|[1-9]\d*)$/u.test(text) && !keywords.has(text);
}

function trimNumber(digits: string): string {
  const whole = digits.replace(/^0+(?=\d)/, '');
  return whole.includes('.') ? whole.replace(/0+$/, '').replace(/\.$/, '') : whole;
}

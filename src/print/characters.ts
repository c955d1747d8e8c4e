// What a character is to whoever breaks lines: where a line may not begin or end, what carries half a square of blank.

/** Opening marks of Chinese writing: the left half of their square is blank, and no line ends with one. */
const opening = /^[（《〈「『【〔〖［｛]$/u;
/** Closing marks: the right half is blank, and no line begins with one. */
const closing = /^[）》〉」』】〕〗］｝，。、；：！？．]$/u;
const openingQuote = /^[“‘]$/u;
const closingQuote = /^[”’]$/u;
/** Square characters that are no marks: ideographs, radicals, kana, numbers in circles, full-width forms. */
const square = /^[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Bopomofo}\u3000-\u303F\uFF00-\uFF60\uFFE0-\uFFE6①-⓿㈠-㉃㊀-㊰]$/u;
const squareInChinese = /^[…—·]$/u;

/** Characters besides the closing marks that begin no line, and besides the opening marks that end none. */
const beginsNoLine = /^[…—·～％‰℃々ー,.;:!?)\]}%”’]/u;
const endsNoLine = /[([{¥￥$#“‘]$/u;
/** What a number counts: it stays on the line of its number. */
const countedUnit = /^[年月日号个元万亿千百人名项条岁周天次家所户级位套平期倍分种类批届款篇章节页]/u;

/** `wide` is a square character; `word` anything set as a run of letters and figures. */
export type CharacterKind = 'wide' | 'opening' | 'closing' | 'word' | 'space';

/** The kind of one character. In Chinese text quotation marks, dashes and dots are squares; in other text they belong to words. */
export function kindOf(character: string, isChinese: boolean): CharacterKind {
  if (/^\s$/u.test(character) && character !== '\u3000') return 'space';
  if (opening.test(character)) return 'opening';
  if (closing.test(character)) return 'closing';
  if (isChinese && openingQuote.test(character)) return 'opening';
  if (isChinese && closingQuote.test(character)) return 'closing';
  if (square.test(character) || (isChinese && squareInChinese.test(character))) return 'wide';
  return 'word';
}

/** Whether a line may begin with a text. */
export function mayBegin(text: string): boolean {
  return !closing.test(Array.from(text)[0] ?? '') && !beginsNoLine.test(text);
}

/** Whether a line may end with a text. */
export function mayEnd(text: string): boolean {
  return !opening.test(Array.from(text).at(-1) ?? '') && !endsNoLine.test(text);
}

/** Whether two neighbours belong on one line: a number and what it counts, 第 and its number, the halves of a dash or of dots. */
export function belongTogether(left: string, right: string): boolean {
  if (/[\d%]$/u.test(left) && countedUnit.test(right)) return true;
  if (/[第￥¥]$/u.test(left) && /^\d/u.test(right)) return true;
  return /^[…—]$/u.test(left) && left === right;
}

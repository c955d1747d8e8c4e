// Text in columns of a terminal, where a Chinese character takes two.

const wide = /[\u1100-\u115f\u2e80-\u303e\u3041-\u4dbf\u4e00-\u9fff\ua000-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe4f\uff00-\uff60\uffe0-\uffe6\u{1f300}-\u{1faff}\u{20000}-\u{3fffd}]/u;

function widthOf(text: string): number {
  let width = 0;
  for (const char of text) width += wide.test(char) ? 2 : 1;
  return width;
}

/** The text with spaces behind it up to a width. */
export function padTo(text: string, width: number): string {
  return text + ' '.repeat(Math.max(0, width - widthOf(text)));
}

/** The text in lines of at most a width: words of letters and digits stay whole where they fit, no line begins with a closing mark or ends with an opening one. */
export function wrap(text: string, width: number): string[] {
  const lines: string[] = [];
  let line = '';
  for (const word of text.match(/[（“「(]?(?:[\p{Script=Latin}\p{N}.,%/'_-]+|.)/gsu) ?? []) {
    const isClosing = /^[，。；：、）”」]$/u.test(word);
    if (widthOf(line) + widthOf(word) > width && line !== '' && !isClosing) {
      lines.push(line.trimEnd());
      line = '';
    }
    if (word === ' ' && line === '') continue;
    for (const char of widthOf(word) > width ? word : [word]) {
      if (widthOf(line) + widthOf(char) > width && line !== '' && !isClosing) {
        lines.push(line);
        line = '';
      }
      line += char;
    }
  }
  lines.push(line.trimEnd());
  return lines;
}

/** The lines of one row of a table: every cell is a list of paragraphs, wrapped to the width of its column. */
export function layRow(cells: readonly (readonly string[])[], widths: readonly number[]): string[] {
  const wrapped = cells.map((paragraphs, column) => paragraphs.flatMap((text) => wrap(text, widths[column] ?? 1)));
  const height = Math.max(...wrapped.map(({ length }) => length));
  return Array.from({ length: height }, (_, line) => wrapped.map((column, index) => padTo(column[line] ?? '', widths[index] ?? 1)).join('  ').trimEnd());
}

/** Columns that share what a terminal of this width has, between 60 and 120 (96 where there is none), by their weights; two spaces stand between them. */
export function shareWidth(terminal: number | undefined, weights: readonly number[]): number[] {
  const room = Math.min(120, Math.max(60, terminal ?? 96)) - 2 * (weights.length - 1);
  const sum = weights.reduce((a, b) => a + b, 0);
  return weights.map((weight) => Math.floor((room * weight) / sum));
}

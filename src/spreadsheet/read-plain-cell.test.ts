// Cells that are read at one go come out as those that the XML reader takes apart, wherever a piece of the file ends.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type PlainCell, readPlainCell } from './read-plain-cell.ts';
import { readXml } from './read-xml.ts';

interface Heard {
  readonly cells: string[];
  readonly shortened: number;
}

/** What a reader hears of a row: each cell as `type/style/value`, with the shortcut or without. */
function hear(xml: string, pieceBytes: number, isShort: boolean): Heard {
  const cells: string[] = [];
  let shortened = 0;
  let [name, value] = ['', ''];
  const plain: PlainCell = { column: 0, type: '', style: 0, value: '' };
  const reader = readXml('sheet', {
    ...(isShort
      ? {
          shortcut: (text: string, from: number): number => {
            const end = readPlainCell(text, from, plain);
            if (end === -1) return -1;
            shortened += 1;
            cells.push(`${plain.column}/${plain.type}/${plain.style}/${plain.value}`);
            return end;
          },
        }
      : {}),
    open(element, attributes) {
      if (element !== 'c') return;
      name = `${(attributes['r'] ?? '').charCodeAt(0) - 65}/${attributes['t'] ?? 'n'}/${attributes['s'] ?? '0'}`;
      value = '';
    },
    close(element) {
      if (element === 'c') cells.push(`${name}/${value}`);
    },
    text(text) {
      value += text;
    },
  });
  const bytes = Buffer.from(xml);
  for (let at = 0; at < bytes.length; at += pieceBytes) reader.write(bytes.subarray(at, at + pieceBytes));
  reader.end();
  return { cells, shortened };
}

const escape = (text: string): string => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;');

const cell = fc
  .record({
    letter: fc.constantFrom('A', 'B', 'Z'),
    style: fc.option(fc.nat(300), { nil: undefined }),
    form: fc.constantFrom('number', 'shared', 'inline', 'preserved', 'empty', 'spaced', 'other'),
    text: fc.string({ unit: fc.constantFrom('张', '三', '1', ' ', '&', '<', '>', '"', '𠮷', '/', 'c'), maxLength: 12 }),
    index: fc.nat(9999),
  })
  .map(({ letter, style, form, text, index }) => {
    const head = `<c r="${letter}7"${style === undefined ? '' : ` s="${style}"`}`;
    switch (form) {
      case 'number':
        return `${head}><v>${index}.5</v></c>`;
      case 'shared':
        return `${head} t="s"><v>${index}</v></c>`;
      case 'inline':
        return `${head} t="inlineStr"><is><t>${escape(text)}</t></is></c>`;
      case 'preserved':
        return `${head} t="inlineStr"><is><t xml:space="preserve">${escape(text)}</t></is></c>`;
      case 'spaced':
        return `${head} t="s" ><v>${index}</v></c>`;
      case 'other':
        return `${head} t="str"><v>${escape(text)}</v></c>`;
      default:
        return `${head}/>`;
    }
  });

describe('a cell read at one go', () => {
  it('is the cell that the XML reader hears', () => {
    let shortened = 0;
    fc.assert(
      fc.property(fc.array(cell, { maxLength: 30 }), fc.integer({ min: 1, max: 200 }), (cells, pieceBytes) => {
        const xml = `<sheetData><row r="7">${cells.join('')}</row></sheetData>`;
        const short = hear(xml, pieceBytes, true);
        shortened += short.shortened;
        expect(short.cells).toEqual(hear(xml, pieceBytes, false).cells);
      }),
    );
    expect(shortened).toBeGreaterThan(100);
  });

  it('ends where the cell ends', () => {
    const into: PlainCell = { column: 0, type: '', style: 0, value: '' };
    const text = '<row><c r="AB12" s="3" t="s"><v>41</v></c><c r="AC12"/></row>';
    const end = readPlainCell(text, 5, into);
    expect(text.slice(end)).toBe('<c r="AC12"/></row>');
    expect(into).toEqual({ column: 27, type: 's', style: 3, value: '41' });
    expect(text.slice(readPlainCell(text, end, into))).toBe('</row>');
    expect(into).toEqual({ column: 28, type: 'n', style: 0, value: '' });
  });

  it.each([
    '<c r="A1"><v>1</v>', '<c r="A1"><v>1', '<c r="A1"', '<c r="', '<c', '<c r="A1"><f>A2</f><v>1</v></c>', '<c r="A1"><v>1&amp;2</v></c>', '<c r="1"><v>1</v></c>', '<c r="ABCD1"/>', '<c r="A1" t="s" s="1"><v>1</v></c>',
    '<c r="A1" s=""><v>1</v></c>', '<c r="A1" t="b"><v>1</v></c>', '<c r="A1" t="s"><is><t>1</t></is></c>', '<c r="A1" t="inlineStr"><v>1</v></c>', '<col r="A1"/>', '<c r="A1"><v>1</c></v>', '<c r="A1" r="A2"/>',
  ])('leaves %s to the XML reader', (text) => {
    expect(readPlainCell(text, 0, { column: 0, type: '', style: 0, value: '' })).toBe(-1);
  });
});

// Lines are broken by the rules of Chinese setting, whatever the text and however narrow the room.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { balancedRoom, breakLines, gapBetween, lineWidth, type Unit } from '../../src/print/break-lines.ts';
import { cutUnits } from '../../src/print/set-text.ts';

/** Units of a text as if every square were 10 points wide and every letter 5. */
function measure(text: string, isChinese = true): Unit[] {
  return cutUnits(text, isChinese).map(({ text: own, kind }) => ({ text: own, kind, em: 10, width: kind === 'word' || kind === 'space' ? 5 * own.length : 10 }));
}

function linesOf(text: string, room: number, isChinese = true): string[] {
  const units = measure(text, isChinese);
  return breakLines(units, room).map(({ from, to }) => units.slice(from, to).map((unit) => unit.text).join(''));
}

const characters = Array.from('梧桐人才政策补贴年元，。、；：！？（）《》“”‘’…—·％第0123456789ABCabc .,-/()%');
const texts = fc.array(fc.constantFrom(...characters), { maxLength: 80 }).map((list) => list.join(''));
const rooms = fc.integer({ min: 20, max: 300 });

// Written down here once more, so that the rules are not tested by themselves.
const neverFirst = /^[，。、；：！？）》”’…—·％]/u;
const neverLast = /[（《“‘]$/u;

test('a line begins with no closing mark and ends with no opening mark, unless there is no other place to break', () => {
  fc.assert(
    fc.property(texts, rooms, (text, room) => {
      const lines = linesOf(text, room);
      const faults = lines.slice(1).filter((line, at) => {
        const before = lines[at] ?? '';
        // Between two ideographs a line may always end; without such a pair the line before was torn where it could be.
        return (neverFirst.test(line) || neverLast.test(before)) && /\p{Script=Han}{2}/u.test(before) && !neverFirst.test(before);
      });
      expect(faults).toEqual([]);
    }),
    { numRuns: 2000 },
  );
});

test('where words and marks mix as in prose, no rule is ever broken', () => {
  const prose = fc.array(fc.constantFrom('政策，', '（人才）', '《意见》', '“引进”', ' 5 年', ' 120,000 元', '第 3 条', ' Wutong ', '补贴。', '施行', '的'), { minLength: 1, maxLength: 60 }).map((list) => list.join(''));
  fc.assert(
    fc.property(prose, fc.integer({ min: 110, max: 400 }), (text, room) => {
      const lines = linesOf(text, room);
      expect(lines.slice(1).filter((line) => neverFirst.test(line))).toEqual([]);
      expect(lines.slice(0, -1).filter((line) => neverLast.test(line))).toEqual([]);
      expect(lines.slice(0, -1).filter((line, at) => /\d *$/.test(line) && /^[年元]/.test(lines[at + 1] ?? ''))).toEqual([]);
    }),
    { numRuns: 1000 },
  );
});

test('nothing is lost, nothing is doubled, and only a single unit may be wider than its room', () => {
  fc.assert(
    fc.property(texts, rooms, (text, room) => {
      const units = measure(text);
      const lines = breakLines(units, room);
      const ink = (list: readonly Unit[]): string => list.filter(({ kind }) => kind !== 'space').map((unit) => unit.text).join('');
      expect(lines.map(({ from, to }) => ink(units.slice(from, to))).join('')).toBe(ink(units));
      for (const line of lines) expect(line.width).toBeCloseTo(lineWidth(units, line.from, line.to), 6);
      expect(lines.filter((line) => line.to - line.from > 1 && line.width > room + 1e-6)).toEqual([]);
    }),
    { numRuns: 2000 },
  );
});

test('examples: marks, numbers with what they count, words, and company for the last character', () => {
  expect(linesOf('引进人才，给补贴。', 45)).toEqual(['引进人才，', '给补贴。']);
  // At either end of a line a bracket is half as wide.
  expect(linesOf('引进人才（博士）给补贴', 50)).toEqual(['引进人才', '（博士）给', '补贴']);
  expect(linesOf('引进人才（博士）', 65)).toEqual(['引进人才', '（博士）']);
  expect(linesOf('每月最多给 500 元补贴', 70)).toEqual(['每月最多给', '500 元补贴']);
  expect(linesOf('合同要签满5年', 60)).toEqual(['合同要签满', '5年']);
  expect(linesOf('人才政策补贴', 50)).toEqual(['人才政策', '补贴']);
  expect(linesOf('The person’s contract', 60, false)).toEqual(['The person’s', 'contract']);
  expect(linesOf('/b/siping/siping-2025', 60, false)).toEqual(['/b/siping/', 'siping-2025']);
});

test('two marks that meet share a square; between Chinese and other writing stands a thin gap', () => {
  const between = (text: string): number => {
    const [left, right] = measure(text);
    return left === undefined || right === undefined ? Number.NaN : gapBetween(left, right);
  };
  expect(between('》（')).toBe(-5);
  expect(between('）。')).toBe(-5);
  expect(between('人才')).toBe(0);
  expect(between('满5')).toBe(2);
  expect(between('、5')).toBe(0);
  expect(between('5年')).toBe(2);
});

test('a heading in its balanced room has as many lines as before', () => {
  fc.assert(
    fc.property(texts, rooms, (text, room) => {
      const units = measure(text);
      const count = breakLines(units, room).length;
      const balanced = balancedRoom(units, room);
      expect(balanced).toBeLessThanOrEqual(room);
      expect(breakLines(units, balanced).length).toBeLessThanOrEqual(Math.max(count, 1));
    }),
  );
});

// Every colour of the tokens is readable on every ground it stands on, in both themes.
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { colourPairs, contrastOf } from './contrast.ts';

const css = readFileSync(new URL('tokens.css', import.meta.url), 'utf8');

/** The colours of a block, which begins after its selector. */
function coloursAfter(selector: string): Record<string, string> {
  const start = css.indexOf(`${selector} {`);
  if (start < 0) throw new Error(`no ${selector} in tokens.css`);
  const block = css.slice(start, css.indexOf('}', start));
  return Object.fromEntries([...block.matchAll(/--([a-z-]+): (#[0-9A-F]{6});/g)].map(([, name = '', colour = '']) => [name, colour]));
}

const themes = { light: coloursAfter(':root'), dark: coloursAfter(":root[data-theme='dark']") };

test('the dark of the system and the dark that somebody chose are the same', () => {
  expect(coloursAfter(":root:not([data-theme='light'])")).toEqual(themes.dark);
  expect(Object.keys(themes.dark)).toEqual(Object.keys(themes.light));
});

test.each(['light', 'dark'] as const)('%s: text at least 4.5, shapes at least 3', (theme) => {
  const colours = themes[theme];
  const tooFaint = colourPairs
    .map(({ colour, ground, least }) => ({ pair: `${colour} on ${ground}`, least, ratio: contrastOf(colours[colour] ?? '', colours[ground] ?? '') }))
    .filter(({ ratio, least }) => !(ratio >= least));
  expect(tooFaint).toEqual([]);
});

test('every colour is in a pair, save the hairline, which only adorns', () => {
  const used = new Set(colourPairs.flatMap(({ colour, ground }) => [colour, ground]));
  expect(Object.keys(themes.light).filter((name) => !used.has(name))).toEqual(['hairline']);
});

test('ratios as WCAG states them', () => {
  expect(contrastOf('#000000', '#FFFFFF')).toBeCloseTo(21, 5);
  expect(contrastOf('#777777', '#FFFFFF')).toBeCloseTo(4.48, 2);
});

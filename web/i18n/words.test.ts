// Both catalogues say everything, each in its own language.
import { expect, test } from 'vitest';
import { loadWords } from './words.ts';

/** Every text of a catalogue with its place; functions are told with figures. */
function textsOf(words: unknown, place = ''): [string, string][] {
  if (typeof words === 'string' || typeof words === 'number') return [[place, String(words)]];
  if (typeof words === 'function') return textsOf((words as (...given: number[]) => unknown)(2, 2), place);
  if (typeof words !== 'object' || words === null) throw new Error(`${place} is no text`);
  return Object.entries(words).flatMap(([name, inner]) => textsOf(inner, `${place}.${name}`));
}

const chinese = textsOf(await loadWords('zh'));
const english = textsOf(await loadWords('en'));

test('the catalogues have the same places, and none is empty but the beginning of the English headline', () => {
  expect(english.map(([place]) => place)).toEqual(chinese.map(([place]) => place));
  expect([...chinese, ...english].filter(([, text]) => text === '').map(([place]) => place)).toEqual(['.result.certainTitle.0']);
});

test('English holds no Chinese, save where somebody looks for the language', () => {
  expect(english.filter(([, text]) => /\p{Script=Han}/u.test(text)).map(([place]) => place)).toEqual(['.display.language']);
});

test('Chinese is plain: no half-width punctuation, no officialese', () => {
  const odd = chinese.filter(([place, text]) => /[,;!?()]/.test(text.replaceAll(/\d,\d/g, '')) || /请知悉|根据相关规定|予以/.test(text) || (/[.:]/.test(text) && !/^\.(about)/.test(place)));
  expect(odd).toEqual([]);
});

test('figures stand apart from the words around them', () => {
  // What is told to .field.here and to the words on places are names.
  const tight = chinese.filter(([place, text]) => place !== '.field.here' && !place.startsWith('.place.') && /\p{Script=Han}\d|\d\p{Script=Han}/u.test(text.replaceAll(/\d+年|年\d+月|月\d+日/gu, '')));
  expect(tight).toEqual([]);
});

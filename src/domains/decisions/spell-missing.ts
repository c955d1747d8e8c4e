// Puts into a letter's text, for each character that the press has no glyph of, its code, and says where it is written in by hand.

import type { Letter, LetterBlock } from './letter.ts';
import { letterWords } from './letter-words.ts';

/**
 * The same letter, of which everything can be printed: nobody goes without a decision because of a rare character in a name. What describes the file stays as it is.
 * @param findUnprintable the characters of a text that the press lacks, each once
 */
export function spellMissing(letter: Letter, findUnprintable: (text: string) => readonly string[]): Letter {
  let isSpelt = false;
  const spell = (text: string): string => {
    // As the press sets it; what only chooses among the shapes of a character has none of its own.
    const set = text.normalize('NFC').replace(/\p{Variation_Selector}/gu, '');
    const lacking = new Set(findUnprintable(set));
    if (lacking.size === 0) return set;
    isSpelt = true;
    const [open, close] = letter.language === 'zh' ? ['［', '］'] : ['[', ']'];
    let told = '';
    let codes: string[] = [];
    for (const character of [...Array.from(set), '']) {
      if (lacking.has(character)) {
        codes.push(`U+${(character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}`);
        continue;
      }
      told += `${codes.length === 0 ? '' : `${open}${codes.join(' ')}${close}`}${character}`;
      codes = [];
    }
    return told;
  };
  const spelt: Letter = {
    ...letter,
    from: spell(letter.from),
    title: spell(letter.title),
    number: spell(letter.number),
    to: spell(letter.to),
    toMore: spell(letter.toMore),
    opening: spell(letter.opening),
    sections: letter.sections.map(({ label, blocks }) => ({ label, blocks: blocks.map((block) => spellBlock(block, spell)) })),
    signed: { ...letter.signed, by: spell(letter.signed.by) },
    verification: { ...letter.verification, told: spell(letter.verification.told) },
    cityName: spell(letter.cityName),
  };
  return isSpelt ? { ...spelt, missing: letterWords[letter.language].missing(spelt.from) } : spelt;
}

function spellBlock(block: LetterBlock, spell: (text: string) => string): LetterBlock {
  switch (block.kind) {
    case 'text':
      return { ...block, text: spell(block.text) };
    case 'sum':
      return block;
    case 'list':
      return { ...block, items: block.items.map(({ mark, text, clause }) => ({ mark, text: spell(text), clause: spell(clause) })) };
    case 'table':
      return { ...block, rows: block.rows.map((row) => row.map(spell)) };
  }
}

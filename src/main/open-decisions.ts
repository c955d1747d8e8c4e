// Opens decisions: the domain with the press that sets its letters.
import { type DecisionParts, type PrintLetter, UnprintableError } from '../domains/decisions/index.ts';
import { MissingGlyphError, printLetter } from '../print/index.ts';
import { isMarked } from './demo/demo-marks.ts';

const print: PrintLetter = async (letter) => {
  try {
    return await printLetter(letter);
  } catch (error) {
    if (error instanceof MissingGlyphError) throw new UnprintableError(error.characters);
    throw error;
  }
};

/** What decisions stand on. */
export function openDecisions(parts: Omit<DecisionParts, 'isDemonstration' | 'printLetter'>): DecisionParts {
  return { ...parts, printLetter: print, isDemonstration: isMarked };
}

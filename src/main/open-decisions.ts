// Opens decisions: the domain with the press that sets its letters.
import type { DecisionParts } from '../domains/decisions/index.ts';
import { missingGlyphs, printLetter } from '../print/index.ts';
import { isMarked } from './demo/demo-marks.ts';

/** What decisions stand on. */
export function openDecisions(parts: Omit<DecisionParts, 'findUnprintable' | 'isDemonstration' | 'printLetter'>): DecisionParts {
  return { ...parts, printLetter, findUnprintable: missingGlyphs, isDemonstration: isMarked };
}

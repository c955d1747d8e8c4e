// Characters in names that nobody sees, and that make one name look like another: found in one way wherever a name comes in.
import { z } from 'zod';

// Controls; and what only formats text: zero-width ones, marks that turn the direction of writing, soft hyphens, tags.
const hidden = /[\p{Cc}\p{Cf}\u2028\u2029]/u;

/** What to say of a name that holds one. */
export const hiddenWords = {
  zh: '里面有看不见的字符（控制符、零宽字符或者改变书写方向的符号），请删掉，照证件重新填。',
  en: 'It holds characters that nobody sees (controls, zero-width ones, or marks that turn the direction of writing); remove them and write it as on the document.',
} as const;

/** Whether a text holds a character that nobody sees. */
export function hidesCharacters(text: string): boolean {
  return hidden.test(text);
}

/** A field for the name of a person, an organisation, a department. @param least 0 for one that may be left empty. */
export function nameField(most: number, least: 0 | 1 = 1): z.ZodString {
  return z.string().trim().min(least).max(most).refine((text) => !hidesCharacters(text), `${hiddenWords.zh} / ${hiddenWords.en}`);
}

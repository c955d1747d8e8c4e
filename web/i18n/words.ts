// Which words the pages use: the shape of a language's catalogue, and the catalogue of the language in force.
// Chinese comes with the page; another language is fetched by whoever reads it.
import { createContext } from 'preact';
import { useContext } from 'preact/hooks';
import { chinese, type PageWords } from './chinese.ts';

export type { PageWords } from './chinese.ts';
export type PageLanguage = 'zh' | 'en';

const catalogues: Partial<Record<PageLanguage, PageWords>> = { zh: chinese };

/** Carries the reader's language to every part below. */
export const LanguageContext = createContext<PageLanguage>('zh');

/** Fetches the words of a language; nothing is drawn in it before. */
export async function loadWords(language: PageLanguage): Promise<PageWords> {
  if (language === 'en') catalogues.en ??= (await import('./english.ts')).english;
  return wordsOf(language);
}

/** The words in the reader's language. */
export function useWords(): PageWords {
  return wordsOf(useContext(LanguageContext));
}

/** The words of a language, where there is no component to ask in. @throws RangeError where they have not been fetched. */
export function wordsOf(language: PageLanguage): PageWords {
  const words = catalogues[language];
  if (words === undefined) throw new RangeError(`the words of ${language} are not here yet`);
  return words;
}

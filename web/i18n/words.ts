// Which words the pages use: the shape of a language's catalogue, and the catalogue of the language in force.
import { createContext } from 'preact';
import { useContext } from 'preact/hooks';
import { english } from './english.ts';
import { chinese, type PageWords } from './chinese.ts';

export type { PageWords } from './chinese.ts';
export type PageLanguage = 'zh' | 'en';

const catalogues: Readonly<Record<PageLanguage, PageWords>> = { zh: chinese, en: english };

/** Carries the reader's language to every part below. */
export const LanguageContext = createContext<PageLanguage>('zh');

/** The words in the reader's language. */
export function useWords(): PageWords {
  return catalogues[useContext(LanguageContext)];
}

/** The words of a language, where there is no component to ask in. */
export function wordsOf(language: PageLanguage): PageWords {
  return catalogues[language];
}

// The language of a page, known to everything that is drawn on it, so that words of the other are marked as such.
import { createContext } from 'preact';
import type { Language } from './manual-words.ts';

export const PageLanguage = createContext<Language>('zh');

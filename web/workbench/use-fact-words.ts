// Facts and their values in the reader's language: their names are Chinese, and the vocabulary says how each is called in English.
import { useContext } from 'preact/hooks';
import { OfficeLanguageContext } from './office-words.ts';
import { latestOf, useAsked } from './use-call.ts';

/** Tells a fact's name, and a value of it that is one of several; both as they are where nothing is known of them. */
export function useFactWords(): { readonly tellFact: (name: string) => string; readonly tellWord: (name: string | undefined, value: string) => string } {
  const language = useContext(OfficeLanguageContext);
  const asked = useAsked(async () => (language === 'en' ? (await import('wutong:fact-words')).factWords : {}), [language]);
  const words = latestOf(asked) ?? {};
  return {
    tellFact: (name) => words[name]?.en ?? name,
    tellWord: (name, value) => (name === undefined ? undefined : words[name]?.values[value]) ?? value,
  };
}

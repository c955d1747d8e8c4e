// Facts and their values in the reader's language: their names are Chinese, and the vocabulary says how each is called in English.
import { factUnits } from 'wutong:fact-units';
import { useContext } from 'preact/hooks';
import { OfficeLanguageContext } from './office-words.ts';
import { latestOf, useAsked } from './use-call.ts';

/** Tells a fact's name, a value of it that is one of several, and a figure with its unit; each as it is where nothing is known of them. */
export function useFactWords(): {
  readonly tellFact: (name: string) => string;
  readonly tellWord: (name: string | undefined, value: string) => string;
  readonly tellFigure: (name: string | undefined, value: number) => string;
} {
  const language = useContext(OfficeLanguageContext);
  const asked = useAsked(async () => (language === 'en' ? (await import('wutong:fact-words')).factWords : {}), [language]);
  const words = latestOf(asked) ?? {};
  return {
    tellFact: (name) => words[name]?.en ?? name,
    tellFigure: (name, value) => [value.toLocaleString('en'), tellUnit(name === undefined ? undefined : factUnits[name]?.[language], value)].join(' ').trim(),
    tellWord: (name, value) => (name === undefined ? undefined : words[name]?.values[value]) ?? value,
  };
}

/** One year is no years. */
function tellUnit(unit: string | undefined, value: number): string {
  return (value === 1 ? unit?.replace(/s$/, '') : unit) ?? '';
}

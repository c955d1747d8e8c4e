// Draws the start page at build, so that it can be read before any script has run.
import { renderToString } from 'preact-render-to-string';
import { portalCities } from 'wutong:portal-cities';
import { loadWords, wordsOf } from '../i18n/words.ts';
import { CalculatorApp } from './calculator-app.tsx';

await loadWords('en');

/** The start page in a language: what stands in #app, and the title and description of the document. */
export function render(language: 'zh' | 'en'): { html: string; title: string; description: string } {
  if (portalCities.length === 0) throw new Error('没有编译好的城市 / no compiled city');
  const { name, tagline, start } = wordsOf(language);
  return {
    html: renderToString(<CalculatorApp language={language} cities={portalCities} />),
    title: `${name} · ${tagline}`,
    description: `${start.title}${language === 'zh' ? '' : ' '}${start.lead}${language === 'zh' ? '' : ' '}${start.promise}`,
  };
}

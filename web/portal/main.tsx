// Where the calculator starts in the browser.
import { hydrate } from 'preact';
import { portalCities } from 'wutong:portal-cities';
import { keepOffline } from '../offline/keep-offline.ts';
import { CalculatorApp } from './calculator-app.tsx';
import type { Language } from './view.ts';
import type { Calculator } from './visit.ts';

/** The engine and the data in one language, which the first page does without. */
async function loadCalculator(language: Language): Promise<Calculator> {
  const data = language === 'zh' ? import('wutong:portal-data-zh') : import('wutong:portal-data-en');
  const [{ portalData }, { makeCalculator }] = await Promise.all([data, import('./visit.ts')]);
  return makeCalculator(portalData);
}

const root = document.getElementById('app');
const city = portalCities[0];
if (root !== null && city !== undefined) {
  const language = document.documentElement.lang.startsWith('en') ? 'en' : 'zh';
  hydrate(<CalculatorApp language={language} city={city} loadCalculator={loadCalculator} />, root);
}
keepOffline();

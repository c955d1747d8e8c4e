// Where the calculator starts in the browser.
import { hydrate } from 'preact';
import { portalData } from 'wutong:portal-data';
import { keepOffline } from '../offline/keep-offline.ts';
import { CalculatorApp } from './calculator-app.tsx';
import { makeCalculator } from './visit.ts';

const root = document.getElementById('app');
const city = portalData.cities[0];
if (root !== null && city !== undefined) {
  const language = document.documentElement.lang.startsWith('en') ? 'en' : 'zh';
  hydrate(<CalculatorApp language={language} city={city} makeCalculator={() => makeCalculator(portalData)} />, root);
}
keepOffline();

// Where the calculator starts in the browser.
import { hydrate } from 'preact';
import { cityLoaders, portalCities } from 'wutong:portal-cities';
import { levelsOf } from '../../src/policy/index.ts';
import { loadWords } from '../i18n/words.ts';
import { keepOffline } from '../offline/keep-offline.ts';
import { CalculatorApp, type Loaders } from './calculator-app.tsx';
import type { PortalCore } from './data.ts';
import type { Language } from './view.ts';

/** What all jurisdictions share, in one language. */
async function loadCore(language: Language): Promise<PortalCore> {
  const data = language === 'zh' ? import('wutong:portal-data-zh') : import('wutong:portal-data-en');
  return (await data).portalData;
}

const loaders: Loaders = {
  words: loadWords,
  core: loadCore,
  async remarks(language) {
    const found = language === 'zh' ? import('wutong:remarks-zh') : import('wutong:remarks-en');
    return (await found).remarks;
  },
  // The engine, the jurisdiction and those above it come at the same time.
  async calculator(language, city) {
    const levels = levelsOf(portalCities, city).map(async ({ id }) => (await cityLoaders[language][id]?.())?.portalCity);
    const [core, { makeCalculator }, ...found] = await Promise.all([loadCore(language), import('./visit.ts'), ...levels]);
    return makeCalculator({ ...core, cities: found.filter((level) => level !== undefined) });
  },
};

const root = document.getElementById('app');
if (root !== null) {
  const language = document.documentElement.lang.startsWith('en') ? 'en' : 'zh';
  await loadWords(language);
  hydrate(<CalculatorApp language={language} cities={portalCities} loaders={loaders} />, root);
}
keepOffline();

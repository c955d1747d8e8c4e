// Where the page of a demonstration starts in the browser: how to sign in as each role, and how far the sample year is.
import { render } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import { LanguageContext, loadWords } from '../i18n/words.ts';
import { Mark } from '../ui/mark.tsx';
import { applyPreferences, type Preferences, readPreferences } from '../ui/preferences.ts';
import { SkipLink } from '../ui/skip-link.tsx';
import { LanguageSwitch } from '../ui/switches.tsx';
import { DemoPage } from './demo-page.tsx';
import { type DemoLanguage, demoWords } from './demo-words.ts';

function DemoApp({ written }: { written: DemoLanguage }) {
  const [language, setLanguage] = useState(written);
  const [preferences, setPreferences] = useState<Preferences>(() => readPreferences());
  const words = demoWords[language];
  useEffect(() => applyPreferences(preferences), [preferences]);
  useEffect(() => {
    document.documentElement.lang = language === 'zh' ? 'zh-CN' : 'en';
    document.title = words.documentTitle;
  }, [language, words]);
  const choose = async (next: DemoLanguage): Promise<void> => {
    await loadWords(next);
    setLanguage(next);
    setPreferences((now) => ({ ...now, language: next }));
  };
  return (
    <LanguageContext.Provider value={language}>
      <div class="desk">
        <SkipLink to="content">{words.skip}</SkipLink>
        <header class="desk-head">
          <a class="brand" href={language === 'zh' ? '/' : '/en/'}>
            <Mark />
            <span class="brand-name">{words.product}</span>
            <span class="small soft">{words.demonstration}</span>
          </a>
          <nav class="desk-nav" aria-label={words.places}>
            <a href="/office/">{words.office}</a>
            <a href="/my/">{words.my}</a>
            <a href="/public/">{words.lists}</a>
          </nav>
          <LanguageSwitch value={language} onChange={(next) => void choose(next).catch(() => {})} />
        </header>
        <main class="office" id="content" tabIndex={-1}>
          <DemoPage words={words} />
        </main>
      </div>
    </LanguageContext.Provider>
  );
}

const root = document.getElementById('app');
if (root !== null) {
  const language = readPreferences().language ?? 'zh';
  await loadWords(language);
  render(<DemoApp written={language} />, root);
}

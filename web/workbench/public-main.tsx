// Where the pages that anybody may open start in the browser: public lists, objections and their receipts, reports of fraud, and checking a letter.
import { render } from 'preact';
import { useEffect, useLayoutEffect, useState } from 'preact/hooks';
import { LanguageContext, loadWords } from '../i18n/words.ts';
import { Mark } from '../ui/mark.tsx';
import { applyPreferences, type Preferences, readPreferences } from '../ui/preferences.ts';
import { SkipLink } from '../ui/skip-link.tsx';
import { LanguageSwitch } from '../ui/switches.tsx';
import { usePlace } from './address.ts';
import { type OfficeLanguage, OfficeLanguageContext, useOfficeWords } from './office-words.ts';
import { PublicListPage, PublicListsPage } from './public/public-lists-page.tsx';
import { FollowReportPage } from './public/public-report-follow.tsx';
import { MakeReportPage, ReportWaysPage } from './public/public-report-page.tsx';
import { usePublicWords } from './public/public-words.ts';
import { ReceiptPage } from './public/receipt-page.tsx';
import { useReportWords } from './oversight/report-words.ts';
import { VerifyPage } from './public/verify-page.tsx';
import { useShownCurrent } from './use-shown-current.ts';

function PublicApp({ written }: { written: OfficeLanguage }) {
  const [language, setLanguage] = useState(written);
  const [preferences, setPreferences] = useState<Preferences>(() => readPreferences());
  useEffect(() => applyPreferences(preferences), [preferences]);
  // Before any page asks again in this language.
  useLayoutEffect(() => {
    document.documentElement.lang = language === 'zh' ? 'zh-CN' : 'en';
  }, [language]);
  const choose = async (next: OfficeLanguage): Promise<void> => {
    await loadWords(next);
    setLanguage(next);
    setPreferences((now) => ({ ...now, language: next }));
  };
  return (
    <LanguageContext.Provider value={language}>
      <OfficeLanguageContext.Provider value={language}>
        <Inside language={language} onLanguage={(next) => void choose(next).catch(() => {})} />
      </OfficeLanguageContext.Provider>
    </LanguageContext.Provider>
  );
}

function Inside({ language, onLanguage }: { language: OfficeLanguage; onLanguage: (language: OfficeLanguage) => void }) {
  const words = usePublicWords();
  const office = useOfficeWords();
  const { place } = usePlace();
  const report = useReportWords();
  const isVerify = location.pathname.startsWith('/verify');
  const [asked, id] = place.path;
  const page = isVerify ? 'verify' : asked === 'receipt' || asked === 'report' || (asked === 'list' && id !== undefined) ? asked : 'lists';
  const row = useShownCurrent<HTMLElement>(page);
  const ways = [
    ['/public/', words.lists, page === 'lists' || page === 'list'],
    ['/public/#/receipt', words.receipt, page === 'receipt'],
    ['/public/#/report', report.menu, page === 'report'],
    ['/verify/', words.verify, page === 'verify'],
  ] as const;
  return (
    <div class="desk">
      <SkipLink to="content">{office.skip}</SkipLink>
      <header class="desk-head">
        <a class="brand" href="/">
          <Mark />
          <span class="brand-name">{office.product}</span>
          <span class="small soft">{words.title}</span>
        </a>
        <nav class="desk-nav" aria-label={office.frame.menu} ref={row}>
          {ways.map(([address, text, isHere]) => (
            <a key={address} href={address} aria-current={isHere ? 'page' : undefined}>{text}</a>
          ))}
        </nav>
        <LanguageSwitch value={language} onChange={onLanguage} />
      </header>
      <main class="office" id="content" tabIndex={-1}>
        {page === 'verify' ? <VerifyPage given={place.query['code'] ?? new URLSearchParams(location.search).get('code') ?? ''} /> : null}
        {page === 'receipt' ? <ReceiptPage /> : null}
        {page === 'report' ? id === 'new' ? <MakeReportPage /> : id === 'follow' ? <FollowReportPage /> : <ReportWaysPage /> : null}
        {page === 'list' && id !== undefined ? <PublicListPage key={id} listId={id} /> : null}
        {page === 'lists' ? <PublicListsPage /> : null}
      </main>
    </div>
  );
}

const root = document.getElementById('app');
if (root !== null) {
  const language = readPreferences().language ?? 'zh';
  await loadWords(language);
  render(<PublicApp written={language} />, root);
}

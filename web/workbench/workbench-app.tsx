// The workbench: the gate, and behind it the sections that the present capacity opens.
import { useCallback, useEffect, useState } from 'preact/hooks';
import { readMe } from '../../src/contract/access-endpoints.ts';
import { call, CallRefused } from '../client/call.ts';
import { EmptyState } from '../ui/empty-state.tsx';
import { LanguageContext, loadWords } from '../i18n/words.ts';
import { applyPreferences, type Preferences, readPreferences } from '../ui/preferences.ts';
import { AccountPage } from './entry/account-page.tsx';
import { usePlace } from './address.ts';
import { ClaimPage } from './entry/claim-page.tsx';
import { Frame } from './frame.tsx';
import { HomePage } from './home-page.tsx';
import type { Me } from './me.ts';
import { type OfficeLanguage, OfficeLanguageContext, useOfficeWords } from './office-words.ts';
import { OpenSection } from './open-section.tsx';
import { RefusalNotice } from './refusal-notice.tsx';
import { sectionNamed, sectionsOf } from './sections.ts';
import { SignInPage } from './entry/sign-in-page.tsx';
import type { Door, OfficeDisplay } from './workbench-display.ts';

type Session = { readonly state: 'asking' } | { readonly state: 'out'; readonly hasEnded: boolean } | { readonly state: 'in'; readonly me: Me } | { readonly state: 'failed'; readonly refusal: CallRefused };

/** All of the workbench in the reader's language. */
export function WorkbenchApp({ written, door }: { written: OfficeLanguage; door: Door }) {
  const [preferences, setPreferences] = useState<Preferences>(() => readPreferences());
  const [language, setLanguage] = useState<OfficeLanguage>(written);
  useEffect(() => applyPreferences(preferences), [preferences]);
  useEffect(() => {
    document.documentElement.lang = language === 'zh' ? 'zh-CN' : 'en';
  }, [language]);
  // The shared parts speak it too; until its words are here the page stays as it is.
  const choose = async (next: OfficeLanguage): Promise<void> => {
    await loadWords(next);
    setLanguage(next);
    setPreferences((now) => ({ ...now, language: next }));
  };
  return (
    <LanguageContext.Provider value={language}>
      <OfficeLanguageContext.Provider value={language}>
        <Inside door={door} display={{ language, preferences, onLanguage: (next) => void choose(next).catch(() => {}), onPreferences: setPreferences }} />
      </OfficeLanguageContext.Provider>
    </LanguageContext.Provider>
  );
}

function Inside({ door, display }: { door: Door; display: OfficeDisplay }) {
  const words = useOfficeWords();
  const [session, setSession] = useState<Session>({ state: 'asking' });
  const ask = useCallback((hasEnded: boolean): void => {
    call(readMe).then(
      ({ data }) => setSession({ state: 'in', me: data }),
      (error: unknown) => {
        if (!(error instanceof CallRefused)) throw error;
        setSession(error.status === 401 ? { state: 'out', hasEnded } : { state: 'failed', refusal: error });
      },
    );
  }, []);
  useEffect(() => ask(false), [ask]);
  // Whoever comes back to an open page finds out here, and not in the middle of an act, that the session has ended.
  const isIn = session.state === 'in';
  useEffect(() => {
    if (!isIn) return;
    const look = (): void => {
      if (document.visibilityState === 'visible') ask(true);
    };
    document.addEventListener('visibilitychange', look);
    return () => document.removeEventListener('visibilitychange', look);
  }, [isIn, ask]);

  switch (session.state) {
    case 'asking':
      return <EmptyState>{words.loading}</EmptyState>;
    case 'failed':
      return (
        <main class="gate" id="content">
          <RefusalNotice refusal={session.refusal} onRetry={() => ask(false)} />
        </main>
      );
    case 'out':
      return <Frame display={display}><SignInPage door={door} hasEnded={session.hasEnded} onDone={() => ask(false)} /></Frame>;
    case 'in':
      return <Office display={display} me={session.me} onChange={() => ask(false)} onOut={() => setSession({ state: 'out', hasEnded: false })} />;
  }
}

function Office({ display, me, onChange, onOut }: { display: OfficeDisplay; me: Me; onChange: () => void; onOut: () => void }) {
  const { place, go } = usePlace();
  const open = sectionsOf(me);
  const [asked, ...path] = place.path;
  const section = sectionNamed(asked, open);
  const isAccount = asked === 'account';
  return (
    <Frame display={display} me={me} sections={open} current={section} onChange={onChange} onOut={onOut}>
      <main class="office" id="content" tabIndex={-1} key={`${asked ?? ''} ${JSON.stringify(me.capacity)}`}>
        {isAccount ? <AccountPage me={me} onChange={onChange} /> : null}
        {section === undefined ? null : <OpenSection name={section} me={me} path={path} query={place.query} onQuery={(query, replaces) => go(place.path, query, replaces)} />}
        {section === undefined && !isAccount ? me.capacity.kind === 'account' ? <ClaimPage me={me} onChange={onChange} /> : <HomePage me={me} sections={open} onChange={onChange} /> : null}
      </main>
    </Frame>
  );
}

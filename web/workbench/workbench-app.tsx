// The workbench: the gate, and behind it the sections that the present capacity opens.
import type { ComponentChildren } from 'preact';
import { useCallback, useEffect, useLayoutEffect, useRef, useState } from 'preact/hooks';
import { readMe, switchCapacity } from '../../src/contract/access-endpoints.ts';
import { call, CallRefused, isSignedOut, sessionBack, sessionEnded } from '../client/call.ts';
import { EmptyState } from '../ui/empty-state.tsx';
import { LanguageContext, loadWords } from '../i18n/words.ts';
import { applyPreferences, type Preferences, readPreferences } from '../ui/preferences.ts';
import { AccountPage } from './entry/account-page.tsx';
import { usePlace } from './address.ts';
import { ClaimPage } from './entry/claim-page.tsx';
import { Frame } from './frame.tsx';
import { HomePage } from './home-page.tsx';
import { type Me, switchTo } from './me.ts';
import { type OfficeLanguage, OfficeLanguageContext, useOfficeWords } from './office-words.ts';
import { OpenSection } from './open-section.tsx';
import { RefusalNotice } from './refusal-notice.tsx';
import { sectionNamed, sectionsOf } from './sections.ts';
import { SignInPage } from './entry/sign-in-page.tsx';
import { useAct } from './use-call.ts';
import type { Door, OfficeDisplay } from './workbench-display.ts';

/** `hasEnded` while somebody is in: what is open stays as it is behind the gate, with all that was entered. */
type Session =
  | { readonly state: 'asking' }
  | { readonly state: 'out' }
  | { readonly state: 'in'; readonly me: Me; readonly hasEnded: boolean }
  | { readonly state: 'failed'; readonly refusal: CallRefused };

/** All of the workbench in the reader's language. */
export function WorkbenchApp({ written, door }: { written: OfficeLanguage; door: Door }) {
  const [preferences, setPreferences] = useState<Preferences>(() => readPreferences());
  const [language, setLanguage] = useState<OfficeLanguage>(written);
  useEffect(() => applyPreferences(preferences), [preferences]);
  // Before any page asks again in this language.
  useLayoutEffect(() => {
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
  const ask = useCallback((): void => {
    call(readMe).then(
      ({ data }) => setSession({ state: 'in', me: data, hasEnded: false }),
      (error: unknown) => {
        if (!(error instanceof CallRefused)) throw error;
        setSession(isSignedOut(error) ? { state: 'out' } : { state: 'failed', refusal: error });
      },
    );
  }, []);
  useEffect(() => ask(), [ask]);
  // Whoever comes back to an open page finds out here that the session has ended; a network that is down takes nothing away.
  const isIn = session.state === 'in';
  useEffect(() => {
    if (!isIn) return;
    const end = (): void => setSession((now) => (now.state === 'in' ? { ...now, hasEnded: true } : now));
    const look = (): void => {
      if (document.visibilityState !== 'visible') return;
      call(readMe).then(
        ({ data }) => setSession((now) => (now.state === 'in' && !now.hasEnded ? { ...now, me: data } : now)),
        () => {},
      );
    };
    addEventListener(sessionEnded, end);
    document.addEventListener('visibilitychange', look);
    return () => {
      removeEventListener(sessionEnded, end);
      document.removeEventListener('visibilitychange', look);
    };
  }, [isIn]);

  switch (session.state) {
    case 'asking':
      return <EmptyState>{words.loading}</EmptyState>;
    case 'failed':
      return (
        <main class="gate" id="content">
          <RefusalNotice refusal={session.refusal} onRetry={ask} />
        </main>
      );
    case 'out':
      return <Frame display={display}><SignInPage door={door} hasEnded={false} onDone={ask} /></Frame>;
    case 'in': {
      const { me, hasEnded } = session;
      return (
        <>
          {hasEnded ? <SignInAgain door={door} display={display} before={me} onBack={(now) => setSession({ state: 'in', me: now, hasEnded: false })} /> : null}
          <KeptBehind isHidden={hasEnded}>
            <Office key={me.accountId} display={display} me={me} onChange={ask} onOut={() => setSession({ state: 'out' })} />
          </KeptBehind>
        </>
      );
    }
  }
}

/** The gate before a page that stays open: whoever was in goes on in the same capacity, and somebody else begins anew. */
function SignInAgain({ door, display, before, onBack }: { door: Door; display: OfficeDisplay; before: Me; onBack: (me: Me) => void }) {
  const { refusal, run } = useAct();
  const enter = async (): Promise<void> => {
    let { data: me } = await call(readMe);
    const wanted = JSON.stringify(before.capacity);
    const isOther = me.accountId !== before.accountId || JSON.stringify(me.capacity) === wanted;
    if (!isOther && me.capacities.some((one) => JSON.stringify(one) === wanted)) {
      await call(switchCapacity, { body: switchTo(before.capacity) });
      ({ data: me } = await call(readMe));
    }
    onBack(me);
  };
  return (
    <Frame display={display}>
      <SignInPage door={door} hasEnded onDone={() => run(enter)} />
      <RefusalNotice refusal={refusal} onRetry={() => run(enter)} />
    </Frame>
  );
}

/** Hides what is open without taking it away, puts the keyboard back where it was, and lets what was refused meanwhile be asked again. */
function KeptBehind({ isHidden, children }: { isHidden: boolean; children: ComponentChildren }) {
  const last = useRef<Element | null>(null);
  const wasHidden = useRef(false);
  useEffect(() => {
    const note = (event: FocusEvent): void => {
      if (event.target instanceof Element) last.current = event.target;
    };
    if (!isHidden) {
      document.addEventListener('focusin', note);
      if (wasHidden.current) {
        dispatchEvent(new Event(sessionBack));
        if (last.current instanceof HTMLElement) last.current.focus();
      }
    }
    wasHidden.current = isHidden;
    return () => document.removeEventListener('focusin', note);
  }, [isHidden]);
  return <div hidden={isHidden}>{children}</div>;
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

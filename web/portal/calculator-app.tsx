// The calculator: which page is shown, what was answered, and the way back.
import { useCallback, useEffect, useLayoutEffect, useMemo, useRef, useState } from 'preact/hooks';
import { type FactValue, type SubjectKind, tellDate } from '../../src/policy/index.ts';
import { LanguageContext, wordsOf } from '../i18n/words.ts';
import { Button } from '../ui/button.tsx';
import { applyPreferences, type Preferences, readPreferences } from '../ui/preferences.ts';
import { SkipLink } from '../ui/skip-link.tsx';
import { AboutPage } from './about-page.tsx';
import type { CityHeading } from './data.ts';
import { findToday, keepVisit, readAddress, recallVisit } from './keep-visit.ts';
import { PageHead } from './page-head.tsx';
import { QuestionPage } from './question-page.tsx';
import { ResultsPage } from './results-page.tsx';
import { SafePage } from './safe-page.tsx';
import { Sheet } from './sheet.tsx';
import { StartPage } from './start-page.tsx';
import type { Language } from './view.ts';
import { startVisit, type Visit } from './start-visit.ts';
import type { Calculator } from './visit.ts';

type Screen = 'start' | 'question' | 'results' | 'sheet' | 'about';

/** A step of the browser's history: which page, how deep, and whether a question was opened from the result. */
interface Step {
  readonly screen: Screen;
  readonly depth: number;
  readonly isFromResults: boolean;
}

const firstStep: Step = { screen: 'start', depth: 0, isFromResults: false };

export interface AppOptions {
  readonly language: Language;
  readonly city: CityHeading;
  /** Loads the engine and the data in a language; absent while the build prerenders the start page. */
  readonly loadCalculator?: (language: Language) => Promise<Calculator>;
}

/** The whole calculator. It is drawn first as the build prerendered it; what this device knows follows in the same moment. */
export function CalculatorApp({ language: written, city, loadCalculator }: AppOptions) {
  const [chosen, setLanguage] = useState<Language>(written);
  const [preferences, setPreferences] = useState<Preferences>({ theme: 'system', size: 'normal' });
  const [today, setToday] = useState<string>();
  const [step, setStep] = useState<Step>(firstStep);
  const [visit, setVisit] = useState<Visit>();
  const [cleared, setCleared] = useState<Visit>();
  const [problem, setProblem] = useState<string>();
  const [isOffline, setOffline] = useState(false);
  const { calculators, hasFailed, load } = useCalculators(loadCalculator);
  // Until the other language is there, a visit goes on in the one that it began in.
  const other = chosen === 'zh' ? 'en' : 'zh';
  const language = visit !== undefined && calculators[chosen] === undefined && calculators[other] !== undefined ? other : chosen;
  const calculator = calculators[language];
  // The browser may go back before the page is drawn again, so what is true now is kept beside what is drawn.
  const latest = useRef<{ visit: Visit | undefined; step: Step }>({ visit: undefined, step: firstStep });
  const words = wordsOf(language);
  const isOpening = visit !== undefined && calculator === undefined && !hasFailed;

  useEffect(() => {
    if (visit !== undefined) load(chosen);
  }, [visit, chosen, load]);

  // While the first page is read there is time to fetch the rest.
  useEffect(() => {
    const timer = setTimeout(() => load(chosen), 2000);
    return () => clearTimeout(timer);
  }, [chosen, load]);

  // What only this device knows: how the page is liked, which day it is, what was answered before.
  useEffect(() => {
    const asked = readAddress(location.search);
    const liked = readPreferences();
    applyPreferences(liked);
    setPreferences(liked);
    setLanguage(asked.language ?? liked.language ?? written);
    const day = asked.date ?? findToday(new Date());
    const kept = recallVisit(city.id);
    // Answers of another day are looked at by the policy of this one.
    const recalled = kept === undefined ? undefined : { ...kept, date: day };
    const before = readStep(history.state);
    setToday(day);
    latest.current = { visit: recalled, step: before ?? firstStep };
    setVisit(recalled);
    // Without answers only two pages say anything.
    if (before !== undefined && (recalled !== undefined || before.screen === 'about')) setStep(before);
  }, [written, city.id]);

  useEffect(() => {
    const look = (): void => setOffline(!navigator.onLine);
    look();
    addEventListener('online', look);
    addEventListener('offline', look);
    return () => {
      removeEventListener('online', look);
      removeEventListener('offline', look);
    };
  }, []);

  useEffect(() => {
    document.documentElement.lang = language === 'zh' ? 'zh-CN' : 'en';
  }, [language]);

  const show = useCallback((next: Visit | undefined): void => {
    latest.current.visit = next;
    setVisit(next);
    setProblem(undefined);
    keepVisit(next);
  }, []);

  const go = (screen: Screen, isFromResults = false): void => {
    const next = { screen, depth: latest.current.step.depth + 1, isFromResults };
    history.pushState({ wutong: next }, '');
    latest.current.step = next;
    setStep(next);
  };

  const goBack = useCallback((): void => {
    if (latest.current.step.depth > 0) history.back();
    else setStep(firstStep);
  }, []);

  useLayoutEffect(() => {
    const pop = (event: PopStateEvent): void => {
      const next = readStep(event.state) ?? firstStep;
      const now = latest.current;
      if (now.visit !== undefined && calculator !== undefined && now.step.screen === 'question') {
        const isBack = next.depth < now.step.depth && next.screen === 'question';
        show(isBack ? calculator.back(now.visit) : calculator.keep(now.visit));
      }
      now.step = next;
      setStep(next);
    };
    addEventListener('popstate', pop);
    return () => removeEventListener('popstate', pop);
  }, [calculator, show]);

  const view = useMemo(() => (visit === undefined ? undefined : calculator?.view(visit, language)), [visit, language, calculator]);
  const screen: Screen = view === undefined && step.screen !== 'about' ? 'start' : step.screen === 'question' && view?.question === undefined ? 'results' : step.screen;
  const heading = `${screen} ${screen === 'question' ? `${view?.question?.fact} ${view?.answered.length}` : ''}`;

  // A new page begins at its top, and its heading is read out.
  const shown = useRef(heading);
  useLayoutEffect(() => {
    if (shown.current === heading) return;
    shown.current = heading;
    scrollTo({ top: 0, behavior: 'instant' });
    document.getElementById('title')?.focus({ preventScroll: true });
  }, [heading]);

  useEffect(() => {
    const title = screen === 'question' ? view?.question?.title : screen === 'results' || screen === 'sheet' ? words.sheet.title : screen === 'about' ? words.about.title : undefined;
    document.title = title === undefined ? `${words.name} · ${words.tagline}` : `${title} · ${words.name}`;
  }, [screen, view, words]);

  const start = (subject: SubjectKind): void => {
    setCleared(undefined);
    show(startVisit(subject, city.id, today ?? findToday(new Date())));
    go('question');
  };
  /** After an answer: back to the result where the question was opened from there, else on to the next one. */
  const goOn = (next: Visit): void => {
    show(next);
    if (step.isFromResults) history.back();
    else go(calculator?.view(next, language).question === undefined ? 'results' : 'question');
  };
  const answer = (value: FactValue): void => {
    if (visit === undefined || view?.question === undefined) return;
    const next = calculator?.answer(visit, view.question.fact, value, language);
    if (next === undefined) return;
    if ('problem' in next) setProblem(next.problem);
    else goOn(next);
  };
  const skip = (): void => {
    const next = visit === undefined || view?.question === undefined ? undefined : calculator?.skip(visit, view.question.fact);
    if (next !== undefined) goOn(next);
  };
  const ask = (fact: string): void => {
    const next = visit === undefined ? undefined : calculator?.change(visit, fact);
    if (next === undefined) return;
    show(next);
    go('question', true);
  };
  const clear = (): void => {
    setCleared(visit);
    show(undefined);
    go('start');
  };
  const take = (choice: string, benefit: string): void => {
    const next = visit === undefined ? undefined : calculator?.choose(visit, choice, benefit);
    if (next !== undefined) show(next);
  };
  const undo = (): void => {
    setCleared(undefined);
    show(cleared);
    go('results');
  };
  const prefer = (next: Preferences): void => {
    setPreferences(next);
    applyPreferences(next);
  };

  const switchLanguage = (wanted: Language): void => {
    setLanguage(wanted);
    prefer({ ...preferences, language: wanted });
  };

  return (
    <LanguageContext.Provider value={language}>
      <div class="page screen">
        <SkipLink to="title">{words.skipToContent}</SkipLink>
        <PageHead
          display={{
            language: chosen,
            preferences,
            onPreferences: prefer,
            onLanguage: switchLanguage,
          }}
          onHome={() => {
            if (screen !== 'start') go('start');
          }}
        />
        <main>
          {isOffline ? <p class="offline" role="status">{words.offline}</p> : null}
          <SafePage language={language} onClear={clear}>
            {screen === 'question' && view?.question !== undefined ? (
              <QuestionPage
                view={view}
                question={view.question}
                places={calculator?.places(city.id) ?? { here: [], province: [], provinces: [] }}
                suggestUniversities={(text) => (calculator?.suggestUniversities(text) ?? []).map(({ name, classes }) => ({ name, note: classes }))}
                problem={problem}
                onAnswer={answer}
                onSkip={skip}
                onBack={goBack}
                onResults={() => go('results')}
              />
            ) : screen === 'results' && view !== undefined ? (
              <ResultsPage view={view} onAsk={ask} onContinue={() => go('question')} onTake={take} onSheet={() => go('sheet')} onClear={clear} />
            ) : screen === 'sheet' && view !== undefined ? (
              <div class="sheet-place">
                <div class="sheet-acts">
                  <Button icon="back" tone="quiet" onPress={goBack}>{words.sheet.back}</Button>
                  <Button icon="print" tone="primary" onPress={() => print()}>{words.sheet.print}</Button>
                </div>
                <Sheet view={view} hasTitle />
              </div>
            ) : screen === 'about' ? (
              <AboutPage onBack={goBack} />
            ) : (
              <StartPage
                city={city.title[language]}
                policies={city.policies.map(({ short }) => short[language])}
                dateTold={today === undefined ? undefined : tellDate(today, language)}
                answered={visit?.order.length ?? 0}
                isOpening={isOpening}
                hasFailed={visit !== undefined && hasFailed}
                onRetry={() => load(chosen)}
                isCleared={cleared !== undefined}
                onStart={start}
                onResume={() => go('question')}
                onUndo={undo}
                onAbout={() => go('about')}
                onLanguage={switchLanguage}
              />
            )}
          </SafePage>
        </main>
      </div>
      {view === undefined ? null : (
        <div class="printed">
          <Sheet view={view} hasTitle={false} />
        </div>
      )}
    </LanguageContext.Provider>
  );
}

/** The calculators by language, each loaded once; a load that failed can be tried again. */
function useCalculators(loadCalculator: AppOptions['loadCalculator']) {
  const [calculators, setCalculators] = useState<Partial<Record<Language, Calculator>>>({});
  const [hasFailed, setFailed] = useState(false);
  const loading = useRef(new Set<Language>());
  const load = useCallback(
    (language: Language): void => {
      if (loadCalculator === undefined || loading.current.has(language)) return;
      loading.current.add(language);
      setFailed(false);
      loadCalculator(language).then(
        (calculator) => setCalculators((before) => ({ ...before, [language]: calculator })),
        () => {
          loading.current.delete(language);
          setFailed(true);
        },
      );
    },
    [loadCalculator],
  );
  return { calculators, hasFailed, load };
}

/** The step that the browser kept, where it is one of ours. */
function readStep(kept: unknown): Step | undefined {
  if (typeof kept !== 'object' || kept === null || !('wutong' in kept)) return undefined;
  return kept.wutong as Step;
}

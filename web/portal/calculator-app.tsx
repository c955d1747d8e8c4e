// The calculator: which page is shown, what was answered, and the way back.
import { useCallback, useEffect, useLayoutEffect, useMemo, useRef, useState } from 'preact/hooks';
import { type FactValue, fullPlaceName, type SubjectKind, tellDate } from '../../src/policy/index.ts';
import { LanguageContext, wordsOf } from '../i18n/words.ts';
import { Button } from '../ui/button.tsx';
import { applyPreferences, type Preferences, readPreferences } from '../ui/preferences.ts';
import { SkipLink } from '../ui/skip-link.tsx';
import { AboutPage } from './about-page.tsx';
import { AskPlacePage, type Within } from './ask-place-page.tsx';
import { ChoosePlacePage } from './choose-place-page.tsx';
import type { CityHeading, PortalCore } from './data.ts';
import { chosenFor, isAwayFrom, offersFor, othersFor, served } from './find-jurisdictions.ts';
import { findToday, keepVisit, readAddress, recallVisit } from './keep-visit.ts';
import { OpeningPage } from './opening-page.tsx';
import { PageHead } from './page-head.tsx';
import { PlaceBar } from './place-bar.tsx';
import { QuestionPage } from './question-page.tsx';
import { firstStep, readStep, type Screen, type Step } from './read-step.ts';
import { MarksContext, RemarksContext } from './result-item.tsx';
import { ResultsPage } from './results-page.tsx';
import { SafePage } from './safe-page.tsx';
import { Sheet } from './sheet.tsx';
import { StartPage } from './start-page.tsx';
import type { Language, VisitView } from './view.ts';
import { homePlace, moveVisit, startVisit, tellHome, tellNoWork, tellWork, type Visit, workPlace } from './start-visit.ts';
import { useMarks } from './use-marks.ts';
import type { Calculator } from './visit.ts';

/** How the rest comes: the words of a language, what all jurisdictions share, and what answers in one of them. */
export interface Loaders {
  readonly words: (language: Language) => Promise<unknown>;
  readonly core: (language: Language) => Promise<PortalCore>;
  /** What the packs remark of each benefit (`policy/benefit`). */
  readonly remarks: (language: Language) => Promise<Readonly<Record<string, string>>>;
  readonly calculator: (language: Language, city: string) => Promise<Calculator>;
}

export interface AppOptions {
  readonly language: Language;
  readonly cities: readonly CityHeading[];
  /** Absent while the build prerenders the start page. */
  readonly loaders?: Loaders;
}

/** The whole calculator. It is drawn first as the build prerendered it; what this device knows follows in the same moment. */
export function CalculatorApp({ language: written, cities, loaders }: AppOptions) {
  const [chosen, setLanguage] = useState<Language>(written);
  const [preferences, setPreferences] = useState<Preferences>({ theme: 'system', size: 'normal' });
  const [today, setToday] = useState<string>();
  const [asked, setAsked] = useState<string>();
  const [step, setStep] = useState<Step>(firstStep);
  const [visit, setVisit] = useState<Visit>();
  const [cleared, setCleared] = useState<Visit>();
  const [problem, setProblem] = useState<string>();
  const [isOffline, setOffline] = useState(false);
  const { found: cores, failed: failedCore, load: loadCore } = useLoaded(loaders?.core);
  const { found: calculators, failed: failedCalculator, load: loadCalculator } = useLoaded(loaders?.calculator);
  const { found: catalogues, load: loadCatalogue } = useLoaded(loaders?.words);
  const { found: remarks, load: loadRemarks } = useLoaded(loaders?.remarks);
  // Until the other language is there, a visit goes on in the one that it began in.
  const other = chosen === 'zh' ? 'en' : 'zh';
  const hasWords = (wanted: Language): boolean => wanted === 'zh' || wanted === written || catalogues[wanted] !== undefined;
  const calculatorIn = (wanted: Language): Calculator | undefined => (visit === undefined ? undefined : calculators[`${wanted} ${visit.city}`]);
  const isBetterOther = !hasWords(chosen) || (calculatorIn(chosen) === undefined && calculatorIn(other) !== undefined && hasWords(other));
  const language = isBetterOther ? other : chosen;
  const calculator = calculatorIn(language);
  const core = cores[language] ?? cores[other];
  // The browser may go back before the page is drawn again, so what is true now is kept beside what is drawn.
  const latest = useRef<{ visit: Visit | undefined; step: Step }>({ visit: undefined, step: firstStep });
  const words = wordsOf(language);
  const city = visit?.city ?? asked ?? '';
  const isVisiting = visit !== undefined;
  // While the home is asked for, what answers at the place of work is on its way.
  const likely = city !== '' || visit === undefined ? city : (chosenFor(visit, cities) ?? '');

  useEffect(() => loadCatalogue(chosen), [chosen, loadCatalogue]);

  useEffect(() => {
    if (!isVisiting) return;
    loadCore(chosen);
    if (likely !== '') loadCalculator(chosen, likely);
  }, [isVisiting, likely, chosen, loadCore, loadCalculator]);

  // While the first page is read there is time to fetch the rest.
  useEffect(() => {
    const timer = setTimeout(() => {
      loadCore(chosen);
      if (likely !== '') loadCalculator(chosen, likely);
    }, 2000);
    return () => clearTimeout(timer);
  }, [likely, chosen, loadCore, loadCalculator]);

  // What only this device knows: how the page is liked, which day it is, what was answered before.
  useEffect(() => {
    const address = readAddress(location.search, served(cities).map(({ id }) => id));
    const liked = readPreferences();
    applyPreferences(liked);
    setPreferences(liked);
    setLanguage(address.language ?? liked.language ?? written);
    setAsked(address.city);
    const day = address.date ?? findToday(new Date());
    const recalled = takeUp(recallVisit(), day, address.city, cities);
    const before = readStep(history.state, cities);
    setToday(day);
    latest.current = { visit: recalled, step: before ?? firstStep };
    setVisit(recalled);
    // Without answers only two pages say anything.
    if (before !== undefined && (recalled !== undefined || before.screen === 'about')) setStep(before);
  }, [written, cities]);

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

  const go = (screen: Screen, isFromResults = false, within?: Within): void => {
    const now = latest.current;
    const next: Step = {
      screen,
      depth: now.step.depth + 1,
      isFromResults,
      ...(within === undefined ? {} : { within }),
      ...(screen === 'question' && now.visit !== undefined ? { at: placeOf(now.visit) } : {}),
    };
    history.pushState({ wutong: next }, '');
    now.step = next;
    setStep(next);
  };

  const goBack = useCallback((): void => {
    if (latest.current.step.depth > 0) history.back();
    else setStep(firstStep);
  }, []);

  useLayoutEffect(() => {
    const pop = (event: PopStateEvent): void => {
      const next = readStep(event.state, cities) ?? firstStep;
      const now = latest.current;
      if (now.visit !== undefined && calculator !== undefined) {
        // A question that was dealt with is asked again where it stood, backwards and forwards.
        const fact = next.screen === 'question' && next.at !== undefined ? now.visit.order[next.at] : undefined;
        show(fact === undefined ? calculator.keep(now.visit) : calculator.change(now.visit, fact));
      }
      now.step = next;
      setStep(next);
    };
    addEventListener('popstate', pop);
    return () => removeEventListener('popstate', pop);
  }, [calculator, cities, show]);

  const { view, hasFailed } = useMemo(() => tryView(calculator, visit, language), [visit, language, calculator]);
  const isOnPlaces = step.screen === 'work' || step.screen === 'home' || step.screen === 'choose';
  const screen = screenOf(step.screen, visit, core !== undefined, view);
  const heading = `${screen} ${isOnPlaces ? (step.within ?? '') : ''} ${screen === 'question' ? `${view?.question?.fact} ${view?.answered.length}` : ''}`;

  // A new page begins at its top, and its heading is read out.
  const shown = useRef(heading);
  useLayoutEffect(() => {
    if (shown.current === heading) return;
    shown.current = heading;
    scrollTo({ top: 0, behavior: 'instant' });
    document.getElementById('title')?.focus({ preventScroll: true });
  }, [heading]);

  useEffect(() => {
    const titles: Partial<Record<typeof screen, string | undefined>> = {
      work: words.place.work[visit?.subject ?? 'person'],
      home: words.place.home,
      choose: words.place.chooseTitle,
      question: view?.question?.title,
      results: words.sheet.title,
      sheet: words.sheet.title,
      about: words.about.title,
    };
    const title = titles[screen];
    document.title = title === undefined ? `${words.name} · ${words.tagline}` : `${title} · ${words.name}`;
  }, [screen, visit?.subject, view, words]);

  const marks = useMarks(view, screen === 'results' || screen === 'sheet', () => (visit === undefined ? undefined : calculator?.marks(visit, language)));

  const start = (subject: SubjectKind): void => {
    setCleared(undefined);
    show(startVisit(subject, asked ?? '', today ?? findToday(new Date())));
    go(asked === undefined ? 'work' : 'question');
  };
  /** On from what was said of places: to the questions of the jurisdiction that serves them, or to the choice among all. */
  const settle = (next: Visit): void => {
    const found = chosenFor(next, cities);
    show(found === undefined ? next : moveVisit(next, found));
    go(found === undefined ? 'choose' : 'question');
  };
  const tellPlace = (code: string | undefined): void => {
    if (visit === undefined) return;
    if (step.screen === 'home') settle(tellHome(visit, code));
    else tellNext(visit, tellWork(visit, code));
  };
  /** On from the place of work. */
  const tellNext = (before: Visit, next: Visit): void => {
    // A person who begins is asked where she lives as well.
    if (before.subject !== 'person' || before.city !== '') return settle(next);
    show(next);
    go('home');
  };
  const switchTo = (wanted: string): void => {
    if (visit === undefined) return;
    show(moveVisit(visit, wanted));
    if (screen === 'choose') go(step.isFromResults ? 'results' : 'question');
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

  const nameOf = (place: number | undefined): string | undefined => (place === undefined || core === undefined ? undefined : placeName(place, core, cities, language));
  const worksAt = visit === undefined ? undefined : workPlace(visit);
  const livesAt = visit === undefined ? undefined : homePlace(visit);
  const placeBar =
    visit === undefined ? null : (
      <PlaceBar cities={cities} isOfPerson={visit.subject === 'person'} shown={visit.city} others={othersFor(visit, cities)} onSwitch={switchTo} onChange={() => go('choose', screen === 'results')} />
    );

  const remarked = useMemo(() => ({ remarks: remarks[language] ?? {}, onOpen: () => loadRemarks(language) }), [remarks, language, loadRemarks]);
  const awayTold = visit !== undefined && isAwayFrom(visit, visit.city, cities) ? words.place.away[visit.subject === 'person' ? 'person' : 'others'](titleIn(cities, visit.city, language)) : undefined;

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
          <SafePage language={language} hasFailed={hasFailed} onAgain={() => setVisit((now) => (now === undefined ? now : { ...now }))} onClear={clear}>
            {screen === 'question' && view?.question !== undefined ? (
              <QuestionPage
                view={view}
                question={view.question}
                places={calculator?.places(city) ?? { here: [], province: [], provinces: [] }}
                suggestUniversities={(text) => (calculator?.suggestUniversities(text) ?? []).map(({ name, classes }) => ({ name, note: classes }))}
                problem={problem}
                placeBar={placeBar}
                onAnswer={answer}
                onSkip={skip}
                onBack={goBack}
                onResults={() => go('results')}
              />
            ) : screen === 'results' && view !== undefined ? (
              <RemarksContext.Provider value={remarked}>
                <ResultsPage
                  key={city}
                  view={view}
                  placeBar={placeBar}
                  marks={marks}
                  awayTold={awayTold}
                  onAsk={ask}
                  onContinue={() => go('question')}
                  onTake={take}
                  onSheet={() => go('sheet')}
                  onPlace={() => go('choose', true)}
                  onClear={clear}
                />
              </RemarksContext.Provider>
            ) : screen === 'sheet' && view !== undefined ? (
              <div class="sheet-place">
                <div class="sheet-acts">
                  <Button icon="back" tone="quiet" onPress={goBack}>{words.sheet.back}</Button>
                  <Button icon="print" tone="primary" onPress={() => print()}>{words.sheet.print}</Button>
                </div>
                <MarksContext.Provider value={marks}>
                  <Sheet view={view} hasTitle />
                </MarksContext.Provider>
              </div>
            ) : (screen === 'work' || screen === 'home') && visit !== undefined && core !== undefined ? (
              <AskPlacePage
                what={screen}
                subject={visit.subject}
                within={step.within}
                cities={cities}
                reference={core.reference}
                given={(screen === 'work' ? worksAt : livesAt)?.toString()}
                same={screen === 'home' && worksAt !== undefined ? { code: String(worksAt), name: nameOf(worksAt) ?? '' } : undefined}
                onWithin={(within) => go(screen, false, within)}
                onTell={tellPlace}
                onNoWork={() => tellNext(visit, tellNoWork(visit))}
                onBack={goBack}
              />
            ) : screen === 'choose' && visit !== undefined ? (
              <ChoosePlacePage
                cities={cities}
                shown={visit.city}
                offers={offersFor(visit, cities)}
                subject={visit.subject}
                work={nameOf(worksAt)}
                home={nameOf(livesAt)}
                onChoose={switchTo}
                onAsk={(what) => go(what)}
                onBack={goBack}
              />
            ) : screen === 'opening' ? (
              <OpeningPage
                city={titleIn(cities, city, language)}
                hasFailed={failedCore.has(chosen) || failedCalculator.has(`${chosen} ${city}`)}
                onRetry={() => {
                  loadCore(chosen);
                  if (city !== '') loadCalculator(chosen, city);
                }}
              />
            ) : screen === 'about' ? (
              <AboutPage onBack={goBack} />
            ) : (
              <StartPage
                cities={served(cities)}
                asked={asked}
                dateTold={today === undefined ? undefined : tellDate(today, language)}
                answered={visit?.order.length ?? 0}
                isCleared={cleared !== undefined}
                onStart={start}
                onResume={() => go(visit?.city === '' ? 'choose' : 'question')}
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
          <MarksContext.Provider value={marks}>
            <Sheet view={view} hasTitle={false} />
          </MarksContext.Provider>
        </div>
      )}
    </LanguageContext.Provider>
  );
}

/** What a visit shows; where it cannot be worked out, that is said instead of nothing at all. */
function tryView(calculator: Calculator | undefined, visit: Visit | undefined, language: Language): { readonly view: VisitView | undefined; readonly hasFailed: boolean } {
  try {
    return { view: visit === undefined || visit.city === '' ? undefined : calculator?.view(visit, language), hasFailed: false };
  } catch {
    return { view: undefined, hasFailed: true };
  }
}

/** How many questions come before the one that is asked. */
function placeOf({ order, changing }: Visit): number {
  const at = changing === undefined ? -1 : order.indexOf(changing);
  return at < 0 ? order.length : at;
}

function titleIn(cities: readonly CityHeading[], id: string, language: Language): string {
  return cities.find((city) => city.id === id)?.title[language] ?? '';
}

/** What is loaded by the words that name it, each once; what failed can be tried again. */
function useLoaded<Names extends readonly string[], T>(loader: ((...names: Names) => Promise<T>) | undefined) {
  const [found, setFound] = useState<Readonly<Record<string, T>>>({});
  const [failed, setFailed] = useState<ReadonlySet<string>>(new Set());
  const loading = useRef(new Set<string>());
  const load = useCallback(
    (...names: Names): void => {
      const key = names.join(' ');
      if (loader === undefined || loading.current.has(key)) return;
      loading.current.add(key);
      setFailed((before) => new Set([...before].filter((one) => one !== key)));
      loader(...names).then(
        (loaded) => setFound((before) => ({ ...before, [key]: loaded })),
        () => {
          loading.current.delete(key);
          setFailed((before) => new Set([...before, key]));
        },
      );
    },
    [loader],
  );
  return { found, failed, load };
}

/** The page that can be shown: without what a page needs, the one that says so. */
function screenOf(wanted: Screen, visit: Visit | undefined, hasCore: boolean, view: VisitView | undefined): Screen | 'opening' {
  if (wanted === 'about' || wanted === 'start') return wanted;
  if (visit === undefined) return 'start';
  if (wanted === 'work' || wanted === 'home' || wanted === 'choose') return hasCore ? wanted : 'opening';
  if (visit.city === '') return hasCore ? 'choose' : 'opening';
  if (view === undefined) return 'opening';
  return wanted === 'question' && view.question === undefined ? 'results' : wanted;
}

/** The visit that this tab kept, on this day: where the address asks for a jurisdiction, under its policies; where its own is served no more, under one that is. */
function takeUp(kept: Visit | undefined, date: string, asked: string | undefined, cities: readonly CityHeading[]): Visit | undefined {
  if (kept === undefined) return undefined;
  const visit = { ...kept, date };
  if (asked !== undefined && asked !== kept.city) return moveVisit(visit, asked);
  return kept.city === '' || served(cities).some(({ id }) => id === kept.city) ? visit : moveVisit(visit, chosenFor(visit, cities) ?? '');
}

/** A place as people call it: without the province that all jurisdictions share. */
function placeName(place: number, { reference }: PortalCore, cities: readonly CityHeading[], language: Language): string {
  const own = cities.find(({ code }) => code === place);
  if (own !== undefined) return own.title[language];
  const full = fullPlaceName(place, reference) ?? String(place);
  const province = fullPlaceName(Math.floor((cities[0]?.code ?? 0) / 10_000) * 10_000, reference) ?? '';
  return province !== '' && full !== province && full.startsWith(province) ? full.slice(province.length) : full;
}

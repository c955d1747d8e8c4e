// Where somebody works and lives, asked before anything else: first the city, then the district, one thing at a time.
import { useContext, useRef } from 'preact/hooks';
import type { SubjectKind } from '../../src/policy/index.ts';
import { LanguageContext, useWords } from '../i18n/words.ts';
import { Button } from '../ui/button.tsx';
import { ChoiceList, type Option } from '../ui/choice-list.tsx';
import { Disclosure } from '../ui/disclosure.tsx';
import { Phrased } from '../ui/phrased.tsx';
import { useAnswerKeys } from './answer-keys.ts';
import type { CityHeading, PortalCore } from './data.ts';
import { served } from './find-jurisdictions.ts';
import { type PlacePick, placeTree } from './place-tree.ts';

/** What is looked into: the whole list, one city (its code), or everywhere else. */
export type Within = number | 'elsewhere' | undefined;

export interface AskPlaceOptions {
  readonly what: 'work' | 'home';
  readonly subject: SubjectKind;
  readonly within: Within;
  readonly cities: readonly CityHeading[];
  readonly reference: PortalCore['reference'];
  /** The code told before. */
  readonly given: string | undefined;
  /** What the place of work is called, where "the same place" can be an answer. */
  readonly same: { readonly code: string; readonly name: string } | undefined;
  readonly onWithin: (within: Within) => void;
  /** Undefined where it is not known yet, or not said. */
  readonly onTell: (code: string | undefined) => void;
  /** A person has no work, so no place of it either. */
  readonly onNoWork: () => void;
  readonly onBack: () => void;
}

/** One question on a place. */
export function AskPlacePage(options: AskPlaceOptions) {
  const { what, subject, within, cities, reference, onBack } = options;
  const words = useWords();
  const language = useContext(LanguageContext);
  const main = useRef<HTMLDivElement>(null);
  useAnswerKeys(main, onBack);
  const place = words.place;
  const isPerson = subject === 'person';
  const city = typeof within === 'number' ? nameOfCity(within, cities, reference, language) : '';
  const [title, why] =
    within === 'elsewhere'
      ? [place.elsewhereTitle, place.elsewhereWhy]
      : typeof within === 'number'
        ? [place.county(city), place.countyWhy]
        : what === 'home'
          ? [place.home, place.homeWhy]
          : [place.work[subject], place.workWhy[isPerson ? 'person' : 'others']];
  return (
    <div class="asking is-narrow">
      <div class="asking-main" ref={main}>
        <p class="small soft asking-first" aria-hidden="true">{place.first}</p>
        <h1 id="title" tabIndex={-1} class="question-title">
          <Phrased text={title} language={language} />
        </h1>
        <p class="why small soft even">
          <Phrased text={why} language={language} />
        </p>
        <div class="answer-place" key={`${what} ${within}`}>
          {within === undefined ? <Cities {...options} /> : within === 'elsewhere' ? <Elsewhere {...options} /> : <Counties {...options} code={within} name={city} />}
        </div>
        <div class="question-foot">
          <Button tone="quiet" icon="back" onPress={onBack}>{words.back}</Button>
        </div>
        <p class="keys tiny soft">{words.question.keys}</p>
      </div>
    </div>
  );
}

/** The cities that are served or hold a district that is. */
function citiesServed(cities: readonly CityHeading[]): readonly number[] {
  return [...new Set(served(cities).map(({ code }) => Math.floor(code / 100) * 100))];
}

function Cities({ what, subject, cities, reference, given, same, onWithin, onTell, onNoWork }: AskPlaceOptions) {
  const { place } = useWords();
  const language = useContext(LanguageContext);
  const isPerson = subject === 'person';
  const list: Option<string>[] = citiesServed(cities).map((code) => ({ label: nameOfCity(code, cities, reference, language), value: String(code) }));
  const options: readonly Option<string>[] = [
    ...(same === undefined ? [] : [{ label: place.same, hint: same.name, value: 'same' }]),
    ...list,
    { label: place.elsewhere, hint: place.elsewhereHint, value: 'elsewhere' },
    ...(what === 'work' && isPerson ? [{ label: place.noWork, hint: place.noWorkHint, value: 'noWork' }] : []),
    { label: what === 'home' ? place.noHome : place.notYet[isPerson ? 'person' : 'others'], value: 'none' },
  ];
  // Where only the jurisdiction matters, a city without districts of its own is answer enough.
  const needsCounty = (code: number): boolean => what === 'work' || served(cities).some((city) => city.code !== code && Math.floor(city.code / 100) * 100 === code);
  const choose = (value: string): void => {
    if (value === 'same') onTell(same?.code);
    else if (value === 'none') onTell(undefined);
    else if (value === 'noWork') onNoWork();
    else if (value === 'elsewhere') onWithin('elsewhere');
    else if (needsCounty(Number(value))) onWithin(Number(value));
    else onTell(value);
  };
  const isAmong = given === undefined ? undefined : list.find(({ value }) => value.slice(0, 4) === given.slice(0, 4))?.value ?? 'elsewhere';
  return <ChoiceList options={options} given={isAmong} labelledBy="title" onChoose={choose} />;
}

function Counties({ code, name, reference, given, onTell }: AskPlaceOptions & { readonly code: number; readonly name: string }) {
  const { place } = useWords();
  return (
    <div class="places">
      <Grid places={placeTree(reference, code).here} given={given} hasKeys onTell={onTell} />
      <div>
        <Button onPress={() => onTell(String(code))}>{place.whole(name)}</Button>
      </div>
    </div>
  );
}

function Elsewhere({ cities, reference, given, onTell }: AskPlaceOptions) {
  const { field } = useWords();
  const near = citiesServed(cities);
  const tree = placeTree(reference, near[0] ?? 0);
  return (
    <div class="places">
      <p class="small soft">{field.elsewhereInProvince}</p>
      <Grid places={tree.province.filter(({ code }) => !near.includes(Number(code)))} given={given} hasKeys onTell={onTell} />
      <Disclosure label={field.otherProvinces}>
        <Grid places={tree.provinces} given={given} onTell={onTell} />
      </Disclosure>
    </div>
  );
}

function Grid({ places, given, hasKeys = false, onTell }: { places: readonly PlacePick[]; given: string | undefined; hasKeys?: boolean; onTell: (code: string) => void }) {
  return (
    <ul class="place-grid" role="list">
      {places.map(({ code, name }, at) => (
        <li key={code}>
          <button type="button" class="choice" aria-pressed={code === given} onClick={() => onTell(code)}>
            <span class="choice-words">{name}</span>
            {hasKeys && at < 9 ? <kbd aria-hidden="true">{at + 1}</kbd> : null}
          </button>
        </li>
      ))}
    </ul>
  );
}

function nameOfCity(code: number, cities: readonly CityHeading[], { places, placeNames }: PortalCore['reference'], language: 'zh' | 'en'): string {
  return cities.find((city) => city.code === code)?.title[language] ?? placeNames[places.indexOf(code)] ?? String(code);
}

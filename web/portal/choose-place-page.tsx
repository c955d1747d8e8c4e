// Whose policies are looked at: every jurisdiction, one press each, and what was said of work and home.
import { useContext, useRef } from 'preact/hooks';
import type { SubjectKind } from '../../src/policy/index.ts';
import { LanguageContext, useWords } from '../i18n/words.ts';
import { Button } from '../ui/button.tsx';
import { ChoiceList } from '../ui/choice-list.tsx';
import { Notice } from '../ui/notice.tsx';
import { Phrased } from '../ui/phrased.tsx';
import { useAnswerKeys } from './answer-keys.ts';
import type { CityHeading } from './data.ts';
import { isAbove, type Offer, served } from './find-jurisdictions.ts';

export interface ChoosePlaceOptions {
  readonly cities: readonly CityHeading[];
  /** The jurisdiction that is shown; empty where none is yet. */
  readonly shown: string;
  readonly offers: readonly Offer[];
  readonly subject: SubjectKind;
  /** What was said, in words. */
  readonly work: string | undefined;
  readonly home: string | undefined;
  readonly onChoose: (city: string) => void;
  readonly onAsk: (what: 'work' | 'home') => void;
  readonly onBack: () => void;
}

/** The jurisdictions as big choices; where nobody serves what was said, that is said kindly first. */
export function ChoosePlacePage({ cities, shown, offers, subject, work, home, onChoose, onAsk, onBack }: ChoosePlaceOptions) {
  const words = useWords();
  const { place } = words;
  const language = useContext(LanguageContext);
  const main = useRef<HTMLDivElement>(null);
  useAnswerKeys(main, onBack);
  const isPerson = subject === 'person';
  const isUnserved = offers.length === 0 && (work !== undefined || home !== undefined);
  const hintOf = ({ id }: CityHeading): string | undefined => {
    const by = offers.find(({ city }) => city === id)?.by;
    const above = cities.filter((city) => city.id !== id && city.policies.length > 0 && isAbove(city.id, id, cities)).map(({ title }) => title[language]);
    const hints = [
      ...(id === shown ? [place.shown] : []),
      ...(by === undefined ? [] : [by === 'home' ? place.byHome : place.byWork[isPerson ? 'person' : 'others']]),
      ...(above.length === 0 ? [] : [place.withAbove(above.join(words.and))]),
    ];
    return hints.length === 0 ? undefined : hints.join(' · ');
  };
  const told = [['work', place.workTold[isPerson ? 'person' : 'others'], work] as const, ...(isPerson ? [['home', place.homeTold, home] as const] : [])];
  return (
    <div class="asking is-narrow">
      <div class="asking-main" ref={main}>
        <h1 id="title" tabIndex={-1} class="question-title">
          <Phrased text={isUnserved && shown === '' ? place.unservedTitle : place.chooseTitle} language={language} />
        </h1>
        {isUnserved ? (
          <Notice tone="plain" icon="information">
            {shown === '' ? null : `${place.unservedTitle}${words.stop}`}
            {place.unservedWhy}
          </Notice>
        ) : (
          <p class="why small soft even">{shown === '' ? place.chooseFirst : place.chooseWhy}</p>
        )}
        <div class="answer-place">
          <ChoiceList
            options={served(cities).map((city) => {
              const hint = hintOf(city);
              return { label: city.title[language], value: city.id, ...(hint === undefined ? {} : { hint }) };
            })}
            given={shown === '' ? undefined : shown}
            labelledBy="title"
            onChoose={onChoose}
          />
        </div>
        <section class="told-places">
          <h2 class="small soft">{place.told}</h2>
          <ul class="answers" role="list">
            {told.map(([what, title, value]) => (
              <li key={what}>
                <span class="small soft">{title}</span>
                <span>{value ?? place.untold}</span>
                <Button tone="quiet" label={words.result.changeOf(title)} onPress={() => onAsk(what)}>{words.result.change}</Button>
              </li>
            ))}
          </ul>
        </section>
        <div class="question-foot">
          <Button tone="quiet" icon="back" onPress={onBack}>{words.back}</Button>
        </div>
      </div>
    </div>
  );
}

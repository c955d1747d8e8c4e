// Whose policies are shown, the way to change that, and where else somebody may have something: one line above a page.
import { useContext } from 'preact/hooks';
import { LanguageContext, useWords } from '../i18n/words.ts';
import { Button } from '../ui/button.tsx';
import { Icon } from '../ui/icon.tsx';
import type { CityHeading } from './data.ts';
import { isAbove, type Offer } from './find-jurisdictions.ts';

export interface PlaceBarOptions {
  readonly cities: readonly CityHeading[];
  readonly isOfPerson: boolean;
  readonly shown: string;
  /** Jurisdictions that may be somebody's besides the one shown. */
  readonly others: readonly Offer[];
  readonly onSwitch: (city: string) => void;
  readonly onChange: () => void;
}

/** The bar; each other jurisdiction is one press away. */
export function PlaceBar({ cities, isOfPerson, shown, others, onSwitch, onChange }: PlaceBarOptions) {
  const words = useWords();
  const { place } = words;
  const language = useContext(LanguageContext);
  const titleOf = (id: string): string => cities.find((city) => city.id === id)?.title[language] ?? id;
  const above = cities.filter((city) => city.id !== shown && city.policies.length > 0 && isAbove(city.id, shown, cities));
  return (
    <div class="place-bar">
      <p class="place-shown">
        <span class="unseen">{place.bar}{words.colon}</span>
        <Icon name="place" />
        <b>{titleOf(shown)}</b>
        {above.length === 0 ? null : <span class="small soft"> {place.withAbove(above.map(({ id }) => titleOf(id)).join(words.and))}</span>}
      </p>
      <Button tone="quiet" onPress={onChange}>{place.change}</Button>
      {others.map(({ city, by }) => (
        <p key={city} class="place-offer">
          <span>{by === 'home' ? place.offerHome(titleOf(city)) : place.offerWork[isOfPerson ? 'person' : 'others'](titleOf(city))}</span>
          <Button tone="quiet" iconAfter="on" onPress={() => onSwitch(city)}>{place.see(titleOf(city))}</Button>
        </p>
      ))}
    </div>
  );
}

// Where: the districts of the city first, then the rest of the province, then the other provinces.
import { useState } from 'preact/hooks';
import { useWords } from '../i18n/words.ts';
import { Button } from './button.tsx';
import { Disclosure } from './disclosure.tsx';
import { Icon } from './icon.tsx';

export interface Place {
  /** GB/T 2260 code. */
  readonly code: string;
  readonly name: string;
}

/** The places to choose from, nearest first. */
export interface PlaceGroups {
  readonly here: readonly Place[];
  readonly province: readonly Place[];
  readonly provinces: readonly Place[];
}

interface PickerOptions {
  readonly city: string;
  readonly places: PlaceGroups;
}

/** One place; a press answers. */
export function PlacePicker({ city, places, given, onChoose }: PickerOptions & { given?: string | undefined; onChoose: (code: string) => void }) {
  return <PlaceGroupList city={city} places={places} isChosen={(code) => code === given} onPress={onChoose} />;
}

/** Several places: what is chosen stands above and can be taken away again. */
export function PlacesPicker({ city, places, given, onDone }: PickerOptions & { given?: readonly string[] | undefined; onDone: (codes: readonly string[]) => void }) {
  const words = useWords();
  const [chosen, setChosen] = useState<readonly string[]>(given ?? []);
  const [isMissing, setMissing] = useState(false);
  const all = [...places.here, ...places.province, ...places.provinces];
  const toggle = (code: string): void => {
    setMissing(false);
    setChosen(chosen.includes(code) ? chosen.filter((one) => one !== code) : [...chosen, code]);
  };
  return (
    <div class="places">
      {chosen.length === 0 ? null : (
        <div class="chips" role="group" aria-label={words.field.placesChosen}>
          {chosen.map((code) => {
            const name = all.find((place) => place.code === code)?.name ?? code;
            return (
              <button key={code} type="button" class="chip" aria-label={`${words.remove} ${name}`} onClick={() => toggle(code)}>
                {name}
                <Icon name="no" />
              </button>
            );
          })}
        </div>
      )}
      <PlaceGroupList city={city} places={places} isChosen={(code) => chosen.includes(code)} onPress={toggle} />
      {isMissing ? <p class="field-problem" role="alert">{words.field.placesMissing}</p> : null}
      <div>
        <Button tone="primary" iconAfter="on" onPress={() => (chosen.length === 0 ? setMissing(true) : onDone(chosen))}>{words.continue}</Button>
      </div>
    </div>
  );
}

function PlaceGroupList({ city, places, isChosen, onPress }: PickerOptions & { isChosen: (code: string) => boolean; onPress: (code: string) => void }) {
  const words = useWords();
  const grid = (list: readonly Place[], hasKeys = false) => (
    <ul class="place-grid" role="list">
      {list.map(({ code, name }, at) => (
        <li key={code}>
          <button type="button" class="choice" aria-pressed={isChosen(code)} onClick={() => onPress(code)}>
            <span class="choice-words">{name}</span>
            {isChosen(code) ? <Icon name="yes" /> : hasKeys && at < 9 ? <kbd aria-hidden="true">{at + 1}</kbd> : null}
          </button>
        </li>
      ))}
    </ul>
  );
  const isIn = (list: readonly Place[]): boolean => list.some(({ code }) => isChosen(code));
  return (
    <div class="places">
      <p class="small soft">{words.field.here(city)}</p>
      {grid(places.here, true)}
      <div>
        <Disclosure label={words.field.elsewhereInProvince} isOpen={isIn(places.province)}>{grid(places.province)}</Disclosure>
        <Disclosure label={words.field.otherProvinces} isOpen={isIn(places.provinces)}>{grid(places.provinces)}</Disclosure>
      </div>
    </div>
  );
}

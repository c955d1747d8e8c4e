// How the page looks, for the reader to set: language, type size, light and dark.
import { useWords } from '../i18n/words.ts';
import type { Preferences } from './preferences.ts';

function Switch<Value extends string>({ title, name, options, value, onChange }: {
  title: string;
  name: string;
  options: readonly (readonly [Value, string])[];
  value: Value;
  onChange: (value: Value) => void;
}) {
  return (
    <fieldset class="switch">
      <legend class="small soft">{title}</legend>
      <div class="switch-options">
        {options.map(([one, words]) => (
          <label key={one}>
            <input type="radio" name={name} checked={one === value} onChange={() => onChange(one)} />
            <span lang={name === 'language' ? one : undefined}>{words}</span>
          </label>
        ))}
      </div>
    </fieldset>
  );
}

/** Chinese or English, each in its own words. */
export function LanguageSwitch({ value, onChange }: { value: 'zh' | 'en'; onChange: (value: 'zh' | 'en') => void }) {
  return <Switch title={useWords().display.language} name="language" options={[['zh', '中文'], ['en', 'English']]} value={value} onChange={onChange} />;
}

/** The usual size of type, or 22 px. */
export function TypeSizeSwitch({ value, onChange }: { value: Preferences['size']; onChange: (value: Preferences['size']) => void }) {
  const { size, sizes } = useWords().display;
  return <Switch title={size} name="size" options={[['normal', sizes.normal], ['large', sizes.large]]} value={value} onChange={onChange} />;
}

/** Light, dark, or as the system has it. */
export function ThemeSwitch({ value, onChange }: { value: Preferences['theme']; onChange: (value: Preferences['theme']) => void }) {
  const { theme, themes } = useWords().display;
  return <Switch title={theme} name="theme" options={[['system', themes.system], ['light', themes.light], ['dark', themes.dark]]} value={value} onChange={onChange} />;
}

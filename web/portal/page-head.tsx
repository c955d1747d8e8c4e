// The head of every page: the mark that leads to the start, and how the page looks.
import { Addresses } from '../../src/manual/addresses.ts';
import { useWords } from '../i18n/words.ts';
import { Icon } from '../ui/icon.tsx';
import { Mark } from '../ui/mark.tsx';
import type { Preferences } from '../ui/preferences.ts';
import { LanguageSwitch, ThemeSwitch, TypeSizeSwitch } from '../ui/switches.tsx';
import type { Language } from './view.ts';

export interface Display {
  readonly language: Language;
  readonly preferences: Preferences;
  readonly onLanguage: (language: Language) => void;
  readonly onPreferences: (preferences: Preferences) => void;
}

/** The head; `onHome` leads to the start page and keeps the answers. */
export function PageHead({ display, onHome }: { display: Display; onHome: () => void }) {
  const words = useWords();
  const { preferences, onPreferences } = display;
  return (
    <header class="page-head">
      <a
        class="brand"
        href={display.language === 'zh' ? '/' : '/en/'}
        onClick={(event) => {
          event.preventDefault();
          onHome();
        }}
      >
        <Mark />
        <span class="brand-name">{words.name}</span>
        <span class="small soft">{words.tagline}</span>
      </a>
      <a class="head-menu small" href={new Addresses(display.language).menu()}>{words.menu}</a>
      <details
        class="display"
        onKeyDown={(event) => {
          if (event.key !== 'Escape' || !event.currentTarget.open) return;
          event.stopPropagation();
          event.currentTarget.open = false;
          event.currentTarget.querySelector('summary')?.focus();
        }}
      >
        <summary>
          <span class="display-icon">
            <Icon name="display" />
          </span>
          <span class="small">{words.display.title}</span>
        </summary>
        <div class="display-panel">
          <LanguageSwitch value={display.language} onChange={display.onLanguage} />
          <TypeSizeSwitch value={preferences.size} onChange={(size) => onPreferences({ ...preferences, size })} />
          <ThemeSwitch value={preferences.theme} onChange={(theme) => onPreferences({ ...preferences, theme })} />
        </div>
      </details>
    </header>
  );
}

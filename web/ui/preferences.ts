// How the reader likes the page to look: kept on the device, set on the root element.

export interface Preferences {
  readonly theme: 'system' | 'light' | 'dark';
  readonly size: 'normal' | 'large';
  readonly language?: 'zh' | 'en';
}

const key = 'wutong-display';
const plain: Preferences = { theme: 'system', size: 'normal' };

/** What the reader chose before; the plain look where nothing is kept or the device keeps nothing. */
export function readPreferences(): Preferences {
  try {
    const kept = JSON.parse(localStorage.getItem(key) ?? '{}') as Partial<Record<keyof Preferences, unknown>>;
    const theme = kept.theme === 'light' || kept.theme === 'dark' ? kept.theme : plain.theme;
    const size = kept.size === 'large' ? 'large' : plain.size;
    return kept.language === 'zh' || kept.language === 'en' ? { theme, size, language: kept.language } : { theme, size };
  } catch {
    return plain;
  }
}

/** Keeps the choice and shows it. */
export function applyPreferences(preferences: Preferences): void {
  const { dataset } = document.documentElement;
  dataset['theme'] = preferences.theme;
  dataset['size'] = preferences.size;
  try {
    localStorage.setItem(key, JSON.stringify(preferences));
  } catch {
    // A device that keeps nothing still shows it until the page is left.
  }
}

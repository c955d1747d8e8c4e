// How the workbench looks, and how that is changed.
import type { Preferences } from '../ui/preferences.ts';
import type { OfficeLanguage } from './office-words.ts';

/** Language, type size, light and dark, with what to call when the reader chooses. */
export interface OfficeDisplay {
  readonly language: OfficeLanguage;
  readonly preferences: Preferences;
  readonly onLanguage: (language: OfficeLanguage) => void;
  readonly onPreferences: (preferences: Preferences) => void;
}

/** By which door one came: staff by login and password, people and organisations by telephone. */
export type Door = 'staff' | 'people';

// What a page of a section is given: who looks, what the address asks for, and how it changes.
import type { Me } from './me.ts';

/** The page of a section. */
export interface SectionPage {
  readonly me: Me;
  readonly query: Readonly<Record<string, string>>;
  readonly onQuery: (query: Readonly<Record<string, string | undefined>>, replaces?: boolean) => void;
}

// What a page of a section is given: who looks, where in the section, what the address asks for, and how it changes.
import type { Me } from './me.ts';

/** The page of a section. */
export interface SectionPage {
  readonly me: Me;
  /** What stands behind the section's name in the address, such as the id of a case. */
  readonly path: readonly string[];
  readonly query: Readonly<Record<string, string>>;
  readonly onQuery: (query: Readonly<Record<string, string | undefined>>, replaces?: boolean) => void;
}

// What the calculator knows when it starts: the shape of the data that the build puts beside it (tools/portal-data.ts makes it).
import type { Questions } from '../../src/policy/questions.ts';
import type { Policy, ReferenceData, SubjectKind, Vocabulary, Words } from '../../src/policy/index.ts';

/** A city with everything that answers need. */
export interface PortalCity {
  readonly id: string;
  readonly title: Words;
  /** GB/T 2260 code of the city. */
  readonly code: number;
  /** In the order in which they answer; without goals, duties, narratives, line numbers and file names. */
  readonly policies: readonly Policy[];
  /** English names of departments and funds by their Chinese names. */
  readonly names: Readonly<Record<string, string>>;
}

/** A city as the first page names it: what is needed before the rest of the data is. */
export interface CityHeading {
  readonly id: string;
  readonly title: Words;
  readonly code: number;
  readonly policies: readonly Pick<Policy, 'id' | 'title' | 'short' | 'from' | 'to'>[];
}

/** Everything the calculator carries, so that it answers without asking anybody. */
export interface PortalData {
  readonly cities: readonly PortalCity[];
  readonly vocabularies: Readonly<Record<SubjectKind, Vocabulary>>;
  /** All provinces, the prefectures of the cities' provinces, the counties and zones of the cities; all universities. */
  readonly reference: ReferenceData;
  /** How every fact is asked for. */
  readonly questions: Questions;
}

// What the calculator knows when it starts: the shape of the data that the build puts beside it (tools/portal-data.ts makes it).
import type { Questions } from '../../src/policy/questions.ts';
import type { NamedPolicy, Policy, ReferenceData, SubjectKind, Vocabulary, Words } from '../../src/policy/index.ts';

/** What is the same wherever somebody works and lives; loaded once in a language. */
export interface PortalCore {
  readonly vocabularies: Readonly<Record<SubjectKind, Vocabulary>>;
  /** All provinces, the prefectures of the cities' provinces, the counties and zones of the cities; all universities. */
  readonly reference: ReferenceData;
  /** How every fact is asked for. */
  readonly questions: Questions;
}

/** A jurisdiction with everything that answers need; loaded when somebody is answered in it or below it. */
export interface PortalCity {
  readonly id: string;
  readonly title: Words;
  /** GB/T 2260 code of the city. */
  readonly code: number;
  /** The id of the jurisdiction above it. */
  readonly parent?: string;
  /** In the order in which they answer; without what the manual's pages say of them, line numbers and file names. */
  readonly policies: readonly Policy[];
  /** Documents known by name only. */
  readonly named: readonly NamedPolicy[];
  /** English names of departments and funds by their Chinese names. */
  readonly names: Readonly<Record<string, string>>;
  /** Names that stand where a source names no department. */
  readonly unnamed: readonly string[];
}

/** A jurisdiction as the first page names it: what is needed before the rest of the data is. */
export interface CityHeading {
  readonly id: string;
  readonly title: Words;
  readonly code: number;
  readonly parent?: string;
  readonly policies: readonly Pick<Policy, 'id' | 'short'>[];
}

/** Everything that answers in some jurisdictions: the core, and the jurisdictions with all that are above them. */
export interface PortalData extends PortalCore {
  readonly cities: readonly PortalCity[];
}

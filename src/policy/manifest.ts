// What the build leaves behind: which cities and policies there are, and the hashed modules that hold them.

import type { Policy, SubjectKind, Vocabulary, Words } from './model.ts';
import type { Questions } from './questions.ts';
import type { ReferenceData } from './reference.ts';
import type { WorkingCalendar } from './working-days.ts';

/** A policy as the manifest lists it; modules are file names beside the manifest. */
export interface PolicyEntry {
  readonly id: string;
  readonly title: Words;
  readonly from: number;
  readonly to?: number;
  /** Exports a CompiledPolicy as `compiled`: kernels and outline. */
  readonly module: string;
  /** Exports the whole Policy as `policy`: what explanations need. */
  readonly full: string;
}

/** A city as the manifest lists it, its policies in the order in which they answer. */
export interface CityEntry {
  readonly id: string;
  readonly title: Words;
  readonly code: number;
  readonly policies: readonly PolicyEntry[];
  /** English names of departments and funds by their Chinese names. */
  readonly names: Readonly<Record<string, string>>;
}

/** The build's table of contents. */
export interface Manifest {
  readonly cities: readonly CityEntry[];
  /** Exports ReferenceData as `reference`. */
  readonly reference: string;
  /** Exports WorkingCalendar as `calendar`. */
  readonly calendar: string;
  /** Exports Questions as `questions`: how every fact is asked for. */
  readonly questions: string;
  /** Exports the vocabularies by kind of subject as `vocabularies`. */
  readonly vocabulary: string;
  /** The sources that it was built from: path from the root, size in bytes, time of change in milliseconds. */
  readonly sources: readonly (readonly [string, number, number])[];
}

/** Shapes of the modules that the manifest names. */
export interface FullModule {
  readonly policy: Policy;
}
export interface ReferenceModule {
  readonly reference: ReferenceData;
}
export interface CalendarModule {
  readonly calendar: WorkingCalendar;
}
export interface QuestionsModule {
  readonly questions: Questions;
}
export interface VocabularyModule {
  readonly vocabularies: Readonly<Record<SubjectKind, Vocabulary>>;
}

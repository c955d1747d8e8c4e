// What the build leaves behind: which cities and policies there are, and the hashed modules that hold them.

import type { Contact, NamedPolicy, Policy, SubjectKind, Vocabulary, Words } from './model.ts';
import type { Status } from './interpret.ts';
import type { Questions } from './questions.ts';
import type { ReferenceData } from './reference.ts';
import type { WorkingCalendar } from './working-days.ts';

/** A policy as the manifest lists it; modules are file names beside the manifest. */
export interface PolicyEntry {
  readonly id: string;
  readonly title: Words;
  readonly from: number;
  /** The last day; effective: what supersedes it is taken into account. */
  readonly to?: number;
  /** The id of the policy that supersedes it, whole. */
  readonly supersededBy?: string;
  /** Exports a CompiledPolicy as `compiled`: kernels and outline. */
  readonly module: string;
  /** Exports the whole Policy as `policy`: what explanations need. */
  readonly full: string;
  /** Exports the cases of its benefits as `examples`: Examples. */
  readonly examples: string;
}

/** A city as the manifest lists it, its policies in the order in which they answer. */
export interface CityEntry {
  readonly id: string;
  readonly title: Words;
  readonly code: number;
  /** The id of the jurisdiction above it. */
  readonly parent?: string;
  readonly policies: readonly PolicyEntry[];
  /** Documents known by name only. */
  readonly named: readonly NamedPolicy[];
  /** English names of departments and funds by their Chinese names. */
  readonly names: Readonly<Record<string, string>>;
  /** How departments are reached, by their Chinese names; only those of which something is known. */
  readonly contacts: Readonly<Record<string, Contact>>;
  /** Chinese names under which packs put what nobody is named for: no departments, only words in their place. */
  readonly unnamed: readonly string[];
}

/** A benefit's own case: somebody, and what the answer is. */
export interface Example {
  readonly name: string;
  readonly subject: SubjectKind;
  /** `YYYY-MM-DD`. */
  readonly date: string;
  /** In the form of the contract. */
  readonly facts: Readonly<Record<string, unknown>>;
  /** Parameters set for it, encoded. */
  readonly parameters?: Readonly<Record<string, number>>;
  /** Alternatives chosen for it, by reading. */
  readonly readings?: Readonly<Record<string, string>>;
  readonly expected: Status;
}

/** Examples by the ids of benefits. */
export type Examples = Readonly<Record<string, readonly Example[]>>;

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
export interface ExamplesModule {
  readonly examples: Examples;
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

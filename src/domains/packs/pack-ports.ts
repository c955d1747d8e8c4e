// What packs need from outside: the packs that came with the program, the compiler of YAML, and the cases that are open.
import type { CompiledPolicy, Policy, Reference } from '../../policy/index.ts';
import type { Tx } from '../../storage/database.ts';
import type { AnyScope } from './packs.ts';
import type { SubjectFacts, Vocabularies } from './pinned-pack.ts';

/** A policy that the build compiled. */
export interface BuiltPack {
  readonly policyId: string;
  /** The jurisdiction's folder of packs. */
  readonly cityId: string;
  readonly packHash: string;
  readonly policy: Policy;
  readonly compiled: CompiledPolicy;
  /** The YAML files by path. */
  readonly source: PackFiles;
}

/** What came with the program. */
export interface BuiltPacks {
  readonly packs: readonly BuiltPack[];
  readonly vocabularies: Vocabularies;
  readonly reference: Reference;
}

/** YAML files by path: `policy.yaml` and its neighbours; `city.yaml` where the jurisdiction's own file is another than the program's. */
export type PackFiles = Readonly<Record<string, string>>;

/** One thing that the check found, in both languages. */
export interface Finding {
  readonly code: string;
  readonly file: string;
  /** Counted from 1, columns in characters. */
  readonly line: number;
  readonly column: number;
  readonly zh: string;
  readonly en: string;
}

/** What compiling led to; a model only where nothing was found. */
export interface Compiled {
  readonly findings: readonly Finding[];
  readonly benefits: number;
  /** How many of the pack's own cases were run. */
  readonly cases: number;
  /** The typed policy, and the facts that it was compiled with. */
  readonly model?: { readonly policy: Policy; readonly vocabularies: Vocabularies };
}

/** What is to be compiled. */
export interface PackToCompile {
  readonly policyId: string;
  readonly cityId: string;
  readonly files: PackFiles;
  /** Files of the jurisdiction's other policies as the city has published them, by policy; what is not here is taken from the program. */
  readonly others: Readonly<Record<string, PackFiles>>;
}

/** Checks and compiles the YAML of a policy beside the others of its jurisdiction. */
export interface PackCompiler {
  compile(pack: PackToCompile): Promise<Compiled>;
}

/** A case that no decision has closed, with what it was judged by. */
export interface OpenCase {
  readonly caseId: string;
  readonly caseNumber: string;
  readonly benefitId: string;
  readonly packHash: string;
  /** The year whose settings it pins. */
  readonly year: number;
  /** The day on which its facts are judged, `YYYY-MM-DD`. */
  readonly on: string;
  readonly facts: SubjectFacts;
}

/** Tells of open cases. */
export interface OpenCases {
  /** Open cases of a policy behind a case (by id), in the order of their ids. */
  list(tx: Tx, scope: AnyScope, policyId: string, after: string | undefined, limit: number): Promise<readonly OpenCase[]>;
}

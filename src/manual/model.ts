// What the manual is made of: service items, policies and clauses, told in one language as elements made of a few kinds of blocks.
// Pages (web/manual) and the PDF (src/print) draw the same blocks; whoever draws decides how they look, never what they say.

import type { Amount, Benefit, SubjectKind } from '../policy/index.ts';
import type { Flow } from './flow.ts';

/** A run of text; with `href` it leads to another page of the site. */
export interface Piece {
  readonly text: string;
  /** Address within the site, from its root, percent-encoded. */
  readonly href?: string;
  /** `strong`: what the line is about. `soft`: said quietly. `figure`: money. */
  readonly tone?: 'strong' | 'soft' | 'figure';
}

/** A line or paragraph: runs of text that stand one after the other. */
export type Line = readonly Piece[];

/** What came of a condition in a worked example. */
export type NodeOutcome = 'yes' | 'no' | 'unknown';

/** A condition with what stands below it. */
export interface TreeNode {
  readonly line: Line;
  /** What the items below are to it: all of them are needed, or one of them. Absent where there are none. */
  readonly join?: 'all' | 'any';
  readonly outcome?: NodeOutcome;
  readonly items: readonly TreeNode[];
}

/** A step of a list: what is done, and lines about it. */
export interface StepLine {
  readonly title: Line;
  readonly notes: readonly Line[];
}

/** A part of an element. */
export type Block =
  | { readonly kind: 'text'; readonly line: Line }
  /** Said quietly: a remark, a source, a default. */
  | { readonly kind: 'note'; readonly line: Line }
  | { readonly kind: 'heading'; readonly text: string }
  | { readonly kind: 'list'; readonly items: readonly Line[] }
  | { readonly kind: 'steps'; readonly items: readonly StepLine[] }
  | { readonly kind: 'pairs'; readonly rows: readonly { readonly name: string; readonly value: Line }[] }
  /** `figures` are the columns (from 0) whose cells are right-aligned numbers; `of` says that the rows are service items. */
  | { readonly kind: 'table'; readonly caption: string; readonly head: readonly string[]; readonly rows: readonly (readonly Line[])[]; readonly figures: readonly number[]; readonly of?: 'items' }
  | { readonly kind: 'tree'; readonly nodes: readonly TreeNode[] }
  /** A diagram; the same steps follow as a list, which is its alternative in text. */
  | { readonly kind: 'flow'; readonly flow: Flow; readonly alternative: string };

/** The elements of a service item, in the order in which every item has them. */
export const elementIds = [
  'name',
  'code',
  'basis',
  'bodies',
  'whom',
  'outcome',
  'conditions',
  'materials',
  'time-limit',
  'process',
  'fee',
  'visits',
  'exclusive',
  'readings',
  'contact',
  'oversight',
  'validity',
  'example',
  'clause',
] as const;
export type ElementId = (typeof elementIds)[number];

/** One element of a service item: its name in the language, and what it says; never empty. */
export interface Element {
  readonly id: ElementId;
  readonly label: string;
  readonly blocks: readonly Block[];
}

/** A part of a page about a policy or a clause. */
export interface Section {
  readonly id: string;
  readonly label: string;
  readonly blocks: readonly Block[];
}

/** A benefit told as a government service item. */
export interface ServiceItem {
  readonly id: string;
  readonly city: string;
  readonly policy: string;
  /** Our own number, which stays: `220200/jilin-city-2021/living-subsidy`. */
  readonly number: string;
  readonly title: string;
  readonly kind: Benefit['kind'];
  readonly kindTold: string;
  readonly subjects: readonly SubjectKind[];
  readonly subjectsTold: string;
  /** What the engine says of somebody of whom nothing is known: the amount's widest bounds. */
  readonly amount: Amount;
  /** In words, never empty: an amount, or that the document names none, or what is given instead of money. */
  readonly amountTold: string;
  readonly lead: string;
  readonly departments: readonly string[];
  readonly clause: ClauseLink;
  /** Calendar numbers (20210901). */
  readonly from: number;
  readonly to?: number;
  readonly validityTold: string;
  /** The reading that its first day rests on, where that day is an open question. */
  readonly effect?: string;
  readonly href: string;
  /** The calculator of this jurisdiction. */
  readonly calculator: string;
  readonly elements: readonly Element[];
}

/** A clause by its number, what it is about, and its page. */
export interface ClauseLink {
  readonly id: string;
  readonly title: string;
  readonly href: string;
}

/** A policy as a manual. */
export interface ManualPolicy {
  readonly id: string;
  readonly city: string;
  readonly cityTitle: string;
  readonly title: string;
  readonly short: string;
  readonly from: number;
  readonly to?: number;
  readonly validityTold: string;
  /** The reading that its first day rests on, where that day is an open question. */
  readonly effect?: string;
  /** What is at hand instead of the document, and what the numbers of its clauses mean then. */
  readonly source?: string;
  /** What it supersedes and what supersedes it, a sentence each. */
  readonly succession: readonly Line[];
  readonly href: string;
  /** Address of its PDF. */
  readonly pdf: string;
  readonly calculator: string;
  /** In the order of the document. */
  readonly items: readonly ServiceItem[];
  /** The table of items, goals, duties, procedures, same matters, readings, parameters, narratives, clauses; those that there are. */
  readonly sections: readonly Section[];
  readonly clauses: readonly ClauseLink[];
}

/** What one document says at a clause, in the pack's own words. */
export interface ClauseInDocument {
  readonly policy: string;
  readonly policyTitle: string;
  readonly policyHref: string;
  readonly title: string;
  /** What is at hand instead of the document, and what the numbers of its clauses mean then. */
  readonly source?: string;
  /** From the outermost heading down; without the clause itself. */
  readonly above: readonly ClauseLink[];
  readonly below: readonly ClauseLink[];
  readonly before?: ClauseLink;
  readonly after?: ClauseLink;
  /** Everything that rests on it; empty where it is a heading only. */
  readonly sections: readonly Section[];
  /** What it says, in the pack's own words. */
  readonly words?: string;
}

/** A clause's page: normally one document, more where documents of a jurisdiction number alike. */
export interface ManualClause {
  readonly id: string;
  readonly city: string;
  readonly href: string;
  readonly documents: readonly ClauseInDocument[];
}

/** A jurisdiction with its documents. */
export interface ManualCity {
  readonly id: string;
  readonly title: string;
  /** Division code by GB/T 2260. */
  readonly code: number;
  readonly href: string;
  /** Itself, its parent, its grandparent. */
  readonly levels: readonly { readonly id: string; readonly title: string; readonly href: string }[];
  readonly below: readonly { readonly id: string; readonly title: string; readonly href: string }[];
  readonly policies: readonly ManualPolicy[];
  /** Documents known by name only. */
  readonly named: readonly { readonly id: string; readonly title: string; readonly words: string; readonly validityTold?: string; readonly successor?: string; readonly successorFrom?: string }[];
  readonly clauses: readonly ManualClause[];
}

/** The whole manual in one language. */
export interface Manual {
  readonly language: 'zh' | 'en';
  readonly cities: readonly ManualCity[];
}

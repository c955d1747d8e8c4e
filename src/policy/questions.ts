// How facts are asked for: the words of questions and answers as they are compiled from cities/reference/questions.yaml.

import type { SubjectKind, Words } from './model.ts';
import type { Manner } from './next-question.ts';

/** What an answer that can be chosen is called. */
export interface AnswerWords {
  /** The value in the contract's form; of a flag `true` or `false`. */
  readonly value: string | boolean;
  readonly label: Words;
  readonly hint?: Words;
}

/** How one fact is asked for. */
export interface Question {
  /** What the fact is called in a list. */
  readonly name: Words;
  readonly title: Words;
  /** What it decides. */
  readonly why: Words;
  /** What the term means. */
  readonly help?: Words;
  /** For flags, levels, kinds and sets: every answer, in the order in which they are offered. */
  readonly answers?: readonly AnswerWords[];
  /** For sets: what it is called to have none. */
  readonly none?: Words;
  /** For numbers: what is counted. */
  readonly unit?: Words;
  /** How easily people answer, up to 1. */
  readonly ease: number;
  /** A fact without which the question makes no sense: it is asked before. */
  readonly after?: string;
}

/** Questions by the name of the fact, in the order in which a person would ask them, for each kind of subject. */
export type Questions = Readonly<Record<SubjectKind, Readonly<Record<string, Question>>>>;

/** When questions are best asked, for an asker. */
export function mannerOf(questions: Readonly<Record<string, Question>>): Manner {
  const entries = Object.entries(questions);
  return {
    order: new Map(entries.map(([fact], index) => [fact, index])),
    ease: new Map(entries.map(([fact, { ease }]) => [fact, ease])),
    after: new Map(entries.flatMap(([fact, { after }]) => (after === undefined ? [] : [[fact, after] as const]))),
  };
}

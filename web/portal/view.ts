// What the calculator's pages show: the shapes that a visit is told in, already in the reader's language where words are concerned.
// visit.ts makes them, the pages draw them; neither knows how the other works.

import type { Amount, FactValue, SubjectKind, Words } from '../../src/policy/index.ts';
import type { Level } from './level-of.ts';

export type Language = 'zh' | 'en';

/** A choice that a question offers as a big button. */
export interface Choice {
  readonly label: string;
  /** A second, smaller line: 'GB/T wording', an example, what counts. */
  readonly hint?: string;
  readonly value: FactValue;
}

/** How a question is answered. */
export type AnswerForm =
  | { readonly kind: 'choice'; readonly choices: readonly Choice[] }
  | { readonly kind: 'many'; readonly choices: readonly Choice[]; readonly none: string }
  | { readonly kind: 'date'; readonly earliest: string; readonly latest: string }
  | { readonly kind: 'number'; readonly unit: string; readonly decimals: 0 | 2; readonly most: number }
  | { readonly kind: 'university' }
  | { readonly kind: 'text'; readonly suggestions: readonly string[] }
  | { readonly kind: 'place' }
  | { readonly kind: 'places' };

/** One question, as one screen shows it. */
export interface QuestionView {
  /** The fact's name in the vocabulary, such as `用人单位.规上`. */
  readonly fact: string;
  /** The question as one person asks another. */
  readonly title: string;
  /** One grey line: why this is asked, or what it decides. */
  readonly why: string;
  /** What the term means, where somebody may not know it; shown behind a small "什么是…" opener. */
  readonly help?: string;
  readonly form: AnswerForm;
  /** The answer given before, when the question is shown again. */
  readonly given?: FactValue;
  /** True when the person came back to change an answer. */
  readonly isChange: boolean;
}

/** An answer given, or a question skipped, as the list of answers shows it. */
export interface AnsweredView {
  readonly fact: string;
  readonly title: string;
  /** The answer in words; undefined for a skipped question. */
  readonly told?: string;
}

export type Group = 'certain' | 'possible' | 'excluded';

/** A condition with its outcome, as a tree for people. */
export interface ReasonView {
  readonly outcome: 'yes' | 'no' | 'unknown';
  readonly words: string;
  /** The facts it looks at with their values in words: "合同年限：3 年". */
  readonly facts: readonly string[];
  readonly clause?: string;
  /** `any` where one of the items is enough. */
  readonly join?: 'all' | 'any';
  readonly items: readonly ReasonView[];
}

/** A payment with its date. */
export interface PaymentView {
  /** `YYYY-MM-DD`. */
  readonly due: string;
  readonly dueTold: string;
  readonly fen: number;
  /** True when the date lies before the date asked about. */
  readonly isPast: boolean;
}

/** A jurisdiction of those that answer. */
export interface LevelView {
  readonly id: string;
  readonly title: string;
  readonly level: Level;
}

/** An open question of a document that decides for this person: what the alternatives that are not in force would give her. */
export interface ReadingMark {
  readonly question: string;
  readonly inForce: string;
  readonly clause: string;
  readonly others: readonly { readonly words: string; readonly told: string }[];
}

/** One benefit as the result shows it. */
export interface ResultView {
  /** The jurisdiction that gives it. */
  readonly city: string;
  readonly levelTitle: string;
  readonly policy: string;
  readonly benefit: string;
  readonly title: string;
  readonly kind: 'grant' | 'loan' | 'right' | 'award' | 'recruitment';
  readonly group: Group;
  readonly status: 'yes' | 'no' | 'unknown' | 'review';
  /** True where it is met but left for another of the same matter (plan.leave). */
  readonly isLeft: boolean;
  readonly amount?: Amount;
  /** "120,000 元", "60,000 到 120,000 元", "最多 200,000 元，数额由评审定"; empty for a right. */
  readonly amountTold: string;
  /** One line that says the state: "可以领", "还差 2 个答案", "要市科技局评审", "合同要签满 5 年，您的是 3 年". */
  readonly stateTold: string;
  readonly payments: readonly PaymentView[];
  /** Before each payment is checked: "在岗". */
  readonly checkTold?: string;
  /** "3 年" for a card or loan. */
  readonly termTold?: string;
  readonly lead: string;
  /** Who pays what part: "县区人才专项资金 120,000 元". */
  readonly funds: readonly string[];
  readonly clause: string;
  /** Readings that it rests on, in words: question and the alternative in force. */
  readonly readings: readonly { readonly question: string; readonly inForce: string }[];
  readonly reasons: readonly ReasonView[];
  /** For a no: only the conditions that fail, deepest first. */
  readonly failing: readonly ReasonView[];
  /** Names (in words) of what is still missing from the person. */
  readonly asks: readonly { readonly fact: string; readonly title: string }[];
  /** What only a review can settle, in words. */
  readonly reviews: readonly string[];
  /** Facts that only a recognition settles, and that a person who has been recognised already may tell. */
  readonly recognitions?: readonly { readonly fact: string; readonly title: string }[];
}

/** Benefits of which the person gets one only, and the choice that is hers. */
export interface ChoiceView {
  readonly id: string;
  readonly words: string;
  readonly clause: string;
  /** The options; the one in the plan first. */
  readonly options: readonly {
    readonly benefit: string;
    readonly title: string;
    /** The jurisdiction that gives it. */
    readonly levelTitle: string;
    readonly amountTold: string;
    /** Total of the best plan when this one is taken. */
    readonly totalFen: number;
    readonly isTaken: boolean;
    /** False while it still needs a review or an answer. */
    readonly isSure: boolean;
  }[];
}

/** Everything a page shows at one moment of a visit. */
export interface VisitView {
  readonly language: Language;
  readonly subject: SubjectKind;
  readonly city: Words;
  /** The city that the questions on places begin with: the jurisdiction itself, or the city that it lies in. */
  readonly placesOf: Words;
  /** The policies that answer, by jurisdiction where there are several. */
  readonly policyTitle: string;
  /** The jurisdictions that have something to say on this visit, the nearest first. */
  readonly levels: readonly LevelView[];
  /** Whether any policy of these jurisdictions is in force on the date, be it for this kind of subject or not. */
  readonly isInForce: boolean;
  /** Documents of these jurisdictions that are known by name only. */
  readonly named: readonly { readonly id: string; readonly title: string; readonly words: string; readonly by: string }[];
  readonly date: string;
  readonly dateTold: string;
  /** Undefined when nothing that could still be asked would change anything. */
  readonly question: QuestionView | undefined;
  readonly answered: readonly AnsweredView[];
  /** How many more questions at most, as far as can be said now. */
  readonly atMostLeft: number;
  /** Skipped questions whose answers could still change something, once nothing else is asked. */
  readonly skippedOpen: readonly string[];
  /** Sum of the best plan over what is certain. */
  readonly certainFen: number;
  /** What the certain figure was before the last answer, and why it changed, where it did. */
  readonly change?: { readonly fromFen: number; readonly told: string };
  /**
   * The most that can still come of her answers: the best plan over what is certain and what has conditions of which none is failed, each at its ceiling.
   * Loans, rates (a month, a year, a person), shares, floors and what is open to everybody are left out.
   */
  readonly possibleFen: number;
  /** Whether some money was left out of it for one of these reasons, loans aside. */
  readonly isMoreOpen: boolean;
  readonly certain: readonly ResultView[];
  readonly possible: readonly ResultView[];
  readonly excluded: readonly ResultView[];
  readonly choices: readonly ChoiceView[];
  /** All dated payments of the plan, by date. */
  readonly calendar: readonly (PaymentView & { readonly title: string })[];
}

// What a compiled pack is made of: facts, the typed intermediate form of conditions and amounts, benefits, policies.
// Everything here is plain data, so that it travels as an ES module and is read by every back end alike.

/** Who a benefit is for. */
export type SubjectKind = 'person' | 'organisation' | 'project' | 'team';

/** Types of facts and expressions. `years` are a span; `share` and `number` are in millionths; `money` is in fen. */
export type ValueType = 'flag' | 'number' | 'money' | 'date' | 'years' | 'months' | 'days' | 'share' | 'text' | 'level' | 'kind' | 'kinds' | 'place' | 'places';

/** Where a fact comes from: 申报 told, 材料 evidence, 共享 another department, 认定 decided in a review, 推算 derived. */
export type FactOrigin = '申报' | '材料' | '共享' | '认定' | '推算';

/** A text in both languages of the system. */
export interface Words {
  readonly zh: string;
  readonly en: string;
}

/** A fact that rules may ask about. */
export interface Fact {
  /** Full name as rules write it; a fact of the employer is `用人单位.X`. */
  readonly name: string;
  /** Its place in the bound subject. */
  readonly slot: number;
  readonly type: ValueType;
  /** Values of a level (lowest first), a kind, or a set. */
  readonly values?: readonly string[];
  readonly valuesEn?: readonly string[];
  readonly from: FactOrigin;
  /** For a derived fact, the slot of the fact it is derived from. */
  readonly of?: number;
  /** How it is derived. */
  readonly by?: 'whole-years' | 'university';
  readonly en: string;
  /** True for facts of the employer, which a person without employer does not have. */
  readonly employer?: boolean;
}

/** All facts of one kind of subject; `facts[slot]` is the fact of that slot. */
export interface Vocabulary {
  readonly subject: SubjectKind;
  readonly facts: readonly Fact[];
  /** The slot that says what kind of employer there is, and the value that means none. */
  readonly employerKindSlot?: number;
}

/** What a condition says to a reader, and where it stands. */
export interface Note {
  /** The condition in words; absent where the expression speaks for itself. */
  readonly words?: Words;
  readonly clause?: string;
  /** The expression in its canonical spelling. */
  readonly text?: string;
  readonly line?: number;
}

export type Relation = '=' | '≠' | '<' | '≤' | '>' | '≥';

/** A condition. Every node may carry a note; nodes without one are parts of an expression. */
export type Condition = ConditionNode & { readonly note?: Note };
type ConditionNode =
  | { readonly op: 'always'; readonly value: boolean }
  | { readonly op: 'flag'; readonly slot: number }
  | { readonly op: 'compare'; readonly relation: Relation; readonly left: Value; readonly right: Value }
  | { readonly op: 'has'; readonly slot: number; readonly mask: number }
  | { readonly op: 'among'; readonly left: Value; readonly right: readonly Value[] }
  | { readonly op: 'within'; readonly slot: number; readonly place: number; readonly many: boolean }
  | { readonly op: 'all' | 'any'; readonly items: readonly Condition[] }
  | { readonly op: 'not'; readonly item: Condition }
  | { readonly op: 'defined'; readonly definition: string }
  | { readonly op: 'reading'; readonly reading: string; readonly branches: readonly Condition[] }
  /** False when the person is known to have no employer; else the condition. */
  | { readonly op: 'employed'; readonly item: Condition };

/** A number, date, level or other single value, as an integer or double; see values.ts. */
export type Value =
  | { readonly op: 'constant'; readonly value: number }
  | { readonly op: 'literal'; readonly text: string }
  | { readonly op: 'fact'; readonly slot: number }
  | { readonly op: 'parameter'; readonly parameter: string }
  | { readonly op: 'chosen'; readonly reading: string }
  | { readonly op: 'today' }
  | { readonly op: 'shift'; readonly date: Value; readonly unit: 'years' | 'months' | 'days'; readonly by: Value; readonly sign: 1 | -1 }
  | { readonly op: 'elapsed'; readonly from: Value; readonly to: Value }
  | { readonly op: 'sum' | 'least' | 'greatest'; readonly items: readonly Value[] }
  | { readonly op: 'times'; readonly left: Value; readonly right: Value }
  | { readonly op: 'above'; readonly left: Value; readonly right: Value }
  | { readonly op: 'choose'; readonly rows: readonly Row[]; readonly otherwise?: Value }
  | { readonly op: 'defined'; readonly definition: string };

/** A row of a choice table. */
export interface Row {
  readonly when: Condition;
  readonly then: Value;
}

/** A named definition of the pack. */
export type Definition =
  | { readonly name: string; readonly note: Note; readonly condition: Condition }
  | { readonly name: string; readonly note: Note; readonly value: Value; readonly type: ValueType };

/** What is paid. Values are in fen, `micro` in millionths. */
export type AmountRule =
  | PlainAmountRule
  /** Another amount for each alternative of a reading. */
  | { readonly kind: 'byReading'; readonly reading: string; readonly rules: readonly PlainAmountRule[] };

/** An amount that is of the same sort whatever the readings. */
export type PlainAmountRule =
  /** `each`: the value is so many times what is paid each month or year. */
  | { readonly kind: 'exact'; readonly value: Value; readonly each?: 'month' | 'year' }
  | { readonly kind: 'upTo'; readonly value: Value }
  | { readonly kind: 'atLeast'; readonly value: Value }
  | { readonly kind: 'range'; readonly from: Value; readonly to: Value }
  | { readonly kind: 'share'; readonly micro: number }
  | { readonly kind: 'unstated' }
  | { readonly kind: 'none' };

export type Per = 'month' | 'year' | 'person' | 'project';

/** Parts in which a benefit is paid: `count` parts, each `months` after the one before, the first `months` after `start`. */
export interface Schedule {
  readonly count: number;
  readonly months: number;
  /** The slot of the date that the parts are counted from. */
  readonly start: number;
  /** The slot of a flag that is checked before each payment. */
  readonly check?: number;
}

/** Who pays which part; the parts are in millionths and add up to one. */
export interface FundShare {
  readonly fund: string;
  readonly micro: number;
}

export type BenefitKind = 'grant' | 'loan' | 'right' | 'award' | 'recruitment';

/** One benefit of a policy for one kind of subject; a benefit for several kinds is an entry for each, with the same id. */
export interface Benefit {
  readonly id: string;
  readonly title: Words;
  readonly kind: BenefitKind;
  readonly subject: SubjectKind;
  readonly clause: string;
  /** Further clauses that promise the same. */
  readonly also: readonly string[];
  readonly condition: Condition;
  readonly amount: AmountRule;
  readonly per?: Per;
  /** What all that somebody is granted of it may come to, whichever year it is for; seen to at the grant, and only under this alternative of a reading where one is named. */
  readonly totalCap?: { readonly fen: number; readonly under?: { readonly reading: string; readonly alternative: number } };
  /** The term of a loan, a card or a subsidy, in months. */
  readonly termMonths?: number;
  readonly schedule?: Schedule;
  readonly funds: readonly FundShare[];
  /** True where a review decides even when every condition is met. */
  readonly reviewed: boolean;
  /** Seats a year, where the document limits them. */
  readonly seats?: number;
  /** The id of the procedure by which it is obtained. */
  readonly procedure?: string;
  readonly lead: string;
  readonly support: readonly string[];
  /** What is good to know beside the conditions. */
  readonly remark?: Words;
  /** Papers that the document asks for, and the facts that each proves. */
  readonly evidence: readonly { readonly name: Words; readonly proves: readonly string[] }[];
  /** Readings that the status, the amount or the same-matter groups of this benefit rest on. */
  readonly readings: readonly string[];
  /** First and last day on which it takes applications, where they are not the policy's; both are effective: what supersedes it is taken into account. */
  readonly from?: number;
  readonly to?: number;
  /** The id of the policy that supersedes it. */
  readonly supersededBy?: string;
  /** What a government service item states besides. */
  readonly service?: ServiceFacts;
  readonly file: string;
}

/** What a catalogue of government services states of an item; only what a source gives. */
export interface ServiceFacts {
  /** 基本编码 and 实施编码, as the catalogue writes them. */
  readonly basicCode?: string;
  readonly implementingCode?: string;
  /** Time limits by law and as promised, in working days. */
  readonly legalDays?: number;
  readonly promisedDays?: number;
  /** How often the applicant has to come; 0 where never. */
  readonly visits?: number;
  readonly fee?: Words;
}

/** A number that the office sets, by decision, per year. */
export interface Parameter {
  readonly name: string;
  readonly type: ValueType;
  /** Encoded as a fact of its type; null while the office has not set it. */
  readonly value: number | null;
  readonly words: Words;
  readonly clause: string;
  readonly setBy: string;
}

/** An open question of the document: its alternatives and the one in force. */
export interface Reading {
  readonly name: string;
  readonly question: Words;
  readonly clause: string;
  readonly alternatives: readonly { readonly name: string; readonly words: Words }[];
  /** Index of the alternative in force. */
  readonly inForce: number;
}

/** Benefits of which one person gets one only. */
export interface Matter {
  readonly name: string;
  readonly words: Words;
  readonly clause: string;
  /** Benefit ids of this policy, or `policy/benefit` of another. */
  readonly benefits: readonly string[];
  /** The group holds only under this alternative of a reading. */
  readonly under?: { readonly reading: string; readonly alternative: number };
}

/** A clause of the document: its number, and what it is about (in Chinese twice where the pack gives no English). */
export interface Clause {
  readonly id: string;
  readonly title: Words;
  /** What it says, in the pack's own words. */
  readonly words?: Words;
}

/** What a clause provides besides benefits. Ids are unique within a policy, over benefits and provisions of every sort. */
export interface Provision {
  readonly id: string;
  readonly title: Words;
  readonly clause: string;
  /** Further clauses that say the same. */
  readonly also: readonly string[];
  /** The department that answers for it; absent only of a narrative that names none. */
  readonly lead?: string;
  readonly support: readonly string[];
  /** What it says, in the pack's own words. */
  readonly words: Words;
  readonly file: string;
  readonly line: number;
}

/** How often something is to be done or reached. */
export type Frequency = 'yearly' | 'every-two-years' | 'every-three-years' | 'continuous' | 'once';

/** What the office wants to reach, in numbers that can be compared with what was reached. */
export interface Goal extends Provision {
  readonly lead: string;
  readonly targets: readonly Target[];
}

/** One number of a goal or a duty. */
export interface Target {
  readonly title: Words;
  /** The number itself, as the document has it: not in millionths, not in fen. Absent where only a base or a figure reached is reported. */
  readonly target?: number;
  readonly unit: Words;
  /** How often the number is to be reached; absent where it counts over the whole time. */
  readonly every?: Frequency;
  /** First and last year that it counts. */
  readonly from?: number;
  readonly to?: number;
  /** The document says "about". */
  readonly isAbout: boolean;
  /** The document says "at least". */
  readonly isLeast: boolean;
  /** The day by which it is to be reached. */
  readonly by?: number;
  /** The number that it starts from, and the year of that number. */
  readonly base?: number;
  readonly baseYear?: number;
  /** The number that a source reports as reached, and the year of that number. */
  readonly reached?: number;
  readonly reachedYear?: number;
  /** Where they differ from the goal's own. */
  readonly clause?: string;
  readonly lead?: string;
}

/** What a department has to do, and how often. */
export interface Duty extends Provision {
  readonly lead: string;
  readonly frequency: Frequency;
  /** The day of the year on which it falls due. */
  readonly day?: { readonly month: number; readonly day: number };
  /** The date by which it has to be done. */
  readonly due?: number;
  /** Whom it concerns. */
  readonly whom?: Words;
  readonly targets: readonly Target[];
}

/** A clause with nothing to run. */
export type Narrative = Provision;

/** How benefits are obtained, or something is chosen: step by step, as far as the document says. */
export interface Procedure extends Provision {
  readonly lead: string;
  /** Ids of the benefits that it leads to. */
  readonly benefits: readonly string[];
  readonly steps: readonly Step[];
  /** What happens on fraud and the like. */
  readonly oversight?: Words;
}

export type StepKind =
  | 'application'
  | 'report'
  | 'acceptance'
  | 'first-review'
  | 'second-review'
  | 'appraisal'
  | 'inspection'
  | 'medical'
  | 'decision'
  | 'publication'
  | 'signing'
  | 'payment'
  | 'verification'
  | 'assessment'
  | 'other';

/** One step of a procedure. */
export interface Step {
  readonly title: Words;
  readonly kind: StepKind;
  /** A department, or one of 申请人, 用人单位, 推荐单位, 专家组. */
  readonly by: string;
  /** Who acts at the same time, of the same. */
  readonly jointly: readonly string[];
  /** How long it may take, or lasts, in working days. */
  readonly workingDays?: number;
  readonly clause?: string;
  readonly words?: Words;
}

/** A policy: everything that its back ends and its explanations need. */
export interface Policy {
  readonly id: string;
  readonly city: string;
  readonly title: Words;
  readonly short: Words;
  /** What is at hand instead of the document, and what the numbers of its clauses mean then; absent where the document itself is at hand. */
  readonly source?: Words;
  /** First and last day on which it takes applications; the last is effective: what supersedes it is taken into account. */
  readonly from: number;
  /** The reading that the first day rests on, where the day is an open question. */
  readonly effectReading?: string;
  readonly to?: number;
  /** What it puts an end to when it takes force. */
  readonly supersedes: readonly Supersession[];
  /** The id of the policy that supersedes it, whole. */
  readonly supersededBy?: string;
  readonly parameters: readonly Parameter[];
  readonly readings: readonly Reading[];
  readonly definitions: readonly Definition[];
  readonly matters: readonly Matter[];
  readonly benefits: readonly Benefit[];
  readonly goals: readonly Goal[];
  readonly duties: readonly Duty[];
  readonly narratives: readonly Narrative[];
  readonly procedures: readonly Procedure[];
  /** The whole document, in its order. */
  readonly clauses: readonly Clause[];
}

/** A policy that another puts an end to, whole or by item. */
export interface Supersession {
  /** A policy of the same jurisdiction, or one known by name only. */
  readonly policy: string;
  /** Ids of its benefits; absent where the whole policy is superseded. */
  readonly benefits?: readonly string[];
}

/** A document known by name only: nothing of it is computed. */
export interface NamedPolicy {
  readonly id: string;
  readonly title: Words;
  /** What is known of it. */
  readonly words: Words;
  readonly from?: number;
  /** The last day; effective: what supersedes it is taken into account. */
  readonly to?: number;
  /** The id of the policy that supersedes it. */
  readonly supersededBy?: string;
}

/** How a department is reached, as far as a source gives it. */
export interface Contact {
  readonly phone?: string;
  readonly address?: Words;
  /** Where complaints go. */
  readonly oversightPhone?: string;
}

// The public face of the engine: what the command line, the pages and other programs call.

export { bind, type Binding, type Subject } from './bind.ts';
export { addDays, addMonths, addYears, type DateNumber, formatDate, parseDate, wholeYears } from './calendar.ts';
export { type Amount, type BenefitResult, type Engine, type Evaluation, type Instalment, makeEngine, type Outcome } from './engine.ts';
export { type ExplainedBenefit, type ExplainedCondition, type Explainer, type Explanation, makeExplainer } from './explain.ts';
export type { CompiledPolicy, KernelOutput, PolicyOutline } from './kernel.ts';
export type { CityEntry, FullModule, Manifest, PolicyEntry, ReferenceModule, VocabularyModule } from './manifest.ts';
export type { Benefit, Fact, Parameter, Policy, Reading, SubjectKind, ValueType, Vocabulary, Words } from './model.ts';
export { fenOfYuan, formatYuan } from './money.ts';
export { type Language, nearest, type Problem, tellProblem } from './problems.ts';
export { openReference, type Reference, type ReferenceData } from './reference.ts';
export { tellAmount, tellDate, tellExplanation } from './tell-explanation.ts';
export { MAX_FEN, MICRO } from './values.ts';

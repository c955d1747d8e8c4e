// The public face of the engine: what the command line, the pages and other programs call.

export { bind, type Binding, type Subject } from './bind.ts';
export { addDays, addMonths, addYears, type DateNumber, formatDate, parseDate, wholeYears } from './calendar.ts';
export { type Amount, type BenefitResult, countedFen, type Engine, type Evaluation, fundsOf, makeEngine, type MatterInForce, type Outcome } from './engine.ts';
export { type ExplainedBenefit, type ExplainedCondition, type Explainer, type Explanation, type FactValue, makeExplainer } from './explain.ts';
export { ExplainedTree, isTelling } from './explained-tree.ts';
export { factsLookedAt, papersNeeded } from './facts-looked-at.ts';
export { isBenefitInForce, isInForce } from './in-force.ts';
export { interpretPolicy } from './interpreted-policy.ts';
export type { CompiledPolicy, KernelOutput, PolicyOutline } from './kernel.ts';
export { type Instalment, layOut } from './lay-out.ts';
export { levelsOf } from './levels.ts';
export type { CalendarModule, CityEntry, Example, Examples, ExamplesModule, FullModule, Manifest, PolicyEntry, ReferenceModule, VocabularyModule } from './manifest.ts';
export type { Benefit, Contact, Fact, NamedPolicy, Parameter, Policy, Reading, ServiceFacts, SubjectKind, Supersession, Target, ValueType, Vocabulary, Words } from './model.ts';
export { fenOfYuan, formatYuan } from './money.ts';
export { type Asker, makeAsker, type Manner, type NextQuestion } from './next-question.ts';
export { type Language, nearest, type Problem, tellProblem } from './problems.ts';
export { findPlaces, fullPlaceName, type PlaceChoice, type PlaceList, placesUnder, provinces } from './places.ts';
export { type AnswerWords, mannerOf, type Question, type Questions } from './questions.ts';
export { type BenefitChange, makeReadingTrials, type ReadingEffect, type ReadingTrial, type ReadingTrials } from './reading-effects.ts';
export { openReference, type Reference, type ReferenceData } from './reference.ts';
export { tellAmount, tellDate, tellExplanation, tellParameter } from './tell-explanation.ts';
export { truthPattern } from './truth-pattern.ts';
export { classesOfUniversity, officialUniversity, suggestUniversities, type UniversityHint, universityHint, type UniversityList } from './universities.ts';
export { MAX_FEN, MICRO } from './values.ts';
export { addWorkingDays, isWorkingDay, tellUnpublishedYear, UnpublishedYearError, type WorkingCalendar, workingDaysBetween } from './working-days.ts';

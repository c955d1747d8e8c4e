// What somebody answered in the calculator and takes along to apply: kept in this tab of the browser and nowhere else until she files.
const key = 'wutong-apply';
/** Where the calculator keeps the visit of this tab. */
const visitKey = 'wutong-visit';

/** Answers by the flat name of the fact, and the benefits (`policy/benefit`) that came out of them. */
export interface CarriedAnswers {
  readonly answers: Readonly<Record<string, unknown>>;
  readonly benefits: readonly string[];
  /** What of it was answered in the calculator; the rest was added while applying. */
  readonly calculated: readonly string[];
  /** Whether she has agreed that it is used to fill in the application. */
  readonly isAgreed: boolean;
}

/** Keeps it for this tab. */
export function keepCarried(carried: CarriedAnswers): void {
  try {
    sessionStorage.setItem(key, JSON.stringify(carried));
  } catch {
    // A browser that keeps nothing: the questions are asked again.
  }
}

/** Deletes it; with `andVisit` the calculator's visit as well. */
export function dropCarried(andVisit = false): void {
  try {
    sessionStorage.removeItem(key);
    if (andVisit) sessionStorage.removeItem(visitKey);
  } catch {
    // Nothing was kept.
  }
}

/** What was taken along; undefined where nothing was, or it is not that. The result's link leaves a list of benefits, the answers are those of the visit. */
export function recallCarried(): CarriedAnswers | undefined {
  try {
    const kept: unknown = JSON.parse(sessionStorage.getItem(key) ?? 'null');
    if (Array.isArray(kept)) {
      const answers = answersIn(JSON.parse(sessionStorage.getItem(visitKey) ?? 'null'));
      return Object.keys(answers).length === 0 ? undefined : { answers, benefits: textsOf(kept), calculated: Object.keys(answers), isAgreed: false };
    }
    if (typeof kept !== 'object' || kept === null || !('answers' in kept)) return undefined;
    return {
      answers: answersIn(kept),
      benefits: textsOf('benefits' in kept ? kept.benefits : []),
      calculated: textsOf('calculated' in kept ? kept.calculated : []),
      isAgreed: 'isAgreed' in kept && kept.isAgreed === true,
    };
  } catch {
    return undefined;
  }
}

function answersIn(kept: unknown): Readonly<Record<string, unknown>> {
  return typeof kept === 'object' && kept !== null && 'answers' in kept && typeof kept.answers === 'object' && kept.answers !== null ? { ...kept.answers } : {};
}

function textsOf(value: unknown): readonly string[] {
  return Array.isArray(value) ? value.filter((one) => typeof one === 'string') : [];
}

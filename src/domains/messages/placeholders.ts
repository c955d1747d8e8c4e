// What may stand for a placeholder of a message: closed kinds only, none of which can hold anything about a person.

/**
 * code: six digits that prove a phone · minutes, days, count: whole numbers · date: a calendar date · department: the name of a department of
 * the city, taken from its table by id. There is no kind for names, identity numbers, phones, amounts or free text, and there must be none:
 * a text message is read by whoever holds the phone, and by every carrier on the way.
 */
export type PlaceholderKind = 'code' | 'minutes' | 'days' | 'count' | 'date' | 'department';

/** Kinds that an SMS may hold. */
export const smsKinds: ReadonlySet<PlaceholderKind> = new Set(['code', 'minutes', 'days', 'date', 'department']);

/** The longest text that each kind gives, in characters of its language; for the length of an SMS at its worst. */
export const longestText: Readonly<Record<PlaceholderKind, { readonly zh: string; readonly en: string }>> = {
  code: { zh: '000000', en: '000000' },
  minutes: { zh: '60', en: '60' },
  days: { zh: '3650', en: '3650' },
  count: { zh: '10000000', en: '10,000,000' },
  date: { zh: '2026年12月30日', en: '30 September 2026' },
  // The longest that is taken; longer names are refused.
  department: { zh: '部'.repeat(24), en: '部'.repeat(24) },
};

/** A value as a caller gives it; a department by its id. */
export type PlaceholderValue = string | number;

/** Thrown where a caller fills a template wrongly: a fault of the program, never of a user. */
export class TemplateError extends Error {
  override readonly name = 'TemplateError';
}

const ranges = { minutes: [1, 60], days: [1, 3650], count: [0, 10_000_000] } as const;
const months = ['January', 'February', 'March', 'April', 'May', 'June', 'July', 'August', 'September', 'October', 'November', 'December'];

/**
 * The words of a value.
 * @param departmentName the name of the department that the value names, for that kind
 * @throws TemplateError where the value is not of its kind; the message never repeats the value
 */
export function writePlaceholder(kind: PlaceholderKind, name: string, value: PlaceholderValue, language: 'zh' | 'en', departmentName?: string): string {
  switch (kind) {
    case 'code':
      if (typeof value === 'string' && /^\d{6}$/.test(value)) return value;
      break;
    case 'minutes':
    case 'days':
    case 'count': {
      const [least, most] = ranges[kind];
      if (typeof value === 'number' && Number.isInteger(value) && value >= least && value <= most) return value < 10_000 ? String(value) : value.toLocaleString('en-US');
      break;
    }
    case 'date': {
      const match = typeof value === 'string' ? /^(\d{4})-(\d{2})-(\d{2})$/.exec(value) : null;
      const [year, month, day] = [Number(match?.[1]), Number(match?.[2]), Number(match?.[3])];
      const monthName = months[month - 1];
      if (monthName !== undefined && day >= 1 && day <= 31) return language === 'zh' ? `${year}年${month}月${day}日` : `${day} ${monthName} ${year}`;
      break;
    }
    case 'department':
      if (departmentName !== undefined && departmentName.length <= longestText.department.zh.length && !/\d{4}/.test(departmentName)) return departmentName;
      break;
  }
  throw new TemplateError(`the value of {${name}} is not a ${kind}`);
}

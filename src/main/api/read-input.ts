// Reads a call's path, question and body by the endpoint's schemas, and tells every wrong entry in both languages.
import type { z } from 'zod';
import { en, zhCN } from 'zod/locales';
import { type ErrorDetail, Refusal } from '../../contract/errors.ts';
import { tellIssueWords } from './issue-words.ts';

const words = { zh: zhCN().localeError, en: en().localeError };

/**
 * The value as the schema gives it.
 * @throws Refusal input-invalid with one detail for each wrong entry; values themselves are never repeated.
 */
export function readInput(schema: z.ZodType | undefined, given: unknown): unknown {
  if (schema === undefined) return undefined;
  const read = schema.safeParse(given, { reportInput: true });
  const details = read.success ? findTooEarly(read.data, '', MOST_LEVELS) : read.error.issues.map(tellIssue);
  if (read.success && details.length === 0) return read.data;
  throw new Refusal('input-invalid', { count: details.length }, details);
}

// Deeper than any endpoint's fields lie.
const MOST_LEVELS = 4;

/** Days before 1800, which neither the rules nor the database can count from; a form of a day alone lets them through. */
function findTooEarly(value: unknown, field: string, levels: number): readonly ErrorDetail[] {
  if (typeof value === 'string') {
    const isEarly = /^[01]\d{3}-\d\d-\d\d$/.test(value) && value < '1800';
    return isEarly ? [{ field, zh: '日期要在 1800 年以后', en: 'a day from 1800 on is expected' }] : [];
  }
  if (typeof value !== 'object' || value === null || levels === 0) return [];
  return Object.entries(value).flatMap(([name, each]) => findTooEarly(each, field === '' ? name : `${field}.${name}`, levels - 1));
}

function tellIssue(issue: z.core.$ZodIssue): ErrorDetail {
  const field = issue.path.map(String).join('.');
  // A schema's own words may be a pair, "中文 / English".
  const [zh, english] = issue.message.includes(' / ') ? issue.message.split(' / ', 2) : [];
  if (zh !== undefined && english !== undefined) return { field, zh, en: english };
  const told = tellIssueWords(issue);
  if (told !== undefined) return { field, ...told };
  const raw = issue as z.core.$ZodRawIssue;
  return { field, zh: textOf(words.zh(raw)), en: textOf(words.en(raw)) };
}

function textOf(told: string | { message: string } | null | undefined): string {
  return typeof told === 'string' ? told : (told?.message ?? '');
}

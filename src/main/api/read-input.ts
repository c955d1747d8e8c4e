// Reads a call's path, question and body by the endpoint's schemas, and tells every wrong entry in both languages.
import type { z } from 'zod';
import { en, zhCN } from 'zod/locales';
import { type ErrorDetail, Refusal } from '../../contract/errors.ts';

const words = { zh: zhCN().localeError, en: en().localeError };

/**
 * The value as the schema gives it.
 * @throws Refusal input-invalid with one detail for each wrong entry; values themselves are never repeated.
 */
export function readInput(schema: z.ZodType | undefined, given: unknown): unknown {
  if (schema === undefined) return undefined;
  const read = schema.safeParse(given);
  if (read.success) return read.data;
  const details = read.error.issues.map(tellIssue);
  throw new Refusal('input-invalid', { count: details.length }, details);
}

function tellIssue(issue: z.core.$ZodIssue): ErrorDetail {
  const field = issue.path.map(String).join('.');
  // A schema's own words may be a pair, "中文 / English".
  const [zh, english] = issue.message.includes(' / ') ? issue.message.split(' / ', 2) : [];
  if (zh !== undefined && english !== undefined) return { field, zh, en: english };
  const raw = issue as z.core.$ZodRawIssue;
  return { field, zh: textOf(words.zh(raw)), en: textOf(words.en(raw)) };
}

function textOf(told: string | { message: string } | null | undefined): string {
  return typeof told === 'string' ? told : (told?.message ?? '');
}

// Reads a call's path, question and body by the endpoint's schemas, and tells every wrong entry in both languages.
import type { z } from 'zod';
import { en, zhCN } from 'zod/locales';
import type { Fields } from '../../contract/endpoint.ts';
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
  const details = read.success ? findUnkeepable(read.data, '', MOST_LEVELS) : read.error.issues.map(tellIssue);
  if (read.success && details.length === 0) return read.data;
  throw new Refusal('input-invalid', { count: details.length }, details);
}

// Deeper than any endpoint's fields lie.
const MOST_LEVELS = 4;

const MOST_TOLD = 20;
const MOST_NAME = 60;

/**
 * What stands behind the question mark. A name that the endpoint does not know is no condition that was left out: it is refused.
 * @throws Refusal input-invalid
 */
export function readQuery(schema: Fields | undefined, given: unknown): unknown {
  // One that takes names of its own, such as fact.学历, looks at them itself.
  if (schema?.def.catchall !== undefined) return readInput(schema, given);
  const known = Object.keys(schema?.shape ?? {});
  const unknown = Object.keys(given ?? {}).filter((name) => !known.includes(name));
  if (unknown.length === 0) return readInput(schema, given);
  const details = unknown.slice(0, MOST_TOLD).map((name) => ({
    field: name.slice(0, MOST_NAME),
    zh: known.length === 0 ? '这个接口没有查询参数。' : `没有这个查询参数。可以用的：${known.join('、')}。`,
    en: known.length === 0 ? 'This call takes no query parameters.' : `There is no such query parameter. There are: ${known.join(', ')}.`,
  }));
  throw new Refusal('input-invalid', { count: unknown.length }, details);
}

/**
 * What has the right form and cannot be kept: zero bytes in a text; days before 1800, which neither the rules nor the database can count from;
 * a form of a day alone lets them through.
 */
function findUnkeepable(value: unknown, field: string, levels: number): readonly ErrorDetail[] {
  if (typeof value === 'string') {
    if (value.includes('\0')) return [{ field, zh: '里面有不能保存的字符（零字节），请删掉再填。', en: 'It holds a character that cannot be stored (a zero byte); remove it.' }];
    const isEarly = /^[01]\d{3}-\d\d-\d\d$/.test(value) && value < '1800';
    return isEarly ? [{ field, zh: '日期要在 1800 年以后', en: 'a day from 1800 on is expected' }] : [];
  }
  if (typeof value !== 'object' || value === null || levels === 0) return [];
  return Object.entries(value).flatMap(([name, each]) => findUnkeepable(each, field === '' ? name : `${field}.${name}`, levels - 1));
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

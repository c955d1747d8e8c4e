// Reads the working-day calendar, checks every day of every notice and keeps what differs from Monday to Friday.

import { type DateNumber, parseDate } from '../policy/calendar.ts';
import { weekdayOf, type WorkingCalendar } from '../policy/working-days.ts';

/**
 * Reads calendar.json as cities/reference/README.md describes it.
 * @throws an Error that names the line in both languages: a day that does not exist, is not in order, belongs to another year, or is
 * made a working day though it is one anyway.
 */
export function readCalendar(text: string): WorkingCalendar {
  const fail = (near: string, zh: string, en: string): never => {
    const line = text.slice(0, Math.max(0, text.lastIndexOf(near))).split('\n').length;
    throw new Error(`第 ${line} 行：${zh} / line ${line}: ${en}`);
  };
  const years: number[] = [];
  const off: DateNumber[] = [];
  const work: DateNumber[] = [];
  let before = 0;
  // JSON.parse keeps the last of two entries of one name and says nothing.
  const written = [...text.matchAll(/"(\d{4})"\s*:/g)].map((match) => match[1] ?? '');
  const twice = written.find((year, at) => written.indexOf(year) !== at);
  if (twice !== undefined) fail(`"${twice}"`, `${twice} 年写了两次`, `${twice} is there twice`);
  for (const [year, notice] of Object.entries(parse(text))) {
    if (!/^(?:19|20)\d{2}$/.test(year)) fail(`"${year}"`, `“${year}”不是年份`, `"${year}" is not a year`);
    const { notice: addresses, days } = isObject(notice) ? notice : {};
    if (!Array.isArray(addresses) || addresses.length === 0 || !addresses.every((one) => typeof one === 'string' && /^https?:\/\//.test(one))) {
      fail(`"${year}"`, `${year} 年缺少通知的网址（notice）`, `${year} lacks the addresses of its notice`);
    }
    if (!Array.isArray(days) || days.length === 0) return fail(`"${year}"`, `${year} 年没有列出日期（days）`, `${year} lists no days`);
    years.push(Number(year));
    for (const entry of days as unknown[]) {
      const [day, holiday, kind] = Array.isArray(entry) ? (entry as unknown[]) : [];
      const near = typeof day === 'string' ? `"${day}"` : `"${year}"`;
      if (typeof day !== 'string' || typeof holiday !== 'string' || (kind !== 'off' && kind !== 'work') || (entry as unknown[]).length !== 3) {
        return fail(near, `应当写作 ["${year}-01-01", "元旦", "off"]，最后一项是 off 或 work`, `expected ["${year}-01-01", "元旦", "off"], the last being off or work`);
      }
      const date = parseDate(day) ?? fail(near, `没有 ${day} 这一天`, `there is no day ${day}`);
      if (!day.startsWith(year) && !day.startsWith(`${Number(year) - 1}-12`)) {
        fail(near, `${day} 不在 ${year} 年，也不在上一年 12 月`, `${day} is neither in ${year} nor in December before`);
      }
      if (date <= before) fail(near, `${day} 重复，或者没有按先后排列`, `${day} is there twice or out of order`);
      before = date;
      const isWeekend = [0, 6].includes(weekdayOf(date));
      if (kind === 'work' && !isWeekend) fail(near, `${day} 本来就是工作日，不用写 work`, `${day} is a weekday, which is worked anyway`);
      if (kind === 'work') work.push(date);
      else if (!isWeekend) off.push(date);
    }
  }
  return { years, off, work };
}

function parse(text: string): Record<string, unknown> {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    throw new Error(`不是合法的 JSON / not valid JSON: ${error instanceof Error ? error.message : ''}`, { cause: error });
  }
  if (!isObject(value)) throw new Error('应当是一个按年份列出的对象 / expected an object by year');
  return value;
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

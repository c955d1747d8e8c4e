// The two thousand hires of the first job, and what annex 1 of the document gives each: worked out from its words, never asked of the engine.
import { identityCheckCharacter } from '../../src/contract/identity-number.ts';

/** Everybody on the enterprise's list. */
export const HIRES = 2000;
/** Those whose contract began a year before the others'; their first full year is over in the year of the application. */
export const EARLY = 120;

/** Somebody whom the enterprise hired. */
export interface Hire {
  readonly at: number;
  /** Written into the column 岗位: by it a person at the enterprise finds a row again. */
  readonly post: string;
  readonly name: string;
  readonly number: string;
  readonly degree: '博士研究生' | '硕士研究生' | '本科' | '专科';
  readonly university: string;
  readonly graduatedOn: string;
  readonly startedOn: string;
  readonly years: number;
}

const figures = '零一二三四五六七八九';

/** 张三一二三四 and so on: a name of each, plainly a sample's. */
function nameOf(at: number): string {
  return `张三${Array.from(String(at).padStart(4, '0'), (figure) => figures[Number(figure)] ?? '').join('')}`;
}

function numberOf(at: number): string {
  const born = `20000${1 + Math.floor(at / 900)}15`;
  const seventeen = `220202${born}${String(1 + (at % 900)).padStart(3, '0')}`;
  return `${seventeen}${identityCheckCharacter(seventeen)}`;
}

/** Of twenty: one of the first tier, two of the second, three of the third, the rest of the fourth. */
function studies(at: number): Pick<Hire, 'degree' | 'university'> {
  // One in a hundred: no bachelor, which the document asks of all.
  if (at % 100 === 99) return { degree: '专科', university: '吉林化工学院' };
  switch (at % 20) {
    case 0:
      return at % 40 === 0 ? { degree: '博士研究生', university: '吉林大学' } : { degree: '硕士研究生', university: '延边大学' };
    case 1:
      return { degree: '硕士研究生', university: '北华大学' };
    case 2:
      return { degree: '本科', university: '清华大学' };
    case 3:
    case 4:
    case 5:
      return { degree: '本科', university: at % 2 === 0 ? '吉林大学' : '东北师范大学' };
    default:
      return { degree: '本科', university: at % 2 === 0 ? '北华大学' : '吉林化工学院' };
  }
}

/** The hire of a row, counted from 0. */
function hireAt(at: number): Hire {
  const isEarly = at < EARLY;
  return {
    at,
    post: `工程师${String(at).padStart(4, '0')}`,
    name: nameOf(at),
    number: numberOf(at),
    ...studies(at),
    graduatedOn: isEarly ? '2024-06-30' : '2025-06-30',
    startedOn: isEarly ? '2025-03-03' : '2026-04-01',
    // One in a hundred: a contract of three years, where the document asks for five.
    years: at % 100 === 98 ? 3 : 5,
  };
}

/** All of them, in the order of the list. */
export const hires: readonly Hire[] = Array.from({ length: HIRES }, (_, at) => hireAt(at));

// The 985 and 211 universities among those above, by the lists of the Ministry of Education.
const keyUniversities: readonly string[] = ['吉林大学', '延边大学', '东北师范大学', '清华大学'];

/**
 * Annex 1, 三（二）1（1), in yuan a month: doctors and masters of 985 or 211 universities 2000; other doctors and masters, and bachelors of Tsinghua
 * and Peking, 1000; bachelors of other 985 or 211 universities 500; other bachelors 300. Nothing without a bachelor's degree (二), and nothing
 * without a contract of five years.
 */
function monthlyYuan({ degree, university, years }: Hire): number {
  if (degree === '专科' || years < 5) return 0;
  const isKey = keyUniversities.includes(university);
  if (degree === '博士研究生' || degree === '硕士研究生') return isKey ? 2000 : 1000;
  if (university === '清华大学' || university === '北京大学') return 1000;
  return isKey ? 500 : 300;
}

/** What a full year is worth, in fen: twelve months, paid at once. */
export function yearFen(hire: Hire): number {
  return monthlyYuan(hire) * 12 * 100;
}

/** Whether the document gives the subsidy. */
export function isEntitled(hire: Hire): boolean {
  return yearFen(hire) > 0;
}

/** The five days on which a full year is over. */
export function dueDays({ startedOn }: Hire): readonly string[] {
  return [1, 2, 3, 4, 5].map((years) => `${Number(startedOn.slice(0, 4)) + years}${startedOn.slice(4)}`);
}

/** A card number that passes the check of bank cards; each hire's own. */
export function accountOf({ at }: Hire): string {
  const digits = `62220200${String(1_000_000 + at)}`;
  const sum = Array.from(digits).reverse().reduce((total, digit, place) => {
    const doubled = place % 2 === 0 ? Number(digit) * 2 : Number(digit);
    return total + (doubled > 9 ? doubled - 9 : doubled);
  }, 0);
  return `${digits}${(10 - (sum % 10)) % 10}`;
}

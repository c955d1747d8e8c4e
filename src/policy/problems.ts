// What can be wrong with a subject that was handed in, and how it is told to people in both languages.

/** One thing wrong with a subject: which fact, what was expected, what was found. */
export interface Problem {
  readonly code: ProblemCode;
  /** The fact's name, or the part of the line that is wrong. */
  readonly fact: string;
  /** What was found, shortened. */
  readonly found?: string;
  /** Further values of the text, by name. */
  readonly more?: string;
}

export type Language = 'zh' | 'en';

const texts = {
  'not-an-object': {
    zh: () => '这一行应当是一个对象，例如 {"id":"p1","subject":"person","facts":{"学历":"本科"}}',
    en: () => 'this line should be an object such as {"id":"p1","subject":"person","facts":{"学历":"本科"}}',
  },
  'bad-id': {
    zh: (p: Problem) => `“id”应当是文字，或者不超过 15 位的整数（更长的请加引号，否则会变），这里是 ${p.found}`,
    en: (p: Problem) => `"id" should be text, or a whole number of at most 15 digits (quote a longer one, or it changes), found ${p.found}`,
  },
  'bad-subject': {
    zh: (p: Problem) => `“subject”应当是 person、organisation、project、team 之一，${p.found === undefined ? '这里没有写' : `这里是 ${p.found}`}`,
    en: (p: Problem) => `"subject" should be one of person, organisation, project, team; found ${p.found ?? 'nothing'}`,
  },
  'bad-facts': {
    zh: (p: Problem) => `“facts”应当是一个对象，写事实的名称和值，${p.found === undefined ? '这里没有写' : `这里是 ${p.found}`}`,
    en: (p: Problem) => `"facts" should be an object of names and values, found ${p.found ?? 'nothing'}`,
  },
  'bad-group': {
    zh: (p: Problem) => `“${p.fact}”应当是一个对象，例如 {"规上": true}，这里是 ${p.found}`,
    en: (p: Problem) => `"${p.fact}" should be an object such as {"规上": true}, found ${p.found}`,
  },
  'unknown-fact': {
    zh: (p: Problem) => `没有“${p.fact}”这个事实${p.more === undefined ? '' : `，是不是“${p.more}”`}`,
    en: (p: Problem) => `there is no fact "${p.fact}"${p.more === undefined ? '' : `; did you mean "${p.more}"?`}`,
  },
  'given-twice': {
    zh: (p: Problem) => `“${p.fact}”写了两次，只能写一次`,
    en: (p: Problem) => `"${p.fact}" is given twice; give it once`,
  },
  'not-a-flag': {
    zh: (p: Problem) => `“${p.fact}”应当是 true（是）或 false（否），这里是 ${p.found}`,
    en: (p: Problem) => `"${p.fact}" should be true or false, found ${p.found}`,
  },
  'not-a-number': {
    zh: (p: Problem) => `“${p.fact}”应当是数字，这里是 ${p.found}`,
    en: (p: Problem) => `"${p.fact}" should be a number, found ${p.found}`,
  },
  negative: {
    zh: (p: Problem) => `“${p.fact}”不能是负数，这里是 ${p.found}`,
    en: (p: Problem) => `"${p.fact}" cannot be negative, found ${p.found}`,
  },
  'too-large': {
    zh: (p: Problem) => `“${p.fact}”最大是 ${p.more}，这里是 ${p.found}`,
    en: (p: Problem) => `"${p.fact}" can be at most ${p.more}, found ${p.found}`,
  },
  'too-many-decimals': {
    zh: (p: Problem) => `“${p.fact}”最多 ${p.more} 位小数，这里是 ${p.found}`,
    en: (p: Problem) => `"${p.fact}" can have at most ${p.more} decimals, found ${p.found}`,
  },
  'not-a-date': {
    zh: (p: Problem) => `“${p.fact}”应当是真实存在的日期，写作 2026-06-30，这里是 ${p.found}`,
    en: (p: Problem) => `"${p.fact}" should be a date that exists, written 2026-06-30, found ${p.found}`,
  },
  'not-a-text': {
    zh: (p: Problem) => `“${p.fact}”应当是文字（不为空，不超过 200 字），这里是 ${p.found}`,
    en: (p: Problem) => `"${p.fact}" should be text, not empty, at most 200 characters, found ${p.found}`,
  },
  'unknown-value': {
    zh: (p: Problem) => `“${p.fact}”应当是 ${p.more} 之一，这里是 ${p.found}`,
    en: (p: Problem) => `"${p.fact}" should be one of ${p.more}, found ${p.found}`,
  },
  'not-a-list': {
    zh: (p: Problem) => `“${p.fact}”应当是一组值，写在方括号里，例如 ["985"]，这里是 ${p.found}`,
    en: (p: Problem) => `"${p.fact}" should be a list in square brackets such as ["985"], found ${p.found}`,
  },
  'unknown-place': {
    zh: (p: Problem) => `“${p.fact}”应当是现有的六位行政区划代码，例如 "220202"（昌邑区），这里是 ${p.found}${p.more === undefined ? '' : `；请写 ${p.more}`}`,
    en: (p: Problem) => `"${p.fact}" should be an existing six-digit division code such as "220202" (Changyi), found ${p.found}${p.more === undefined ? '' : `; write ${p.more}`}`,
  },
  'born-later': {
    zh: (p: Problem) => `“${p.fact}”${p.found} 晚于所问的日期 ${p.more}，请核对`,
    en: (p: Problem) => `"${p.fact}" ${p.found} is after the date asked about, ${p.more}; please check`,
  },
  'before-birth': {
    zh: (p: Problem) => `“${p.fact}”${p.found} 早于出生日期 ${p.more}，请核对`,
    en: (p: Problem) => `"${p.fact}" ${p.found} is before the date of birth, ${p.more}; please check`,
  },
} satisfies Record<string, Record<Language, (problem: Problem) => string>>;

export type ProblemCode = keyof typeof texts;

/** All codes, for the page that documents them. */
export const problemCodes = Object.keys(texts) as readonly ProblemCode[];

/** A problem in words. */
export function tellProblem(problem: Problem, language: Language): string {
  return texts[problem.code][language](problem);
}

/** A found value as people see it: JSON, at most 40 characters. */
export function shown(value: unknown): string {
  const text = typeof value === 'number' ? String(value) : (JSON.stringify(value) ?? String(value));
  return text.length > 40 ? `${text.slice(0, 39)}…` : text;
}

/** Text for a terminal or a page: what people hand in must not steer it. Controls, line ends, direction and zero-width marks show as �. */
export function harmless(text: string): string {
  // oxlint-disable-next-line no-control-regex
  return text.replace(/[\u0000-\u001f\u007f-\u009f\u061c\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]/g, '\uFFFD');
}

/** The name most like a given one, or undefined where none is near. */
export function nearest(name: string, names: Iterable<string>): string | undefined {
  let best: string | undefined;
  let least = Math.max(1, Math.floor(name.length / 2)) + 1;
  for (const candidate of names) {
    if (Math.abs(candidate.length - name.length) >= least) continue;
    const distance = editDistance(name, candidate);
    // A name that shares no letter at all is no suggestion, however short both are.
    if (distance < least && distance < Math.max(name.length, candidate.length)) {
      least = distance;
      best = candidate;
    }
  }
  // What begins alike is meant more often than what happens to be near: 硕士 for 硕士研究生.
  return best ?? (name.length < 2 ? undefined : [...names].find((candidate) => candidate.startsWith(name)));
}

function editDistance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, i) => i);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++) {
      const change = (row[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1);
      next.push(Math.min(change, (row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1));
    }
    row = next;
  }
  return row[b.length] ?? 0;
}

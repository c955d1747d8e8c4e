// Everything that can be wrong with a pack: codes, places, and the words for a policy officer in both languages.

/** A place in a file; lines and columns count from 1, columns in characters. */
export interface Place {
  readonly file: string;
  readonly line: number;
  readonly column: number;
}

type Values = Readonly<Record<string, string>>;
type Wording = (v: Values) => string;

const isQuote = (text: string | undefined): boolean => text !== undefined && /^["'“”＂＇]$/.test(text);

/** The wording of every diagnostic. */
const wordings = {
  'bad-yaml': {
    zh: (v) => `这里的书写格式（YAML）读不懂：${v['what']}`,
    en: (v) => `the YAML cannot be read here: ${v['whatEn']}`,
  },
  'not-utf8': {
    zh: () => '文件不是 UTF-8 编码，请另存为 UTF-8',
    en: () => 'the file is not UTF-8; save it as UTF-8',
  },
  'wrong-shape': {
    zh: (v) => `“${v['key']}”应当写成${v['expected']}`,
    en: (v) => `"${v['key']}" should be ${v['expectedEn']}`,
  },
  'missing-key': {
    zh: (v) => `缺少“${v['key']}”`,
    en: (v) => `"${v['key']}" is missing`,
  },
  'unknown-key': {
    zh: (v) => `不认识“${v['key']}”${v['near'] ? `，是不是“${v['near']}”` : ''}。这里可以写：${v['known']}`,
    en: (v) => `"${v['key']}" is not known${v['near'] ? `; did you mean "${v['near']}"?` : '.'} Known here: ${v['known']}`,
  },
  'missing-file': {
    zh: (v) => `列出了“${v['id']}”，但没有文件 ${v['file']}`,
    en: (v) => `"${v['id']}" is listed, but there is no file ${v['file']}`,
  },
  'unlisted-file': {
    zh: (v) => `这个文件没有列在 policy.yaml 的“待遇”里，请在那里加上 ${v['id']}`,
    en: (v) => `this file is not listed under 待遇 in policy.yaml; add ${v['id']} there`,
  },
  'duplicate-id': {
    zh: (v) => `“${v['id']}”写了两次，第一次在 ${v['first']}（行:列）`,
    en: (v) => `"${v['id']}" is written twice, first at ${v['first']} (line:column)`,
  },
  'bad-name': {
    zh: (v) => `“${v['name']}”不能作名称：${v['why']}`,
    en: (v) => `"${v['name']}" cannot be a name: ${v['whyEn']}`,
  },
  'missing-clause': {
    zh: (v) => `“${v['key']}”没有写条款，请写“条款: …”，让人知道依据哪一条`,
    en: (v) => `"${v['key']}" names no clause; write 条款: … so that people know what it rests on`,
  },
  'unknown-clause': {
    zh: (v) => `条款“${v['clause']}”不在本政策的条款目录里${v['near'] ? `，是不是“${v['near']}”` : ''}`,
    en: (v) => `clause "${v['clause']}" is not in this policy's list of clauses${v['near'] ? `; did you mean "${v['near']}"?` : ''}`,
  },
  'clause-gap': {
    zh: (v) => `条款目录跳号了：“${v['clause']}”的前面应当是“${v['expected']}”`,
    en: (v) => `the list of clauses skips a number: "${v['expected']}" should stand before "${v['clause']}"`,
  },
  'uncovered-clause': {
    zh: (v) => `条款“${v['clause']}”（${v['title']}）没有着落：写成待遇、目标、职责或流程，没有要办的事就写进 narratives.yaml`,
    en: (v) => `nothing was made of clause "${v['clause']}" (${v['titleEn']}): write it as a benefit, a goal, a duty or a procedure, or, where there is nothing to run, in narratives.yaml`,
  },
  'missing-words': {
    zh: (v) => (v['key']?.startsWith('英文') ? `这里写了中文，没有写“${v['key']}”，看英文的申请人会读不懂` : `这一条没有“${v['key']}”，申请人会看不懂`),
    en: (v) => `this item has no "${v['key']}", so applicants could not read it${v['key']?.startsWith('英文') ? ' in English' : ''}`,
  },
  'unknown-parent': {
    zh: (v) => `没有“${v['id']}”这个上级${v['near'] ? `，是不是“${v['near']}”` : ''}。上级写它在 cities 下的文件夹名`,
    en: (v) => `there is no jurisdiction "${v['id']}" above this one${v['near'] ? `; did you mean "${v['near']}"?` : '.'} 上级 is the name of its folder below cities`,
  },
  'circular-parents': {
    zh: (v) => `上级绕回了自己：${v['path']}`,
    en: (v) => `the jurisdictions above lead back to this one: ${v['path']}`,
  },
  'unknown-policy': {
    zh: (v) => `没有“${v['id']}”这个政策${v['near'] ? `，是不是“${v['near']}”` : ''}。可以取代的是 city.yaml 里“政策”和“只有名称”列出的`,
    en: (v) => `there is no policy "${v['id']}"${v['near'] ? `; did you mean "${v['near']}"?` : '.'} What can be superseded is listed in city.yaml under 政策 and 只有名称`,
  },
  'bad-supersession': {
    zh: (v) => `不能取代“${v['id']}”：${v['why']}`,
    en: (v) => `"${v['id']}" cannot be superseded: ${v['whyEn']}`,
  },
  'unknown-department': {
    zh: (v) => `没有“${v['name']}”这个部门${v['near'] ? `，是不是“${v['near']}”` : ''}。部门写在 city.yaml 的“部门”里`,
    en: (v) => `there is no department "${v['name']}"${v['near'] ? `; did you mean "${v['near']}"?` : '.'} Departments stand in city.yaml under 部门`,
  },
  'unknown-fund': {
    zh: (v) => `没有“${v['name']}”这项资金${v['near'] ? `，是不是“${v['near']}”` : ''}。资金写在 city.yaml 的“资金”里`,
    en: (v) => `there is no fund "${v['name']}"${v['near'] ? `; did you mean "${v['near']}"?` : '.'} Funds stand in city.yaml under 资金`,
  },
  'unknown-benefit': {
    zh: (v) => `没有“${v['id']}”这项待遇${v['near'] ? `，是不是“${v['near']}”` : ''}`,
    en: (v) => `there is no benefit "${v['id']}"${v['near'] ? `; did you mean "${v['near']}"?` : ''}`,
  },
  'unknown-procedure': {
    zh: (v) => `procedures.yaml 里没有“${v['id']}”这个流程${v['near'] ? `，是不是“${v['near']}”` : ''}`,
    en: (v) => `procedures.yaml has no procedure "${v['id']}"${v['near'] ? `; did you mean "${v['near']}"?` : ''}`,
  },
  'procedure-differs': {
    zh: (v) => `“${v['benefit']}”和流程“${v['procedure']}”两边写得不一样：请在 ${v['where']}里写上 ${v['add']}，或者删去这里的`,
    en: (v) => `benefit "${v['benefit']}" and procedure "${v['procedure']}" do not say the same of each other: add ${v['add']} to ${v['whereEn']}, or remove it here`,
  },
  'unknown-actor': {
    zh: (v) => `这一步不能由“${v['name']}”来办${v['near'] ? `，是不是“${v['near']}”` : ''}。可以是 city.yaml 里的部门，或者${v['known']}`,
    en: (v) => `"${v['name']}" cannot take this step${v['near'] ? `; did you mean "${v['near']}"?` : '.'} It is a department of city.yaml, or one of ${v['known']}`,
  },
  'unknown-choice': {
    zh: (v) => `“${v['key']}”不能是“${v['found']}”，只能是 ${v['known']}`,
    en: (v) => `"${v['key']}" cannot be "${v['found']}", only ${v['known']}`,
  },
  'bad-character': {
    zh: (v) => (isQuote(v['found']) ? '式子里的引号没有配对，缺少另一半' : `式子里有不认识的符号“${v['found']}”`),
    en: (v) => (isQuote(v['found']) ? 'a quotation mark of the expression has no other half' : `the expression has an unknown character "${v['found']}"`),
  },
  'bad-expression': {
    zh: (v) => `式子在这里读不下去：这里应当是${v['expected']}，却是${v['found']}`,
    en: (v) => `the expression cannot be read here: expected ${v['expectedEn']}, found ${v['foundEn']}`,
  },
  'expression-too-deep': {
    zh: () => '式子太长或嵌套得太深，请拆成几条，或用“定义”',
    en: () => 'the expression is too long or nested too deeply; split it or use a definition',
  },
  'bad-date': {
    zh: (v) => `没有“${v['found']}”这一天，日期写作 2021-09-01`,
    en: (v) => `there is no day "${v['found']}"; a date is written 2021-09-01`,
  },
  'bad-number': {
    zh: (v) => `数字“${v['found']}”${v['why']}`,
    en: (v) => `the number "${v['found']}" ${v['whyEn']}`,
  },
  'unknown-fact': {
    zh: (v) => `没有“${v['name']}”这个事实、定义、参数或解读${v['near'] ? `，是不是“${v['near']}”` : ''}`,
    en: (v) => `there is no fact, definition, parameter or reading "${v['name']}"${v['near'] ? `; did you mean "${v['near']}"?` : ''}`,
  },
  'unknown-level': {
    zh: (v) => `“${v['fact']}”没有“${v['value']}”这个取值${v['near'] ? `，是不是“${v['near']}”` : ''}。可取：${v['known']}`,
    en: (v) => `"${v['fact']}" has no value "${v['value']}"${v['near'] ? `; did you mean "${v['near']}"?` : '.'} Possible: ${v['known']}`,
  },
  'unknown-place': {
    zh: (v) => (v['near'] ? `叫“${v['found']}”的地方不止一个，请写六位行政区划代码：${v['near']}` : `没有“${v['found']}”这个地方，请写六位行政区划代码，或全国唯一的全名`),
    en: (v) =>
      v['near']
        ? `more than one place is named "${v['found']}"; write its six-digit division code: ${v['near']}`
        : `there is no place "${v['found']}"; write a six-digit division code, or a full name that is unique in the country`,
  },
  'wrong-unit': {
    zh: (v) => `单位不对：“${v['left']}”是${v['leftType']}，“${v['right']}”是${v['rightType']}${v['fix'] ? `。改成 ${v['fix']} 试试` : ''}`,
    en: (v) => `wrong unit: "${v['left']}" is ${v['leftTypeEn']}, "${v['right']}" is ${v['rightTypeEn']}${v['fix'] ? `. Try ${v['fix']}` : ''}`,
  },
  'impossible-comparison': {
    zh: (v) => `“${v['text']}”比不了：${v['why']}`,
    en: (v) => `"${v['text']}" cannot be compared: ${v['whyEn']}`,
  },
  'wrong-type': {
    zh: (v) => `这里要${v['expected']}，而“${v['text']}”是${v['found']}`,
    en: (v) => `expected ${v['expectedEn']} here, but "${v['text']}" is ${v['foundEn']}`,
  },
  'wrong-subject': {
    zh: (v) => `这里说的是${v['subject']}，不能用“${v['fact']}”，它说的是${v['other']}`,
    en: (v) => `this is about ${v['subjectEn']}; it cannot use "${v['fact']}", which is about ${v['otherEn']}`,
  },
  'circular-definition': {
    zh: (v) => `定义绕回了自己：${v['path']}`,
    en: (v) => `the definition leads back to itself: ${v['path']}`,
  },
  'table-gap': {
    zh: (v) => `表有缺口：符合条件的人可能一行也对不上，例如 ${v['example']}`,
    en: (v) => `the table has a gap: somebody who meets the conditions may match no row, for example ${v['example']}`,
  },
  'table-overlap': {
    zh: (v) => `表有重叠：第 ${v['first']} 行和第 ${v['second']} 行会同时成立，例如 ${v['example']}`,
    en: (v) => `the table overlaps: rows ${v['first']} and ${v['second']} can both hold, for example ${v['example']}`,
  },
  'table-unproved': {
    zh: () => '这张表太复杂，无法证明没有缺口和重叠，请拆小，或加“其余”一行',
    en: () => 'this table is too complex to prove that it has no gap and no overlap; split it, or add a row 其余',
  },
  'never-met': {
    zh: (v) => `“${v['id']}”的条件互相矛盾，没有人能满足`,
    en: (v) => `the conditions of "${v['id']}" contradict each other; nobody can ever meet them`,
  },
  'unused-name': {
    zh: (v) => `“${v['name']}”没有用到`,
    en: (v) => `"${v['name']}" is never used`,
  },
  'shares-not-whole': {
    zh: (v) => `各方承担的比例加起来是 ${v['sum']}，应当正好是 100%`,
    en: (v) => `the shares add up to ${v['sum']}; they should be exactly 100%`,
  },
  'matter-too-large': {
    zh: (v) => `“同一事项”牵连了 ${v['count']} 项待遇，超过 ${v['most']} 项就不能保证算出最优组合，请拆开`,
    en: (v) => `the same-matter groups tie ${v['count']} benefits together; beyond ${v['most']} the best combination cannot be guaranteed, so split them`,
  },
  'too-few-cases': {
    zh: (v) => `“${v['id']}”只有 ${v['count']} 个用例，至少写 ${v['needed']} 个${v['needed'] === '4' ? '：可享、不可享、缺信息、边界' : v['needed'] === '2' ? '：待评审、不可享' : ''}`,
    en: (v) => `"${v['id']}" has too few cases (${v['count']}); write at least ${v['needed']}${v['needed'] === '4' ? ': yes, no, unknown, boundary' : v['needed'] === '2' ? ': review, no' : ''}`,
  },
  'bad-case': {
    zh: (v) => `用例“${v['name']}”的事实不对：${v['why']}`,
    en: (v) => `the facts of case "${v['name']}" are not valid: ${v['whyEn']}`,
  },
  'case-failed': {
    zh: (v) => `用例“${v['name']}”没有通过：${v['what']}应为 ${v['expected']}，算出来是 ${v['found']}`,
    en: (v) => `case "${v['name']}" failed: expected ${v['whatEn']} ${v['expected']}, computed ${v['found']}`,
  },
} as const satisfies Record<string, { zh: Wording; en: Wording }>;

export type DiagnosticCode = keyof typeof wordings;

/** All codes, in the order of their page. */
export const diagnosticCodes = Object.keys(wordings) as readonly DiagnosticCode[];

/** What keeps no rule from being proved and no case from being run. */
const advice: ReadonlySet<DiagnosticCode> = new Set(['unused-name', 'too-few-cases', 'missing-words', 'clause-gap', 'uncovered-clause', 'procedure-differs', 'unknown-parent', 'circular-parents']);

/** Whether a diagnostic leaves the rules readable, so that what follows from them can be checked too. */
export function isAdvice({ code }: Diagnostic): boolean {
  return advice.has(code);
}

/** One thing wrong with a pack. */
export interface Diagnostic {
  readonly code: DiagnosticCode;
  readonly place: Place;
  readonly values: Values;
}

/** The words of a diagnostic, without its place. */
export function wordDiagnostic(diagnostic: Diagnostic, language: 'zh' | 'en'): string {
  return wordings[diagnostic.code][language](diagnostic.values);
}

/** One line as compilers write it: `file:line:column [code] words`. */
export function formatDiagnostic(diagnostic: Diagnostic, language: 'zh' | 'en'): string {
  const { file, line, column } = diagnostic.place;
  return `${file}:${line}:${column} [${diagnostic.code}] ${wordDiagnostic(diagnostic, language)}`;
}

/** Collects diagnostics while a pack is read. */
export class Diagnostics {
  readonly list: Diagnostic[] = [];

  /** Reports one; the same code at the same place is reported once. */
  add(code: DiagnosticCode, place: Place, values: Values = {}): void {
    const known = this.list.some((other) => other.code === code && other.place.file === place.file && other.place.line === place.line && other.place.column === place.column);
    if (!known) this.list.push({ code, place, values });
  }
}

// Reads cities/reference/questions.yaml: how every fact of the vocabulary is asked for, in both languages.
// What is wrong in the file is thrown at once, in both languages and with its line, as for the other reference files.

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { isMap, isScalar, isSeq, LineCounter, type Node, parseDocument } from 'yaml';
import type { Fact, SubjectKind, Vocabulary, Words } from '../policy/model.ts';
import type { AnswerWords, Question, Questions } from '../policy/questions.ts';
import { nearest } from '../policy/problems.ts';

/** The file's path from the root. */
const questionsFile = 'cities/reference/questions.yaml';

type Vocabularies = Readonly<Record<SubjectKind, Vocabulary>>;

const kinds: readonly SubjectKind[] = ['person', 'organisation', 'project', 'team'];
const texts = ['叫法', '问题', '用处', '解释', '都没有', '单位'] as const;
const known: readonly string[] = [...texts.flatMap((key) => [key, `英文${key}`]), '选项', '难易', '先问'];
const eases: Readonly<Record<string, number>> = { 容易: 1, 难: 0.4 };
const USUAL_EASE = 0.7;

/** Reads the questions of a root folder. @throws Error that names file and line. */
export function readQuestions(root: string, vocabularies: Vocabularies): Questions {
  return parseQuestions(readFileSync(join(root, questionsFile), 'utf8'), vocabularies);
}

/** Reads the text of questions.yaml. @throws Error that names file and line, for anything that the file's own header does not allow. */
export function parseQuestions(text: string, vocabularies: Vocabularies): Questions {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, uniqueKeys: false });
  const lineAt = (offset: number): number => Math.max(1, lines.linePos(offset).line);
  const broken = document.errors[0];
  if (broken !== undefined) fail(lineAt(broken.pos[0]), 'YAML 写法有误', broken.message.split('\n')[0] ?? '');
  return new Reader((node) => lineAt((node as Node | null)?.range?.[0] ?? 0), vocabularies).read(document.contents);
}

function fail(line: number, zh: string, en: string): never {
  throw new Error(`${questionsFile} 第 ${line} 行：${zh} / line ${line}: ${en}`);
}

interface Entry {
  readonly key: string;
  readonly line: number;
  readonly value: unknown;
}

class Reader {
  private readonly lineOf: (node: unknown) => number;
  private readonly vocabularies: Vocabularies;

  constructor(lineOf: (node: unknown) => number, vocabularies: Vocabularies) {
    this.lineOf = lineOf;
    this.vocabularies = vocabularies;
  }

  read(contents: unknown): Questions {
    const found: Partial<Record<SubjectKind, Readonly<Record<string, Question>>>> = {};
    for (const { key, line, value } of this.entries(contents, 1)) {
      const kind = kinds.find((name) => name === key);
      if (kind === undefined) fail(line, `没有“${key}”这一类主体，应当是 ${kinds.join('、')} 之一`, `no kind of subject "${key}"; expected one of ${kinds.join(', ')}`);
      found[kind] = this.section(kind, line, value);
    }
    const sectionOf = (kind: SubjectKind): Readonly<Record<string, Question>> => {
      const first = this.vocabularies[kind].facts[0];
      if (found[kind] === undefined && first !== undefined) fail(1, `缺少“${kind}”一节`, `the section "${kind}" is missing`);
      return found[kind] ?? {};
    };
    return { person: sectionOf('person'), organisation: sectionOf('organisation'), project: sectionOf('project'), team: sectionOf('team') };
  }

  private section(kind: SubjectKind, line: number, node: unknown): Readonly<Record<string, Question>> {
    const facts = new Map(this.vocabularies[kind].facts.map((fact) => [fact.name, fact]));
    const questions: Record<string, Question> = {};
    for (const entry of this.entries(node, line)) {
      const fact = facts.get(entry.key);
      if (fact === undefined) {
        const near = nearest(entry.key, facts.keys());
        fail(entry.line, `没有“${entry.key}”这个事实${near === undefined ? '' : `，是不是“${near}”`}`, `there is no fact "${entry.key}"${near === undefined ? '' : `; did you mean "${near}"?`}`);
      }
      questions[entry.key] = this.question(fact, entry);
    }
    for (const [name, { after }] of Object.entries(questions)) if (after !== undefined) this.checkAfter(name, after, questions, line);
    for (const name of facts.keys()) if (!Object.hasOwn(questions, name)) fail(line, `“${kind}”里的事实“${name}”没有问题`, `the fact "${name}" of ${kind} has no question`);
    return questions;
  }

  /** What is asked before must be a question, and not wait for this one in turn. */
  private checkAfter(name: string, after: string, questions: Readonly<Record<string, Question>>, line: number): void {
    const seen = new Set([name]);
    for (let at: string | undefined = after; at !== undefined; at = questions[at]?.after) {
      if (!Object.hasOwn(questions, at)) fail(line, `“${name}”的“先问”写的“${at}”不是这一节的事实`, `先问 of "${name}" names "${at}", which is no fact of the section`);
      if (seen.has(at)) fail(line, `“${name}”的“先问”绕回了自己`, `先问 of "${name}" leads back to itself`);
      seen.add(at);
    }
  }

  private question(fact: Fact, { key: name, line, value }: Entry): Question {
    const parts = new Map<string, Entry>();
    for (const part of this.entries(value, line)) {
      if (!known.includes(part.key)) {
        const near = nearest(part.key, known);
        fail(part.line, `“${name}”里没有“${part.key}”这一项${near === undefined ? '' : `，是不是“${near}”`}`, `"${name}" has no part "${part.key}"${near === undefined ? '' : `; did you mean "${near}"?`}`);
      }
      parts.set(part.key, part);
    }
    const words = (part: (typeof texts)[number]): Words | undefined => {
      const zh = parts.get(part);
      const en = parts.get(`英文${part}`);
      if (zh === undefined && en === undefined) return undefined;
      if (zh === undefined || en === undefined) fail((zh ?? en)?.line ?? line, `“${name}”的“${part}”要有中文和英文（英文${part}）`, `"${name}" needs ${part} in Chinese and in English (英文${part})`);
      return { zh: this.text(zh), en: this.text(en) };
    };
    const required = (part: (typeof texts)[number]): Words => words(part) ?? fail(line, `“${name}”缺少“${part}”`, `"${name}" lacks ${part}`);
    const ease = parts.get('难易');
    const easy = ease === undefined ? USUAL_EASE : eases[this.text(ease)];
    if (easy === undefined) fail(ease?.line ?? line, `“难易”应当是 ${Object.keys(eases).join('、')} 之一`, `难易 should be one of ${Object.keys(eases).join(', ')}`);
    const [help, none, unit] = [words('解释'), words('都没有'), words('单位')];
    const isSet = fact.type === 'kinds' || fact.type === 'places';
    if (isSet !== (none !== undefined)) fail(line, `“${name}”${isSet ? '缺少“都没有”' : '不是一组，不写“都没有”'}`, `"${name}" ${isSet ? 'lacks 都没有' : 'is no set and has no 都没有'}`);
    const isCounted = fact.type === 'number' || fact.type === 'years';
    if (isCounted !== (unit !== undefined)) fail(line, `“${name}”${isCounted ? '缺少“单位”' : '不是个数，不写“单位”'}`, `"${name}" ${isCounted ? 'lacks 单位' : 'is no number and has no 单位'}`);
    const answers = this.answers(fact, parts.get('选项'), line);
    const after = parts.get('先问');
    return {
      name: words('叫法') ?? { zh: name.replace('用人单位.', '单位的'), en: fact.en },
      title: required('问题'),
      why: required('用处'),
      ...(help === undefined ? {} : { help }),
      ...(answers === undefined ? {} : { answers }),
      ...(none === undefined ? {} : { none }),
      ...(unit === undefined ? {} : { unit }),
      ease: easy,
      ...(after === undefined ? {} : { after: this.text(after) }),
    };
  }

  /** Every answer of a fact that is chosen from a list. */
  private answers(fact: Fact, given: Entry | undefined, line: number): AnswerWords[] | undefined {
    const values = fact.type === 'flag' ? ['是', '否'] : fact.values;
    if (values === undefined) {
      if (given !== undefined) fail(given.line, `“${fact.name}”是 ${fact.type}，没有选项`, `"${fact.name}" is ${fact.type}, which has no 选项`);
      return undefined;
    }
    if (given === undefined) {
      if (fact.type === 'flag') fail(line, `“${fact.name}”缺少“选项”（是、否）`, `"${fact.name}" lacks 选项 (是, 否)`);
      const plain = values.map((value, index): AnswerWords => ({ value, label: { zh: value, en: fact.valuesEn?.[index] ?? value } }));
      return fact.type === 'level' ? plain.reverse() : plain;
    }
    const answers = this.entries(given.value, given.line).map((entry): AnswerWords => {
      if (!values.includes(entry.key)) fail(entry.line, `“${fact.name}”没有“${entry.key}”这个值，应当是 ${values.join('、')} 之一`, `"${fact.name}" has no value "${entry.key}"; expected one of ${values.join(', ')}`);
      const [zh, en, hint, hintEn, more] = this.list(entry);
      if (zh === undefined || en === undefined || (hint === undefined) !== (hintEn === undefined) || more !== undefined) {
        fail(entry.line, `“${entry.key}”应当写 [中文, 英文]，或者 [中文, 英文, 小字, 英文小字]`, `"${entry.key}" should be [Chinese, English] or [Chinese, English, hint, English hint]`);
      }
      return { value: fact.type === 'flag' ? entry.key === '是' : entry.key, label: { zh, en }, ...(hint === undefined || hintEn === undefined ? {} : { hint: { zh: hint, en: hintEn } }) };
    });
    const lacking = values.filter((value) => !answers.some((answer) => answer.value === (fact.type === 'flag' ? value === '是' : value)));
    if (lacking.length > 0) fail(given.line, `“${fact.name}”的选项缺少 ${lacking.join('、')}`, `选项 of "${fact.name}" lacks ${lacking.join(', ')}`);
    return answers;
  }

  private list({ key, line, value }: Entry): string[] {
    if (!isSeq(value)) fail(line, `“${key}”应当是一个列表`, `"${key}" should be a list`);
    return value.items.map((item) => this.text({ key, line, value: item }));
  }

  private text({ key, line, value }: Entry): string {
    const text = isScalar(value) && typeof value.value === 'string' ? value.value.trim() : '';
    if (text === '') fail(line, `“${key}”应当是文字（数字加引号）`, `"${key}" should be text (quote numbers)`);
    return text;
  }

  /** Entries of a map whose keys are texts, each written once. */
  private entries(node: unknown, line: number): Entry[] {
    if (!isMap(node)) fail(line, '这里应当是“名称: 内容”的几行', 'lines of "name: content" are expected here');
    const seen = new Set<string>();
    return node.items.map((pair) => {
      const at = this.lineOf(pair.key);
      const key = isScalar(pair.key) && typeof pair.key.value === 'string' ? pair.key.value : fail(at, '名称应当是文字', 'a name should be text');
      if (seen.has(key)) fail(at, `“${key}”写了两次`, `"${key}" is there twice`);
      seen.add(key);
      return { key, line: at, value: pair.value };
    });
  }
}

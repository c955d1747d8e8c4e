// The questions file: every fact is asked for in both languages, and what is wrong in the file is told with its line.
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { openWorkspace } from './workspace.ts';
import { parseQuestions, readQuestions } from './read-questions.ts';
import type { Fact, SubjectKind, ValueType, Vocabulary } from '../policy/model.ts';

const root = join(import.meta.dirname, '../..');
const { vocabularies } = openWorkspace(root);

const fact = (name: string, slot: number, type: ValueType, values?: readonly string[]): Fact => ({ name, slot, type, from: '申报', en: name, ...(values === undefined ? {} : { values, valuesEn: values }) });
const vocabulary = (subject: SubjectKind, facts: readonly Fact[] = []): Vocabulary => ({ subject, facts });
const small = {
  person: vocabulary('person', [fact('学历', 0, 'level', ['专科', '本科']), fact('应届', 1, 'flag'), fact('年限', 2, 'years'), fact('称号', 3, 'kinds', ['甲', '乙'])]),
  organisation: vocabulary('organisation'),
  project: vocabulary('project'),
  team: vocabulary('team'),
};
const good = `person:
  学历:
    问题: 您的学历是什么？
    英文问题: What is your degree?
    用处: 看学历。
    英文用处: It goes by degree.
    难易: 容易
  应届:
    问题: 您是应届吗？
    英文问题: Are you a fresh graduate?
    用处: 看应届。
    英文用处: It goes by year.
    选项:
      是: [是应届, Fresh, 今年毕业, This year]
      否: [不是, 'No']
    先问: 学历
  年限:
    叫法: 做了几年
    英文叫法: years
    问题: 您做了几年？
    英文问题: For how many years?
    用处: 看年限。
    英文用处: It goes by years.
    单位: 年
    英文单位: years
    难易: 难
  称号:
    问题: 您有什么称号？
    英文问题: Which titles?
    用处: 看称号。
    英文用处: It goes by title.
    都没有: 都没有
    英文都没有: None
`;
const fault = (text: string): string => {
  try {
    parseQuestions(text, small);
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
  return 'nothing';
};

test('the real file asks for every fact of every kind of subject, and for nothing else', () => {
  const questions = readQuestions(root, vocabularies);
  for (const kind of ['person', 'organisation', 'project', 'team'] as const) {
    expect(Object.keys(questions[kind]).sort()).toEqual(vocabularies[kind].facts.map(({ name }) => name).sort());
    const flawed = vocabularies[kind].facts.filter(({ name, type }) => {
      const question = questions[kind][name];
      if (question === undefined || !/^[^？]{2,30}？$/.test(question.title.zh) || !question.why.zh.endsWith('。')) return true;
      const answers = question.answers ?? [];
      if (type === 'flag' && answers.map(({ value }) => String(value)).sort().join() !== 'false,true') return true;
      return /\p{Script=Han}/u.test([question.title, question.why, question.name, question.help, ...answers.map(({ label }) => label)].map((words) => words?.en ?? '').join(' '));
    });
    expect(flawed.map(({ name }) => name)).toEqual([]);
  }
});

test('a small file is read whole: order, words, answers, units', () => {
  const { person } = parseQuestions(good, small);
  expect(Object.keys(person)).toEqual(['学历', '应届', '年限', '称号']);
  expect(person['学历']).toEqual({
    name: { zh: '学历', en: '学历' },
    title: { zh: '您的学历是什么？', en: 'What is your degree?' },
    why: { zh: '看学历。', en: 'It goes by degree.' },
    answers: ['本科', '专科'].map((value) => ({ value, label: { zh: value, en: value } })),
    ease: 1,
  });
  expect(person['应届']).toMatchObject({ after: '学历', ease: 0.7, answers: [{ value: true, label: { zh: '是应届', en: 'Fresh' }, hint: { zh: '今年毕业', en: 'This year' } }, { value: false }] });
  expect(person['年限']).toMatchObject({ unit: { zh: '年', en: 'years' }, ease: 0.4, name: { zh: '做了几年', en: 'years' } });
  expect(person['称号']).toMatchObject({ none: { zh: '都没有', en: 'None' } });
});

describe('what is wrong is told with file and line, in both languages', () => {
  const cases: readonly (readonly [what: string, text: string, message: RegExp])[] = [
    ['a fact that is not there', good.replace('  应届:', '  应界:'), /questions\.yaml 第 8 行：没有“应界”这个事实，是不是“应届” \/ line 8: there is no fact "应界"; did you mean "应届"\?/],
    ['a fact without a question', good.slice(0, good.indexOf('  称号:')), /第 1 行：“person”里的事实“称号”没有问题/],
    ['a fact twice', `${good}  学历:\n    问题: 再问？\n`, /第 34 行：“学历”写了两次/],
    ['no English', good.replace('    英文用处: It goes by year.\n', ''), /第 11 行：“应届”的“用处”要有中文和英文/],
    ['no question', good.replace(/ {4}(英文)?问题: .*(应届|fresh).*\n/g, ''), /第 8 行：“应届”缺少“问题”/],
    ['a part that is not there', good.replace('    难易: 容易', '    难度: 容易'), /第 7 行：“学历”里没有“难度”这一项，是不是“难易”/],
    ['an ease that is not there', good.replace('难易: 容易', '难易: 中等'), /第 7 行：“难易”应当是 容易、难 之一/],
    ['an answer that is not there', good.replace('      否: ', '      不: '), /第 15 行：“应届”没有“不”这个值，应当是 是、否 之一/],
    ['an answer that is missing', good.replace("      否: [不是, 'No']\n", ''), /第 13 行：“应届”的选项缺少 否/],
    ['an answer without English', good.replace("[不是, 'No']", '[不是]'), /第 15 行：“否”应当写 \[中文, 英文\]/],
    ['no answers of a flag', good.replace(/ {4}选项:\n.*\n.*\n/, ''), /第 8 行：“应届”缺少“选项”/],
    ['no unit', good.replace('    单位: 年\n    英文单位: years\n', ''), /第 17 行：“年限”缺少“单位”/],
    ['a unit of what is no number', good.replace('    难易: 容易', '    单位: 个\n    英文单位: pieces'), /第 2 行：“学历”不是个数，不写“单位”/],
    ['no word for none', good.replace(/ {4}(英文)?都没有: .*\n/g, ''), /第 27 行：“称号”缺少“都没有”/],
    ['asked after what is not there', good.replace('先问: 学历', '先问: 学力'), /“应届”的“先问”写的“学力”不是这一节的事实/],
    ['asked after itself', good.replace('    难易: 容易', '    先问: 应届'), /的“先问”绕回了自己/],
    ['a section that is not there', good.replace('person:', 'persons:'), /第 1 行：没有“persons”这一类主体/],
    ['a missing section', 'organisation: {}\n', /第 1 行：缺少“person”一节/],
    ['broken YAML', `${good}  [`, /YAML 写法有误/],
    ['not a map', 'person: 1\n', /第 1 行：这里应当是“名称: 内容”的几行/],
  ];
  test.each(cases)('%s', (_what, text, message) => {
    expect(fault(text)).toMatch(message);
    expect(fault(text)).toMatch(/line \d+: \S/);
  });
  test('and the good file has no fault', () => {
    expect(fault(good)).toBe('nothing');
  });
});

// The reference data that is shipped, counted and looked up, and the errors of a vocabulary or table that is not well made.

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { Fact, SubjectKind } from '../policy/model.ts';
import { openReference } from '../policy/reference.ts';
import { readReference, readReferenceFolder, readVocabularies } from './read-reference.ts';

const root = join(import.meta.dirname, '..', '..');
const { vocabularies, reference: data } = readReferenceFolder(root);
const reference = openReference(data);
const fileText = (file: string): string => readFileSync(join(root, 'cities', 'reference', file), 'utf8');

function factOf(kind: SubjectKind, name: string): Fact {
  const fact = vocabularies[kind].facts.find((one) => one.name === name);
  if (fact === undefined) throw new Error(`no fact ${name}`);
  return fact;
}

// Names that packs and checks outside this project rely on, in their order.
const personNames =
  '出生日期 年龄 国籍 籍贯 户籍地 原户籍地 亲属常驻地 学历 全日制 毕业院校 院校类别 毕业日期 毕业年限 在校生 应届 留学回国 入职日期 初次就业 ' +
  '合同起始日 合同年限 已履行年限 缴纳社保 在岗 全职 年薪 年缴个税 人才类别 人才对象 从业年限 关键岗位经历 职称 职称取得日期 职称名称 ' +
  '国际执业资格 技能等级 技能取得日期 乡村人才 称号 已享国家省引才奖励 家庭城区住房套数 享受政策性住房补贴 符合人才公寓办法 选调生 入住人才公寓 ' +
  '购房日期 购房地 本人名下购房 创业注册日期 创业身份 首次创业 仍在经营 创业地 创业者 创业投资额 乡镇以下工作年限 中级聘任年限 表现突出 ' +
  '第一学历院校 第一学历院校类别 境外院校档次 破格认定 业绩突出 享受政策性补贴 长春高校校友 技术经纪人 实训基地实习 认定为引进人才 房交会购房';
const organisationNames = '单位类型 所有制 所在地 规上 中小微 高新技术企业 专精特新 重点产业 新获批国家级平台 新引进培养人才';
const projectNames = '技术交易总额 技术合同成交额 具有产业化前景 高端人才创办 科技企业 项目总投资 实际到位资金';

describe('the vocabulary that is shipped', () => {
  it('has every fact, in order, an employer’s after a person’s own', () => {
    const names = (kind: SubjectKind): string[] => vocabularies[kind].facts.map((fact) => fact.name);
    expect(names('person')).toEqual([...personNames.split(' '), ...organisationNames.split(' ').map((name) => `用人单位.${name}`)]);
    expect(names('organisation')).toEqual(organisationNames.split(' '));
    expect(names('project')).toEqual(projectNames.split(' '));
    expect(names('team')).toEqual([]);
    expect([68 + 10, 10, 7]).toEqual([names('person').length, names('organisation').length, names('project').length]);
  });

  it('numbers the slots by place', () => {
    for (const vocabulary of Object.values(vocabularies)) expect(vocabulary.facts.map((fact) => fact.slot)).toEqual(vocabulary.facts.map((_, at) => at));
  });

  it('keeps the values that outside checks use', () => {
    expect(factOf('person', '学历').values).toEqual(['初中及以下', '高中', '专科', '本科', '硕士研究生', '博士研究生']);
    expect(factOf('person', '人才类别').values).toEqual(['无', 'E', 'D', 'C', 'B', 'A']);
    expect(factOf('person', '院校类别').values).toEqual(data.universityClasses);
    expect(factOf('person', '第一学历院校类别').values).toEqual(data.universityClasses);
    expect(factOf('organisation', '专精特新').values).toEqual(['否', '市级', '省级', '国家级']);
  });

  it('has English for every fact and value', () => {
    const facts = Object.values(vocabularies).flatMap((vocabulary) => vocabulary.facts);
    const lacking = facts.filter((fact) => !/^[a-z]/.test(fact.en) || fact.valuesEn?.length !== fact.values?.length || /\p{Script=Han}/u.test(fact.valuesEn?.join() ?? ''));
    expect(lacking.map((fact) => fact.name)).toEqual([]);
    expect(factOf('person', '人才类别').en).toBe('talent category, provincial 2.0 scheme');
  });

  it('resolves what is derived, and how', () => {
    const derived = vocabularies.person.facts.filter((fact) => fact.from === '推算').map((fact) => [fact.name, vocabularies.person.facts[fact.of ?? -1]?.name, fact.by]);
    expect(derived).toEqual([
      ['年龄', '出生日期', 'whole-years'],
      ['院校类别', '毕业院校', 'university'],
      ['毕业年限', '毕业日期', 'whole-years'],
      ['已履行年限', '合同起始日', 'whole-years'],
      ['第一学历院校类别', '第一学历院校', 'university'],
    ]);
  });

  it('knows sets of places', () => {
    const fact = factOf('person', '亲属常驻地');
    expect(fact.type).toBe('places');
    expect(fact.values ?? fact.of).toBeUndefined();
  });

  it('marks the employer', () => {
    expect(vocabularies.person.employerKindSlot).toBe(factOf('person', '用人单位.单位类型').slot);
    expect(vocabularies.person.facts.filter((fact) => fact.employer === true)).toHaveLength(10);
    expect(factOf('person', '用人单位.所在地')).toMatchObject({ type: 'place', from: '共享', en: 'employer: location', slot: 70 });
    expect(vocabularies.organisation.employerKindSlot).toBeUndefined();
  });
});

describe('a vocabulary with a mistake', () => {
  const smallest = ['person:', '  毕业院校: { type: text, from: 共享, en: university }', 'organisation:', '  单位类型: { type: kind, values: [无, 企业], en_values: [none, enterprise], from: 共享, en: kind }', 'project: {}'];
  /** The smallest vocabulary with one more line of a person. */
  const withFact = (line: string): string => [...smallest.slice(0, 2), `  ${line}`, ...smallest.slice(2)].join('\n');
  const many = Array.from({ length: 32 }, (_, at) => `v${at}`).join(', ');

  it('is none when it is well made', () => {
    const { person, team } = readVocabularies(smallest.join('\n')).vocabularies;
    expect(person.facts.map((fact) => fact.name)).toEqual(['毕业院校', '用人单位.单位类型']);
    expect(person.employerKindSlot).toBe(1);
    expect(team.facts).toEqual([]);
  });

  it.each([
    ['甲: { type: colour, from: 申报, en: a }', '第 3 行：“甲”的 type 应当是', 'line 3: type of "甲" should be one of flag, number'],
    ['甲: { from: 申报, en: a }', '这里是 空', 'found nothing'],
    ['甲: { type: flag, from: 听说, en: a }', '“甲”的 from 应当是 申报', 'from of "甲" should be one of 申报'],
    ['甲: { type: flag, from: 申报 }', '“甲”缺少英文名称 en', '"甲" lacks its English label en'],
    ['甲: { type: flag, from: 申报, en: one, two }', '“甲”里没有“two”这一项', 'quote a text that holds a comma'],
    ['毕业院校: { type: text, from: 共享, en: a }', '“毕业院校”重复，第 2 行已有', '"毕业院校" is there twice, first in line 2'],
    ['甲: { type: years, from: 推算, of: 乙, by: whole-years, en: a }', '由“乙”推算，但没有这个事实', 'is derived from "乙", which does not exist'],
    ['甲: { type: years, from: 推算, of: 毕业院校, by: whole-years, en: a }', '这里由 text 推算 years', 'here years from text'],
    ['甲: { type: years, from: 推算, of: 毕业院校, en: a }', '“甲”的 by 应当是', 'by of "甲" should be one of whole-years, university'],
    ['甲: { type: years, from: 推算, by: whole-years, en: a }', '推算的事实写 of 和 by', 'states of and by'],
    ['甲: { type: kinds, of: place, from: 推算, by: university, en: a }', '推算的事实写 of 和 by', 'states of and by'],
    ['甲: { type: text, from: 共享, of: 毕业院校, en: a }', '其他事实不写', 'no other fact does'],
    ['甲: { type: kinds, values: ["985"], en_values: [a], from: 推算, of: 毕业院校, by: university, en: a }', '应当依次是 清华北大', 'in this order'],
    ['甲: { type: kind, values: [一, 二], en_values: [one], from: 共享, en: a }', '有 2 个 values，却有 1 个 en_values', 'has 2 values but 1 en_values'],
    ['甲: { type: kind, values: [一, 二], from: 共享, en: a }', '“甲”的 en_values 应当是一组文字', 'en_values of "甲" should be a list of texts'],
    ['甲: { type: kind, values: [985], en_values: [a], from: 共享, en: a }', '数字加引号', 'quote numbers'],
    ['甲: { type: kind, values: [一, 一], en_values: [a, b], from: 共享, en: a }', '里“一”重复', 'lists "一" twice'],
    [`甲: { type: kinds, values: [${many}], en_values: [${many}], from: 共享, en: a }`, '最多 31 个值，这里有 32', 'at most 31 values, found 32'],
    ['甲: { type: flag, values: [一], from: 共享, en: a }', '不列 values', 'lists no values'],
    ['用人单位: { type: flag, from: 共享, en: a }', '不能作事实的名称', 'cannot name a fact'],
    ['甲.乙: { type: flag, from: 共享, en: a }', '不能作事实的名称', 'cannot name a fact'],
    ['甲:', '“甲”应当是“名称: 内容”的列表', '"甲" should be a list'],
    ['甲: { type: flag', '第 ', 'YAML 写法有误'],
  ])('%s', (line, zh, en) => {
    const read = (): unknown => readVocabularies(withFact(line));
    expect(read).toThrow(zh);
    expect(read).toThrow(en);
    expect(read).toThrow(/^第 \d+ 行：.* \/ line \d+: /);
  });

  it('must say which employer is none', () => {
    const expected = 'should have "单位类型" of type kind whose first value is "无"';
    expect(() => readVocabularies(smallest.join('\n').replace('[无, 企业]', '[企业, 无]'))).toThrow(`line 4: organisation ${expected}`);
    expect(() => readVocabularies('person: {}\norganisation: {}\nproject: {}')).toThrow(expected);
  });

  it('has the sections that there are', () => {
    expect(() => readVocabularies('person: {}\norganisation: {}')).toThrow('the section "project" is missing');
    expect(() => readVocabularies(`${smallest.join('\n')}\npets: {}`)).toThrow('line 6: no kind of subject "pets"');
    expect(() => readVocabularies('')).toThrow('第 1 行');
  });
});

describe('universities', () => {
  const rows = fileText('universities.csv').trim().split('\n').slice(1).map((line) => line.split(','));
  const classes = (name: string): string[] => data.universityClasses.filter((_, bit) => (reference.universityClasses(name) & (1 << bit)) !== 0);

  it('are as many as the official lists have', () => {
    const count = (name: string): number => rows.filter((row) => classes(row[0] ?? '').includes(name)).length;
    expect(rows).toHaveLength(147);
    expect(count('清华北大')).toBe(2);
    expect(count('985')).toBe(39);
    // 112 by the official count, which takes 矿业, 石油 and 地质 with two campuses each as one.
    expect(count('211')).toBe(115);
    expect(new Set(rows.map((row) => row[0] ?? '').filter((name) => classes(name).includes('211')).map((name) => name.replace(/\(.*\)/, ''))).size).toBe(112);
    expect(count('双一流')).toBe(147);
  });

  it('hold each class in those above it', () => {
    const settled = data.universities.slice(0, data.officialUniversities);
    expect(settled).toHaveLength(147);
    expect(settled.filter(([, bits]) => ![0b1111, 0b1110, 0b1100, 0b1000].includes(bits))).toEqual([]);
  });

  it('leave the class of a name that universities of different classes share unknown', () => {
    // 宁夏大学 is 211, 宁波大学 is not; 上海交通大学 is 985, 北京交通大学 is not; 华东师范大学 is 985; 华中农业大学 is 211.
    expect(data.universities.filter(([, bits]) => bits < 0).map(([name]) => name).sort()).toEqual(['宁大', '交大', '华师', '华农'].sort());
  });

  it('know independent colleges, which have no class though they bear a listed name', () => {
    const aliases = data.universityAliases ?? [];
    const colleges = data.universities.slice((data.officialUniversities ?? 0) + aliases.length);
    expect(colleges.length).toBeGreaterThan(100);
    expect(colleges.filter(([name, bits]) => bits !== 0 || !/(?:学院|分校)$/.test(name))).toEqual([]);
    expect(colleges).toContainEqual(['吉林大学珠海学院', 0]);
  });

  it.each([
    ['北大', ['清华北大', '985', '211', '双一流']],
    ['清华', ['清华北大', '985', '211', '双一流']],
    ['清华大学', ['清华北大', '985', '211', '双一流']],
    ['吉大', ['985', '211', '双一流']],
    ['吉林大学', ['985', '211', '双一流']],
    [' 吉林 大学 ', ['985', '211', '双一流']],
    ['东北师大', ['211', '双一流']],
    ['第二军医大学', ['211', '双一流']],
    ['四军医', ['211', '双一流']],
    ['上海体育学院', ['双一流']],
    ['外交学院', ['双一流']],
    ['中国矿业大学（北京）', ['211', '双一流']],
    ['中国矿业大学(北京)', ['211', '双一流']],
    ['中国矿业大学北京', ['211', '双一流']],
    ['中国石油大学华东', ['211', '双一流']],
    ['中国地质大学', ['211', '双一流']],
    ['北华大学', []],
    ['长春理工大学', []],
    ['', []],
  ])('%s', (name, expected) => {
    expect(classes(name)).toEqual(expected);
  });

  it('are found by every name that means one class only', () => {
    const meant = new Map<string, Set<number>>();
    for (const row of rows) {
      for (const name of [row[0] ?? '', ...(row[1] ?? '').split('|')].filter((one) => one !== '')) {
        meant.set(name, (meant.get(name) ?? new Set<number>()).add(reference.universityClasses(row[0] ?? '')));
      }
    }
    const ambiguous = [...meant].filter(([, bits]) => bits.size > 1).map(([name]) => name);
    expect(ambiguous.sort()).toEqual(['宁大', '交大', '华师', '华农'].sort());
    const found = [...meant.keys()].map((name) => [name, reference.universityClasses(name)]);
    expect(found).toEqual([...meant].map(([name, bits]) => [name, bits.size > 1 ? -1 : [...bits][0]]));
  });

  it('are each named once', () => {
    expect(new Set(data.universities.map(([name]) => name)).size).toBe(data.universities.length);
  });
});

describe('places', () => {
  it.each([
    [220000, 220000, '吉林省'],
    [220200, 220200, '吉林市'],
    [220271, 220271, '吉林经济开发区'],
    [222400, 222400, '延边朝鲜族自治州'],
    [220184, 220184, '长春市公主岭市'],
    [220381, 220184, undefined],
    [441900, 441900, '东莞市'],
    [999999, undefined, undefined],
  ])('%i', (code, current, name) => {
    expect(reference.place(code)).toBe(current);
    expect(reference.placeName(code)).toBe(name);
  });

  it('are as many as the list has', () => {
    expect(data.places).toHaveLength(3348);
    expect(data.placeNames).toHaveLength(3348);
    expect(data.places.filter((code) => code % 10000 === 0)).toHaveLength(31);
    expect(data.places.filter((code) => code % 10000 !== 0 && code % 100 === 0)).toHaveLength(342);
    expect(data.places.filter((code) => code % 100 !== 0)).toHaveLength(2975);
    expect(data.retiredPlaces).toHaveLength(8);
  });

  it('stand in places that there are', () => {
    const known = new Set(data.places);
    expect(data.places.filter((code) => !known.has(Math.floor(code / 100) * 100) || !known.has(Math.floor(code / 10000) * 10000))).toEqual([]);
  });
});

describe('a table with a mistake', () => {
  const good = {
    divisions: 'code,name,level\n220000,吉林省,province\n220184,公主岭市,county\n',
    retired: 'retired,current,name,since,source\n220381,220184,公主岭市,2020-06,x\n',
    universities: 'name,former_or_short_names,province,985,211,双一流,清华北大\n甲大学,甲大,吉林,0,0,1,0\n',
    colleges: 'university,colleges\n甲大学,乙学院|丙学院\n',
  };

  it('is none when it is well made, whatever the ends of lines', () => {
    const windows = { ...good, divisions: `\uFEFF${good.divisions.replaceAll('\n', '\r\n')}` };
    expect(readReference(windows)).toEqual(readReference(good));
    expect(readReference(good)).toMatchObject({ places: [220000, 220184], retiredPlaces: [[220381, 220184]], universities: [['甲大学', 8], ['甲大', 8], ['甲大学乙学院', 0], ['甲大学丙学院', 0]] });
  });

  it('never takes a short name for another university’s official one', () => {
    const universities = `${good.universities}甲大,,吉林,1,1,1,0\n`;
    expect(openReference(readReference({ ...good, universities })).universityClasses('甲大')).toBe(0b1110);
  });

  it('makes the forms that people write, and knows whose they are', () => {
    const universities = `${good.universities}丙丁师范大学(某地),丙师|甲大(某某),吉林,0,1,1,0\n戊己庚辛大学,,吉林,1,1,1,0\n`;
    const read = readReference({ ...good, universities });
    const meant = new Map(read.universities.slice(3).map(([name, bits], at) => [name, [bits, read.universityAliases?.[at]]]));
    expect([...meant]).toEqual([
      ['甲大', [8, 0]],
      ['丙丁师范大学某地', [12, 1]],
      ['丙丁师范大学', [12, 1]],
      ['丙师', [12, 1]],
      ['甲大(某某)', [12, 1]],
      ['甲大某某', [12, 1]],
      ['戊己庚辛', [14, 2]],
      ['甲大学乙学院', [0, undefined]],
      ['甲大学丙学院', [0, undefined]],
    ]);
  });

  it.each([
    [{ divisions: 'code,name\n' }, 'divisions.csv 第 1 行：第一行应当是 code,name,level / line 1: the first line should be'],
    [{ divisions: `${good.divisions}220000,吉林省,province\n` }, 'divisions.csv 第 4 行：220000 重复 / line 4: 220000 is there twice'],
    [{ divisions: `${good.divisions}2202,吉林市,prefecture\n` }, '"2202" is not a six-digit division code'],
    [{ divisions: `${good.divisions}220200,,prefecture\n` }, '220200 has no name'],
    [{ divisions: `${good.divisions}220200,"吉林市",prefecture\n` }, 'line 4: quotes are not allowed'],
    [{ divisions: `${good.divisions}220200,吉林市\n` }, 'expected 3 columns, found 2'],
    [{ retired: good.retired.replace('220184', '220185') }, 'retired-divisions.csv 第 2 行：没有代码 220185 / line 2: there is no code 220185'],
    [{ retired: good.retired.replace('220381', '220000') }, '220000 is still in use or there twice'],
    [{ universities: `${good.universities}甲大学,,吉林,0,0,1,0\n` }, 'universities.csv 第 3 行：“甲大学”重复'],
    [{ universities: `${good.universities}乙大学,,吉林,0,0,是,0\n` }, 'classes of "乙大学" should be 0 or 1'],
    [{ universities: `${good.universities},,吉林,0,0,1,0\n` }, 'the name is missing'],
    [{ universities: `${good.universities}乙大学,乙大||乙,吉林,0,0,1,0\n` }, 'another name of "乙大学" is empty'],
    [{ colleges: 'university\n' }, 'independent-colleges.csv 第 1 行：第一行应当是 university,colleges'],
    [{ colleges: `${good.colleges}乙大学,丁学院\n` }, 'independent-colleges.csv 第 3 行：名单里没有“乙大学”'],
    [{ colleges: `${good.colleges}甲大学,丁学院|\n` }, 'a college of "甲大学" has no name'],
    [{ colleges: `${good.colleges}甲大学,乙学院\n` }, '"甲大学乙学院" is there twice'],
  ])('%j', (change, message) => {
    expect(() => readReference({ ...good, ...change })).toThrow(message);
  });
});

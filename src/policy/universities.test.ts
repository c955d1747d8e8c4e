// Universities by the names people write: which classes a name settles, whose official name it stands for, and what is suggested.

import fc from 'fast-check';
import { join } from 'node:path';
import { describe, expect, it, test } from 'vitest';
import { readReferenceFolder } from '../authoring/read-reference.ts';
import { classesOfUniversity, officialUniversity, spellUniversity, suggestUniversities, universityHint } from './universities.ts';

const { reference: list } = readReferenceFolder(join(import.meta.dirname, '..', '..'));
const officials = list.universities.slice(0, list.officialUniversities).map(([name]) => name);
const [TOP, KEY, HUNDRED, FIRST] = [0b1111, 0b1110, 0b1100, 0b1000];

describe('names as people write them', () => {
  test.each([
    ['北京大学', '北大 北京大学医学部 北京医科大学 北京大学深圳研究生院', TOP],
    ['清华大学', '清华 清华大学深圳国际研究生院 中央工艺美术学院', TOP],
    ['吉林大学', '吉大 吉林大学南岭校区 吉林大学（前卫校区） 吉大朝阳校区 白求恩医科大学 吉林工业大学 长春科技大学 长春邮电学院', KEY],
    ['哈尔滨工业大学', '哈工大 哈尔滨工业大学（深圳） 哈工大威海 哈尔滨工业大学威海 哈尔滨工业大学威海分校 哈尔滨工业 哈尔滨工大 哈尔滨建筑大学', KEY],
    ['山东大学', '山大 山东大学威海 山东大学(威海) 山东大学威海校区 山东大学威海分校 山东医科大学', KEY],
    ['北京师范大学', '北师大 北京师大 北京师范 北京师范大学珠海校区 北京师范大学(珠海)', KEY],
    ['东北大学', '东大 东北大学秦皇岛分校 东北大学秦皇岛', KEY],
    ['上海交通大学', '上交 上海交大 上海交通 上海第二医科大学 上海交通大学医学院 上海交通大学闵行校区', KEY],
    ['西安交通大学', '西交 西安交大 西安医科大学', KEY],
    ['华中科技大学', '华科 华中科大 华中科技 同济医科大学 华中理工大学', KEY],
    ['北京航空航天大学', '北航 北京航空航天大学学院路校区 北京航空航天大学（沙河校区）', KEY],
    ['中山大学', '中大 中山大学大学城校区 中山大学（广州校区） 中山医科大学', KEY],
    ['大连理工大学', '大工 大连理工大学大连校区 大连理工大学盘锦校区 大连理工', KEY],
    ['东北师范大学', '东师 东北师大 东北师范 东北师范大学净月校区', HUNDRED],
    ['延边大学', '延大 延边医学院 延边农学院', HUNDRED],
    ['中国矿业大学', '矿大 中国矿大 中国矿业大学（徐州） 中国矿大徐州校区', HUNDRED],
    ['中国石油大学(华东)', '中国石油大学华东 石油大学(华东) 石大（华东） 中石大华东 华东石油学院', HUNDRED],
    ['中国石油大学(北京)', '中国石油大学北京 中国石油大学（北京）克拉玛依校区 中国石油大学（北京）', HUNDRED],
    ['中国地质大学(武汉)', '中国地质大学武汉 地大武汉 武汉地质学院', HUNDRED],
    ['华北电力大学', '华电 华北电力 华北电力大学（保定） 华北电力大学保定校区', HUNDRED],
    ['空军军医大学', '第四军医大学 四军医 中国人民解放军第四军医大学', HUNDRED],
    ['北京协和医学院', '协和 协和医学院 中国协和医科大学 北京协和', FIRST],
    ['上海体育大学', '上海体育学院 上海体院', FIRST],
  ])('%s: %s', (official, names, bits) => {
    for (const name of [official, ...names.split(' '), ` ${official.split('').join('\u3000')} `]) {
      expect([name, classesOfUniversity(name, list), officialUniversity(name, list)]).toEqual([name, bits, official]);
    }
  });

  it.each(['中国地质大学', '中国石油大学', '石油大学', '中石大', '石大', '地大', '地大校区'])('%s is several of one class: the class is known, the official name is not', (name) => {
    expect([classesOfUniversity(name, list), officialUniversity(name, list)]).toEqual([HUNDRED, undefined]);
  });

  it.each(['宁大', '交大', '华师', '华农'])('%s is several of different classes: asked again', (name) => {
    expect([classesOfUniversity(name, list), officialUniversity(name, list)]).toEqual([-1, undefined]);
  });

  it.each([
    '吉林大学珠海学院',
    '吉林大学珠海学院斗门校区',
    '吉林大学 莱姆顿学院',
    '浙江大学城市学院',
    '北京师范大学珠海分校',
    '东北师范大学人文学院',
    '中国矿业大学徐海学院',
    '中国石油大学胜利学院',
    '中国石油大学（华东）胜利学院',
    '华北电力大学科技学院',
  ])('%s is an independent college: no class, though it bears a listed name', (name) => {
    expect([classesOfUniversity(name, list), officialUniversity(name, list)]).toEqual([0, undefined]);
    expect(suggestUniversities(name, list)).toEqual([]);
    expect(universityHint(name, list)).toEqual({ known: true, suggestions: [] });
  });

  it.each([
    ['吉林大学计算机学院', '吉林大学'],
    ['吉林大学计算机科学与技术学院南岭校区', '吉林大学'],
    ['吉林大学（某某学院）', '吉林大学'],
    ['清华大学经管学院', '清华大学'],
    ['中国矿业大学（某地）', '中国矿业大学'],
  ])('%s may be a school or a college: neither money nor refusal, but asked again', (name, meant) => {
    expect([classesOfUniversity(name, list), officialUniversity(name, list)]).toEqual([-1, undefined]);
    expect(universityHint(name, list)).toEqual({ known: false, suggestions: expect.arrayContaining([meant]) });
  });

  it('does not mind what cannot be seen', () => {
    expect(['吉林\u200b大学', '\u200e吉林大学\u200f', '吉\u2060林大\u00ad学'].map((name) => officialUniversity(name, list))).toEqual(['吉林大学', '吉林大学', '吉林大学']);
  });

  it.each(['Jilin University', '吉林大學', 'Université de Genève', '東京大學', 'MIT'])('%s is in another script, so nothing is known of it', (name) => {
    expect([classesOfUniversity(name, list), officialUniversity(name, list), universityHint(name, list).known]).toEqual([-1, undefined, false]);
  });

  it.each(['北华大学', '长春理工大学', '吉林农业大学', '延安大学', '东华理工大学', '中国人民', '中国科学院', '中国石油', '吉林', '大学', '南岭校区', '哈佛大学', ''])('%s is not in the list', (name) => {
    expect([classesOfUniversity(name, list), officialUniversity(name, list)]).toEqual([0, undefined]);
  });

  it('spells every listed name as itself, so that it is found', () => {
    expect(list.universities.filter(([name]) => spellUniversity(name) !== name)).toEqual([]);
  });

  it('never gives a class to what merely begins like a listed name', () => {
    fc.assert(
      fc.property(fc.constantFrom(...officials), fc.constantFrom('甲', '乙丙', '某某', '江湖'), fc.constantFrom('学院', '分校', '附属中学', '学院某校区'), (name, some, end) => {
        expect(classesOfUniversity(`${name}${some}${end}`, list)).toBeLessThanOrEqual(0);
      }),
    );
  });
});

describe('suggestions', () => {
  it.each([
    ['吉林大雪', ['吉林大学']],
    ['吉大', ['吉林大学']],
    ['吉林', ['吉林大学']],
    ['东北', ['东北大学', '东北师范大学', '东北农业大学', '东北林业大学']],
    ['北京理大', ['北京理工大学']],
    ['北京航空大学', ['北京航空航天大学']],
    ['哈工业', ['哈尔滨工业大学']],
    ['白求恩', ['吉林大学']],
    ['宁大', ['宁夏大学', '宁波大学']],
    ['吉琳大学', ['吉林大学']],
    ['', []],
    ['哈佛', []],
    ['大'.repeat(100), []],
  ])('%s', (typed, expected) => {
    expect(suggestUniversities(typed, list).slice(0, Math.max(1, expected.length))).toEqual(expected);
  });

  it('are as many as asked for, each once, and official', () => {
    for (const typed of ['大学', '北', '师范', '京']) {
      for (const most of [1, 5, 20]) {
        const found = suggestUniversities(typed, list, most);
        expect(found).toHaveLength(Math.min(most, found.length));
        expect(new Set(found).size).toBe(found.length);
        expect(found.filter((name) => !officials.includes(name))).toEqual([]);
      }
      expect(suggestUniversities(typed, list)).toEqual(suggestUniversities(typed, list, 20).slice(0, 5));
    }
    expect(suggestUniversities('大学', list, 1000).length).toBeGreaterThan(100);
  });

  it('find every university by its official name first, and by each beginning of two characters or more', () => {
    for (const name of officials) {
      expect(suggestUniversities(name, list)[0]).toBe(name);
      for (let length = 2; length < name.length; length++) expect(suggestUniversities(name.slice(0, length), list, 147)).toContain(name);
    }
  });

  it('find every university in spite of a wrong ending, a character missing or two swapped', () => {
    for (const name of officials.filter((one) => one.endsWith('大学'))) {
      expect(suggestUniversities(`${name.slice(0, -1)}雪`, list)[0]).toBe(name);
      for (let at = 0; at < name.length - 1; at++) {
        const swapped = `${name.slice(0, at)}${name[at + 1]}${name[at]}${name.slice(at + 2)}`;
        const missing = `${name.slice(0, at)}${name.slice(at + 1)}`;
        const lost = [swapped, missing].filter((typed) => classesOfUniversity(typed, list) === 0 && !suggestUniversities(typed, list, 147).includes(name));
        expect(lost).toEqual([]);
      }
    }
  });
});

describe('hints for a name given as complete', () => {
  it.each([
    ['吉林大雪', ['吉林大学']],
    ['吉林林大学', ['吉林大学']],
    ['吉林大学大', ['吉林大学']],
    ['宁大', ['宁夏大学', '宁波大学']],
    ['中国海大', ['中国海洋大学']],
    ['北京理大', ['北京理工大学']],
    ['北', []],
    ['', []],
  ])('%s', (name, suggestions) => {
    expect(universityHint(name, list)).toEqual({ known: false, suggestions });
  });

  // Real universities that are rightly not in the list: nobody may be told that they misspelled their school.
  it.each(
    (
      '北华大学 长春理工大学 长春大学 长春工业大学 吉林师范大学 吉林农业大学 吉林财经大学 吉林建筑大学 吉林化工学院 吉林外国语大学 东北电力大学 延安大学 扬州大学 ' +
      '河北大学 湖北大学 深圳大学 西安科技大学 南京工业大学 浙江工业大学 上海理工大学 首都医科大学 北方工业大学 华侨大学 江苏大学 济南大学 北京联合大学 福建师范大学'
    ).split(' '),
  )('%s is left alone', (name) => {
    expect(universityHint(name, list)).toEqual({ known: false, suggestions: [] });
  });

  it('say nothing of names that are listed', () => {
    const settled = list.universities.filter(([, bits]) => bits >= 0);
    for (const [name] of settled) expect(universityHint(name, list)).toEqual({ known: true, suggestions: [] });
  });
});

it('a list without aliases, as tests and other programs make it, is all official', () => {
  const small = { universities: [['吉林大学', 14], ['北华大学', 0]] as const, universityClasses: list.universityClasses };
  expect(suggestUniversities('吉林大雪', small)).toEqual(['吉林大学']);
  expect(suggestUniversities('北华', small)).toEqual(['北华大学']);
  expect(classesOfUniversity('北华大学医学院', small)).toBe(0);
  expect(officialUniversity('北华大学', small)).toBe('北华大学');
});

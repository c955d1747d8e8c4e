// The menu finds what people type: Chinese without spaces, amounts however they are written, departments, kinds; and filters and sorts it.
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { makeManual, makeMenu, type MenuIndex, readMenuQuery, searchMenu, writeMenuCsv, writeMenuQuery } from '../../src/manual/index.ts';
import { readTerms } from '../../src/manual/search-words.ts';
import { readManualSource } from '../../tools/build-manual-source.ts';

const source = await readManualSource(join(import.meta.dirname, '../../dist/packs'));
const menus: Readonly<Record<'zh' | 'en', MenuIndex>> = { zh: makeMenu(makeManual(source, 'zh')), en: makeMenu(makeManual(source, 'en')) };

const search = (asked: string, language: 'zh' | 'en' = 'zh') => searchMenu(menus[language], readMenuQuery(new URLSearchParams(asked), menus[language]));
const find = (words: string, rest = ''): string[] => search(`q=${encodeURIComponent(words)}${rest}`).entries.map(({ title }) => title);
const jilin = '&city=jilin-city';

describe('words', () => {
  test.each([
    // Whole names, parts of names, and several words run together.
    ['企业引才住房补贴', '企业引才住房补贴'],
    ['住房补贴', '企业引才住房补贴'],
    ['硕士买房', '企业引才住房补贴'],
    ['大学生租房', '学子人才公寓'],
    ['创业贷款', '个人创业担保贷款'],
    ['退个税', '高端人才个人所得税奖励'],
    ['孩子上学', '高端人才配偶安置和子女入学'],
    ['怎么申请创业补贴？', '高校毕业生初次创业补贴'],
    ['离岗创业', '科研人员离岗创业'],
    ['附件3四（五）', '高端人才个人所得税奖励'],
    ['市税务局', '高端人才个人所得税奖励'],
  ])('%s finds %s among the first', (words, title) => {
    expect(find(words, jilin).slice(0, 4)).toContain(title);
  });

  test.each([
    // Words that no document uses, and writings of another place.
    ['博士生', '百名博士三年引才'],
    ['长春市硕士研究生', '应届毕业生购房补贴'],
    ['医生', '高层次人才子女教育、医疗和住房保障'],
    ['教师', '产业教授补助'],
    ['老家', '返乡人才回流'],
    ['公租房', '惠民住房'],
    ['購房補貼', '引进人才购房补贴'],
    ['碩士研究生', '急需紧缺硕士、博士引进'],
    ['創業擔保貸款', '个人创业担保贷款'],
    ['ＶＩＰ卡', '人才VIP卡'],
    ['二道区院士工作室', '院士驻企工作室'],
    ['我是长春市的硕士研究生，今年刚毕业，想在长春买房，可以拿到多少钱的补贴？', '应届毕业生购房补贴'],
    // A slip of the hand.
    ['购方补贴', '引进人才购房补贴'],
    ['硕土', '急需紧缺硕士、博士引进'],
    ['青年人材公寓', '青年人才公寓'],
    // The number of an item, and a part of it.
    ['jilin-city-2021/living-subsidy', '企业引才生活补贴'],
    ['living-subsidy', '企业引才生活补贴'],
  ])('everywhere: %s finds %s among the first five', (words, title) => {
    expect(find(words).slice(0, 5)).toContain(title);
  });

  test('a name comes first, and so does the number of a clause', () => {
    for (const title of ['人才公寓', '企业引才住房补贴', '高校毕业生初次创业补贴']) expect(find(title)[0]).toBe(title);
    expect(find('附件3四（五）')[0]).toBe('高端人才个人所得税奖励');
  });

  test('a long sentence finds what it is about, not all that holds one of its words', () => {
    const asked = '我在二道区一家民营企业上班，硕士毕业，家里有两个孩子要上学，还想买房，不知道有没有适合我的政策和补贴';
    const found = find(asked);
    expect(found.length).toBeGreaterThan(0);
    expect(found.length).toBeLessThan(menus.zh.entries.length / 4);
  });

  test('the district’s name alone finds what its document offers', () => {
    const own = menus.zh.entries.filter(({ city }) => city === 'erdao').map(({ title }) => title);
    expect(find('二道区').slice(0, own.length).toSorted()).toEqual(own.toSorted());
  });

  test('what is asked by kind is found by kind, whatever its name', () => {
    const loans = menus.zh.entries.filter(({ kind, city }) => kind === 'loan' && city === 'jilin-city').map(({ title }) => title);
    expect(loans.length).toBeGreaterThan(0);
    expect(find('借款', jilin)).toEqual(expect.arrayContaining(loans));
  });

  test('a department alone finds what it leads or supports, and nothing else', () => {
    const { entries } = search(`q=${encodeURIComponent('市总工会')}${jilin}`);
    expect(entries.length).toBeGreaterThan(0);
    for (const { departments, text, keys } of entries) expect(departments.includes('市总工会') || text.includes('市总工会') || keys.includes('市总工会')).toBe(true);
  });

  test('nothing holds nonsense; what holds a part of it is said to be a part', () => {
    expect(search(`q=${encodeURIComponent('量子猫粮')}`)).toEqual({ entries: [], isLoose: false });
    const loose = search(`q=${encodeURIComponent('住房补贴 量子猫粮')}`);
    expect(loose.isLoose).toBe(true);
    expect(loose.entries.map(({ title }) => title)).toContain('企业引才住房补贴');
  });

  test('English words, in any order and half typed', () => {
    expect(search('q=subsidy+living', 'en').entries.map(({ id }) => id)).toContain('jilin-city-2021/living-subsidy');
    expect(search('q=apartm', 'en').entries.map(({ id }) => id)).toContain('jilin-city-2021/student-apartment');
  });

  test.each([
    ['PhD', 'erdao-wutong/hundred-doctors'],
    ['houses', 'changchun-talent-3.0/affordable-home'],
    ['rent', 'changchun-talent-3.0/graduate-living'],
    ['kids school', 'jilin-city-2021/family-settling'],
    ['subsdiy for fresh graduates', 'changchun-talent-3.0/graduate-home'],
    ['home-subsidy', 'jilin-city-2021/home-subsidy'],
    ['How much can I get to buy a home in Changchun?', 'changchun-talent-3.0/graduate-home'],
  ])('English: %s finds %s among the first five', (words, id) => {
    expect(search(`q=${encodeURIComponent(words)}`, 'en').entries.slice(0, 5).map((entry) => entry.id)).toContain(id);
  });

  test('words are found by their beginnings: a house is not in-house, rent not an apprenticeship', () => {
    const titles = (words: string): string[] => search(`q=${words}`, 'en').entries.map(({ title }) => title);
    expect(titles('house').slice(0, 5).join()).toMatch(/\bhome\b/i);
    expect(titles('house').slice(0, 5).join()).not.toMatch(/in-house|household/i);
    expect(titles('rent').join()).not.toMatch(/apprentice/i);
  });
});

describe('amounts', () => {
  test.each(['20万', '20 万元', '２０万', '200000', '200,000', '20万块', '二十万'])('%s finds what pays 200,000 yuan first', (words) => {
    const [first] = search(`q=${encodeURIComponent(words)}${jilin}`).entries;
    expect(first?.mostFen).toBe(20_000_000);
  });

  test('the same amount finds the same, however it is written', () => {
    const written = ['8万', '80000', '８万元', '八万'].map((words) => find(words));
    expect(written[0]?.length).toBeGreaterThan(0);
    for (const found of written) expect(found).toEqual(written[0]);
  });

  test.each([
    ['5百万', 5_000_000],
    ['1千万', 10_000_000],
    ['五千', 5_000],
    ['三千元', 3_000],
    ['1万5', 15_000],
    ['一万五', 15_000],
    ['一万五千元', 15_000],
    ['20w', 200_000],
    ['二十二万', 220_000],
    ['10k', 10_000],
    ['3 million', 3_000_000],
  ])('%s is %i yuan: all that is found names it', (words, yuan) => {
    const { entries, isLoose } = search(`q=${encodeURIComponent(words)}`);
    expect([entries.length > 0, isLoose]).toEqual([true, false]);
    for (const { mostFen, figures } of entries) expect([...figures, (mostFen ?? 0) / 100]).toContain(yuan);
  });

  test.each([
    ['1万元以上', 10_000, Infinity],
    ['10-50万', 100_000, 500_000],
    ['10万到50万元', 100_000, 500_000],
    ['１０万～５０万', 100_000, 500_000],
    ['5万以下', 0, 50_000],
    ['不超过20万', 0, 200_000],
    ['至少一百万', 1_000_000, Infinity],
    ['100000-500000', 100_000, 500_000],
    ['10k-50k', 10_000, 50_000],
    ['at least 500,000 yuan', 500_000, Infinity],
  ])('%s: all that pays from %s to %s yuan, and nothing else', (words, from, to) => {
    const { entries } = search(`q=${encodeURIComponent(words)}`);
    const inside = ({ mostFen }: { readonly mostFen?: number }): boolean => mostFen !== undefined && mostFen >= from * 100 && mostFen <= to * 100;
    expect(menus.zh.entries.filter(inside).filter((entry) => !entries.includes(entry))).toEqual([]);
    // Where no total is known, an amount that is named counts.
    for (const entry of entries) expect(inside(entry) || (entry.mostFen === undefined && entry.figures.some((yuan) => yuan >= from && yuan <= to))).toBe(true);
  });

  test('what counts years, people or ranks is no amount', () => {
    for (const words of ['三年以上', '3年以上', '40岁以下', '百强企业', '三级', '985', '2021-2025']) {
      expect(readTerms(words).filter((term) => term.kind === 'span' || (term.kind === 'figure' && ![3, 40, 985, 2021, 2025].includes(term.yuan)))).toEqual([]);
    }
    expect(find('百强企业')[0]).toBe('吉林市百强企业');
  });

  test('8 is not found in 80,000', () => {
    const { entries } = search('q=8');
    for (const { title, keys, text } of entries) expect(`${title} ${keys} ${text}`).toMatch(/(?<!\d)8(?!\d)/);
  });
});

describe('filters and order', () => {
  test('of a district its own, its city’s and its province’s are shown, its own first', () => {
    const cities = search('city=erdao').entries.map(({ city }) => city);
    expect(new Set(cities)).toEqual(new Set(['erdao', 'changchun']));
    expect(cities.lastIndexOf('erdao')).toBeLessThan(cities.indexOf('changchun'));
    expect(search('city=changchun').entries.some(({ city }) => city === 'erdao')).toBe(false);
  });

  test.each(['person', 'organisation', 'project', 'team'] as const)('for %s: nothing for others, and nothing is left out', (who) => {
    const found = search(`who=${who}`).entries;
    expect(found.length).toBeGreaterThan(0);
    expect(new Set(found.map(({ id }) => id))).toEqual(new Set(menus.zh.entries.filter(({ subjects }) => subjects.includes(who)).map(({ id }) => id)));
  });

  test('bands of amounts part all items without a rest', () => {
    const bands = ['under-10k', '10k-100k', '100k-500k', '500k-1m', 'from-1m', 'unstated'].map((band) => search(`amount=${band}`).entries.length);
    expect(bands.reduce((a, b) => a + b, 0)).toBe(menus.zh.entries.length);
  });

  test('by amount, either way, what has none comes last', () => {
    for (const [sort, direction] of [['most', -1], ['least', 1]] as const) {
      const amounts = search(`sort=${sort}`).entries.map(({ mostFen }) => mostFen);
      const known = amounts.filter((fen) => fen !== undefined);
      expect(amounts.slice(0, known.length)).toEqual(known.toSorted((a, b) => direction * (a - b)));
      expect(known.length).toBeLessThan(amounts.length);
    }
  });

  test('filters hold together with words', () => {
    const { entries } = search(`q=${encodeURIComponent('补贴')}&who=person&kind=grant&city=jilin-city&department=${encodeURIComponent('县区人社部门')}`);
    expect(entries.map(({ title }) => title)).toContain('企业引才生活补贴');
    for (const { subjects, kind, city, departments } of entries) expect([subjects.includes('person'), kind, city, departments.includes('县区人社部门')]).toEqual([true, 'grant', 'jilin-city', true]);
  });
});

describe('addresses and tables', () => {
  test('a question is written and read back the same; what the menu does not know is left out', () => {
    const asked = '?q=%E4%BD%8F%E6%88%BF&who=person&amount=10k-100k&city=erdao&kind=grant&sort=most&page=2';
    expect(writeMenuQuery(readMenuQuery(new URLSearchParams(asked), menus.zh))).toBe(asked);
    expect(writeMenuQuery(readMenuQuery(new URLSearchParams('?who=king&city=atlantis&page=-3&sort=up&department=x&q=%20'), menus.zh))).toBe('');
  });

  test('a question is cut between characters, never within one', () => {
    const long = `${'a'.repeat(99)}👍b`;
    const { words } = readMenuQuery(new URLSearchParams({ q: long }), menus.zh);
    expect(words).toBe(`${'a'.repeat(99)}👍`);
    expect(writeMenuQuery({ words, sort: 'fit', page: 1 })).toBe(`?q=${'a'.repeat(99)}%F0%9F%91%8D`);
    // A field may hold half a character while its reader types.
    expect(writeMenuQuery({ words: 'a\ud83d', sort: 'fit', page: 1 })).toBe('?q=a');
  });

  test('the table has a byte order mark, a line for each item, and no cell that a spreadsheet would run', () => {
    const [entry] = menus.zh.entries;
    if (entry === undefined) throw new Error('an empty menu');
    const table = writeMenuCsv([{ ...entry, title: '=HYPERLINK("http://example.org")' }, { ...entry, title: '甲，"乙",丙' }], menus.zh);
    expect(table.startsWith('\uFEFF待遇,')).toBe(true);
    const [, first = '', second = '', rest] = table.split('\r\n');
    expect(first.startsWith('"\'=HYPERLINK(""http://example.org"")",')).toBe(true);
    expect(second.startsWith('"甲，""乙"",丙",')).toBe(true);
    expect(rest).toBe('');
    expect(writeMenuCsv(menus.zh.entries, menus.zh).trimEnd().split('\r\n')).toHaveLength(menus.zh.entries.length + 1);
  });
});

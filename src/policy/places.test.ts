// Places found by code and by the names people write, and the lists that pickers show.

import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readReferenceFolder } from '../authoring/read-reference.ts';
import { findPlaces, fullPlaceName, placesUnder, provinces } from './places.ts';
import { openReference, placeWithin } from './reference.ts';

const { reference: list } = readReferenceFolder(join(import.meta.dirname, '..', '..'));

describe('finding', () => {
  it.each([
    ['220202', [220202]],
    ['22020 2', [220202]],
    ['２２０２０２', [220202]],
    ['220381', [220184]],
    ['999999', []],
    ['昌邑区', [220202]],
    ['昌邑', [220202, 370786]],
    ['吉林市昌邑区', [220202]],
    ['吉林市 昌邑', [220202]],
    ['吉林昌邑', [220202]],
    ['吉林省昌邑区', [220202]],
    ['吉林省吉林市昌邑区', [220202]],
    ['长春市昌邑区', []],
    ['吉林市吉林省昌邑区', []],
    ['吉林', [220000, 220200]],
    ['吉林省', [220000]],
    ['吉林市', [220200]],
    ['朝阳区', [110105, 220104]],
    ['长春市朝阳区', [220104]],
    ['北京朝阳', [110105]],
    ['公主岭', [220184]],
    ['延边', [222400]],
    ['延边州', []],
    ['延边朝鲜族自治州', [222400]],
    ['伊通', [220323]],
    ['长白', [220623]],
    ['前郭', [220721]],
    ['内蒙古', [150000]],
    ['新疆', [650000]],
    ['东莞', [441900]],
    ['吉林经济开发区', [220271]],
    ['市辖区', []],
    ['县', []],
    ['', []],
  ])('%s', (text, codes) => {
    expect(findPlaces(text, list)).toEqual(codes);
  });

  it('finds every place by its full name', () => {
    // A name of the whole country's list may be shared by a prefecture's two rows only in error.
    const lost = provinces(list)
      .flatMap(({ code }) => [code, ...placesUnder(code, list).map((one) => one.code)])
      .filter((code) => !findPlaces(fullPlaceName(code, list) ?? '', list).includes(code));
    expect(lost).toEqual([]);
  });
});

describe('full names', () => {
  it.each([
    [220202, '吉林省吉林市昌邑区'],
    [110105, '北京市朝阳区'],
    [469001, '海南省五指山市'],
    [220000, '吉林省'],
    [220299, undefined],
  ])('%i', (code, name) => {
    expect(fullPlaceName(code, list)).toBe(name);
  });
});

describe('pickers', () => {
  it('list 31 provinces', () => {
    expect(provinces(list)).toHaveLength(31);
    expect(provinces(list)[0]).toEqual({ code: 110000, name: '北京市' });
  });

  it('list what lies directly under a place', () => {
    expect(placesUnder(220200, list).map(({ name }) => name)).toEqual(
      '昌邑区 龙潭区 船营区 丰满区 永吉县 吉林经济开发区 吉林高新技术产业开发区 吉林中国新加坡食品区 蛟河市 桦甸市 舒兰市 磐石市'.split(' '),
    );
    expect(placesUnder(220000, list).map(({ code }) => code)).toEqual([220100, 220200, 220300, 220400, 220500, 220600, 220700, 220800, 222400]);
    expect(placesUnder(110000, list)).toHaveLength(16);
    expect(placesUnder(441900, list)).toEqual([]);
    expect(placesUnder(220202, list)).toEqual([]);
    expect(placesUnder(999999, list)).toEqual([]);
  });

  it('reach every place but the headings from the provinces', () => {
    const reached = new Set<number>();
    const visit = (code: number): void => {
      reached.add(code);
      for (const child of placesUnder(code, list)) visit(child.code);
    };
    for (const { code } of provinces(list)) visit(code);
    const missed = list.places.flatMap((code, at) => (reached.has(code) ? [] : [list.placeNames[at] ?? '']));
    expect([...new Set(missed)].sort()).toEqual(['市辖区', '县', '省直辖县级行政区划', '自治区直辖县级行政区划'].sort());
  });
});

describe('lying in', () => {
  const [yes, no, unknown] = [1, 2, 3];
  it.each([
    [220202, 220200, yes],
    [220271, 220200, yes],
    [220200, 220000, yes],
    [220102, 220200, no],
    [110000, 220200, no],
    // A wider place may or may not be the one asked about.
    [220000, 220200, unknown],
    [220200, 220202, unknown],
  ])('%i in %i: %i', (code, wanted, answer) => {
    expect(placeWithin(code, wanted)).toBe(answer);
  });

  it('takes a retired code for the one in its place: 公主岭 is in 长春 now', () => {
    const code = openReference(list).place(220381) ?? 0;
    expect([placeWithin(code, 220100), placeWithin(code, 220300)]).toEqual([yes, no]);
  });
});

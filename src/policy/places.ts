// Places by GB/T 2260: finds a place by its code or by its name as people write it, and lists what lies in a place for pickers.

/** Places as they are compiled. */
export interface PlaceList {
  /** GB/T 2260 codes that are accepted as places, statistical codes of development zones included. */
  readonly places: readonly number[];
  /** Names of the places, in the order of `places`. */
  readonly placeNames: readonly string[];
  /** Codes no longer in use and the code in their place. */
  readonly retiredPlaces: readonly (readonly [number, number])[];
}

/** A place as pickers show it. */
export interface PlaceChoice {
  readonly code: number;
  readonly name: string;
}

// Rows that gather others and are no place's name.
const heading = /^(?:市辖区|县|省直辖县级行政区划|自治区直辖县级行政区划)$/;
const longNations =
  '蒙古|朝鲜|土家|布依|哈尼|傈僳|哈萨克|维吾尔|柯尔克孜|锡伯|塔吉克|达斡尔|鄂温克|鄂伦春|景颇|拉祜|纳西|普米|独龙|布朗|仡佬|仫佬|毛南|东乡|撒拉|保安|裕固|门巴|珞巴|俄罗斯|各';
const shortNations = '[壮回满藏苗彝侗瑶白傣黎羌畲土水怒佤京]';
const autonomous = new RegExp(`(?:(?:${longNations})族?|${shortNations}族)+自治[区州县旗]$`);

const tables = new WeakMap<PlaceList, ReadonlyMap<number, string>>();

function namesByCode(list: PlaceList): ReadonlyMap<number, string> {
  let table = tables.get(list);
  if (table === undefined) {
    table = new Map(list.places.map((code, at) => [code, list.placeNames[at] ?? '']));
    tables.set(list, table);
  }
  return table;
}

/** The codes of the places that a place lies in, widest first. */
function above(code: number): readonly number[] {
  if (code % 10000 === 0) return [];
  const province = Math.floor(code / 10000) * 10000;
  return code % 100 === 0 ? [province] : [province, Math.floor(code / 100) * 100];
}

/** A place's name without what kind of place it is: 昌邑 for 昌邑区, 延边 for 延边朝鲜族自治州. */
function shortName(name: string): string {
  const shorter = [name.replace(autonomous, ''), name.replace(/(?:自治[区州县旗]|林区|特区|地区|[省市区县盟旗])$/, '')];
  return shorter.find((one) => one.length >= 2 && one !== name) ?? name;
}

/** A place's name with all that it lies in: 吉林省吉林市昌邑区; undefined where there is no such place. */
export function fullPlaceName(code: number, list: PlaceList): string | undefined {
  const names = namesByCode(list);
  const own = names.get(code);
  if (own === undefined) return undefined;
  return [...above(code).map((one) => names.get(one) ?? '').filter((name) => !heading.test(name)), own].join('');
}

/**
 * The places that a text may mean: a six-digit code (a retired one gives the code in its place), or a name with or without its kind
 * (昌邑区, 昌邑) and with or without what it lies in (吉林市昌邑区, 吉林省吉林市昌邑区), or failing that how a name begins (前郭). Spaces and
 * full-width digits do not matter.
 * @returns codes in the order of the list; several where the name is shared, none where there is no such place.
 */
export function findPlaces(text: string, list: PlaceList): readonly number[] {
  const wanted = text.normalize('NFKC').replace(/\s+/g, '');
  const names = namesByCode(list);
  if (/^\d{6}$/.test(wanted)) {
    const code = names.has(Number(wanted)) ? Number(wanted) : new Map(list.retiredPlaces).get(Number(wanted));
    return code === undefined ? [] : [code];
  }
  if (wanted.length < 2) return [];
  const exact: number[] = [];
  const loose: number[] = [];
  const begun: number[] = [];
  for (const [code, name] of names) {
    if (heading.test(name)) continue;
    const parents = above(code).map((one) => names.get(one) ?? '').filter((one) => !heading.test(one));
    const isWritten = (own: string): boolean => wanted.endsWith(own) && isPath(wanted.slice(0, wanted.length - own.length), parents);
    if (isWritten(name)) exact.push(code);
    else if (isWritten(shortName(name))) loose.push(code);
    else if (name.startsWith(wanted)) begun.push(code);
  }
  return [exact, loose, begun].find((found) => found.length > 0) ?? [];
}

/** Whether a text names some of the places given, in their order, each in full or shortened. */
function isPath(text: string, [first, ...others]: readonly string[]): boolean {
  if (text === '' || first === undefined) return text === '';
  // 吉林 may begin 吉林省 or 吉林市, so every way is tried.
  return [first, shortName(first)].some((form) => text.startsWith(form) && isPath(text.slice(form.length), others)) || isPath(text, others);
}

/** The provinces, autonomous regions and municipalities, in the order of their codes. */
export function provinces(list: PlaceList): readonly PlaceChoice[] {
  return [...namesByCode(list)].filter(([code]) => code % 10000 === 0).map(([code, name]) => ({ code, name }));
}

/**
 * The places directly under one, development zones included: prefectures of a province, counties and districts of a prefecture.
 * What is gathered under a heading such as 市辖区 stands directly under the province. None under a county or an unknown code.
 */
export function placesUnder(code: number, list: PlaceList): readonly PlaceChoice[] {
  const names = namesByCode(list);
  const isParentOf = (other: number): boolean => {
    const parents = above(other);
    const nearest = parents.at(-1);
    return nearest === code || (parents.includes(code) && heading.test(names.get(nearest ?? 0) ?? ''));
  };
  return [...names].filter(([other, name]) => !heading.test(name) && isParentOf(other)).map(([other, name]) => ({ code: other, name }));
}

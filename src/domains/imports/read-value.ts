// A cell's text to a fact's value in the contract's form; what cannot be read stays as it is, so that the fact book says what it expected.
import type { Fact } from '../../policy/model.ts';
import type { Reference } from '../../policy/reference.ts';
import { halfWidth, readDateText, shiftPoint } from '../../spreadsheet/index.ts';

const flags: ReadonlyMap<string, boolean> = new Map([
  ...['是', '有', 'true', '1', 'yes', 'y', '√', '✓'].map((word): [string, boolean] => [word, true]),
  ...['否', '不是', '没有', '无', 'false', '0', 'no', 'n', '×'].map((word): [string, boolean] => [word, false]),
]);

/** Reads the cells of facts. */
export interface ValueReader {
  /** @param text tidied and not empty */
  read(text: string, fact: Fact): unknown;
}

/** Makes a reader; places by name are looked up once for each spelling. */
export function makeValueReader(reference: Reference): ValueReader {
  const places = new Map<string, string>();

  const readPlace = (text: string): string => {
    const known = places.get(text);
    if (known !== undefined) return known;
    const code = /^(\d{6})(?:\D|$)/.exec(halfWidth(text))?.[1];
    const found = code === undefined ? reference.findPlaces(text) : [];
    // A name of several places is asked back: the fact book names them.
    const read = code ?? (found.length === 1 ? String(found[0]) : text);
    if (places.size < MOST_PLACES) places.set(text, read);
    return read;
  };

  return {
    read(text, fact) {
      switch (fact.type) {
        case 'flag':
          return flags.get(halfWidth(text).toLowerCase()) ?? text;
        case 'money':
          return readMoney(text) ?? text;
        case 'years':
          return readNumber(halfWidth(text).replace(/(?:周?年|years?)$/i, '')) ?? text;
        case 'share': {
          const plain = halfWidth(text);
          const number = readNumber(plain.replace(/%$/, ''));
          return number === undefined ? text : plain.endsWith('%') ? Math.round(number * 10_000) / 1_000_000 : number;
        }
        case 'number':
          return readNumber(halfWidth(text).replace(counters, '')) ?? text;
        case 'months':
          return readNumber(halfWidth(text).replace(/(?:个?月|months?)$/i, '')) ?? text;
        case 'days':
          return readNumber(halfWidth(text).replace(/(?:天|日|days?)$/i, '')) ?? text;
        case 'date':
          return readDateText(text) ?? text;
        case 'level':
        case 'kind':
          return readChoice(text, fact);
        case 'kinds':
          return readList(text, fact).map((item) => readChoice(item, fact));
        case 'place':
          return readPlace(text);
        case 'places':
          return readList(text, fact).map(readPlace);
        default:
          return text;
      }
    },
  };
}

const MOST_PLACES = 20_000;

/** Words behind a number that say what is counted and change nothing of it. */
const counters = /(?:[个人名家套处间户件项次])$/;

/** An amount in yuan; 万元 and 亿元 are counted out. */
function readMoney(text: string): number | undefined {
  if (/^\d+$/.test(text)) return Number(text);
  const found = /^([^万亿元]*)(万|亿)?(?:元|yuan)?$/i.exec(halfWidth(text).replace(/^(?:[¥￥]|人民币|rmb|cny)/i, ''));
  const digits = found === null ? undefined : plainDigits(found[1] ?? '');
  if (found === null || digits === undefined) return undefined;
  // By its digits: 12.34 times 10,000 is not quite 123,400 in binary. Decimals beyond the fen stay, so that they are noticed.
  return Number(shiftPoint(digits, found[2] === '万' ? 4 : found[2] === '亿' ? 8 : 0));
}

/** A number, thousands separators allowed where they stand right; undefined for anything else. */
function readNumber(text: string): number | undefined {
  const digits = plainDigits(text);
  return digits === undefined ? undefined : Number(digits);
}

function plainDigits(text: string): string | undefined {
  const plain = /^-?\d{1,3}(?:,\d{3})+(?:\.\d+)?$/.test(text) ? text.replaceAll(',', '') : text;
  return /^-?\d+(?:\.\d+)?$/.test(plain) ? plain : undefined;
}

/** A value of a list as the vocabulary spells it; its English form is understood too. */
function readChoice(text: string, fact: Fact): string {
  const { values = [], valuesEn = [] } = fact;
  if (values.includes(text)) return text;
  const plain = halfWidth(text).toLowerCase();
  const at = values.findIndex((value, place) => halfWidth(value).toLowerCase() === plain || (valuesEn[place] ?? '').toLowerCase().replaceAll(' ', '') === plain);
  return values[at] ?? text;
}

function readList(text: string, fact: Fact): readonly string[] {
  // An empty cell is not known; that there are none has to be said.
  if (/^(?:无|none)$/i.test(text) && fact.values?.includes(text) !== true) return [];
  return text.split(/[、;；,，\n]/).map((item) => item.trim()).filter((item) => item !== '');
}

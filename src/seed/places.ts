// Where seeded people live, come from and buy homes: divisions of 吉林市 by population, and places elsewhere.
import { weighted } from './random.ts';

/** The city's jurisdictions: [code, weight]. County populations of 2020 in ten thousands, rounded; the zones' are an assumption. */
export const jurisdictions = weighted<string>([
  ['220202', 64],
  ['220203', 49],
  ['220204', 55],
  ['220211', 30],
  ['220221', 28],
  ['220271', 6],
  ['220272', 12],
  ['220273', 2],
  ['220281', 33],
  ['220282', 32],
  ['220283', 46],
  ['220284', 38],
]);

/** Divisions that stand in identity numbers of people from the city: zones have none. */
export const divisionsOfTheCity = weighted<string>([
  ['220202', 64],
  ['220203', 49],
  ['220204', 55],
  ['220211', 30],
  ['220221', 28],
  ['220281', 33],
  ['220282', 32],
  ['220283', 46],
  ['220284', 38],
]);

/** Elsewhere in the province, and in China. */
export const divisionsOfTheProvince = weighted<string>([['220102', 5], ['220104', 5], ['220106', 3], ['220113', 4], ['220122', 5], ['220182', 6], ['220183', 4], ['220302', 2], ['220322', 3], ['220402', 2], ['220502', 2], ['220602', 2], ['220702', 3], ['220802', 2], ['222401', 3], ['222403', 2]]);
export const divisionsElsewhere = weighted<string>([['230103', 6], ['230202', 3], ['210102', 5], ['210203', 3], ['150502', 5], ['110108', 1], ['120104', 1], ['130102', 3], ['370102', 4], ['410102', 3], ['340104', 2], ['320104', 1], ['420106', 1], ['510104', 1], ['610104', 1], ['430102', 1], ['440305', 1], ['330106', 1]]);

/** Codes of the three counties before they became cities; whoever had a card before keeps the code in the number. */
export const formerDivisions: ReadonlyMap<string, string> = new Map([
  ['220281', '220224'],
  ['220283', '220222'],
  ['220284', '220223'],
]);

/** The last birth year with a former code in the number: cards of 1986 and after were given at sixteen, children were entered at birth. */
export const LAST_YEAR_OF_FORMER_DIVISIONS = 1988;

// Seeded employers: any number of them by their number, the first the largest; nobody's real company.
import { creditCheckCharacter } from '../contract/credit-code.ts';
import { dayNumber, instantOf, spellDay } from './days.ts';
import { jurisdictions } from './places.ts';
import { Random, weighted } from './random.ts';
import { seededId } from './seeded-id.ts';

/** How many employers there can be. */
export const MOST_ORGANISATIONS = 60_000;

// Sizes follow a power law (Lomax): the share of the first 1 + k employers is 1 − (1 + k / FLATNESS)^−EXPONENT, cut off at the last.
const FLATNESS = 60;
const EXPONENT = 0.6;
const shareOfAll = 1 - (1 + MOST_ORGANISATIONS / FLATNESS) ** -EXPONENT;

/** The number of an employer, drawn by size. */
export function drawEmployer(random: Random): number {
  return Math.min(MOST_ORGANISATIONS - 1, Math.floor(FLATNESS * ((1 - random.share() * shareOfAll) ** (-1 / EXPONENT) - 1)));
}

/** A seeded employer. */
export interface SeededOrganisation {
  readonly number: number;
  readonly partyId: string;
  readonly name: string;
  readonly creditCode: string;
  readonly jurisdictionCode: string;
  readonly registeredOn: string;
  readonly recordedAtMs: number;
  readonly facts: Readonly<Record<string, unknown>>;
}

type Kind = '企业' | '事业单位' | '高校' | '科研院所' | '机关' | '社会组织' | '培训机构' | '园区' | '孵化器';

const kindsOfLarge = weighted<Kind>([['企业', 58], ['事业单位', 22], ['高校', 4], ['科研院所', 3], ['机关', 13]]);
const kindsOfSmall = weighted<Kind>([['企业', 88], ['事业单位', 5], ['机关', 3], ['社会组织', 2.4], ['培训机构', 1], ['科研院所', 0.3], ['园区', 0.15], ['孵化器', 0.15]]);
const ownersOfLarge = weighted<string>([['民营', 48], ['国有', 42], ['外资', 8], ['其他', 2]]);
const ownersOfSmall = weighted<string>([['民营', 93], ['国有', 3], ['外资', 1.5], ['其他', 2.5]]);
const tradesOf: Readonly<Record<Kind, readonly string[]>> = {
  企业: ['机械制造有限公司', '化工有限公司', '电子科技有限公司', '建筑工程有限公司', '商贸有限公司', '食品有限公司', '物流有限公司', '新材料股份有限公司', '软件有限公司', '装备制造有限公司', '医药有限公司', '农业发展有限公司', '文化旅游有限公司', '汽车部件有限公司', '酒店管理有限公司', '生物科技有限公司'],
  事业单位: ['医院', '中学', '小学', '疾病预防控制中心', '农业技术推广站', '图书馆', '检验检测中心'],
  高校: ['职业学院', '应用技术学院'],
  科研院所: ['化工研究所', '农业科学研究院', '林业研究所', '电力研究院'],
  机关: ['税务分局', '街道办事处', '镇人民政府', '局机关'],
  社会组织: ['行业协会', '志愿服务中心', '商会'],
  培训机构: ['职业培训学校', '技能培训中心'],
  园区: ['产业园管理有限公司', '科技园管理有限公司'],
  孵化器: ['众创空间有限公司', '孵化器有限公司'],
};
const industries = ['旅游文化', '精细化工', '先进材料', '装备制造', '农畜产品精深加工', '生物'];
// Three of these make a trade name of each number: 40 × 40 × 40 is more than there are employers.
const syllables = Array.from('昌瑞达恒丰华泰盛宏兴源通润和信远鑫博锦诚隆旺裕安康顺祥福嘉汇凯龙腾飞翔宇辰晟峰江松林').slice(0, 40);
const NAMES = 64_000;
// GB 32100: registering office and kind of body.
const codePrefixes: Readonly<Record<Kind, string>> = { 企业: '91', 事业单位: '12', 高校: '12', 科研院所: '12', 机关: '11', 社会组织: '51', 培训机构: '52', 园区: '91', 孵化器: '91' };
const alphabet = '0123456789ABCDEFGHJKLMNPQRTUWXY';

/** The employer of a number. */
export function makeOrganisation(seed: number, number: number): SeededOrganisation {
  const random = new Random(seed, 'organisation', number);
  const isLarge = number < 200;
  const kind = random.draw(isLarge ? kindsOfLarge : kindsOfSmall);
  const isEnterprise = kind === '企业';
  const jurisdictionCode = random.draw(jurisdictions);
  const registered = random.between(dayNumber(kind === '企业' ? 1995 : 1960, 1, 1), dayNumber(2024, 12, 31));
  // Entered into the registry in the order of their numbers, all before the first person.
  const recordedAtMs = instantOf(dayNumber(2021, 6, 1)) + number * 60_000;
  const owner = isEnterprise ? random.draw(isLarge ? ownersOfLarge : ownersOfSmall) : kind === '社会组织' || kind === '培训机构' ? '其他' : '国有';
  const isAboveSize = isEnterprise && random.chance(number < 400 ? 0.85 : number < 2500 ? 0.3 : 0.02);
  const isHighTech = isEnterprise && random.chance(number < 2500 ? 0.12 : 0.015);
  const facts: Record<string, unknown> = { 单位类型: kind, 所有制: owner, 所在地: jurisdictionCode, 规上: isAboveSize };
  if (isEnterprise) {
    facts['中小微'] = number >= 60;
    facts['高新技术企业'] = isHighTech ? (random.chance(0.4) ? '首次认定' : '重新认定') : '否';
    facts['专精特新'] = isHighTech && random.chance(0.35) ? (random.chance(0.75) ? '市级' : random.chance(0.85) ? '省级' : '国家级') : '否';
    if (random.chance(0.25)) facts['重点产业'] = [random.pick(industries)];
  }
  return {
    number,
    partyId: seededId(random, recordedAtMs),
    name: `吉林市${tradeName(number)}${random.pick(tradesOf[kind])}（样例）`,
    creditCode: makeCreditCode(codePrefixes[kind], jurisdictionCode, number),
    jurisdictionCode,
    registeredOn: spellDay(registered),
    recordedAtMs,
    facts,
  };
}

function tradeName(number: number): string {
  // 26 489 has no factor in common with 64 000, so every number has a name of its own.
  let rest = (number * 26_489 + 7) % NAMES;
  let name = '';
  for (let place = 0; place < 3; place++) {
    name += syllables[rest % 40] ?? '';
    rest = Math.floor(rest / 40);
  }
  return name;
}

/** A valid code (GB 32100) around a valid body code (GB 11714) that holds the number. */
function makeCreditCode(prefix: string, division: string, number: number): string {
  let body = '';
  for (let rest = number, place = 0; place < 5; place++, rest = Math.floor(rest / 31)) body = (alphabet[rest % 31] ?? '0') + body;
  body = `YLA${body}`;
  const weights = [3, 7, 9, 10, 5, 8, 4, 2];
  const sum = weights.reduce((total, weight, at) => total + weight * Number.parseInt(body.charAt(at), 36), 0);
  const check = 11 - (sum % 11);
  const seventeen = `${prefix}${division}${body}${check === 10 ? 'X' : check === 11 ? '0' : String(check)}`;
  return seventeen + creditCheckCharacter(seventeen);
}

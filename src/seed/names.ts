// Names for seeded people: surnames by how common they are, given names by the years of birth; put together by chance, they are nobody's.
import { type Random, weighted } from './random.ts';

// Per cent of the population, 100 most common surnames (袁义达 and others, sample of 296 million, 2006).
const commonSurnames =
  '李7.94 王7.41 张7.07 刘5.38 陈4.53 杨3.08 赵2.29 黄2.23 周2.12 吴2.05 徐1.73 孙1.54 胡1.31 朱1.26 高1.21 林1.18 何1.17 郭1.15 马1.05 罗0.86 梁0.84 宋0.81 郑0.78 谢0.72 韩0.68 唐0.65 冯0.64 于0.62 董0.61 萧0.59 ' +
  '程0.57 曹0.57 袁0.54 邓0.54 许0.54 傅0.51 沈0.50 曾0.50 彭0.49 吕0.47 苏0.47 卢0.47 蒋0.47 蔡0.46 贾0.42 丁0.42 魏0.42 薛0.41 叶0.40 阎0.40 余0.39 潘0.38 杜0.37 戴0.36 夏0.36 钟0.36 汪0.36 田0.36 任0.35 姜0.35 ' +
  '范0.34 方0.33 石0.32 姚0.32 谭0.31 廖0.31 邹0.30 熊0.30 金0.29 陆0.29 郝0.28 孔0.28 白0.27 崔0.27 康0.27 毛0.26 邱0.26 秦0.26 江0.25 史0.25 顾0.24 侯0.24 邵0.24 孟0.24 龙0.23 万0.22 段0.22 雷0.22 钱0.22 汤0.21 ' +
  '尹0.21 黎0.21 易0.20 常0.20 武0.20 乔0.20 贺0.20 赖0.19 龚0.19 文0.18';
// The rest share what is left: rarer ones, those read in a way of their own, compound ones.
const rarerSurnames =
  '庞樊兰殷施陶洪翟安颜倪严牛温芦季俞章鲁葛伍韦申尤毕聂丛焦向柳邢路岳齐梅莫庄辛管祝左涂谷祁时舒耿牟卜詹关苗凌费纪靳盛童欧甄项曲成游阳裴席卫查屈鲍位覃霍翁隋植甘景薄单包司柏宁柯阮桂闵解强柴华车冉房边辜吉饶刁瞿戚丘古米池滕晋苑邬臧畅宫来嵺苟全褚廉简娄盖符奚木穆党燕郎邸冀谈姬屠连郜晏栾郁商蒙计喻揭窦迟宇敖糜鄢冷卓花仇艾蓝都巩稽井练仲乐虞卞封竺冼原官衣楚佟栗匡宗应台巫鞠僧桑荆谌银扬明沙薄伏岑习胥保和蔺朴区那哈逄郇';
const compoundSurnames = ['欧阳', '上官', '司马', '司徒', '诸葛', '皇甫', '宇文', '慕容', '夏侯', '公孙', '尉迟', '令狐', '东方'];

const common = commonSurnames.split(' ').map((entry): [string, number] => [entry.charAt(0), Number(entry.slice(1))]);
const shareOfCommon = common.reduce((sum, [, share]) => sum + share, 0);
const rarer = [...new Set(Array.from(rarerSurnames))].filter((surname) => !common.some(([known]) => known === surname));
const SHARE_OF_COMPOUND = 0.11;
const surnames = weighted<string>([
  ...common,
  ...rarer.map((surname): [string, number] => [surname, (100 - shareOfCommon - SHARE_OF_COMPOUND) / rarer.length]),
  ...compoundSurnames.map((surname): [string, number] => [surname, SHARE_OF_COMPOUND / compoundSurnames.length]),
]);
const koreanSurnames = weighted<string>([['金', 24], ['朴', 11], ['李', 18], ['崔', 9], ['郑', 6], ['姜', 4], ['赵', 3], ['尹', 3], ['张', 3], ['韩', 3], ['申', 2], ['南', 1], ['全', 1], ['许', 2], ['玄', 1], ['文', 1], ['安', 2], ['黄', 2], ['柳', 1], ['元', 1]]);
const manchuSurnames = weighted<string>([['关', 12], ['佟', 5], ['那', 4], ['赵', 10], ['富', 2], ['何', 4], ['白', 3], ['吴', 4], ['王', 14], ['张', 12], ['李', 12], ['刘', 10], ['徐', 4], ['傅', 4]]);
const huiSurnames = weighted<string>([['马', 40], ['杨', 8], ['王', 6], ['张', 6], ['刘', 5], ['沙', 4], ['丁', 4], ['白', 4], ['回', 2], ['李', 6], ['金', 3], ['哈', 2], ['穆', 3], ['洪', 3]]);

/** Characters of given names by years of birth, each set with the share of names of one character. */
interface Era {
  readonly until: number;
  readonly single: number;
  readonly male: readonly string[];
  readonly female: readonly string[];
}

const characters = (text: string): readonly string[] => Array.from(text);
const eras: readonly Era[] = [
  { until: 1959, single: 0.12, male: characters('国建明志德文玉春福贵祥云海山成树金长永和生林义忠信宝庆富发财荣华光清江东民'), female: characters('秀英兰芳珍玉桂淑凤华云霞琴莲芝梅香素文春清荣美珠翠') },
  { until: 1969, single: 0.14, male: characters('建国军卫红东民志强永明伟国庆跃进文革平胜利华忠海洪波春生学峰林福玉宝成立新'), female: characters('红丽秀芳英梅艳玲霞敏娟淑华玉兰桂芬凤琴萍云春燕丹洁荣杰') },
  { until: 1979, single: 0.28, male: characters('伟强军勇杰涛明超刚平辉鹏华飞斌建国志永海波宏文东晓峰立新春洪健'), female: characters('丽艳敏静娟红玲霞芳燕萍梅英华洁丹晓春秀玉娜辉海颖莉云波') },
  { until: 1989, single: 0.38, male: characters('伟磊超鹏强涛杰洋勇军浩亮博帅宇晓明志飞健斌波辉龙旭东海峰刚凯'), female: characters('丽娜静婷艳敏丹颖雪莹晶洋玲慧娟爽佳燕晓倩楠璐薇琳媛霞红蕾') },
  { until: 1999, single: 0.34, male: characters('浩宇鑫泽博文天俊杰子明航旭晨阳鹏龙凯家豪宏志嘉轩帅佳磊昊'), female: characters('婷雪欣佳怡思雨梦琪莹颖晗雅静慧文玉洁馨彤嘉瑶琳丹露宁诗') },
  { until: 2100, single: 0.16, male: characters('子轩浩宇泽梓博文俊熙天佑宸睿铭嘉诺一航晨皓奕辰墨霖瑞家豪昊'), female: characters('梓涵欣怡诗雨萱可馨子琪佳一诺语桐思彤若汐艺雯依晗钰悦宁瑶') },
];

const koreanGiven = { male: characters('哲浩成龙日光虎男学哲吉永哲明浩京洙英一东哲龙国'), female: characters('花玉英淑顺姬子善美兰贞爱莲今') };
const ofTheNorthwest = {
  own: ['艾力', '买买提', '阿不都热合曼', '吐尔逊', '木拉提', '叶尔兰', '阿依努尔', '古丽娜尔', '迪丽努尔', '热孜万古丽'],
  fathers: ['买买提', '吐尔逊', '阿不都拉', '热合曼', '努尔兰', '沙比尔', '依明', '赛买提'],
};
const ofMongols = { own: ['巴特尔', '苏日娜', '其木格', '呼和', '乌云', '那日松', '萨仁', '斯琴', '哈斯', '白音'] };
const latinGiven = ['Anna', 'John', 'Maria', 'Peter', 'Elena', 'David', 'Sofia', 'Ivan', 'Emma', 'Jun', 'Min', 'Thomas', 'Olga', 'Daniel'];
const latinFamily = ['Sample', 'Muster', 'Ivanova', 'Example', 'Tanaka', 'Sato', 'Petrov', 'Kim', 'Lee', 'Test', 'Dupont', 'Smith'];

/** Peoples as far as their names differ; shares in docs/seeded-people.md. */
export type Nation = 'han' | 'korean' | 'manchu' | 'hui' | 'mongol' | 'northwest' | 'foreign';

/** A name for somebody of a nation, sex and year of birth. */
export function makeName(random: Random, nation: Nation, sex: 'male' | 'female', birthYear: number): string {
  switch (nation) {
    case 'foreign':
      return `${random.pick(latinGiven)} ${random.pick(latinFamily)}`;
    case 'northwest':
      return `${random.pick(ofTheNorthwest.own)}·${random.pick(ofTheNorthwest.fathers)}`;
    case 'mongol':
      return random.chance(0.5) ? random.pick(ofMongols.own) : random.draw(surnames) + makeGivenName(random, sex, birthYear);
    case 'korean':
      return random.draw(koreanSurnames) + random.pick(koreanGiven[sex]) + (random.chance(0.85) ? random.pick(koreanGiven[sex]) : '');
    case 'manchu':
      return random.draw(manchuSurnames) + makeGivenName(random, sex, birthYear);
    case 'hui':
      return random.draw(huiSurnames) + makeGivenName(random, sex, birthYear);
    case 'han':
      return random.draw(surnames) + makeGivenName(random, sex, birthYear);
  }
}

function makeGivenName(random: Random, sex: 'male' | 'female', birthYear: number): string {
  const era = eras.find(({ until }) => birthYear <= until) ?? eras[eras.length - 1];
  if (era === undefined) return '一';
  const first = random.pick(era[sex]);
  if (random.chance(era.single)) return first;
  const second = random.pick(era[sex]);
  return first + second;
}

/** Another spelling of a name, as a clerk may hear or type it; the name itself where none is known. */
export function misspellName(random: Random, name: string): string {
  const swaps = characters(name).flatMap((character, at) => (soundAlikes.get(character) ?? []).map((other): [number, string] => [at, other]));
  if (swaps.length === 0) return name;
  const [at, other] = random.pick(swaps);
  return characters(name).map((character, index) => (index === at ? other : character)).join('');
}

const soundAlikes = new Map<string, string[]>();
for (const group of ['伟玮', '丽莉', '静婧', '婷亭', '莹颖', '晓小', '宇雨', '佳嘉', '红宏洪', '明铭', '辉晖', '峰锋', '英瑛', '芳方', '海涵', '文雯', '志智', '建健', '华桦', '杰洁', '浩皓', '涛滔', '玲铃', '平萍', '鹏朋', '超朝', '军君', '萧肖', '阎闫', '傅付', '戴代', '欣新', '琪淇', '子梓', '轩萱', '晨辰']) {
  for (const character of characters(group)) soundAlikes.set(character, characters(group).filter((other) => other !== character));
}

// When two names of people may be one name written twice: variant characters, the same sound, or one character's difference.
import { spellName } from './name-order.ts';

/** How alike two names are; undefined where they are not. */
export type NameLikeness = 'same' | 'variant' | 'sound' | 'one-character';

// Characters that stand for each other in names: the form of the general standard first (通用规范汉字表), then variants and traditional forms.
const variantGroups = [
  '升昇陞', '哲喆', '坤堃', '峰峯', '群羣', '苏甦蘇', '秀琇', '焰燄', '澄澂', '浚濬', '村邨', '勋勳', '卫衛衞', '启啟啓', '国國', '华華', '杰傑', '伟偉', '强強彊',
  '军軍', '丽麗', '云雲', '龙龍', '凤鳳', '兰蘭', '义義', '东東', '刚剛', '红紅', '鸿鴻', '辉輝煇', '荣榮', '贵貴', '庆慶', '庄莊', '张張', '陈陳', '刘劉', '赵趙', '吴吳',
  '孙孫', '郑鄭', '冯馮', '韩韓', '邓鄧', '许許', '罗羅', '谢謝', '萧肖蕭', '叶葉', '阎闫閻', '傅付', '戴代', '范範', '钟锺鍾', '于於', '岳嶽', '德悳', '炜煒', '玮瑋',
  '莹瑩', '颖穎頴', '静靜', '洁潔㓗', '艳艷豔', '娇嬌', '娴嫻嫺', '欢歡', '乐樂', '宁寧甯', '兴興', '刍芻', '晓曉', '晔曄', '桦樺', '枫楓', '树樹', '松鬆', '柏栢', '泽澤', '涛濤', '渊淵',
  '潇瀟', '爱愛', '珍珎', '瑶瑤', '祎禕', '铭銘', '锋鋒', '锦錦', '雾霧', '顺順', '飞飛', '骏駿', '鹏鵬', '麟麐', '岩巖嵒', '冰氷', '朵朶', '略畧', '晃晄', '晋晉', '恒恆',
] as const;

const folds = new Map<string, string>();
for (const group of variantGroups) {
  const [first, ...others] = Array.from(group);
  for (const other of others) if (first !== undefined && !folds.has(other) && !folds.has(first)) folds.set(other, first);
}

/** A name with variants brought to one form; capitals and middle dots do not matter. */
export function foldName(name: string): string {
  return Array.from(name.normalize('NFKC').toUpperCase().replace(/[\s·.'’-]/gu, '')).map((character) => folds.get(character) ?? character).join('');
}

/** Keys of which two names that may be one share at least one: the folded name, its sound, and the name with each character left open. */
export function likenessKeys(name: string): readonly string[] {
  const folded = foldName(name);
  const characters = Array.from(folded);
  const open = characters.length < 3 ? [] : characters.map((_, at) => `*${characters.map((one, i) => (i === at ? '＊' : one)).join('')}`);
  return [`=${folded}`, ...spellName(folded).map(({ pinyin }) => `~${pinyin}`), ...open];
}

/** How alike two names are, the closest that holds. Of names of two characters one character is half the name, so only sound and variants count. */
export function compareNames(a: string, b: string): NameLikeness | undefined {
  if (a === b) return 'same';
  const [foldedA, foldedB] = [foldName(a), foldName(b)];
  if (foldedA === foldedB) return 'variant';
  const soundsOfB = new Set(spellName(foldedB).map(({ pinyin }) => pinyin));
  if (Array.from(foldedA).length === Array.from(foldedB).length && spellName(foldedA).some(({ pinyin }) => soundsOfB.has(pinyin))) return 'sound';
  const [charactersA, charactersB] = [Array.from(foldedA), Array.from(foldedB)];
  if (charactersA.length !== charactersB.length || charactersA.length < 3) return undefined;
  return charactersA.filter((character, at) => character !== charactersB[at]).length === 1 ? 'one-character' : undefined;
}

// The menu: every item of every jurisdiction in one list, as small as a page that searches in the browser needs it.

import type { Amount, Benefit, SubjectKind } from '../policy/index.ts';
import type { Language } from './addresses.ts';
import type { Block, Manual, ServiceItem, TreeNode } from './model.ts';
import { normalise } from './search-words.ts';
import { plain, tellKind, tellSubject } from './words.ts';

/** One item of the menu. */
export interface MenuEntry {
  /** `policy/benefit`. */
  readonly id: string;
  readonly href: string;
  readonly title: string;
  readonly kind: Benefit['kind'];
  readonly subjects: readonly SubjectKind[];
  readonly amountTold: string;
  /** The most that is known of the amount, in fen; absent where the document names none. */
  readonly mostFen?: number;
  readonly lead: string;
  readonly departments: readonly string[];
  readonly city: string;
  readonly policy: string;
  readonly clause: string;
  readonly from: number;
  readonly to?: number;
  readonly validityTold: string;
  /** What it is searched by besides its title: normalised words of its kind, departments, document and clauses. */
  readonly keys: string;
  /** Normalised words of its conditions and remarks. */
  readonly text: string;
  /** Amounts that stand in it, in yuan. */
  readonly figures: readonly number[];
}

/** The menu in one language. */
export interface MenuIndex {
  readonly language: Language;
  /** In the order of jurisdictions and documents. */
  readonly entries: readonly MenuEntry[];
  /** Jurisdictions that have a menu; `levels` are ids, its own first. */
  readonly cities: readonly { readonly id: string; readonly title: string; readonly levels: readonly string[] }[];
  readonly policies: Readonly<Record<string, string>>;
  readonly kinds: readonly { readonly id: Benefit['kind']; readonly title: string }[];
  readonly subjects: readonly { readonly id: SubjectKind; readonly title: string }[];
}

const kinds: readonly Benefit['kind'][] = ['grant', 'loan', 'right', 'award', 'recruitment'];
const subjects: readonly SubjectKind[] = ['person', 'organisation', 'project', 'team'];

/** Words by which people ask for a kind, whatever the document calls it. */
const kindAliases: Readonly<Record<Benefit['kind'], string>> = {
  grant: '补助 补贴 奖励 资助 奖金 津贴 资金 拿钱 给钱 grant subsidy money reward',
  loan: '贷款 借款 融资 贴息 贷钱 loan credit',
  right: '权益 服务 待遇 优惠 便利 绿色通道 right service',
  award: '评选 称号 荣誉 表彰 奖项 award title honour',
  recruitment: '招录 招聘 编制 岗位 工作 就业 recruitment post job',
};

/** Ways to say the same: an item that holds one word of a line is found by all of them. */
const synonyms: readonly (readonly string[])[] = [
  ['购房', '买房', '住房补贴', '房补', '安家费', '安家'],
  ['公寓', '租房', '住处', '人才房', '房子'],
  ['创业', '开公司', '办企业', '当老板'],
  ['子女', '孩子', '上学', '入学', '子女教育'],
  ['配偶', '爱人', '家属', '随迁'],
  ['落户', '户口', '户籍'],
  ['医疗', '看病', '就医', '体检', '保健'],
  ['个人所得税', '个税', '所得税', '退税', '减税'],
  ['毕业生', '大学生', '学子', '应届'],
  ['硕士', '研究生'],
  ['博士', '博士后'],
  ['职称', '评职称', '评审职称'],
  ['技师', '技工', '工匠', '技能人才', '高技能'],
  ['农村', '乡村', '乡土', '农民'],
  ['留学', '海归', '海外', '境外'],
  ['社保', '社会保险', '养老保险'],
  ['专利', '知识产权', '科技成果', '成果转化'],
  ['高新技术企业', '高企', '科技企业', '科技型'],
  ['研发', '科研', '实验室', '研究院'],
  ['实习', '见习'],
  ['孵化器', '众创空间', '孵化'],
];

/** The menu of a manual. */
export function makeMenu(manual: Manual): MenuIndex {
  const { language } = manual;
  const entries = manual.cities.flatMap((city) => city.policies.flatMap((policy) => policy.items.map((item) => entryOf(item, `${city.title} ${policy.title} ${policy.short}`, language))));
  const used = new Set(entries.flatMap((entry) => entry.subjects));
  return {
    language,
    entries,
    cities: manual.cities
      .map(({ id, title, levels }) => ({ id, title, levels: levels.map((level) => level.id) }))
      .filter(({ levels }) => entries.some(({ city }) => levels.includes(city))),
    policies: Object.fromEntries(manual.cities.flatMap((city) => city.policies.map(({ id, short }) => [id, short]))),
    kinds: kinds.filter((kind) => entries.some((entry) => entry.kind === kind)).map((id) => ({ id, title: tellKind(id, language) })),
    subjects: subjects.filter((subject) => used.has(subject)).map((id) => ({ id, title: tellSubject(id, language) })),
  };
}

function entryOf(item: ServiceItem, document: string, language: Language): MenuEntry {
  const told = item.elements.filter(({ id }) => id === 'conditions' || id === 'outcome' || id === 'basis').flatMap(({ blocks }) => blocks.map(wordsOf));
  const text = told.join(' ');
  const own = `${item.title} ${text}`;
  const aliases = language === 'zh' ? synonyms.filter((line) => line.some((word) => own.includes(word))).flat() : [];
  const keys = [kindAliases[item.kind], item.kindTold, item.subjectsTold, ...item.departments, document, item.clause.id, item.clause.title, ...aliases];
  const most = mostFen(item.amount);
  return {
    id: `${item.policy}/${item.id}`,
    href: item.href,
    title: item.title,
    kind: item.kind,
    subjects: item.subjects,
    amountTold: item.amountTold,
    ...(most === undefined ? {} : { mostFen: most }),
    lead: item.lead,
    departments: item.departments,
    city: item.city,
    policy: item.policy,
    clause: item.clause.id,
    from: item.from,
    ...(item.to === undefined ? {} : { to: item.to }),
    validityTold: item.validityTold,
    keys: normalise(keys.join(' ')),
    text: normalise(text),
    figures: [...new Set([...text.matchAll(/(\d[\d,]*(?:\.\d+)?) (?:元|yuan)/g)].map(([, number = '']) => Number(number.replaceAll(',', ''))))],
  };
}

/** The most that is known of an amount, in fen: all of it, its cap, or its least where it has no cap. */
function mostFen(amount: Amount): number | undefined {
  switch (amount.kind) {
    case 'exact':
      return amount.totalFen;
    case 'range':
    case 'upTo':
      return amount.maxFen;
    case 'atLeast':
      return amount.minFen;
    default:
      return undefined;
  }
}

function wordsOf(block: Block): string {
  switch (block.kind) {
    case 'text':
    case 'note':
      return plain(block.line);
    case 'heading':
      return block.text;
    case 'list':
      return block.items.map(plain).join(' ');
    case 'pairs':
      return block.rows.map(({ value }) => plain(value)).join(' ');
    case 'table':
      return block.rows.flatMap((row) => row.map(plain)).join(' ');
    case 'tree':
      return block.nodes.map(treeWords).join(' ');
    default:
      return '';
  }
}

function treeWords({ line, items }: TreeNode): string {
  return [plain(line), ...items.map(treeWords)].join(' ');
}

// The columns that an import knows: those of the register itself and the facts of the vocabulary, with their headings and how they are filled in.
import type { Fact, Vocabulary } from '../../policy/model.ts';
import { halfWidth } from '../../spreadsheet/index.ts';
import type { ImportKind } from './import.ts';

/** One column that an import knows. */
export interface KnownColumn {
  /** `name`, `number` …, or `fact:学历` for a fact. */
  readonly key: string;
  readonly zh: string;
  readonly en: string;
  /** Other headings that mean it, as they are met in people's own lists. */
  readonly aliases: readonly string[];
  readonly isRequired: boolean;
  /** It says who is meant, so it must be typed, never computed. */
  readonly identifies: boolean;
  /** How its cells are formatted in a template. */
  readonly type: 'text' | 'date' | 'money' | 'number';
  /** What to write, in one sentence. */
  readonly hint: { readonly zh: string; readonly en: string };
  readonly sample: { readonly zh: string; readonly en: string };
  readonly fact?: Fact;
  readonly isInTemplate: boolean;
}

type Own = Omit<KnownColumn, 'isInTemplate' | 'aliases' | 'isRequired' | 'identifies' | 'type'> & Partial<KnownColumn>;

const own = (column: Own): KnownColumn => ({ aliases: [], isRequired: false, identifies: false, type: 'text', isInTemplate: true, ...column });

const peopleColumns: readonly KnownColumn[] = [
  own({
    key: 'name', zh: '姓名', en: 'Name', aliases: ['名字', '人员姓名', '人才姓名', '员工姓名', 'full name'], isRequired: true, identifies: true,
    hint: { zh: '和证件上一样。', en: 'As on the document.' },
    sample: { zh: '张三一', en: '张三一' },
  }),
  own({
    key: 'number', zh: '证件号码', en: 'ID number', identifies: true, isRequired: true,
    aliases: ['身份证号', '身份证号码', '身份证', '公民身份号码', '公民身份证号码', '证件号', '居民身份证号码', 'identity number', 'id no', 'id card number'],
    hint: {
      zh: '身份证 18 位；早年的 15 位、港澳台居民居住证、外国人永久居留身份证也可以。护照等其他证件，请在“证件类型”写“其他”。',
      en: '18 characters; early cards of 15, residence permits of Hong Kong, Macau and Taiwan residents and permanent residence cards too. For a passport write "other" under Document.',
    },
    sample: { zh: '110101199003070011', en: '110101199003070011' },
  }),
  own({
    key: 'document', zh: '证件类型', en: 'Document', aliases: ['证件种类', 'id type'],
    hint: { zh: '不填就是身份证一类的号码；护照等填“其他”。', en: 'Leave empty for identity numbers; "other" for a passport and the like.' },
    sample: { zh: '', en: '' },
  }),
  own({ key: 'sex', zh: '性别', en: 'Sex', aliases: ['gender'], hint: { zh: '有身份证号码可以不填。', en: 'Not needed with an identity number.' }, sample: { zh: '男', en: 'male' } }),
  own({
    key: 'birthDate', zh: '出生日期', en: 'Date of birth', aliases: ['出生年月日', '生日', 'birth date', 'birthday'], type: 'date',
    hint: { zh: '有身份证号码可以不填。', en: 'Not needed with an identity number.' },
    sample: { zh: '1990-03-07', en: '1990-03-07' },
  }),
  own({
    key: 'phone', zh: '手机号', en: 'Mobile', aliases: ['手机', '手机号码', '联系电话', '电话', '联系方式', '移动电话', 'phone', 'mobile number'],
    hint: { zh: '11 位。', en: '11 digits.' },
    sample: { zh: '13800000000', en: '13800000000' },
  }),
  own({
    key: 'jurisdiction', zh: '所属辖区', en: 'Jurisdiction', aliases: ['辖区', '所属区县', '区县'],
    hint: { zh: '由哪个辖区管理。不填就是本部门（本单位）的辖区。', en: 'Who looks after the person; your own jurisdiction if left empty.' },
    sample: { zh: '', en: '' },
  }),
  own({
    key: 'employer', zh: '用人单位代码', en: 'Employer code', identifies: true,
    aliases: ['用人单位统一社会信用代码', '统一社会信用代码', '单位代码', '单位统一社会信用代码', '信用代码', 'credit code', 'employer credit code'],
    hint: { zh: '用人单位的统一社会信用代码，18 位，要先登记。', en: 'Unified social credit code of the employer, 18 characters; the organisation has to be registered.' },
    sample: { zh: '', en: '' },
  }),
  own({ key: 'post', zh: '岗位', en: 'Post', aliases: ['职务', '岗位名称', 'position', 'job'], hint: { zh: '', en: '' }, sample: { zh: '工程师', en: 'Engineer' } }),
];

const organisationColumns: readonly KnownColumn[] = [
  own({
    key: 'name', zh: '单位名称', en: 'Name', aliases: ['名称', '企业名称', '公司名称', '用人单位', '用人单位名称', '单位', 'organisation', 'company'], isRequired: true, identifies: true,
    hint: { zh: '和营业执照或法人证书上一样。', en: 'As on the licence.' },
    sample: { zh: '吉林样例一有限公司', en: '吉林样例一有限公司' },
  }),
  own({
    key: 'code', zh: '统一社会信用代码', en: 'Credit code', aliases: ['信用代码', '社会信用代码', '单位代码', '用人单位代码', '机构代码', 'unified social credit code', 'uscc'], isRequired: true, identifies: true,
    hint: { zh: '18 位。', en: '18 characters.' },
    sample: { zh: '91220200MA0000001R', en: '91220200MA0000001R' },
  }),
  own({ key: 'registeredOn', zh: '成立日期', en: 'Registered on', aliases: ['注册日期', '登记日期', '注册时间', '成立时间'], type: 'date', hint: { zh: '', en: '' }, sample: { zh: '2015-05-06', en: '2015-05-06' } }),
  own({ key: 'address', zh: '地址', en: 'Address', aliases: ['住所', '注册地址', '单位地址', '通讯地址'], hint: { zh: '', en: '' }, sample: { zh: '吉林市样例路 1 号', en: '吉林市样例路 1 号' } }),
  own({ key: 'phone', zh: '手机号', en: 'Mobile', aliases: ['联系电话', '电话', '联系方式', '手机', '手机号码', 'phone'], hint: { zh: '联系人的手机，11 位。', en: 'Of whom to ask, 11 digits.' }, sample: { zh: '13800000000', en: '13800000000' } }),
  own({
    key: 'jurisdiction', zh: '所属辖区', en: 'Jurisdiction', aliases: ['辖区', '所属区县', '区县'],
    hint: { zh: '由哪个辖区管理。不填就是本部门的辖区。', en: 'Who looks after it; your own jurisdiction if left empty.' },
    sample: { zh: '', en: '' },
  }),
];

/** The keys are those of the details that the registry gives of an account. */
const accountColumns: readonly KnownColumn[] = [
  own({
    key: 'name', zh: '姓名', en: 'Name', aliases: ['名字', '员工姓名', '人员姓名', 'full name'], isRequired: true, identifies: true,
    hint: { zh: '本单位员工的姓名。', en: 'Of your employee.' },
    sample: { zh: '', en: '' },
  }),
  own({
    key: 'number', zh: '证件号码', en: 'ID number', isRequired: true, identifies: true,
    aliases: ['身份证号', '身份证号码', '身份证', '公民身份号码', '证件号', 'identity number', 'id no', 'id card number'],
    hint: { zh: '模板里隐去了中间几位，照留就行；自己做的表请写完整的号码。', en: 'The template hides the middle: leave it as it is. In a list of your own write the whole number.' },
    sample: { zh: '', en: '' },
  }),
  own({
    key: 'bank', zh: '开户银行', en: 'Bank', aliases: ['开户行', '银行', '银行名称', '开户行名称', 'bank name'], isRequired: true,
    hint: { zh: '写到支行，例如：样例银行吉林支行。', en: 'With its branch.' },
    sample: { zh: '', en: '' },
  }),
  own({
    key: 'account', zh: '银行账号', en: 'Account number', aliases: ['账号', '银行卡号', '卡号', '收款账号', '银行帐号', '帐号', 'account', 'card number'], isRequired: true, identifies: true,
    hint: { zh: '照银行卡填写，只有数字。', en: 'As on the card, digits only.' },
    sample: { zh: '', en: '' },
  }),
  own({
    key: 'holder', zh: '户名', en: 'Account holder', aliases: ['账户名', '开户名', '收款人', '持卡人', 'holder', 'holder’s name'], isRequired: true,
    hint: { zh: '应当就是员工本人。', en: 'The employee, as the bank has the name.' },
    sample: { zh: '', en: '' },
  }),
];

/** Facts that a template offers; every other fact of the vocabulary is read too, under its own name. */
const offered: Readonly<Record<Exclude<ImportKind, 'accounts'>, readonly string[]>> = {
  people: ['学历', '全日制', '毕业院校', '毕业日期', '入职日期', '合同起始日', '合同年限', '职称', '技能等级', '户籍地', '年薪', '缴纳社保', '初次就业', '入住人才公寓'],
  organisations: ['单位类型', '所有制', '所在地', '规上', '中小微', '高新技术企业', '专精特新', '重点产业'],
};

/** Headings of facts that lists write otherwise. */
const factAliases: Readonly<Record<string, readonly string[]>> = {
  学历: ['最高学历', '文化程度'],
  毕业院校: ['毕业学校', '毕业学校名称', '院校', '学校'],
  毕业日期: ['毕业时间', '毕业年月'],
  入职日期: ['入职时间', '参加工作时间', '到岗日期'],
  职称: ['职称等级', '专业技术职称'],
  年薪: ['年收入', '税前年薪'],
  户籍地: ['户籍', '户口所在地', '户籍所在地'],
};

/** What a fact's cells hold, and a value for the sample row. */
function factColumn(fact: Fact, isInTemplate: boolean): KnownColumn {
  const first = fact.values?.find((value) => value !== '无' && value !== '否') ?? fact.values?.[0] ?? '';
  const english = fact.valuesEn?.[fact.values?.indexOf(first) ?? -1] ?? first;
  const { type, hint, sample } = ((): Pick<KnownColumn, 'type' | 'hint' | 'sample'> => {
    switch (fact.type) {
      case 'flag':
        return { type: 'text', hint: { zh: '填“是”或“否”。', en: 'yes or no.' }, sample: { zh: '是', en: 'yes' } };
      case 'money':
        return { type: 'text', hint: { zh: '单位：元。', en: 'In yuan.' }, sample: { zh: '150000', en: '150000' } };
      case 'date':
        return { type: 'date', hint: { zh: '例如 2026-06-30。', en: 'For example 2026-06-30.' }, sample: { zh: '2020-07-01', en: '2020-07-01' } };
      case 'years':
        return { type: 'text', hint: { zh: '单位：年。', en: 'In years.' }, sample: { zh: '3', en: '3' } };
      case 'place':
      case 'places':
        return { type: 'text', hint: { zh: '区划代码或名称，例如 220202 或 吉林市昌邑区。', en: 'Code or name of the division, such as 220202.' }, sample: { zh: '220202', en: '220202' } };
      case 'kinds':
        return { type: 'text', hint: { zh: '可以填几个，用“、”隔开；没有填“无”。', en: 'Several may be written, separated by 、; none is 无.' }, sample: { zh: first, en: english } };
      case 'level':
      case 'kind':
        return { type: 'text', hint: { zh: '请从列表里选。', en: 'Choose from the list.' }, sample: { zh: first, en: english } };
      default:
        return { type: 'text', hint: { zh: '', en: '' }, sample: { zh: fact.name === '毕业院校' ? '吉林大学' : '', en: fact.name === '毕业院校' ? '吉林大学' : '' } };
    }
  })();
  return {
    key: `fact:${fact.name}`,
    zh: fact.name,
    en: fact.en,
    aliases: factAliases[fact.name] ?? [],
    isRequired: false,
    identifies: false,
    type,
    hint,
    sample,
    fact,
    isInTemplate,
  };
}

/** All columns of a kind: the register's own, then the offered facts, then all other facts that can be given. */
export function columnsOf(kind: ImportKind, vocabulary: Vocabulary): readonly KnownColumn[] {
  // No fact is said with an account.
  if (kind === 'accounts') return accountColumns;
  const given = vocabulary.facts.filter(({ by, employer, name }) => by !== 'whole-years' && employer !== true && !name.includes('.') && name !== '出生日期');
  const order = offered[kind];
  const first = order.flatMap((name) => given.filter((fact) => fact.name === name));
  const rest = given.filter((fact) => !order.includes(fact.name));
  return [...(kind === 'people' ? peopleColumns : organisationColumns), ...first.map((fact) => factColumn(fact, true)), ...rest.map((fact) => factColumn(fact, false))];
}

/** A heading as it is compared: without spaces, marks, units in brackets, and width or case of letters. */
export function plainHeading(text: string): string {
  return halfWidth(text).toLowerCase().replace(/\([^)]*\)|\[[^\]]*\]/g, '').replace(/[*:_-]/g, '');
}

/** Units as they stand in brackets behind a heading, by the kinds of facts that are counted in them. */
const unitsOf: ReadonlyMap<string, readonly Fact['type'][]> = new Map<string, readonly Fact['type'][]>([
  ...['元', '人民币', '人民币元', 'yuan', 'rmb', 'cny'].map((unit): [string, Fact['type'][]] => [unit, ['money']]),
  ...['万元', '十万元', '百万元', '千万元', '千元', '百元', '亿元', '万', '百万', '千万', '千', '亿', 'k', 'w', 'm',  '角', '分', '美元', 'usd', '欧元', '港元', '日元'].map((unit): [string, Fact['type'][]] => [unit, []]),
  ...['年', '周年', 'years', 'year'].map((unit): [string, Fact['type'][]] => [unit, ['years']]),
  ...['月', '个月', 'months', 'month'].map((unit): [string, Fact['type'][]] => [unit, ['months']]),
  ...['天', '日', 'days', 'day'].map((unit): [string, Fact['type'][]] => [unit, ['days']]),
  ...['%', '百分比', 'percent'].map((unit): [string, Fact['type'][]] => [unit, ['share']]),
]);
/** Types of facts that count something in a unit. */
export const counted: readonly Fact['type'][] = ['money', 'years', 'months', 'days', 'share', 'number'];

/** Whether a heading counts in another unit than the fact: 年薪（万元） is not 年薪. Read as if it did not say so, every figure would be wrong. */
function isOtherUnit(heading: string, { fact }: KnownColumn): boolean {
  if (fact === undefined || !counted.includes(fact.type)) return false;
  // Of “税前，万元” the second is a unit, of “万元/年” the first.
  const said = [...halfWidth(heading).toLowerCase().matchAll(/\(([^)]*)\)|\[([^\]]*)\]/g)].flatMap(([, round, square]) => (round ?? square ?? '').split(/[,、;]/).map((word) => word.replace(/^(?:单位)?:?/, '').split('/')[0] ?? ''));
  return said.some((unit) => unitsOf.get(unit)?.includes(fact.type) === false && !(fact.type === 'number' && (unitsOf.get(unit)?.length ?? 0) > 0));
}

/** Which column of the sheet holds which known column. */
export interface ColumnMatch {
  /** By the sheet's columns, counted from 0; undefined where a column means nothing here. */
  readonly columns: readonly (KnownColumn | undefined)[];
  readonly ignored: readonly string[];
  /** Required columns that are not there. */
  readonly missing: readonly KnownColumn[];
}

/** Names under which known columns are found. */
export function headingIndex(known: readonly KnownColumn[]): ReadonlyMap<string, KnownColumn> {
  const index = new Map<string, KnownColumn>();
  for (const column of known) {
    for (const heading of [column.zh, column.en, ...column.aliases]) {
      const plain = plainHeading(heading);
      // The register's own columns come first and keep their headings.
      if (!index.has(plain)) index.set(plain, column);
    }
  }
  return index;
}

/** Headings of columns that the error sheet adds; they are left out when the sheet comes back. */
export const reasonHeadings = { zh: '哪里不对', en: 'What is wrong' } as const;

/** Matches the headings of a sheet; the first of two columns with one meaning counts. */
export function matchColumns(headings: readonly string[], known: readonly KnownColumn[]): ColumnMatch {
  const index = headingIndex(known);
  const taken = new Set<KnownColumn>();
  const ignored: string[] = [];
  const columns = headings.map((heading) => {
    if (heading === '') return undefined;
    const found = index.get(plainHeading(heading));
    if (found === undefined || taken.has(found) || isOtherUnit(heading, found)) {
      if (!Object.values(reasonHeadings).includes(heading as '哪里不对')) ignored.push(heading);
      return undefined;
    }
    taken.add(found);
    return found;
  });
  return { columns, ignored, missing: known.filter((column) => column.isRequired && !taken.has(column)) };
}

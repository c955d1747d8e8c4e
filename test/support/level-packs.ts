// Samples of levels and versions: a district below its city with groups over both, and a city that replaced its rules twice.

import type { Files } from './small-pack.ts';

/** A benefit of one file: everybody with a bachelor's degree or more gets the amount. */
interface SampleBenefit {
  readonly id: string;
  readonly title: string;
  readonly yuan: number;
  /** Further lines of the file. */
  readonly more?: string;
}

/** A policy with its benefits; `more` are further lines of policy.yaml. */
interface SamplePolicy {
  readonly id: string;
  readonly title: string;
  readonly from: string;
  readonly benefits: readonly SampleBenefit[];
  readonly more?: string;
}

const benefitFile = ({ title, yuan, more = '' }: SampleBenefit, index: number): string => `名称: ${title}
英文: Sample ${title}
种类: 补助
对象: 个人
条款: 第${'一二三四五六七八九'[index] ?? ''}条
${more}牵头: 人社局
条件:
  要求: 学历 ≥ 本科
  说明: 学历是本科以上
  英文: a bachelor's degree or above
金额: ${yuan}元
支付: 一次
用例:
  - { 名称: 本科, 事实: { 学历: 本科 }, 应为: 可享, 金额: ${yuan}元 }
  - { 名称: 硕士, 事实: { 学历: 硕士研究生 }, 应为: 可享, 金额: ${yuan}元 }
  - { 名称: 专科, 事实: { 学历: 专科 }, 应为: 不可享 }
  - { 名称: 不知道学历, 应为: 缺信息, 缺: [学历] }
`;

const policyFiles = (city: string, { id, title, from, benefits, more = '' }: SamplePolicy): Files => ({
  [`${city}/${id}/policy.yaml`]: `名称: ${title}
英文: Sample ${id}
发文: ${from}
施行: ${from}
牵头: 人社局
待遇: [${benefits.map((benefit) => benefit.id).join(', ')}]
${more}条款:
${benefits.map((benefit, index) => `  第${'一二三四五六七八九'[index] ?? ''}条: ${benefit.title}\n`).join('')}`,
  ...Object.fromEntries(benefits.map((benefit, index) => [`${city}/${id}/${benefit.id}.yaml`, benefitFile(benefit, index)])),
});

const cityFile = (title: string, english: string, code: number, policies: readonly string[], more = ''): string => `名称: ${title}
英文: ${english}
代码: ${code}
政策: [${policies.join(', ')}]
部门:
  人社局: { 英文: Bureau of ${english}, 电话: 0000-0001, 地址: ${title}一号, 英文地址: '1, ${english}', 监督电话: 0000-0002 }
${more}`;

const group = (name: string, benefits: readonly string[]): string => `  ${name}: { 说明: 只享一项, 英文: one of them, 条款: 第一条, 待遇: [${benefits.join(', ')}] }\n`;

/** A province of which only a name is known, a city below it, a district below the city; groups over both. */
export const levelCities: Files = {
  'high-province/city.yaml': cityFile('高省', 'High Province', 220000, [], '只有名称:\n  high-talent: { 名称: 高省人才办法, 英文: Measures of High Province, 说明: 只在别处提到过, 英文说明: Only mentioned elsewhere }\n'),
  'mid-city/city.yaml': cityFile('中市', 'Mid City', 220100, ['mid-talent'], '上级: high-province\n'),
  ...policyFiles('mid-city', {
    id: 'mid-talent',
    title: '中市人才办法',
    from: '2024-01-01',
    benefits: [
      { id: 'home', title: '中市购房补贴', yuan: 50_000 },
      { id: 'living', title: '中市生活补贴', yuan: 30_000 },
      { id: 'card', title: '中市人才卡补贴', yuan: 2_000 },
      { id: 'prize', title: '中市人才奖', yuan: 9_000 },
    ],
    more: `同一事项:\n${group('住房一项', ['home', 'prize'])}`,
  }),
  'low-district/city.yaml': cityFile('低区', 'Low District', 220105, ['low-talent'], '上级: mid-city\n'),
  ...policyFiles('low-district', {
    id: 'low-talent',
    title: '低区人才办法',
    from: '2025-01-01',
    benefits: [
      { id: 'home', title: '低区购房补贴', yuan: 40_000 },
      { id: 'living', title: '低区生活补贴', yuan: 30_000 },
      { id: 'rent', title: '低区租房补贴', yuan: 12_000 },
    ],
    more: `同一事项:\n${group('购房一项', ['home', 'mid-talent/home'])}${group('生活一项', ['living', 'mid-talent/living'])}${group('租买一项', ['rent', 'home', 'mid-talent/home'])}`,
  }),
};

/** A city whose second rules replaced the first, whole, and whose third replaced one item of the second. */
export const versionCity: Files = {
  'turning-city/city.yaml': cityFile(
    '换版市', 'Turning City', 220300, ['rules-3', 'rules-2', 'rules-1'],
    '只有名称:\n  rules-0: { 名称: 最早的办法, 英文: The earliest rules, 说明: 只在第一版里提到过, 英文说明: Only mentioned in the first rules }\n',
  ),
  ...policyFiles('turning-city', { id: 'rules-1', title: '第一版办法', from: '2021-01-01', benefits: [{ id: 'living', title: '一版生活补贴', yuan: 1_000 }, { id: 'card', title: '一版卡', yuan: 100 }], more: '取代: { rules-0: 全部 }\n' }),
  ...policyFiles('turning-city', {
    id: 'rules-2',
    title: '第二版办法',
    from: '2023-01-01',
    benefits: [
      { id: 'living', title: '二版生活补贴', yuan: 2_000 },
      { id: 'home', title: '二版购房补贴', yuan: 3_000 },
      { id: 'prize', title: '二版奖励', yuan: 4_000, more: '施行: 2024-01-01\n截止: 2024-06-30\n' },
    ],
    more: `取代: { rules-1: 全部 }\n同一事项:\n${group('买房和奖励', ['home', 'prize'])}`,
  }),
  ...policyFiles('turning-city', { id: 'rules-3', title: '第三版办法', from: '2025-01-01', benefits: [{ id: 'home', title: '三版购房补贴', yuan: 5_000 }], more: '取代: { rules-2: [home] }\n' }),
};

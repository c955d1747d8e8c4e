// The files of a small policy that is new in the sample city.

/** A policy of one benefit. */
export const sampleFiles = {
  'policy.yaml': `名称: 样例办法
英文: Sample rules
发文: 2026-01-01
牵头: 市人社局
待遇: [ sample-grant ]
条款:
  一: { 题: 补贴, 英文: The grant }
`,
  'sample-grant.yaml': `名称: 样例补贴
英文: Sample grant
种类: 补助
对象: 个人
条款: 一
牵头: 市人社局
条件:
  全部:
    - 要求: 学历 ≥ 本科
      说明: 学历是本科以上
      英文: a bachelor's degree or above
金额: 1000元
用例:
  - { 名称: 本科, 事实: { 学历: 本科 }, 应为: 可享, 金额: 1000元 }
  - { 名称: 硕士, 事实: { 学历: 硕士研究生 }, 应为: 可享 }
  - { 名称: 专科, 事实: { 学历: 专科 }, 应为: 不可享 }
  - { 名称: 不知道学历, 事实: {}, 应为: 缺信息 }
`,
};

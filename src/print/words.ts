// The few words that only print has: cover, contents, page numbers. Everything else is the manual's.

/** Words of one language. */
export interface PrintWords {
  readonly kind: string;
  readonly contents: string;
  readonly page: string;
  readonly inForce: string;
  readonly madeFrom: (edition: string) => string;
  readonly online: (address: string) => string;
  readonly about: string;
  readonly became: string;
  readonly part: string;
  readonly itemOf: (at: number, count: number) => string;
  readonly pageOf: (page: number, pages: number) => string;
}

export const printWords: Readonly<Record<'zh' | 'en', PrintWords>> = {
  zh: {
    kind: '操作手册',
    contents: '目录',
    page: '页',
    inForce: '有效期',
    madeFrom: (edition) => `由政策包 ${edition} 生成`,
    online: (address) => `网上看：在本网站的 ${address}`,
    about: '讲什么',
    became: '成了什么',
    part: '条款',
    itemOf: (at, count) => `事项 ${at} / ${count}`,
    pageOf: (page, pages) => `${page} / ${pages}`,
  },
  en: {
    kind: 'Operating manual',
    contents: 'Contents',
    page: 'Page',
    inForce: 'In force',
    madeFrom: (edition) => `Generated from pack ${edition}`,
    online: (address) => `On this site at ${address}`,
    about: 'What it is about',
    became: 'What became of it',
    part: 'Clause',
    itemOf: (at, count) => `Item ${at} of ${count}`,
    pageOf: (page, pages) => `${page} / ${pages}`,
  },
};

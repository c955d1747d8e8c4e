// The copy to read holds no word of the program: labels, times, amounts and codes are told as people write them.
import { expect, test } from 'vitest';
import type { HeldData } from './held-data.ts';
import { tellHeldData } from './tell-held-data.ts';

const now = new Date('2026-06-30T16:30:00Z');
const none = { zh: '', en: '' };
/** Rows as the parts of a real city give them. */
const held: HeldData = {
  partyId: '01a2031c-2166-7225-8d9d-f7e4002dfaf2',
  name: '张三一',
  parts: [
    { key: 'person', title: { zh: '基本信息', en: 'Person' }, rows: [{ name: '张三一', document: 'resident', sex: 'female', enteredAt: '2026-03-25T01:30:00.000Z', changedAt: null }] },
    { key: 'facts', title: none, rows: [{ facts: { 学历: '本科', 全日制: true }, purpose: 'eligibility', asOf: '2026-06-01' }] },
    { key: 'consents', title: none, rows: [{ purpose: 'payment', groups: ['income', 'property'], expiresOn: '2027-01-01', state: 'in-force' }] },
    { key: 'requests', title: none, rows: [{ kind: 'correct', dueOn: '2026-07-30', outcome: 'partly', answer: '改了\n== 事实 ==' }] },
    { key: 'evidence', title: none, rows: [{ fileName: 'a.png', status: 'clean', origin: 'upload', issuedBy: null, issuedOn: null, expiresOn: '2028-01-01', sizeBytes: 95, handedInAt: '2026-06-30T15:00:00.000Z', uses: 2 }] },
    { key: 'decisions', title: none, rows: [{ kind: 'grant', decidedAt: '2026-06-30T06:00:00.000Z', amountYuan: 18_000, instalments: [{ no: 1, due: '2026-07-21', yuan: 3600 }], verificationCode: 'DVNP' }] },
    { key: 'cases', title: none, rows: [{ policyId: 'a', benefitId: 'b', period: 'once', filedAt: '2026-06-01T00:00:00Z', expectedFen: 1_800_000, grantedFen: null }] },
    { key: 'instalments', title: none, rows: [{ instalmentNumber: 1, dueOn: '2026-07-21', amountFen: 360_050, offsetFen: 0, state: '待付' }] },
    { key: 'repayments', title: none, rows: [{ repaymentNumber: '1', receivedFen: 5, writtenOffFen: 0 }] },
    { key: 'sessions', title: none, rows: [{ from: '2026-06-30T15:00:00.000Z', lastSeen: '2026-06-30T15:00:00.000Z', address: '192.0.2.1', userAgent: 'x' }] },
    { key: 'family-links', title: none, rows: [{ relation: 'spouse', forWhom: '李三一', since: null, until: null }] },
    { key: 'messages', title: none, rows: [{ at: '2026-06-30T15:00:00.000Z', title: '决定书', body: '已作出', readAt: null }] },
    { key: 'disagreements', title: none, rows: [{ fact: '学历', held: '本科', delivered: '专科', deliveredAsOf: '2026-06-01', since: '2026-06-30T15:00:00.000Z', settledAs: null, reason: null }] },
    { key: 'visits', title: none, rows: [{ visitedOn: '2026-06-01', atPost: true, usefulness: null }] },
  ],
  glances: [{ at: new Date('2026-06-30T15:00:00Z'), action: 'people.get', by: 'officer', departmentId: null, purpose: 'supervision' }],
};

test('in Chinese every label is Chinese, and times are those of clocks in China', () => {
  const text = tellHeldData(held, 'zh', now);
  expect(text.split('\n').filter((line) => /^[A-Za-z]+: /.test(line))).toEqual([]);
  expect(text).not.toMatch(/\d{2}T\d{2}:/);
  for (const line of ['截至 2026-07-01 00:30（时间都是北京时间）', '证件: 居民身份证', '性别: 女', '登记时间: 2026-03-25 09:30', '用途: 判断符合哪些待遇，办理申请', '状态: 已收下', '各期: 第几期 1；到期 2026-07-21；元 3600']) expect(text).toContain(line);
  expect(text).toContain('2026-06-30 23:00  people.get  工作人员  审计和监督检查');
});

test('amounts are yuan, and a day of expiry is called what it is in its part', () => {
  const text = tellHeldData(held, 'zh', now);
  for (const line of ['预计金额: 18,000 元', '准予金额: 没有', '金额: 3,600.50 元', '已归还: 0.05 元', '同意到: 2027-01-01', '有效期到: 2028-01-01', '哪些信息: 收入和纳税、住房和财产']) expect(text).toContain(line);
  expect(tellHeldData(held, 'en', now)).toContain('expected: 18,000 yuan');
});

test('what somebody wrote never passes for a line of the page', () => {
  expect(tellHeldData(held, 'zh', now)).toContain('答复: 改了\n  == 事实 ==');
});

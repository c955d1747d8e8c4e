// Every template: both languages, only closed kinds of placeholders, an SMS short enough, nothing about a person.
import { expect, test } from 'vitest';
import { longestText, smsKinds, writePlaceholder } from './placeholders.ts';
import { departmentsNamed, renderText } from './render-template.ts';
import { measureSms } from './sms-length.ts';
import { type TemplateId, templateOf, templates, type TemplateText } from './templates.ts';

const ids = Object.keys(templates) as TemplateId[];
const namesIn = (text: string): string[] => [...text.matchAll(/\{([^{}]*)\}/g)].map((match) => match[1] ?? '').sort();
const department = '0190aaaa-0000-7000-8000-000000000001';
const samples: Record<string, string | number> = { code: '012345', minutes: 5, days: 30, count: 12, date: '2026-06-30', department };

test.each(ids)('%s: both languages name the same placeholders, all declared, none declared in vain', (id) => {
  const template = templateOf(id);
  const texts = [template.sms, template.inApp?.title, template.inApp?.body].filter((text) => text !== undefined);
  expect(texts.length).toBeGreaterThan(0);
  for (const { zh, en } of texts) expect(new Set(namesIn(en))).toEqual(new Set(namesIn(zh)));
  expect([...new Set(texts.flatMap(({ zh }) => namesIn(zh)))].sort()).toEqual(Object.keys(template.placeholders).sort());
});

test.each(ids)('%s: no placeholder can hold a name, a number of somebody, an amount or free text', (id) => {
  const template = templateOf(id);
  for (const name of namesIn(template.sms?.zh ?? '')) expect(smsKinds).toContain(template.placeholders[name]);
  // What would be personal is refused whatever the kind: each value below belongs to a made-up person.
  const personal = ['张三一', '13800000001', '220202199001011234', '120,000 元', 120_000.5, '6222020000000000000', '张三一，您好'];
  for (const [name, kind] of Object.entries(template.placeholders)) {
    for (const value of personal) expect(() => writePlaceholder(kind, name, value, 'zh'), `${name} = ${value}`).toThrow(`the value of {${name}} is not a ${kind}`);
  }
});

const idsWithSms = ids.filter((id) => templateOf(id).sms !== undefined);

test.each(idsWithSms)('%s: an SMS at its longest is two messages in Chinese and three in English', (id) => {
  const { sms, placeholders } = templateOf(id);
  const longest = (text: TemplateText | undefined, language: 'zh' | 'en'): string =>
    `【吉林市人才服务】${(text?.[language] ?? '').replace(/\{(\w+)\}/g, (_, name: string) => longestText[placeholders[name] ?? 'count'][language])}`;
  expect(measureSms(longest(sms, 'zh')).segments).toBeLessThanOrEqual(2);
  expect(measureSms(longest(sms, 'en')).segments).toBeLessThanOrEqual(3);
});

test.each(ids)('%s: written out, no placeholder is left and no text asks for a link', (id) => {
  const template = templateOf(id);
  const values = Object.fromEntries(Object.entries(template.placeholders).map(([name, kind]) => [name, samples[kind] ?? '']));
  const names = new Map(departmentsNamed(template, values).map((each) => [each, '市人社局']));
  for (const text of [template.sms, template.inApp?.title, template.inApp?.body]) {
    for (const language of ['zh', 'en'] as const) {
      const written = text === undefined ? '' : renderText(text, template, values, names, language);
      expect(written).not.toMatch(/[{}]|https?:|undefined/);
    }
  }
});

test('codes and what the law wants told go whatever somebody has switched off', () => {
  const codes = ids.filter((id) => templateOf(id).kind === 'code');
  expect(codes).toEqual(['account.exists', 'code.change-phone', 'code.recover', 'code.register', 'code.sign-in']);
  // A code stands in no inbox: whoever sees the inbox is signed in already.
  expect(codes.map((id) => [templateOf(id).inApp, templateOf(id).usefulMinutes])).toEqual(codes.map(() => [undefined, 10]));
  expect(ids.filter((id) => templateOf(id).kind === 'legal')).toEqual([
    'account.locked', 'account.password-changed', 'account.phone-changed', 'account.recovered', 'account.second-factor-changed', 'case.appeal-answered', 'case.declined', 'case.filed-for-you', 'case.lapsed', 'case.supplement-asked', 'decision.made', 'objection.answered', 'payment.cancelled', 'record.corrected', 'repayment.demanded', 'rights.answered',
  ]);
});

test('placeholders are written as people read them', () => {
  expect(writePlaceholder('date', 'date', '2026-06-30', 'zh')).toBe('2026年6月30日');
  expect(writePlaceholder('date', 'date', '2026-06-30', 'en')).toBe('30 June 2026');
  expect(writePlaceholder('count', 'rows', 120_000, 'zh')).toBe('120,000');
  expect(writePlaceholder('code', 'code', '012345', 'zh')).toBe('012345');
  expect(writePlaceholder('department', 'department', department, 'zh', '市人社局')).toBe('市人社局');
  // A department that carries a telephone number in its name is no name.
  expect(() => writePlaceholder('department', 'department', department, 'zh', '人社局12333')).toThrow('not a department');
  expect(() => writePlaceholder('minutes', 'minutes', 61, 'zh')).toThrow('not a minutes');
  expect(() => writePlaceholder('date', 'date', '2026-13-01', 'zh')).toThrow('not a date');
});

test('an SMS is measured as carriers do', () => {
  expect(measureSms('')).toEqual({ units: 0, segments: 0 });
  expect(measureSms('a'.repeat(160))).toEqual({ units: 160, segments: 1 });
  expect(measureSms('a'.repeat(161))).toEqual({ units: 161, segments: 2 });
  expect(measureSms('€'.repeat(80))).toEqual({ units: 160, segments: 1 });
  expect(measureSms('字'.repeat(70))).toEqual({ units: 70, segments: 1 });
  expect(measureSms('字'.repeat(71))).toEqual({ units: 71, segments: 2 });
  expect(measureSms('字'.repeat(134))).toEqual({ units: 134, segments: 2 });
  expect(measureSms('字'.repeat(135))).toEqual({ units: 135, segments: 3 });
  expect(measureSms('😀')).toEqual({ units: 2, segments: 1 });
});

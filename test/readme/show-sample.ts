// Shows the calculator to the sample person of the READMEs, as if she had answered: for their picture and for the test of it.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright-core';

/** Who the worked example is about, and the day on which it is asked. */
export const sample = { id: '张三二', date: '2026-06-30' } as const;

/** What the question of the picture and those behind it are about. */
const homeFacts = ['本人名下购房', '购房地', '购房日期'];

interface Person {
  readonly id: string;
  readonly facts: Readonly<Record<string, unknown>> & { readonly 用人单位: Readonly<Record<string, unknown>> };
}

/** Her facts as the calculator names them. @throws Error where she is not among the examples. */
function findAnswers(): Readonly<Record<string, unknown>> {
  const lines = readFileSync(join(import.meta.dirname, '../../examples/people.ndjson'), 'utf8').trim().split('\n');
  const person = lines.map((line) => JSON.parse(line) as Person).find(({ id }) => id === sample.id);
  if (person === undefined) throw new Error(`${sample.id} 不在样例里 / is not among the examples`);
  const { 用人单位: employer, ...own } = person.facts;
  return { ...own, ...Object.fromEntries(Object.entries(employer).map(([name, value]) => [`用人单位.${name}`, value])) };
}

/** Turns a page of the calculator into her result, the first benefit opened, or into the question on her home, which she has not answered then. */
export async function showSample(page: Page, screen: 'question' | 'results'): Promise<void> {
  const answers = Object.entries(findAnswers()).filter(([fact]) => screen === 'results' || !homeFacts.includes(fact));
  const order = answers.map(([fact]) => fact);
  const visit = { subject: 'person', city: 'jilin-city', date: sample.date, answers: Object.fromEntries(answers), skipped: [], order, choices: {} };
  // As a tab keeps a visit over a reload (web/portal/keep-visit.ts).
  await page.evaluate(`(() => {
    sessionStorage.setItem('wutong-visit', ${JSON.stringify(JSON.stringify(visit))});
    history.replaceState({ wutong: { screen: '${screen}', depth: 1, isFromResults: false } }, '');
  })()`);
  await page.reload();
  await page.locator(screen === 'question' ? '.question-title' : '.letter').waitFor();
  if (screen === 'results') await page.evaluate("document.querySelector('.letter details').open = true");
}

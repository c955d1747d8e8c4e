// Somebody answers: by keyboard alone, forwards and back, over a reload, in two languages, and onto paper.
import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { expectAccessible, expectFits, type View } from '../support/browser.ts';
import { useBrowser } from '../support/use-browser.ts';

const journey = useBrowser();
const phone: View = { width: 390, today: '2026-11-21' };
const desk: View = { width: 1440, today: '2026-11-21' };

/** A 985 master in the sixth year of her contract, by what each question holds. */
const master: readonly (readonly [string, string])[] = [
  ['什么样的单位', '企业'],
  ['最高学历是什么', '硕士'],
  ['全日制', '是全日制'],
  ['您的单位在哪里', '昌邑区'],
  ['民营', '民营'],
  ['第一份工作', '是第一份工作'],
  ['社保', '单位给交'],
  ['合同签了几年', '6'],
  ['合同从哪天', '2021-07-01'],
  ['规模以上', '是规模以上'],
  ['哪所学校', '吉林大学'],
  ['哪天毕业', '2021-06-30'],
  ['自己名下买房', '买了'],
  ['人才公寓', '没有住'],
  ['房子买在', '昌邑区'],
];

const title = (page: Page): Promise<string> => page.locator('h1').innerText();

/** Answers what is known and skips the rest, until the result stands there. */
async function answerAll(page: Page, answers: readonly (readonly [string, string])[]): Promise<void> {
  for (let asked = 0; asked < 80; asked += 1) {
    if ((await page.locator('.letter').count()) > 0) return;
    const question = await title(page);
    const answer = answers.find(([part]) => question.includes(part))?.[1];
    const before = await page.locator('.question-place').innerText();
    if (answer === undefined) await page.getByRole('button', { name: '不清楚，先跳过' }).click();
    else await give(page, answer);
    const isOn = `document.querySelector('.letter') !== null || document.querySelector('.question-place')?.innerText !== ${JSON.stringify(before)}`;
    await expect.poll(() => page.evaluate<boolean>(isOn)).toBe(true);
  }
  throw new Error('the questions do not end');
}

async function give(page: Page, answer: string): Promise<void> {
  if (/^\d{4}-/.test(answer)) {
    const [year = '', month = '', day = ''] = answer.split('-');
    await page.getByLabel('年', { exact: true }).fill(year);
    await page.getByLabel('月', { exact: true }).fill(month);
    await page.getByLabel('日', { exact: true }).fill(day);
    await page.keyboard.press('Enter');
  } else if ((await page.locator('.input').count()) === 1) {
    await page.locator('.input').fill(answer);
    await page.keyboard.press('Enter');
  } else {
    await page.locator('.choice', { hasText: answer }).first().click();
  }
}

test('the master in the sixth year of her contract: two sums, five dates, and the flat to choose', async () => {
  await journey.visit('/', phone, async ({ page }) => {
    await page.getByRole('button', { name: /^为自己看看/ }).click();
    await answerAll(page, master);
    expect(await title(page)).toBe('您能确定拿到 220,000 元');
    const letter = page.locator('.letter');
    for (const words of ['120,000 元', '100,000 元', '2022年7月1日', '2026年7月1日', '学子人才公寓']) expect(await letter.innerText()).toContain(words);
    expect(await page.locator('.letter-when time').count()).toBe(5);
    await expectAccessible(page);
    // Everything that can be opened, opened.
    await page.evaluate("document.querySelectorAll('.letter details').forEach((one) => { one.open = true; })");
    await expectAccessible(page);
    await expectFits(page);
  });
}, 120_000);

test('by keyboard alone: figures choose, Enter hands in, Escape goes back to the answer given', async () => {
  await journey.visit('/', desk, async ({ page }) => {
    await page.keyboard.press('Tab');
    expect(await page.evaluate<string>('document.activeElement.textContent')).toBe('跳到正文');
    await page.getByRole('button', { name: /^为自己看看/ }).focus();
    await page.keyboard.press('Enter');
    await page.locator('.question-title').waitFor();
    const first = await title(page);
    expect(await page.evaluate<string>('document.activeElement.id')).toBe('title');
    const choice = await page.locator('.choice').nth(1).innerText();
    await page.keyboard.press('2');
    await expect.poll(() => title(page)).not.toBe(first);
    expect(await page.evaluate<string>('document.activeElement.id')).toBe('title');
    await page.keyboard.press('Escape');
    await expect.poll(() => title(page)).toBe(first);
    expect(await page.locator('.choice[aria-pressed=true]').innerText()).toContain(choice.split('\n')[0]);
  });
});

test('the way back of the browser is the way back, and a reload loses nothing', async () => {
  await journey.visit('/', phone, async ({ page }) => {
    await page.getByRole('button', { name: /^为自己看看/ }).click();
    const titles = [await title(page)];
    for (let at = 0; at < 2; at += 1) {
      await page.getByRole('button', { name: '不清楚，先跳过' }).click();
      await expect.poll(() => title(page)).not.toBe(titles[at]);
      titles.push(await title(page));
    }
    await page.reload();
    expect(await title(page)).toBe(titles[2]);
    await page.goBack();
    await expect.poll(() => title(page)).toBe(titles[1]);
    await page.goBack();
    await expect.poll(() => title(page)).toBe(titles[0]);
    await page.goBack();
    await expect.poll(() => title(page)).toBe('您能享受哪些人才政策？');
    await page.getByRole('button', { name: /^接着上次的答/ }).click();
    await page.locator('.question-title').waitFor();
  });
});

test('an answer is changed from the result, and the result says what follows', async () => {
  await journey.visit('/', phone, async ({ page }) => {
    await page.getByRole('button', { name: /^为自己看看/ }).click();
    await answerAll(page, master);
    await page.getByRole('button', { name: '改这个回答：合同签了几年' }).click();
    expect(await page.locator('.input').inputValue()).toBe('6');
    // Another thought: it stays.
    await page.keyboard.press('Escape');
    await expect.poll(() => title(page)).toBe('您能确定拿到 220,000 元');
    await page.getByRole('button', { name: '改这个回答：合同签了几年' }).click();
    await page.locator('.input').fill('3');
    await page.keyboard.press('Enter');
    await page.locator('.letter').waitFor();
    expect(await title(page)).not.toContain('220,000');
    expect(await page.locator('.letter-open').innerText()).toContain('您的是 3 年');
  });
}, 120_000);

test('a choice of the person changes the total at once', async () => {
  await journey.visit('/', phone, async ({ page }) => {
    await page.getByRole('button', { name: /^为自己看看/ }).click();
    await answerAll(page, master);
    await page.locator('.choice-block', { hasText: '学子人才公寓' }).getByText('学子人才公寓').click();
    await expect.poll(() => title(page)).toBe('您能确定拿到 100,000 元');
  });
}, 120_000);

test('cleared is cleared, until it is undone', async () => {
  await journey.visit('/', phone, async ({ page }) => {
    await page.getByRole('button', { name: /^为自己看看/ }).click();
    await page.keyboard.press('1');
    await page.getByRole('button', { name: /看看结果/ }).click();
    await page.locator('.letter').waitFor();
    await page.getByRole('button', { name: '清空重来' }).click();
    await expectAccessible(page);
    await page.getByRole('button', { name: '清空', exact: true }).click();
    expect(await page.evaluate<string | null>("sessionStorage.getItem('wutong-visit')")).toBeNull();
    await page.getByRole('button', { name: '撤销，找回回答' }).click();
    await page.locator('.letter').waitFor();
    expect(await page.locator('.answers').innerText()).toContain('企业');
  });
});

test('a date that makes no sense is told in words, and nothing is lost', async () => {
  await journey.visit('/', phone, async ({ page }) => {
    await page.getByRole('button', { name: /^为自己看看/ }).click();
    while ((await page.locator('.date-field').count()) === 0) {
      const before = await title(page);
      await page.getByRole('button', { name: '不清楚，先跳过' }).click();
      await expect.poll(() => title(page)).not.toBe(before);
    }
    await page.getByLabel('年', { exact: true }).fill('2023');
    await page.getByLabel('月', { exact: true }).fill('2');
    await page.getByLabel('日', { exact: true }).fill('30');
    await page.keyboard.press('Enter');
    await expect.poll(() => page.getByRole('alert').innerText()).toContain('没有 2023年2月30日 这一天');
    await expectAccessible(page);
    expect(await page.getByLabel('年', { exact: true }).inputValue()).toBe('2023');
    // A date that is pasted falls into its parts.
    await page.getByLabel('年', { exact: true }).fill('2021-07-01');
    expect(await page.getByLabel('日', { exact: true }).inputValue()).toBe('01');
  });
});

test('the address may name the day and the language', async () => {
  await journey.visit('/?date=2027-02-01&lang=en', phone, async ({ page }) => {
    await expect.poll(() => page.evaluate<string>('document.documentElement.lang')).toBe('en');
    await expect.poll(() => page.locator('.start-foot').innerText()).toContain('1 February 2027');
    await page.getByRole('button', { name: /^For myself/ }).click();
    await page.getByRole('button', { name: /See the result/ }).click();
    await expect.poll(() => page.locator('.letter-head').innerText()).toContain('1 February 2027');
    expect(await page.locator('.letter-head').innerText()).not.toMatch(/[一-鿿]/);
  });
});

test('the look that somebody chose is there again the next time', async () => {
  await journey.visit('/', phone, async ({ page }) => {
    await page.getByText('显示', { exact: true }).click();
    await page.getByLabel('大字').check();
    await page.getByLabel('暗', { exact: true }).check();
    await expectAccessible(page);
    await expectFits(page);
    await page.reload();
    await expect.poll(() => page.evaluate<string>('getComputedStyle(document.documentElement).fontSize')).toBe('22px');
    expect(await page.evaluate<string>('getComputedStyle(document.body).color')).toBe('rgb(236, 239, 230)');
  });
});

test('on paper stands the overview, whichever page is open', async () => {
  await journey.visit('/', phone, async ({ page }) => {
    await page.getByRole('button', { name: /^为自己看看/ }).click();
    await page.keyboard.press('1');
    await page.getByRole('button', { name: /看看结果/ }).click();
    await page.locator('.letter').waitFor();
    await page.emulateMedia({ media: 'print' });
    expect(await page.locator('.letter').isVisible()).toBe(false);
    const sheet = page.locator('.printed .sheet');
    expect(await sheet.isVisible()).toBe(true);
    for (const words of ['吉林市人才政策清单', '按 2026年11月21日 的政策计算', '依据这些回答', '企业', '最后由办理的部门决定']) expect(await sheet.innerText()).toContain(words);
  });
});

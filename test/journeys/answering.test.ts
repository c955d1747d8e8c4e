// Somebody answers: by keyboard alone, forwards and back, over a reload, in two languages, and onto paper.
import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { expectAccessible, expectFits, type View } from '../support/browser.ts';
import { useBrowser } from '../support/use-browser.ts';
import { answerAll, askedFact, begin, give, questionOf, title } from './answer-questions.ts';
import { master } from './people.ts';

const journey = useBrowser();
const phone: View = { width: 390 };
const desk: View = { width: 1440 };

const focused = (page: Page, what: 'id' | 'textContent'): Promise<string> => page.evaluate((name) => document.activeElement?.[name] ?? '', what);

test('by keyboard alone, from the first Tab to the sum', async () => {
  await journey.visit('/', desk, async ({ page }) => {
    const { keyboard } = page;
    await keyboard.press('Tab');
    expect(await focused(page, 'textContent')).toBe('跳到正文');
    await keyboard.press('Enter');
    // On from the heading to what begins.
    for (let tabs = 0; tabs < 10 && !(await focused(page, 'textContent')).startsWith('为自己看看'); tabs += 1) await keyboard.press('Tab');
    await keyboard.press('Enter');
    // Where she works and lives: 吉林市, its first district, and the same for the home. Escape leads from the districts back to the cities.
    for (const [at, heading] of [['2', '您在哪里工作？'], ['Escape', '在吉林市的哪个区县？'], ['2', '您在哪里工作？'], ['1', '在吉林市的哪个区县？'], ['1', '您住在哪里？']] as const) {
      await expect.poll(() => title(page)).toBe(heading);
      expect(await focused(page, 'id')).toBe('title');
      await keyboard.press(at);
    }
    await page.locator('.asking:not(.is-narrow)').waitFor();
    expect(await focused(page, 'id')).toBe('title');

    // A figure answers, Escape goes back to the answer given.
    const first = await title(page);
    const choice = await page.locator('.choice .choice-words > span').first().innerText();
    await keyboard.press('1');
    await expect.poll(() => title(page)).not.toBe(first);
    expect(await focused(page, 'id')).toBe('title');
    await keyboard.press('Escape');
    await expect.poll(() => title(page)).toBe(first);
    expect(await page.locator('.choice[aria-pressed=true]').innerText()).toContain(choice);
    await keyboard.press('1');
    await expect.poll(() => title(page)).not.toBe(first);

    for (let asked = 0; asked < 60 && (await page.locator('.letter').count()) === 0; asked += 1) {
      const [fact, before] = [await askedFact(page), await title(page)];
      await answerByKeys(page, fact);
      await page.locator('.question-title').filter({ hasNotText: before }).or(page.locator('.letter')).first().waitFor();
    }
    expect(await title(page)).toBe('您能确定拿到 220,000 元');
    expect(await focused(page, 'id')).toBe('title');

    // The first benefit opens and shuts.
    const summary = page.locator('.letter-get .result summary').first();
    for (let tabs = 0; tabs < 20 && !(await summary.evaluate((one) => one === document.activeElement)); tabs += 1) await keyboard.press('Tab');
    await keyboard.press('Enter');
    await page.locator('.letter-get .result details[open]').waitFor();
    expect(await page.locator('.letter-get .result-body').first().isVisible()).toBe(true);
  });
});

/** Answers one question of the master without a mouse; skips by Tab and Enter what she does not know. */
async function answerByKeys(page: Page, fact: string): Promise<void> {
  const { keyboard } = page;
  const value = master[fact];
  if (value === undefined) {
    for (let tabs = 0; tabs < 30 && (await focused(page, 'textContent')) !== '不清楚，先跳过'; tabs += 1) await keyboard.press('Tab');
    await keyboard.press('Enter');
    return;
  }
  const choices = page.locator('.choices .choice, .place-grid .choice');
  if ((await choices.count()) > 0) {
    const label = questionOf(fact).answers?.find((answer) => answer.value === value)?.label.zh ?? String(value);
    const at = (await choices.allInnerTexts()).findIndex((text) => text.split('\n')[0]?.trim().replace(/\d$/, '') === label);
    if (at < 0) throw new Error(`${fact}: no choice ${label}`);
    if (at < 9) await keyboard.press(String(at + 1));
    else await choices.nth(at).press('Enter');
    return;
  }
  for (let tabs = 0; tabs < 10 && !(await page.evaluate(() => document.activeElement?.matches('.input') ?? false)); tabs += 1) await keyboard.press('Tab');
  // A full year or month leads on by itself.
  await keyboard.type(String(value).replaceAll('-', ''));
  await keyboard.press('Enter');
}

test('the way forward leads through the questions that the way back led through', async () => {
  await journey.visit('/', phone, async ({ page }) => {
    await begin(page);
    const titles = [await title(page)];
    for (let at = 0; at < 3; at += 1) {
      await page.getByRole('button', { name: '不清楚，先跳过' }).click();
      await expect.poll(() => title(page)).not.toBe(titles[at]);
      titles.push(await title(page));
    }
    for (const heading of [titles[2], titles[1], titles[0], '您住在哪里？']) {
      await page.goBack();
      await expect.poll(() => title(page)).toBe(heading);
    }
    for (const heading of titles) {
      await page.goForward();
      await expect.poll(() => title(page)).toBe(heading);
    }
  });
});

test.each([
  ['a question that there is none of', { changing: '没有这一问' }, undefined, /？$/],
  ['no list of what was skipped', { skipped: {} }, undefined, /？$/],
  ['no choices', { choices: null }, undefined, /？$/],
  ['no answers', { answers: null }, undefined, /？$/],
  ['answers that are none', { answers: { 学历: {}, 全日制: 'maybe', 毕业日期: '2020-99-99' } }, undefined, /？$/],
  ['no step', {}, { wutong: null }, /^您能享受哪些人才政策？$/],
  ['a step to a place that there is none of', {}, { wutong: { screen: 'work', within: 999999 } }, /^您在哪里工作？$/],
])('what the tab kept is damaged (%s): what is whole stays, and the page goes on', async (_what, damage, step, heading) => {
  await journey.visit('/', phone, async ({ page }) => {
    await begin(page);
    await page.getByRole('button', { name: '不清楚，先跳过' }).click();
    await page.reload();
    await page.locator('.asking:not(.is-narrow)').waitFor();
    await page.evaluate(
      ([harm, state]) => {
        sessionStorage.setItem('wutong-visit', JSON.stringify({ ...(JSON.parse(sessionStorage.getItem('wutong-visit') ?? '{}') as object), ...harm }));
        if (state !== undefined) history.replaceState(state, '');
      },
      [damage, step] as const,
    );
    await page.reload();
    await expect.poll(() => title(page)).toMatch(heading);
    expect(await page.locator('#title').innerText()).not.toBe('正在打开');
    // What was whole is still there: the place, and the question that was skipped.
    await page.locator('.brand').click();
    await page.getByRole('button', { name: /^接着上次的答/ }).click();
    await page.locator('.place-shown').waitFor();
    expect(await page.locator('.place-shown b').innerText()).toBe('吉林市');
  });
});

test('the way back of the browser is the way back, and a reload loses nothing', async () => {
  await journey.visit('/', phone, async ({ page }) => {
    await begin(page);
    const titles = [await title(page)];
    for (let at = 0; at < 2; at += 1) {
      await page.getByRole('button', { name: '不清楚，先跳过' }).click();
      await expect.poll(() => title(page)).not.toBe(titles[at]);
      titles.push(await title(page));
    }
    await page.reload();
    await expect.poll(() => title(page)).toBe(titles[2]);
    await page.goBack();
    await expect.poll(() => title(page)).toBe(titles[1]);
    await page.getByRole('button', { name: '上一步' }).click();
    await expect.poll(() => title(page)).toBe(titles[0]);
    // And on to where she lives and works, with what was said still marked.
    await page.goBack();
    await expect.poll(() => title(page)).toBe('您住在哪里？');
    await page.goBack();
    await expect.poll(() => title(page)).toBe('在吉林市的哪个区县？');
    expect(await page.locator('.choice[aria-pressed=true]').innerText()).toContain('昌邑区');
    await page.goBack();
    await expect.poll(() => title(page)).toBe('您在哪里工作？');
    await page.reload();
    await expect.poll(() => title(page)).toBe('您在哪里工作？');
    await page.goBack();
    await expect.poll(() => title(page)).toBe('您能享受哪些人才政策？');
    await page.getByRole('button', { name: /^接着上次的答/ }).click();
    await page.locator('.asking:not(.is-narrow) .question-title').waitFor();
  });
});

test('a reload on the result keeps every answer, and the result', async () => {
  await journey.visit('/', phone, async ({ page }) => {
    await begin(page);
    await answerAll(page, master);
    // The marks of readings that decide come a moment after the result.
    await page.locator('.reading-mark').first().waitFor();
    const before = await page.locator('.letter').innerText();
    await page.reload();
    await page.locator('.reading-mark').first().waitFor();
    expect(await page.locator('.letter').innerText()).toBe(before);
  });
});

test('an answer is changed from the result, and the result says what follows', async () => {
  await journey.visit('/', phone, async ({ page }) => {
    await begin(page);
    await answerAll(page, master);
    const change = page.getByRole('button', { name: '改这个回答：合同签了几年' });
    await change.click();
    await expect.poll(() => page.locator('.input').inputValue()).toBe('8');
    // Another thought: it stays.
    await page.keyboard.press('Escape');
    await expect.poll(() => title(page)).toBe('您能确定拿到 220,000 元');
    await change.click();
    await give(page, questionOf('合同年限'), 3);
    await page.locator('.letter').waitFor();
    expect(await title(page)).not.toContain('220,000');
    expect(await page.locator('.letter-open').innerText()).toContain('您的是 3 年');
    // Told right again, everything is as it was.
    await change.click();
    await give(page, questionOf('合同年限'), 8);
    await expect.poll(() => title(page)).toBe('您能确定拿到 220,000 元');
  });
});

test('cleared is cleared, until it is undone', async () => {
  await journey.visit('/', phone, async ({ page }) => {
    await begin(page);
    await page.keyboard.press('1');
    await page.locator('.question-title').filter({ hasNotText: questionOf('用人单位.单位类型').title.zh }).waitFor();
    await page.getByRole('button', { name: /看看结果/ }).click();
    await page.locator('.letter').waitFor();
    await page.getByRole('button', { name: '清空重来' }).click();
    await page.getByRole('button', { name: '清空', exact: true }).click();
    await page.getByRole('button', { name: '撤销，找回回答' }).waitFor();
    expect(await page.evaluate(() => sessionStorage.length)).toBe(0);
    await page.getByRole('button', { name: '撤销，找回回答' }).click();
    await page.locator('.letter').waitFor();
    expect(await page.locator('.answers').first().innerText()).toContain('企业');
  });
});

test('a date that makes no sense is told in words, and nothing is lost', async () => {
  await journey.visit('/', phone, async ({ page }) => {
    await begin(page);
    await answerAll(page, master, { isEnough: (fact) => fact === '合同起始日' });
    const [year, month, day] = ['年', '月', '日'].map((name) => page.getByLabel(name, { exact: true }));
    await year?.fill('2023');
    await month?.fill('2');
    await day?.fill('30');
    await page.keyboard.press('Enter');
    await expect.poll(() => page.locator('.field-problem').innerText()).toContain('没有 2023年2月30日 这一天');
    expect(await year?.inputValue()).toBe('2023');
    // A date that is pasted falls into its parts.
    await year?.fill('2021-07-01');
    expect(await day?.inputValue()).toBe('01');
  });
});

test('in the middle of the questions somebody goes on in English, and every answer stays', async () => {
  await journey.visit('/', phone, async ({ page }) => {
    await begin(page);
    await answerAll(page, master, { isEnough: (_fact, asked) => asked.length === 6 });
    const fact = await askedFact(page);
    await page.locator('.display summary').click();
    await page.getByText('English', { exact: true }).click();
    await expect.poll(() => title(page)).toBe(questionOf(fact).title.en);
    await page.keyboard.press('Escape');
    await answerAll(page, master, { language: 'en' });
    expect(await title(page)).toMatch(/220,000 yuan/);
    expect(await page.evaluate(() => document.documentElement.lang)).toBe('en');
    const letter = await page.locator('.letter-get').innerText();
    expect(letter).toContain('Living subsidy for graduates hired by private enterprises');
    expect(letter).toMatch(/120,000 yuan[^]*100,000 yuan/);
    expect(await page.locator('.answers').first().innerText()).toContain('Master');
    await expectFits(page);
  });
});

test('the address may name the day and the language', async () => {
  await journey.visit('/?date=2027-02-01&lang=en', phone, async ({ page }) => {
    await expect.poll(() => page.evaluate(() => document.documentElement.lang)).toBe('en');
    await expect.poll(() => page.locator('.start-foot').innerText()).toContain('1 February 2027');
    await begin(page, 'en');
    await page.getByRole('button', { name: /See the result/ }).click();
    await expect.poll(() => page.locator('.letter-head').innerText()).toContain('1 February 2027');
    expect(await page.locator('.letter-head').innerText()).not.toMatch(/[一-鿿]/);
  });
});

test('the look that somebody chose is there again the next time', async () => {
  await journey.visit('/', phone, async ({ page }) => {
    await page.locator('.display summary').click();
    await page.getByLabel('大字').check();
    await page.getByLabel('暗', { exact: true }).check();
    await expectAccessible(page);
    await expectFits(page);
    await page.reload();
    await expect.poll(() => page.evaluate(() => getComputedStyle(document.documentElement).fontSize)).toBe('22px');
    expect(await page.evaluate(() => getComputedStyle(document.body).color)).toBe('rgb(236, 239, 230)');
  });
});

test('on paper stands the overview, whichever page is open', async () => {
  await journey.visit('/', phone, async ({ page }) => {
    await begin(page);
    await answerAll(page, master);
    await page.emulateMedia({ media: 'print' });
    expect(await page.locator('.letter').isVisible()).toBe(false);
    const sheet = page.locator('.printed .sheet');
    expect(await sheet.isVisible()).toBe(true);
    const text = await sheet.innerText();
    for (const words of ['吉林市人才政策清单', '只知道名称，没有收录内容', '吉林省人才政策3.0版', '按 2026年6月30日 的政策计算', '依据这些回答', '吉林大学', '企业引才生活补贴', '120,000 元', '220,000 元', '2026年3月1日', '县区人社部门', '附件1三（二）1（1）', '最后由办理的部门决定']) {
      expect(text).toContain(words);
    }
    await expect.poll(() => sheet.locator('time').count()).toBe(5);
    const pages = (await page.pdf({ format: 'A4' })).toString('latin1').match(/\/Type\s*\/Page\b(?!s)/g) ?? [];
    // A handful of sheets to take along, none of them left over.
    expect(pages.length).toBeGreaterThanOrEqual(1);
    expect(pages.length).toBeLessThanOrEqual(5);
  });
});

test('without a network the questions go on to the same sum', async () => {
  await journey.visit('/', phone, async ({ page, context }) => {
    await begin(page);
    await context.setOffline(true);
    await page.locator('.offline').waitFor();
    await answerAll(page, master);
    expect(await title(page)).toBe('您能确定拿到 220,000 元');
  });
});

test('a page that breaks says so, keeps the answers, and goes on when tried again', async () => {
  await journey.visit('/', phone, async ({ page }) => {
    await begin(page);
    await page.keyboard.press('1');
    const second = page.locator('.question-title').filter({ hasNotText: questionOf('用人单位.单位类型').title.zh });
    await second.waitFor();
    // Nothing that a reader does breaks a page; a browser that breaks its word does.
    await page.evaluate("globalThis.keptSegmenter = Intl.Segmenter; Intl.Segmenter = class { constructor() { throw new Error('planted'); } }");
    await page.keyboard.press('1');
    await page.getByRole('alert').filter({ hasText: '刚才的回答都还在' }).waitFor();
    await page.evaluate('Intl.Segmenter = globalThis.keptSegmenter');
    await page.getByRole('button', { name: '再试一次' }).click();
    await page.locator('.question-title').waitFor();
    await page.getByRole('button', { name: /看看结果/ }).click();
    expect(await page.locator('.answers').first().innerText()).toContain('企业');
  });
});

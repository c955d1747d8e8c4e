// Several governments: where somebody works and lives decides whose policies answer, levels stand together, and switching loses nothing.
import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { expectAccessible, expectFits, type View } from '../support/browser.ts';
import { useBrowser } from '../support/use-browser.ts';
import { answerAll, askedFact, begin, openBenefit, pressPlace, questionOf, start, tellPlaces, title } from './answer-questions.ts';
import { commuter, doctor, master } from './people.ts';

const journey = useBrowser();
const phone: View = { width: 390 };

const bar = (page: Page): Promise<string> => page.locator('.place-bar').innerText();
async function isShown(page: Page, city: string): Promise<void> {
  await expect.poll(() => page.locator('.place-shown b').innerText()).toBe(city);
}
const answers = (page: Page): Promise<string[]> => page.locator('.answers').first().locator('li').allInnerTexts();

test('who works in 二道区 sees district and city together, the province by name, caps as caps, and where a reading decides', async () => {
  await journey.visit('/', phone, async ({ page }) => {
    await begin(page, 'zh', 'person', { work: ['长春市', '二道区'], home: 'same' });
    await isShown(page, '二道区');
    expect(await bar(page)).toContain('和长春市的一起看');
    const asked = await answerAll(page, doctor);
    // Where she works was said before.
    expect(asked).not.toContain('用人单位.所在地');
    expect(await page.locator('.letter-head').innerText()).toContain('二道区、长春市 · 按 2026年6月30日 的政策');

    // Every result says whose it is; one level can be read alone, and the sums stay those of all.
    const tags = await page.locator('.result .level-tag').allTextContents();
    expect(new Set(tags)).toEqual(new Set(['二道区', '长春市']));
    expect(tags).toHaveLength(await page.locator('.result').count());
    const heading = await title(page);
    await page.getByRole('button', { name: /^二道区/ }).click();
    expect(new Set(await page.locator('.result .level-tag').allTextContents())).toEqual(new Set(['二道区']));
    expect(await title(page)).toBe(heading);
    await page.getByRole('button', { name: /^全部/ }).click();
    expect(await page.locator('.result').count()).toBe(tags.length);

    // What the province has is known by name only.
    const named = page.locator('.chapter', { has: page.getByRole('heading', { name: '只知道名称，没有收录内容' }) });
    expect(await named.locator('h3').first().isVisible()).toBe(false);
    await named.getByText(/^看看是哪 \d+ 份$/).click();
    expect(await named.innerText()).toMatch(/吉林省人才政策3.0版[^]*吉林省/);

    // She skipped whether she is a technology broker, so that is still open.
    const broker = await openBenefit(page, '技术经纪人奖励');
    expect(await broker.locator('summary').first().innerText()).toContain('最多 100,000 元，数额由评审定');

    // The card is for young talents as the text is read now; read otherwise it is not hers.
    const card = await openBenefit(page, '春城卡');
    await card.locator('.reading-mark').waitFor();
    expect(await card.locator('.reading-mark').innerText()).toBe('按一种解读');
    const mark = await card.locator('.marks').innerText();
    expect(mark).toMatch(/春城卡是给各种青年人才[^]*现在按这样算[^]*由评审定[^]*换一种读法[^]*应届毕业生[^]*那样的话：不能享受[^]*人才甲12/);
    expect(await card.getByRole('link', { name: '办事指南：材料、流程、例子' }).getAttribute('href')).toBe('/b/changchun/changchun-talent-3.0/chuncheng-card');
    await expectAccessible(page);
    await expectFits(page);
  });
});

test('from 二道区 to 吉林市 and back: answers stay, nothing is asked twice, and the result is the same', async () => {
  await journey.visit('/', phone, async ({ page }) => {
    await begin(page, 'zh', 'person', { work: ['长春市', '二道区'], home: ['吉林市'] });
    const first = await answerAll(page, doctor);
    // The marks of readings that decide come a moment after the result.
    await page.locator('.reading-mark').first().waitFor({ state: 'attached' });
    const before = await page.locator('.letter-open').innerText();
    const told = await answers(page);
    await page.getByRole('button', { name: '看吉林市的' }).click();
    await isShown(page, '吉林市');
    await page.locator('.letter').waitFor();
    expect(await answers(page)).toEqual(told);
    // What 吉林市 asks besides is asked now, and nothing that was dealt with.
    await page.getByRole('button', { name: '接着答' }).click();
    const second = await answerAll(page, doctor);
    expect(second.length).toBeGreaterThan(0);
    expect(second.filter((fact) => first.includes(fact) || fact === '用人单位.所在地')).toEqual([]);

    // Her work is in 二道区, which is one press away.
    expect(await bar(page)).toContain('您在二道区工作，那里也有政策。');
    await page.getByRole('button', { name: '看二道区的' }).click();
    await isShown(page, '二道区');
    await expect.poll(() => page.locator('.letter-open').innerText()).toBe(before);
    expect(await answers(page)).toEqual(expect.arrayContaining(told));
    // A reload stays where she is.
    await page.reload();
    await isShown(page, '二道区');
  });
});

test('who works in 四平市 and lives in 吉林市 is answered by the place of work, and offered both', async () => {
  await journey.visit('/', phone, async ({ page }) => {
    await begin(page, 'zh', 'person', { work: ['四平市', '铁西区'], home: ['吉林市'] });
    await isShown(page, '四平市');
    expect(await bar(page)).toContain('您住在吉林市，那里也有政策。');
    await answerAll(page, commuter);
    const home = await openBenefit(page, '引进人才购房补贴');
    expect(await home.locator('summary').first().innerText()).toMatch(/10,000 元[^]*认定/);
    // Whether the fairs after 2025 count as well, the text does not say.
    await home.locator('.reading-mark').waitFor();
    expect(await home.locator('.marks').innerText()).toMatch(/以后的房交会还有没有[^]*换一种读法[^]*那样的话：不能享受/);

    await page.getByRole('button', { name: '换地方' }).click();
    expect(await title(page)).toBe('看哪个地方的政策？');
    expect(await page.locator('.choice[aria-pressed=true]').innerText()).toMatch(/四平市[^]*现在看的 · 您在这里工作/);
    expect(await page.locator('.choices').innerText()).toMatch(/吉林市\n您住在这里/);
    await page.getByRole('button', { name: /^吉林市/ }).click();
    await isShown(page, '吉林市');
    await page.locator('.letter').waitFor();
    // The browser's way back leads to the choice, and Escape from there to the result.
    await page.goBack();
    await expect.poll(() => title(page)).toBe('看哪个地方的政策？');
    await page.keyboard.press('Escape');
    await page.locator('.letter').waitFor();

    // The place of work is changed: its jurisdiction follows, and the other answers stay.
    await page.getByRole('button', { name: '换地方' }).click();
    await page.getByRole('button', { name: '改这个回答：工作的地方' }).click();
    await pressPlace(page, '长春市');
    await page.getByRole('button', { name: '在长春市，说不清哪个区县' }).click();
    await isShown(page, '长春市');
  });
});

test('the answer where the employer is may point to another jurisdiction, which is one press away', async () => {
  await journey.visit('/?city=jilin-city', phone, async ({ page }) => {
    await begin(page);
    await answerAll(page, { ...master, '用人单位.所在地': '四平市' });
    expect(await bar(page)).toContain('您在四平市工作，那里也有政策。');
    await page.getByRole('button', { name: '看四平市的' }).click();
    await isShown(page, '四平市');
    expect((await answers(page)).join()).toContain('四平市');
    expect(await page.locator('.place-offer').count()).toBe(0);
  });
});

test('the address names the jurisdiction: nobody asks where, and a visit of another is taken up there', async () => {
  await journey.visit('/?city=siping', phone, async ({ page }) => {
    await expect.poll(() => page.locator('.start-city').innerText()).toBe('四平市');
    await start(page);
    await isShown(page, '四平市');
    expect(await page.locator('.is-narrow').count()).toBe(0);
    const fact = await askedFact(page);
    expect(questionOf(fact).title.zh).toBe(await title(page));
    await page.locator('.answer-place .choice').first().click();
    await expect.poll(() => title(page)).not.toBe(questionOf(fact).title.zh);
    await page.goto('/?city=jilin-city');
    await page.getByRole('button', { name: /^接着上次的答/ }).click();
    await isShown(page, '吉林市');
    await page.getByRole('button', { name: /看看结果/ }).click();
    expect(await page.locator('.answers').first().innerText()).toContain(questionOf(fact).name.zh);
    // An address that names nothing known is as if it named nothing.
    await page.goto('/?city=atlantis');
    await expect.poll(() => page.locator('.start-city').innerText()).toBe('长春市 · 二道区 · 吉林市 · 四平市');
  });
});

test('of a place that nobody serves this is said kindly, and any of the four can be looked at', async () => {
  await journey.visit('/', phone, async ({ page }) => {
    await start(page);
    await tellPlaces(page, { work: ['别的地方', '白山市'], home: 'same' });
    expect(await title(page)).toBe('那里的政策，梧桐还没有收录');
    expect((await page.locator('.choices .choice-words > span:first-child').allInnerTexts())).toEqual(['长春市', '二道区', '吉林市', '四平市']);
    await page.reload();
    await expect.poll(() => title(page)).toBe('那里的政策，梧桐还没有收录');
    await page.getByRole('button', { name: /^四平市/ }).click();
    await isShown(page, '四平市');
    const asked = await answerAll(page, master);
    expect(asked).not.toContain('用人单位.所在地');
    expect((await answers(page)).join()).toContain('白山市');
    expect(await page.locator('.letter-head').innerText()).toContain('您现在不在四平市工作：要看在哪里工作的，来了才算。');
  });
});

test('who has no work says so once, and nothing is asked of an employer', async () => {
  await journey.visit('/', phone, async ({ page }) => {
    await start(page);
    await pressPlace(page, '没有工作');
    expect(await title(page)).toBe('您住在哪里？');
    await tellPlaces(page, { work: [], home: ['吉林市'] });
    await isShown(page, '吉林市');
    const asked = await answerAll(page, {});
    expect(asked.filter((fact) => fact.startsWith('用人单位.'))).toEqual([]);
    expect((await answers(page)).join()).toContain('没有工作单位');
  });
});

test('where the policies hold nothing for an organisation this is said, and the ways on are there', async () => {
  await journey.visit('/', phone, async ({ page }) => {
    await begin(page, 'zh', 'organisation', { work: ['四平市', '铁西区'] });
    expect(await title(page)).toBe('四平市的政策里没有给单位的');
    const head = page.locator('.letter-head');
    expect(await head.innerText()).not.toMatch(/施行|换一个日子/);
    expect(await head.getByRole('link', { name: '待遇菜单' }).getAttribute('href')).toBe('/menu');
    await expectAccessible(page);
    await expectFits(page);
    await head.getByRole('button', { name: '换地方' }).click();
    await expect.poll(() => title(page)).toBe('看哪个地方的政策？');
  });
  // Before its first day nothing is in force, and that is another thing.
  await journey.visit('/?city=siping&date=2001-01-01', phone, async ({ page }) => {
    await start(page, 'zh', 'team');
    expect(await title(page)).toBe('这一天没有施行中的政策');
  });
});

test('what is open to every team is promised to none: it says who looks whether it is hers, and what the pack remarks', async () => {
  await journey.visit('/', phone, async ({ page }) => {
    await begin(page, 'zh', 'team', { work: ['长春市', '朝阳区'] });
    const head = await page.locator('.letter-head').innerText();
    expect(head).toContain('没有要问您的：是不是给您的，都由评审看。');
    expect(head).not.toMatch(/问完了|最多还可到/);
    const remarks = page.waitForRequest(/remarks-zh/);
    const academician = await openBenefit(page, '院士及其团队创业支持');
    await remarks;
    expect(await academician.locator('summary').first().innerText()).toMatch(/10,000,000 元[^]*是不是给您的，由评审看/);
    await academician.getByText('给在长春创业的院士和他的团队').waitFor();
    expect(await academician.locator('.reasons').count()).toBe(0);
  });
});

test('the card that district and city both give is no choice', async () => {
  await journey.visit('/?city=erdao', phone, async ({ page }) => {
    await start(page);
    await page.getByRole('button', { name: /看看结果/ }).click();
    await page.locator('.letter').waitFor();
    await expect.poll(() => page.locator('.result h3').filter({ hasText: '人才尊享卡' }).count()).toBe(2);
    expect(await page.locator('.choice-block', { hasText: '人才尊享卡' }).count()).toBe(0);
  });
});

test('who does not know yet where she will work is answered by where she lives; who says neither chooses', async () => {
  await journey.visit('/', phone, async ({ page }) => {
    await begin(page, 'zh', 'person', { work: null, home: ['长春市', '朝阳区'] });
    await isShown(page, '长春市');
    await page.locator('.brand').click();
    await start(page);
    await tellPlaces(page, { work: null, home: null });
    expect(await title(page)).toBe('看哪个地方的政策？');
    await expect.poll(() => page.locator('.choices .choice').count()).toBe(4);
  });
});

test('an organisation says where it is, and is answered by all its levels; so is a project', async () => {
  await journey.visit('/', phone, async ({ page }) => {
    await begin(page, 'zh', 'organisation', { work: ['长春市', '二道区'] });
    await isShown(page, '二道区');
    const asked = await answerAll(page, { 单位类型: '企业', 所有制: '民营', 高新技术企业: '首次认定', 专精特新: '国家级' }, { kind: 'organisation' });
    expect(asked).not.toContain('所在地');
    expect(new Set(await page.locator('.result .level-tag').allTextContents())).toEqual(new Set(['二道区', '长春市']));
    await expectAccessible(page);
  });
  await journey.visit('/', phone, async ({ page }) => {
    await begin(page, 'zh', 'project', { work: ['长春市', '二道区'] });
    await isShown(page, '二道区');
  });
});

test('in English the jurisdictions, the levels and the offers are told in English', async () => {
  await journey.visit('/en/', phone, async ({ page }) => {
    await begin(page, 'en', 'person', { work: ['Changchun', '二道区'], home: ['Jilin'] });
    expect(await bar(page)).toMatch(/Erdao District[^]*together with Changchun[^]*You live in Jilin/);
    await answerAll(page, doctor, { language: 'en' });
    const card = await openBenefit(page, 'Chuncheng card');
    await card.locator('.reading-mark').waitFor();
    expect(await card.locator('.marks').innerText()).toMatch(/As it is read now[^]*Read otherwise[^]*Then: not met/);
    expect(await card.getByRole('link', { name: /^Guide/ }).getAttribute('href')).toBe('/en/b/changchun/changchun-talent-3.0/chuncheng-card');
    await page.getByText(/^See the \d+ documents$/).click();
    expect(await page.locator('.named h3').allInnerTexts()).toContain('Jilin Province\'s talent policy, version 3.0');
    expect((await page.locator('.named h3').allInnerTexts()).join()).not.toMatch(/[一-鿿]/);
    // Another language goes on in the same jurisdiction.
    await page.locator('.display summary').click();
    await page.getByText('中文', { exact: true }).click();
    await isShown(page, '二道区');
  });
});

test('on paper the sheet names every level and what is known by name only', async () => {
  await journey.visit('/', phone, async ({ page }) => {
    await begin(page, 'zh', 'person', { work: ['长春市', '二道区'], home: 'same' });
    await answerAll(page, doctor);
    await page.locator('.reading-mark').first().waitFor({ state: 'attached' });
    await page.emulateMedia({ media: 'print' });
    const text = await page.locator('.printed .sheet').innerText();
    expect(text).toMatch(/春城卡[^]*按一种解读[^]*写着“按一种解读”的，原文没有说死/);
    expect(await page.locator('.printed .sheet-mark').count()).toBe(await page.locator('.letter .reading-mark').count());
    for (const words of ['二道区人才政策清单', '二道区：', '长春市：', '春城卡', '只知道名称，没有收录内容', '吉林省人才政策3.0版']) expect(text).toContain(words);
    expect(await page.locator('.printed .sheet-level').count()).toBe(await page.locator('.letter .result').count());
  });
});

// Five people go from the start page to what they came for, in a real browser on a telephone.
import type { Locator, Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { expectAccessible, expectFits, type View } from '../support/browser.ts';
import { useBrowser } from '../support/use-browser.ts';
import { answerAll, begin, give, openBenefit, questionOf, title } from './answer-questions.ts';
import { craftsman, founder, master, stranger, unknowing } from './people.ts';

const journey = useBrowser();
const phone: View = { width: 390 };

/** The part of an opened benefit below a heading. */
const part = (benefit: Locator, heading: string): Promise<string> => benefit.locator('.part', { has: benefit.page().getByRole('heading', { name: heading, exact: true }) }).innerText();

const chapter = (page: Page, heading: string): Locator => page.locator('.chapter', { has: page.getByRole('heading', { level: 2, name: new RegExp(`^${heading}`) }) });

test('a 985 master in the sixth year of her contract: two sums, five dates, and the flat to choose', async () => {
  await journey.visit('/', phone, async ({ page }) => {
    await begin(page);
    const asked = await answerAll(page, master);
    // Nobody is asked for what a benefit of somebody else needs, or twice.
    expect(new Set(asked).size).toBe(asked.length);
    expect(asked).not.toContain('创业注册日期');

    expect(await title(page)).toBe('您能确定拿到 220,000 元');
    const hers = chapter(page, '您能得到的').locator('.result');
    expect(await hers.locator('h3').allInnerTexts()).toEqual(['企业引才生活补贴', '企业引才住房补贴']);
    expect(await hers.locator('> details > summary').allInnerTexts()).toEqual([expect.stringMatching(/120,000 元[^]*可以领/), expect.stringMatching(/100,000 元[^]*可以领/)]);

    const dates = page.locator('.letter-when time');
    expect(await dates.evaluateAll((times) => times.map((time) => time.getAttribute('datetime')))).toEqual(['2022-03-01', '2023-03-01', '2024-03-01', '2025-03-01', '2026-03-01']);
    expect((await page.locator('.letter-when').innerText()).match(/24,000 元/g)).toHaveLength(5);

    const living = await openBenefit(page, '企业引才生活补贴');
    expect(await part(living, '谁来定')).toContain('县区人社部门');
    expect(await part(living, '谁出钱')).toContain('县区人才专项资金 120,000 元');
    expect(await part(living, '依据')).toContain('附件1三（二）1（1）');
    expect(await part(living, '分几次')).toContain('每次发之前核对：在岗');
    await expectFits(page);

    const choice = chapter(page, '由您来选').locator('.choice-block', { hasText: '学子人才公寓' });
    expect(await choice.locator('.choice').allInnerTexts()).toEqual([expect.stringMatching(/企业引才生活补贴[^]*合计 220,000 元/), expect.stringMatching(/学子人才公寓[^]*合计 100,000 元/)]);
    await choice.getByText('学子人才公寓').click();
    await expect.poll(() => title(page)).toBe('您能确定拿到 100,000 元');
    // Without the subsidy there is no date to wait for, and it is not hidden that she could have it.
    expect(await dates.count()).toBe(0);
    expect(await hers.filter({ hasText: '企业引才生活补贴' }).last().locator('> details > summary').innerText()).toContain('只能选一样');
    await choice.getByText('企业引才生活补贴').click();
    await expect.poll(() => title(page)).toBe('您能确定拿到 220,000 元');
    await expect.poll(() => dates.count()).toBe(5);
  });
});

test('a rural craftsman: the subsidy waits for a recognition, and is certain once she tells that she has it', async () => {
  await journey.visit('/', phone, async ({ page }) => {
    await begin(page);
    await answerAll(page, craftsman);
    expect(await title(page)).toMatch(/^没有一项能确定，\d+ 项要看评审$/);
    const training = await openBenefit(page, '乡村人才技能等级培训补贴');
    expect(await training.locator('summary').first().innerText()).toMatch(/元[^]*认定/);
    expect(await part(training, '要等的结果')).toContain('是不是认定的乡村人才');
    expect(await part(training, '谁来定')).toContain('人社局');
    expect(await part(training, '依据')).toMatch(/附件|（/);
    expect(await part(training, '为什么')).toContain('技能等级：高级工（三级）');
    await expectAccessible(page);

    await training.getByRole('button', { name: '已经有结果了？填上：是不是认定的乡村人才' }).click();
    await expect.poll(() => title(page)).toBe(questionOf('乡村人才').title.zh);
    await give(page, questionOf('乡村人才'), true);
    await page.locator('.letter').waitFor();
    expect(await title(page)).toMatch(/^您能确定拿到 [\d,]+ 元$/);
    expect(await chapter(page, '您能得到的').innerText()).toContain('乡村人才技能等级培训补贴');
  });
});

test('somebody who is owed nothing sees of every benefit why, with her own answers', async () => {
  // She works in 长春市, and looks at what 吉林市 would give.
  await journey.visit('/?city=jilin-city', phone, async ({ page }) => {
    await begin(page);
    await answerAll(page, stranger);
    expect(await title(page)).toMatch(/^没有一项能确定/);
    expect(await chapter(page, '您能得到的').count()).toBe(0);
    expect(await page.locator('.letter-when').count()).toBe(0);

    const denied = chapter(page, '不能享受的，为什么');
    const count = Number(/(\d+) 项/.exec(await denied.getByRole('heading', { level: 2 }).innerText())?.[1]);
    // Nothing can make these hers, so the reasons stand open.
    const reasons = await denied.locator('.result-state').allInnerTexts();
    expect(reasons).toHaveLength(count);
    for (const reason of reasons) expect(reason).toMatch(/要求/);
    expect(await denied.locator('.result-state').last().isVisible()).toBe(true);

    const living = await openBenefit(page, '企业引才生活补贴');
    expect(await living.locator('summary').first().innerText()).toContain('要求学历是本科以上，您说“大专”');
    const lacking = await part(living, '差在哪里');
    for (const words of ['学历是本科以上', '最高学历：大专', '企业在吉林市', '单位在哪里：长春市']) expect(lacking).toContain(words);
    expect(await part(living, '依据')).toContain('附件1三（二）1（1）');
    expect(await (await openBenefit(page, '大学生回巢定向选调')).locator('summary').first().innerText()).toContain('要求籍贯是吉林市，您的是北京市');
  });
});

test('somebody who knows little gets ranges, what is missing, and a way to fill it in', async () => {
  await journey.visit('/', phone, async ({ page }) => {
    await begin(page);
    const asked = await answerAll(page, unknowing);
    expect(await title(page)).toBe('现在还没有一项能确定');
    const skipped = asked.filter((fact) => unknowing[fact] === undefined);
    // Only what could still change something is counted.
    const told = Number(/您跳过了 (\d+) 个问题，补上会更准/.exec(await page.locator('.letter-head').innerText())?.[1]);
    expect(told).toBeGreaterThan(1);
    expect(told).toBeLessThanOrEqual(skipped.length);

    const living = await openBenefit(page, '企业引才生活补贴');
    expect(await living.locator('summary').first().innerText()).toContain('60,000 到 120,000 元');
    expect(await chapter(page, '还可能得到的').innerText()).toContain('补上跳过的问题，就知道这些是不是您的');

    // What was skipped can be told later, one by one, and the range becomes a sum.
    await page.getByText(`跳过的 ${skipped.length} 个问题`).click();
    for (const fact of ['毕业院校', '用人单位.规上'] as const) {
      const more = page.getByText(/^跳过的 \d+ 个问题$/);
      const tell = page.getByRole('button', { name: `回答 ${questionOf(fact).name.zh}`, exact: true });
      if (!(await tell.isVisible())) await more.click();
      await tell.click();
      await expect.poll(() => title(page)).toBe(questionOf(fact).title.zh);
      await give(page, questionOf(fact), fact === '毕业院校' ? '吉林大学' : true);
      await page.locator('.letter').waitFor();
    }
    await expect.poll(() => title(page)).toBe('您能确定拿到 120,000 元');
  });
});

test('a founder gets the subsidy for a first business, and a loan is called one', async () => {
  await journey.visit('/', phone, async ({ page }) => {
    await begin(page);
    const asked = await answerAll(page, founder);
    // Who has no employer is asked nothing of one.
    expect(asked.filter((fact) => fact.startsWith('用人单位.'))).toEqual(['用人单位.单位类型']);
    expect(await title(page)).toBe('您能确定拿到 5,000 元');
    expect(await chapter(page, '您能得到的').locator('h3').allInnerTexts()).toEqual(['高校毕业生初次创业补贴']);
    expect(await page.locator('.letter-when').innerText()).toMatch(/政策没有写哪天发的[^]*5,000 元/);
    const loan = await openBenefit(page, '个人创业担保贷款');
    expect(await loan.locator('summary').first().innerText()).toContain('最多 200,000 元，数额由评审定');
  });
});

test('an employer, a project and a team are asked their own questions', async () => {
  for (const [kind, known] of [
    ['organisation', { 单位类型: '企业', 所有制: '民营', 规上: true, 所在地: '昌邑区', 中小微: true, 高新技术企业: '首次认定', 专精特新: '否' }],
    ['project', { 科技企业: true, 实际到位资金: 3_000_000, 项目总投资: 5_000_000, 技术交易总额: 0, 技术合同成交额: 0 }],
  ] as const) {
    await journey.visit('/', phone, async ({ page }) => {
      await begin(page, 'zh', kind);
      const asked = await answerAll(page, known, { kind });
      expect(asked.length).toBeGreaterThan(0);
      expect(await page.locator('.letter .result').count()).toBeGreaterThan(0);
      await expectAccessible(page);
    });
  }
  await journey.visit('/', phone, async ({ page }) => {
    await begin(page, 'zh', 'team');
    // Nothing of a team decides, so the result comes at once.
    await page.locator('.letter').waitFor();
    expect(await page.locator('.letter .result').count()).toBeGreaterThan(0);
  });
});

// A grant is changed on the page of its case: how much in all, by which days, why; the new letter stands there at once.
import { expect, test } from 'vitest';
import { findDatabase } from '../../src/main/database.ts';
import { expectAccessible, expectFits } from '../support/browser.ts';
import { asOwner, type TestDatabase } from '../support/database.ts';
import { useDeskCity } from '../support/desk-cases.ts';

const city = useDeskCity();

/** As if a colleague had decided the case, so that this approver may change it. */
async function leaveToColleague(caseId: string): Promise<void> {
  const database = await findDatabase({ environment: city.environment(), mayShare: true, mayMigrate: false });
  try {
    const colleague = '{"act":"decide","step":1,"accountId":"00000000-0000-4000-8000-000000000001"}';
    await asOwner({ ownerUrl: database.url } as TestDatabase, (client) =>
      client.query(`update cases set progress = jsonb_set(progress, '{acts}', (select jsonb_agg(case when act ->> 'act' = 'decide' then $2::jsonb else act end) from jsonb_array_elements(progress -> 'acts') act)) where case_id = $1`, [caseId, colleague]),
    );
  } finally {
    await database.stop();
  }
}

test('an approver who did not decide a case changes it: the amount by the days that it had, or other days that add up', async () => {
  const caseId = city.made().cases.granted;
  await city.visit('approver', `/cases/${caseId}`, { width: 390 }, async ({ page }) => {
    await page.getByText('变更决定、撤销决定').waitFor();
    expect(await page.getByRole('button', { name: '变更决定' }).count()).toBe(0);
  });
  await leaveToColleague(caseId);
  await city.visit('approver', `/cases/${caseId}`, { width: 390 }, async ({ page }) => {
    let release = (): void => undefined;
    const held = new Promise<void>((resolve) => {
      release = resolve;
    });
    await page.route('**/api/v1/instalments?*', async (route) => {
      await held;
      await route.continue();
    });
    await page.getByRole('button', { name: '变更决定' }).click();
    // Whoever is faster than the instalments waits for them.
    await page.getByLabel('变更后一共给多少（元）').waitFor();
    expect(await page.getByLabel('还没付的，另定各期').isEnabled()).toBe(false);
    release();
    await page.getByText('现在一共给 120,000 元，其中已经付的（含在银行的）0 元。').waitFor();
    expect(await page.getByRole('button', { name: '变更决定' }).isEnabled()).toBe(false);
    await page.getByLabel('变更后一共给多少（元）').fill('60,000');
    await page.getByLabel('还没付的，另定各期').check();
    await page.getByText('各期合计 120,000 元，应当是 60,000 元。').waitFor();
    // Day and amount of one instalment stand side by side.
    const tops = await page.getByRole('group', { name: '第 1 期' }).locator('.input').evaluateAll((inputs) => inputs.map((input) => Math.round(input.getBoundingClientRect().bottom)));
    expect(new Set(tops).size, `${tops.join()}`).toBe(1);
    // An amount that cannot be read is compared with nothing.
    await page.getByLabel('变更后一共给多少（元）').fill('六万');
    await page.getByText('各期合计 120,000 元。', { exact: true }).waitFor();
    await page.getByLabel('变更后一共给多少（元）').fill('60,000');
    for (const no of [5, 4, 3]) await page.getByRole('button', { name: `去掉第 ${no} 期` }).click();
    for (const no of [1, 2]) await page.getByRole('group', { name: `第 ${no} 期` }).getByLabel('金额（元）').fill('30,000');
    await page.getByText('各期合计 60,000 元，应当是 60,000 元。').waitFor();
    await page.getByLabel('理由').fill('核实后减半，分两次发。');
    await expectAccessible(page);
    await expectFits(page);
    await page.getByRole('button', { name: '变更决定' }).click();
    await page.getByText('已变更，新的决定书作好了。').waitFor();
    await page.getByText('核实后减半，分两次发。').first().waitFor();
    await page.getByText('60,000 元').first().waitFor();
    await expectAccessible(page);
  });
});

// A grid worker walks a round where there is no signal and finds a fault; back in signal, the
// unit that must mend it has it on its desk with a clock, mends it, and somebody else looks
// again. And a courier reports a lamp from a poster with one photo and one tap.

import type { Page } from '@playwright/test';

import { staff } from '../lib/people';
import { air, phone, photo, signInAsStaff, test, visit } from '../lib/phone';
import { look } from '../lib/seen';
import { expect, PHONE } from '../lib/test';

/** Answers for the spot that lies open: everything is good, but for what `wrong` names. */
async function answers(page: Page, wrong?: { line: number; photo: number; says: string }): Promise<void> {
  const form = page.locator('details[open] > form.check');
  await expect(form).toHaveCount(1);
  const lines = form.locator('fieldset');
  for (let number = 0; number < (await lines.count()); number += 1) {
    const line = lines.nth(number);
    if (number !== wrong?.line) {
      await line.getByText('好', { exact: true }).click();
      continue;
    }
    await line.getByText('有问题', { exact: true }).click();
    await line.locator('input[type="file"][accept^="image"]').setInputFiles([photo(wrong.photo)]);
    await line.getByRole('textbox').fill(wrong.says);
  }
  await form.getByRole('button', { name: '看过了，下一处' }).click();
}

test('a round is walked without signal, and the fault is on the desk of whoever must mend it', async ({ browser, town, signal }) => {
  test.setTimeout(300_000);
  const mark = `扶手松了${Date.now() % 100_000}`;
  const page = await phone(browser, signal);
  await signInAsStaff(page, 'grid-worker');
  await page.goto('/desk/today');
  expect(await look(page, 'rounds-today')).toEqual([]);
  const round = await page.locator('a[href^="/desk/rounds/"]').first().getAttribute('href');
  await visit(page, round as string);
  const spots = await page.locator('form.check').count();
  expect(spots).toBeGreaterThan(1);

  await test.step('in the stairwell there is no signal', async () => {
    await air(page.context(), signal, 'none');
    await page.goto(round as string);
    for (let spot = 0; spot < spots; spot += 1) {
      await answers(page, spot === 0 ? { line: 0, photo: 900, says: mark } : undefined);
      await expect(page.locator('#queue')).toContainText(`已记下 ${spot + 1} 件`);
      if (spot === 0) {
        expect(await look(page, 'rounds-noted')).toEqual([]);
        // Opened again, it goes on where it was left.
        await page.goto(round as string);
        await expect(page.locator('form.check')).toHaveCount(spots - 1);
      }
    }
    expect(signal.writes).toBe(0);
  });

  await test.step('with signal all of it goes, once', async () => {
    await page.goto('/waiting');
    await air(page.context(), signal, 'clear');
    await expect(page.getByRole('main').getByText('发出去了', { exact: true })).toHaveCount(spots, { timeout: 60_000 });
    await page.goto(round as string);
    await expect(page.getByRole('main')).toContainText('走完了');
    await expect(page.getByRole('main').getByRole('link').filter({ hasText: mark })).toHaveCount(1);
  });

  const href = await page.getByRole('main').getByRole('link').filter({ hasText: mark }).getAttribute('href');

  await test.step('whoever must mend it has it on the desk, with a clock', async () => {
    const owner = await page.goto(href as string).then(() => page.locator('dl.facts').first().textContent());
    const unit = await staff(browser, town.url, owner?.includes('社区') ? 'community' : 'handler');
    await unit.goto(`/desk/search?q=${encodeURIComponent(mark)}`);
    await unit.getByRole('link').filter({ hasText: mark }).first().click();
    await expect(unit.getByRole('main')).toContainText(mark);
    await expect(unit.locator('.clock').first()).toBeVisible();
    await expect(unit.locator('img').first()).toBeVisible();
    expect(await look(unit, 'rounds-found')).toEqual([]);
    await unit.context().close();
  });
  await page.context().close();
});

test('a courier reports a lamp from the poster with one photo and one tap', async ({ browser, town }) => {
  const context = await browser.newContext({ baseURL: town.url, locale: 'zh-CN', viewport: PHONE, hasTouch: true, isMobile: true });
  const page = await context.newPage();
  await page.goto('/p/990121001001001');
  await page.getByRole('link', { name: /路过看到问题/ }).click();
  expect(await look(page, 'observe')).toEqual([]);
  await page.locator('input[type="file"][accept^="image"]').setInputFiles([photo(901, 1600, 1200)]);
  await page.getByRole('button', { name: '路灯、楼道灯' }).click();
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
  expect(page.url()).toContain('/receipt');
  expect(await look(page, 'observe-thanks')).toEqual([]);
  await context.close();
});

// A time at a window is booked on a phone without a line of script, by nobody whom the house
// knows; it is gone for the next one, and free again when it is given back. At the window
// itself somebody who just came takes a number, is called and is served.

import type { Browser, Page } from '@playwright/test';

import { staff } from '../lib/people';
import { look } from '../lib/seen';
import { expect, PHONE, test } from '../lib/test';
import type { Town } from '../lib/town';

const WINDOW = '灯巷社区';

async function somebody(browser: Browser, town: Town): Promise<Page> {
  const context = await browser.newContext({ baseURL: town.url, locale: 'zh-CN', viewport: PHONE, javaScriptEnabled: false });
  return context.newPage();
}

/** To the free times of the community's window, from what somebody needs. */
async function times(page: Page): Promise<void> {
  await page.goto('/guide/residence-proof');
  await page.getByRole('link', { name: /约个时间去办/ }).click();
  await page.getByRole('listitem').filter({ hasText: WINDOW }).getByRole('link').first().click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('约哪个时间');
}

test('a time at a window is booked on a phone without script, and is gone for others until it is given back', async ({ browser, town }) => {
  const page = await somebody(browser, town);
  await times(page);
  const first = page.getByRole('main').locator('.times a').first();
  const time = await first.getAttribute('href');
  const free = (reader: Page) => reader.locator(`.times a[href="${time}"]`);
  await first.click();
  await page.getByRole('button', { name: '就约这个时间' }).click();
  await expect(page.getByRole('main').locator('.field-wrong')).toHaveCount(2);
  await page.getByLabel('怎么称呼您').fill('柳大妈');
  await page.getByLabel('手机号或邮箱').fill('13900007788');
  await page.getByRole('button', { name: '就约这个时间' }).click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('您的预约');
  await expect(page.getByRole('main')).toContainText('约好了');
  await expect(page.getByRole('main').locator('section.card li').first()).toBeVisible();

  const other = await somebody(browser, town);
  await times(other);
  await expect(free(other)).toHaveCount(0);

  await page.getByText('取消预约', { exact: true }).click();
  await page.getByRole('button', { name: '取消，让给别人' }).click();
  await expect(page.getByRole('main')).toContainText('取消了');
  await times(other);
  await expect(free(other)).toHaveCount(1);
  await other.context().close();
  await page.context().close();
});

test('whoever just comes takes a number, is called and is served', async ({ browser, town }) => {
  const desk = await staff(browser, town.url, 'community');
  await desk.goto('/desk/windows');
  await desk.getByRole('main').getByRole('link', { name: '社区便民窗口' }).click();
  expect(await look(desk, 'window-today')).toEqual([]);
  await desk.getByRole('button', { name: '来了一位，给个号' }).click();
  const drawn = (await desk.getByText(/请拿 \d+ 号/).textContent())?.match(/\d+/)?.[0] as string;
  const row = desk.getByRole('row').filter({ has: desk.getByRole('rowheader', { name: drawn, exact: true }) });
  await row.getByRole('button', { name: '叫号' }).click();
  const reader = await somebody(browser, town);
  const open = await desk.getByRole('link', { name: '居民看到的' }).getAttribute('href');
  await reader.goto(open as string);
  await expect(reader.getByRole('main')).toContainText(drawn);
  await row.getByRole('button', { name: '办完了' }).click();
  await expect(row).toContainText('办完了');
  await row.getByRole('button', { name: '撤回' }).click();
  await expect(row.getByRole('button', { name: '办完了' })).toBeVisible();
  await reader.context().close();
  await desk.context().close();
});

test('whoever keeps a window sees its week before it is saved, without script, and nothing typed is lost', async ({ browser, town }) => {
  const desk = await staff(browser, town.url, 'community');
  await desk.goto('/desk/windows');
  await desk.getByRole('main').getByRole('link', { name: '社区便民窗口' }).click();
  await desk.getByRole('link', { name: '窗口设置' }).click();
  const setup = desk.url();
  await desk.getByRole('button', { name: '看看这一周' }).click();
  await expect(desk.getByRole('main')).toContainText('约好的人都不受影响');
  expect(await look(desk, 'window-week')).toEqual([]);
  const state = await desk.context().storageState();
  const context = await browser.newContext({ baseURL: town.url, locale: 'zh-CN', viewport: PHONE, javaScriptEnabled: false, storageState: state });
  const page = await context.newPage();
  await page.goto(setup);
  const before = await page.locator('#location').inputValue();
  await page.locator('#location').fill('二楼拐角');
  for (let day = 1; day <= 7; day += 1) {
    await page.locator(`input[name="day-${day}"]`).fill(day === 3 ? '9-10' : '');
    await page.locator(`input[name="midday-${day}"]`).fill('');
  }
  await page.locator('input[name="minutes"]').fill('30');
  await page.getByRole('button', { name: '看看这一周' }).click();
  const week = page.getByRole('region', { name: '照这样，这一周能约的时间' });
  await expect(week).toContainText('这七天一共 2 个时间');
  await week.getByText(/^2 个/).click();
  await expect(week).toContainText('09:00 09:30');
  await expect(page.locator('#location')).toHaveValue('二楼拐角');
  await page.goto(setup);
  await expect(page.locator('#location')).toHaveValue(before);
  await context.close();
  await desk.context().close();
});

// The supervision board by keyboard, and the wall screen: large, dark, changing by itself.

import { appeal, Finger, staff, stranger } from '../lib/people';
import { faults, picture } from '../lib/seen';
import { expect, test, wear, type Taste } from '../lib/test';

const WALL = { width: 1920, height: 1080 };
const WALLS: Taste[] = [
  { lang: 'zh', theme: 'light', view: 'normal' },
  { lang: 'en', theme: 'dark', view: 'normal' },
];

test('a supervisor goes from the board to a case and its step without a mouse', async ({ browser, town }) => {
  const resident = await stranger(browser, town.url);
  await appeal(resident, new Finger(), '楼道里的灯三天不亮了，老人下楼看不见。', '老渡口社区');
  const supervisor = await staff(browser, town.url, 'county-supervisor');
  await supervisor.keyboard.press('g');
  await supervisor.keyboard.press('l');
  await expect(supervisor.getByRole('heading', { level: 1, name: '督办' })).toBeVisible();
  await supervisor.getByRole('link', { name: /七天内/ }).click();
  const row = supervisor.getByRole('listitem').filter({ hasText: '楼道里的灯三天不亮了' }).first();
  await expect(row).toContainText('责任单位还没人打开看过');
  await supervisor.waitForLoadState();
  await supervisor.keyboard.press('j');
  await supervisor.keyboard.press('Enter');
  await expect(supervisor).toHaveURL(/\/desk\/cases\//);
  await supervisor.goBack();
  await row.locator('.row-steps a').first().click();
  await expect(supervisor.locator('details[open] form').first()).toBeVisible();
});

test('the wall screen fills 1920 px, names nobody and changes by itself', async ({ browser, town }) => {
  const page = await staff(browser, town.url, 'county-supervisor');
  await page.setViewportSize(WALL);
  for (const taste of WALLS) {
    await wear(page, town.url, taste);
    await page.goto('/desk/screen');
    await expect(page.locator('.screen-number')).toHaveCount(4);
    expect.soft(await faults(page), taste.lang).toEqual([]);
    await picture(page, `1920/desk-screen.${taste.lang}`);
  }
  const size = (of: string) => page.locator(of).first().evaluate((it) => parseFloat(getComputedStyle(it).fontSize));
  // A hand's breadth is read from the other end of a hall, two fingers' from six metres.
  expect(await size('.screen-number')).toBeGreaterThanOrEqual(100);
  expect(await size('.screen-table td')).toBeGreaterThanOrEqual(30);

  const came = page.locator('.screen-number').first();
  const before = Number(await came.innerText());
  const resident = await stranger(browser, town.url);
  const secret = '三号楼的王师傅家水管爆了。';
  await appeal(resident, new Finger(), secret, '老渡口社区');
  await expect(came).not.toHaveText(String(before), { timeout: 20_000 });
  await expect(page.locator('body')).not.toContainText('王师傅');
});

test('without JavaScript the wall screen asks again by itself', async ({ browser, town }) => {
  const signed = await staff(browser, town.url, 'county-supervisor');
  const storageState = await signed.context().storageState();
  const context = await browser.newContext({ baseURL: town.url, storageState, javaScriptEnabled: false });
  const page = await context.newPage();
  await page.goto('/desk/screen');
  await expect(page.locator('.screen-number').first()).toBeVisible();
  await expect(page.locator('meta[http-equiv="refresh"]')).toHaveCount(1);
  await context.close();
});

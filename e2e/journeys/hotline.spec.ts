// The hotline, by keyboard alone: no finger and no mouse touches anything here.

import type { Locator, Page } from '@playwright/test';

import { look } from '../lib/seen';
import { DESK, expect, test } from '../lib/test';

test.use({ viewport: DESK });

const TABS_MAX = 90;

/** Presses the tabulator until the focus is there. */
async function reach(page: Page, target: Locator): Promise<void> {
  await expect(target.first()).toBeAttached();
  for (let press = 0; press < TABS_MAX; press += 1) {
    const here = await target.first().evaluate((element) => element === document.activeElement);
    if (here) return;
    await page.keyboard.press('Tab');
  }
  throw new Error(`not to be reached by the keyboard: ${target}`);
}

async function write(page: Page, name: string, text: string): Promise<void> {
  await reach(page, page.getByRole('textbox', { name }));
  await page.keyboard.type(text);
}

/** Walks down a list of choices until this one is chosen. */
async function choose(page: Page, name: string, label: string): Promise<void> {
  const select = page.getByRole('combobox', { name });
  await reach(page, select);
  const chosen = () => select.evaluate((list: HTMLSelectElement) => list.selectedOptions[0]?.label);
  for (let press = 0; press < 120 && (await chosen()) !== label; press += 1) await page.keyboard.press('ArrowDown');
  expect(await chosen()).toBe(label);
}

async function signIn(page: Page, login: string): Promise<void> {
  await page.goto('/desk/sign-in');
  await write(page, '登录名', login);
  await write(page, '密码', 'huiyin-demo-town');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('heading', { level: 1, name: '收件箱' })).toBeVisible();
}

/** Writes a case down for somebody who calls; ends on the page with the code. */
async function call(page: Page, phone: string, text: string, seen: () => Promise<void>): Promise<void> {
  // A key that is pressed before this is heard by nobody.
  await page.waitForLoadState();
  await page.keyboard.press('g');
  await page.keyboard.press('n');
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('记一件：诉求');
  await expect(page.getByRole('radio', { name: '热线' })).toBeChecked();
  await write(page, '手机或邮箱', phone);
  await seen();
  await write(page, '是什么事', text);
  await reach(page, page.getByRole('searchbox', { name: '在哪里' }));
  await page.keyboard.type('灯巷社区');
  const place = page.getByRole('list', { name: '找到的地方' }).getByRole('radio', { name: /灯巷社区/ });
  await reach(page, place);
  await page.keyboard.press('Space');
  await choose(page, '哪类事项', '室内不热');
  await reach(page, page.getByRole('group', { name: '紧急' }).getByRole('radio', { name: '是', exact: true }));
  await page.keyboard.press('Space');
  await reach(page, page.getByRole('button', { name: '记下来' }));
  await page.keyboard.press('Enter');
  await expect(page.getByRole('heading', { level: 1, name: '记下了' })).toBeVisible();
  await expect(page.getByRole('main')).toContainText(/\d{4}\s+\d{4}\s+\d{4}\s+\d{4}/);
}

test('an operator takes two calls of one person, and a dispatcher sends them on', async ({ page, browser, town }) => {
  const phone = `139${String(Date.now()).slice(-8)}`;
  const first = `暖气不热，电话里说是今天早上开始的（${phone.slice(-4)}）。`;
  await signIn(page, 'operator');

  await test.step('the first call: nothing is open for this number', async () => {
    await call(page, phone, first, async () => {
      await expect(page.getByRole('complementary', { name: '打电话的人' })).toContainText('这个号码没有还在办的事');
    });
    expect(await look(page, 'call-written-down')).toEqual([]);
  });

  await test.step('the second call: what is open is there while the number is typed', async () => {
    await call(page, phone, '还是刚才的事，孩子发烧了，请快一点。', async () => {
      const caller = page.getByRole('complementary', { name: '打电话的人' });
      await expect(caller).toContainText('还在办的事：1 件');
      await expect(caller.getByRole('link')).toContainText('暖气不热');
      expect(await look(page, 'caller-known')).toEqual([]);
    });
  });

  const desk = await (await browser.newContext({ viewport: DESK, locale: 'zh-CN', baseURL: town.url })).newPage();
  await test.step('the dispatcher walks through the inbox', async () => {
    await signIn(desk, 'dispatcher');
    const rows = desk.locator('[data-rows] > li');
    await desk.waitForLoadState();
    await desk.keyboard.press('j');
    await expect(rows.nth(0).getByRole('link')).toBeFocused();
    await desk.keyboard.press('j');
    await expect(rows.nth(1).getByRole('link')).toBeFocused();
    await desk.keyboard.press('x');
    await expect(rows.nth(1).getByRole('checkbox')).toBeChecked();
    await desk.keyboard.press('x');
    await desk.keyboard.press('k');
    await expect(rows.nth(0).getByRole('link')).toBeFocused();
    await desk.keyboard.press('?');
    await expect(desk.locator('#keys')).toContainText('下一件');
    await desk.keyboard.press('?');
    await expect(desk.locator('#keys dl')).toBeHidden();
  });

  await test.step('finds the urgent one and sends it where the duty list says', async () => {
    await desk.keyboard.press('/');
    await expect(desk.getByRole('searchbox', { name: '搜内容' })).toBeFocused();
    await desk.keyboard.type(phone.slice(-4));
    await desk.keyboard.press('Enter');
    await expect(desk.getByRole('main')).toContainText(first.slice(0, 12));
    await desk.keyboard.press('j');
    await desk.keyboard.press('Enter');
    await expect(desk.getByRole('article')).toContainText('紧急');
    const now = desk.getByRole('complementary', { name: '现在' });
    await expect(now).toContainText('责任清单：室内不热，听溪县，归听溪县供热公司');
    await expect(now.getByRole('combobox', { name: '派给谁' }).first()).toContainText('听溪县供热公司');
    await reach(desk, now.getByRole('button', { name: '派给', exact: true }));
    await desk.keyboard.press('Enter');
    await expect(desk.getByRole('article')).toContainText('等着接手');
    await desk.keyboard.press('g');
    await desk.keyboard.press('i');
    await expect(desk.getByRole('heading', { level: 1, name: '收件箱' })).toBeVisible();
  });
});

// Who acts in the journeys, and what they do in one breath. Everything is found as a screen
// reader finds it: by role and name.

import { expect, type Browser, type Locator, type Page } from '@playwright/test';

import { DESK } from './test';

/** Everybody's in the demo, which says so when it starts. */
const PASSWORD = 'huiyin-demo-town';

/** A member of staff at a desk of their own, signed in. */
export async function staff(browser: Browser, town: string, login: string): Promise<Page> {
  const context = await browser.newContext({ viewport: DESK, locale: 'zh-CN', baseURL: town });
  const page = await context.newPage();
  await page.goto('/desk/sign-in');
  await page.getByRole('textbox', { name: '登录名' }).fill(login);
  await page.getByRole('textbox', { name: '密码' }).fill(PASSWORD);
  await page.getByRole('button', { name: '登录' }).click();
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
  return page;
}

/** Counts what a finger does: every press, and every text typed. */
export class Finger {
  taps = 0;
  texts = 0;

  async tap(target: Locator): Promise<void> {
    this.taps += 1;
    await target.click();
  }

  async type(target: Locator, text: string): Promise<void> {
    this.texts += 1;
    await target.fill(text);
  }
}

/** Brings an appeal in from the front page; ends on the receipt. */
export async function appeal(page: Page, finger: Finger, text: string, place: string): Promise<void> {
  await page.goto('/');
  await finger.type(page.getByRole('textbox', { name: '是什么事' }), text);
  await finger.tap(page.getByRole('button', { name: '接着说' }));
  await finger.tap(page.getByRole('button', { name: '诉求' }));
  await finger.type(page.getByRole('searchbox', { name: '在哪里' }), place);
  await finger.tap(page.getByRole('button', { name: '找一找' }));
  const found = page.getByRole('list', { name: '找到的地方' });
  await finger.tap(found.getByRole('listitem').first().getByText(place).first());
  await finger.tap(page.getByRole('button', { name: '说给我们听' }));
  const then = page.getByRole('heading', { level: 1, name: /^(收到了|好像有人说过同样的事)$/ });
  await expect(then).toBeVisible();
  const same = page.getByRole('button', { name: '不是，照样发出去' });
  if (await same.isVisible()) await finger.tap(same);
  await expect(page.getByRole('heading', { name: '收到了' })).toBeVisible();
}

/** The case of the receipt or page that is open. */
export function caseOf(page: Page): string {
  return new URL(page.url()).pathname.split('/')[2];
}

/** Takes a step that lies folded on the page of a case. */
export async function unfold(page: Page, step: string): Promise<Locator> {
  const group = page.getByRole('group').filter({ has: page.getByText(step, { exact: true }) }).last();
  await group.locator('summary').filter({ hasText: step }).first().click();
  return group;
}

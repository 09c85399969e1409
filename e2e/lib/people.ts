// Who acts in the journeys, and what they do in one breath. Everything is found as a screen
// reader finds it: by role and name.

import { expect, type Browser, type Locator, type Page } from '@playwright/test';

import { DESK, PHONE } from './seen';

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
  // A key that is pressed before this is heard by nobody.
  await page.waitForURL((url) => !url.pathname.endsWith('/sign-in'));
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

/** What somebody has to say. */
export type Matter = {
  text: string;
  place: string;
  /** How the kind is called when it is not the one that leads, how its field for the place, and how its last button. */
  sort?: string;
  where?: string;
  send?: string;
  /** More fields, by their names. */
  more?: Record<string, string>;
};

/** Brings something in from the front page; ends on the receipt. */
export async function bring(page: Page, finger: Finger, matter: Matter): Promise<void> {
  const { text, place, sort, where = '在哪里', send = '说给我们听', more = {} } = matter;
  await page.goto('/');
  await finger.type(page.getByRole('textbox', { name: '是什么事' }), text);
  await finger.tap(page.getByRole('button', { name: '接着说' }));
  if (sort) await finger.tap(page.getByRole('button', { name: sort }));
  await finger.type(page.getByRole('searchbox', { name: where }), place);
  // With JavaScript it looks by itself.
  const look = page.getByRole('button', { name: '找一找' });
  if (await look.isVisible()) await finger.tap(look);
  const found = page.getByRole('list', { name: '找到的地方' });
  await finger.tap(found.getByRole('listitem').first().getByText(place).first());
  for (const [name, value] of Object.entries(more)) {
    await finger.type(page.getByRole('textbox', { name }), value);
  }
  await finger.tap(page.getByRole('button', { name: send }));
  await arrive(page, finger);
}

/** Waits for the receipt; when somebody seems to have said the same, it is sent all the same. */
export async function arrive(page: Page, finger: Finger): Promise<void> {
  const then = page.getByRole('heading', { level: 1, name: /^(收到了|好像有人说过同样的事)$/ });
  await expect(then).toBeVisible();
  const same = page.getByRole('button', { name: /照样发出去/ });
  if (await same.isVisible()) await finger.tap(same);
  await expect(page.getByRole('heading', { name: '收到了' })).toBeVisible();
}

/** Brings an appeal in. */
export async function appeal(page: Page, finger: Finger, text: string, place: string): Promise<void> {
  await bring(page, finger, { text, place });
}

/** Somebody with a phone of their own. */
export async function stranger(browser: Browser, town: string): Promise<Page> {
  const context = await browser.newContext({ viewport: PHONE, locale: 'zh-CN', baseURL: town });
  return context.newPage();
}

/** The newest letter to somebody whose address begins so, as the demo's outbox shows it. */
export async function letter(browser: Browser, town: string, to: string): Promise<string> {
  const page = await stranger(browser, town);
  await page.goto('/outbox');
  const card = page.getByRole('listitem').filter({ hasText: to }).first();
  const text = await card.innerText();
  expect(text, 'a letter leaves no gap').not.toContain('{');
  await page.context().close();
  return text;
}

/** Signs in as a resident does: with a code that goes to a contact. */
export async function signIn(page: Page, browser: Browser, town: string, contact: string): Promise<void> {
  await page.goto('/sign-in');
  await page.getByRole('textbox', { name: '手机号或邮箱' }).fill(contact);
  await page.getByRole('button', { name: '发验证码给我' }).click();
  await expect(page.getByRole('main')).toContainText('验证码已经发到');
  const code = (await letter(browser, town, contact)).match(/\b\d{6}\b/)?.[0] ?? '';
  await page.getByRole('textbox', { name: '验证码' }).fill(code);
  await page.getByRole('button', { name: '登录' }).click();
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
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

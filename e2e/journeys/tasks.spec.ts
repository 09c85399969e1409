// A task goes down the tree in one act: the county's office gives it, a community reports on a
// phone, the street sends it back once and then strikes it off, and the office sees the sum.

import type { Page } from '@playwright/test';

import { staff } from '../lib/people';
import { look, PHONE } from '../lib/seen';
import { expect, test } from '../lib/test';

const COMMUNITY = '灯巷社区';
const TITLE = '雨后看一遍老房子的屋顶';

/** A PNG of one pixel. */
const PHOTO = {
  name: 'roof.png',
  mimeType: 'image/png',
  buffer: Buffer.from(
    'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
    'base64',
  ),
};

/** Three weeks from now, as a field for dates wants it. */
function later(): string {
  return new Date(Date.now() + 21 * 24 * 3_600_000).toISOString().slice(0, 10);
}

async function report(page: Page, amount: string, says: string): Promise<void> {
  await page.locator('input[type="file"]').setInputFiles(PHOTO);
  await page.getByRole('textbox', { name: /多少（户）/ }).fill(amount);
  await page.getByRole('textbox', { name: '说几句' }).fill(says);
  await page.getByRole('button', { name: '报上去' }).click();
  await expect(page.getByRole('status')).toContainText('等上级核实');
}

async function openTask(page: Page): Promise<void> {
  await page.goto('/desk/tasks');
  await page.getByRole('link', { name: TITLE }).first().click();
}

test('a task goes down in one act, comes back once, and is summed up', async ({ browser, town }) => {
  const office = await staff(browser, town.url, 'office');
  await test.step('the office sees whom it reaches before it gives it', async () => {
    await office.goto('/desk/tasks/new');
    await office.getByRole('textbox', { name: '做什么' }).fill(TITLE);
    await office.getByRole('textbox', { name: '怎样算办好' }).fill('每户一张照片，漏的当天盖好。');
    await office.getByText('重点', { exact: true }).click();
    await office.getByText('一个数', { exact: true }).click();
    await office.getByText('照片', { exact: true }).click();
    await office.getByRole('textbox', { name: '数的单位' }).fill('户');
    await office.getByRole('combobox', { name: '给到哪一级' }).selectOption('community');
    await office.getByLabel('哪天以前').fill(later());
    await office.getByRole('button', { name: '先看看给到哪里' }).click();
    await expect(office.getByRole('main')).toContainText('会给到');
    expect(await look(office, 'task-preview')).toEqual([]);
    await office.getByRole('button', { name: '给出去' }).click();
    await expect(office.getByRole('status')).toContainText('给出去了');
    expect(await look(office, 'task-given')).toEqual([]);
  });

  const community = await staff(browser, town.url, 'community');
  await community.setViewportSize(PHONE);
  await test.step('the community says it with a photo on a phone', async () => {
    await openTask(community);
    await expect(community.getByRole('heading', { level: 1 })).toHaveText(TITLE);
    expect(await look(community, 'task-part')).toEqual([]);
    await report(community, '36', '三十六户看过了，两户盖了油布。');
  });

  const street = await staff(browser, town.url, 'dispatcher');
  await test.step('the street sends it back, and says what is missing', async () => {
    await openTask(street);
    await street.getByRole('link', { name: COMMUNITY }).click();
    await street.locator('summary').filter({ hasText: '退回重办' }).click();
    await street.getByRole('textbox', { name: '还差什么' }).fill('还差北巷的十二户。');
    await street.getByRole('button', { name: '退回重办' }).click();
    await expect(street.getByRole('main')).toContainText('还差北巷的十二户');
  });

  await test.step('the community reads why, and says it anew', async () => {
    await openTask(community);
    await expect(community.getByRole('main')).toContainText('还差北巷的十二户');
    await report(community, '48', '北巷的十二户也看过了。');
  });

  await test.step('the street strikes it off, and the office sees the sum', async () => {
    await street.reload();
    await street.getByRole('button', { name: '销号' }).click();
    await expect(street.getByRole('status')).toContainText('销号了');
    await openTask(office);
    await expect(office.getByRole('main')).toContainText('48');
    expect(await look(office, 'task-summed-up')).toEqual([]);
  });
});

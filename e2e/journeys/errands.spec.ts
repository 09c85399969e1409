// Errands: an old lady's card is fetched for her, and every paper is accounted for; and somebody
// finds out in plain words what they need.

import type { Page } from '@playwright/test';

import { arrive, caseOf, Finger, staff } from '../lib/people';
import { expect, PHONE, test } from '../lib/test';

/** Takes a step on the page of a case, folded or not. */
async function take(page: Page, name: string, fill: () => Promise<void>): Promise<void> {
  const part = page.locator(`#step-${name}`);
  await expect(part).toBeVisible();
  if ((await part.evaluate((node) => node.tagName)) === 'DETAILS') await part.locator('summary').click();
  await fill();
  await part.getByRole('button').last().click();
}

/** Ticks papers of a step. */
async function tick(page: Page, step: string, field: string, papers: string[]): Promise<void> {
  const boxes = page.locator(`#step-${step} input[name="f-${field}"]`);
  for (const paper of papers) {
    const label = page.locator(`#step-${step} label`).filter({ hasText: paper, has: page.locator(`input[name="f-${field}"]`) });
    // What was ticked before it came back is ticked still.
    await label.first().getByRole('checkbox').setChecked(true, { force: true });
  }
  expect(await boxes.count()).toBeGreaterThanOrEqual(papers.length);
}

test('an old lady gets her card, and every paper back', async ({ page, browser, town }) => {
  await page.setViewportSize(PHONE);
  await test.step('her daughter finds it in plain words, and asks for a helper', async () => {
    await page.goto('/guide');
    await page.getByRole('searchbox').fill('我妈坐公交要办什么证');
    await page.getByRole('button', { name: '搜' }).click();
    await page.getByRole('link', { name: '老年优待证' }).click();
    await page.getByRole('link', { name: '我要带什么' }).click();
    await page.getByText('不是', { exact: true }).click();
    await page.getByRole('button', { name: '给我清单' }).click();
    await expect(page.getByRole('main')).toContainText('近期一寸免冠照片');
    await expect(page.getByRole('main')).not.toContainText('委托书');
    await page.getByRole('link', { name: '请人帮办' }).click();
    await page.getByRole('textbox', { name: '说一句要办什么' }).fill('我妈的老年优待证，她下不了楼。');
    await page.getByText('家里人', { exact: true }).click();
    await page.getByText('替我去办', { exact: true }).click();
    await page.getByRole('searchbox', { name: '您住哪儿' }).fill('灯巷社区');
    const look = page.getByRole('button', { name: '找一找' });
    if (await look.isVisible()) await look.click();
    const found = page.getByRole('list', { name: '找到的地方' });
    await found.getByRole('listitem').first().getByText('灯巷社区').first().click();
    await page.locator('main form button.btn-go').click();
    await arrive(page, new Finger());
  });
  const id = caseOf(page);
  const desk = await staff(browser, town.url, 'community');
  await test.step('somebody comes to the door, and takes the papers one by one', async () => {
    await desk.goto(`/desk/cases/${id}`);
    const day = new Date(Date.now() + 2 * 86_400_000).toISOString().slice(0, 10);
    await take(desk, 'accept', async () => {
      await desk.locator('#step-accept input[name="f-meet_on"]').fill(day);
      await desk.locator('#step-accept input[name="f-meet_at"]').fill('上午十点，家门口');
    });
    await desk.goto(`/desk/cases/${id}`);
    await take(desk, 'hand_over', async () => {
      await tick(desk, 'hand_over', 'papers_in', ['身份证', '近期一寸免冠照片']);
      await desk.locator('#step-hand_over textarea[name="f-scope"]').fill('递交材料，领取老年优待证。');
      await desk.locator('#step-hand_over input[name="f-until"]').fill(day);
      await desk.locator('#step-hand_over input[name="f-signed_name"]').fill('李桂兰');
    });
    await desk.goto(`/desk/cases/${id}`);
    await expect(desk.locator('.papers')).toContainText('还有 2 份在别人手里');
  });
  await test.step('handed in, collected: the photographs stay there', async () => {
    await take(desk, 'file', () => tick(desk, 'file', 'papers_filed', ['身份证', '近期一寸免冠照片']));
    await desk.goto(`/desk/cases/${id}`);
    await take(desk, 'fetch', async () => {
      await desk.locator('#step-fetch input[name="f-result"]').fill('老年优待证 1 本');
      await tick(desk, 'fetch', 'papers_fetched', ['身份证']);
      await tick(desk, 'fetch', 'papers_kept', ['近期一寸免冠照片']);
    });
  });
  await test.step('a paper that is forgotten is told; then all is back', async () => {
    await desk.goto(`/desk/cases/${id}`);
    await take(desk, 'give_back', () => tick(desk, 'give_back', 'papers_back', ['身份证']));
    await expect(desk.getByRole('main')).toContainText('还有 1 份没有勾上');
    await desk.goto(`/desk/cases/${id}`);
    await take(desk, 'give_back', () => tick(desk, 'give_back', 'papers_back', ['身份证', '老年优待证 1 本']));
    await expect(desk.locator('.papers')).toContainText('没有一份在别人手里');
  });
  await test.step('she reads where each of them is, and says that she has everything', async () => {
    await page.goto(`/my/${id}`);
    await expect(page.locator('.papers')).toContainText('没有一份在别人手里');
    await page.getByRole('link', { name: '材料交接单' }).click();
    await expect(page.getByRole('heading', { level: 1 })).toHaveText('材料交接单');
    await expect(page.getByRole('main')).toContainText('窗口收走');
    await page.goto(`/my/${id}`);
    await take(page, 'confirm', async () => {});
    await expect(page.locator('#step-confirm')).toHaveCount(0);
    await page.goto(`/my/${id}`);
    await expect(page.getByRole('main')).toContainText('办结');
  });
});

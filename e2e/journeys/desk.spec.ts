// What the desk does with many cases at once: dispatch in one go, filters kept under a name,
// and two requests about the same thing.

import type { Page } from '@playwright/test';

import { bring, caseOf, Finger, letter, staff, stranger, unfold } from '../lib/people';
import { look } from '../lib/seen';
import { DESK, expect, test } from '../lib/test';

test.use({ viewport: DESK });

/** Something said by somebody who leaves an address; gives the case. */
async function said(page: Page, text: string, contact: string): Promise<string> {
  await bring(page, new Finger(), { text, place: '槐荫里社区', more: { 手机或邮箱: contact } });
  return caseOf(page);
}

test('several cases are dispatched in one go, and a filter is kept under a name', async ({ browser, town }) => {
  const asker = await stranger(browser, town.url);
  await said(asker, '一号路灯坏了，蓝帽子巷一片黑。', 'lamp.one@tingxi.example');
  await said(asker, '公交站牌倒了，蓝帽子巷口看不到几路车。', 'lamp.two@tingxi.example');
  const dispatcher = await staff(browser, town.url, 'dispatcher');

  await test.step('both are found, ticked and given to one unit', async () => {
    await dispatcher.goto('/desk?q=蓝帽子巷');
    const rows = dispatcher.getByRole('listitem').filter({ hasText: '蓝帽子巷' }).filter({ hasText: '收到了' });
    await rows.nth(0).getByRole('checkbox').check();
    await rows.nth(1).getByRole('checkbox').check();
    await dispatcher.getByRole('button', { name: '派给', exact: true }).click();
    await expect(dispatcher.getByRole('heading', { level: 1 })).toHaveText('派给：2 件');
    await expect(dispatcher.getByRole('main')).toContainText('公交站牌倒了');
    expect(await look(dispatcher, 'bulk')).toEqual([]);
    await dispatcher.getByRole('combobox', { name: '派给谁' }).selectOption('听溪县交通运输局');
    await dispatcher.getByRole('button', { name: '派给', exact: true }).click();
    await expect(dispatcher.getByRole('heading', { level: 1 })).toHaveText('2 件里办成了 2 件');
    expect(await look(dispatcher, 'bulk-done')).toEqual([]);
    await dispatcher.getByRole('link', { name: '回到收件箱' }).click();
    await expect(dispatcher.getByRole('main')).toContainText('等着接手');
  });

  await test.step('a filter is kept, followed and forgotten', async () => {
    await dispatcher.goto('/desk?q=蓝帽子巷');
    await dispatcher.getByText('把这些筛选存起来').click();
    await dispatcher.getByRole('textbox', { name: '起个名字' }).fill('蓝帽子巷的事');
    await dispatcher.getByRole('button', { name: '存起来', exact: true }).click();
    await dispatcher.goto('/desk');
    const kept = dispatcher.getByRole('region', { name: '常用筛选' });
    await kept.getByRole('link', { name: '蓝帽子巷的事' }).click();
    await expect(dispatcher.getByRole('searchbox', { name: '搜内容' })).toHaveValue('蓝帽子巷');
    await expect(dispatcher.getByRole('main')).toContainText('公交站牌倒了');
    expect(await look(dispatcher, 'desk-view')).toEqual([]);
    await kept.getByRole('button', { name: '删掉“蓝帽子巷的事”' }).click();
    await dispatcher.goto('/desk');
    await expect(dispatcher.getByRole('link', { name: '蓝帽子巷的事' })).toHaveCount(0);
  });
});

test('two who asked for the same thing get one answer, and both are told', async ({ browser, town }) => {
  const [first, second] = [await stranger(browser, town.url), await stranger(browser, town.url)];
  const one = await said(first, '青石桥栏杆断了一截，孩子放学要过桥。', 'bridge.one@tingxi.example');
  const two = await said(second, '青石桥栏杆断了一截，晚上过桥看不见。', 'bridge.two@tingxi.example');
  const dispatcher = await staff(browser, town.url, 'dispatcher');

  await test.step('the second goes with the first', async () => {
    await dispatcher.goto(`/desk/cases/${two}`);
    const merge = await unfold(dispatcher, '并到另一件');
    // What seems to be the same is offered; a number typed would do as well.
    await expect(merge.getByRole('textbox', { name: '都不是' })).toBeVisible();
    await merge.getByRole('radio', { name: /青石桥栏杆断了一截/ }).check({ force: true });
    await merge.getByRole('button', { name: '并到另一件' }).click();
    await expect(dispatcher.getByRole('article')).toContainText('已并到另一件里');
    expect(await look(dispatcher, 'merged')).toEqual([]);
    // Letters leave after the step, not with it.
    await expect(async () => {
      expect(await letter(browser, town.url, 'bridge.two')).toContain('有人提过同样的事');
    }).toPass({ timeout: 20_000 });
  });

  await test.step('the first is answered', async () => {
    await dispatcher.goto(`/desk/cases/${one}`);
    const form = dispatcher.getByRole('complementary', { name: '现在' });
    await form.getByRole('combobox', { name: '派给谁' }).first().selectOption('听溪县供热公司');
    await form.getByRole('button', { name: '派给', exact: true }).click();
    const handler = await staff(browser, town.url, 'handler');
    await handler.goto(`/desk/cases/${one}`);
    await handler.getByRole('button', { name: '接手', exact: true }).click();
    const now = handler.getByRole('complementary', { name: '现在' });
    await now.getByRole('radio', { name: '解决了', exact: true }).check({ force: true });
    await now.getByRole('textbox', { name: '答复' }).first().fill('栏杆焊好了，补了两盏灯。');
    await now.getByRole('button', { name: '答复', exact: true }).click();
    await expect(handler.getByRole('article')).toContainText('等评价');
  });

  await test.step('both read the same answer, and each may judge it', async () => {
    await expect(async () => {
      expect(await letter(browser, town.url, 'bridge.one')).toContain('栏杆焊好了');
      expect(await letter(browser, town.url, 'bridge.two')).toContain('栏杆焊好了');
    }).toPass({ timeout: 20_000 });
    for (const page of [first, second]) {
      await page.getByRole('link', { name: '看看办到哪了' }).click();
      await expect(page.getByRole('main')).toContainText('栏杆焊好了');
      await expect(page.getByRole('button', { name: '评一评' })).toBeVisible();
    }
  });
});

test('what is personal in a closed case is erased, once somebody has read what goes', async ({ browser, town }) => {
  const office = await staff(browser, town.url, 'office');
  await office.goto('/desk?state=closed');
  await office.locator('[data-rows] .row-title a').first().click();
  await office.getByRole('link', { name: '抹去个人信息' }).click();
  await expect(office.getByRole('main')).toContainText('抹去以后找不回来');
  expect(await look(office, 'erase')).toEqual([]);
  await office.getByRole('checkbox', { name: '我看过了' }).check({ force: true });
  await office.getByRole('button', { name: '抹去' }).click();
  await expect(office.getByRole('heading', { level: 1 })).toHaveText('内容已抹去');
  await expect(office.getByRole('link', { name: '抹去个人信息' })).toHaveCount(0);
  expect(await look(office, 'erased')).toEqual([]);
  const auditor = await staff(browser, town.url, 'auditor');
  await auditor.goto('/admin/log');
  await expect(auditor.getByRole('main')).toContainText('删除事项中的个人信息');
});

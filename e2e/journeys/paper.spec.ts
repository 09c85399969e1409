// What comes out of the printer: a case as its owner prints it, the file of a case, the
// poster for a door. Black on white, without what only a screen can use.

import type { Page } from '@playwright/test';

import { appeal, caseOf, Finger, staff } from '../lib/people';
import { picture } from '../lib/seen';
import { expect, PHONE, test } from '../lib/test';

/** A4 at 96 dots to the inch. */
const A4 = { width: 794, height: 1123 };

async function paper(page: Page, name: string): Promise<void> {
  await page.setViewportSize(A4);
  await page.emulateMedia({ media: 'print' });
  await picture(page, `paper/${name}`);
  const colours = await page.evaluate(() => {
    const main = getComputedStyle(document.querySelector('main') ?? document.body);
    return [main.color, getComputedStyle(document.body).backgroundColor];
  });
  expect(colours).toEqual(['rgb(0, 0, 0)', 'rgb(255, 255, 255)']);
  for (const only of ['.rail', '.foot', '.strip', '.btn', '.no-print', '.step-box']) {
    for (const part of await page.locator(only).all()) await expect(part).toBeHidden();
  }
  const wide = await page.evaluate(() => document.documentElement.scrollWidth);
  expect(wide).toBeLessThanOrEqual(A4.width);
  await page.emulateMedia({ media: 'screen' });
}

test('a receipt, a case, its file and a poster on paper', async ({ page, browser, town }) => {
  await page.setViewportSize(PHONE);
  await appeal(page, new Finger(), '单元门的门禁坏了，谁都能进来。', '灯巷社区');
  const id = caseOf(page);
  await expect(page.locator('.qr svg')).toBeVisible();
  await paper(page, 'receipt');
  await page.setViewportSize(PHONE);
  await page.getByRole('link', { name: '看看办到哪了' }).click();
  await expect(page.getByRole('heading', { level: 1 })).toContainText('门禁坏了');
  await paper(page, 'my-case');

  const office = await staff(browser, town.url, 'dispatcher');
  await office.goto(`/desk/cases/${id}`);
  await paper(office, 'case');
  await office.getByRole('link', { name: '打印案卷' }).click();
  await expect(office.getByRole('heading', { level: 1 })).toHaveText('诉求案卷');
  await expect(office.getByRole('main')).toContainText('门禁坏了');
  await expect(office.getByRole('main')).toContainText('打印于');
  await paper(office, 'case-file');

  await office.goto('/admin/places/990121001001/poster');
  await expect(office.getByRole('img').first()).toBeVisible();
  await expect(office.getByRole('main')).toContainText('/p/990121001001');
  await paper(office, 'poster');

  await test.step('the poster leads to the form with the place filled in', async () => {
    await page.setViewportSize(PHONE);
    await page.goto('/p/990121001001');
    await expect(page.getByRole('main')).toContainText('灯巷社区');
    await page.getByRole('textbox', { name: '是什么事' }).fill('楼顶漏水，顺着墙往下淌。');
    await page.getByRole('button', { name: '接着说' }).click();
    await expect(page.getByRole('main')).toContainText('灯巷社区');
    await page.getByRole('button', { name: '说给我们听' }).click();
    await expect(page.getByRole('heading', { level: 1 })).toHaveText(/收到了|好像有人说过同样的事/);
  });
});

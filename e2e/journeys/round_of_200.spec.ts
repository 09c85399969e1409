// A long round without signal: twenty spots with ten lines each, and at every one a fault with
// three photos. Back in signal, all of it goes in one go, and counts once.

import type { Page } from '@playwright/test';

import { staff } from '../lib/people';
import { air, inTheBox, phone, photo, signInAsStaff, test, visit } from '../lib/phone';
import { expect } from '../lib/test';

const SPOTS = 20;
const LINES = 10;
const PHOTOS = 3;
const GRID = '990121001001001';

/** Sends a form of a page that is open, with other words in it. */
async function sends(desk: Page, path: string, fields: Record<string, string>): Promise<string> {
  const csrf = await desk.locator('input[name="csrf"]').first().inputValue();
  const answer = await desk.request.post(path, { form: { csrf, ...fields }, headers: { origin: new URL(desk.url()).origin } });
  expect(answer.status(), `${path}: ${await answer.text()}`).toBe(200);
  return answer.text();
}

/** A checklist of ten lines, twenty spots, and their round, begun now. */
async function setsUp(desk: Page): Promise<void> {
  await desk.goto('/desk/rounds/setup');
  await desk.getByRole('link', { name: '锅炉房检查表' }).click();
  const checklist = new URL(desk.url()).pathname.split('/').at(-1) as string;
  for (let known = 0; known < LINES; known = await filled(desk)) {
    for (const line of await desk.locator('input[name^="zh-"]').all()) {
      const number = Number((await line.getAttribute('name'))?.slice('zh-'.length));
      if ((await line.inputValue()) === '' && number <= LINES) await line.fill(`第${number}样：关好了，擦干净了`);
    }
    await desk.getByRole('button', { name: '存为新的一版' }).click();
    await desk.goto(`/desk/rounds/setup/checklists/${checklist}`);
  }
  for (let spot = 1; spot <= SPOTS; spot += 1) {
    await desk.goto('/desk/rounds/setup/spots/new');
    const id = await desk.locator('input[name="id"]').inputValue();
    const fields = { id, zh: `长巷${spot}号锅炉房`, en: '', sort: 'boiler-room', place: GRID, position: String(spot), do: 'keep' };
    await sends(desk, '/desk/rounds/setup/spots', fields);
  }
  await desk.goto('/desk/rounds/setup');
  const id = await desk.locator('form[action="/desk/rounds/setup/cadences"] input[name="id"]').inputValue();
  const today = await desk.locator('#first_on').inputValue();
  await sends(desk, '/desk/rounds/setup/cadences', { id, checklist, place: GRID, every: 'storm', first_on: today });
  await desk.goto('/desk/rounds/setup');
  await desk.locator('form[action="/desk/rounds/setup/storm"] button').click();
}

async function filled(desk: Page): Promise<number> {
  const lines = await desk.locator('input[name^="zh-"]').all();
  const texts = await Promise.all(lines.map((line) => line.inputValue()));
  return texts.filter((text) => text !== '').length;
}

/** The spot that lies open: one fault with photos, the rest is good. */
async function answers(page: Page, spot: number): Promise<void> {
  const form = page.locator('details[open] > form.check');
  await expect(form).toHaveCount(1);
  const lines = form.locator('fieldset');
  await expect(lines).toHaveCount(LINES);
  for (let number = 0; number < LINES; number += 1) {
    const line = lines.nth(number);
    if (number !== spot % LINES) {
      await line.getByText('好', { exact: true }).click();
      continue;
    }
    await line.getByText('有问题', { exact: true }).click();
    const photos = Array.from({ length: PHOTOS }, (_, one) => photo(spot * PHOTOS + one, 1000, 750));
    await line.locator('input[type="file"][accept^="image"]').setInputFiles(photos);
    await line.getByRole('textbox').fill(`锅炉房第${spot}处`);
  }
  await form.getByRole('button', { name: '看过了，下一处' }).click();
}

test('a round of two hundred checks and sixty photos, made without signal, goes in one go', async ({ browser, town, signal }) => {
  test.setTimeout(600_000);
  const desk = await staff(browser, town.url, 'community');
  await setsUp(desk);
  await desk.context().close();
  const page = await phone(browser, signal);
  await signInAsStaff(page, 'grid-worker');
  await page.goto('/desk/today');
  const round = await page.locator('a[href^="/desk/rounds/"]').filter({ hasText: '锅炉房' }).first().getAttribute('href');
  await visit(page, round as string);
  await expect(page.locator('form.check')).toHaveCount(SPOTS);

  await air(page.context(), signal, 'none');
  for (let spot = 0; spot < SPOTS; spot += 1) {
    await answers(page, spot);
    await expect(page.locator('#queue')).toContainText(`已记下 ${spot + 1} 件`);
  }
  expect(signal.writes).toBe(0);

  await page.goto('/waiting');
  await air(page.context(), signal, 'clear');
  await expect(page.getByRole('main').getByText('发出去了', { exact: true })).toHaveCount(SPOTS, { timeout: 240_000 });
  await page.goto(round as string);
  await expect(page.getByRole('main')).toContainText('走完了');
  const found = page.getByRole('main').getByRole('link').filter({ hasText: '锅炉房第' });
  await expect(found).toHaveCount(SPOTS);
  await found.first().click();
  await expect(page.locator('ul.photos img, .photos img')).toHaveCount(PHOTOS);
  expect(await inTheBox(page, 'files')).toEqual([]);
  await page.context().close();
});

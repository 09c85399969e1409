// Maps in a real browser: what is open in the places of a community, a border drawn by hand with
// what it overlaps said before it is saved, and a task on the map.

import type { Locator, Page } from '@playwright/test';

import { staff } from '../lib/people';
import { look } from '../lib/seen';
import { expect, test } from '../lib/test';

/** The map, once all of it is drawn. */
async function drawn(page: Page): Promise<Locator> {
  const map = page.locator('[data-map]');
  await expect(map).toHaveAttribute('data-drawn-places', /^[1-9]/, { timeout: 30_000 });
  await expect(map).not.toHaveAttribute('data-fault', /./);
  return map;
}

test('a community sees its places and what is open in them', async ({ browser, town }) => {
  const page = await staff(browser, town.url, 'community');
  const broken: string[] = [];
  page.on('console', (said) => {
    if (said.type() === 'error') broken.push(said.text());
  });
  await page.getByRole('link', { name: '看地图' }).click();
  const map = await drawn(page);
  await expect(map).toHaveAttribute('data-drawn-cases', /^[1-9]/);
  expect(await look(page, 'map-of-a-community')).toEqual([]);

  await test.step('what is on the map is in the list, with the same count', async () => {
    const lead = (await page.locator('p.lead').innerText()).match(/\d+/)?.[0];
    const counts = await page.locator('.map-beside table td').allInnerTexts();
    const sum = counts.map((text) => Number(text.match(/\d+/)?.[0] ?? 0)).reduce((a, b) => a + b, 0);
    expect(sum).toBe(Number(lead));
  });

  await test.step('a click on a place opens its cases', async () => {
    const box = await map.boundingBox();
    if (!box) throw new Error('the map has no box');
    await page.mouse.click(box.x + box.width / 2, box.y + box.height / 2);
    await page.waitForURL(/\/desk\?place=\d+/);
  });
  expect(broken, 'the policy of the page holds for the map too').toEqual([]);
});

test('a border is drawn by hand, and what it overlaps is said before it is saved', async ({ browser, town }) => {
  const page = await staff(browser, town.url, 'community');
  await page.goto('/desk/places');
  await page.locator('.places a').first().click();
  await page.locator('.places a').first().click();
  const place = new URL(page.url()).pathname;
  await page.getByRole('link', { name: '画边界' }).click();
  const map = await drawn(page);
  await expect(map).toHaveAttribute('data-beside', /^[1-9]/);
  const text = page.getByRole('textbox', { name: /每行一个角/ });
  const before = await text.inputValue();
  expect(await look(page, 'border')).toEqual([]);

  await test.step('three taps, one taken back and set anew', async () => {
    await page.getByRole('button', { name: '重新画' }).click();
    await expect(map).toHaveAttribute('data-corners', '0');
    const box = await map.boundingBox();
    if (!box) throw new Error('the map has no box');
    const tap = (x: number, y: number) => page.mouse.click(box.x + box.width * x, box.y + box.height * y);
    await tap(0.3, 0.3);
    await tap(0.7, 0.3);
    await tap(0.9, 0.9);
    await expect(map).toHaveAttribute('data-corners', '3');
    await page.getByRole('button', { name: '退回一步' }).click();
    await expect(map).toHaveAttribute('data-corners', '2');
    await tap(0.5, 0.7);
    await expect(map).toHaveAttribute('data-corners', '3');
    const dragged = await text.inputValue();
    await page.mouse.move(box.x + box.width * 0.5, box.y + box.height * 0.7);
    await page.mouse.down();
    await page.mouse.move(box.x + box.width * 0.52, box.y + box.height * 0.75, { steps: 4 });
    await page.mouse.up();
    await expect(text).not.toHaveValue(dragged);
    expect((await text.inputValue()).trim().split('\n')).toHaveLength(3);
  });

  await test.step('what nobody has any more is said, and nothing is saved', async () => {
    await page.getByRole('button', { name: '保存边界' }).click();
    await expect(page.getByRole('main')).toContainText('先看看这些');
    await expect(page.getByRole('main')).toContainText('平方米');
    await drawn(page);
    expect(await look(page, 'border-warned')).toEqual([]);
    await page.getByRole('button', { name: '就这样保存' }).click();
    await expect(page.getByRole('status').first()).toContainText('边界保存好了');
    expect(new URL(page.url()).pathname).toBe(place);
  });

  await test.step('it is there, and can be typed back without a map', async () => {
    await page.goto(`${place}/border`);
    await drawn(page);
    await expect(map).toHaveAttribute('data-corners', '3');
    await text.fill('1,1\nx');
    await page.getByRole('button', { name: '保存边界' }).click();
    await expect(page.getByRole('main')).toContainText('第 2 行');
    await text.fill(before);
    await page.getByRole('button', { name: '保存边界' }).click();
    const anyway = page.getByRole('button', { name: '就这样保存' });
    if (await anyway.isVisible()) await anyway.click();
    await expect(page.getByRole('status').first()).toContainText('边界保存好了');
  });
});

test('a task stands on the map as it stands in the list', async ({ browser, town }) => {
  const page = await staff(browser, town.url, 'dispatcher');
  await page.goto('/desk/tasks');
  await page.locator('a[href$="/map"]').first().click();
  await drawn(page);
  const states = await page.locator('[data-state]').evaluateAll((rows) => rows.map((row) => (row as HTMLElement).dataset.state));
  expect(states.length).toBeGreaterThan(0);
  for (const state of states) expect(['done', 'reported', 'todo', 'late']).toContain(state);
  expect(await look(page, 'map-of-a-task')).toEqual([]);
});

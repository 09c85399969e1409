// What hands do at the door: somebody signs with a finger, somebody speaks instead of typing, and
// whoever has no script in the browser signs on paper.

import type { Browser, Page } from '@playwright/test';

import { arrive, caseOf, Finger, staff } from '../lib/people';
import { air, inTheBox, phone, signInAsStaff, test, visit } from '../lib/phone';
import { expect, PHONE } from '../lib/test';

const PNG = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAoAAAAKCAIAAAACUFjqAAAAEklEQVR4nGP4z8CAB+GTG8HSALfKY52fTcuYAAAAAElFTkSuQmCC',
  'base64',
);

test.use({
  permissions: ['microphone'],
  launchOptions: {
    executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
    args: ['--no-sandbox', '--disable-gpu', '--use-fake-device-for-media-stream', '--use-fake-ui-for-media-stream'],
  },
});

/** Opens the form of a step, folded or not. */
async function unfold(page: Page, name: string): Promise<void> {
  const part = page.locator(`#step-${name}`);
  await expect(part).toBeVisible();
  const isFold = (await part.evaluate((node) => node.tagName)) === 'DETAILS';
  if (isFold && !(await part.getAttribute('open'))) await part.locator('summary').first().click();
}

async function send(page: Page, name: string): Promise<void> {
  await page.locator(`#step-${name} button:not([type="button"])`).last().click();
  await page.waitForLoadState();
}

/** Presses, speaks for a moment, and has said it. */
async function speak(page: Page, within: string): Promise<void> {
  const field = page.locator(`${within} [data-voice]`).first();
  await field.getByRole('button', { name: '按一下，说一段' }).click();
  await expect(field.getByRole('timer')).toContainText('0:01');
  await field.getByRole('button', { name: '说完了' }).click();
  await expect(field.locator('audio')).toHaveCount(1);
}

/** A few swings in the box. */
async function sign(page: Page, within: string): Promise<void> {
  const pad = page.locator(`${within} canvas`);
  await pad.scrollIntoViewIfNeeded();
  const box = (await pad.boundingBox())!;
  await page.mouse.move(box.x + 40, box.y + 60);
  await page.mouse.down();
  for (let at = 1; at <= 8; at += 1) await page.mouse.move(box.x + 40 + 25 * at, box.y + 60 + (at % 2 ? 50 : 0));
  await page.mouse.up();
  await expect(page.locator(`${within} [data-sign]`)).toContainText('签好了');
}

/** Somebody passes by, speaks, and taps a word: the case. */
async function passesBy(page: Page): Promise<string> {
  await page.setViewportSize(PHONE);
  await page.goto('/observe');
  await speak(page, 'main');
  await page.getByRole('searchbox').first().fill('灯巷社区');
  const look = page.getByRole('button', { name: '找一找' });
  if (await look.isVisible()) await look.click();
  await page.getByRole('list', { name: '找到的地方' }).getByRole('listitem').first().getByText('灯巷社区').first().click();
  await page.getByRole('button', { name: '路灯' }).or(page.locator('.tiles button').first()).first().click();
  await arrive(page, new Finger());
  return caseOf(page);
}

async function served(browser: Browser, url: string, id: string): Promise<Page> {
  const desk = await staff(browser, url, 'community');
  await desk.goto(`/desk/cases/${id}`);
  await unfold(desk, 'serve');
  await desk.locator('#step-serve input[name="f-responsible"]').fill('拐角面馆');
  await desk.locator('#step-serve textarea[name="f-demand"]').fill('把灯修好。');
  const day = new Date(Date.now() + 3 * 86_400_000).toISOString().slice(0, 10);
  await desk.locator('#step-serve input[name="f-until"]').fill(day);
  await send(desk, 'serve');
  await desk.goto(`/desk/cases/${id}`);
  return desk;
}

test('a note that was spoken and a signature arrive on the case', async ({ page, browser, town }) => {
  const id = await passesBy(page);
  const desk = await served(browser, town.url, id);
  await test.step('what was said is played', async () => {
    const sound = desk.locator('.letter-matter audio');
    await expect(sound).toHaveCount(1);
    const answer = await desk.request.get((await sound.getAttribute('src'))!);
    expect(answer.headers()['content-type']).toMatch(/^audio\//);
    expect((await answer.body()).length).toBeGreaterThan(500);
  });
  await test.step('the owner of the shop signs for the notice', async () => {
    await unfold(desk, 'receive');
    await desk.locator('#step-receive input[name="f-signed_name"]').fill('马老板');
    await sign(desk, '#step-receive');
    await send(desk, 'receive');
    await desk.goto(`/desk/cases/${id}`);
    await expect(desk.locator('.history').getByRole('img', { name: '马老板的签名' })).toBeVisible();
    await desk.goto(`/desk/cases/${id}/mending`);
    await expect(desk.getByRole('img', { name: '马老板的签名' })).toBeVisible();
  });
  await test.step('whoever brought it in does not see who signed', async () => {
    await page.goto(`/my/${id}`);
    await expect(page.getByRole('main')).not.toContainText('马老板');
    await expect(page.getByRole('img', { name: '马老板的签名' })).toHaveCount(0);
  });
});

test('without script somebody signs on paper', async ({ page, browser, town }) => {
  const id = await passesBy(page);
  const desk = await served(browser, town.url, id);
  const storageState = await desk.context().storageState();
  const plain = await browser.newContext({ baseURL: town.url, storageState, javaScriptEnabled: false, locale: 'zh-CN' });
  const paper = await plain.newPage();
  await paper.goto(`/desk/cases/${id}`);
  await unfold(paper, 'receive');
  await expect(paper.locator('#step-receive canvas')).toHaveCount(0);
  await paper.locator('#step-receive input[name="f-signed_name"]').fill('马老板');
  await paper.locator('#step-receive input[type="file"]').setInputFiles({ name: 'paper.png', mimeType: 'image/png', buffer: PNG });
  await send(paper, 'receive');
  await paper.goto(`/desk/cases/${id}/mending`);
  await expect(paper.getByRole('img', { name: '马老板的签名' })).toBeVisible();
  await plain.close();
});

test('a note that is still being spoken goes along when it is kept without signal', async ({ browser, town, signal }) => {
  const answer = await fetch(`${town.url}/api/v1/cases`, {
    method: 'POST',
    headers: { authorization: `Bearer ${town.token}`, 'content-type': 'application/json' },
    body: JSON.stringify({ kind: 'appeal', values: { description: '楼道里有水声。', place: '990121001001001' } }),
  });
  expect(answer.status).toBe(201);
  const { id } = (await answer.json()) as { id: string };
  const page = await phone(browser, signal);
  await page.context().grantPermissions(['microphone']);
  await signInAsStaff(page, 'grid-worker');
  await visit(page, `/desk/cases/${id}`);
  await air(page.context(), signal, 'none');
  await page.goto(`/desk/cases/${id}`);
  await unfold(page, 'add');
  const form = page.locator('#step-add');
  await form.getByRole('textbox').first().fill('听这个声音。');
  const field = form.locator('[data-voice]');
  await field.getByRole('button', { name: '按一下，说一段' }).click();
  await expect(field.getByRole('timer')).toContainText('0:01');
  await form.locator('button:not([type="button"])').last().click();
  await expect(page.getByRole('main')).toContainText('已经记在手机上');
  expect(await inTheBox(page, 'files')).toHaveLength(1);
  await page.goto('/waiting');
  await air(page.context(), signal, 'clear');
  await expect(page.getByRole('main').getByText('发出去了', { exact: true })).toHaveCount(1, { timeout: 60_000 });
  await page.goto(`/desk/cases/${id}`);
  await expect(page.locator('.history audio')).toHaveCount(1);
  await page.context().close();
});

// How something looks, right and wrong: a community puts a photo of its own beside a line, the
// next round shows it where there is no signal, and weighs little; and a guide in which each
// paper has a picture.

import { staff } from '../lib/people';
import { air, phone, photo, signInAsStaff, test, visit } from '../lib/phone';
import { look } from '../lib/seen';
import { expect } from '../lib/test';

const KIB = 1024;

test('a photo of a community stands beside a line, without signal, and weighs little', async ({ browser, town, signal }) => {
  test.setTimeout(180_000);
  const desk = await staff(browser, town.url, 'community');
  await test.step('a photo needs words in both languages, and nothing is lost until it has them', async () => {
    await desk.goto('/desk/rounds/setup');
    await desk.getByRole('link', { name: '楼道检查表' }).first().click();
    await desk.locator('a[href$="/way"]').click();
    expect(await look(desk, 'sample-line')).toEqual([]);
    await desk.getByText('用自己的照片', { exact: true }).first().click();
    await desk.locator('input[name="right-file"]').setInputFiles([photo(41)]);
    await desk.getByLabel('照片上看得到什么（中文）').first().fill('空荡荡的楼道');
    await desk.getByText('照片上没有认得出的人').click();
    await desk.getByRole('button', { name: '存为新的一版' }).click();
    await expect(desk.locator('[id="right-says-en-error"]')).toBeVisible();
    await expect(desk.getByLabel('照片上看得到什么（中文）').first()).toHaveValue('空荡荡的楼道');
    expect(await look(desk, 'sample-line-wrong')).toEqual([]);
    await desk.getByLabel('照片上看得到什么（英文）').first().fill('An empty stairwell');
    await desk.getByRole('button', { name: '存为新的一版' }).click();
    await expect(desk.getByRole('img', { name: '对：空荡荡的楼道' })).toBeVisible();
    expect(await look(desk, 'sample-checklist')).toEqual([]);
  });
  await test.step('a round begins with it', async () => {
    await desk.goto('/desk/rounds/setup');
    const checklist = (await desk.getByRole('link', { name: '楼道检查表' }).first().getAttribute('href'))?.split('/').at(-1) as string;
    const id = await desk.locator('form[action="/desk/rounds/setup/cadences"] input[name="id"]').inputValue();
    const csrf = await desk.locator('input[name="csrf"]').first().inputValue();
    const form = { csrf, id, checklist, place: '990121001001001', every: 'storm', first_on: await desk.locator('#first_on').inputValue() };
    const answer = await desk.request.post('/desk/rounds/setup/cadences', { form, headers: { origin: new URL(desk.url()).origin } });
    expect(answer.status()).toBe(200);
    await desk.goto('/desk/rounds/setup');
    await desk.locator('form[action="/desk/rounds/setup/storm"] button').click();
    await desk.context().close();
  });

  const page = await phone(browser, signal);
  await signInAsStaff(page, 'grid-worker');
  await page.goto('/desk/today');
  const rounds = page.locator('a[href^="/desk/rounds/"]').filter({ hasText: '楼道' });
  const hrefs = await rounds.evaluateAll((all) => all.map((one) => one.getAttribute('href') as string));
  let round = '';
  for (const href of [...new Set(hrefs)]) {
    const text = await (await page.request.get(href)).text();
    if (text.includes('空荡荡的楼道')) round = href;
  }
  expect(round).not.toBe('');
  await test.step('it weighs little, the first time and again', async () => {
    // What this page needs, each once: other rounds, and itself anew, are fetched ahead, sooner or later.
    const needed = ({ path }: { path: string }) => /^\/(assets|samples)\//.test(path) || path === round;
    const sum = () => [...new Map(signal.sizes.filter(needed).map(({ path, bytes }) => [path, bytes])).values()].reduce((all, bytes) => all + bytes, 0);
    await visit(page, round);
    expect(sum()).toBeLessThan(100 * KIB);
    // The worker has it, also what nobody has scrolled to.
    const ahead = () => page.evaluate(async () => (await (await caches.open('samples')).keys()).length);
    await expect.poll(ahead).toBeGreaterThan(0);
    signal.sizes.length = 0;
    await page.goto(round);
    await page.waitForLoadState('networkidle');
    expect(sum()).toBeLessThan(15 * KIB);
    expect(await look(page, 'sample-round')).toEqual([]);
  });
  await test.step('without signal it is there, and opened in place', async () => {
    await air(page.context(), signal, 'none');
    await page.goto(round);
    const picture = page.locator('details[open] > form.check').getByRole('img', { name: '对：空荡荡的楼道' });
    await picture.scrollIntoViewIfNeeded();
    await expect.poll(() => picture.evaluate((image: HTMLImageElement) => image.naturalWidth)).toBeGreaterThan(0);
    const wrong = page.locator('details[open] > form.check').getByRole('img', { name: '不对：楼梯上堆着箱子' });
    const before = await wrong.boundingBox();
    await wrong.click();
    await expect.poll(async () => (await wrong.boundingBox())?.width).toBeGreaterThan((before?.width ?? 0) * 2);
    await air(page.context(), signal, 'clear');
  });
  await page.context().close();
});

test('each paper of the guide has a picture, and an office chooses another', async ({ browser, town }) => {
  const office = await staff(browser, town.url, 'office');
  await office.goto('/guide/senior-card/need?other=yes');
  await expect(office.locator('ul.brings svg.drawing')).toHaveCount(4);
  await office.goto('/desk/guide/senior-card');
  await office.getByRole('link', { name: '近期一寸免冠照片' }).click();
  expect(await look(office, 'sample-paper')).toEqual([]);
  await office.getByRole('radio', { name: '证书', exact: true }).check();
  await office.getByRole('button', { name: '存为新的一版' }).click();
  await expect(office.getByRole('main')).toContainText('第 2 版');
  await office.goto('/guide/senior-card');
  await expect(office.locator('ul.brings use[href$="#certificate"]')).toHaveCount(1);
  expect(await look(office, 'sample-guide')).toEqual([]);
  await office.context().close();
});

// A phone without signal: what is written down is kept, listed, sent in order when there is
// signal, applied once whatever happens on the way, and shown with both versions when it cannot
// be done. Nothing is left on the phone after signing out.

import type { Page } from '@playwright/test';

import { signIn, unfold } from '../lib/people';
import { air, inTheBox, kept, phone, photo, ready, signInAsStaff, test, visit } from '../lib/phone';
import { look } from '../lib/seen';
import { Signal } from '../lib/signal';
import { expect } from '../lib/test';
import type { Town } from '../lib/town';

const DAY_MS = 24 * 60 * 60 * 1000;

/** An appeal in the grid worker's place. */
async function said(town: Town, text: string): Promise<string> {
  const answer = await fetch(`${town.url}/api/v1/cases`, {
    method: 'POST',
    headers: { authorization: `Bearer ${town.token}`, 'content-type': 'application/json' },
    body: JSON.stringify({ kind: 'appeal', values: { description: text, place: '990121001001001' } }),
  });
  expect(answer.status, text).toBe(201);
  return ((await answer.json()) as { id: string }).id;
}

/** Adds a line to a case, with photos; what is pressed leads nowhere yet. */
async function add(page: Page, id: string, text: string, photos: number[] = []): Promise<void> {
  await page.goto(`/desk/cases/${id}`);
  const group = await unfold(page, '补充几句');
  await group.getByRole('textbox').first().fill(text);
  if (photos.length) await group.locator('input[type="file"][accept^="image"]').setInputFiles(photos.map((number) => photo(number)));
  await group.getByRole('button', { name: '补充几句' }).click();
}

const bar = (page: Page) => page.locator('#queue');

/** How often something stands in the history of a case. */
async function told(page: Page, id: string, text: string): Promise<number> {
  await page.goto(`/desk/cases/${id}`);
  return page.getByRole('main').getByText(text, { exact: true }).count();
}

test('what is written without signal is kept, listed, sent and applied once', async ({ browser, town, signal }) => {
  test.setTimeout(300_000);
  const ids: string[] = [];
  for (const text of ['楼道灯不亮。', '门口有积水。', '扶手松了。']) ids.push(await said(town, `没信号一：${text}`));
  const page = await phone(browser, signal);
  await signInAsStaff(page, 'grid-worker');
  for (const id of ids) await visit(page, `/desk/cases/${id}`);

  await test.step('without signal, three are written down with photos', async () => {
    await air(page.context(), signal, 'none');
    for (const [number, id] of ids.entries()) {
      await add(page, id, `看过了，第${number}处。`, [number * 2, number * 2 + 1]);
      await expect(page.getByRole('main')).toContainText('已经记在手机上');
    }
    await expect(bar(page)).toContainText('没有信号，已记下 3 件');
    expect(await look(page, 'offline-noted')).toEqual([]);
  });

  await test.step('a page that was never opened says so, and the list is there', async () => {
    await page.goto('/desk/figures');
    await expect(page.getByRole('main')).toContainText('没有存在手机上');
    const rows = page.getByRole('list', { name: '等着发出的' }).getByRole('listitem').filter({ has: page.getByRole('heading') });
    await expect(rows).toHaveCount(3);
    await expect(rows.first()).toContainText('楼道灯不亮');
    await page.reload();
    await expect(rows).toHaveCount(3);
    expect(await look(page, 'offline-waiting')).toEqual([]);
    expect(signal.writes).toBe(0);
  });

  await test.step('with signal everything goes, once', async () => {
    await air(page.context(), signal, 'clear');
    await expect(page.getByRole('main').getByText('发出去了', { exact: true })).toHaveCount(3, { timeout: 60_000 });
    for (const [number, id] of ids.entries()) {
      expect(await told(page, id, `看过了，第${number}处。`)).toBe(1);
      await expect(page.locator('.history img')).toHaveCount(2);
    }
    expect(await inTheBox(page, 'files')).toEqual([]);
  });
  await page.context().close();
});

test('the house is killed while it is being sent to, and nothing is lost or doubled', async ({ browser, town, signal }) => {
  test.setTimeout(300_000);
  const reports = await phone(browser, signal);
  await signIn(reports, browser, town.url, 'helps@tingxi.example');
  await reports.goto('/volunteer/report');
  await ready(reports);
  await visit(reports, '/volunteer/report');
  await air(reports.context(), signal, 'none');
  const mark = `第二回${Date.now() % 10_000}`;
  for (let number = 0; number < 6; number += 1) {
    await reports.goto('/volunteer/report');
    await reports.getByRole('textbox', { name: '做了什么' }).fill(`${mark}，${number}`);
    await reports.getByRole('button').filter({ hasText: /报/ }).last().click();
    await expect(reports.getByRole('main')).toContainText('已经记在手机上');
  }
  await reports.goto('/waiting');
  // Two get through; of the third the answer is lost with the house.
  signal.left = 2;
  const down = new Promise<void>((done) => {
    signal.atTheCut = done;
  });
  await air(reports.context(), signal, 'clear');
  await down;
  await town.crash();
  signal.left = Infinity;
  signal.way = 'repeating';
  await reports.getByRole('button', { name: '现在发' }).click();
  await expect(reports.getByRole('main').getByText('发出去了', { exact: true })).toHaveCount(6, { timeout: 60_000 });
  await reports.goto('/volunteer');
  for (let number = 0; number < 6; number += 1) {
    await expect(reports.getByRole('main').getByText(`${mark}，${number}`)).toHaveCount(1);
  }
  await reports.context().close();
});

test('every request is delivered up to five times and in any order, by a phone whose clock is a day behind', async ({ browser, town, signal }) => {
  test.setTimeout(300_000);
  const ids: string[] = [];
  for (const text of ['井盖响。', '树枝压线。']) ids.push(await said(town, `没信号三：${text}`));
  const page = await phone(browser, signal);
  await page.clock.install({ time: Date.now() - DAY_MS });
  await signInAsStaff(page, 'grid-worker');
  for (const id of ids) await visit(page, `/desk/cases/${id}`);
  await air(page.context(), signal, 'none');
  for (const [number, id] of ids.entries()) {
    await add(page, id, `又看了一回，${number}。`, [20 + number]);
    await expect(page.getByRole('main')).toContainText('已经记在手机上');
  }
  await expect(bar(page)).toContainText('已记下 2 件');
  // The clock is put right before the signal is back.
  await page.clock.setSystemTime(Date.now());
  await page.goto('/waiting');
  await air(page.context(), signal, 'clear');
  signal.way = 'repeating';
  await page.getByRole('button', { name: '现在发' }).click();
  await expect(page.getByRole('main').getByText('发出去了', { exact: true })).toHaveCount(2, { timeout: 60_000 });
  signal.way = 'clear';
  for (const [number, id] of ids.entries()) {
    expect(await told(page, id, `又看了一回，${number}。`)).toBe(1);
    await expect(page.locator('.history img')).toHaveCount(1);
  }
  await page.context().close();
});

test('two phones write on the same case, and the second is shown both versions', async ({ browser, town, signal }) => {
  test.setTimeout(300_000);
  const id = await said(town, '没信号四：垃圾桶满了。');
  const other = await Signal.before(town.url);
  const [one, two] = [await phone(browser, signal), await phone(browser, other)];
  for (const page of [one, two]) {
    await signInAsStaff(page, 'grid-worker');
    await visit(page, `/desk/cases/${id}`);
  }
  await air(one.context(), signal, 'none');
  await air(two.context(), other, 'none');
  for (const [page, text] of [[one, '第一部手机写的。'], [two, '第二部手机写的。']] as const) {
    await add(page, id, text);
    await expect(page.getByRole('main')).toContainText('已经记在手机上');
  }
  await air(one.context(), signal, 'clear');
  await expect(bar(one).getByRole('link')).toHaveCount(0, { timeout: 30_000 });
  await air(two.context(), other, 'clear');
  await expect(bar(two)).toContainText('没办成', { timeout: 30_000 });

  await bar(two).getByRole('link').click();
  const row = two.getByRole('list', { name: '等着发出的' }).getByRole('listitem').first();
  await expect(row).toContainText('第二部手机写的。');
  await expect(row).toContainText('那边现在');
  await expect(row.locator('[data-part="theirs"]')).not.toBeEmpty();
  expect(await look(two, 'offline-conflict')).toEqual([]);

  await row.getByRole('button', { name: '改一改' }).click();
  const form = two.locator('form[data-queue-entry]');
  await expect(form.getByRole('textbox').first()).toHaveValue('第二部手机写的。');
  await form.getByRole('textbox').first().fill('第二部手机改过的。');
  await form.getByRole('button', { name: '补充几句' }).click();
  await expect(two.getByRole('main')).toContainText('第二部手机改过的。', { timeout: 30_000 });
  expect(await told(two, id, '第一部手机写的。')).toBe(1);
  expect(await told(two, id, '第二部手机改过的。')).toBe(1);
  expect(await told(two, id, '第二部手机写的。')).toBe(0);
  for (const page of [one, two]) await page.context().close();
  await other.stop();
});

test('signing out, somebody else and a day leave nothing on the phone', async ({ browser, town, signal }) => {
  test.setTimeout(300_000);
  const id = await said(town, '没信号五：水管漏水。');
  const page = await phone(browser, signal);
  await signInAsStaff(page, 'grid-worker');
  await visit(page, `/desk/cases/${id}`);
  await air(page.context(), signal, 'none');
  await add(page, id, '还没发出去的。');
  await expect(page.getByRole('main')).toContainText('已经记在手机上');

  await test.step('what is kept cannot be read in the box', async () => {
    const text = await page.evaluate(
      () =>
        new Promise<string>((done) => {
          const asked = indexedDB.open('huiyin', 1);
          asked.onsuccess = () => {
            const tx = asked.result.transaction(['entries', 'pages', 'files', 'meta']);
            const all = ['entries', 'pages', 'files', 'meta'].map((name) => tx.objectStore(name).getAll());
            tx.oncomplete = () => {
              const raw: string[] = [];
              const walk = (thing: unknown): void => {
                if (thing instanceof ArrayBuffer) raw.push(new TextDecoder().decode(thing));
                else if (thing && typeof thing === 'object' && !(thing instanceof CryptoKey)) Object.values(thing).forEach(walk);
                else raw.push(String(thing));
              };
              all.forEach((one) => walk(one.result));
              asked.result.close();
              done(raw.join('\n'));
            };
          };
        }),
    );
    expect(text).not.toContain('还没发出去的');
    expect(text).not.toContain('水管');
  });

  await test.step('leaving with something unsent is said first', async () => {
    await air(page.context(), signal, 'clear');
    signal.way = 'none';
    await page.goto('/waiting?leave');
    await expect(page.getByRole('main')).toContainText('还有没发出去的');
    expect(await look(page, 'offline-leave')).toEqual([]);
    signal.way = 'clear';
    await page.getByRole('button', { name: '删掉，退出登录' }).click();
    await expect(page.getByRole('button', { name: '登录', exact: true })).toBeVisible();
    for (const store of ['entries', 'files', 'pages', 'meta']) {
      expect(await inTheBox(page, store), store).toEqual([]);
    }
    expect(await page.evaluate(() => caches.keys())).toEqual([]);
  });

  await test.step('whoever signs in next finds nothing of it', async () => {
    await signInAsStaff(page, 'grid-worker');
    await visit(page, `/desk/cases/${id}`);
    await page.context().clearCookies({ name: 'session' });
    await signInAsStaff(page, 'community');
    await page.goto('/desk/me');
    expect(await kept(page)).not.toContain(`/desk/cases/${id}`);
  });

  await test.step('after a day pages are gone', async () => {
    await visit(page, `/desk/cases/${id}`);
    await air(page.context(), signal, 'none');
    await page.goto('/waiting');
    // A worker is stopped and begun as the browser likes, so the pages age and not its clock.
    await page.evaluate(
      (ageMs) =>
        new Promise<void>((done, failed) => {
          const asked = indexedDB.open('huiyin', 1);
          asked.onsuccess = () => {
            const tx = asked.result.transaction(['pages'], 'readwrite');
            const walk = tx.objectStore('pages').openCursor();
            walk.onsuccess = () => {
              const row = walk.result;
              if (!row) return;
              if (row.key !== '/waiting') row.update({ ...row.value, kept: row.value.kept - ageMs });
              row.continue();
            };
            tx.onerror = () => failed(tx.error);
            tx.oncomplete = () => {
              asked.result.close();
              done();
            };
          };
        }),
      DAY_MS + 60_000,
    );
    await page.goto(`/desk/cases/${id}`);
    await expect(page.getByRole('main')).toContainText('没有存在手机上');
    await expect(page.getByRole('main')).not.toContainText('水管');
    expect(await kept(page)).not.toContain(`/desk/cases/${id}`);
  });
  await page.context().close();
});

test('an outdoor page costs little, and the house can be installed', async ({ browser, town, signal }) => {
  const id = await said(town, '没信号六：路牌歪了。');
  const page = await phone(browser, signal);
  await signInAsStaff(page, 'grid-worker');
  await page.goto(`/desk/cases/${id}`);
  const first = signal.sizes.filter(({ path }) => path.startsWith('/assets/') || path.startsWith('/desk/cases/'));
  const sum = (sizes: { bytes: number }[]) => sizes.reduce((all, { bytes }) => all + bytes, 0);
  expect(sum(first)).toBeLessThan(100 * 1024);
  signal.sizes.length = 0;
  await page.goto(`/desk/cases/${id}`);
  await page.waitForLoadState('networkidle');
  expect(sum(signal.sizes)).toBeLessThan(15 * 1024 + 15 * 1024);
  const manifest = await (await page.request.get('/manifest.webmanifest')).json();
  expect(manifest).toMatchObject({ display: 'standalone', start_url: '/desk' });
  for (const { src } of manifest.icons) expect((await page.request.get(src)).status()).toBe(200);
  await page.context().close();
});

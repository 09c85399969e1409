// A phone that is carried about: pages are kept on it, the air comes and goes, and it takes photos.

import { deflateSync } from 'node:zlib';

import type { Browser, BrowserContext, Page } from '@playwright/test';

import { Signal } from './signal';
import { expect, PHONE, test as base } from './test';

export const test = base.extend<{ signal: Signal }>({
  signal: async ({ town }, use) => {
    const signal = await Signal.before(town.url);
    await use(signal);
    await signal.stop();
  },
});

const PASSWORD = 'huiyin-demo-town';

/** A phone that one holds in the hand: pages are kept on it. */
export async function phone(browser: Browser, signal: Signal): Promise<Page> {
  const context = await browser.newContext({
    viewport: PHONE,
    hasTouch: true,
    isMobile: true,
    locale: 'zh-CN',
    baseURL: signal.url,
  });
  return context.newPage();
}

/** On a phone, which keeps pages from then on. */
export async function signInAsStaff(page: Page, login: string): Promise<void> {
  await page.goto('/desk/sign-in');
  await page.getByRole('textbox', { name: '登录名' }).fill(login);
  await page.getByRole('textbox', { name: '密码' }).fill(PASSWORD);
  await page.getByRole('button', { name: '登录' }).click();
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
  await ready(page);
}

/** Until the worker answers for the pages. */
export async function ready(page: Page): Promise<void> {
  await page.evaluate(async () => {
    await navigator.serviceWorker.ready;
    if (!navigator.serviceWorker.controller) {
      await new Promise((done) => navigator.serviceWorker.addEventListener('controllerchange', done, { once: true }));
    }
  });
}

/** Opens a page with signal, and waits until the phone has kept it. */
export async function visit(page: Page, path: string): Promise<void> {
  await page.goto(path);
  await expect.poll(() => kept(page)).toContain(path);
}

export const inTheBox = (page: Page, store: string) =>
  page.evaluate(
    async (name) => {
      // Asking for a box that is not there would make one.
      const all = await indexedDB.databases();
      if (!all.some((one) => one.name === 'huiyin')) return [];
      return new Promise<unknown[]>((done, failed) => {
        const asked = indexedDB.open('huiyin', 1);
        asked.onerror = () => failed(asked.error);
        asked.onsuccess = () => {
          const rows = asked.result.transaction([name]).objectStore(name).getAllKeys();
          rows.onsuccess = () => {
            asked.result.close();
            done(rows.result);
          };
        };
      });
    },
    store,
  );
export const kept = (page: Page) => inTheBox(page, 'pages');

/** A photo as phones take them: large, and no two alike. */
export function photo(number: number, width = 2400, height = 1800): { name: string; mimeType: string; buffer: Buffer } {
  const row = Buffer.alloc(1 + width * 3);
  const rows = Buffer.alloc(row.length * height);
  for (let y = 0; y < height; y += 1) {
    for (let x = 0; x < width; x += 1) {
      row[1 + 3 * x] = (x * 7 + number * 31) & 255;
      row[2 + 3 * x] = (y * 3 + (x >> 3)) & 255;
      row[3 + 3 * x] = (x ^ y) & 255;
    }
    row.copy(rows, y * row.length);
  }
  const chunk = (kind: string, content: Buffer) => {
    const body = Buffer.concat([Buffer.from(kind), content]);
    const size = Buffer.alloc(4);
    size.writeUInt32BE(content.length);
    const sum = Buffer.alloc(4);
    sum.writeUInt32BE(crc(body));
    return Buffer.concat([size, body, sum]);
  };
  const head = Buffer.alloc(13);
  head.writeUInt32BE(width, 0);
  head.writeUInt32BE(height, 4);
  head.set([8, 2, 0, 0, 0], 8);
  const sign = Buffer.from([137, 80, 78, 71, 13, 10, 26, 10]);
  const buffer = Buffer.concat([sign, chunk('IHDR', head), chunk('IDAT', deflateSync(rows, { level: 1 })), chunk('IEND', Buffer.alloc(0))]);
  return { name: `${number}.png`, mimeType: 'image/png', buffer };
}

function crc(bytes: Buffer): number {
  let sum = 0xffffffff;
  for (const byte of bytes) {
    sum ^= byte;
    for (let bit = 0; bit < 8; bit += 1) sum = (sum >>> 1) ^ (sum & 1 ? 0xedb88320 : 0);
  }
  return (sum ^ 0xffffffff) >>> 0;
}

export async function air(context: BrowserContext, signal: Signal, way: 'clear' | 'none'): Promise<void> {
  signal.way = way;
  await context.setOffline(way === 'none');
}

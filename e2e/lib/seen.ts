// How a page is looked at: what axe finds, what is wider than the screen, what breaks the
// promises of the elder view; and the pictures that are kept of it.

import type { Page } from '@playwright/test';

import { violations } from './axe';
import { broken } from './elder';

export type Size = { width: number; height: number };

/** A phone as most people here have one. */
export const PHONE: Size = { width: 390, height: 844 };
/** A screen on a desk. */
export const DESK: Size = { width: 1280, height: 800 };

/** Where pictures are kept; `CONTRIBUTING.md` says so too. */
const FOLDER = 'screenshots';
/** The few that the README shows, made anew by `HUIYIN_PICTURES=1`. */
const SHOWN = '../docs/images';
/** `0` where nobody will look: a picture is a sixth of what looking at a page takes. */
const PICTURES = process.env.HUIYIN_PICTURES;
/** What Chromium can draw at once. */
const HEIGHT_MAX = 16_000;
/** In a picture a list of a thousand rows looks like one of forty. */
const PICTURE_MAX = 4000;

/** Everything that is wrong with the page as it stands, at this size. */
export async function faults(page: Page): Promise<string[]> {
  const found = await violations(page);
  const width = page.viewportSize()?.width ?? 0;
  const wide = await page.evaluate(() => document.documentElement.scrollWidth);
  if (wide > width) found.push(`${wide} px wide on ${width} px`);
  const view = await page.evaluate(() => document.documentElement.dataset.view);
  return view === 'elder' ? [...found, ...(await broken(page))] : found;
}

/** Looks at the whole page at once, as on a very tall screen: nothing lies under a bar. */
async function unroll(page: Page, size: Size): Promise<void> {
  await page.setViewportSize(size);
  const height = await page.evaluate(() => document.documentElement.scrollHeight);
  if (height > size.height) await page.setViewportSize({ width: size.width, height: Math.min(height, HEIGHT_MAX) });
}

/** Keeps a picture of the page as it stands; `name` may say which screen it is for. */
export async function picture(page: Page, name: string): Promise<void> {
  if (PICTURES === '0') return;
  const size = page.viewportSize() ?? DESK;
  const clip = { x: 0, y: 0, width: size.width, height: Math.min(size.height, PICTURE_MAX) };
  await page.screenshot({ path: `${FOLDER}/${name}.png`, animations: 'disabled', clip });
}

/** The faults of the page on the phone and at the desk; a picture of each is kept. */
export async function look(page: Page, name: string): Promise<string[]> {
  const before = page.viewportSize();
  const found: string[] = [];
  for (const size of [PHONE, DESK]) {
    await unroll(page, size);
    found.push(...(await faults(page)).map((fault) => `${size.width}: ${fault}`));
    await picture(page, `${size.width}/${name}`);
  }
  if (before) await page.setViewportSize(before);
  return found;
}

/** Makes one of the pictures of the README anew, when that is asked for: the first screen only. */
export async function show(page: Page, size: Size, name: string): Promise<void> {
  if (PICTURES !== '1') return;
  await page.setViewportSize(size);
  await page.evaluate(() => scrollTo(0, 0));
  await page.screenshot({ path: `${SHOWN}/${name}.png`, animations: 'disabled' });
}

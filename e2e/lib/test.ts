// `test` with a town behind it. What a worker's journeys leave behind stays in its town, so
// a journey names what it made and never counts on being the first.

import { test as base, type Page } from '@playwright/test';

import { Town } from './town';

export { expect } from '@playwright/test';

export const test = base.extend<object, { town: Town }>({
  town: [
    async ({}, use) => {
      const town = await Town.start();
      await use(town);
      await town.stop();
    },
    { scope: 'worker', timeout: 150_000 },
  ],
  baseURL: async ({ town }, use) => use(town.url),
});

/** A phone as most people here have one. */
export const PHONE = { width: 390, height: 844 };
/** A screen on a desk. */
export const DESK = { width: 1280, height: 800 };

export type Look = {
  lang: 'zh' | 'en';
  theme: 'light' | 'dark';
  view: 'normal' | 'elder';
};

/** Every two of language, colours and size meet in one of these. */
export const LOOKS: Look[] = [
  { lang: 'zh', theme: 'light', view: 'normal' },
  { lang: 'zh', theme: 'dark', view: 'elder' },
  { lang: 'en', theme: 'dark', view: 'normal' },
  { lang: 'en', theme: 'light', view: 'elder' },
];

/** Chooses how pages look in this browser, as the settings page does. */
export async function look(page: Page, url: string, look: Look): Promise<void> {
  const cookies = Object.entries(look).map(([name, value]) => ({ name, value, url }));
  await page.context().addCookies(cookies);
}

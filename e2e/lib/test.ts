// `test` with a town behind it. What a worker's journeys leave behind stays in its town, so
// a journey names what it made and never counts on being the first.

import { test as base, type Page } from '@playwright/test';

import { Town } from './town';

export { expect } from '@playwright/test';
export { DESK, PHONE } from './seen';

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

export type Taste = {
  lang: 'zh' | 'en';
  theme: 'light' | 'dark';
  view: 'normal' | 'elder';
};

/** Both languages, both colours, both sizes; the elder's own colours in each light. */
export const TASTES: Taste[] = [
  { lang: 'zh', theme: 'light', view: 'normal' },
  { lang: 'en', theme: 'dark', view: 'normal' },
  { lang: 'zh', theme: 'light', view: 'elder' },
];

/** Chooses how pages look in this browser, as the settings page does. */
export async function wear(page: Page, url: string, taste: Taste): Promise<void> {
  const cookies = Object.entries(taste).map(([name, value]) => ({ name, value, url }));
  await page.context().addCookies(cookies);
}

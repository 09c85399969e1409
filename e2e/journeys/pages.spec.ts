// Every page of the table of routes, as those see it who may: no fault that axe can find, in
// both languages, light and dark, plain and elder; nothing wider than a phone; pictures of all
// of them in `screenshots/`.

import type { Browser, Page } from '@playwright/test';

import { violations } from '../lib/axe';
import { broken } from '../lib/elder';
import { appeal, Finger, staff } from '../lib/people';
import { pathOf, paths } from '../lib/routes';
import { DESK, expect, look, LOOKS, PHONE, test } from '../lib/test';

/** Who looks at the pages that begin so; the first that fits. */
const VISITORS: [prefix: string, who: string][] = [
  ['/admin/people', 'security'],
  ['/admin/tokens', 'security'],
  ['/admin/looks', 'auditor'],
  ['/admin', 'office'],
  ['/desk/sign-in', 'anyone'],
  ['/desk', 'dispatcher'],
  ['/my', 'resident'],
  ['/', 'anyone'],
];

/** What the table has and nobody looks at: no pages, or pages behind a secret link. */
const NO_PAGES = [
  /^\/api\//,
  /^\/files\//, // pictures that people sent
  /^\/places$/, // a part of a form
  /^\/t\/\{code\}$/, // leads on to the case
  /^\/desk\/invite\/\{token\}$/,
  /^\/desk\/sign-in\/code$/, // between password and second factor
  /^\/desk\/new\/\{kind\}\/caller$/, // a part of a form
];

const ALL = paths();
const PAGES = ALL.filter((path) => !NO_PAGES.some((none) => none.test(path)));

function visitorOf(path: string): string {
  const visitor = VISITORS.find(([prefix]) => path.startsWith(prefix));
  return visitor?.[1] ?? 'anyone';
}

/** Follows every link until each page of this visitor has one address. */
async function addresses(page: Page, who: string): Promise<Map<string, string>> {
  const found = new Map<string, string>();
  const waiting = ['/', new URL(page.url()).pathname, '/desk', '/admin'];
  const seen = new Set<string>();
  while (waiting.length > 0) {
    const address = waiting.shift() as string;
    const path = pathOf(address, ALL);
    if (!path || seen.has(path) || !PAGES.includes(path)) continue;
    seen.add(path);
    const answer = await page.goto(address);
    if (!answer || answer.status() >= 400 || new URL(page.url()).pathname !== address) continue;
    if (visitorOf(path) === who) found.set(path, address);
    const links = await page.locator('a[href]').evaluateAll((all) =>
      all.map((link) => link as HTMLAnchorElement)
        .filter((link) => link.origin === location.origin)
        .map((link) => link.pathname),
    );
    waiting.push(...links);
  }
  return found;
}

async function visitor(browser: Browser, town: string, who: string): Promise<Page> {
  if (!['anyone', 'resident'].includes(who)) return staff(browser, town, who);
  const context = await browser.newContext({ viewport: PHONE, locale: 'zh-CN', baseURL: town });
  const page = await context.newPage();
  await page.goto('/');
  if (who === 'resident') await appeal(page, new Finger(), '广场的健身器材松了，怕摔着人。', '老渡口社区');
  return page;
}

async function photograph(page: Page, who: string, path: string): Promise<string[]> {
  const file = `${who}${path.replace(/[^a-z]+/g, '-').replace(/-$/, '')}.png`;
  const wide: string[] = [];
  for (const size of [PHONE, DESK]) {
    await page.setViewportSize(size);
    const width = await page.evaluate(() => document.documentElement.scrollWidth);
    if (width > size.width) wide.push(`${width} px wide on ${size.width} px`);
    await page.screenshot({ path: `screenshots/${size.width}/${file}`, fullPage: true, animations: 'disabled' });
  }
  return wide;
}

for (const who of [...new Set(PAGES.map(visitorOf))]) {
  test(`pages for ${who} have no fault`, async ({ browser, town }) => {
    test.setTimeout(600_000);
    const page = await visitor(browser, town.url, who);
    const found = await addresses(page, who);
    const missing = PAGES.filter((path) => visitorOf(path) === who && !found.has(path));
    expect.soft(missing, 'pages to which no link leads').toEqual([]);
    for (const [path, address] of found) {
      for (const taste of LOOKS) {
        await look(page, town.url, taste);
        await page.goto(address);
        const where = `${path} ${Object.values(taste).join(' ')}`;
        expect.soft(await violations(page), where).toEqual([]);
        if (taste.view === 'elder') expect.soft(await broken(page), where).toEqual([]);
        if (taste === LOOKS[0]) expect.soft(await photograph(page, who, path), where).toEqual([]);
      }
    }
    await page.context().close();
  });
}

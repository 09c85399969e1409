// Every page of the table of routes, as those see it who may: no fault that axe can find, on
// the phone and at the desk, in both languages, light and dark, plain and elder; nothing wider
// than the screen; pictures of all of them in `screenshots/`.

import type { Browser, Page } from '@playwright/test';

import { appeal, Finger, signIn, staff } from '../lib/people';
import { pathOf, paths } from '../lib/routes';
import { look, show, type Size } from '../lib/seen';
import { expect, PHONE, TASTES, test, wear } from '../lib/test';

test.describe.configure({ mode: 'parallel' });

/** Who looks at the pages that begin so; the first that fits. */
const VISITORS: [prefix: string, who: string][] = [
  ['/admin/people', 'security'],
  ['/admin/tokens', 'security'],
  ['/admin/looks', 'auditor'],
  ['/admin/log', 'auditor'],
  ['/admin/jobs', 'system'],
  ['/admin/webhooks', 'system'],
  ['/admin/installations', 'system'],
  ['/admin/duties', 'duties'],
  ['/admin/items', 'duties'],
  ['/admin/norms', 'duties'],
  ['/admin', 'office'],
  ['/desk/sign-in', 'anyone'],
  ['/desk/new', 'operator'],
  ['/desk/follow-ups', 'operator'],
  ['/desk/inspections', 'supervisor'],
  ['/desk/volunteers', 'community'],
  ['/desk/proposals', 'community'],
  ['/desk/cases/{case}/proposals', 'community'],
  ['/desk/cases/{case}/papers', 'community'],
  ['/desk/cases/{case}/mending', 'community'],
  ['/desk/meetings', 'community'],
  ['/desk/partners', 'community'],
  ['/desk/partner', 'partner'],
  ['/desk/services', 'community'],
  ['/desk/civic-posts', 'community'],
  ['/desk/pairings', 'community'],
  ['/desk/skills', 'community'],
  ['/desk/venues', 'community'],
  ['/desk/meals', 'community'],
  ['/desk/associations', 'community'],
  ['/desk/activities', 'community'],
  ['/desk/menu', 'community'],
  ['/desk/gifts', 'community'],
  ['/desk/occasions', 'community'],
  ['/desk/places', 'community'],
  ['/desk/collections', 'community'],
  ['/desk/team', 'community'],
  ['/desk/tasks', 'community'],
  ['/desk/today', 'community'],
  ['/desk/rounds', 'community'],
  ['/desk/windows', 'community'],
  ['/desk/household', 'community'],
  ['/desk', 'dispatcher'],
  ['/waiting', 'volunteer'],
  ['/volunteer', 'volunteer'],
  ['/certificate', 'volunteer'],
  ['/activities/{activity}/here', 'volunteer'],
  ['/associations/{association}/members', 'volunteer'],
  ['/associations/new', 'volunteer'],
  ['/my/meals', 'volunteer'],
  ['/my/plans', 'volunteer'],
  ['/my/pairing', 'member'],
  ['/my/notices', 'member'],
  ['/my/proposals', 'member'],
  ['/my/telling', 'member'],
  ['/my', 'resident'],
  ['/', 'anyone'],
];

/** One person's pages, shared by two so that they are looked at side by side. */
const LOGINS: Record<string, string> = { duties: 'office' };

/** What the table has and nobody looks at: no pages, or pages behind a secret link. */
const NO_PAGES = [
  /^\/api\//,
  /^\/health$/, // for machines that watch
  /^\/files\//, // pictures that people sent
  /^\/samples\//, // pictures on other pages
  /^\/places$/, // a part of a form
  /^\/t\/\{code\}$/, // leads on to the case
  /^\/desk\/invite\/\{token\}$/, // the journey of a newcomer at the desk
  /^\/desk\/cases\/\{case\}\/erase$/, // of a closed case: a journey at the desk
  /^\/desk\/sign-in\/code$/, // between password and second factor
  /^\/desk\/rates\.csv$/, // a file to download
  /^\/admin\/places\/export$/, // a file to download
  /^\/desk\/tasks\/\{task\}\/parts\.csv$/, // a file to download
  /^\/desk\/households\/\{place\}\/doors\.csv$/, // a file to download
  /^\/desk\/tasks\/\{task\}\/\{place\}\/photos\//, // pictures that people sent
  /\/map\/tiles\//, // what maps are made of
  /^\/map\/base\.pmtiles$/, // the same
  /^\/desk\/places\/\{place\}\/border\/near$/, // the same
  /^\/calendar\/\{feed\}$/, // for calendars, not for people
  /^\/volunteer\/data\.json$/, // a file to download
  /^\/volunteer\/certificates\/\{certificate\}\/pdf$/, // a file to download
  /^\/desk\/teams\/\{place\}\/posters\.pdf$/, // a file to download
  /^\/desk\/new$/, // leads on to the first kind
  /^\/desk\/new\/\{kind\}\/caller$/, // a part of a form
  /^\/desk\/guide\/\{slug\}\/file$/, // a file to download
  /^\/my\/\{case\}\/papers$/, // of an errand: the journey of one
  /^\/desk\/screen\/live$/, // a stream, for the wall screen
  /^\/appointments\//, // of whoever booked: the journey at a window
  /^\/queue\//, // what a phone asks
  /^\/sw\.js$/, // the worker of a browser
  /^\/manifest\.webmanifest$/, // what a browser reads when the house is installed
];

/** To these leads no link: one stands on a poster, one behind a button, one behind what waits. */
const NO_LINKS = ['/p/990121001001', '/new', '/waiting'];

/** Where somebody begins who would else come to the right one of many cases too late. */
const FIRST: Record<string, string[]> = { community: ['/desk/meetings/new?of=weekly.990121001001'] };

/** What the README shows of them; a desk is cut where the eye stops. */
const DESK_TOP = { width: 1280, height: 640 };
const SHOWN: Record<string, Size> = {
  'front.zh-light-normal': PHONE,
  'front.en-dark-normal': PHONE,
  'wall.zh-light-normal': PHONE,
  'desk.zh-light-normal': DESK_TOP,
  'desk.en-dark-normal': DESK_TOP,
};

/** Links that differ in what follows the question mark are followed so often. */
const QUERIES_MAX = 12;

const ALL = paths();
const PAGES = ALL.filter((path) => !NO_PAGES.some((none) => none.test(path)));

function visitorOf(path: string): string {
  const visitor = VISITORS.find(([prefix]) => path.startsWith(prefix));
  return visitor?.[1] ?? 'anyone';
}

/** Where the links of a page lead, read without drawing it. */
async function links(page: Page, address: string): Promise<string[] | undefined> {
  const answer = await page.request.get(address, { maxRedirects: 0 });
  if (answer.status() !== 200) return undefined;
  const text = await answer.text();
  return [...text.matchAll(/<a\b[^>]*\shref="(\/[^"#]*)/g)].map((link) => link[1].replaceAll('&amp;', '&'));
}

/** Follows links, deepest first, until each page of this visitor has one address. */
async function addresses(page: Page, who: string): Promise<Map<string, string>> {
  const mine = PAGES.filter((path) => visitorOf(path) === who);
  const found = new Map<string, string>();
  const waiting = [...(FIRST[who] ?? []), '/', new URL(page.url()).pathname, '/desk', '/admin', ...NO_LINKS];
  const seen = new Set<string>();
  const tries = new Map<string, number>();
  while (waiting.length > 0 && mine.some((path) => !found.has(path))) {
    const address = waiting.shift() as string;
    const path = pathOf(address.split('?')[0], ALL);
    const tried = tries.get(path ?? '') ?? 0;
    if (!path || seen.has(address) || !PAGES.includes(path) || tried >= QUERIES_MAX) continue;
    seen.add(address);
    tries.set(path, tried + 1);
    const leads = await links(page, address);
    if (!leads) continue;
    if (mine.includes(path) && !found.has(path)) found.set(path, address);
    waiting.push(...leads);
  }
  return found;
}

async function visitor(browser: Browser, town: string, who: string): Promise<Page> {
  if (!['anyone', 'resident', 'member', 'volunteer'].includes(who)) return staff(browser, town, LOGINS[who] ?? who);
  const context = await browser.newContext({ viewport: PHONE, locale: 'zh-CN', baseURL: town });
  const page = await context.newPage();
  await page.goto('/');
  // Somebody of whom the demo says that they help.
  if (who === 'volunteer') await signIn(page, browser, town, 'helps@tingxi.example');
  if (who === 'member') await signIn(page, browser, town, 'looks@tingxi.example');
  if (who === 'resident') await appeal(page, new Finger(), '广场的健身器材松了，怕摔着人。', '老渡口社区');
  return page;
}

for (const who of [...new Set(PAGES.map(visitorOf))]) {
  test(`pages for ${who} have no fault`, async ({ browser, town }) => {
    // Beside other work the longest has taken a third of this.
    test.setTimeout(1_200_000);
    const page = await visitor(browser, town.url, who);
    const found = await addresses(page, who);
    const missing = PAGES.filter((path) => visitorOf(path) === who && !found.has(path));
    expect.soft(missing, 'pages to which no link leads').toEqual([]);
    for (const taste of TASTES) {
      await wear(page, town.url, taste);
      const worn = Object.values(taste).join('-');
      for (const [path, address] of found) {
        await page.goto(address);
        const name = `${path.replace(/[^a-z]+/g, '-').replace(/^-|-$/g, '') || 'front'}.${worn}`;
        expect.soft(await look(page, name), name).toEqual([]);
        if (SHOWN[name]) await show(page, SHOWN[name], name);
      }
    }
    await page.context().close();
  });
}

// Where people meet and who helps: a hall goes to one of two; a partner unit sees its year.

import type { Browser, Page } from '@playwright/test';

import { signIn, staff, stranger } from '../lib/people';
import { look } from '../lib/seen';
import { expect, PHONE, test } from '../lib/test';

test.use({ viewport: PHONE });
test.describe.configure({ mode: 'parallel' });

const MINUTE_MS = 60_000;

/** Somebody with a phone of their own who has signed in by a code. */
async function neighbour(browser: Browser, town: string, contact: string): Promise<Page> {
  const page = await stranger(browser, town);
  await signIn(page, browser, town, contact);
  return page;
}

/** The day after so many, as a field for a date wants it. */
function day(after: number): string {
  const then = new Date(Date.now() + after * 24 * 60 * MINUTE_MS);
  return then.toISOString().slice(0, 10);
}

test('two book a hall for the same hours, and one of them has it', async ({ browser, town }) => {
  const contacts = ['first@tingxi.example', 'second@tingxi.example'];
  const both = await Promise.all(contacts.map((contact) => neighbour(browser, town.url, contact)));
  await both[0].goto('/venues');
  const room = await bookable(both[0]);
  for (const page of both) {
    await page.goto(`${room}?day=${day(3)}`);
    await page.getByRole('combobox', { name: '从几点' }).selectOption({ index: 2 });
    await page.getByRole('combobox', { name: '到几点' }).selectOption({ index: 4 });
    await page.getByRole('textbox', { name: '多少人来' }).fill('8');
    await page.getByRole('textbox', { name: '做什么用' }).fill('排练');
  }
  await Promise.all(both.map((page) => page.getByRole('button', { name: '订这个房间' }).click()));
  const said = await Promise.all(
    both.map(async (page) => {
      await expect(page.getByRole('status').or(page.getByRole('alert')).first()).toBeVisible();
      return (await page.getByRole('status').filter({ hasText: /订好了|记下了/ }).count()) > 0;
    }),
  );
  expect(said.filter((has) => has)).toHaveLength(1);
  const other = both[said.indexOf(false)];
  await expect(other.getByRole('textbox', { name: '做什么用' })).toHaveValue('排练');
  expect(await look(other, 'hall-taken')).toEqual([]);
});

/** The address of a room that people may book. */
async function bookable(page: Page): Promise<string> {
  const venues = await page.locator('main a[href^="/venues/"]').evaluateAll((links) =>
    links.map((link) => link.getAttribute('href') ?? ''),
  );
  for (const venue of [...new Set(venues)]) {
    await page.goto(venue);
    const rooms = await page.locator('a[href*="/rooms/"]').evaluateAll((links) =>
      links.map((link) => link.getAttribute('href') ?? ''),
    );
    for (const room of rooms) {
      await page.goto(`${room}?day=${day(3)}`);
      if (await page.getByRole('button', { name: '订这个房间' }).count()) return room.split('?')[0];
    }
  }
  throw new Error('no room can be booked');
}

test('a partner unit reports, the community confirms, and both see the same year', async ({ browser, town }) => {
  const what = '给独居老人检查电线';
  const partner = await staff(browser, town.url, 'partner');
  await partner.goto('/desk/partner');
  await partner.getByRole('main').getByRole('link', { name: /社区|村/ }).first().click();
  await expect(partner.getByRole('main')).toContainText('双方看到的是同一页');
  await partner.getByRole('textbox', { name: '几个字说说' }).fill(what);
  await partner.getByRole('button', { name: '报回来' }).click();
  await expect(partner.getByRole('listitem').filter({ hasText: what })).toContainText('等');
  const year = new URL(partner.url()).pathname;

  const community = await staff(browser, town.url, 'community');
  await community.goto('/desk/partners');
  await community.goto(year);
  await expect(community.getByRole('button', { name: '报回来' })).toHaveCount(0);
  await community.getByRole('button', { name: `确认 ${what}`, exact: true }).click();
  await expect(community.getByRole('listitem').filter({ hasText: what })).toContainText('已确认');
  await partner.reload();
  await expect(partner.getByRole('listitem').filter({ hasText: what })).toContainText('已确认');
  expect(await look(partner, 'partner-year')).toEqual([]);
});

// People who help: somebody new registers, is asked, helps and takes a certificate home; an
// order from the menu is done and rated; a hall goes to one of two; a partner unit sees its year.

import type { Browser, Page } from '@playwright/test';

import { arrive, bring, caseOf, Finger, signIn, staff, stranger } from '../lib/people';
import { look } from '../lib/seen';
import { expect, PHONE, test } from '../lib/test';

test.use({ viewport: PHONE });
test.describe.configure({ mode: 'parallel' });

const COMMUNITY = '灯巷社区';
const MINUTE_MS = 60_000;

/** Somebody with a phone of their own who has signed in by a code. */
async function neighbour(browser: Browser, town: string, contact: string): Promise<Page> {
  const page = await stranger(browser, town);
  await signIn(page, browser, town, contact);
  return page;
}

/** Finds a community in a form that asks for a place. */
async function choosePlace(page: Page, place: string): Promise<void> {
  await page.getByRole('searchbox').first().fill(place);
  const found = page.getByRole('list', { name: '找到的地方' });
  await found.getByRole('listitem').first().getByText(place).first().click();
}

test('somebody new registers, is asked, helps, is thanked and has it certified', async ({ page, browser, town }) => {
  const name = '和畅';
  const helper = await neighbour(browser, town.url, 'hechang@tingxi.example');

  await test.step('name and community are enough, in less than a minute', async () => {
    const since = Date.now();
    await helper.goto('/volunteer');
    await helper.getByRole('link', { name: '登记' }).click();
    await helper.getByRole('textbox', { name: '姓名' }).fill(name);
    await choosePlace(helper, COMMUNITY);
    await helper.locator('summary').filter({ hasText: '我会做什么' }).click();
    await helper.getByRole('group', { name: '陪伴' }).getByText('这类都行').click();
    await helper.getByRole('button', { name: '我来帮' }).last().click();
    await expect(helper.getByRole('main')).toContainText('已经告诉社区');
    expect(Date.now() - since).toBeLessThan(MINUTE_MS);
    expect(await look(helper, 'volunteer-registered')).toEqual([]);
  });

  const community = await staff(browser, town.url, 'community');
  await test.step('the community accepts', async () => {
    await community.goto('/desk/volunteers?which=asking');
    await community.getByRole('link', { name }).first().click();
    await community.getByRole('button', { name: '欢迎加入' }).click();
    await expect(community.getByRole('status')).toContainText('接受了');
  });

  await bring(page, new Finger(), {
    text: '眼睛看不清了，想有人周末来读读报。',
    place: COMMUNITY,
    sort: '微心愿',
    where: '住在哪里',
    send: '说出心愿',
    more: { 怎么称呼您: '姜奶奶', 手机或邮箱: 'jiang@tingxi.example' },
  });
  const id = caseOf(page);

  await test.step('the community puts the wish on the wall and asks who fits', async () => {
    await publish(community, id);
    await community.getByRole('link', { name: '谁能来帮' }).click();
    await expect(community.getByRole('main')).toContainText('住');
    await askHelper(community, name);
    expect(await look(community, 'wish-helpers')).toEqual([]);
  });

  await test.step('one tap says yes', async () => {
    await helper.goto('/my/proposals');
    const card = helper.getByRole('listitem').filter({ hasText: '读读报' });
    await expect(card).toContainText('为什么：');
    expect(await look(helper, 'proposal-asked')).toEqual([]);
    await card.getByRole('button', { name: '我去' }).click();
    await helper.goto(`/my/${id}`);
    await expect(helper.getByRole('main')).toContainText('有人来帮了');
  });

  await test.step('it is done, and whoever wished says thanks', async () => {
    await helper.getByRole('textbox', { name: '送达的情况' }).fill('读了一下午报，下周还来。');
    await helper.getByRole('button', { name: '送到了' }).click();
    await expect(helper.getByRole('main')).toContainText('读了一下午报');
    await page.getByRole('link', { name: '看看办到哪了' }).click();
    await page.getByRole('group', { name: '收到了吗' }).getByText('收到了', { exact: true }).click();
    await page.getByRole('button', { name: '说一声收到没有' }).click();
    await page.getByRole('textbox', { name: '感谢的话' }).fill('听得很高兴，谢谢您。');
    await page.getByRole('button', { name: '说声谢谢' }).click();
    await helper.reload();
    await expect(helper.getByRole('main')).toContainText('听得很高兴，谢谢您。');
  });

  await test.step('what was done is certified, and anybody can check it', async () => {
    await certified(browser, town.url, helper, name);
  });
});

/** Has it certified, keeps the file, and lets somebody else check the code. */
async function certified(browser: Browser, town: string, helper: Page, name: string): Promise<void> {
  await helper.goto('/volunteer');
  await helper.getByRole('button', { name: '开一份证明' }).click();
  expect(await look(helper, 'volunteer-certified')).toEqual([]);
  await helper.getByRole('link', { name: '打开、打印' }).first().click();
  await expect(helper.getByRole('main')).toContainText(name);
  const file = await helper.getByRole('link', { name: '存成 PDF' }).getAttribute('href');
  const pdf = await helper.request.get(file ?? '');
  expect(pdf.headers()['content-type']).toBe('application/pdf');
  expect((await pdf.body()).subarray(0, 5).toString()).toBe('%PDF-');
  const code = (await helper.getByRole('main').innerText()).match(/\d{4} \d{4} \d{4} \d{4}/)?.[0] ?? '';
  const other = await stranger(browser, town);
  await other.goto('/certificate');
  await other.getByRole('textbox', { name: '证明编号' }).fill(code);
  await other.getByRole('button', { name: '核验' }).click();
  await expect(other.getByRole('main')).toContainText('这份证明是真的');
  await expect(other.getByRole('main')).not.toContainText(name);
  expect(await look(other, 'certificate-checked')).toEqual([]);
}

/** The community puts a wish for company on the wall. */
async function publish(community: Page, id: string): Promise<void> {
  await community.goto(`/desk/cases/${id}`);
  const now = community.getByRole('complementary', { name: '现在' });
  await now.getByRole('textbox', { name: '墙上怎么写' }).fill('想有人周末来读读报。');
  await now.getByRole('group', { name: '是哪一类' }).getByText('陪伴', { exact: true }).click();
  await now.getByRole('group', { name: '本人同意挂到心愿墙上' }).getByText('是', { exact: true }).click();
  await now.getByRole('button', { name: '挂到墙上' }).click();
  await expect(community.getByRole('article')).toContainText('在墙上');
}

/** Asks somebody by hand, unless the house was quicker. */
async function askHelper(community: Page, name: string): Promise<void> {
  const asked = community.getByRole('row').filter({ hasText: name });
  if (await asked.count()) return;
  await community.getByRole('button', { name: new RegExp(`去问问\\s*${name}`) }).click();
  await expect(asked).toContainText('等回话');
}

test('a repair is ordered from the menu, done and rated', async ({ page, browser, town }) => {
  await signIn(page, browser, town.url, 'orders@tingxi.example');
  await test.step('the menu says what it is and what it is not', async () => {
    await page.goto('/menu');
    await page.getByRole('link', { name: COMMUNITY }).first().click();
    const card = page.getByRole('listitem').filter({ hasText: '小修小补' }).first();
    await card.getByRole('link', { name: /点这一单/ }).click();
    await page.getByRole('textbox', { name: '要帮什么忙' }).fill('厨房的水龙头一直滴水。');
    await page.getByRole('group', { name: '家里会只有孩子在吗' }).getByText('不会', { exact: true }).click();
    await page.getByRole('textbox', { name: '您的姓名' }).fill('乔松');
    await page.getByRole('button', { name: '点单' }).click();
    await arrive(page, new Finger());
    expect(await look(page, 'order-placed')).toEqual([]);
  });
  const id = caseOf(page);

  const community = await staff(browser, town.url, 'community');
  await test.step('the community asks the neighbours', async () => {
    await community.goto(`/desk/cases/${id}`);
    const now = community.getByRole('complementary', { name: '现在' });
    await now.locator('summary').filter({ hasText: '请邻居来接' }).click();
    await now.getByRole('textbox', { name: '墙上怎么写' }).fill('水龙头滴水，请人看看。');
    await now.getByRole('button', { name: '请邻居来接' }).click();
    await expect(community.getByRole('article')).toContainText('等人来接');
  });

  const helper = await neighbour(browser, town.url, 'helps@tingxi.example');
  await test.step('a volunteer takes it, comes and says that it is done', async () => {
    await helper.goto(`/wall/${id}`);
    await helper.getByRole('button', { name: '我来接' }).click();
    await helper.getByLabel('哪一天').fill(day(1));
    await helper.getByRole('textbox', { name: '几点、在哪儿碰头' }).fill('上午十点，楼下');
    await expect(helper.getByRole('button', { name: '约好时间' })).toBeVisible();
    const second = helper.getByRole('textbox', { name: '谁一起去' });
    if (await second.isVisible()) await second.fill('邻居老赵');
    await helper.getByRole('button', { name: '约好时间' }).click();
    await helper.getByRole('textbox', { name: '多少分钟后出来' }).fill('60');
    await helper.getByRole('button', { name: '我到了' }).click();
    await helper.getByRole('button', { name: '我出来了' }).click();
    expect(await look(helper, 'order-out')).toEqual([]);
    await helper.getByRole('textbox', { name: '做了什么' }).fill('换了一个密封圈，不滴了。');
    await helper.getByRole('textbox', { name: '用了多少分钟' }).fill('40');
    await helper.getByRole('button', { name: '做完了' }).click();
    await expect(helper.getByRole('button', { name: '做完了' })).toHaveCount(0);
    await expect(helper.getByRole('main')).toContainText('换了一个密封圈');
  });

  await test.step('whoever ordered rates it', async () => {
    await page.goto(`/my/${id}`);
    await expect(page.getByRole('main')).toContainText('换了一个密封圈');
    await page.getByRole('group', { name: '事情办好了吗' }).getByText('办好了', { exact: true }).click();
    await page.getByRole('group', { name: '给这次服务打几分' }).locator('label').last().click();
    await page.getByRole('button', { name: '评一评' }).click();
    await expect(page.getByRole('button', { name: '评一评' })).toHaveCount(0);
    await expect(page.getByRole('main')).toContainText('办好了');
    expect(await look(page, 'order-rated')).toEqual([]);
  });
});

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

// The loop, as a newcomer and three members of staff go through it.

import { violations } from '../lib/axe';
import { appeal, arrive, caseOf, Finger, staff, stranger, unfold } from '../lib/people';
import { look, show } from '../lib/seen';
import { DESK, expect, PHONE, test } from '../lib/test';

test.use({ viewport: PHONE });

test('a newcomer says it on a phone, three members of staff answer it, and it is judged', async ({
  page,
  browser,
  town,
}) => {
  const finger = new Finger();
  const began = Date.now();
  await appeal(page, finger, '暖气三天不热，家里只有十二度，有老人在家。', '灯巷社区');
  expect(finger.taps, 'taps').toBeLessThanOrEqual(4);
  expect(finger.texts, 'texts typed').toBeLessThanOrEqual(2);
  expect(Date.now() - began, 'time, typing apart').toBeLessThan(60_000);
  await expect(page.getByRole('main')).toContainText(/\d{4}\s+\d{4}\s+\d{4}\s+\d{4}/);
  expect(await violations(page)).toEqual([]);
  const id = caseOf(page);

  await test.step('the community says what sort of thing it is', async () => {
    const community = await staff(browser, town.url, 'community');
    await community.goto(`/desk/cases/${id}`);
    const sort = await unfold(community, '归个类');
    await sort.getByRole('combobox', { name: '哪类事项' }).selectOption('室内不热');
    await sort.getByRole('button', { name: '归个类' }).click();
    await expect(community.getByRole('status')).toContainText('办好了');
  });

  await test.step('the dispatcher follows the duty list', async () => {
    const dispatcher = await staff(browser, town.url, 'dispatcher');
    await dispatcher.goto(`/desk/cases/${id}`);
    await expect(dispatcher.getByRole('complementary', { name: '现在' })).toContainText('供热公司');
    expect(await look(dispatcher, 'dispatch')).toEqual([]);
    await show(dispatcher, DESK, 'case.zh-light-normal');
    await dispatcher.getByRole('button', { name: '派给', exact: true }).click();
    await expect(dispatcher.getByRole('article')).toContainText('等着接手');
    expect(await violations(dispatcher)).toEqual([]);
  });

  await test.step('the heating company takes it and answers', async () => {
    const handler = await staff(browser, town.url, 'handler');
    await handler.goto(`/desk/cases/${id}`);
    await handler.getByRole('button', { name: '接手', exact: true }).click();
    const now = handler.getByRole('complementary', { name: '现在' });
    await now.getByRole('radio', { name: '解决了', exact: true }).check({ force: true });
    await now.getByRole('textbox', { name: '答复' }).first().fill('换热站的水泵换好了，今晚就热。');
    await now.getByRole('button', { name: '答复', exact: true }).click();
    await expect(handler.getByRole('article')).toContainText('换热站的水泵换好了');
  });

  await test.step('whoever asked reads the answer and judges it', async () => {
    await page.getByRole('link', { name: '看看办到哪了' }).click();
    await expect(page.getByRole('main')).toContainText('换热站的水泵换好了');
    expect(await look(page, 'my-case-answered')).toEqual([]);
    await show(page, PHONE, 'my-case.zh-light-normal');
    await expect(page.getByRole('main')).toContainText('满不满意都请您说一声');
    await expect(page.getByRole('main')).not.toContainText('前给您答复');
    const solved = page.getByRole('group', { name: '问题解决了吗' });
    await solved.getByText('解决了', { exact: true }).last().click();
    const content = page.getByRole('group', { name: '对这次办理满意吗' });
    await content.getByText('满意', { exact: true }).click();
    await page.getByRole('button', { name: '评一评', exact: true }).click();
    await expect(page.getByRole('main')).toContainText('办结了');
    expect(await violations(page)).toEqual([]);
  });
});

test('with the tracking code alone it is found again on another phone', async ({ page, browser, town }) => {
  await appeal(page, new Finger(), '楼道里堆满了旧家具，轮椅过不去。', '月塘社区');
  const code = (await page.getByRole('main').innerText()).match(/\d{4}\s+\d{4}\s+\d{4}\s+\d{4}/);
  expect(code).not.toBeNull();
  const other = await (await browser.newContext({ viewport: PHONE, baseURL: town.url, locale: 'zh-CN' })).newPage();
  await other.goto('/where');
  await other.getByRole('textbox', { name: '查询码' }).fill(code?.[0] ?? '');
  await other.getByRole('button', { name: '看看办到哪了' }).click();
  await expect(other.getByRole('heading', { level: 1 })).toContainText('旧家具');

  await test.step('a code that is one digit off opens nothing', async () => {
    await other.context().clearCookies();
    await other.goto('/where');
    const digits = (code?.[0] ?? '').replace(/\s/g, '');
    const off = digits.slice(0, 15) + String((Number(digits[15]) + 1) % 10);
    await other.getByRole('textbox', { name: '查询码' }).fill(off);
    await other.getByRole('button', { name: '看看办到哪了' }).click();
    await expect(other.getByRole('main')).not.toContainText('旧家具');
  });
});

test.describe('without JavaScript', () => {
  test.use({ javaScriptEnabled: false });

  test('the same newcomer gets the same receipt, and can add a word', async ({ page }) => {
    await appeal(page, new Finger(), '路口的井盖没了，晚上很危险。', '槐荫里社区');
    await page.getByRole('link', { name: '看看办到哪了' }).click();
    const more = await unfold(page, '补充几句');
    await more.getByRole('textbox').fill('就在学校门口。');
    await more.getByRole('button', { name: '补充几句' }).click();
    await expect(page.getByRole('main')).toContainText('就在学校门口。');
  });

  test('what was typed comes back with what is wrong, and goes out once it is right', async ({ page }) => {
    await page.goto('/new/appeal');
    await page.getByRole('textbox', { name: '是什么事' }).fill('木棉桥头的报刊亭漏电，摸上去发麻。');
    await page.getByRole('textbox', { name: '手机或邮箱' }).fill('12');
    await page.getByRole('button', { name: '说给我们听' }).click();
    const alert = page.getByRole('alert');
    await expect(alert).toContainText('还没有发出去');
    await expect(alert.getByRole('link', { name: '在哪里' })).toBeVisible();
    await expect(alert.getByRole('link', { name: '手机或邮箱' })).toBeVisible();
    await expect(page.getByRole('textbox', { name: '是什么事' })).toHaveValue('木棉桥头的报刊亭漏电，摸上去发麻。');
    await expect(page.getByRole('textbox', { name: '手机或邮箱' })).toHaveValue('12');
    await page.getByRole('textbox', { name: '手机或邮箱' }).fill('half@tingxi.example');
    await page.getByRole('button', { name: '从列表里选' }).click();
    for (const step of ['回谷州', '听溪县', '枕水街道']) await page.getByRole('button', { name: step, exact: true }).last().click();
    await page.getByRole('button', { name: '灯巷社区', exact: true }).click();
    await page.getByRole('radio', { name: '就选灯巷社区' }).check();
    await expect(page.getByRole('textbox', { name: '是什么事' })).toHaveValue('木棉桥头的报刊亭漏电，摸上去发麻。');
    await page.getByRole('button', { name: '说给我们听' }).click();
    await arrive(page, new Finger());
  });
});

test('the same thing said twice is offered before it is sent', async ({ page, browser, town }) => {
  const text = '北闸口的消防通道被三辆面包车堵死了，救护车进不去。';
  await appeal(page, new Finger(), text, '月塘社区');
  const neighbour = await stranger(browser, town.url);
  await neighbour.goto('/new/appeal');
  await neighbour.getByRole('textbox', { name: '是什么事' }).fill('北闸口消防通道被面包车堵死，救护车都进不去。');
  await neighbour.getByRole('searchbox', { name: '在哪里' }).fill('月塘社区');
  await neighbour.getByRole('list', { name: '找到的地方' }).getByText('月塘社区').first().click();
  await neighbour.getByRole('button', { name: '说给我们听' }).click();
  await expect(neighbour.getByRole('heading', { level: 1 })).toHaveText('好像有人说过同样的事');
  await expect(neighbour.getByRole('listitem').first()).toContainText('月塘社区');
  expect(await look(neighbour, 'similar')).toEqual([]);
  await expect(neighbour.getByRole('main')).not.toContainText(text);
  await expect(neighbour.getByRole('main')).toContainText('工作人员会并在一起');
  await neighbour.getByRole('button', { name: '照样发出去' }).click();
  await expect(neighbour.getByRole('heading', { level: 1 })).toHaveText('收到了');
});

test('what is no longer needed is withdrawn, and stays readable', async ({ page }) => {
  await appeal(page, new Finger(), '楼下的快递柜打不开，里面有药。', '织布坊社区');
  await page.getByRole('link', { name: '看看办到哪了' }).click();
  const away = await unfold(page, '不用办了，撤回');
  await away.getByRole('button', { name: '不用办了，撤回' }).click();
  await expect(page.getByRole('main')).toContainText('本人撤回');
  expect(await look(page, 'withdrawn')).toEqual([]);
});

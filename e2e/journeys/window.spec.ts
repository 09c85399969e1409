// At a window: somebody books a time on an old phone without script, a second one sees it gone,
// the staff takes the person in, and a number is all that anybody else ever sees.

import { violations } from '../lib/axe';
import { staff } from '../lib/people';
import { expect, PHONE, test } from '../lib/test';

test('a time at a window goes to one, and the staff takes them in', async ({ browser, town }) => {
  const plain = { viewport: PHONE, locale: 'zh-CN', baseURL: town.url, javaScriptEnabled: false };
  const [phone, other] = await Promise.all([browser.newContext(plain), browser.newContext(plain)]);
  const [page, second] = await Promise.all([phone.newPage(), other.newPage()]);
  let chosen = '';
  await test.step('she finds what she needs, and the first time that is free', async () => {
    await page.goto('/guide/senior-card');
    await page.getByRole('link', { name: '约个时间去办' }).click();
    const card = page.getByRole('listitem').filter({ hasText: '灯巷' });
    await card.getByRole('link').first().click();
    await expect(page.getByRole('heading', { level: 1 })).toHaveText('约哪个时间');
    const first = page.locator('.times a').first();
    chosen = (await first.getAttribute('href')) ?? '';
    await first.click();
  });
  await test.step('somebody else looks at the same time', async () => {
    await second.goto(chosen);
    await expect(second.getByRole('heading', { level: 1 })).toHaveText('留个名字和号码');
  });
  await test.step('what is missing is told, and what was typed is still there', async () => {
    await page.getByRole('textbox', { name: '怎么称呼您' }).fill('李桂兰');
    await page.getByRole('textbox', { name: '手机号或邮箱' }).fill('110');
    await page.getByRole('button', { name: '就约这个时间' }).click();
    await expect(page.getByRole('textbox', { name: '怎么称呼您' })).toHaveValue('李桂兰');
    await page.getByRole('textbox', { name: '手机号或邮箱' }).fill('13900000088');
    await page.getByRole('button', { name: '就约这个时间' }).click();
    await expect(page.getByRole('heading', { level: 1 })).toHaveText('您的预约');
    await expect(page.getByRole('main')).toContainText('近期一寸免冠照片');
  });
  const id = new URL(page.url()).pathname.split('/')[2];
  await test.step('the second one is told, offered others, and has to type nothing again', async () => {
    await second.getByRole('textbox', { name: '怎么称呼您' }).fill('艾力');
    await second.getByRole('textbox', { name: '手机号或邮箱' }).fill('13900000089');
    await second.getByRole('button', { name: '就约这个时间' }).click();
    await expect(second.getByRole('alert')).toContainText('刚被别人约走');
    await expect(second.getByRole('textbox', { name: '怎么称呼您' })).toHaveValue('艾力');
    await second.locator('label.choice').first().click();
    await second.getByRole('button', { name: '就约这个时间' }).click();
    await expect(second.getByRole('heading', { level: 1 })).toHaveText('您的预约');
    const foreign = await second.goto(`/appointments/${id}`);
    expect(foreign?.status()).toBe(404);
  });
  await test.step('her code opens it on another phone; she gives the calendar to her own', async () => {
    const code = await page.locator('.code').innerText();
    await second.goto('/where');
    await second.getByRole('textbox').fill(code.replace(/\D/g, '').slice(0, 16));
    await second.locator('main button.btn-go').click();
    await expect(second).toHaveURL(new RegExp(`/appointments/${id}$`));
    const feed = await page.request.get(`/appointments/${id}/calendar.ics`);
    expect(await feed.text()).toContain('BEGIN:VEVENT');
  });
  const desk = await staff(browser, town.url, 'community');
  await test.step('somebody who just comes takes a number and is served', async () => {
    await desk.goto('/desk/windows');
    await desk.getByRole('link', { name: '社区便民窗口' }).first().click();
    await desk.getByRole('button', { name: '来了一位，给个号' }).click();
    const said = await desk.getByText(/请拿 \d+ 号/).innerText();
    const number = /\d+/.exec(said)?.[0] ?? '';
    await desk.getByRole('button', { name: `叫号: ${number}`, exact: true }).click();
    await desk.getByRole('button', { name: `办完了: ${number}`, exact: true }).click();
    await desk.getByRole('button', { name: `撤回: ${number}`, exact: true }).click();
    await desk.getByRole('button', { name: `办完了: ${number}`, exact: true }).click();
    await expect(desk.getByRole('main')).not.toContainText('李桂兰');
  });
  await test.step('she gives it back, and somebody else can have it', async () => {
    await page.locator('summary', { hasText: '取消预约' }).click();
    await page.getByRole('button', { name: '取消，让给别人' }).click();
    await expect(page.getByRole('main')).toContainText('取消了');
    await second.goto(chosen);
    await expect(second.getByRole('button', { name: '就约这个时间' })).toBeVisible();
    await expect(second.getByRole('alert')).toHaveCount(0);
  });
  await test.step('nothing that axe can find is wrong with her page', async () => {
    const context = await browser.newContext({ ...plain, javaScriptEnabled: true });
    await context.addCookies(await phone.cookies());
    const seen = await context.newPage();
    await seen.goto(`/appointments/${id}`);
    expect(await violations(seen)).toEqual([]);
  });
});

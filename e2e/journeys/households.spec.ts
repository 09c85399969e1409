// A community adds the doors of a house, the people behind one leave a contact, and what they have
// to say is brought in from their door; a grid worker does the same where there is no signal.

import { staff } from '../lib/people';
import { air, phone, signInAsStaff, test, visit } from '../lib/phone';
import { look } from '../lib/seen';
import { expect } from '../lib/test';

/** A building without doors of its own: each journey takes another part of the numbers. */
const PLACE = '990121001001001001';

test('a run of doors, a contact, and a matter brought in from a door', async ({ browser, town }) => {
  test.setTimeout(180_000);
  const page = await staff(browser, town.url, 'community');
  const main = page.getByRole('main');
  const entrance = 20 + (Date.now() % 70);

  await test.step('the doors are shown before they are written', async () => {
    await page.goto(`/desk/households/${PLACE}/run`);
    const entrances = page.getByRole('group', { name: '单元' });
    await entrances.getByLabel('从').fill('9');
    await entrances.getByLabel('到').fill('2');
    await page.getByRole('button', { name: '先看看' }).click();
    await expect(entrances).toContainText('小的在前');
    expect(await look(page, 'households-run-wrong')).toEqual([]);
    await entrances.getByLabel('从').fill(`${entrance}`);
    await entrances.getByLabel('到').fill(`${entrance}`);
    await page.getByRole('group', { name: '楼层' }).getByLabel('到').fill('3');
    await page.getByRole('button', { name: '先看看' }).click();
    await expect(main).toContainText(`${entrance}-302`);
    expect(await look(page, 'households-run')).toEqual([]);
    await page.getByRole('button', { name: '把新的加上' }).click();
    await expect(main).toContainText('门牌都加好了');
    expect(await look(page, 'households-list')).toEqual([]);
  });

  const door = `${entrance}-101`;
  await test.step('its people leave a contact, which no list shows', async () => {
    await page.getByRole('link', { name: new RegExp(`^${door}`) }).click();
    await expect(main).toContainText('没有留联系方式');
    await main.getByText('记下联系方式', { exact: true }).click();
    await page.getByRole('textbox', { name: '手机号或邮箱' }).fill('13900007788');
    await page.getByRole('button', { name: '存起来' }).click();
    await expect(main).toContainText('要住户同意');
    await expect(page.getByRole('textbox', { name: '手机号或邮箱' })).toHaveValue('13900007788');
    await page.getByRole('checkbox', { name: /同意/ }).check();
    await page.getByRole('button', { name: '存起来' }).click();
    await expect(main).toContainText('已经封存一年');
    await expect(main).not.toContainText('7788');
    expect(await look(page, 'households-one')).toEqual([]);
  });

  await test.step('a matter takes address and contact from the door', async () => {
    await page.getByRole('link', { name: '替这户记一件事' }).click();
    await expect(page.getByRole('combobox', { name: '从哪户来的' })).toContainText(door);
    await expect(page.getByRole('textbox', { name: '住址' })).toHaveValue(new RegExp(`${door}$`));
    await page.getByRole('textbox', { name: '是什么事' }).fill('楼道的灯坏了，晚上看不见。');
    await page.getByRole('checkbox', { name: /请您用他们留下的联系方式/ }).check();
    expect(await look(page, 'households-new')).toEqual([]);
    await page.getByRole('button', { name: '记下来' }).click();
    await expect(page.getByRole('heading', { level: 1 })).toHaveText('记下了');
    await expect(main).not.toContainText('7788');
  });

  await test.step('that it was opened is told at the door, and the contact goes at once', async () => {
    await page.goto(`/desk/households/${PLACE}`);
    await page.getByRole('link', { name: new RegExp(`^${door}`) }).click();
    await expect(main).toContainText('住户要带一件事');
    await page.getByRole('textbox', { name: '为什么要看' }).fill('水管爆了，要关阀门');
    await page.getByRole('button', { name: '看联系方式' }).click();
    await expect(main).toContainText('+8613900007788');
    await page.getByRole('button', { name: '删掉联系方式' }).click();
    await expect(main).toContainText('删掉了，没有留底');
    await expect(main).toContainText('水管爆了');
  });
  await page.context().close();
});

test('a door and a contact are written down without signal', async ({ browser, signal }) => {
  test.setTimeout(180_000);
  const page = await phone(browser, signal);
  await signInAsStaff(page, 'grid-worker');
  const main = page.getByRole('main');
  await page.goto('/desk/households');
  const list = (await main.locator('a[href^="/desk/households/99"]').first().getAttribute('href')) as string;
  await visit(page, list);
  const door = `${20 + (Date.now() % 70)}-901`;

  await test.step('behind the thick walls there is no signal', async () => {
    await air(page.context(), signal, 'none');
    await page.goto(list);
    await main.getByText('加一个门牌', { exact: true }).click();
    const form = main.locator('form[action$="/doors"]');
    await form.getByRole('textbox', { name: '门牌' }).fill(door);
    await form.getByRole('textbox', { name: '手机号或邮箱' }).fill('13900006611');
    await form.getByRole('checkbox', { name: /同意/ }).check();
    await form.getByRole('button', { name: '加上这个门牌' }).click();
    await expect(page.locator('#queue')).toContainText('已记下 1 件');
    expect(await look(page, 'households-noted')).toEqual([]);
    expect(signal.writes).toBe(0);
  });

  await test.step('with signal it goes, once', async () => {
    await page.goto('/waiting');
    await air(page.context(), signal, 'clear');
    await expect(main.getByText('发出去了', { exact: true })).toHaveCount(1, { timeout: 60_000 });
    await page.goto(list);
    await expect(main.getByRole('link', { name: new RegExp(`^${door}`) })).toBeVisible();
    await expect(main).not.toContainText('6611');
  });
  await page.context().close();
});

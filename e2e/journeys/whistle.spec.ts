// A whistle: the community calls its street, the street the departments; each reports in, one
// objects, and the one who whistled rates them all.

import type { Page } from '@playwright/test';

import { staff, unfold } from '../lib/people';
import { look } from '../lib/seen';
import { DESK, expect, test } from '../lib/test';

test.use({ viewport: DESK });

const past = (page: Page) => page.getByRole('region', { name: '经过' });
const called = (page: Page, unit: string) => past(page).getByRole('row').filter({ hasText: unit });

/** Takes a step that may be the next one or lie folded. */
async function take(page: Page, step: string, fill: (form: ReturnType<Page['locator']>) => Promise<void>): Promise<void> {
  const form = page.locator('form').filter({ has: page.getByRole('button', { name: step, exact: true, includeHidden: true }) });
  const button = form.getByRole('button', { name: step, exact: true });
  if (!(await button.isVisible())) await unfold(page, step);
  await fill(form);
  await button.click();
  await expect(page.getByRole('status')).toContainText('办好了');
}

test('a whistle brings the street and the departments, and each of them is rated', async ({ browser, town }) => {
  const community = await staff(browser, town.url, 'community');
  await community.goto('/desk/new/whistle');
  await community.getByRole('textbox', { name: '什么情况' }).fill('菜市场后墙开裂，墙边有燃气管和供热管。');
  await community.getByRole('searchbox', { name: '在哪里集合' }).fill('灯巷社区');
  await community.getByRole('list', { name: '找到的地方' }).getByText('灯巷社区').first().click();
  const units = community.getByRole('group', { name: '叫谁来' });
  const others = units.getByText('其他单位');
  if (!(await units.getByText('枕水街道办事处').first().isVisible())) await others.click();
  await units.getByText('枕水街道办事处').first().click();
  await community.getByRole('group', { name: '紧急' }).getByText('是', { exact: true }).click();
  expect(await look(community, 'whistle-new')).toEqual([]);
  await community.getByRole('button', { name: '记下来' }).click();
  await community.getByRole('link', { name: '打开这件事' }).click();
  await expect(community.getByRole('article')).toContainText('吹了哨');
  await expect(called(community, '枕水街道办事处')).toContainText('还没回应');
  const id = new URL(community.url()).pathname.split('/')[3];

  const street = await staff(browser, town.url, 'dispatcher');
  await test.step('the street is there, and calls the departments', async () => {
    await street.goto(`/desk/cases/${id}`);
    await take(street, '我们到了', async () => {});
    await take(street, '再叫几个单位', async (form) => {
      const more = form.getByText('其他单位');
      for (const unit of ['听溪县供热公司', '听溪县燃气公司']) {
        if (!(await form.getByText(unit).first().isVisible())) await more.click();
        await form.getByText(unit).first().click();
      }
    });
    await expect(called(street, '供热公司')).toContainText('还没回应');
    await expect(called(street, '燃气公司')).toContainText('还没回应');
  });

  const heating = await staff(browser, town.url, 'handler');
  await test.step('one department comes', async () => {
    await heating.goto(`/desk/cases/${id}`);
    await take(heating, '在路上', async (form) => form.getByRole('textbox', { name: '几分钟到' }).fill('20'));
    await expect(called(heating, '供热公司')).toContainText('在路上');
    await take(heating, '我们到了', async () => {});
    await expect(called(heating, '供热公司')).toContainText('已到场');
  });

  await test.step('one objects and is let go, with a reason that stays', async () => {
    const gas = await staff(browser, town.url, 'gu.chunsheng');
    await gas.goto(`/desk/cases/${id}`);
    await take(gas, '不该我们来', async (form) =>
      form.getByRole('textbox', { name: '理由' }).fill('墙边的燃气管去年已经迁走了。'),
    );
    await community.goto(`/desk/cases/${id}`);
    await expect(called(community, '燃气公司')).toContainText('说不归它管');
    expect(await look(community, 'whistle-objection')).toEqual([]);
    await take(community, '定一定', async (form) => {
      await form.getByRole('combobox', { name: '哪个单位' }).selectOption('听溪县燃气公司');
      await form.getByRole('group', { name: '怎么定' }).getByText('可以不来').click();
    });
    await expect(called(community, '燃气公司')).toContainText('不用来了');
    await expect(past(community)).toContainText('墙边的燃气管去年已经迁走了');
  });

  await test.step('what is to be done is recorded together', async () => {
    await take(community, '记下怎么办', async (form) => {
      await form.getByRole('textbox', { name: '怎么办' }).fill('先支护，再开挖。');
      await form.getByRole('textbox', { name: '谁做什么' }).fill('街道围挡，供热公司停水、开挖。');
      const day = new Date(Date.now() + 3 * 86_400_000).toISOString().slice(0, 10);
      await form.getByLabel('什么时候办好').fill(day);
    });
    await expect(community.getByRole('article')).toContainText('一起办');
    await heating.goto(`/desk/cases/${id}`);
    await take(heating, '报结果', async (form) =>
      form.getByRole('textbox', { name: '办得怎样' }).fill('管子改好了，墙也支住了。'),
    );
    await street.goto(`/desk/cases/${id}`);
    await take(street, '报结果', async (form) => form.getByRole('textbox', { name: '办得怎样' }).fill('围挡撤了，路通了。'));
  });

  await test.step('nothing is closed before everybody is rated', async () => {
    await community.goto(`/desk/cases/${id}`);
    const close = async (form: ReturnType<Page['locator']>) => {
      await form.getByRole('group', { name: '结果' }).getByText('解决了', { exact: true }).click();
      await form.getByRole('textbox', { name: '结论' }).fill('墙支住了，管子改好了，市场照常开门。');
    };
    await expect(community.getByRole('button', { name: '办结', exact: true, includeHidden: true })).toHaveCount(0);
    for (const [unit, face] of [['枕水街道办事处', '满意'], ['听溪县供热公司', '很满意']]) {
      await community.goto(`/desk/cases/${id}`);
      await take(community, '打分', async (form) => {
        await form.getByRole('combobox', { name: '哪个单位' }).selectOption(unit);
        await form.getByRole('group', { name: '打几分' }).getByText(face, { exact: true }).click();
      });
    }
    await community.goto(`/desk/cases/${id}`);
    await take(community, '办结', close);
    await expect(community.getByRole('article')).toContainText('解决了');
    await expect(called(community, '供热公司')).toContainText('很满意');
    expect(await look(community, 'whistle-closed')).toEqual([]);
  });
});

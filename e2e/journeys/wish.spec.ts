// A wish, from the phone of whoever has it, over the desk and the wall, to the thanks.

import { bring, caseOf, Finger, letter, staff, stranger } from '../lib/people';
import { look } from '../lib/seen';
import { expect, PHONE, test } from '../lib/test';

test.use({ viewport: PHONE });

const NAME = '穆清和';
const VOLUNTEER = '13912345670';

test('a wish is seen on the wall without its name, claimed, brought and thanked for', async ({
  page,
  browser,
  town,
}) => {
  await bring(page, new Finger(), {
    text: `我叫${NAME}，想要一副老花镜，三百度。`,
    place: '灯巷社区',
    sort: '微心愿',
    where: '住在哪里',
    send: '说出心愿',
    more: { 怎么称呼您: NAME, 手机或邮箱: 'qinghe@tingxi.example' },
  });
  await expect(page.getByRole('main')).toContainText(/\d{4}\s+\d{4}\s+\d{4}\s+\d{4}/);
  const id = caseOf(page);

  await test.step('the community writes it for the wall, and asks first', async () => {
    const community = await staff(browser, town.url, 'community');
    await community.goto(`/desk/cases/${id}`);
    const now = community.getByRole('complementary', { name: '现在' });
    await now.getByRole('textbox', { name: '墙上怎么写' }).fill('想要一副老花镜，三百度。');
    await now.getByRole('group', { name: '是哪一类' }).getByText('保健', { exact: true }).click();
    await now.getByRole('group', { name: '本人同意挂到心愿墙上' }).getByText('否', { exact: true }).click();
    await now.getByRole('button', { name: '挂到墙上' }).click();
    await expect(community.getByRole('alert')).toContainText('有几处要改一改');
    await expect(now.getByRole('textbox', { name: '墙上怎么写' })).toHaveValue('想要一副老花镜，三百度。');
    expect(await look(community, 'wish-refused')).toEqual([]);
    await now.getByRole('group', { name: '本人同意挂到心愿墙上' }).getByText('是', { exact: true }).click();
    await now.getByRole('button', { name: '挂到墙上' }).click();
    await expect(community.getByRole('article')).toContainText('在墙上');
  });

  const volunteer = await stranger(browser, town.url);
  await test.step('a neighbour reads it on the wall and signs in by a code', async () => {
    await volunteer.goto('/wall');
    const card = volunteer.getByRole('listitem').filter({ hasText: '老花镜，三百度' }).first();
    await expect(card.getByRole('heading')).toHaveText('想要一副老花镜，三百度。');
    await expect(volunteer.getByRole('main')).not.toContainText(NAME);
    await card.getByRole('link', { name: '我来帮' }).click();
    await expect(volunteer.getByRole('main')).not.toContainText(NAME);
    await volunteer.getByRole('link', { name: '我来帮' }).click();
    await volunteer.getByRole('textbox', { name: '手机号或邮箱' }).fill(VOLUNTEER);
    await volunteer.getByRole('button', { name: '发验证码给我' }).click();
    await expect(volunteer.getByRole('main')).toContainText('验证码已经发到');
    expect(await look(volunteer, 'sign-in-code')).toEqual([]);
    const code = (await letter(browser, town.url, VOLUNTEER)).match(/\b\d{6}\b/)?.[0] ?? '';
    await volunteer.getByRole('textbox', { name: '验证码' }).fill(code);
    await volunteer.getByRole('button', { name: '登录' }).click();
    await volunteer.getByRole('button', { name: '我来帮' }).click();
    await expect(volunteer.getByRole('main')).toContainText('有人来帮了');
    const history = volunteer.getByRole('list').filter({ hasText: '说出了一个心愿' });
    await expect(history.getByRole('listitem').first()).toContainText('来件人');
    await expect(history.getByRole('listitem').last()).toContainText('您 来帮忙');
    await expect(volunteer.getByRole('main')).not.toContainText('查询码');
    expect(await look(volunteer, 'wish-claimed')).toEqual([]);
  });

  await test.step('it is no longer there to be taken', async () => {
    const other = await stranger(browser, town.url);
    await other.goto(`/wall/${id}`);
    await expect(other.getByRole('link', { name: '我来帮' })).toHaveCount(0);
  });

  await test.step('it is brought, with a note', async () => {
    await volunteer.getByRole('textbox', { name: '送达的情况' }).fill('眼镜配好了，在社区大厅交给了本人。');
    await volunteer.getByRole('button', { name: '送到了' }).click();
    await expect(volunteer.getByRole('main')).toContainText('眼镜配好了');
    await expect(async () => {
      expect(await letter(browser, town.url, 'qinghe')).toContain('送到');
    }).toPass({ timeout: 20_000 });
  });

  await test.step('whoever wished says that it came, and says thanks', async () => {
    await page.getByRole('link', { name: '看看办到哪了' }).click();
    await expect(page.getByRole('main')).toContainText('眼镜配好了');
    await page.getByRole('group', { name: '收到了吗' }).getByText('收到了', { exact: true }).click();
    await page.getByRole('button', { name: '说一声收到没有' }).click();
    await expect(page.getByRole('main')).toContainText('实现了');
    const thanks = page.getByRole('textbox', { name: '感谢的话' });
    await thanks.fill('看报纸清楚多了，谢谢您。');
    await page.getByRole('group', { name: '可以放到墙上' }).getByText('可以', { exact: true }).click();
    await page.getByRole('button', { name: '说声谢谢' }).click();
    await expect(page.getByRole('main')).toContainText('看报纸清楚多了');
    expect(await look(page, 'wish-thanked')).toEqual([]);
  });

  await test.step('the neighbour reads the thanks, and so does everybody', async () => {
    await volunteer.reload();
    await expect(volunteer.getByRole('main')).toContainText('看报纸清楚多了');
    await volunteer.goto(`/wall/${id}`);
    await expect(volunteer.getByRole('main')).toContainText('看报纸清楚多了');
    await expect(volunteer.getByRole('main')).not.toContainText(NAME);
    expect(await look(volunteer, 'wall-thanked')).toEqual([]);
  });

  await test.step('somebody else may not look behind the wall', async () => {
    const other = await stranger(browser, town.url);
    const answer = await other.goto(`/my/${id}`);
    expect(answer?.status()).toBeGreaterThanOrEqual(400);
  });
});

// What planners and administrators do: try a house, plan the village, hold plans side by side, share
// one; look after people, files and figures; the town's and the researcher's pages; a new village.
import type { Page } from 'playwright-core';
import { views, type Journey, type Stage } from './stage';

const [desk, phone] = views as [(typeof views)[0], (typeof views)[0]];
const studio = '/v/xinggezhuang/studio';
export const order = 20;

/** A plan of the whole village is minutes of work where the machine is busy. */
const planWithin_ms = 300_000;

async function tryHouse(stage: Stage): Promise<void> {
  const page = await stage.page('committee', 'zh', desk);
  await stage.go(page, studio);
  const said = page.locator('#becomes');
  await said.waitFor();
  const slider = page.locator('#roof1-kwp');
  await slider.focus();
  for (let times = 0; times < 10; times++) await page.keyboard.press('ArrowRight');
  await page.locator('#becomes', { hasText: '该户每年' }).waitFor();
  stage.expect(
    (await page.locator('td.good, td.bad').count()) > 0,
    'studio: a changed roof changes no figure',
  );
  await stage.look(page, 'studio_house');
  await page.locator('h1').first().click();
  await page.keyboard.press('Control+z');
  await page.locator('#becomes', { hasText: '当前为现状' }).waitFor();
  stage.expect(
    await page.getByRole('button', { name: '撤销' }).isDisabled(),
    'studio: a pulled slider is more than one step to undo',
  );
  await page.keyboard.press('Control+Shift+z');
  await page.getByText('1 处改动').waitFor();
  await page.context().close();

  const small = await stage.page('villager', 'en', phone);
  await stage.go(small, studio);
  await small.locator('#becomes').waitFor();
  stage.expect(
    (await small.getByRole('tab').count()) === 1,
    'studio: a villager is offered the plans of the village',
  );
  await stage.look(small, 'studio_villager_phone');
  await small.context().close();
}

async function planAndShare(stage: Stage): Promise<void> {
  const page = await stage.page('committee', 'zh', desk);
  await stage.go(page, `${studio}?tab=village`);
  const battery = page.getByLabel('农户自有光伏每户配电池（kWh）');
  await battery.fill('10');
  await battery.press('Tab');
  await page.getByText('农户自有光伏每户配电池：10 kWh').waitFor();
  await page.getByLabel('方案名称').fill('每户 <i>10</i> kWh');
  await stage.look(page, 'studio_village');
  await page.getByRole('button', { name: '规划全村', exact: true }).click();
  const link = page.getByRole('link', { name: '每户 <i>10</i> kWh' });
  await link.waitFor();
  await stage.look(page, 'studio_plans');
  await page
    .getByLabel('选择“每户 <i>10</i> kWh”参加比较')
    .and(page.locator(':enabled'))
    .waitFor({ timeout: planWithin_ms });
  await link.click();
  await page.locator('#flows svg').first().waitFor({ timeout: 60_000 });
  stage.expect((await page.locator('h1 i').count()) === 0, 'plan: a name became marks of the page');
  await stage.look(page, 'studio_plan');

  await page.getByRole('button', { name: '分享' }).click();
  await page.getByRole('button', { name: '生成链接' }).click();
  const address = (await page.locator('dialog[open] code').textContent()) ?? '';
  await stage.look(page, 'studio_share');
  const guest = await stage.page(null, 'en', phone);
  await stage.go(guest, new URL(address).pathname);
  await guest.locator('#flows svg').first().waitFor({ timeout: 60_000 });
  await stage.look(guest, 'shared_plan_phone');

  await page.getByRole('button', { name: '收回' }).first().click();
  await page.getByText('没有有效的链接。').waitFor();
  stage.expected = new Set([404]);
  await stage.go(guest, new URL(address).pathname);
  await guest.getByText('This link does not lead to a plan').waitFor();
  await stage.look(guest, 'shared_plan_gone');
  await guest.context().close();
  await page.context().close();
}

async function townAndData(stage: Stage): Promise<void> {
  for (const [language, view] of [
    ['zh', desk],
    ['en', phone],
  ] as const) {
    const town = await stage.page('town', language, view);
    await stage.go(town, '/town');
    const claimed = town.locator('input[type="number"]').first();
    await claimed.waitFor();
    await claimed.fill('500');
    await town.getByRole('status').filter({ hasText: '500' }).first().waitFor();
    await stage.look(town, `town_${view.name}_${language}`);
    await town.context().close();

    const data = await stage.page('researcher', language, view);
    for (const tab of ['sets', 'dictionary', 'guide']) {
      await stage.go(data, `/data?tab=${tab}`);
      await stage.look(data, `data_${tab}_${view.name}_${language}`);
    }
    // Each example that can be run answers as the guide says: well, but the one about errors.
    const runs = data.getByRole('button', { name: language === 'zh' ? '在此运行' : 'Run it here' });
    stage.expected = new Set([400, 422]);
    const count = await runs.count();
    for (let place = 0; place < count; place++) await runs.nth(place).click();
    await data.waitForTimeout(1_500);
    const told = await data
      .getByRole('status')
      .filter({ hasText: /Status|状态码/ })
      .allTextContents();
    stage.expect(told.length === count, `data: ${told.length} answers to ${count} examples`);
    stage.expect(
      told.filter((text) => !/20\d/.test(text)).length === 1,
      `data: the examples answer ${told.join('; ')}`,
    );
    stage.expected.clear();
    await data.context().close();
  }
}

async function makePerson(page: Page): Promise<string> {
  await page.getByRole('button', { name: '+ New account' }).click();
  const dialog = page.locator('dialog[open]');
  const name = `new.person.${Date.now() % 100_000}`;
  await dialog.locator('input[name="name"]').fill(name);
  await dialog.locator('input[name="display"]').fill('<img src=x onerror=alert(1)>');
  await dialog.getByRole('button', { name: 'Suggest one' }).click();
  await dialog.getByRole('button', { name: '+ Add a role' }).click();
  await dialog.getByPlaceholder('H001').fill('H002');
  return name;
}

async function administrator(stage: Stage): Promise<void> {
  const page = await stage.page('administrator', 'en', desk);
  await stage.go(page, '/admin');
  const name = await makePerson(page);
  await stage.look(page, 'admin_new_person');
  await page.locator('dialog[open]').getByRole('button', { name: 'Save' }).click();
  await page.getByText('The account is made.').waitFor();
  await page.getByRole('button', { name: `Change ${name}` }).waitFor();
  stage.expect((await page.locator('main img').count()) === 0, 'admin: a name became an element');
  await stage.look(page, 'admin_people');

  stage.expected = new Set([400, 422, 409]);
  await stage.go(page, '/admin/villages?village=xinggezhuang&file=village.toml');
  const text = page.locator('textarea');
  await text.fill((await text.inputValue()).replace('rating_kva = 400', 'rating_kva = -5'));
  await page.getByRole('button', { name: 'Check and keep' }).click();
  const fault = (await page.getByRole('alert').first().textContent()) ?? '';
  stage.expect(/rating_kva/.test(fault), `admin: a wrong file is told as ${fault}`);
  await stage.look(page, 'admin_file_refused');

  await stage.go(page, '/admin/figures');
  await page.locator('.opener', { hasText: 'beijing-residential' }).first().click();
  await page.getByRole('button', { name: 'New version' }).click();
  const dialog = page.locator('dialog[open]');
  const toml = dialog.locator('textarea');
  await toml.fill(`${await toml.inputValue()}\n[[version]]\nvalid_from = 2027-01-01\n`);
  await dialog.getByRole('button', { name: 'Check', exact: true }).click();
  await dialog.getByRole('alert').waitFor();
  stage.expect(
    await dialog.getByRole('button', { name: 'Keep this version' }).isDisabled(),
    'admin: a version that is not whole may be kept',
  );
  await stage.look(page, 'admin_figure_refused');
  stage.expected.clear();
  for (const part of ['villages', 'backups', 'health', 'trail']) {
    await stage.go(page, `/admin/${part}`);
    await stage.look(page, `admin_${part}`);
  }
  await page.context().close();

  const small = await stage.page('administrator', 'zh', phone);
  for (const part of ['people', 'villages', 'figures', 'backups', 'health', 'trail']) {
    await stage.go(small, `/admin/${part}`);
    await stage.look(small, `admin_${part}_phone`);
  }
  await small.context().close();
}

/** A new village from the form, by somebody who first mistypes its place. */
async function newVillage(stage: Stage): Promise<void> {
  const page = await stage.page('administrator', 'en', phone);
  stage.expected = new Set([400, 422]);
  await stage.go(page, '/start');
  const next = () => page.getByRole('button', { name: 'Next' }).click();
  await next();
  stage.expect(
    (await page.locator('[aria-invalid="true"]').count()) > 0,
    'start: what is missing is not told at its field',
  );
  const field = (name: string) => page.locator(`[name="${name}"]`);
  await field('name_zh').fill('新村');
  await field('name_en').fill(`New village ${Date.now() % 100_000}`);
  await field('climate').selectOption('beijing');
  await field('latitude_deg').fill('400');
  await field('region').selectOption('beijing');
  await field('grid_region').selectOption('north');
  await next();
  await field('households').fill('12');
  await field('roof_kwp').fill('8');
  await field('load_kwh').fill('2400');
  await next();
  await field('tariff_import').selectOption('beijing-residential');
  await field('tariff_export').selectOption('beijing-feed-in');
  await field('connected').fill('2024-05-01');
  await field('first_day').fill('2026-01-01');
  await next();
  await field('transformer_kva').fill('200');
  await next();
  await page.getByRole('button', { name: 'To “Place”' }).click();
  stage.expect(
    (await field('latitude_deg').getAttribute('aria-invalid')) === 'true',
    'start: the mistyped latitude is not told at its field',
  );
  await stage.look(page, 'start_wrong');
  await page.reload();
  await stage.settled(page);
  stage.expect((await field('name_zh').inputValue()) === '新村', 'start: the draft is not kept');
  await field('latitude_deg').fill('39.9');
  await page.getByRole('button', { name: 'Check' }).click();
  await page.getByText('All is well').waitFor();
  await stage.look(page, 'start_checked');
  await page.getByRole('button', { name: 'Make the village and plan it' }).click();
  await page.getByText('Your village is planned.').waitFor({ timeout: planWithin_ms });
  await stage.look(page, 'start_planned');
  await page.getByRole('link', { name: 'See the plan' }).click();
  await page.locator('#flows svg').first().waitFor({ timeout: 60_000 });
  await page.context().close();
}

export const journeys: Journey[] = [
  { name: 'studio', run: tryHouse },
  { name: 'town and data', run: townAndData },
  { name: 'administrator', run: administrator },
  { name: 'plan and share', run: planAndShare },
  { name: 'new village', run: newVillage },
];

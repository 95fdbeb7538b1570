// The committee's year's end: opens the village, reads a doubt and answers it, takes a file in,
// settles again, seals. It changes the village for good, so it comes last.
import { views, type Journey, type Stage } from './stage';

export const order = 10;
const [desk] = views as [(typeof views)[0]];
const village = '/v/xinggezhuang';

async function openToAll(stage: Stage): Promise<void> {
  stage.expected = new Set([400, 401, 403, 404, 422]);
  const page = await stage.page('committee', 'zh', desk);
  await stage.go(page, village);
  const box = page.getByRole('switch');
  await box.check();
  await page.getByText('本村已对外公开。').waitFor();
  const stranger = await stage.page(null, 'zh', desk);
  await stage.go(stranger, village);
  await stranger.getByRole('heading', { name: '全村合计' }).waitFor();
  const text = (await stranger.locator('main').textContent()) ?? '';
  stage.expect(!/H0\d\d/.test(text), 'open: a stranger reads numbers of households');
  await stage.look(stranger, 'open_stranger');
  await stage.settled(page);
  await box.uncheck();
  await page.getByText('本村已停止公开。').waitFor();
  await stranger.reload();
  await stage.settled(stranger);
  stage.expect(
    (await stranger.getByRole('heading', { name: '全村合计' }).count()) === 0,
    'open: a closed village still shows',
  );
  await stranger.context().close();
  await page.context().close();
}

async function settle(stage: Stage): Promise<void> {
  stage.expected = new Set([404, 400, 422, 409]);
  const page = await stage.page('committee', 'en', desk);
  await stage.go(page, `${village}/settlement`);

  const open = page.getByRole('button', { name: 'Resolve' });
  if ((await open.count()) > 0) {
    await open.first().click();
    const dialog = page.locator('dialog[open]');
    await dialog
      .locator('input[name="outcome"]')
      .fill('Looked at the meter: the reading is right.');
    await stage.look(page, 'settlement_resolve');
    await dialog.getByRole('button', { name: 'Resolve' }).click();
    await page.getByText('The dispute is resolved.').waitFor();
  } else if (stage.program.stop) {
    stage.fault('settlement: the villager’s doubt has not come to the committee');
  }

  await page.locator('input[type="file"]').setInputFiles({
    name: 'broken.csv',
    mimeType: 'text/csv',
    buffer: Buffer.from('this is,no table\nof readings,at all\n'),
  });
  await page.getByRole('button', { name: 'Take it in' }).click();
  await page.locator('.trouble, .report').first().waitFor();
  await stage.look(page, 'settlement_broken_file');

  await stage.go(page, `${village}/settlement/2026-10`);
  await page.getByRole('button', { name: 'Settle again' }).click();
  const dialog = page.locator('dialog[open]');
  await dialog.locator('ul[role="status"] li').first().waitFor({ timeout: 60_000 });
  await stage.look(page, 'settlement_settled');
  await page.keyboard.press('Escape');

  await page.getByRole('button', { name: 'Hold it against the plan' }).click();
  await page.getByRole('row', { name: /Gain/ }).waitFor({ timeout: 120_000 });
  await stage.look(page, 'settlement_review');

  await page.getByRole('button', { name: 'Seal the month' }).click();
  await stage.look(page, 'settlement_seal');
  await dialog.getByRole('button', { name: 'Yes, seal it' }).click();
  await page.getByText('October 2026 is sealed.').waitFor();
  await stage.settled(page);
  stage.expect(
    (await page.getByRole('button', { name: 'Seal the month' }).count()) === 0,
    'settlement: a sealed month can be sealed again',
  );
  await page.context().close();
}

export const journeys: Journey[] = [
  { name: 'open to everybody', run: openToAll },
  { name: 'settlement', run: settle },
];

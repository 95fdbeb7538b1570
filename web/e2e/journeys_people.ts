// What people do: sign in, read why a sum changed and a line from the reading to the fen, doubt it;
// what is refused; a connection that is lost and comes back; all of it by keyboard alone.
import type { Page } from 'playwright-core';
import { views, type Journey, type Stage } from './stage';

const [desk, phone] = views as [(typeof views)[0], (typeof views)[0]];
const village = '/v/xinggezhuang';

async function signIn(stage: Stage, page: Page, role: string): Promise<void> {
  const { name, password } = await stage.account(role);
  await stage.go(page, '/sign-in');
  await page.locator('input[name="name"]').fill(name);
  await page.locator('input[name="password"]').fill(password);
  await page.keyboard.press('Enter');
}

async function wrongPassword(stage: Stage): Promise<void> {
  stage.expected = new Set([401, 403, 429]);
  const page = await stage.page(null, 'zh', phone);
  await stage.go(page, '/sign-in');
  await page.locator('input[name="name"]').fill('nobody-of-this-name');
  await page.locator('input[name="password"]').fill('not the password');
  await page.locator('button[type="submit"]').click();
  await page.getByRole('alert').waitFor();
  stage.expect(page.url().endsWith('/sign-in'), 'sign-in: a wrong password leads on');
  await stage.look(page, 'refused_sign-in');
  await page.context().close();
}

/** By keyboard alone, from the sign-in to a line that is doubted. */
async function villager(stage: Stage): Promise<void> {
  const page = await stage.page(null, 'en', phone);
  await signIn(stage, page, 'villager');
  await page.waitForURL('**/home');
  await stage.settled(page);
  const line = page.locator('.line > button').first();
  await line.waitFor();
  await line.focus();
  await page.keyboard.press('Enter');
  await page.locator('.line pre').first().waitFor();
  stage.expect(
    (await line.getAttribute('aria-expanded')) === 'true',
    'villager: a line does not open by Enter',
  );
  const chain = (await page.locator('.line pre').first().textContent()) ?? '';
  stage.expect(/\d/.test(chain), 'villager: the line does not tell its way from the reading');
  await stage.look(page, 'villager_line');

  await page.getByRole('button', { name: 'Proof', exact: true }).focus();
  await page.keyboard.press('Enter');
  const dialog = page.locator('dialog[open]');
  await dialog.locator('textarea').waitFor();
  await dialog.getByRole('button', { name: 'Check it here' }).click();
  await dialog.getByText('The proof holds.').waitFor();
  await stage.look(page, 'villager_proof');
  await page.keyboard.press('Escape');
  stage.expect((await dialog.count()) === 0, 'villager: Escape does not close the proof');

  await page.locator('summary', { hasText: 'Download' }).click();
  const [file] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('link', { name: 'PDF to print' }).click(),
  ]);
  stage.expect(
    file.suggestedFilename().endsWith('.pdf'),
    `villager: ${file.suggestedFilename()} is no PDF`,
  );
  stage.expect((await file.failure()) === null, 'villager: the PDF does not come down');

  const money = page.locator('.line', { has: page.locator('.detail') }).first();
  if ((await money.locator('button').first().getAttribute('aria-expanded')) === 'false')
    await money.locator('button').first().click();
  await money.getByRole('button', { name: 'I doubt this line' }).click();
  await dialog.locator('input[name="amount_fen"]').fill('0.01');
  await dialog.locator('input[name="reason"]').fill('The reading <b>does not fit</b> "the meter".');
  await stage.look(page, 'villager_dispute');
  await dialog.getByRole('button', { name: 'Send' }).click();
  await page.getByText('Sent. The committee sees it now.').waitFor();
  await page.locator('.mark', { hasText: 'in dispute' }).first().waitFor();
  stage.expect(
    (await page.locator('main b').count()) === 0,
    'villager: a reason’s marks became the page’s',
  );

  await page.getByRole('button', { name: '中文' }).click();
  stage.expect(
    (await page.locator('html').getAttribute('lang')) === 'zh-CN',
    'villager: the language does not change',
  );
  await page.reload();
  await stage.settled(page);
  stage.expect(
    (await page.locator('h1').first().textContent())?.trim() === '我家',
    'villager: the language is not remembered',
  );
  await page.context().close();
}

async function refused(stage: Stage): Promise<void> {
  stage.expected = new Set([403, 404]);
  for (const path of [`${village}/households/H002`, `${village}/settlement/2026-10/H002`]) {
    const page = await stage.page('villager', 'zh', desk);
    await stage.go(page, path);
    const said = await page.getByRole('alert').first().textContent({ timeout: 15_000 });
    stage.expect(Boolean(said?.trim()), `refused: ${path} says nothing`);
    const text = (await page.locator('main').textContent()) ?? '';
    stage.expect(!/¥\d/.test(text), `refused: ${path} shows another’s money`);
    await stage.look(page, `refused${path.replaceAll('/', '_')}`);
    await page.context().close();
  }
}

async function lostConnection(stage: Stage): Promise<void> {
  // Points without the village's own rules are not there.
  stage.expected = new Set([404]);
  const page = await stage.page('committee', 'zh', desk);
  await stage.go(page, village);
  stage.offline = true;
  const { stop, start } = stage.program;
  if (stop) {
    const code = await stop();
    stage.expect(code === 0, `lost connection: the program ended with ${code}`);
  } else {
    await page.context().setOffline(true);
  }
  await page.locator('.lost').waitFor({ timeout: 20_000 });
  await stage.look(page, 'lost_connection');
  if (stop) await start();
  else await page.context().setOffline(false);
  await page.locator('.back').waitFor({ timeout: 40_000 });
  await page.locator('.lost').waitFor({ state: 'detached' });
  stage.offline = false;
  await stage.settled(page);
  stage.expect((await page.locator('h1').count()) === 1, 'lost connection: the page is gone');
  await page.context().close();
}

/** Tab from the top: the way past the bar comes first, and every stop can be seen. */
async function keyboard(stage: Stage): Promise<void> {
  stage.expected = new Set([404]);
  const page = await stage.page('committee', 'en', desk);
  await stage.go(page, `${village}/settlement/2026-10`);
  await page.locator('body').click({ position: { x: 2, y: 400 } });
  await page.evaluate(() => (document.activeElement as HTMLElement | null)?.blur());
  await page.keyboard.press('Tab');
  const first = await page.evaluate(() => document.activeElement?.getAttribute('href'));
  stage.expect(first === '#content', `keyboard: the first stop is ${first}`);
  for (let stop = 0; stop < 40; stop++) {
    await page.keyboard.press('Tab');
    const hidden = await page.evaluate(() => {
      const here = document.activeElement;
      if (!here || here === document.body) return null;
      const box = here.getBoundingClientRect();
      const style = getComputedStyle(here);
      const seen = box.width > 0 && box.height > 0 && style.visibility === 'visible';
      const ringed = style.outlineStyle !== 'none' || here.matches('.house, .told');
      return seen && ringed
        ? null
        : `${here.tagName} ${here.className} ${here.textContent?.slice(0, 30)}`;
    });
    if (hidden) stage.fault(`keyboard: a stop that cannot be seen: ${hidden}`);
  }
  await page.getByRole('button', { name: 'Seal the month' }).focus();
  await page.keyboard.press('Enter');
  const inside = () => page.evaluate(() => Boolean(document.activeElement?.closest('dialog')));
  stage.expect(await inside(), 'keyboard: a dialog does not take the focus');
  await page.keyboard.press('Escape');
  const back = await page.evaluate(() => document.activeElement?.textContent?.trim());
  stage.expect(back === 'Seal the month', `keyboard: after a dialog the focus is on ${back}`);
  await page.context().close();
}

export const journeys: Journey[] = [
  { name: 'wrong password', run: wrongPassword },
  { name: 'villager', run: villager },
  { name: 'refused', run: refused },
  { name: 'keyboard', run: keyboard },
  { name: 'lost connection', run: lostConnection },
];

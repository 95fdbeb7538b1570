// A reader's walk through the page with keyboard and clicks; returns what did not go as it should.
import type { Page } from 'playwright-core';

/** Reads a bus by keyboard and by mouse, and opens a house's sheet from the single-line picture. */
async function walkWires(page: Page): Promise<string[]> {
  const faults: string[] = [];
  const dots = page.locator('#wires svg[role="group"]').first().locator('[role="button"]');
  await dots.first().focus();
  await page.keyboard.press('ArrowRight');
  const told = (await page.locator('#wires .told').first().textContent()) ?? '';
  if (!/ V/.test(told)) faults.push('walk: an arrow key does not tell a bus');
  const house = dots.filter({ has: page.locator('circle, path') }).last();
  await house.scrollIntoViewIfNeeded();
  const name = (await house.getAttribute('aria-label')) ?? '';
  await house.click({ force: true });
  await page.locator('.sheet').waitFor();
  const id = new URL(page.url()).hash.match(/sheet=([^&]+)/)?.[1] ?? '?';
  if (!name.startsWith(decodeURIComponent(id)))
    faults.push('walk: a click on a house does not open its sheet');
  await page.getByRole('button', { name: 'Back to the report' }).click();
  await page.locator('#flows').waitFor();
  return faults;
}

export async function walk(page: Page, address: string, household: string): Promise<string[]> {
  const faults: string[] = [];
  const expect = (holds: boolean, what: string) => {
    if (!holds) faults.push(`walk: ${what}`);
  };
  const language = () => page.locator('html').getAttribute('lang');

  await page.setViewportSize({ width: 1280, height: 900 });
  await page.goto(`${address}?lang=zh`);
  await page.locator('#flows svg').first().waitFor();
  expect((await language()) === 'zh-CN', '?lang=zh does not give Chinese');
  await page.getByRole('button', { name: 'English' }).click();
  expect((await language()) === 'en', 'the switch does not give English');
  await page.locator('nav a[href="#money"]').click();
  expect((await language()) === 'en', 'going to a section changes the language');
  await page.goto('about:blank');
  await page.goto(address);
  await page.locator('#flows svg').first().waitFor();
  expect((await language()) === 'en', 'the language is not remembered');

  await page.getByRole('button', { name: 'Table', exact: true }).click();
  expect((await page.locator('#months tbody tr').count()) >= 12, 'the months table does not show');

  await page.getByRole('searchbox').first().fill(household);
  const opener = page.locator(`#household-${household} .opener`);
  await opener.focus();
  await page.keyboard.press('Enter');
  expect(
    (await opener.getAttribute('aria-expanded')) === 'true',
    'Enter does not open a household',
  );
  expect(page.url().includes(`household=${household}`), 'the address does not name the household');
  await page.keyboard.press('Enter');
  expect((await opener.getAttribute('aria-expanded')) === 'false', 'Enter does not close it again');

  await page.getByRole('searchbox').first().fill('');
  const sorter = page.locator('#households th[scope="col"] button').nth(4);
  await sorter.focus();
  await page.keyboard.press('Enter');
  const sorted = await page.locator('#households th[aria-sort="descending"]').count();
  expect(sorted === 1, 'Enter on a column head does not sort');

  await page.getByLabel('Read as').selectOption('grid_company');
  await page.locator('#story').waitFor();
  expect(page.url().includes('for=grid_company'), 'the address does not name the reader');
  await page.locator('nav a[href="#heat"]').click();
  expect(page.url().includes('for=grid_company'), 'going to a section forgets the reader');
  await page.locator('#heat canvas').hover({ position: { x: 300, y: 120 } });
  expect(/kW/.test((await page.locator('#heat .told').textContent()) ?? ''), 'no hour is told');
  await page.getByLabel('Read as').selectOption('everyone');

  if ((await page.locator('#wires').count()) > 0) faults.push(...(await walkWires(page)));

  await page.locator('#carbon input[type="number"]').first().fill('500');
  const claim = (await page.locator('#carbon [role="status"]').textContent()) ?? '';
  expect(claim.includes('500 t can mean'), 'the claim calculator does not answer');

  const [saved] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('button', { name: 'Table as CSV' }).click(),
  ]);
  expect(saved.suggestedFilename().endsWith('.csv'), 'the table is not saved as CSV');

  await page.locator(`#household-${household} .paper`).click();
  await page.locator('.sheet').waitFor();
  expect(page.url().includes(`sheet=${household}`), 'the address does not name the sheet');
  await page.getByRole('button', { name: 'Back to the report' }).click();
  await page.locator('#flows').waitFor();
  expect(!page.url().includes('sheet='), 'the way back keeps the sheet in the address');
  return faults;
}

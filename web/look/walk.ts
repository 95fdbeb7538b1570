// A reader's walk through the page with keyboard and clicks; returns what did not go as it should.
import type { Page } from 'playwright-core';

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
  return faults;
}

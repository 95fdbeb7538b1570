// Looks at the built page as a reader would: npm run look -- [results.json | sample] [folder].
// Takes pictures of desktop, phone, dark and print in both languages, and fails on an axe
// violation, a console error, any request to a network, or a phone page that scrolls sideways.
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { chromium, type BrowserContext, type Page } from 'playwright-core';
import { sampleResults } from '../src/sample/village';
import { fill } from './fill';
import { walk } from './walk';

const languages = ['zh', 'en'] as const;
const views = [
  { name: 'desktop', width: 1280, height: 900, dark: false },
  { name: 'phone', width: 360, height: 780, dark: false },
  { name: 'dark', width: 1280, height: 900, dark: true },
];
const chromiumFlags = [
  '--no-sandbox',
  '--disable-gpu',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--disable-quic',
];

/** Keeps every complaint of a page's console and every request that is not for a file or data. */
function watch(page: Page, faults: string[]): void {
  page.on('console', (message) => {
    if (message.type() === 'error') faults.push(`console: ${message.text()}`);
  });
  page.on('pageerror', (error) => faults.push(`script: ${error.message}`));
  page.on('request', (request) => {
    if (!/^(file|data|blob):/.test(request.url())) faults.push(`network: ${request.url()}`);
  });
}

async function judge(page: Page, name: string, faults: string[]): Promise<void> {
  const axe = readFileSync(resolve('node_modules/axe-core/axe.min.js'), 'utf8');
  await page.evaluate(axe);
  const violations = await page.evaluate(async () => {
    const found = await (window as unknown as { axe: typeof import('axe-core') }).axe.run();
    return found.violations.map(
      (each) =>
        `${each.id}: ${each.help} at ${each.nodes
          .slice(0, 3)
          .map((node) => node.target.join(' '))
          .join('; ')}`,
    );
  });
  faults.push(...violations.map((text) => `axe ${name}: ${text}`));
}

async function onScreen(
  context: BrowserContext,
  address: string,
  folder: string,
  household: string,
) {
  const faults: string[] = [];
  for (const { name, width, height, dark } of views) {
    for (const language of languages) {
      const page = await context.newPage();
      watch(page, faults);
      await page.setViewportSize({ width, height });
      await page.emulateMedia({ colorScheme: dark ? 'dark' : 'light' });
      await page.goto(`${address}?lang=${language}#household=${household}`);
      await page.locator('#flows svg').first().waitFor();
      await judge(page, `${name} ${language}`, faults);
      const over = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
      if (over > 0) faults.push(`${name} ${language}: the page scrolls ${over} px sideways`);
      await page.screenshot({ path: join(folder, `${name}_${language}.png`), fullPage: true });
      await page.close();
    }
  }
  return faults;
}

async function onPaper(context: BrowserContext, address: string, folder: string) {
  const faults: string[] = [];
  for (const language of languages) {
    const page = await context.newPage();
    watch(page, faults);
    await page.emulateMedia({ colorScheme: 'dark' });
    await page.goto(`${address}#lang=${language}`);
    await page.locator('#flows svg').first().waitFor();
    await page.pdf({ path: join(folder, `print_${language}.pdf`), preferCSSPageSize: true });
    await page.setViewportSize({ width: 688, height: 1000 });
    await page.emulateMedia({ media: 'print', colorScheme: 'dark' });
    await page.screenshot({ path: join(folder, `print_${language}.png`), fullPage: true });
    await page.close();
  }
  return faults;
}

export async function look([given = 'sample', out = 'dist/look']: string[]): Promise<number> {
  const folder = resolve(out);
  mkdirSync(folder, { recursive: true });
  const text = given === 'sample' ? JSON.stringify(sampleResults()) : readFileSync(given, 'utf8');
  const file = join(folder, 'report.html');
  writeFileSync(file, fill(readFileSync(resolve('dist/report.html'), 'utf8'), text));
  const address = pathToFileURL(file).href;
  const household = (JSON.parse(text) as { households: { id: string; battery: unknown }[] })
    .households;
  const opened = (household.find((each) => each.battery) ?? household[0])?.id ?? '';

  const profile = mkdtempSync(join(tmpdir(), 'xiaoyuan-look-'));
  const context = await chromium.launchPersistentContext(profile, {
    executablePath: '/usr/bin/chromium',
    args: chromiumFlags,
    offline: true,
  });
  const faults: string[] = [];
  try {
    faults.push(...(await onScreen(context, address, folder, opened)));
    faults.push(...(await onPaper(context, address, folder)));
    const page = await context.newPage();
    watch(page, faults);
    faults.push(...(await walk(page, address, opened)));
  } finally {
    await context.close();
    rmSync(profile, { recursive: true, force: true });
  }
  for (const fault of new Set(faults)) console.error(fault);
  console.log(`${new Set(faults).size} faults; pictures are in ${out}`);
  return faults.length === 0 ? 0 : 1;
}

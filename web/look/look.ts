// Looks at the built page as a reader would: npm run look -- [results.json | sample] [folder].
// Takes pictures of desktop, phone, dark and print in both languages, for everyone, for each party
// and of a sheet to hand over; fails on an axe violation, a console error, any request to a network,
// a page that scrolls sideways, or a sheet that does not keep to one page of paper.
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { chromium, type BrowserContext, type Page } from 'playwright-core';
import { knownReaders } from '../src/format/readers';
import { readResults, type Results } from '../src/results';
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

interface Sight {
  /** What the picture is called. */
  name: string;
  /** What stands after # beside the language. */
  hash: string;
  /** What must be there before the picture is taken. */
  wait: string;
}

function sights(results: Results): Sight[] {
  const { households } = results;
  const opened = (households.find((each) => each.battery) ?? households[0])?.id ?? '';
  return [
    { name: 'everyone', hash: `household=${opened}`, wait: '#flows svg' },
    ...knownReaders(results)
      .filter((reader) => reader !== 'everyone')
      .map((reader) => ({ name: reader, hash: `for=${reader}`, wait: '#story svg' })),
    { name: 'sheet', hash: `sheet=${opened}`, wait: '.sheet' },
  ];
}

/** A party's story is looked at once on each screen, in one language after the other. */
const isLookedAt = (name: string, screen: number, language: number) =>
  name === 'everyone' || name === 'sheet' || screen % 2 === language;

async function onScreen(context: BrowserContext, address: string, folder: string, all: Sight[]) {
  const faults: string[] = [];
  for (const [screen, { name: view, width, height, dark }] of views.entries()) {
    for (const [place, language] of languages.entries()) {
      for (const { name, hash, wait } of all) {
        if (!isLookedAt(name, screen, place)) continue;
        const page = await context.newPage();
        watch(page, faults);
        await page.setViewportSize({ width, height });
        await page.emulateMedia({ colorScheme: dark ? 'dark' : 'light' });
        await page.goto(`${address}?lang=${language}#${hash}`);
        await page.locator(wait).first().waitFor();
        await judge(page, `${view} ${language} ${name}`, faults);
        const over = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
        if (over > 0) faults.push(`${view} ${language} ${name}: scrolls ${over} px sideways`);
        const path = join(folder, `${view}_${language}_${name}.png`);
        await page.screenshot({ path, fullPage: true });
        await page.close();
      }
    }
  }
  return faults;
}

/** How many pages a PDF of Chromium's has. */
const pagesOf = (pdf: Buffer) => pdf.toString('latin1').match(/\/Type\s*\/Page\b/g)?.length ?? 0;

async function onPaper(context: BrowserContext, address: string, folder: string, all: Sight[]) {
  const faults: string[] = [];
  for (const [place, language] of languages.entries()) {
    for (const { name, hash, wait } of all) {
      if (!isLookedAt(name, 0, place)) continue;
      const page = await context.newPage();
      watch(page, faults);
      // Printed from a dark screen: the paper must be white all the same.
      await page.emulateMedia({ colorScheme: 'dark' });
      await page.goto(`${address}#lang=${language}&${hash}`);
      await page.locator(wait).first().waitFor();
      const path = join(folder, `print_${language}_${name}.pdf`);
      const pages = pagesOf(await page.pdf({ path, preferCSSPageSize: true }));
      console.log(`print ${language} ${name}: ${pages} pages`);
      if (name === 'sheet' && pages !== 1)
        faults.push(`print ${language}: a sheet of ${pages} pages`);
      await page.close();
    }
  }
  return faults;
}

async function sheetsOfAll(context: BrowserContext, address: string, results: Results) {
  const page = await context.newPage();
  await page.goto(`${address}#lang=zh&sheet=all`);
  await page.locator('.sheet').first().waitFor();
  const pages = pagesOf(await page.pdf({ preferCSSPageSize: true }));
  await page.close();
  const wanted = results.households.length;
  return pages === wanted ? [] : [`print: ${pages} pages for ${wanted} sheets`];
}

export async function look([given = 'sample', out = 'dist/look']: string[]): Promise<number> {
  const folder = resolve(out);
  mkdirSync(folder, { recursive: true });
  const text = given === 'sample' ? JSON.stringify(sampleResults()) : readFileSync(given, 'utf8');
  const file = join(folder, 'report.html');
  writeFileSync(file, fill(readFileSync(resolve('dist/report.html'), 'utf8'), text));
  const address = pathToFileURL(file).href;
  const results = readResults(text);
  if (!results) throw new Error(`${given} is not a plan of the form that the page knows`);
  const all = sights(results);
  const opened = results.households.find((each) => each.battery) ?? results.households[0];

  const profile = mkdtempSync(join(tmpdir(), 'xiaoyuan-look-'));
  const context = await chromium.launchPersistentContext(profile, {
    executablePath: '/usr/bin/chromium',
    args: chromiumFlags,
    offline: true,
  });
  const faults: string[] = [];
  try {
    faults.push(...(await onScreen(context, address, folder, all)));
    faults.push(...(await onPaper(context, address, folder, all)));
    faults.push(...(await sheetsOfAll(context, address, results)));
    const page = await context.newPage();
    watch(page, faults);
    faults.push(...(await walk(page, address, opened?.id ?? '')));
  } finally {
    await context.close();
    rmSync(profile, { recursive: true, force: true });
  }
  for (const fault of new Set(faults)) console.error(fault);
  console.log(`${new Set(faults).size} faults; pictures are in ${out}`);
  return faults.length === 0 ? 0 : 1;
}

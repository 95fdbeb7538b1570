// What every journey stands on: a browser that may go nowhere else, people who sign in, a look at
// each page (accessibility, width, console), and pictures in a folder.
import { mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { chromium, type Browser, type BrowserContext, type Page } from 'playwright-core';
import { startProgram, type Program } from './program';

export const languages = ['zh', 'en'] as const;
export type Language = (typeof languages)[number];
export interface View {
  name: string;
  width: number;
  height: number;
  dark: boolean;
}
export const views: View[] = [
  { name: 'desk', width: 1280, height: 900, dark: false },
  { name: 'phone', width: 360, height: 780, dark: false },
  { name: 'desk-dark', width: 1280, height: 900, dark: true },
  { name: 'phone-dark', width: 360, height: 780, dark: true },
];

interface DemoAccount {
  name: string;
  password: string;
  role: string;
}

export class Stage {
  readonly faults: string[] = [];
  /** What a journey provokes on purpose: answers of these statuses are no faults meanwhile. */
  expected = new Set<number>();
  offline = false;
  #axe = readFileSync('node_modules/axe-core/axe.min.js', 'utf8');
  #kept = new Map<string, Awaited<ReturnType<BrowserContext['storageState']>>>();
  #accounts: DemoAccount[] | undefined;

  private constructor(
    readonly program: Program,
    readonly browser: Browser,
    readonly folder: string,
  ) {}

  static async set(folder: string): Promise<Stage> {
    mkdirSync(folder, { recursive: true });
    const program = await startProgram();
    const browser = await chromium.launch({
      executablePath: process.env.XIAOYUAN_CHROMIUM ?? '/usr/bin/chromium',
      args: ['--no-sandbox', '--disable-gpu', '--disable-background-networking'],
    });
    return new Stage(program, browser, folder);
  }

  fault(what: string): void {
    this.faults.push(what);
  }

  expect(holds: boolean, what: string): void {
    if (!holds) this.fault(what);
  }

  async account(role: string): Promise<DemoAccount> {
    if (!this.#accounts) {
      const response = await fetch(`${this.program.address}/api/v1/about`);
      const about = (await response.json()) as { demo: { accounts: DemoAccount[] } | null };
      this.#accounts = about.demo?.accounts ?? [];
    }
    const found = this.#accounts.find((each) => each.role === role);
    if (!found) throw new Error(`the demonstration has no ${role}`);
    return found;
  }

  /** A page of somebody's, already signed in; of nobody where no role is named. */
  async page(role: string | null, language: Language, view: View): Promise<Page> {
    const kept = role === null ? undefined : await this.#signedIn(role);
    const context = await this.browser.newContext({
      viewport: { width: view.width, height: view.height },
      colorScheme: view.dark ? 'dark' : 'light',
      locale: language === 'zh' ? 'zh-CN' : 'en-GB',
      timezoneId: 'America/New_York',
      acceptDownloads: true,
      ...(kept ? { storageState: kept } : {}),
    });
    context.setDefaultTimeout(15_000);
    const page = await context.newPage();
    this.#watch(page, `${view.name} ${language} ${role ?? 'nobody'}`);
    return page;
  }

  async #signedIn(role: string) {
    const before = this.#kept.get(role);
    if (before) return before;
    const { name, password } = await this.account(role);
    const context = await this.browser.newContext();
    const response = await context.request.post(`${this.program.address}/api/v1/session`, {
      data: { name, password },
      headers: { Origin: this.program.address },
    });
    if (!response.ok()) throw new Error(`${role} cannot sign in: ${response.status()}`);
    const state = await context.storageState();
    await context.close();
    this.#kept.set(role, state);
    return state;
  }

  /** Another sign-in follows: what was kept of this one may have ended. */
  forget(role: string): void {
    this.#kept.delete(role);
  }

  #watch(page: Page, who: string): void {
    const own = new URL(this.program.address).origin;
    const isExpected = (text: string) =>
      this.offline || [...this.expected].some((status) => text.includes(`status of ${status}`));
    page.on('console', (message) => {
      if (message.type() === 'error' && !isExpected(message.text()))
        this.fault(`${who}: console: ${message.text()} (${message.location().url})`);
    });
    page.on('pageerror', (error) => this.fault(`${who}: script: ${error.message}`));
    page.on('request', (request) => {
      const url = new URL(request.url());
      if (url.origin !== own && !['data:', 'blob:'].includes(url.protocol))
        this.fault(`${who}: leaves the origin: ${request.url()}`);
    });
  }

  async go(page: Page, path: string): Promise<void> {
    await page.goto(this.program.address + path);
    await this.settled(page);
  }

  /** Until nothing on the page is being read any more. */
  async settled(page: Page): Promise<void> {
    await page.locator('#content').waitFor();
    await page.waitForTimeout(60);
    await page
      .locator('.shimmer')
      .first()
      .waitFor({ state: 'detached' })
      .catch(() => undefined);
    await page
      .waitForFunction(() => !document.querySelector('.shimmer'), null, { timeout: 20_000 })
      .catch(() => this.fault(`${page.url()}: still loading`));
  }

  /** Looks at a page as it stands: axe, sideways scrolling, a picture. */
  async look(page: Page, name: string): Promise<void> {
    await page.evaluate(this.#axe);
    const violations = await page.evaluate(async () => {
      const { axe } = window as unknown as { axe: typeof import('axe-core') };
      const found = await axe.run(document, { resultTypes: ['violations'] });
      return found.violations
        .filter(({ impact }) => impact === 'serious' || impact === 'critical')
        .map((each) => {
          const nodes = each.nodes.slice(0, 3).map((node) => node.target.join(' '));
          return `${each.id}: ${each.help} at ${nodes.join('; ')}`;
        });
    });
    for (const text of violations) this.fault(`${name}: axe: ${text}`);
    const over = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
    if (over > 0) this.fault(`${name}: scrolls ${over} px sideways`);
    await page.screenshot({ path: join(this.folder, `${name}.png`), fullPage: true });
  }

  async strike(): Promise<void> {
    await this.browser.close();
    this.program.clean();
  }
}

export interface Journey {
  name: string;
  run: (stage: Stage) => Promise<void>;
}

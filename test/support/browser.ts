// A real browser on the real server: opens pages as a reader does, and gathers everything that a reader must not meet.
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { AxeResults } from 'axe-core';
import { type BrowserContext, chromium, type Page } from 'playwright-core';
import { getChromium } from './chromium-program.ts';

/** How a page is looked at. */
export interface View {
  /** A telephone (390 × 844) or a desk (1440 × 900). */
  readonly width: 390 | 1440;
  readonly colours?: 'light' | 'dark';
  /** `large`: the reader has chosen the site's large type. `device`: her browser's letters are set to 22 px instead of 16. */
  readonly letters?: 'large' | 'device';
  readonly language?: 'zh-CN' | 'en';
  /** The day that the page believes it is, `YYYY-MM-DD`; 2026-06-30 by default, so that answers do not change with the day of the test. */
  readonly today?: string;
  /** Lets the page move; by default the reader has asked for less motion. */
  readonly motion?: boolean;
}

/** A page that is looked at, in a profile of its own. */
export interface Visit {
  readonly page: Page;
  readonly context: BrowserContext;
  /** Errors and warnings of the console, uncaught errors, breaches of the security policy, and requests that left the server. */
  readonly complaints: readonly string[];
  /** Closes the profile. @throws Error with all complaints, if there are any. */
  readonly end: () => Promise<void>;
}

export interface TestBrowser {
  /** Opens an address in a fresh profile; a path leads to the site. */
  readonly open: (path: string, view: View) => Promise<Visit>;
  readonly close: () => Promise<void>;
}

/** How long something may take to appear: long for a page, short enough that a test says itself what it waited for. */
const patienceMs = 15_000;

const heights = { 390: 844, 1440: 900 } as const;

const switches = [
  '--headless=new',
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  // No name but this machine's leads anywhere, so what tries to leave fails for all to see.
  '--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE localhost, EXCLUDE 127.0.0.1',
];

/**
 * Starts Chromium.
 * @param where address of the server, such as `http://localhost:40123`; of one that still starts, Chromium does so beside it.
 * @throws Error with what to install where there is none, or why there is no server.
 */
export async function startBrowser(where: string | Promise<string>): Promise<TestBrowser> {
  const [started, told] = await Promise.allSettled([chromium.launch({ executablePath: getChromium(), args: switches }), where]);
  if (started.status === 'rejected') throw started.reason;
  const browser = started.value;
  if (told.status === 'rejected') {
    await browser.close();
    throw told.reason;
  }
  const site = told.value;
  return {
    open: async (path, view) => {
      const context = await browser.newContext({
        baseURL: site,
        viewport: { width: view.width, height: heights[view.width] },
        hasTouch: view.width === 390,
        isMobile: view.width === 390,
        colorScheme: view.colours ?? 'light',
        locale: view.language ?? 'zh-CN',
        timezoneId: 'Asia/Shanghai',
        reducedMotion: view.motion === true ? 'no-preference' : 'reduce',
      });
      context.setDefaultTimeout(patienceMs);
      const page = await context.newPage();
      const complaints = listen(context, site);
      // Timers go on; only the calendar stands still.
      await page.clock.setFixedTime(new Date(`${view.today ?? '2026-06-30'}T09:00:00+08:00`));
      if (view.letters === 'large') await chooseLargeType(context);
      if (view.letters === 'device') await enlargeLetters(page);
      await page.goto(path);
      return {
        page,
        context,
        complaints,
        end: async () => {
          await context.close();
          if (complaints.length > 0) throw new Error(`${path} (${view.width}):\n${complaints.join('\n')}`);
        },
      };
    },
    close: () => browser.close(),
  };
}

/** Gathers what goes wrong in any page of a profile from now on. */
function listen(context: BrowserContext, site: string): string[] {
  const complaints: string[] = [];
  context.on('console', (message) => {
    if (message.type() !== 'error' && message.type() !== 'warning') return;
    // A reader who asks for a page that there is not gets one that says so; the browser notes the status all the same.
    if (message.location().url === message.page()?.url() && message.text().includes('status of 404')) return;
    // The same for a call that the server refuses: what the page makes of it is what counts.
    if (/^Failed to load resource: the server responded with a status of 4\d\d/.test(message.text()) && message.location().url.startsWith(`${site}/api/`)) return;
    complaints.push(`console.${message.type()}: ${message.text()} ${message.location().url}`);
  });
  context.on('weberror', (error) => complaints.push(`error: ${error.error().stack ?? error.error().message}`));
  context.on('request', (request) => {
    const url = new URL(request.url());
    if (url.protocol !== 'data:' && url.protocol !== 'blob:' && url.origin !== site) complaints.push(`left the server: ${request.url()}`);
  });
  return complaints;
}

/** Leaves on the device what a reader left who chose large type before; she may still choose otherwise. */
async function chooseLargeType(context: BrowserContext): Promise<void> {
  await context.addInitScript("localStorage.getItem('wutong-display') ?? localStorage.setItem('wutong-display', JSON.stringify({ theme: 'system', size: 'large' }))");
}

/** Sets the browser's letters to 22 px, as readers do in their settings. A picture of the whole page puts them back, so it is for looking, not for shots. */
async function enlargeLetters(page: Page): Promise<void> {
  const devtools = await page.context().newCDPSession(page);
  await devtools.send('Page.enable');
  await devtools.send('Page.setFontSizes', { fontSizes: { standard: 22, fixed: 18 } });
}

let axeSource: string | undefined;

/**
 * Looks at the page as it is now for what keeps people from using it: WCAG 2.1 A and AA, and good practice.
 * @param only `colours` looks at contrast alone, for a page that has been looked at whole in other colours.
 * @throws Error that names each fault, where it is and how to mend it.
 */
export async function expectAccessible(page: Page, only?: 'colours'): Promise<void> {
  axeSource ??= readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
  // As an expression, since this file is checked without the DOM; a browser runs it whatever the page's policy is. Half a megabyte is sent
  // to be read only where it is not there yet.
  if (!(await page.evaluate<boolean>('globalThis.axe !== undefined'))) await page.evaluate(`(() => { ${axeSource} })()`);
  const rules = only === 'colours' ? { type: 'rule', values: ['color-contrast'] } : { type: 'tag', values: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'best-practice'] };
  // What passed is counted in the page; nobody reads the rest of it.
  const results = await page.evaluate<Pick<AxeResults, 'violations'> & { readonly passed: number }>(
    `globalThis.axe.run(document, { runOnly: ${JSON.stringify(rules)}, resultTypes: ['violations'] }).then(({ passes, violations }) => ({ passed: passes.length, violations }))`,
  );
  // A run that looked at nothing proves nothing.
  if (results.passed === 0) throw new Error(`axe looked at nothing on ${page.url()}`);
  const faults = results.violations.map(({ id, impact, help, nodes }) => {
    const places = nodes.map(({ target, html, failureSummary }) => `    ${target.join(' ')}\n      ${html}\n      ${(failureSummary ?? '').replaceAll('\n', '\n      ')}`);
    return `  ${id} (${impact}): ${help}\n${places.join('\n')}`;
  });
  if (faults.length > 0) throw new Error(`axe on ${page.url()}:\n${faults.join('\n')}`);
}

/** Nothing sticks out at the side: the page can be read without moving it to and fro. @throws Error that names what is too wide. */
export async function expectFits(page: Page): Promise<void> {
  const wide = await page.evaluate<string[]>(`(() => {
    const room = document.documentElement.clientWidth;
    if (document.documentElement.scrollWidth <= room) return [];
    const tooWide = [...document.querySelectorAll('body *')].filter((element) => element.getBoundingClientRect().right > room + 1);
    return tooWide.map((element) => element.tagName.toLowerCase() + '.' + element.className);
  })()`);
  if (wide.length > 0) throw new Error(`${page.url()}: 比屏幕宽 / wider than the screen: ${wide.join(', ')}`);
}

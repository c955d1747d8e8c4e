// Gives a file of tests the real server and a real browser, started before its first test and ended after its last.
import { afterAll, beforeAll } from 'vitest';
import { startBrowser, type TestBrowser, type View, type Visit } from './browser.ts';
import { copyEmptyCity } from './copied-city.ts';
import { type Site, startSite } from './site.ts';

/** What a file of journeys works with; usable inside tests. */
export interface Journey {
  /** Opens a path, lets `work` go on from there, and fails on anything that a reader must not meet, such as an error in the console. */
  readonly visit: (path: string, view: View, work: (visit: Visit) => Promise<void>) => Promise<void>;
  /** Address of the server. */
  readonly url: () => string;
}

/** Call it once at the top of a file of tests. */
export function useBrowser(): Journey {
  let site: Site | undefined;
  let browser: TestBrowser | undefined;
  beforeAll(async () => {
    browser = await startBrowser(startSite({}, copyEmptyCity).then((started) => (site = started).url));
  });
  afterAll(async () => {
    await Promise.all([browser?.close(), site?.stop()]);
  });
  return {
    visit: async (path, view, work) => {
      if (browser === undefined) throw new Error('the browser has not started');
      const visit = await browser.open(path, view);
      try {
        await work(visit);
      } catch (error) {
        // What went wrong first explains best; complaints of the page often say why.
        if (error instanceof Error && visit.complaints.length > 0) error.message += `\n${visit.complaints.join('\n')}`;
        await visit.context.close();
        throw error;
      }
      await visit.end();
    },
    url: () => site?.url ?? '',
  };
}

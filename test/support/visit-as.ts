// Visits the workbench as a sample account: the first time by its one-time password and a new second factor, afterwards by the session.
import type { View, Visit } from './browser.ts';
import { signInFirst } from './desk-cases.ts';
import type { OfficeCity } from './office-city.ts';

/** Gives what opens a page of the workbench as one of a city's sample accounts, such as `security`; `path` stands behind the #. */
export function makeVisitAs(city: OfficeCity): (account: string, path: string, view: View, work: (visit: Visit) => Promise<void>) => Promise<void> {
  const sessions = new Map<string, string>();
  return (account, path, view, work) =>
    city.visit('/office/', view, async (visit) => {
      const { origin } = new URL(visit.page.url());
      const session = sessions.get(account) ?? (await signInFirst(origin, `sample-${account}`, city.oneTimePassword(account)));
      sessions.set(account, session);
      await visit.context.addCookies([{ name: 'wutong_session', value: encodeURIComponent(session), url: origin, httpOnly: true, sameSite: 'Strict' }]);
      await visit.page.goto(`/office/#${path}`);
      await visit.page.reload();
      await work(visit);
    });
}

// Routes of the ways in.
import {
  activateStaff as activateStaffEndpoint, beginEnrolment as beginEnrolmentEndpoint, beginProviderVisit, chooseNewPassword as chooseNewPasswordEndpoint,
  confirmEnrolment as confirmEnrolmentEndpoint, endProviderVisit, listOpenProviders, recoverBySelf as recoverBySelfEndpoint, sendCode, showRealName as showRealNameEndpoint, showSecondFactor as showSecondFactorEndpoint,
  signInByCode as signInByCodeEndpoint, signInByPassword as signInByPasswordEndpoint,
} from '../../contract/access-endpoints.ts';
import { type Cookie, reply, type Route, route } from '../permissions/index.ts';
import type { AccessParts } from './access-parts.ts';
import { activateStaff } from './activate-staff.ts';
import { browserCookie, clientOf, noVisit, readVisit, sessionCookie, visitCookie } from './cookies.ts';
import type { Entry } from './open-session.ts';
import { sendPhoneCode } from './phone-codes.ts';
import { recoverBySelf } from './recover-account.ts';
import { signInByCode } from './sign-in-by-code.ts';
import { signInByPassword } from './sign-in-by-password.ts';
import { beginVisit, endVisit, listOffered } from './sign-in-by-provider.ts';
import { beginEnrolment, chooseNewPassword, confirmEnrolment, showRealName, showSecondFactor } from './sign-in-steps.ts';

/** The answer to a proof; the token leaves in a cookie alone. */
function answer(entry: Entry, cookies: readonly Cookie[] = []) {
  const { next, stepToken, session, recoveryCodes } = entry;
  const body = { next, stepToken, sessionId: session?.sessionId ?? null, ...(recoveryCodes === undefined ? {} : { recoveryCodes: [...recoveryCodes] }) };
  return reply(body, { cookies: session === undefined ? cookies : [sessionCookie(session), ...cookies] });
}

/** Routes that need no session. */
export function enterRoutes(parts: AccessParts): readonly Route[] {
  return [
    route(sendCode, (call) => sendPhoneCode(call.db, parts, call.scope, { ...call.body, client: clientOf(call) }, call.now, call.record)),
    route(signInByCodeEndpoint, async (call) => {
      const { codeId, code, noticeVersion } = call.body;
      const { browser, ...entry } = await signInByCode(call.db, parts, call.scope, { codeId, code, noticeVersion, client: clientOf(call) }, call.now, call.record);
      return answer(entry, browser === undefined ? [] : [browserCookie(browser)]);
    }),
    route(signInByPasswordEndpoint, async (call) => {
      const { browser, ...entry } = await signInByPassword(call.db, parts, call.scope, { ...call.body, client: clientOf(call) }, call.now, call.record);
      return answer(entry, browser === undefined ? [] : [browserCookie(browser)]);
    }),
    route(showSecondFactorEndpoint, async (call) => answer(await showSecondFactor(call.db, parts, call.scope, { ...call.body, client: clientOf(call) }, call.now, call.record))),
    route(showRealNameEndpoint, async (call) => {
      const { browser, ...entry } = await showRealName(call.db, parts, call.scope, { ...call.body, client: clientOf(call) }, call.now, call.record);
      return answer(entry, browser === undefined ? [] : [browserCookie(browser)]);
    }),
    route(chooseNewPasswordEndpoint, async (call) => answer(await chooseNewPassword(call.db, parts, call.scope, { ...call.body, client: clientOf(call) }, call.now, call.record))),
    route(beginEnrolmentEndpoint, (call) => beginEnrolment(call.db, parts, call.scope, call.body.stepToken, call.now, call.record)),
    route(confirmEnrolmentEndpoint, async (call) => answer(await confirmEnrolment(call.db, parts, call.scope, { ...call.body, client: clientOf(call) }, call.now, call.record))),
    route(activateStaffEndpoint, async (call) => answer(await activateStaff(call.db, parts, call.scope, { ...call.body, client: clientOf(call) }, call.now, call.record))),
    route(recoverBySelfEndpoint, async (call) => {
      await recoverBySelf(call.db, parts, call.scope, { ...call.body, client: clientOf(call) }, call.now, call.record);
      return { received: true as const };
    }),
    route(listOpenProviders, async (call) => ({ items: (await listOffered(call.tx, call.scope)).map(({ providerId, name }) => ({ providerId, name })) })),
    route(beginProviderVisit, async (call) => {
      const { goTo, browser } = await beginVisit(call.db, parts, call.scope, call.params.providerId, call.now, call.record);
      return reply({ goTo }, { cookies: [visitCookie(browser)] });
    }),
    route(endProviderVisit, async (call) => {
      const { query, noticeVersion } = call.body;
      return answer(await endVisit(call.db, parts, call.scope, { query, noticeVersion, browser: readVisit(call), client: clientOf(call) }, call.now, call.record), [noVisit]);
    }),
  ];
}

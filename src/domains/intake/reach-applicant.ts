// For whom somebody files, who the applicant is by that, and where it belongs.
import { Refusal } from '../../contract/errors.ts';
import type { Tx } from '../../storage/database.ts';
import type { Scope } from '../permissions/index.ts';
import { getPartyInReach, type PartyInReach } from '../registry/index.ts';
import { type Employer, findEmployer } from './see-facts.ts';

/** For whom is filed. */
export interface Applicant {
  readonly party: PartyInReach;
  readonly employer: Employer | undefined;
  /** Who asks: the organisation of an agent, else the party itself, whoever acts for it. */
  readonly applicantId: string;
  readonly channel: 'person' | 'agent' | 'window';
  /** Where the case belongs: where the employer sits, or the party. */
  readonly jurisdictionCode: string;
  /** Accounts whose word about its people an employer may use. */
  readonly toldBy: readonly string[];
}

/** Whom somebody files for, and all that follows from it. @throws Refusal not-found for one out of reach, input-invalid for none named at a window. */
export async function reachApplicant(tx: Tx, scope: Scope<'application.file'>, subjectId: string | undefined, now: Date): Promise<Applicant> {
  return placeApplicant(tx, scope, await reachSubject(tx, scope, subjectId), now);
}

/** The party that is meant: the caller's own where none is named. @throws Refusal not-found for one out of reach, input-invalid for none named at a window. */
export async function reachSubject(tx: Tx, scope: Scope<'application.file'>, subjectId: string | undefined): Promise<PartyInReach> {
  const { capacity } = scope.actor;
  const own = capacity.kind === 'person' ? capacity.partyId : capacity.kind === 'agent' ? capacity.organisationId : undefined;
  const asked = subjectId ?? own;
  if (asked === undefined) {
    const detail = { field: 'subjectId', zh: '窗口替人申请，要写明为谁：subjectId 填这个人或单位的编号。', en: 'At a window, say for whom: subjectId takes the id of the person or organisation.' };
    throw new Refusal('input-invalid', { count: 1 }, [detail]);
  }
  return getPartyInReach(tx, scope, asked);
}

/** Who the applicant is for a party in reach, and where it belongs. @throws Refusal not-found for somebody who does not work for the agent's organisation. */
export async function placeApplicant(tx: Tx, scope: Scope<'application.file'>, party: PartyInReach, now: Date): Promise<Applicant> {
  const { capacity, accountId } = scope.actor;
  const isEmployees = capacity.kind === 'agent' && party.kind === 'person';
  const employer = await findEmployer(tx, scope, party, now, isEmployees ? capacity.organisationId : undefined);
  // An agent acts for the organisation here; what is the agent's own is asked for in the agent's own name.
  if (isEmployees && employer === undefined) throw new Refusal('not-found');
  return {
    party,
    employer,
    applicantId: isEmployees ? capacity.organisationId : party.partyId,
    channel: capacity.kind === 'agent' ? 'agent' : capacity.kind === 'officer' ? 'window' : 'person',
    jurisdictionCode: employer?.jurisdictionCode ?? party.jurisdictionCode,
    toldBy: accountId === null ? [] : [accountId],
  };
}

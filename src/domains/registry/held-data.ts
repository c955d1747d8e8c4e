// Everything that is held of a person, for that person: what, from whom, and who looked at it.
import type { Tx } from '../../storage/database.ts';
import { listEntriesAbout } from '../audit/index.ts';
import type { Scope } from '../permissions/index.ts';
import { openBankAccount } from './bank-account.ts';
import { readBankAccounts } from './bank-account-store.ts';
import { readConsents } from './consent-store.ts';
import { readMerges } from './duplicate-store.ts';
import { readEmployments, readRelatives } from './employment-store.ts';
import { readStatements } from './fact-store.ts';
import { stateOfConsent } from './give-consent.ts';
import { dayOf } from './party.ts';
import { readFormerNames } from './person-store.ts';
import { getPersonRow, revealNumbers } from './read-person.ts';
import type { HeldPart, RegistryTools } from './registry-tools.ts';
import { readRequests } from './request-store.ts';
import { openPhone } from './seal-person.ts';
import { openStatement } from './statement.ts';

/** A look at the person's data, or a change of them. */
export interface Glance {
  readonly at: Date;
  readonly action: string;
  /** In which capacity, such as officer or job. */
  readonly by: string;
  readonly departmentId: string | null;
  /** For what, where it was said. */
  readonly purpose: string | null;
}

/** All that is held of a person. */
export interface HeldData {
  readonly partyId: string;
  readonly name: string;
  readonly parts: readonly HeldPart[];
  readonly glances: readonly Glance[];
}

// Of a long trail the newest; the audit administrator has the rest.
const MOST_GLANCES = 1000;

/** Collects everything held of the person who asks, what other domains hold included. @throws Refusal not-found. */
export async function readHeldData(tx: Tx, scope: Scope<'held-data.read'>, tools: RegistryTools, partyId: string, now: Date): Promise<HeldData> {
  const { tenantId } = scope;
  const { person, ids } = await getPersonRow(tx, scope, partyId);
  const numbers = await revealNumbers(tx, scope, tools, partyId);
  const parts: HeldPart[] = [
    {
      key: 'person',
      title: { zh: '基本信息', en: 'Person' },
      rows: [
        {
          name: person.name,
          document: numbers.number?.kind ?? null,
          number: numbers.number?.number ?? null,
          birthDate: person.birthDate,
          sex: person.sex,
          phone: openPhone(tools.protector, tenantId, 'people', person),
          jurisdictionCode: person.jurisdictionCode,
          enteredAt: person.createdAt.toISOString(),
          changedAt: person.updatedAt.toISOString(),
        },
      ],
    },
    { key: 'formerNumbers', title: { zh: '以前和其他的证件号码', en: 'Other and former numbers' }, rows: numbers.formerNumbers },
    {
      key: 'formerNames',
      title: { zh: '曾用名', en: 'Former names' },
      rows: (await readFormerNames(tx, scope, ids)).map(({ name, validTo, recordedAt }) => ({ name, validTo, recordedAt: recordedAt.toISOString() })),
    },
    {
      key: 'facts',
      title: { zh: '事实和来源', en: 'Facts and their sources' },
      rows: (await readStatements(tx, scope, ids, now)).map((row) => {
        const statement = openStatement(tools.protector, tenantId, row);
        return {
          statementId: statement.statementId,
          facts: statement.facts,
          ...(statement.recognised === null ? {} : { recognised: statement.recognised }),
          origin: statement.origin,
          trustClass: statement.trustClass,
          departmentId: statement.departmentId,
          evidenceId: statement.evidenceId,
          purpose: statement.purpose,
          asOf: statement.asOf,
          validFrom: statement.validFrom,
          validTo: statement.validTo,
          recordedAt: statement.recordedAt.toISOString(),
          corrects: statement.corrects,
        };
      }),
    },
    {
      key: 'employments',
      title: { zh: '任职', en: 'Employments' },
      rows: (await readEmployments(tx, scope, ids)).map(({ organisationId, post, startedOn, endedOn, origin, trustClass, recordedAt, supersededAt }) => ({
        organisationId,
        post,
        startedOn,
        endedOn,
        origin,
        trustClass,
        recordedAt: recordedAt.toISOString(),
        supersededAt: supersededAt?.toISOString() ?? null,
      })),
    },
    {
      key: 'relatives',
      title: { zh: '亲属', en: 'Relatives' },
      rows: (await readRelatives(tx, scope, ids)).map(({ relativeId, relation, origin, validFrom, validTo, recordedAt }) => ({
        relativeId,
        relation,
        origin,
        validFrom,
        validTo,
        recordedAt: recordedAt.toISOString(),
      })),
    },
    {
      key: 'bankAccounts',
      title: { zh: '收款账户', en: 'Bank accounts' },
      rows: (await readBankAccounts(tx, scope, ids)).map((row) => ({
        bankName: row.bankName,
        holderName: row.holderName,
        number: openBankAccount(tools, tenantId, row),
        recordedAt: row.recordedAt.toISOString(),
        closedAt: row.closedAt?.toISOString() ?? null,
      })),
    },
    {
      key: 'consents',
      title: { zh: '单独同意', en: 'Consents' },
      rows: (await readConsents(tx, scope, ids)).map((consent) => ({
        purpose: consent.purpose,
        groups: consent.factGroups,
        wordingVersion: consent.wordingVersion,
        givenAt: consent.givenAt.toISOString(),
        expiresOn: consent.expiresOn,
        withdrawnAt: consent.withdrawnAt?.toISOString() ?? null,
        state: stateOfConsent(consent, dayOf(now)),
        signedOnPaper: consent.evidenceId !== null,
      })),
    },
    {
      key: 'requests',
      title: { zh: '提出过的请求', en: 'Requests made' },
      rows: (await readRequests(tx, scope, ids)).map(({ kind, askedAt, dueOn, answeredAt, outcome, answer }) => ({
        kind,
        askedAt: askedAt.toISOString(),
        dueOn,
        answeredAt: answeredAt?.toISOString() ?? null,
        outcome,
        answer: answer?.words ?? null,
      })),
    },
    {
      key: 'merges',
      title: { zh: '合并过的记录', en: 'Records merged' },
      rows: (await readMerges(tx, scope, ids)).map(({ mergedAt, undoneAt }) => ({ mergedAt: mergedAt.toISOString(), undoneAt: undoneAt?.toISOString() ?? null })),
    },
  ];
  for (const participant of tools.participants ?? []) parts.push(...(await participant.describeHeld(tx, scope, ids)));
  const entries = await listEntriesAbout(tx, scope, ids, MOST_GLANCES);
  return {
    partyId: person.partyId,
    name: person.name,
    parts,
    glances: entries.map(({ at, action, capacity, detail }) => ({
      at,
      action,
      by: typeof capacity['kind'] === 'string' ? capacity['kind'] : '',
      departmentId: typeof capacity['departmentId'] === 'string' ? capacity['departmentId'] : null,
      purpose: typeof detail['purpose'] === 'string' ? detail['purpose'] : null,
    })),
  };
}

// The only HTTP of the registry: people, organisations, facts, consents, bank accounts, doubles and people's own rights.
import { z } from 'zod';
import { Refusal } from '../../contract/errors.ts';
import { readCursor, writeCursor } from '../../contract/page.ts';
import * as endpoints from '../../contract/registry-endpoints.ts';
import type { Tx } from '../../storage/database.ts';
import { etagOf, reply, type Route, route, type Scope, scopeAlso, versionOf } from '../permissions/index.ts';
import { addBankAccount, closeBankAccount, listBankAccounts, revealBankAccount } from './bank-account.ts';
import { createPerson } from './create-person.ts';
import { readMerges, readOpenCandidates } from './duplicate-store.ts';
import { createOrganisation, updateOrganisation } from './enter-organisation.ts';
import { scanForDoubles } from './find-duplicates.ts';
import { giveConsent, listConsents, withdrawConsent } from './give-consent.ts';
import { readHeldData } from './held-data.ts';
import type { FactStatement } from './known-facts.ts';
import { keepApart, mergeParties, undoMerge } from './merge-parties.ts';
import { dayOf } from './party.ts';
import { getPartyInReach } from './party-store.ts';
import { type FactQuestion, readKnownFacts, readStatementsOf } from './read-facts.ts';
import { type PersonView, readOrganisation, readPerson, revealNumbers } from './read-person.ts';
import { listEmployments, listRelatives, recordEmployment, recordRelative } from './record-employment.ts';
import { recordStatement } from './record-statement.ts';
import { noPapers } from './papers-port.ts';
import type { RegistryTools } from './registry-tools.ts';
import { readOpenRequests } from './request-store.ts';
import { searchRoutes } from './search-routes.ts';
import { answerRequest, askForData, listRequests, type RequestView, viewRequest } from './subject-request.ts';
import { addIdentifier, updatePerson } from './update-person.ts';
import { tellHeldData } from './tell-held-data.ts';

/** The routes of the registry. */
export function registryRoutes(tools: RegistryTools): readonly Route[] {
  return [...searchRoutes(tools), ...personRoutes(tools), ...organisationRoutes(tools), ...factRoutes(tools), ...consentRoutes(tools), ...bankAccountRoutes(tools), ...duplicateRoutes(tools), ...rightsRoutes(tools)];
}

const person = (id: string) => ({ kind: 'person', id });
const organisation = (id: string) => ({ kind: 'organisation', id });

function tellPerson({ createdAt, updatedAt, formerNames, ...view }: PersonView) {
  return { ...view, formerNames: [...formerNames], createdAt: createdAt.toISOString(), updatedAt: updatedAt.toISOString() };
}

function personRoutes(tools: RegistryTools): readonly Route[] {
  return [
    route(endpoints.createPersonEndpoint, async ({ tx, scope, body, now, audit }) => {
      const { partyId, warnings, doubles } = await createPerson(tx, scope, tools, body, now);
      audit({ object: person(partyId), detail: { doubles: doubles.length } });
      return reply({ partyId, warnings: [...warnings], doubles: [...doubles] }, { location: `/api/v1/people/${partyId}`, etag: etagOf(1) });
    }),
    route(endpoints.getPersonEndpoint, async ({ tx, scope, params, audit }) => {
      const view = await readPerson(tx, scope, tools, params.partyId);
      audit({ object: person(view.partyId) });
      return reply(tellPerson(view), { etag: etagOf(view.version) });
    }),
    route(endpoints.updatePersonEndpoint, async ({ tx, scope, params, body, headers, now, audit }) => {
      const { partyId, version, warnings, doubles } = await updatePerson(tx, scope, tools, params.partyId, body, versionOf(headers.ifMatch), now);
      // Which entries were changed, never their values.
      audit({ object: person(partyId), detail: { changed: Object.keys(body).sort().join(' ') } });
      return reply({ partyId, version, warnings: [...warnings], doubles: [...doubles] }, { etag: etagOf(version) });
    }),
    route(endpoints.addIdentifierEndpoint, async ({ tx, scope, params, body, now, audit }) => {
      const { partyId, doubles } = await addIdentifier(tx, scope, tools, params.partyId, body, now);
      audit({ object: person(partyId) });
      return { partyId, doubles: [...doubles] };
    }),
    route(endpoints.revealNumberEndpoint, async ({ tx, scope, params, query, audit }) => {
      const { number, formerNumbers } = await revealNumbers(tx, scope, tools, params.partyId);
      const { partyId } = await getPartyInReach(tx, scope, params.partyId);
      audit({ object: person(partyId), detail: { purpose: query.purpose } });
      return { number, formerNumbers: [...formerNumbers] };
    }),
    route(endpoints.suggestUniversitiesEndpoint, async ({ query }) => {
      const official = tools.factBook.officialUniversity(query.text) ?? null;
      return Promise.resolve({ official, suggestions: [...tools.factBook.suggestUniversities(query.text, query.limit)] });
    }),
  ];
}

function organisationRoutes(tools: RegistryTools): readonly Route[] {
  return [
    route(endpoints.createOrganisationEndpoint, async ({ tx, scope, body, now, audit }) => {
      const { partyId } = await createOrganisation(tx, scope, tools, body, now);
      audit({ object: organisation(partyId) });
      return reply({ partyId }, { location: `/api/v1/organisations/${partyId}`, etag: etagOf(1) });
    }),
    route(endpoints.getOrganisationEndpoint, async ({ tx, scope, params }) => {
      const { createdAt, updatedAt, formerNames, ...view } = await readOrganisation(tx, scope, tools, params.partyId);
      const told = { ...view, formerNames: [...formerNames], createdAt: createdAt.toISOString(), updatedAt: updatedAt.toISOString() };
      return reply(told, { etag: etagOf(view.version) });
    }),
    route(endpoints.updateOrganisationEndpoint, async ({ tx, scope, params, body, headers, now, audit }) => {
      const { partyId, version } = await updateOrganisation(tx, scope, tools, params.partyId, body, versionOf(headers.ifMatch), now);
      audit({ object: organisation(partyId), detail: { changed: Object.keys(body).sort().join(' ') } });
      return reply({ partyId, version }, { etag: etagOf(version) });
    }),
  ];
}

function factRoutes(tools: RegistryTools): readonly Route[] {
  type Asked = { readonly on?: string | undefined; readonly knownAt?: string | undefined; readonly purpose?: FactQuestion['purpose'] };
  const questionOf = ({ on, knownAt, purpose }: Asked, now: Date): FactQuestion => ({
    on: on ?? dayOf(now),
    knownAt: knownAt === undefined ? now : new Date(knownAt),
    purpose,
    askedAt: now,
  });

  async function tellFacts(tx: Tx, scope: Scope<'fact.read'>, kind: 'person' | 'organisation', partyId: string, asked: Asked, now: Date) {
    const question = questionOf(asked, now);
    const { party, facts, withheld } = await readKnownFacts(tx, scope, tools, partyId, question);
    if (party.kind !== kind) throw new Refusal('not-found');
    return {
      partyId: party.partyId,
      on: question.on,
      knownAt: question.knownAt.toISOString(),
      facts: [...facts.values()].map(({ name, value, written, statement, others }) => {
        const { statementId, origin, trustClass, departmentId, evidenceId, asOf, validFrom, validTo, recordedAt } = statement;
        const source = { statementId, origin, trustClass, departmentId, evidenceId, asOf, validFrom, validTo, recordedAt: recordedAt.toISOString() };
        return { name, value, ...(written === undefined ? {} : { written }), ...source, others: others.map((other) => other.statementId) };
      }),
      withheld: [...withheld],
    };
  }

  async function tellStatements(tx: Tx, scope: Scope<'fact.read'>, kind: 'person' | 'organisation', partyId: string, asked: Asked, now: Date) {
    const { party, statements, withheld } = await readStatementsOf(tx, scope, tools, partyId, questionOf(asked, now));
    if (party.kind !== kind) throw new Refusal('not-found');
    return { partyId: party.partyId, body: { items: statements.map(tellStatement), withheld: [...withheld] } };
  }

  const looked = (partyId: string, kind: string, asked: Asked) => ({ object: { kind, id: partyId }, detail: { purpose: asked.purpose ?? null } });
  return [
    route(endpoints.getPersonFacts, async ({ tx, scope, params, query, now, audit }) => {
      const told = await tellFacts(tx, scope, 'person', params.partyId, query, now);
      audit(looked(told.partyId, 'person', query));
      return told;
    }),
    route(endpoints.getOrganisationFacts, async ({ tx, scope, params, query, now, audit }) => {
      const told = await tellFacts(tx, scope, 'organisation', params.partyId, query, now);
      audit(looked(told.partyId, 'organisation', query));
      return told;
    }),
    route(endpoints.listPersonStatements, async ({ tx, scope, params, query, now, audit }) => {
      const { partyId, body } = await tellStatements(tx, scope, 'person', params.partyId, query, now);
      audit(looked(partyId, 'person', query));
      return body;
    }),
    route(endpoints.listOrganisationStatements, async ({ tx, scope, params, query, now, audit }) => {
      const { partyId, body } = await tellStatements(tx, scope, 'organisation', params.partyId, query, now);
      audit(looked(partyId, 'organisation', query));
      return body;
    }),
    route(endpoints.recordPersonStatement, async ({ tx, scope, params, body, now, audit }) => {
      await getKind(tx, scope, params.partyId, 'person');
      const made = await recordStatement(tx, scope, tools, { ...body, partyId: params.partyId }, now);
      audit({ object: person(made.partyId), detail: { statement: made.statementId } });
      return { ...made, universities: [...made.universities] };
    }),
    route(endpoints.recordOrganisationStatement, async ({ tx, scope, params, body, now, audit }) => {
      await getKind(tx, scope, params.partyId, 'organisation');
      const made = await recordStatement(tx, scope, tools, { ...body, partyId: params.partyId }, now);
      audit({ object: organisation(made.partyId), detail: { statement: made.statementId } });
      return { ...made, universities: [...made.universities] };
    }),
    route(endpoints.listEmploymentsEndpoint, async ({ tx, scope, params, audit }) => {
      const { partyId } = await getPartyInReach(tx, scope, params.partyId, 'own');
      const employments = await listEmployments(tx, scope, params.partyId);
      audit({ object: person(partyId) });
      return { items: employments.map((one) => ({ ...one, recordedAt: one.recordedAt.toISOString(), supersededAt: one.supersededAt?.toISOString() ?? null })) };
    }),
    route(endpoints.recordEmploymentEndpoint, async ({ tx, scope, params, body, now, audit }) => {
      const made = await recordEmployment(tx, scope, tools, { ...body, partyId: params.partyId }, now);
      audit({ object: person(made.partyId), detail: { employment: made.employmentId, organisation: body.organisationId } });
      return made;
    }),
    route(endpoints.listRelativesEndpoint, async ({ tx, scope, params, audit }) => {
      const { partyId } = await getPartyInReach(tx, scope, params.partyId, 'own');
      const relatives = await listRelatives(tx, scope, params.partyId);
      audit({ object: person(partyId) });
      return { items: relatives.map((one) => ({ ...one, recordedAt: one.recordedAt.toISOString(), supersededAt: one.supersededAt?.toISOString() ?? null })) };
    }),
    route(endpoints.recordRelativeEndpoint, async ({ tx, scope, params, body, now, audit }) => {
      const made = await recordRelative(tx, scope, tools, { ...body, partyId: params.partyId }, now);
      audit({ object: person(made.partyId), detail: { relation: made.relationId } });
      return made;
    }),
  ];
}

async function getKind(tx: Tx, scope: Scope<'fact.record'>, partyId: string, kind: 'person' | 'organisation'): Promise<void> {
  if ((await getPartyInReach(tx, scope, partyId, 'own')).kind !== kind) throw new Refusal('not-found');
}

function tellStatement(statement: FactStatement) {
  const { recordedBy: _by, deliveryId: _delivery, recordedAt, facts, recognised, ...rest } = statement;
  return { ...rest, recordedAt: recordedAt.toISOString(), facts: { ...facts }, recognised: recognised === null ? null : { ...recognised } };
}

function consentRoutes(tools: RegistryTools): readonly Route[] {
  return [
    route(endpoints.listConsentsEndpoint, async ({ tx, scope, params, now, audit }) => {
      const consents = await listConsents(tx, scope, params.partyId, now);
      audit({ object: person(params.partyId) });
      return {
        items: consents.map((consent) => ({
          ...consent,
          factGroups: [...consent.factGroups],
          givenAt: consent.givenAt.toISOString(),
          withdrawnAt: consent.withdrawnAt?.toISOString() ?? null,
        })),
      };
    }),
    route(endpoints.giveConsentEndpoint, async ({ tx, scope, params, body, now, audit }) => {
      const made = await giveConsent(tx, scope, tools.papers ?? noPapers, params.partyId, body, now);
      audit({ object: person(made.partyId), detail: { consent: made.consentId, purpose: body.purpose, groups: [...body.groups].sort().join(' '), wording: body.wordingVersion, ...(body.evidenceId === undefined ? {} : { paper: body.evidenceId }) } });
      return made;
    }),
    route(endpoints.withdrawConsentEndpoint, async ({ tx, scope, params, now, audit }) => {
      const { partyId } = await withdrawConsent(tx, scope, params.partyId, params.consentId, now);
      audit({ object: person(partyId), detail: { consent: params.consentId } });
      return { partyId };
    }),
  ];
}

function bankAccountRoutes(tools: RegistryTools): readonly Route[] {
  const party = (id: string) => ({ kind: 'party', id });
  return [
    route(endpoints.listBankAccountsEndpoint, async ({ tx, scope, params, audit }) => {
      const { partyId, accounts } = await listBankAccounts(tx, scope, tools, params.partyId);
      audit({ object: party(partyId) });
      return { items: accounts.map((one) => ({ ...one, recordedAt: one.recordedAt.toISOString(), closedAt: one.closedAt?.toISOString() ?? null })) };
    }),
    route(endpoints.addBankAccountEndpoint, async ({ tx, scope, params, body, now, audit }) => {
      const { partyId, bankAccountId, warnings } = await addBankAccount(tx, scope, tools, params.partyId, body, now);
      audit({ object: party(partyId), detail: { account: bankAccountId } });
      return { partyId, bankAccountId, warnings: [...warnings] };
    }),
    route(endpoints.revealBankAccountEndpoint, async ({ tx, scope, params, audit }) => {
      const { partyId, number } = await revealBankAccount(tx, scope, tools, params.partyId, params.bankAccountId);
      audit({ object: party(partyId), detail: { account: params.bankAccountId } });
      return { number };
    }),
    route(endpoints.closeBankAccountEndpoint, async ({ tx, scope, params, now, audit }) => {
      const { partyId } = await closeBankAccount(tx, scope, params.partyId, params.bankAccountId, now);
      audit({ object: party(partyId), detail: { account: params.bankAccountId } });
      return undefined;
    }),
  ];
}

const uuid = z.uuid();

function duplicateRoutes(tools: RegistryTools): readonly Route[] {
  const pair = z.tuple([z.number().int().min(0).max(1000), uuid, uuid]);
  return [
    route(endpoints.listDuplicatesEndpoint, async ({ tx, scope, query, audit }) => {
      const after = query.cursor === undefined ? undefined : pair.safeParse(readCursor(query.cursor, 3));
      if (after?.success === false) throw new Refusal('cursor-invalid');
      const position = after === undefined ? undefined : { score: after.data[0], firstPartyId: after.data[1], secondPartyId: after.data[2] };
      const candidates = await readOpenCandidates(tx, scope, position, query.limit + 1);
      const page = candidates.slice(0, query.limit);
      const reading = scopeAlso(scope, 'person.read');
      const items = [];
      for (const one of page) {
        const [first, second] = [await readPerson(tx, reading, tools, one.firstPartyId), await readPerson(tx, reading, tools, one.secondPartyId)];
        items.push({ first: tellPerson(first), second: tellPerson(second), reasons: [...one.reasons], score: one.score, foundAt: one.foundAt.toISOString() });
        for (const seen of [first, second]) audit({ object: person(seen.partyId) });
      }
      const last = candidates.length > query.limit ? page.at(-1) : undefined;
      return { items, nextCursor: last === undefined ? null : writeCursor([last.score, last.firstPartyId, last.secondPartyId]) };
    }),
    route(endpoints.scanDuplicatesEndpoint, async ({ tx, scope, body, now, audit }) => {
      const report = await scanForDoubles(tx, scope, body.after, now);
      audit({ detail: { found: report.found, compared: report.compared } });
      return report;
    }),
    route(endpoints.keepApartEndpoint, async ({ tx, scope, body, now, audit }) => {
      await keepApart(tx, scope, body.firstPartyId, body.secondPartyId, now);
      for (const id of [body.firstPartyId, body.secondPartyId]) audit({ object: person(id) });
      return undefined;
    }),
    route(endpoints.mergePartiesEndpoint, async ({ tx, scope, body, now, audit }) => {
      const { mergeId } = await mergeParties(tx, scope, tools, body, now);
      for (const id of [body.keptPartyId, body.mergedPartyId]) audit({ object: { kind: 'party', id }, detail: { merge: mergeId } });
      return { mergeId };
    }),
    route(endpoints.listMergesEndpoint, async ({ tx, scope, params }) => {
      const { ids } = await getPartyInReach(tx, scope, params.partyId);
      const merges = await readMerges(tx, scope, ids);
      return {
        items: merges.map((merge) => ({ ...merge, mergedAt: merge.mergedAt.toISOString(), undoneAt: merge.undoneAt?.toISOString() ?? null })),
      };
    }),
    route(endpoints.undoMergeEndpoint, async ({ tx, scope, params, body, now, audit }) => {
      const { partyId } = await undoMerge(tx, scope, tools, params.mergeId, body.reason, now);
      audit({ object: { kind: 'party', id: partyId }, detail: { merge: params.mergeId } });
      return { partyId };
    }),
  ];
}

function rightsRoutes(tools: RegistryTools): readonly Route[] {
  const position = z.tuple([z.iso.date(), uuid]);
  return [
    route(endpoints.getHeldData, async ({ tx, scope, params, now, audit }) => {
      const held = await readHeldData(tx, scope, tools, params.partyId, now);
      audit({ object: person(held.partyId), detail: { purpose: 'own-request' } });
      return {
        ...held,
        parts: held.parts.map((part) => ({ ...part, rows: part.rows.map((row) => ({ ...row })) })),
        glances: held.glances.map((glance) => ({ ...glance, at: glance.at.toISOString() })),
      };
    }),
    route(endpoints.copyHeldData, async ({ tx, scope, params, query, language, now, audit }) => {
      const held = await readHeldData(tx, scope, tools, params.partyId, now);
      audit({ object: person(held.partyId), detail: { purpose: 'own-request', format: query.format } });
      const isJson = query.format === 'json';
      const parts = Object.fromEntries(held.parts.map((part) => [part.key, part.rows]));
      const text = isJson ? `${JSON.stringify({ madeAt: now.toISOString(), partyId: held.partyId, ...parts, glances: held.glances }, null, 2)}\n` : tellHeldData(held, language, now);
      const name = language === 'zh' ? '我的全部信息' : 'my-data';
      return {
        bytes: Buffer.from(text, 'utf8'),
        contentType: isJson ? 'application/json; charset=utf-8' : 'text/plain; charset=utf-8',
        fileName: `${name}.${isJson ? 'json' : 'txt'}`,
      };
    }),
    route(endpoints.askForDataEndpoint, async ({ tx, scope, params, body, now, audit }) => {
      const made = await askForData(tx, scope, tools, params.partyId, body, now);
      audit({ object: person(made.partyId), detail: { request: made.requestId, kind: body.kind } });
      return made;
    }),
    route(endpoints.listRequestsEndpoint, async ({ tx, scope, params, audit }) => {
      const requests = await listRequests(tx, scope, tools, params.partyId);
      audit({ object: person(params.partyId) });
      return { items: requests.map(tellRequest) };
    }),
    route(endpoints.listOpenRequestsEndpoint, async ({ tx, scope, query, audit }) => {
      const after = query.cursor === undefined ? undefined : position.safeParse(readCursor(query.cursor, 2));
      if (after?.success === false) throw new Refusal('cursor-invalid');
      const requests = await readOpenRequests(tx, scope, after === undefined ? undefined : { dueOn: after.data[0], requestId: after.data[1] }, query.limit + 1);
      const page = requests.slice(0, query.limit);
      const last = requests.length > query.limit ? page.at(-1) : undefined;
      for (const partyId of new Set(page.map((request) => request.partyId))) audit({ object: person(partyId) });
      return {
        items: page.map((request) => tellRequest(viewRequest(tools, scope.tenantId, request))),
        nextCursor: last === undefined ? null : writeCursor([last.dueOn, last.requestId]),
      };
    }),
    route(endpoints.answerRequestEndpoint, async ({ tx, scope, params, body, now, audit }) => {
      const { partyId, outcome, answer } = await answerRequest(tx, scope, tools, params.partyId, params.requestId, body, now);
      audit({ object: person(partyId), detail: { request: params.requestId, outcome, deleted: answer.deleted ?? null } });
      return { partyId, outcome, answer: tellAnswer(answer) };
    }),
  ];
}

function tellRequest(request: RequestView) {
  const { askedBy: _asked, answeredBy: _answered, ...rest } = request;
  return { ...rest, askedAt: rest.askedAt.toISOString(), answeredAt: rest.answeredAt?.toISOString() ?? null, answer: rest.answer === null ? null : tellAnswer(rest.answer) };
}

function tellAnswer({ words, deleted, kept }: NonNullable<RequestView['answer']>) {
  return { words, ...(deleted === undefined ? {} : { deleted }), ...(kept === undefined ? {} : { kept: kept.map((one) => ({ ...one })) }) };
}

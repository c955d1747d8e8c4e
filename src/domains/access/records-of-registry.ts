// What access asks of the registry: who has a number, and nothing that the asker is not shown.
import { readIdentityNumber } from '../../contract/identity-number.ts';
import { newId, type Tx } from '../../storage/database.ts';
import { jobScope, scopeAlso } from '../permissions/index.ts';
import { createPerson, dayOf, findNumberHolders, openNumber, openPhone, readOrganisations, readPeople, type RegistryTools, resolveParties, type StoredPerson } from '../registry/index.ts';
import type { PeopleRecords, PersonRecord, RecordScope } from './access-parts.ts';

/** The registry as access sees it. People are looked up as the server itself: whoever asks learns an outcome, never a record. */
export function makePeopleRecords(tools: RegistryTools): PeopleRecords {
  const { protector, factBook } = tools;
  const matcher = (scope: RecordScope) => jobScope(scope.tenantId, 'access', 'person.match');
  const asRecord = (scope: RecordScope, person: StoredPerson): PersonRecord => ({
    partyId: person.partyId,
    name: person.name,
    identityNumber: openNumber(protector, scope.tenantId, person),
    phone: openPhone(protector, scope.tenantId, 'people', person),
  });
  return {
    readNumber(text) {
      const read = readIdentityNumber(text, { today: dayOf(new Date()), knowsDivision: (code) => factBook.knowsDivision(code) });
      return read.ok ? { canonical: read.canonical, birthDate: read.birthDate } : undefined;
    },
    async findByNumber(tx: Tx, scope, canonical) {
      const holders = await findNumberHolders(tx, matcher(scope), protector.searchKeys(scope.tenantId, 'identity-number', canonical));
      const ids = [...new Set(holders.map((holder) => holder.partyId))];
      // Nobody's id is asked for where nobody has the number, so that the work is the same.
      const people = await readPeople(tx, matcher(scope), ids.length === 0 ? [newId()] : ids);
      return people.map((person) => asRecord(scope, person));
    },
    async findPerson(tx, scope, partyId) {
      const [person] = await readPeople(tx, matcher(scope), [partyId]);
      return person && asRecord(scope, person);
    },
    async addPerson(tx, scope, { name, identityNumber }) {
      const { capacity } = scope.actor;
      // Where the officer works, until somebody knows better; the writing right is the officer's own.
      const [jurisdictionCode = ''] = capacity.kind === 'officer' ? capacity.codes : [];
      const { partyId } = await createPerson(tx, scopeAlso(scope, 'person.write'), tools, { name, jurisdictionCode, document: { kind: 'number', number: identityNumber } }, new Date());
      return partyId;
    },
    async jurisdictionOf(tx, scope, organisationId) {
      const inForce = (await resolveParties(tx, matcher(scope), [organisationId])).get(organisationId) ?? organisationId;
      const [organisation] = await readOrganisations(tx, matcher(scope), [inForce]);
      return organisation?.jurisdictionCode;
    },
    async namesOf(tx, tenantId, organisationIds) {
      const scope = jobScope(tenantId, 'access', 'person.match');
      const inForce = await resolveParties(tx, scope, organisationIds);
      const organisations = await readOrganisations(tx, scope, [...new Set(organisationIds.map((id) => inForce.get(id) ?? id))]);
      const names = new Map(organisations.map(({ partyId, name }) => [partyId, name]));
      return new Map(organisationIds.map((id) => [id, names.get(inForce.get(id) ?? id) ?? '']));
    },
  };
}

// What other domains, the adapters and the composition may use of access.
export type { AccessParts, IdentityProviders, ProviderSettings } from './access-parts.ts';
export { accessRoutes } from './access-routes.ts';
export { makeAccessParticipant } from './delete-with-party.ts';
export type { AdministratorRole } from './duty.ts';
export { makeFindContact } from './find-contact.ts';
export { findCaller } from './find-caller.ts';
export { argon2id } from './hash-password.ts';
export { findAccountsOf } from './party-account-store.ts';
export { makePeopleRecords } from './records-of-registry.ts';
export { accessSealedColumns } from './sealed-columns.ts';
export { type FirstAdministrator, foundAdministrators, type NewStaff, resetAdministrator } from './staff.ts';
export { tidyAccess } from './tidy-access.ts';
export { foundSampleOfficers, type SampleOfficer } from './found-sample-officers.ts';

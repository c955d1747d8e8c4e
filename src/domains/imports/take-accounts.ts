// Takes one batch of payee accounts into the registry, or says what would become of its rows.
import type { Tx } from '../../storage/database.ts';
import { jobScope } from '../permissions/index.ts';
import { findListedPayees, giveAccounts, type GivenAccount, type ListedAccount, type RegistryTools } from '../registry/index.ts';
import type { ImportRow } from './imports-store.ts';

/** Somebody for whom an employer has a case that has not come to nothing. */
interface CaseSubject {
  readonly partyId: string;
  readonly isGranted: boolean;
}

/** Reads for whom an employer has cases. */
export type ReadCaseSubjects = (tx: Tx, tenantId: number, employerId: string) => Promise<readonly CaseSubject[]>;

/** Takes the accounts of a batch for the organisation that owns the import. */
export async function takeAccounts(
  tx: Tx,
  { tools, readCaseSubjects }: { readonly tools: RegistryTools; readonly readCaseSubjects: ReadCaseSubjects },
  { tenantId, found, isTrial, now }: { readonly tenantId: number; readonly found: ImportRow; readonly isTrial: boolean; readonly now: Date },
  accounts: readonly ListedAccount[],
): Promise<readonly GivenAccount[]> {
  const employer = { employerId: found.ownerId, grantedTo: await readGranted(tx, readCaseSubjects, tenantId, found.ownerId) };
  const manner = { ...employer, recordedBy: found.confirmedBy ?? found.createdBy, now, isTrial, withDoubts: found.withDoubles === true };
  return giveAccounts(tx, jobScope(tenantId, 'imports', 'import.accounts'), tools, manner, accounts);
}

/** Whom the rows of a batch mean, undefined where nobody: one person may be written in two ways, and in two batches. */
export async function findListed(
  tx: Tx,
  { tools, readCaseSubjects }: { readonly tools: RegistryTools; readonly readCaseSubjects: ReadCaseSubjects },
  { tenantId, found, now }: { readonly tenantId: number; readonly found: ImportRow; readonly now: Date },
  accounts: readonly Pick<ListedAccount, 'name' | 'number'>[],
): Promise<readonly (string | undefined)[]> {
  const employer = { employerId: found.ownerId, grantedTo: await readGranted(tx, readCaseSubjects, tenantId, found.ownerId), now };
  return findListedPayees(tx, jobScope(tenantId, 'imports', 'import.accounts'), tools, employer, accounts);
}

async function readGranted(tx: Tx, readCaseSubjects: ReadCaseSubjects, tenantId: number, employerId: string): Promise<readonly string[]> {
  return (await readCaseSubjects(tx, tenantId, employerId)).flatMap(({ partyId, isGranted }) => (isGranted ? [partyId] : []));
}

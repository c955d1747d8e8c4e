// Takes one batch of payee accounts into the registry, or says what would become of its rows.
import type { Tx } from '../../storage/database.ts';
import { jobScope } from '../permissions/index.ts';
import { giveAccounts, type GivenAccount, type ListedAccount, type RegistryTools } from '../registry/index.ts';
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
  const employerId = found.ownerId;
  const subjects = await readCaseSubjects(tx, tenantId, employerId);
  const grantedTo = subjects.flatMap(({ partyId, isGranted }) => (isGranted ? [partyId] : []));
  const manner = { employerId, grantedTo, recordedBy: found.confirmedBy ?? found.createdBy, now, isTrial, withDoubts: found.withDoubles === true };
  return giveAccounts(tx, jobScope(tenantId, 'imports', 'import.accounts'), tools, manner, accounts);
}

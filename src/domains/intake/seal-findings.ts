// Seals what was found of a row of a list: why it is not met, what is missing.
import { type Protector, rowOf, type SealedColumn } from '../protection/index.ts';
import type { Findings } from './intake-parts.ts';

/** The sealed columns of intake, for the rotation of keys. */
export const intakeSealedColumns: readonly SealedColumn[] = [{ table: 'application_rows', column: 'detail_sealed', rowColumns: ['application_id', 'row_number'] }];

/** Findings as they are stored; null where there is nothing to say. */
export function sealFindings(protector: Protector, tenantId: number, applicationId: string, rowNumber: number, findings: Findings): Uint8Array | null {
  if (findings.zh.length === 0 && findings.missing.length === 0) return null;
  return protector.seal(placeOf(tenantId, applicationId, rowNumber), JSON.stringify(findings));
}

/** Findings, opened. */
export function openFindings(protector: Protector, tenantId: number, applicationId: string, rowNumber: number, sealed: Uint8Array | null): Findings {
  if (sealed === null) return { zh: [], en: [], missing: [] };
  // Written by sealFindings, and by nothing else.
  return JSON.parse(protector.openText(placeOf(tenantId, applicationId, rowNumber), sealed)) as Findings;
}

function placeOf(tenantId: number, applicationId: string, rowNumber: number) {
  return { tenantId, table: 'application_rows', column: 'detail_sealed', row: rowOf(applicationId, rowNumber) };
}

// Every sealed column of the database, gathered from the domains that own them.
import { accessSealedColumns } from '../domains/access/index.ts';
import { decisionsSealedColumns } from '../domains/decisions/index.ts';
import { casesSealedColumns } from '../domains/cases/index.ts';
import { evidenceSealedColumns } from '../domains/evidence/index.ts';
import { feedsSealedColumns } from '../domains/feeds/index.ts';
import { sealedColumns as idempotencySealedColumns } from '../domains/idempotency/index.ts';
import { importsSealedColumns } from '../domains/imports/index.ts';
import { intakeSealedColumns } from '../domains/intake/index.ts';
import { messagesSealedColumns } from '../domains/messages/index.ts';
import { oversightSealedColumns } from '../domains/oversight/index.ts';
import { packsSealedColumns } from '../domains/packs/index.ts';
import { paymentsSealedColumns } from '../domains/payments/index.ts';
import type { SealedColumn } from '../domains/protection/index.ts';
import { publicitySealedColumns } from '../domains/publicity/index.ts';
import { registrySealedColumns } from '../domains/registry/index.ts';
import { demoSealedColumns } from './demo/demo-marks.ts';

/** What keys protect; a test compares it with the schema. */
export const allSealedColumns: readonly SealedColumn[] = [
  ...registrySealedColumns,
  ...accessSealedColumns,
  ...evidenceSealedColumns,
  ...casesSealedColumns,
  ...messagesSealedColumns,
  ...feedsSealedColumns,
  ...importsSealedColumns,
  ...intakeSealedColumns,
  ...packsSealedColumns,
  ...decisionsSealedColumns,
  ...paymentsSealedColumns,
  ...oversightSealedColumns,
  ...publicitySealedColumns,
  ...idempotencySealedColumns,
  ...demoSealedColumns,
];

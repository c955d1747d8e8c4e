// Statements as they are entered: who may say what with how much trust, and how their sensitive values are sealed and opened.
import type { ErrorDetail } from '../../contract/errors.ts';
import { splitSensitive } from '../../contract/sensitive-facts.ts';
import type { Actor } from '../permissions/index.ts';
import { type Protector, rowOf } from '../protection/index.ts';
import type { StatementRow } from './fact-store.ts';
import type { FactStatement, StatementOrigin, TrustClass } from './known-facts.ts';

/** A statement as entered. Dates are `YYYY-MM-DD`. */
export interface NewStatement {
  readonly partyId: string;
  readonly origin: StatementOrigin;
  readonly trustClass: TrustClass;
  readonly departmentId?: string | null | undefined;
  readonly evidenceId?: string | null | undefined;
  readonly deliveryId?: string | null | undefined;
  /** A code of purposes.ts, or the purpose that a feed agreed on. */
  readonly purpose: string;
  readonly asOf: string;
  readonly validFrom?: string | null | undefined;
  readonly validTo?: string | null | undefined;
  readonly corrects?: string | null | undefined;
  /** Values by the names of the vocabulary; null only in a correction. */
  readonly facts: Readonly<Record<string, unknown>>;
}

/**
 * What is wrong with the source that somebody names: people and agents tell (申报, D); officers write down what was told (D), what a paper
 * shows (材料, B checked at the counter or C), and a reviewer what was decided (认定, A); 共享 comes by a feed. Jobs record for all of them.
 */
export function checkSource({ capacity }: Actor, { origin, trustClass }: Pick<NewStatement, 'origin' | 'trustClass'>): ErrorDetail | undefined {
  const field = 'origin';
  switch (capacity.kind) {
    case 'job':
      return undefined;
    case 'officer': {
      const isFit =
        (origin === '申报' && trustClass === 'D') ||
        (origin === '材料' && (trustClass === 'B' || trustClass === 'C')) ||
        (origin === '认定' && trustClass === 'A' && (capacity.roles.includes('reviewer') || capacity.roles.includes('steward')));
      if (isFit) return undefined;
      return {
        field,
        zh: '工作人员可以记：本人申报（D），窗口核对过的材料（B）或没有核对的材料（C）；审核人员还可以记认定（A）。别的部门的数据由数据共享送来。',
        en: 'Officers record what was told (申报, D) and what papers show (材料, B where checked at the counter, else C); reviewers also what was decided (认定, A). Data of other departments come by a feed.',
      };
    }
    default:
      if (origin === '申报' && trustClass === 'D') return undefined;
      return { field, zh: '自己填写的是申报，可信等级 D；材料请上传，由工作人员核对。', en: 'What you enter yourself is told (申报, D). Upload papers for staff to check.' };
  }
}

/** What is wrong with the dates of a statement. */
export function checkDates({ asOf, validFrom, validTo }: Pick<NewStatement, 'asOf' | 'validFrom' | 'validTo'>, today: string): readonly ErrorDetail[] {
  const details: ErrorDetail[] = [];
  if (asOf > today) details.push({ field: 'asOf', zh: `数据的日期 ${asOf} 还没有到，请核对。`, en: `The date of the data, ${asOf}, is still to come; check it.` });
  if (typeof validFrom === 'string' && typeof validTo === 'string' && validTo < validFrom) {
    details.push({ field: 'validTo', zh: `有效期的最后一天 ${validTo} 早于第一天 ${validFrom}，请核对。`, en: `The last day ${validTo} is before the first, ${validFrom}; check them.` });
  }
  return details;
}

/** Makes a statement's row: sensitive values sealed, the others as they are. */
export function sealStatement(protector: Protector, tenantId: number, statement: FactStatement): StatementRow {
  const { facts, ...rest } = statement;
  const { plain, sensitive } = splitSensitive(facts);
  const place = { tenantId, table: 'fact_statements', column: 'sensitive_sealed', row: rowOf(statement.partyId, statement.statementId) };
  const sensitiveSealed = Object.keys(sensitive).length === 0 ? null : protector.seal(place, JSON.stringify(sensitive));
  return { ...rest, facts: plain, sensitiveSealed };
}

/** A statement with all its values, sensitive ones included. */
export function openStatement(protector: Protector, tenantId: number, row: StatementRow): FactStatement {
  const { sensitiveSealed, ...rest } = row;
  if (sensitiveSealed === null) return rest;
  const place = { tenantId, table: 'fact_statements', column: 'sensitive_sealed', row: rowOf(row.partyId, row.statementId) };
  const sensitive = JSON.parse(protector.openText(place, sensitiveSealed)) as Record<string, unknown>;
  return { ...rest, facts: { ...row.facts, ...sensitive } };
}

// Seeded decisions: what the grants, refusals and revocations of seeded cases leave behind, signed as every decision is. Nothing of the person was judged.
import { appealBody, makeCode, numberOfDecision, sealDecision, type StoredDecision } from '../domains/decisions/index.ts';
import type { Protector } from '../domains/protection/index.ts';
import { dayOf } from '../domains/registry/index.ts';
import type { Language } from '../policy/index.ts';
import type { CopyRows } from './copy-rows.ts';
import type { SeededCase, SeededFiling } from './seeded-cases.ts';

/** A department that decides, with where it belongs. */
interface DecidingDepartment {
  readonly name: string;
  readonly jurisdiction: { readonly code: string; readonly name: string };
}

/** The city whose departments decide. */
export interface DecidingCity {
  readonly name: string;
  readonly departments: ReadonlyMap<string, DecidingDepartment>;
}

/** A decision before it has its number. */
export interface UnnumberedDecision {
  readonly filing: SeededFiling;
  readonly stored: Omit<StoredDecision, 'number'>;
  readonly reasons: string;
  readonly follows: Pick<UnnumberedDecision, 'stored'> | null;
}

/** Columns of the table, in the order in which `addDecision` writes them. */
export const decisionColumns = [
  'tenant_id', 'decision_id', 'case_id', 'case_number', 'department_id', 'number_year', 'number_count', 'number', 'kind', 'follows_decision_id', 'party_id', 'applicant_id', 'employer_id', 'jurisdiction_code',
  'policy_id', 'benefit_id', 'pack_hash', 'judged_on', 'parameters', 'readings', 'status', 'amount_fen', 'quantity', 'unit', 'instalments', 'facts_sealed', 'explanation_sealed', 'letter_sealed', 'decided_by',
  'decided_at', 'code_digest', 'code_sealed', 'digest', 'signature', 'signature_key',
] as const;

const kinds = { granted: 'grant', refused: 'refuse', revoked: 'revoke' } as const;

/** The decisions of a case, in their order. */
export function decisionsOf(filing: SeededFiling, { row, events, texts }: SeededCase): readonly UnnumberedDecision[] {
  const { benefit } = filing;
  const made: UnnumberedDecision[] = [];
  for (const event of events) {
    if (event.kind !== 'granted' && event.kind !== 'refused' && event.kind !== 'revoked') continue;
    const { decisionId, textId } = event.data;
    const kind = kinds[event.kind];
    const amountFen = event.kind === 'granted' ? event.data.amountFen : null;
    const follows = kind === 'revoke' ? (made.at(-1) ?? null) : null;
    made.push({
      filing,
      follows,
      reasons: texts.find((text) => text.textId === textId)?.words ?? '',
      stored: {
        decisionId,
        caseId: row.caseId,
        caseNumber: row.caseNumber,
        kind,
        followsDecisionId: follows?.stored.decisionId ?? null,
        partyId: row.subjectId,
        applicantId: row.applicantId === row.subjectId ? null : row.applicantId,
        employerId: row.employerId,
        jurisdictionCode: row.jurisdictionCode,
        departmentId: event.actor.departmentId ?? row.progress.plan.decideBy.departmentId,
        policyId: row.policyId,
        benefitId: row.benefitId,
        packHash: row.packHash,
        on: dayOf(event.at),
        parameters: benefit.told.parameters,
        readings: benefit.told.readings,
        status: row.engineStatus,
        amountFen,
        quantity: null,
        unit: amountFen === null ? null : 'fen',
        instalments: [],
        decidedBy: event.actor.accountId ?? 'job:seed',
        decidedAt: event.at,
      },
    });
  }
  return made;
}

/** Seals a decision and adds its row. @param numberOf the number of a decision made before, by its id @returns its number, of a count in its department's year */
export function addDecision(rows: CopyRows, tenantId: number, protector: Protector, city: DecidingCity, { filing, stored, reasons, follows }: UnnumberedDecision, count: number, numberOf: (decisionId: string) => string): string {
  const { benefit, subject } = filing;
  const { told } = benefit;
  const department = city.departments.get(stored.departmentId) ?? { name: city.name, jurisdiction: { code: stored.jurisdictionCode, name: city.name } };
  const year = Number(stored.on.slice(0, 4));
  const number = numberOfDecision(department.name, year, count);
  const explained = (language: Language) => ({ date: stored.on, benefit: { ...told.explained[language], status: stored.status }, definitions: {}, facts: {} });
  const whole: StoredDecision = { ...stored, number };
  const sealed = sealDecision(protector, tenantId, whole, {
    facts: { id: stored.partyId, subject: 'person', facts: {}, origins: {}, withheld: [] },
    explanation: { zh: explained('zh'), en: explained('en') },
    letter: {
      toName: subject.name,
      toNumber: null,
      employerName: subject.employerName,
      departmentName: department.name,
      cityName: city.name,
      policyTitle: told.policyTitle,
      benefitTitle: told.benefitTitle,
      clause: told.clause,
      conditions: { zh: [], en: [] },
      checkedBefore: null,
      reasons,
      jurisdictions: {},
      appealTo: appealBody(department.jurisdiction, city.name),
      follows: follows === null ? null : { number: numberOf(follows.stored.decisionId), on: follows.stored.on },
    },
    code: makeCode(),
  });
  rows.row(decisionColumns.length)
    .integer(tenantId).uuid(whole.decisionId).uuid(whole.caseId).text(whole.caseNumber).uuid(whole.departmentId).integer(year).integer(count).text(number).text(whole.kind).uuid(whole.followsDecisionId)
    .uuid(whole.partyId).uuid(whole.applicantId).uuid(whole.employerId).text(whole.jurisdictionCode).text(whole.policyId).text(whole.benefitId).text(whole.packHash).date(whole.on)
    .jsonb(whole.parameters).jsonb(whole.readings).text(whole.status);
  (whole.amountFen === null ? rows.null() : rows.bigint(whole.amountFen)).null().text(whole.unit).jsonb(whole.instalments)
    .bytes(sealed.factsSealed).bytes(sealed.explanationSealed).bytes(sealed.letterSealed).text(whole.decidedBy).instant(whole.decidedAt.getTime())
    .bytes(sealed.codeDigest).bytes(sealed.codeSealed).bytes(sealed.digest).bytes(sealed.signature).text(sealed.signatureKey);
  return number;
}

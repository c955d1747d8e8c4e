// Seals a decision and proves it whole: where its sealed values stand, what is signed, and whether a stored one is still what was signed.

import type { Protector } from '../protection/index.ts';
import { rowOf } from '../protection/index.ts';
import type { Language } from '../../policy/index.ts';
import type { EvaluationSubject, KeptExplanation, LetterMatter, OpenedDecision, StoredDecision } from './decision.ts';
import type { DecisionRow } from './decisions-store.ts';
import { spell } from './spell.ts';
import { groupCode } from './verification-code.ts';

type SealedColumnName = 'facts_sealed' | 'explanation_sealed' | 'letter_sealed' | 'code_sealed';

/** What of a decision is sealed. */
export interface SealedMatter {
  readonly facts: EvaluationSubject;
  readonly explanation: Readonly<Record<Language, KeptExplanation>>;
  readonly letter: LetterMatter;
  /** Without groups. */
  readonly code: string;
}

function placeOf(tenantId: number, decisionId: string, column: SealedColumnName) {
  return { tenantId, table: 'decisions', column, row: rowOf(decisionId) };
}

/** The sealed columns, and the proof over everything. */
export function sealDecision(protector: Protector, tenantId: number, stored: StoredDecision, matter: SealedMatter): Pick<DecisionRow, 'factsSealed' | 'explanationSealed' | 'letterSealed' | 'codeSealed' | 'codeDigest' | 'digest' | 'signature' | 'signatureKey'> {
  const seal = (column: SealedColumnName, plain: string): Uint8Array => protector.seal(placeOf(tenantId, stored.decisionId, column), plain);
  const digest = digestOf(protector, tenantId, stored, matter);
  const { keyId, signature } = protector.sign(digest);
  return {
    factsSealed: seal('facts_sealed', JSON.stringify(matter.facts)),
    explanationSealed: seal('explanation_sealed', JSON.stringify(matter.explanation)),
    letterSealed: seal('letter_sealed', JSON.stringify(matter.letter)),
    codeSealed: seal('code_sealed', matter.code),
    codeDigest: digestOfCode(protector, tenantId, matter.code),
    digest,
    signature,
    signatureKey: keyId,
  };
}

/** Under what a code is looked for. */
export function digestOfCode(protector: Protector, tenantId: number, code: string): Uint8Array {
  return protector.digest(tenantId, `decision-code:${code}`);
}

/** A stored decision, opened, with whether it is what was signed. */
export function openDecision(protector: Protector, tenantId: number, row: DecisionRow): OpenedDecision {
  const open = (column: SealedColumnName, sealed: Uint8Array): string => protector.openText(placeOf(tenantId, row.decisionId, column), sealed);
  const matter: SealedMatter = {
    facts: JSON.parse(open('facts_sealed', row.factsSealed)) as EvaluationSubject,
    explanation: JSON.parse(open('explanation_sealed', row.explanationSealed)) as SealedMatter['explanation'],
    letter: JSON.parse(open('letter_sealed', row.letterSealed)) as LetterMatter,
    code: open('code_sealed', row.codeSealed),
  };
  const stored = storedOf(row);
  const digest = digestOf(protector, tenantId, stored, matter);
  const isIntact = Buffer.from(digest).equals(row.digest) && protector.verify(row.digest, row.signatureKey, row.signature);
  const { code, ...shown } = matter;
  return { ...stored, ...shown, verificationCode: groupCode(code), isIntact };
}

/** The columns of a row that are not sealed. */
function storedOf(row: DecisionRow): StoredDecision {
  const { factsSealed: _facts, explanationSealed: _explanation, letterSealed: _letter, codeSealed: _code, codeDigest: _looked, digest: _digest, signature: _signature, signatureKey: _key, ...stored } = row;
  return stored;
}

/** What is signed: every column and every sealed value as it was, in one spelling. */
function digestOf(protector: Protector, tenantId: number, stored: StoredDecision, matter: SealedMatter): Uint8Array {
  return protector.digest(tenantId, `decision:${spell({ ...stored, ...matter, decidedAt: stored.decidedAt.toISOString() })}`);
}

// Seals what people write about a case, and opens it again.

import type { Protector } from '../protection/index.ts';
import { rowOf } from '../protection/index.ts';

interface TextKey {
  readonly caseId: string;
  readonly textId: string;
}

/** Seals a text for its row. */
export function sealText(protector: Protector, tenantId: number, key: TextKey, text: string): Uint8Array {
  return protector.seal(placeOf(tenantId, key), text);
}

/** Opens a text of a row. */
export function openText(protector: Protector, tenantId: number, key: TextKey, sealed: Uint8Array): string {
  return protector.openText(placeOf(tenantId, key), sealed);
}

function placeOf(tenantId: number, { caseId, textId }: TextKey) {
  return { tenantId, table: 'case_texts', column: 'text_sealed', row: rowOf(caseId, textId) };
}

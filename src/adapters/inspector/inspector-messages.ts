// What the server and its inspector process tell each other.

import type { Inspection, PaperType } from '../../domains/evidence/index.ts';

/** A request to the inspector process. */
export type InspectorRequest =
  | { readonly kind: 'inspect'; readonly content: Uint8Array; readonly extension: string }
  | { readonly kind: 'draw'; readonly content: Uint8Array; readonly type: PaperType; readonly page: number; readonly widthPixels: number };

/** Its answer. */
export type InspectorAnswer =
  | { readonly kind: 'inspected'; readonly inspection: Inspection }
  | { readonly kind: 'drawn'; readonly picture: Uint8Array | undefined }
  /** The file made a decoder throw where nobody expected it. */
  | { readonly kind: 'failed'; readonly message: string };

// What the use cases of decisions stand on.

import type { SendMessage } from '../messages/index.ts';
import type { Packs } from '../packs/index.ts';
import type { Protector } from '../protection/index.ts';
import type { RegistryTools } from '../registry/index.ts';
import type { PrintLetter } from './letter.ts';

/** What recording needs. */
export interface RecordingTools {
  readonly protector: Protector;
  /** Tells the person, in the transaction of the decision. */
  readonly sendMessage: SendMessage;
}

/** Ports and settings of this domain. */
export interface DecisionParts extends RecordingTools {
  readonly registry: RegistryTools;
  readonly packs: Packs;
  readonly printLetter: PrintLetter;
}

// What the use cases of decisions stand on.

import type { Tx } from '../../storage/database.ts';
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
  /** The English name of a department by its code, as far as the city's pack has one: nothing is romanised. */
  readonly englishName?: (departmentCode: string) => string | undefined;
}

/** Ports and settings of this domain. */
export interface DecisionParts extends RecordingTools {
  readonly registry: RegistryTools;
  readonly packs: Packs;
  readonly printLetter: PrintLetter;
  /** The characters of a text that its letter could not show, each once. */
  readonly findUnprintable: (text: string) => readonly string[];
  /** Whether a city is a demonstration, whose letters must not pass for real ones. */
  readonly isDemonstration: (tx: Tx, tenantId: number) => Promise<boolean>;
}

// What the use cases of publicity stand on.

import type { CaseTools } from '../cases/index.ts';
import type { DecisionParts } from '../decisions/index.ts';
import type { SendMessage } from '../messages/index.ts';
import type { Protector } from '../protection/index.ts';

/** Ports and settings of this domain. */
export interface PublicityParts {
  readonly protector: Protector;
  /** Cases are begun, ended, held and released through their own functions; their calendar counts the days. */
  readonly cases: CaseTools;
  readonly decisions: DecisionParts;
  readonly sendMessage: SendMessage;
}

// What the use cases of the registry work with, and the port by which other domains take part in a person's rights.
import type { Tx } from '../../storage/database.ts';
import type { Scope } from '../permissions/index.ts';
import type { Protector } from '../protection/index.ts';
import type { FactBook } from './fact-book.ts';
import type { MergeGuard } from './merge-guard.ts';
import type { Papers } from './papers-port.ts';

/** What another domain keeps of a party because law asks for it. */
export interface KeptByLaw {
  readonly what: { readonly zh: string; readonly en: string };
  readonly why: { readonly zh: string; readonly en: string };
  /** The last day, `YYYY-MM-DD`; null where the end is not known yet. */
  readonly until: string | null;
  /** Whether name and identity number have to stay with it. */
  readonly needsIdentity: boolean;
}

/** A domain that holds data of parties besides the registry: asked when a person wants to be deleted. */
export interface DeletionParticipant {
  /** What has to stay, and why. */
  findKept(tx: Tx, scope: Scope<'subject-request.answer'>, partyIds: readonly string[]): Promise<readonly KeptByLaw[]>;
  /** Deletes everything else; gives the number of things that went. */
  deleteRest(tx: Tx, scope: Scope<'subject-request.answer'>, partyIds: readonly string[]): Promise<number>;
  /** What it holds of the parties, for the person's own copy: headings with rows of plain values. */
  describeHeld(tx: Tx, scope: Scope<'held-data.read'>, partyIds: readonly string[]): Promise<readonly HeldPart[]>;
}

/** A part of what is held of a person, for people and machines to read. */
export interface HeldPart {
  /** Names the part in the machine-readable copy. */
  readonly key: string;
  readonly title: { readonly zh: string; readonly en: string };
  readonly rows: readonly Readonly<Record<string, unknown>>[];
}

/** What the use cases of the registry work with; made once when the server starts. */
export interface RegistryTools {
  readonly protector: Protector;
  readonly factBook: FactBook;
  readonly participants?: readonly DeletionParticipant[];
  /** Who keeps papers; without it nothing can rest on one. */
  readonly papers?: Papers;
  /** Who has to be asked before two records become one. */
  readonly mergeGuard?: MergeGuard;
}

// The port by which the registry and access ask whether a paper may be rested on; papers are kept by a domain above them.
import { Refusal } from '../../contract/errors.ts';
import type { Tx } from '../../storage/database.ts';
import type { Scope } from '../permissions/index.ts';

/** The paper that somebody names, and what it is to prove. */
export interface NamedPaper {
  readonly evidenceId: string;
  /** Whose paper it may be: any of the parties that it is to prove something of, by any of their ids. */
  readonly partyIds: readonly string[];
  /** The day, `YYYY-MM-DD`, until which it has to be valid. */
  readonly on: string;
  /** The facts that it is to prove, by their names in the vocabulary; a kind of paper that proves other facts does not serve. */
  readonly facts?: readonly string[];
  /** The kinds of paper that serve, where the procedure says which; absent: any. */
  readonly kinds?: readonly string[];
}

/** Looks papers up before something rests on them. */
export interface Papers {
  /**
   * The paper is there, accepted, one of these parties' own, not expired, and of a kind that serves; it cannot be taken back until the transaction ends.
   * @throws Refusal evidence-unfit: a paper of somebody else is told like one that is not there.
   */
  require(tx: Tx, scope: Scope, named: NamedPaper): Promise<void>;
}

/** Where papers are not kept: no paper can be rested on. */
export const noPapers: Papers = { require: (_tx, _scope, { evidenceId }) => Promise.reject(refuseUnknown(evidenceId)) };

/** Why a paper that is not there, or somebody else's, cannot be rested on. */
export function refuseUnknown(evidenceId: string): Refusal {
  return new Refusal('evidence-unfit', { evidenceId }, [
    { field: 'evidenceId', zh: '当事人名下没有这份材料。请先上传到当事人名下，再填它的编号。', en: 'None of those concerned has such a paper. Upload it as theirs first, and give its id.' },
  ]);
}

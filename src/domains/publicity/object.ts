// Objections: anybody makes one against an entry that is shown, which holds that case and no other; officers answer, which may release it.

import { readMobileNumber } from '../../contract/identity-number.ts';
import { Refusal } from '../../contract/errors.ts';
import { newId, type Tx } from '../../storage/database.ts';
import { hold, release } from '../cases/index.ts';
import { getDecision, groupCode, makeCode, readCode } from '../decisions/index.ts';
import { jobScope, type Scope } from '../permissions/index.ts';
import type { Protector } from '../protection/index.ts';
import { nameActor } from '../registry/index.ts';
import { holdsCase, isFoundIn, mayAnswer, type ObjectionOutcome, type ObjectorContact, type PublicList } from './publicity.ts';
import type { PublicityParts } from './publicity-parts.ts';
import { findByReceipt, findEntry, findObjection, insertObjection, listObjections, lockObjection, type ObjectionQuestion, type ObjectionRow, readEntries, readLists, writeAnswer } from './publicity-store.ts';
import { objectionPlace } from './sealed-columns.ts';
import { getShownList, isInPublication, openEntry, type OpenedEntry } from './view-lists.ts';

const JOB = 'publicity';

/** What somebody objects with. */
export interface NewObjection {
  readonly listId: string;
  readonly entryId: string;
  readonly text: string;
  readonly contact: ObjectorContact;
  readonly language: 'zh' | 'en';
}

/**
 * Makes an objection: the entry's case is held from now on, and no other.
 * @returns its id, and the code of the receipt, which is kept nowhere: only its keyed digest is
 * @throws Refusal not-found where the list is not shown or the entry does not stand
 */
export async function makeObjection(tx: Tx, scope: Scope<'objection.make'>, parts: PublicityParts, made: NewObjection, now: Date): Promise<{ readonly objectionId: string; readonly receipt: string }> {
  const { tenantId } = scope;
  const list = await getShownList(tx, scope, made.listId, now);
  const entry = await findEntry(tx, scope, made.listId, made.entryId);
  if (entry === undefined || !(await isInPublication(tx, tenantId, made.listId, entry))) throw new Refusal('not-found');
  const objectionId = newId();
  const code = makeCode();
  const seal = (column: 'text_sealed' | 'contact_sealed', plain: string): Uint8Array => parts.protector.seal(objectionPlace(tenantId, objectionId, column), plain);
  await insertObjection(
    tx,
    scope,
    {
      objectionId,
      listId: list.listId,
      entryId: entry.entryId,
      caseId: entry.caseId,
      jurisdictionCode: list.jurisdictionCode,
      state: 'open',
      textSealed: seal('text_sealed', made.text),
      contactSealed: seal('contact_sealed', JSON.stringify(made.contact)),
      language: made.language,
      answerSealed: null,
      answeredBy: null,
      departmentId: null,
      answeredAt: null,
      madeAt: now,
      version: 1,
    },
    digestOfReceipt(parts.protector, tenantId, code),
  );
  await hold(tx, jobScope(tenantId, JOB, 'case.hold'), parts.cases, entry.caseId, { reason: 'objection', referenceId: objectionId }, now);
  return { objectionId, receipt: groupCode(code) };
}

function digestOfReceipt(protector: Protector, tenantId: number, code: string): Uint8Array {
  return protector.digest(tenantId, `objection-receipt:${code}`);
}

/** An objection, opened. */
export interface OpenedObjection extends Omit<ObjectionRow, 'textSealed' | 'contactSealed' | 'answerSealed'> {
  readonly text: string;
  readonly contact: ObjectorContact;
  readonly answer: string | null;
  readonly list: PublicList;
  readonly entry: OpenedEntry;
}

/** An objection whole, for officers. @throws Refusal not-found. */
export async function readObjection(tx: Tx, scope: Scope<'objection.read'>, parts: PublicityParts, objectionId: string): Promise<OpenedObjection> {
  const row = await findObjection(tx, scope, objectionId);
  if (row === undefined) throw new Refusal('not-found');
  return openObjection(tx, scope, parts, row);
}

/** Opens a row and what it is about. */
async function openObjection(tx: Tx, scope: Scope<'objection.read' | 'objection.make'>, parts: Pick<PublicityParts, 'protector'>, row: ObjectionRow): Promise<OpenedObjection> {
  const [opened] = await openObjections(tx, scope, parts, [row]);
  if (opened === undefined) throw new Refusal('not-found');
  return opened;
}

/** Opens rows and what they are about, all at once, in their order. */
async function openObjections(tx: Tx, scope: Scope<'objection.read' | 'objection.make'>, { protector }: Pick<PublicityParts, 'protector'>, rows: readonly ObjectionRow[]): Promise<readonly OpenedObjection[]> {
  const { tenantId } = scope;
  const listIds = [...new Set(rows.map(({ listId }) => listId))];
  const lists = new Map((await readLists(tx, scope, listIds)).map((list) => [list.listId, list]));
  const entries = new Map((await readEntries(tx, scope, listIds, [...new Set(rows.map(({ entryId }) => entryId))])).map((entry) => [entry.entryId, entry]));
  return rows.flatMap((row) => {
    const { textSealed, contactSealed, answerSealed, ...rest } = row;
    const open = (column: 'text_sealed' | 'contact_sealed' | 'answer_sealed', sealed: Uint8Array): string => protector.openText(objectionPlace(tenantId, row.objectionId, column), sealed);
    const [list, entry] = [lists.get(row.listId), entries.get(row.entryId)];
    if (list === undefined || entry === undefined) return [];
    return [{
      ...rest,
      text: open('text_sealed', textSealed),
      contact: JSON.parse(open('contact_sealed', contactSealed)) as ObjectorContact,
      answer: answerSealed === null ? null : open('answer_sealed', answerSealed),
      list,
      entry: openEntry({ protector }, tenantId, row.listId, entry),
    }];
  });
}

/** Which objections to show: the question of the store, with part of a name. */
export type ObjectionFilter = ObjectionQuestion & { readonly q: string };

/** Names are sealed, so what is looked for is found by reading through: this many at once. */
const OPENED_AT_ONCE = 200;

/** A page of objections, and the id after which the next one begins. */
export async function pageObjections(tx: Tx, scope: Scope<'objection.read'>, parts: Pick<PublicityParts, 'protector'>, { q, ...question }: ObjectionFilter): Promise<{ readonly objections: readonly OpenedObjection[]; readonly next: string | null }> {
  const { limit } = question;
  const found: OpenedObjection[] = [];
  const atOnce = q === '' ? limit + 1 : OPENED_AT_ONCE;
  for (let { after } = question; ; ) {
    const rows = await listObjections(tx, scope, { ...question, after, limit: atOnce });
    found.push(...(await openObjections(tx, scope, parts, rows)).filter(({ entry }) => isFoundIn(q, entry.name, entry.employerName)));
    if (found.length > limit) return { objections: found.slice(0, limit), next: found[limit - 1]?.objectionId ?? null };
    if (rows.length < atOnce) return { objections: found, next: null };
    after = rows.at(-1)?.objectionId;
  }
}

/** What became of an objection, for whoever holds its receipt. @throws Refusal objection-unknown-code, alike for what is no code. */
export async function readReceipt(tx: Tx, scope: Scope<'objection.make'>, parts: Pick<PublicityParts, 'protector'>, typed: string): Promise<OpenedObjection> {
  const code = readCode(typed);
  const row = await findByReceipt(tx, scope, digestOfReceipt(parts.protector, scope.tenantId, code ?? ''));
  if (code === undefined || row === undefined) throw new Refusal('objection-unknown-code');
  return openObjection(tx, scope, parts, row);
}

/**
 * Answers an objection. Dismissed or put right, its hold is released, and the case goes on unless something else holds it; upheld, it stays.
 * Whoever decided the case does not answer.
 * @throws Refusal not-found, changed-meanwhile, objection-not-upheld, objection-answered, own-hands-refused
 */
export async function answerObjection(
  tx: Tx,
  scope: Scope<'objection.answer'>,
  parts: PublicityParts,
  objectionId: string,
  { outcome, text, version }: { readonly outcome: ObjectionOutcome; readonly text: string; readonly version: number },
  now: Date,
): Promise<void> {
  const { tenantId, actor } = scope;
  const row = await lockObjection(tx, scope, objectionId);
  if (row === undefined || actor.capacity.kind !== 'officer') throw new Refusal('not-found');
  if (row.version !== version) throw new Refusal('changed-meanwhile');
  if (row.state === 'open' && outcome === 'remedied') throw new Refusal('objection-not-upheld');
  if (!mayAnswer(row.state, outcome)) throw new Refusal('objection-answered', { state: row.state });
  const entry = await findEntry(tx, scope, row.listId, row.entryId);
  const decision = await getDecision(tx, jobScope(tenantId, JOB, 'decision.read'), parts.decisions, entry?.decisionId ?? '');
  const answeredBy = nameActor(actor);
  if (decision.decidedBy === answeredBy) throw new Refusal('own-hands-refused');
  const answerSealed = parts.protector.seal(objectionPlace(tenantId, objectionId, 'answer_sealed'), text);
  await writeAnswer(tx, scope, objectionId, { state: outcome, answerSealed, answeredBy, departmentId: actor.capacity.departmentId, at: now });
  if (!holdsCase(outcome)) await release(tx, jobScope(tenantId, JOB, 'case.hold'), parts.cases, row.caseId, { referenceId: objectionId }, now);
  const { reach } = JSON.parse(parts.protector.openText(objectionPlace(tenantId, objectionId, 'contact_sealed'), row.contactSealed)) as ObjectorContact;
  const phone = readMobileNumber(reach);
  if (phone !== undefined) await parts.sendMessage(tx, scope, { to: { phone, language: row.language }, template: 'objection.answered', values: {}, about: { kind: 'objection', id: objectionId } });
}

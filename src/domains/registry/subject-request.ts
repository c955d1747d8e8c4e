// People's requests about their own data: asked, answered in time, and deletion that says what law keeps.
import { Refusal } from '../../contract/errors.ts';
import { addDays, addYears, formatDate, parseDate } from '../../policy/calendar.ts';
import { newId, type Tx } from '../../storage/database.ts';
import type { Scope } from '../permissions/index.ts';
import { rowOf } from '../protection/index.ts';
import { deleteBankAccounts } from './bank-account-store.ts';
import { deleteRelations } from './employment-store.ts';
import { deleteStatements } from './fact-store.ts';
import { dayOf, nameActor } from './party.ts';
import { getPartyInReach, lockParties, markDeleted } from './party-store.ts';
import { refreshSearch } from './refresh-search.ts';
import type { KeptByLaw, RegistryTools } from './registry-tools.ts';
import { answerRequestRow, clearRequestWords, erasePeople, insertRequest, readRequests, type RequestAnswer, type RequestKind, type RequestOutcome, type RequestRow } from './request-store.ts';

/** Days in which a request is answered: GB/T 35273-2020 8.7 asks for thirty at most. */
const DAYS_TO_ANSWER = 30;
/** A claim under civil law ends after three years (民法典 第一百八十八条): so long the city proves that it was allowed to hold the data. */
const YEARS_OF_PROOF = 3;

const DELETED_NAME = '（已删除）';

/** A request as people see it. */
export interface RequestView extends Omit<RequestRow, 'wordsSealed'> {
  readonly words: string | null;
}

/** Asks for a copy, a correction or a deletion. @throws Refusal not-found. */
export async function askForData(
  tx: Tx,
  scope: Scope<'subject-request.ask'>,
  { protector }: RegistryTools,
  partyId: string,
  { kind, words }: { readonly kind: RequestKind; readonly words?: string | undefined },
  now: Date,
): Promise<{ readonly partyId: string; readonly requestId: string; readonly dueOn: string }> {
  const party = await getPartyInReach(tx, scope, partyId, 'own');
  if (party.kind !== 'person') throw new Refusal('not-found');
  const requestId = newId();
  const dueOn = formatDate(addDays(parseDate(dayOf(now)) ?? 0, DAYS_TO_ANSWER));
  const place = { tenantId: scope.tenantId, table: 'subject_requests', column: 'words_sealed', row: rowOf(party.partyId, requestId) };
  await insertRequest(tx, scope, {
    partyId: party.partyId,
    requestId,
    kind,
    wordsSealed: words === undefined || words.trim() === '' ? null : protector.seal(place, words.trim()),
    askedAt: now,
    askedBy: nameActor(scope.actor),
    dueOn,
    answeredAt: null,
    answeredBy: null,
    outcome: null,
    answer: null,
  });
  return { partyId: party.partyId, requestId, dueOn };
}

/** A request with its words opened. */
export function viewRequest({ protector }: RegistryTools, tenantId: number, { wordsSealed, ...request }: RequestRow): RequestView {
  const place = { tenantId, table: 'subject_requests', column: 'words_sealed', row: rowOf(request.partyId, request.requestId) };
  return { ...request, words: wordsSealed === null ? null : protector.openText(place, wordsSealed) };
}

/** The requests of a person. @throws Refusal not-found. */
export async function listRequests(tx: Tx, scope: Scope<'subject-request.read'>, tools: RegistryTools, partyId: string): Promise<readonly RequestView[]> {
  const party = await getPartyInReach(tx, scope, partyId, 'own');
  return (await readRequests(tx, scope, party.ids)).map((request) => viewRequest(tools, scope.tenantId, request));
}

/** What staff decides about a request. */
export interface AnswerInput {
  /** For a deletion `agree` deletes what law does not keep; whether that is all of it is found out. */
  readonly decision: 'agree' | 'refuse';
  readonly words: string;
}

/**
 * Answers a request. Agreeing to a deletion carries it out: what law keeps is named with its reason and its last day, everything else goes.
 * @throws Refusal not-found, request-answered.
 */
export async function answerRequest(
  tx: Tx,
  scope: Scope<'subject-request.answer'>,
  tools: RegistryTools,
  partyId: string,
  requestId: string,
  { decision, words }: AnswerInput,
  now: Date,
): Promise<{ readonly partyId: string; readonly outcome: RequestOutcome; readonly answer: RequestAnswer }> {
  const party = await getPartyInReach(tx, scope, partyId, 'own');
  await lockParties(tx, scope, party.ids);
  const request = (await readRequests(tx, scope, party.ids)).find((one) => one.requestId === requestId);
  if (request === undefined) throw new Refusal('not-found');
  if (request.answeredAt !== null) throw new Refusal('request-answered');
  const result: { outcome: RequestOutcome; answer: RequestAnswer } =
    decision === 'refuse'
      ? { outcome: 'refused', answer: { words } }
      : request.kind === 'delete'
        ? await deletePerson(tx, scope, tools, party.ids, words, now)
        : { outcome: 'done', answer: { words } };
  const isFirst = await answerRequestRow(tx, scope, request.partyId, requestId, { ...result, by: nameActor(scope.actor), now });
  if (!isFirst) throw new Refusal('request-answered');
  return { partyId: party.partyId, ...result };
}

/** Deletes a person as far as law allows. */
async function deletePerson(
  tx: Tx,
  scope: Scope<'subject-request.answer'>,
  tools: RegistryTools,
  partyIds: readonly string[],
  words: string,
  now: Date,
): Promise<{ outcome: RequestOutcome; answer: RequestAnswer }> {
  const kept: KeptByLaw[] = [...keptByRegistry(now)];
  const byOthers: KeptByLaw[] = [];
  for (const participant of tools.participants ?? []) byOthers.push(...(await participant.findKept(tx, scope, partyIds)));
  const keepIdentity = byOthers.some((one) => one.needsIdentity);
  let deleted = 0;
  for (const participant of tools.participants ?? []) deleted += await participant.deleteRest(tx, scope, partyIds);
  deleted += await deleteStatements(tx, scope, partyIds);
  deleted += await deleteRelations(tx, scope, partyIds);
  deleted += await deleteBankAccounts(tx, scope, partyIds);
  deleted += await erasePeople(tx, scope, partyIds, { keepIdentity, name: DELETED_NAME });
  await clearRequestWords(tx, scope, partyIds);
  // With something of others left to settle the person stays findable by whoever settles it.
  if (!keepIdentity) await markDeleted(tx, scope, partyIds, now);
  await refreshSearch(tx, scope, tools, 'person', partyIds);
  const all = [...kept, ...byOthers];
  return {
    outcome: keepIdentity ? 'partly' : 'done',
    answer: { words, deleted, kept: all.map(({ what, why, until }) => ({ what, why, until })) },
  };
}

/** What the registry itself keeps; none of it holds personal values. */
function keptByRegistry(now: Date): readonly KeptByLaw[] {
  const today = parseDate(dayOf(now)) ?? 0;
  return [
    {
      what: { zh: '同意和请求的记录（不含个人信息的内容）', en: 'the record of consents and requests, without personal data in it' },
      why: {
        zh: '《个人信息保护法》第六十九条由处理者证明没有过错，《民法典》第一百八十八条诉讼时效三年',
        en: 'Personal Information Protection Law article 69: the processor proves that it is not at fault; Civil Code article 188: claims end after three years',
      },
      until: formatDate(addYears(today, YEARS_OF_PROOF)),
      needsIdentity: false,
    },
    {
      what: { zh: '审计记录（只有编号，不含姓名和号码）', en: 'the audit trail, which holds ids and neither names nor numbers' },
      why: {
        zh: '《网络安全法》：网络日志留存不少于六个月；GB/T 22239 三级要求审计记录不可删除',
        en: 'Cybersecurity Law: logs are kept for six months or longer; GB/T 22239 level three: the trail cannot be deleted',
      },
      until: null,
      needsIdentity: false,
    },
  ];
}

// Files one application for several benefits: declares facts, opens a case for each, and tells of those that are under way already.
import { type ErrorDetail, Refusal } from '../../contract/errors.ts';
import type { ChosenBenefit, FiledItem } from '../../contract/intake-endpoints.ts';
import { MOST_PROMISED_DAYS } from '../../contract/promised-days.ts';
import { newId, type Tx } from '../../storage/database.ts';
import { onceSent } from '../../storage/gather.ts';
import { listTakenPlaces, openCases, openNewApplication, type OpenedCase, readDirectory } from '../cases/index.ts';
import { type Scope, scopeAlso, scopeFor } from '../permissions/index.ts';
import { dayOf, recordStatement } from '../registry/index.ts';
import { expectedFenOf, type OfferedBenefit, offeredOf, reasonsOf, resultOf } from './choose-benefits.ts';
import type { IntakeParts, Language } from './intake-parts.ts';
import { insertPromises, type OfferedPromise } from './intake-store.ts';
import { type Applicant, placeApplicant, reachSubject } from './reach-applicant.ts';
import { readRecord, seeFacts, seesRecord } from './see-facts.ts';

/** What is asked for. */
export interface Asking {
  readonly subjectId: string | undefined;
  readonly benefits: readonly ChosenBenefit[];
  /** Declared now: 申报, class D. */
  readonly facts: Readonly<Record<string, unknown>>;
  readonly evidenceIds: readonly string[];
  readonly promises: readonly OfferedPromise[];
}

/** What became of it. */
export interface Filed {
  /** null where everything was under way already: then nothing is written, also none of the facts. */
  readonly applicationId: string | null;
  readonly items: readonly FiledItem[];
}

/**
 * Files it in the transaction given.
 * @throws Refusal not-found, application-benefit-unfit, input-invalid, facts-unfit, evidence-unfit, case-department-missing.
 */
export async function fileApplication(tx: Tx, scope: Scope<'application.file'>, parts: IntakeParts, asking: Asking, now: Date, language: Language): Promise<Filed> {
  const today = dayOf(now);
  // What does not hang on each other is asked together: whoever files at the same moment shares the statements, and waits as often.
  const [party, packs, directory] = await Promise.all([reachSubject(tx, scope, asking.subjectId), parts.packs.listInForce(tx, scope, today), readDirectory(tx, scope)]);
  const offered = offeredOf(packs, party.kind, asking.benefits, today);
  checkPromises(asking.promises, today);
  const isDeclaring = Object.keys(asking.facts).length > 0;
  const [applicant, taken, onRecord] = await Promise.all([
    placeApplicant(tx, scope, party, now),
    listTakenPlaces(tx, scope, party.ids),
    isDeclaring || !seesRecord(scope, party) ? undefined : readRecord(tx, scope, parts, party, now),
  ]);
  const { employer, applicantId, jurisdictionCode } = applicant;
  const places = new Map(taken.map((place) => [placeKey(place), place]));
  const free = offered.filter((one) => !places.has(placeKey(keyOf(one))));
  const existing = (one: OfferedBenefit, caseId: string, caseNumber: string | null): FiledItem => ({
    ...keyOf(one), title: one.benefit.title, outcome: 'exists', caseId, caseNumber, engineStatus: null, isUnlikely: false, reasons: [], missing: [], expectedFen: null,
  });
  const opened = new Map<OfferedBenefit, FiledItem>();
  let applicationId: string | null = null;
  if (free.length > 0) {
    applicationId = newId();
    await declareFacts(tx, scope, parts, applicant, asking.facts, now);
    const known = onRecord ?? (await seeFacts(tx, scope, parts, { ...applicant, now }));
    // Sent before the rules are asked, so that the database works meanwhile.
    await openNewApplication(tx, scope, { applicationId, applicantId, channel: applicant.channel, importId: null, jurisdictionCode, filedAt: now });
    const judged = free.map((one) => {
      const evaluated = one.pack.evaluate(known, today);
      return { one, evaluated, result: resultOf(evaluated, one) };
    });
    await insertPromises(tx, scope, applicationId, asking.promises);
    const cases = judged.map(({ one, result }) => ({
      subjectId: party.partyId,
      employerId: employer?.partyId ?? null,
      benefitId: one.benefit.id,
      period: one.period,
      jurisdictionCode,
      pack: one.pack,
      settingsYear: Number(today.slice(0, 4)),
      engineStatus: result.status,
      expectedFen: expectedFenOf(result),
      evidenceIds: [...new Set(asking.evidenceIds)],
    }));
    const [made, reasons] = await Promise.all([
      openCases(tx, scope, parts.cases, { applicationId, applicantId, cases, now, read: { directory, inForce: [party.partyId] } }),
      // A no is put into words while the database writes.
      onceSent(() => judged.map(({ evaluated, result }) => reasonsOf(evaluated, result, language))),
    ]);
    for (const [at, { one, result }] of judged.entries()) {
      const outcome: OpenedCase | undefined = made[at];
      if (outcome === undefined) continue;
      // Somebody was faster between the look and the filing.
      if ('refusal' in outcome) opened.set(one, existing(one, outcome.caseId, null));
      else {
        opened.set(one, {
          ...keyOf(one),
          title: one.benefit.title,
          outcome: 'filed',
          caseId: outcome.caseId,
          caseNumber: outcome.caseNumber,
          engineStatus: result.status,
          isUnlikely: result.status === 'no',
          reasons: [...(reasons[at] ?? [])],
          missing: [...result.missing],
          expectedFen: expectedFenOf(result),
        });
      }
    }
  }
  const items = offered.flatMap((one) => {
    const place = places.get(placeKey(keyOf(one)));
    const item = place === undefined ? opened.get(one) : existing(one, place.caseId, place.caseNumber);
    return item === undefined ? [] : [item];
  });
  return { applicationId, items };
}

interface Place {
  readonly policyId: string;
  readonly benefitId: string;
  readonly period: string;
}

function keyOf({ pack, benefit, period }: OfferedBenefit): Place {
  return { policyId: pack.policyId, benefitId: benefit.id, period };
}

function placeKey({ policyId, benefitId, period }: Place): string {
  return `${policyId}/${benefitId}/${period}`;
}

/** What is promised is named once and comes soon; documents name few of the papers, so any may be promised. @throws Refusal input-invalid. */
function checkPromises(promises: readonly OfferedPromise[], today: string): void {
  if (promises.length === 0) return;
  const last = new Date(Date.parse(today) + MOST_PROMISED_DAYS * 86_400_000).toISOString().slice(0, 10);
  const details = promises.flatMap(({ paper, dueOn }, at): readonly ErrorDetail[] => [
    ...(promises.findIndex((other) => other.paper === paper) === at ? [] : [{ field: `promises.${at}.paper`, zh: `“${paper}”写了两次。`, en: `"${paper}" stands there twice.` }]),
    ...(dueOn > today && dueOn <= last ? [] : [{ field: `promises.${at}.dueOn`, zh: `补交的日期要在今天以后，最晚 ${last}。`, en: `The day has to be after today and ${last} at the latest.` }]),
  ]);
  if (details.length > 0) throw new Refusal('input-invalid', { count: details.length }, details);
}

const EMPLOYER = '用人单位';

/** Records what is declared: of the party itself; what an agent says of the employer, of the organisation. */
async function declareFacts(tx: Tx, scope: Scope<'application.file'>, { registry }: IntakeParts, { party, channel, applicantId }: Applicant, facts: Readonly<Record<string, unknown>>, now: Date): Promise<void> {
  const told = { origin: '申报', trustClass: 'D', purpose: 'eligibility', asOf: dayOf(now) } as const;
  const isEmployees = channel === 'agent' && applicantId !== party.partyId;
  if (!isEmployees) {
    if (Object.keys(facts).length > 0) await recordStatement(tx, scopeAlso(scope, 'fact.record'), registry, { ...told, partyId: party.partyId, facts }, now);
    return;
  }
  const { ofPerson, ofEmployer } = splitFacts(facts);
  // An employer tells of its people what it knows, as it does by a list; reading what others say of them is another matter.
  const { tenantId, actor } = scope;
  const telling = scopeFor({ tenantId, actor: { ...actor, capacity: { kind: 'job', name: 'intake' } } }, 'fact.record');
  if (Object.keys(ofPerson).length > 0) await recordStatement(tx, telling, registry, { ...told, partyId: party.partyId, facts: ofPerson }, now);
  if (Object.keys(ofEmployer).length > 0) await recordStatement(tx, scopeAlso(scope, 'fact.record'), registry, { ...told, partyId: applicantId, facts: ofEmployer }, now);
}

/** Facts of the employer, written flat or in a group, apart from those of the person. */
function splitFacts(facts: Readonly<Record<string, unknown>>): { readonly ofPerson: Record<string, unknown>; readonly ofEmployer: Record<string, unknown> } {
  const ofPerson: Record<string, unknown> = {};
  const ofEmployer: Record<string, unknown> = {};
  for (const [name, value] of Object.entries(facts)) {
    if (name === EMPLOYER && typeof value === 'object' && value !== null && !Array.isArray(value)) Object.assign(ofEmployer, value);
    else if (name.startsWith(`${EMPLOYER}.`)) ofEmployer[name.slice(EMPLOYER.length + 1)] = value;
    else ofPerson[name] = value;
  }
  return { ofPerson, ofEmployer };
}

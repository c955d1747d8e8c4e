// What stands before somebody files: which benefits, what is known and from where, what is missing, which papers are there.
import { Refusal } from '../../contract/errors.ts';
import type { ChosenBenefit, Prefilled } from '../../contract/intake-endpoints.ts';
import { type Benefit, factsLookedAt, type MatterInForce, papersNeeded, tellAmount } from '../../policy/index.ts';
import type { Tx } from '../../storage/database.ts';
import { listTakenPlaces } from '../cases/index.ts';
import { listWanted, validEvidence } from '../evidence/index.ts';
import type { EvaluatedBenefits, PinnedPack } from '../packs/index.ts';
import { jobScope, type Scope } from '../permissions/index.ts';
import { dayOf, type EvaluationSubject } from '../registry/index.ts';
import { offeredOf, periodOf, reasonsOf, resultOf } from './choose-benefits.ts';
import { hearTold } from './hear-told.ts';
import type { IntakeParts, Language } from './intake-parts.ts';
import { tellMissing } from './missing-facts.ts';
import { type Applicant, reachApplicant } from './reach-applicant.ts';
import { seeFacts } from './see-facts.ts';

/** What is asked before filing. */
export interface PrefillQuestion {
  readonly subjectId: string | undefined;
  /** `policy/benefit`, separated by commas. */
  readonly benefits: string | undefined;
  readonly year: number | undefined;
  /** What the caller says and has not declared: it counts where nobody better is on record, and nothing of it is kept. */
  readonly told?: Readonly<Record<string, unknown>>;
}

/** Tells everything that a form needs. @throws Refusal not-found, application-benefit-unfit, facts-unfit. */
export async function prefill(tx: Tx, scope: Scope<'application.file'>, parts: IntakeParts, { subjectId, benefits, year, told = {} }: PrefillQuestion, now: Date, language: Language): Promise<Prefilled> {
  const on = dayOf(now);
  const applicant = await reachApplicant(tx, scope, subjectId, now);
  const { party, employer } = applicant;
  const { capacity } = scope.actor;
  const declaring = { isOrganisation: party.kind === 'organisation', hasEmployer: employer !== undefined, isEmployer: capacity.kind === 'agent' };
  const onRecord = await seeFacts(tx, scope, parts, { ...applicant, now });
  const said = hearTold(onRecord, parts.registry.factBook, told, { kind: party.kind, declaring, on });
  const known = said.subject;
  const packs = await parts.packs.listInForce(tx, scope, on);
  const chosen = offeredOf(packs, party.kind, readChosen(benefits), on);
  const answers = packs.map((pack) => ({ pack, evaluated: pack.evaluate(known, on) }));
  const matters = packs.flatMap((pack) => pack.mattersOn(on));
  const places = await listTakenPlaces(tx, scope, party.ids);
  const isChosen = (policyId: string, benefitId: string): boolean => chosen.some(({ pack, benefit }) => pack.policyId === policyId && benefit.id === benefitId);
  const looked = answers.flatMap(({ pack, evaluated }) =>
    chosen.filter((one) => one.pack === pack).map(({ benefit }) => lookAt(pack, evaluated, benefit)),
  );
  const [vocabulary] = packs.map(({ vocabularies }) => vocabularies[party.kind]);
  const names = new Set(looked.flatMap((one) => one.names));
  const english = new Map((vocabulary?.facts ?? []).map(({ name, en }) => [name, en]));
  return {
    on,
    subject: { partyId: party.partyId, name: party.name, kind: party.kind },
    employer: employer === undefined ? null : { partyId: employer.partyId, name: employer.name },
    benefits: answers.flatMap(({ pack, evaluated }) =>
      evaluated.results.map((result) => {
        const benefit = benefitOf(pack, party.kind, result.benefit);
        const period = periodOf(benefit, year, on);
        const place = places.find((one) => one.policyId === pack.policyId && one.benefitId === benefit.id && one.period === period);
        return {
          policyId: pack.policyId,
          policyTitle: pack.policy.title,
          benefitId: benefit.id,
          title: benefit.title,
          status: result.status,
          amount: result.amount === undefined ? null : { ...result.amount },
          amountWords: tellAmount(result.amount, language),
          period,
          missing: [...result.missing],
          reasons: [...reasonsOf(evaluated, result, language)],
          isChosen: isChosen(pack.policyId, benefit.id),
          underWay: place === undefined ? null : { caseId: place.caseId, caseNumber: place.caseNumber },
          sameMatter: othersOf(matters, `${pack.policyId}/${benefit.id}`),
        };
      }),
    ),
    facts: tellFacts(known, names, english).filter(({ name }) => !said.counted.has(name)),
    missing: vocabulary === undefined ? [] : tellMissing(vocabulary, new Map(looked.map(({ key, missing }) => [key, missing])), declaring),
    papers: await tellPapers(tx, scope, applicant, looked, on),
    withheld: known.withheld.map(({ name }) => name),
    told: [...said.counted].filter(([name]) => names.has(name)).map(([name, value]) => ({ name, en: english.get(name) ?? name, value })),
    leftOut: said.leftOut.map(({ name, because }) => ({ name, en: english.get(name) ?? name, because })),
  };
}

/** The other benefits of the groups that one is in, each once, with why. */
function othersOf(matters: readonly MatterInForce[], own: string): Prefilled['benefits'][number]['sameMatter'] {
  const others = new Map<string, MatterInForce['words']>();
  for (const { benefits, words } of matters) if (benefits.includes(own)) for (const id of benefits) if (id !== own && !others.has(id)) others.set(id, words);
  return Array.from(others, ([id, words]) => {
    const [policyId = '', benefitId = ''] = id.split('/');
    return { policyId, benefitId, words };
  });
}

/** What a benefit looks at and asks for. */
interface Looked {
  readonly key: string;
  readonly names: readonly string[];
  readonly missing: readonly string[];
  readonly papers: Benefit['evidence'];
}

function lookAt(pack: PinnedPack, evaluated: EvaluatedBenefits, benefit: Benefit): Looked {
  const { facts } = pack.vocabularies[benefit.subject];
  const readings = new Map(
    pack.policy.readings.flatMap(({ name, alternatives }) => {
      const index = alternatives.findIndex((alternative) => alternative.name === pack.readings[name]);
      return index < 0 ? [] : [[name, index] as const];
    }),
  );
  const slots = factsLookedAt(benefit, pack.policy, facts, readings);
  return {
    key: `${pack.policyId}/${benefit.id}`,
    names: facts.filter(({ slot }) => slots.has(slot)).map(({ name }) => name),
    missing: resultOf(evaluated, { pack, benefit }).missing,
    papers: papersNeeded(benefit, slots, facts),
  };
}

function benefitOf({ policyId, policy }: PinnedPack, kind: Benefit['subject'], benefitId: string): Benefit {
  const benefit = policy.benefits.find(({ id, subject }) => id === benefitId && subject === kind);
  if (benefit === undefined) throw new RangeError(`${policyId} has no benefit ${benefitId} for ${kind}`);
  return benefit;
}

function readChosen(benefits: string | undefined): readonly ChosenBenefit[] {
  return (benefits ?? '').split(',').flatMap((text) => {
    const [policyId, benefitId, ...more] = text.trim().split('/');
    if (policyId === undefined || policyId === '') return [];
    if (benefitId === undefined || more.length > 0) throw new Refusal('application-benefit-unfit', { policyId, benefitId: benefitId ?? '' });
    return [{ policyId, benefitId }];
  });
}

const EMPLOYER = '用人单位';

function tellFacts({ facts, origins }: EvaluationSubject, names: ReadonlySet<string>, english: ReadonlyMap<string, string>): Prefilled['facts'] {
  const employer = facts[EMPLOYER];
  const ofEmployer = typeof employer === 'object' && employer !== null ? Object.entries(employer).map(([name, value]) => [`${EMPLOYER}.${name}`, value as unknown] as const) : [];
  return [...Object.entries(facts).filter(([name]) => name !== EMPLOYER), ...ofEmployer].flatMap(([name, value]) => {
    if (!names.has(name)) return [];
    const origin = origins[name];
    const said = origin?.source === 'statement' ? origin : undefined;
    return [
      {
        name,
        en: english.get(name) ?? name,
        value,
        source: origin?.source ?? 'employment',
        origin: said?.origin ?? null,
        trustClass: said?.trustClass ?? (origin?.source === 'employment' ? origin.trustClass : null),
        departmentId: said?.departmentId ?? null,
        evidenceId: said?.evidenceId ?? null,
        asOf: said?.asOf ?? null,
      },
    ];
  });
}

/** The papers of all chosen benefits, each kind once; it is looked for with the party and with the employer. */
async function tellPapers(tx: Tx, scope: Scope<'application.file'>, { party, employer }: Applicant, looked: readonly Looked[], on: string): Promise<Prefilled['papers']> {
  const kinds = new Map<string, { readonly en: string; readonly proves: Set<string>; readonly benefits: Set<string> }>();
  for (const { key, papers } of looked) {
    for (const { name, proves } of papers) {
      const kind = kinds.get(name.zh) ?? { en: name.en, proves: new Set<string>(), benefits: new Set<string>() };
      kinds.set(name.zh, kind);
      for (const fact of proves) kind.proves.add(fact);
      kind.benefits.add(key);
    }
  }
  // Whoever files reaches the party; that a paper is there is told also to those who may not open it.
  const finding = jobScope(scope.tenantId, 'intake', 'evidence.use');
  const owners = [party.partyId, ...(employer === undefined ? [] : [employer.partyId])];
  const wanted = await listWanted(tx, finding, party.partyId, [...kinds.keys()], on);
  const told: Prefilled['papers'] = [];
  for (const [kind, { en, proves, benefits }] of kinds) {
    let there;
    for (const owner of owners) there ??= await validEvidence(tx, finding, owner, kind, on);
    told.push({
      kind,
      en,
      proves: [...proves],
      benefits: [...benefits],
      there: there === undefined ? null : { evidenceId: there.evidenceId, trustClass: there.trustClass, issuedOn: there.issuedOn, expiresOn: there.expiresOn },
      because: there === undefined ? (wanted.find((one) => one.kind === kind)?.because ?? 'none') : null,
    });
  }
  return told;
}

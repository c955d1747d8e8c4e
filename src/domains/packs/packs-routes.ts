// The only HTTP of packs.
import { Refusal } from '../../contract/errors.ts';
import * as endpoints from '../../contract/packs-endpoints.ts';
import { readCursor, writeCursor } from '../../contract/page.ts';
import type { Amount, BenefitResult, Policy } from '../../policy/index.ts';
import type { Tx } from '../../storage/database.ts';
import { etagOf, reply, type Route, route, type Scope, versionOf } from '../permissions/index.ts';
import { dayOf, nameActor } from '../registry/index.ts';
import { compareFiles } from './compare-files.ts';
import { comparePolicies } from './compare-policies.ts';
import { proposeSetting, settleSetting } from './decide-setting.ts';
import { changePack, draftPack, type PackParts } from './draft-pack.ts';
import { listChangedCases } from './list-changed-cases.ts';
import { yearOf } from './open-pack.ts';
import { getContent, getPack, listApproved, listCitiesOf, listPacks, listSettings, type PackPlace, type PackRow, type SettingRow } from './packs-store.ts';
import { type Settable, settablesOf, settingsFor, writtenSetting } from './setting.ts';
import { approvePack, publishPack, withdrawPack } from './settle-pack.ts';

type Reading = Scope<'pack.read' | 'pack.draft' | 'pack.approve' | 'pack.publish'>;

/** The routes of packs. */
export function packsRoutes(parts: PackParts): readonly Route[] {
  const details = async (tx: Tx, scope: Reading, packId: string): Promise<endpoints.PackDetails> => {
    const row = await getPack(tx, scope, packId);
    const { source, report } = await getContent(tx, scope, packId);
    const open = (column: 'note_sealed' | 'reason_sealed', sealed: Uint8Array | null): string | null =>
      sealed === null ? null : parts.protector.openText({ tenantId: scope.tenantId, table: 'packs', column, row: packId }, sealed);
    return {
      ...viewOf(row, scope),
      note: open('note_sealed', row.noteSealed),
      reason: open('reason_sealed', row.reasonSealed),
      files: Object.keys(source).sort(),
      report: report === null ? null : { ...report, findings: [...report.findings] },
    };
  };
  const answer = async (tx: Tx, scope: Reading, packId: string) => {
    const { version } = await getPack(tx, scope, packId);
    return reply(await details(tx, scope, packId), { etag: etagOf(version) });
  };

  return [
    route(endpoints.listPolicies, async ({ tx, scope, query, now }) => {
      const on = query.on ?? dayOf(now);
      const cities = await listCitiesOf(tx, scope);
      const packs = await parts.packs.listInForce(tx, scope, on);
      return {
        on,
        items: packs.map(({ policyId, packHash, policy }) => ({ policyId, cityId: cities.get(policyId) ?? policy.city, packHash, title: policy.title, short: policy.short, benefits: benefitsOf(policy) })),
      };
    }),
    route(endpoints.listPacks, async ({ tx, scope, query }) => {
      const rows = await listPacks(tx, scope, { policyId: query.policy, state: query.state, after: placeOf(query.cursor), limit: query.limit + 1 });
      const items = rows.slice(0, query.limit);
      const last = rows.length > query.limit ? items.at(-1) : undefined;
      return { items: items.map((row) => viewOf(row, scope)), nextCursor: last === undefined ? null : writeCursor([last.draftedAt.toISOString(), last.packId]) };
    }),
    route(endpoints.getPack, ({ tx, scope, params }) => answer(tx, scope, params.packId)),
    route(endpoints.getPackFiles, async ({ tx, scope, params }) => ({ files: { ...(await getContent(tx, scope, params.packId)).source } })),
    route(endpoints.draftPack, async ({ tx, scope, body, now, audit }) => {
      const packId = await draftPack(tx, scope, parts, body, now);
      const made = await details(tx, scope, packId);
      audit({ object: { kind: 'pack', id: packId }, detail: { policy: made.policyId, state: made.state, findings: made.report?.findings.length ?? 0 } });
      return reply(made, { status: 201, etag: etagOf(1), location: `/api/v1/packs/${packId}` });
    }),
    route(endpoints.changePack, async ({ tx, scope, params, body, headers, now, audit }) => {
      audit({ object: { kind: 'pack', id: params.packId } });
      await changePack(tx, scope, parts, params.packId, versionOf(headers.ifMatch), body, now);
      return answer(tx, scope, params.packId);
    }),
    route(endpoints.approvePack, async ({ tx, scope, params, headers, now, audit }) => {
      audit({ object: { kind: 'pack', id: params.packId } });
      await approvePack(tx, scope, params.packId, versionOf(headers.ifMatch), now);
      return answer(tx, scope, params.packId);
    }),
    route(endpoints.publishPack, async ({ tx, scope, params, body, headers, now, audit }) => {
      audit({ object: { kind: 'pack', id: params.packId }, detail: { effectiveOn: body.effectiveOn } });
      await publishPack(tx, scope, parts, params.packId, versionOf(headers.ifMatch), body.effectiveOn, now);
      return answer(tx, scope, params.packId);
    }),
    route(endpoints.withdrawPack, async ({ tx, scope, params, body, headers, now, audit }) => {
      audit({ object: { kind: 'pack', id: params.packId } });
      await withdrawPack(tx, scope, parts, params.packId, versionOf(headers.ifMatch), body.reason, now);
      return answer(tx, scope, params.packId);
    }),
    route(endpoints.comparePacks, async ({ tx, scope, params, query, now }) => {
      const [before, after] = [await getPack(tx, scope, query.from), await getPack(tx, scope, params.packId)];
      const files = compareFiles((await getContent(tx, scope, before.packId)).source, (await getContent(tx, scope, after.packId)).source);
      const year = yearOf(dayOf(now));
      const difference =
        before.packHash === null || after.packHash === null
          ? null
          : comparePolicies(await parts.packs.open(tx, scope, before.packHash, [], year), await parts.packs.open(tx, scope, after.packHash, [], year));
      return {
        files: files.map((file) => ({ ...file, lines: file.lines.map((each) => ({ ...each, removed: [...each.removed], added: [...each.added] })) })),
        policy: difference === null ? null : { parts: [...difference.parts], benefits: difference.benefits.map((each) => ({ ...each, parts: [...each.parts] })) },
      };
    }),
    route(endpoints.listChangedCases, async ({ tx, scope, params, query, audit }) => {
      const { examined, items, last } = await listChangedCases(tx, scope, parts, params.packId, { after: idOf(query.cursor), limit: query.limit });
      audit({ object: { kind: 'pack', id: params.packId }, detail: { examined, changed: items.length } });
      return {
        examined,
        items: items.map(({ before, after, ...rest }) => ({ ...rest, before: outcomeOf(before), after: outcomeOf(after) })),
        nextCursor: last === undefined ? null : writeCursor([last]),
      };
    }),
    route(endpoints.listSettables, async ({ tx, scope, params, query, now }) => {
      const row = await getPack(tx, scope, params.packId);
      if (row.packHash === null) throw new Refusal('pack-state-unfit', { state: row.state });
      const year = query.year ?? yearOf(dayOf(now));
      const approved = (await listApproved(tx, scope, row.policyId, year)).get(row.policyId) ?? [];
      const { policy } = await parts.packs.open(tx, scope, row.packHash, approved, year);
      const held = settingsFor(policy, year, approved);
      return {
        year,
        items: settablesOf(policy).map((settable) => {
          const value = { parameter: held.parameters, reading: held.readings, promise: held.promises }[settable.kind][settable.name];
          return {
            kind: settable.kind,
            name: settable.name,
            type: settable.type ?? null,
            alternatives: [...(settable.alternatives ?? [])],
            words: wordsOf(policy, settable),
            value: value === undefined || value === null ? null : writtenSetting(settable, value),
          };
        }),
      };
    }),
    route(endpoints.listSettings, async ({ tx, scope, query }) => {
      const rows = await listSettings(tx, scope, { policyId: query.policy, year: query.year, state: query.state, before: idOf(query.cursor), limit: query.limit + 1 });
      const items = rows.slice(0, query.limit);
      const last = rows.length > query.limit ? items.at(-1) : undefined;
      return { items: items.map((row) => settingView(row, scope)), nextCursor: last === undefined ? null : writeCursor([last.settingId]) };
    }),
    route(endpoints.proposeSetting, async ({ tx, scope, body, now, audit }) => {
      const made = await proposeSetting(tx, scope, parts, body, now);
      audit({ object: { kind: 'pack-setting', id: made.settingId }, detail: { policy: made.policyId, kind: made.kind, name: made.name, year: made.year } });
      return reply(settingView(made, scope), { status: 201, location: `/api/v1/pack-settings/${made.settingId}` });
    }),
    route(endpoints.settleSetting, async ({ tx, scope, params, body, now, audit }) => {
      audit({ object: { kind: 'pack-setting', id: params.settingId }, detail: { approve: body.approve } });
      return settingView(await settleSetting(tx, scope, params.settingId, body.approve, now), scope);
    }),
  ];
}

function viewOf(row: PackRow, scope: Reading): endpoints.PackView {
  return {
    packId: row.packId,
    policyId: row.policyId,
    cityId: row.cityId,
    state: row.state,
    packHash: row.packHash,
    corrects: row.corrects,
    draftedAt: row.draftedAt.toISOString(),
    draftedBy: row.draftedBy,
    isOwn: row.draftedBy === nameActor(scope.actor),
    checkedAt: row.checkedAt?.toISOString() ?? null,
    approvedAt: row.approvedAt?.toISOString() ?? null,
    approvedBy: row.approvedBy,
    publishedAt: row.publishedAt?.toISOString() ?? null,
    publishedBy: row.publishedBy,
    effectiveOn: row.effectiveOn,
    withdrawnAt: row.withdrawnAt?.toISOString() ?? null,
    withdrawnBy: row.withdrawnBy,
  };
}

function settingView(row: SettingRow, scope: Scope): endpoints.SettingView {
  return {
    settingId: row.settingId,
    policyId: row.policyId,
    kind: row.kind,
    name: row.name,
    year: row.year,
    value: row.writtenValue,
    decisionReference: row.decisionReference,
    state: row.state,
    proposedAt: row.proposedAt.toISOString(),
    proposedBy: row.proposedBy,
    isOwn: row.proposedBy === nameActor(scope.actor),
    settledAt: row.settledAt?.toISOString() ?? null,
    settledBy: row.settledBy,
  };
}

/** Benefits by id, one for several kinds of subject once. */
function benefitsOf(policy: Policy) {
  const ids = [...new Set(policy.benefits.map(({ id }) => id))];
  return ids.flatMap((benefitId) => {
    const own = policy.benefits.filter(({ id }) => id === benefitId);
    const [first] = own;
    return first === undefined ? [] : [{ benefitId, title: first.title, kind: first.kind, subjects: own.map(({ subject }) => subject), clause: first.clause }];
  });
}

/** What a setting is about, for people. */
function wordsOf(policy: Policy, { kind, name }: Settable) {
  if (kind === 'parameter') return policy.parameters.find((each) => each.name === name)?.words ?? { zh: name, en: name };
  if (kind === 'reading') return policy.readings.find((each) => each.name === name)?.question ?? { zh: name, en: name };
  const at = name.lastIndexOf('/');
  const procedure = policy.procedures.find(({ id }) => id === name.slice(0, at));
  const step = procedure?.steps[Number(name.slice(at + 1)) - 1];
  if (procedure === undefined) return { zh: name, en: name };
  if (step === undefined) return { zh: `${procedure.title.zh}：公示的工作日`, en: `${procedure.title.en}: working days of publicity` };
  return { zh: `${procedure.title.zh}：${step.title.zh}`, en: `${procedure.title.en}: ${step.title.en}` };
}

function outcomeOf(result: BenefitResult | null) {
  return result === null ? null : { status: result.status, amount: result.amount === undefined ? null : amountOf(result.amount) };
}

function amountOf(amount: Amount) {
  switch (amount.kind) {
    case 'exact':
      return { kind: amount.kind, fen: amount.totalFen };
    case 'range':
      return { kind: amount.kind, fen: amount.minFen, toFen: amount.maxFen };
    case 'upTo':
      return { kind: amount.kind, fen: amount.maxFen };
    case 'atLeast':
      return { kind: amount.kind, fen: amount.minFen };
    case 'share':
      return { kind: amount.kind, percent: amount.percent };
    default:
      return { kind: amount.kind };
  }
}

const ID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;

function idOf(cursor: string | undefined): string | undefined {
  if (cursor === undefined) return undefined;
  const [id] = readCursor(cursor, 1) ?? [];
  if (typeof id !== 'string' || !ID.test(id)) throw new Refusal('cursor-invalid');
  return id;
}

function placeOf(cursor: string | undefined): PackPlace | undefined {
  if (cursor === undefined) return undefined;
  const [at, packId] = readCursor(cursor, 2) ?? [];
  const draftedAt = new Date(typeof at === 'string' ? at : Number.NaN);
  const isInstant = !Number.isNaN(draftedAt.getTime()) && draftedAt.toISOString() === at && /^\d{4}-/.test(at);
  if (!isInstant || typeof packId !== 'string' || !ID.test(packId)) throw new Refusal('cursor-invalid');
  return { draftedAt, packId };
}

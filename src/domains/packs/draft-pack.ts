// Takes in a version of a policy, or changes of one that is not approved, and checks it at once.
import { Refusal } from '../../contract/errors.ts';
import { newId, type Tx } from '../../storage/database.ts';
import type { Scope } from '../permissions/index.ts';
import type { Protector } from '../protection/index.ts';
import { dayOf, nameActor } from '../registry/index.ts';
import { hashPolicy, hashVocabularies } from './hash-pack.ts';
import { mayChange } from './pack.ts';
import type { OpenCases, PackCompiler, PackFiles } from './pack-ports.ts';
import type { PackOpener } from './open-pack.ts';
import { addModel, changeContent, type CheckedContent, getContent, getPack, insertDraft, listCitiesOf, listSources } from './packs-store.ts';
import { refuseStep } from './refuse-step.ts';

/** What the use cases of packs stand on. */
export interface PackParts {
  readonly packs: PackOpener;
  readonly compiler: PackCompiler;
  readonly openCases: OpenCases;
  readonly protector: Protector;
}

/** Files to put in by name; null takes one away. */
export type FileChanges = Readonly<Record<string, string | null>>;

/** A new version. */
export interface NewDraft {
  readonly policyId: string;
  readonly basedOn?: string | undefined;
  readonly cityId?: string | undefined;
  readonly files: FileChanges;
  readonly note?: string | undefined;
}

/**
 * Adds a version and checks it: `checked` where nothing was found, else a `draft` to be changed.
 * @throws Refusal not-found for a version to begin from that is not there, policy-unknown, pack-files-missing.
 */
export async function draftPack(tx: Tx, scope: Scope<'pack.draft'>, parts: PackParts, draft: NewDraft, now: Date): Promise<string> {
  const base = draft.basedOn === undefined ? undefined : await getPack(tx, scope, draft.basedOn);
  if (base !== undefined && base.policyId !== draft.policyId) throw new Refusal('policy-unknown', { policy: draft.policyId });
  const cities = await listCitiesOf(tx, scope);
  const cityId = cities.get(draft.policyId) ?? Array.from(cities.values()).find((city) => city === draft.cityId);
  if (cityId === undefined) throw new Refusal('policy-unknown', { policy: draft.policyId });
  const before = base === undefined ? {} : (await getContent(tx, scope, base.packId)).source;
  const packId = newId();
  const content = await check(tx, scope, parts, { packId, policyId: draft.policyId, cityId, files: changed(before, draft.files), note: draft.note }, now);
  const corrects = base?.state === 'published' ? base.packId : null;
  await insertDraft(tx, scope, { ...content, packId, policyId: draft.policyId, cityId, corrects, by: nameActor(scope.actor), now });
  return packId;
}

/**
 * Changes the files of one's own version that nobody approved yet, and checks it again.
 * @throws Refusal not-found, changed-meanwhile, pack-state-unfit, pack-not-own, pack-files-missing.
 */
export async function changePack(tx: Tx, scope: Scope<'pack.draft'>, parts: PackParts, packId: string, version: number, change: { readonly files: FileChanges; readonly note?: string | undefined }, now: Date): Promise<void> {
  const row = await getPack(tx, scope, packId);
  if (row.version !== version) throw new Refusal('changed-meanwhile');
  refuseStep(mayChange(row, nameActor(scope.actor)), row);
  const { source } = await getContent(tx, scope, packId);
  const content = await check(tx, scope, parts, { ...row, files: changed(source, change.files), note: change.note }, now);
  // A note that is not given stays.
  const kept = change.note === undefined ? { ...content, noteSealed: row.noteSealed } : content;
  if (!(await changeContent(tx, scope, packId, version, kept, now))) throw new Refusal('changed-meanwhile');
}

function changed(before: PackFiles, changes: FileChanges): PackFiles {
  const after: Record<string, string> = { ...before };
  for (const [name, text] of Object.entries(changes)) {
    if (text === null) delete after[name];
    else after[name] = text;
  }
  if (after['policy.yaml'] === undefined) throw new Refusal('pack-files-missing');
  return after;
}

interface ToCheck {
  readonly packId: string;
  readonly policyId: string;
  readonly cityId: string;
  readonly files: PackFiles;
  readonly note?: string | undefined;
}

/** Compiles the files beside the jurisdiction's other policies as they hold today, and keeps what they compile to. */
async function check(tx: Tx, scope: Scope<'pack.draft'>, { compiler, protector }: PackParts, { packId, policyId, cityId, files, note }: ToCheck, now: Date): Promise<CheckedContent> {
  const { [policyId]: _own, ...others } = await listSources(tx, scope, cityId, dayOf(now));
  const { findings, benefits, cases, model } = await compiler.compile({ policyId, cityId, files, others });
  const noteSealed = note === undefined || note === '' ? null : protector.seal({ tenantId: scope.tenantId, table: 'packs', column: 'note_sealed', row: packId }, note);
  const report = { findings, benefits, cases };
  if (model === undefined) return { source: files, report, packHash: null, noteSealed };
  const vocabulary = hashVocabularies(model.vocabularies);
  const { hash, text } = hashPolicy(model.policy, vocabulary.hash);
  await addModel(tx, scope, { packHash: hash, policyId, model: text, vocabulary });
  return { source: files, report, packHash: hash, noteSealed };
}

// Opens cases: the domain with decisions and payments behind its ports, the calendar of the build, and the look for what is late.
import { casesRoutes, type CaseTools, type Commitments, type DecisionRecorder, escalateCases, openCaseNumbers, openCasesOfPolicy } from '../domains/cases/index.ts';
import { recordDecision, type RecordingTools } from '../domains/decisions/index.ts';
import type { SendMessage } from '../domains/messages/index.ts';
import type { OpenCases, Packs } from '../domains/packs/index.ts';
import { type Route, scopeAlso } from '../domains/permissions/index.ts';
import type { Protector } from '../domains/protection/index.ts';
import type { RegistryTools } from '../domains/registry/index.ts';
import type { CalendarModule } from '../policy/index.ts';
import type { Database } from '../storage/database.ts';
import { missingGlyphs } from '../print/index.ts';
import { importPack, openManifest } from './open-packs.ts';
import { englishDepartments } from './plan-city.ts';
import { repeat, type Repeated, type RepeatOptions } from './repeat.ts';

/** What cases stand on. */
export interface CasesSettings {
  readonly db: Database;
  readonly protector: Protector;
  readonly registry: RegistryTools;
  readonly packs: Packs;
  readonly sendMessage: SendMessage;
  /** Where the money of grants is set aside. */
  readonly commitments: Commitments;
}

/** Cases, ready to be worked on. */
export interface OpenedCases {
  readonly tools: CaseTools;
  readonly routes: readonly Route[];
  /** For those who correct a policy. */
  readonly openCases: OpenCases;
  /** Starts looking for what is late; a server process does so once it answers. */
  start(tenantIds: () => Promise<readonly number[]>, options?: RepeatOptions): Repeated;
}

const LOOK_EVERY_MS = 60_000;

/** Opens cases. */
export async function openCases({ db, protector, registry, packs, sendMessage, commitments }: CasesSettings): Promise<OpenedCases> {
  const manifest = await openManifest();
  const { calendar } = await importPack<CalendarModule>(manifest.calendar);
  const english = englishDepartments(manifest);
  const tools: CaseTools = { protector, registry, packs, calendar, numbers: openCaseNumbers(db), decisions: recorder({ protector, sendMessage, englishName: (code) => english.get(code) }), commitments, sendMessage, findUnprintable: missingGlyphs };
  return {
    tools,
    routes: casesRoutes(tools),
    openCases: { list: (tx, scope, policyId, after, limit) => openCasesOfPolicy(tx, scope, tools, policyId, after, limit, new Date()) },
    start: (tenantIds, options = {}) =>
      repeat('cases', LOOK_EVERY_MS, async (isStopping) => {
        for (const tenantId of await tenantIds()) await escalateCases(db, tools, tenantId, new Date(), isStopping);
      }, options),
  };
}

function recorder(tools: RecordingTools): DecisionRecorder {
  return { record: (tx, scope, decision) => recordDecision(tx, scopeAlso(scope, 'decision.make'), tools, decision) };
}

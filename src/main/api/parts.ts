// Puts the interface together: which parts it stands on, and the routes of all domains.
import { openKeys } from '../../adapters/cryptography/sm4-protector.ts';
import { accessRoutes, findAccountsOf, findCaller, makeAccessParticipant, makeFindContact } from '../../domains/access/index.ts';
import { auditRoutes } from '../../domains/audit/index.ts';
import { type DecisionParts, decisionsParticipant, decisionsRoutes } from '../../domains/decisions/index.ts';
import { casesParticipant, makeMergeGuard } from '../../domains/cases/index.ts';
import { departmentRoutes } from '../../domains/departments/index.ts';
import { evidenceParticipant, makePapers } from '../../domains/evidence/index.ts';
import { makeFeedsParticipant } from '../../domains/feeds/index.ts';
import { makePacks, type Packs, packsRoutes } from '../../domains/packs/index.ts';
import type { Route } from '../../domains/permissions/index.ts';
import type { Protector } from '../../domains/protection/index.ts';
import { openFactBook, registryRoutes, type RegistryTools } from '../../domains/registry/index.ts';
import { type Database, openDatabase } from '../../storage/database.ts';
import { SharedTransactions } from '../../storage/share-transaction.ts';
import { ledgerRoutes } from '../../domains/ledger/index.ts';
import { type ImportParts, importsParticipant, importsRoutes } from '../../domains/imports/index.ts';
import { intakeParticipant, type IntakeParts, intakeRoutes } from '../../domains/intake/index.ts';
import { makeMessagesParticipant } from '../../domains/messages/index.ts';
import { oversightParticipant, oversightRoutes } from '../../domains/oversight/index.ts';
import { type PaymentParts, paymentsParticipant, paymentsRoutes } from '../../domains/payments/index.ts';
import type { VocabularyModule } from '../../policy/index.ts';
import { openAccess } from '../open-access.ts';
import { openCases, type OpenedCases } from '../open-cases.ts';
import { openDecisions } from '../open-decisions.ts';
import { makePackCompiler } from '../compile-pack.ts';
import { openBuiltPacks } from '../open-built-packs.ts';
import { openEvidence } from '../open-evidence.ts';
import { openFeeds, type OpenedFeeds } from '../open-feeds.ts';
import { openMessages, type OpenedMessages } from '../open-messages.ts';
import { openCommitments, openPayments } from '../open-payments.ts';
import { importPack, openManifest, openReferenceData } from '../open-packs.ts';
import { openPublicity, type OpenedPublicity } from '../open-publicity.ts';
import { readCaseSubjects } from '../read-case-subjects.ts';
import { hasSealedData } from '../operate/rotate-keys.ts';
import { allSealedColumns } from '../sealed-columns.ts';
import type { ApiParts } from './answer-call.ts';
import { RateLimits } from './rate-limits.ts';
import { Tenants } from './tenants.ts';

/** Where the parts find what they need. */
export interface PartSettings {
  readonly databaseUrl: string;
  /** The folder of files that belong to the data: sealed evidence, messages. */
  readonly dataFolder: string;
  /** The file of keys, outside the data folder. */
  readonly keysFile: string;
  /** Where a ClamAV listens (WUTONG_CLAMAV); without it papers are marked as not scanned. */
  readonly clamav?: string | undefined;
  /** SMS_URL and its like, for text messages; without them messages go to a file below the data folder. */
  readonly environment?: Readonly<Record<string, string | undefined>>;
  /** Told of what nobody expected in the background; it must not write what it is told as it is. */
  readonly failed?: (place: string, error: unknown) => void;
  readonly connections?: number;
  /** The clock, where it is not the machine's: a demonstration's runs through a year. */
  readonly now?: () => Date;
  /** Multiplies the limits of calls a minute. */
  readonly rateFactor?: number;
}

/** The parts of a running server; the caller closes them. */
export interface Parts {
  readonly db: Database;
  readonly protector: Protector;
  readonly registry: RegistryTools;
  /** For the loop that works through imported lists. */
  readonly imports: ImportParts;
  readonly packs: Packs;
  /** For what stands on cases, and for the round that looks what is late. */
  readonly cases: OpenedCases;
  /** For cases, which make decisions, and for what comes after them. */
  readonly decisions: DecisionParts;
  /** For the round that gathers lists and withdraws them. */
  readonly publicity: OpenedPublicity;
  /** For the loop that works through applications for lists. */
  readonly intake: IntakeParts;
  readonly messages: OpenedMessages;
  /** For the round that checks what is due. */
  readonly payments: PaymentParts;
  readonly feeds: OpenedFeeds;
  readonly api: ApiParts;
  readonly routes: readonly Route[];
  close(): Promise<void>;
}

/** Opens everything that the interface stands on. */
export async function openParts(settings: PartSettings): Promise<Parts> {
  const db = openDatabase(settings.databaseUrl, settings.connections === undefined ? {} : { connections: settings.connections });
  const protector = await openKeys({ path: settings.keysFile, hasSealedData: () => hasSealedData(db, allSealedColumns) }).catch(async (error: unknown) => {
    await db.close();
    throw error;
  });
  const evidence = await openEvidence({ db, protector, dataFolder: settings.dataFolder, clamav: settings.clamav, failed: (error) => settings.failed?.('evidence', error) });
  const { vocabularies } = await importPack<VocabularyModule>((await openManifest()).vocabulary);
  const packs = makePacks(openBuiltPacks);
  const registry: RegistryTools = {
    protector,
    factBook: openFactBook({ vocabularies, reference: await openReferenceData() }),
    // Whoever holds something of a person besides the registry; messages are found by the account, so they go before it.
    participants: [makeMessagesParticipant(findAccountsOf), makeFeedsParticipant({ protector }), evidenceParticipant({ protector }), importsParticipant, intakeParticipant, decisionsParticipant(protector), casesParticipant, paymentsParticipant, oversightParticipant, makeAccessParticipant(protector)],
    papers: makePapers(evidence.parts.kinds),
    mergeGuard: makeMergeGuard({ packs }),
  };
  const messages = openMessages({ db, protector, dataFolder: settings.dataFolder, environment: settings.environment ?? {}, findContact: makeFindContact(protector), ...(settings.now === undefined ? {} : { now: settings.now }) });
  const feeds = openFeeds({ db, tools: registry, sendMessage: messages.sendMessage, findAccounts: findAccountsOf });
  const decisions = openDecisions({ protector, registry, packs, sendMessage: messages.sendMessage });
  const payments = openPayments({ db, packs, registry, sendMessage: messages.sendMessage, findAccounts: findAccountsOf });
  const cases = await openCases({ db, protector, registry, packs, sendMessage: messages.sendMessage, commitments: openCommitments(payments, packs, vocabularies.person.facts) });
  const publicity = openPublicity(db, { protector, cases: cases.tools, decisions, sendMessage: messages.sendMessage });
  const intake: IntakeParts = { protector, registry, packs, cases: cases.tools };
  const imports: ImportParts = { db, tools: registry, vocabularies, readCaseSubjects, ...(settings.now === undefined ? {} : { now: settings.now }) };
  // The trail tells what was done in the words of the interface, its own among them.
  const routes: readonly Route[] = [...auditRoutes(() => routes.map(({ endpoint }) => endpoint)), ...departmentRoutes(), ...registryRoutes(registry), ...accessRoutes(openAccess({ protector, registry, sendMessage: messages.sendMessage })), ...messages.routes, ...feeds.routes, ...evidence.routes, ...importsRoutes(imports), ...paymentsRoutes(payments), ...oversightRoutes({ protector, cases: cases.tools, payments }), ...ledgerRoutes({ packs }), ...packsRoutes({ packs, compiler: makePackCompiler(), openCases: cases.openCases, protector }), ...intakeRoutes(intake), ...cases.routes, ...decisionsRoutes(decisions), ...publicity.routes];
  return {
    db,
    protector,
    registry,
    imports,
    packs,
    cases,
    decisions,
    publicity,
    intake,
    messages,
    payments,
    feeds,
    api: { db, shared: new SharedTransactions(db), protector, tenants: new Tenants(db), limits: new RateLimits(settings.rateFactor), findCaller, now: settings.now ?? (() => new Date()) },
    routes,
    close: async () => {
      await evidence.close();
      await db.close();
    },
  };
}

// Puts fact feeds together: their routes, and the round that works through what was delivered.
import { feedsRoutes, type FindAccounts, makeFeedRound } from '../domains/feeds/index.ts';
import type { SendMessage } from '../domains/messages/index.ts';
import type { Route } from '../domains/permissions/index.ts';
import type { RegistryTools } from '../domains/registry/index.ts';
import type { Database } from '../storage/database.ts';
import { repeat, type Repeated, type RepeatOptions } from './repeat.ts';

/** What feeds stand on. */
export interface FeedsSettings {
  readonly db: Database;
  readonly tools: RegistryTools;
  readonly sendMessage: SendMessage;
  /** Through which accounts a party can be asked. */
  readonly findAccounts: FindAccounts;
}

/** Feeds, ready to take deliveries. */
export interface OpenedFeeds {
  readonly routes: readonly Route[];
  /** Starts working through deliveries; a server process does so once it answers. */
  start(tenantIds: () => Promise<readonly number[]>, options?: RepeatOptions): Repeated;
}

const PAUSE_MS = 1000;

/** Opens the feeds. */
export function openFeeds({ db, tools, sendMessage, findAccounts }: FeedsSettings): OpenedFeeds {
  return {
    routes: feedsRoutes({ tools, sendMessage, findAccounts }),
    start(tenantIds, options = {}) {
      const round = makeFeedRound({ db, tools, sendMessage, log: ({ event, fault }) => options.log?.failure(event, new FeedFault(fault)) });
      return repeat('feeds', PAUSE_MS, async (isStopping) => round(await tenantIds(), isStopping), options);
    },
  };
}

/** What kept a delivery from being worked through, by its code: what a log may say of it. */
class FeedFault extends Error {
  readonly code: string;
  constructor(code: string) {
    super(code);
    this.name = 'FeedFault';
    this.code = code;
  }
}

// Puts messages together: how text messages leave, and the round that hands them over.
import { chooseSms, type ChosenSms } from '../adapters/sms/choose-sms.ts';
import { type FindContact, makeDeliveryRound, makeSendMessage, messagesRoutes, type SendMessage } from '../domains/messages/index.ts';
import type { Route } from '../domains/permissions/index.ts';
import type { Protector } from '../domains/protection/index.ts';
import type { Database } from '../storage/database.ts';
import { repeat, type Repeated, type RepeatOptions } from './repeat.ts';

/** What messages stand on. */
export interface MessagesSettings {
  readonly db: Database;
  readonly protector: Protector;
  readonly dataFolder: string;
  /** SMS_URL, SMS_TOKEN, SMS_TIMEOUT_MS and SMS_SIGNATURE. */
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly findContact: FindContact;
  /** The clock, where it is not the machine's. */
  readonly now?: () => Date;
}

/** Messages, ready to be sent. */
export interface OpenedMessages {
  readonly sms: ChosenSms;
  readonly sendMessage: SendMessage;
  readonly routes: readonly Route[];
  /** Starts handing over; a server process does so once it answers. */
  start(tenantIds: () => Promise<readonly number[]>, options?: RepeatOptions): Repeated;
}

const PAUSE_MS = 1000;

/** @throws SmsSettingsError for a gateway that is set wrongly. */
export function openMessages({ db, protector, dataFolder, environment, findContact, now }: MessagesSettings): OpenedMessages {
  const sms = chooseSms(environment, dataFolder);
  return {
    sms,
    sendMessage: makeSendMessage({ protector, findContact, ...(now === undefined ? {} : { now }), ...(sms.signature === undefined ? {} : { signature: sms.signature }) }),
    routes: messagesRoutes(),
    start(tenantIds, options = {}) {
      const round = makeDeliveryRound({ db, protector, sms: sms.port, log: ({ event, fault }) => options.log?.failure(event, new MessageFault(fault)) });
      return repeat('messages', PAUSE_MS, async (isStopping) => round(await tenantIds(), isStopping), options);
    },
  };
}

/** A message that did not go, by the code of its fault: what a log may say of it. */
class MessageFault extends Error {
  readonly code: string;
  constructor(code: string) {
    super(code);
    this.name = 'MessageFault';
    this.code = code;
  }
}

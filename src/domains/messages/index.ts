// What other domains, the adapters and the composition may use of messages.
export { makeDeliveryRound } from './deliver-due.ts';
export { makeMessagesParticipant } from './delete-with-party.ts';
export { messagesRoutes } from './messages-routes.ts';
export { countOutbox } from './messages-store.ts';
export { messagesSealedColumns } from './sealed-columns.ts';
export { type FindContact, makeSendMessage, type SendMessage } from './send-message.ts';
export { SEND_LIMIT_MS, type Sms, type SmsOutcome, type SmsPort } from './sms-port.ts';

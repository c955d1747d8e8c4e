// What other domains, the adapters and the composition may use of messages.
export { type DeliveryParts, type DeliveryReport, type DeliveryRound, makeDeliveryRound } from './deliver-due.ts';
export { makeMessagesParticipant } from './delete-with-party.ts';
export { TemplateError } from './placeholders.ts';
export { messagesRoutes } from './messages-routes.ts';
export { countOutbox } from './messages-store.ts';
export { messagesSealedColumns } from './sealed-columns.ts';
export { type Channel, type Contact, type FindContact, makeSendMessage, type Message, type SendingParts, type SendMessage } from './send-message.ts';
export { SEND_LIMIT_MS, type Sms, type SmsOutcome, type SmsPort } from './sms-port.ts';
export { type TemplateId, type TemplateValues } from './templates.ts';

// Sends a message: writes what stands in the inbox and what goes by SMS, in the transaction of what it tells of.
import { newId, type Tx } from '../../storage/database.ts';
import { jobScope, type Scope } from '../permissions/index.ts';
import type { Protector } from '../protection/index.ts';
import { findDepartmentNames, findPreferences, findTenantName, insertInboxMessage, insertOutboxMessage } from './messages-store.ts';
import { TemplateError } from './placeholders.ts';
import { nextWakingInstant } from './quiet-hours.ts';
import { type DepartmentNames, departmentsNamed, renderText } from './render-template.ts';
import { type TemplateId, templateOf, templates, type TemplateValues } from './templates.ts';

/** How an account is reached. */
export interface Contact {
  /** The verified mobile number; without it nothing goes by SMS. */
  readonly phone?: string;
  readonly language: 'zh' | 'en';
}

/** Looks an account's contact up; the domain that holds accounts gives it. Undefined where there is no such account. */
export type FindContact = (tx: Tx, scope: Scope<'message.send'>, accountId: string) => Promise<Contact | undefined>;

/** A message to be sent. */
export interface Message<Id extends TemplateId = TemplateId> {
  /** An account, or a phone that belongs to none yet. */
  readonly to: { readonly accountId: string } | { readonly phone: string; readonly language: 'zh' | 'en' };
  readonly template: Id;
  /** A value for every placeholder; a department by its id. */
  readonly values: TemplateValues<Id>;
  /** What it is about; the inbox leads there. */
  readonly about?: { readonly kind: string; readonly id: string };
}

/** Where a message went; empty where the reader has switched the channels off or cannot be reached. */
export type Channel = 'in-app' | 'sms';

/**
 * Sends a message within `tx`: it goes if, and only if, the transaction is committed. Any caller may send; which message to whom is the caller's to know.
 * @returns the channels by which it goes
 * @throws TemplateError where the values do not fit the template
 */
export type SendMessage = <Id extends TemplateId>(tx: Tx, scope: Scope, message: Message<Id>) => Promise<readonly Channel[]>;

/** What sending stands on. */
export interface SendingParts {
  readonly protector: Protector;
  readonly findContact: FindContact;
  /** What stands in 【】 before each SMS; '' where the gateway adds it. By default the city's name with 人才服务. */
  readonly signature?: string;
  readonly now?: () => Date;
}

const MINUTE_MS = 60_000;

/** Makes the function that sends messages. */
export function makeSendMessage({ protector, findContact, signature, now = () => new Date() }: SendingParts): SendMessage {
  return async (tx, callerScope, message) => {
    if (!Object.hasOwn(templates, message.template)) throw new TemplateError(`there is no template ${message.template}`);
    const template = templateOf(message.template);
    const scope = jobScope(callerScope.tenantId, 'messages', 'message.send');
    const accountId = 'accountId' in message.to ? message.to.accountId : undefined;
    const contact = 'accountId' in message.to ? await findContact(tx, scope, message.to.accountId) : message.to;
    if (contact === undefined) return [];
    const off = accountId !== undefined && template.kind === 'notice' ? await findPreferences(tx, scope, accountId) : undefined;
    const values: Readonly<Record<string, string | number>> = { ...message.values };
    const ids = departmentsNamed(template, values);
    const names: DepartmentNames = ids.length === 0 ? new Map() : await findDepartmentNames(tx, scope, ids);
    const at = now();
    const channels: Channel[] = [];

    if (template.inApp !== undefined && accountId !== undefined && off?.inApp !== false) {
      const { title, body } = template.inApp;
      await insertInboxMessage(tx, scope, {
        messageId: newId(),
        accountId,
        template: message.template,
        title: { zh: renderText(title, template, values, names, 'zh'), en: renderText(title, template, values, names, 'en') },
        body: { zh: renderText(body, template, values, names, 'zh'), en: renderText(body, template, values, names, 'en') },
        about: message.about,
        at,
      });
      channels.push('in-app');
    }

    if (template.sms !== undefined && contact.phone !== undefined && off?.sms !== false) {
      const sign = signature ?? `${await findTenantName(tx, scope)}人才服务`;
      const text = `${sign === '' ? '' : `【${sign}】`}${renderText(template.sms, template, values, names, contact.language)}`;
      const outboxId = newId();
      const seal = (column: string, plain: string): Uint8Array => protector.seal({ tenantId: scope.tenantId, table: 'outbox', column, row: outboxId }, plain);
      const isUrgent = template.kind === 'code';
      await insertOutboxMessage(tx, scope, {
        outboxId,
        accountId,
        template: message.template,
        phoneSealed: seal('phone_sealed', contact.phone),
        textSealed: seal('text_sealed', text),
        isUrgent,
        dueAt: isUrgent ? at : nextWakingInstant(at),
        expiresAt: template.usefulMinutes === undefined ? undefined : new Date(at.getTime() + template.usefulMinutes * MINUTE_MS),
        at,
      });
      channels.push('sms');
    }
    return channels;
  };
}

// Chooses how text messages leave, by the settings: to a gateway where one is set, else to a file.
import { join } from 'node:path';
import type { SmsPort } from '../../domains/messages/index.ts';
import { makeFileSms } from './file-sms.ts';
import { makeHttpSms } from './http-sms.ts';

/** What is set wrongly, in both languages, for the person at the terminal. */
export class SmsSettingsError extends Error {}

/** The adapter and what to tell the operator about it. */
export interface ChosenSms {
  readonly port: SmsPort;
  readonly kind: 'http' | 'file';
  /** Where messages go: the gateway's host, or the file. */
  readonly where: string;
  /** What stands in 【】 before each message; undefined for the city's own. */
  readonly signature: string | undefined;
}

/**
 * Reads SMS_URL and SMS_TOKEN (both, or neither), SMS_TIMEOUT_MS and SMS_SIGNATURE (empty where the gateway adds it).
 * @param dataFolder where the file stands when there is no gateway: messages/outbox.ndjson below it
 * @throws SmsSettingsError for an address that is none, one without https that is not this machine, or a gateway without token
 */
export function chooseSms(environment: Readonly<Record<string, string | undefined>>, dataFolder: string): ChosenSms {
  const written = (environment['SMS_URL'] ?? '').trim();
  const signature = environment['SMS_SIGNATURE']?.trim();
  if (written === '') {
    const path = join(dataFolder, 'messages', 'outbox.ndjson');
    return { port: makeFileSms({ path }), kind: 'file', where: path, signature };
  }
  const url = URL.canParse(written) ? new URL(written) : undefined;
  const isHere = url !== undefined && ['localhost', '127.0.0.1', '[::1]'].includes(url.hostname);
  if (url === undefined || !(url.protocol === 'https:' || (url.protocol === 'http:' && isHere))) {
    throw new SmsSettingsError('SMS_URL 应当是 https 开头的网址（本机可以用 http）\nSMS_URL should be an address that begins with https (http only for this machine)');
  }
  const token = (environment['SMS_TOKEN'] ?? '').trim();
  if (token === '') throw new SmsSettingsError('设了 SMS_URL，还要设 SMS_TOKEN\nSMS_URL is set, so SMS_TOKEN is needed too');
  const timeout = (environment['SMS_TIMEOUT_MS'] ?? '').trim();
  if (!/^(\d{3,5})?$/.test(timeout)) throw new SmsSettingsError('SMS_TIMEOUT_MS 应当是 100 到 99999 的整数\nSMS_TIMEOUT_MS should be a whole number from 100 to 99999');
  const port = makeHttpSms({ url: url.href, token, ...(timeout === '' ? {} : { timeoutMs: Number(timeout) }) });
  return { port, kind: 'http', where: url.host, signature };
}

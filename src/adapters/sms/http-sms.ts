// Hands text messages to a gateway over HTTP: one POST of JSON each, repeated with the same Idempotency-Key until it is answered.
import { SEND_LIMIT_MS, type SmsOutcome, type SmsPort } from '../../domains/messages/index.ts';

/** Which gateway. */
export interface HttpSmsSettings {
  readonly url: string;
  /** Sent as a bearer token. */
  readonly token: string;
  /** After this many milliseconds without an answer the attempt has failed; at most, and by default, 10 seconds. */
  readonly timeoutMs?: number;
}

const USUAL_TIMEOUT_MS = 10_000;
/** Statuses below 500 that may pass: the gateway was slow, is still at it, or asks for patience. */
const passing = new Set([408, 423, 425, 429]);

/**
 * An adapter that posts `{"id", "to", "text"}` to the gateway, with the id as Idempotency-Key besides.
 * 2xx: taken · 409: taken before · 408, 423, 425, 429, 5xx, no answer: tried again, not before Retry-After · any other: refused for good.
 */
export function makeHttpSms({ url, token, timeoutMs = USUAL_TIMEOUT_MS }: HttpSmsSettings): SmsPort {
  return {
    send: async ({ id, phone, text }) => {
      let response: Response;
      try {
        response = await fetch(url, {
          method: 'POST',
          headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json; charset=utf-8', 'idempotency-key': id },
          body: JSON.stringify({ id, to: phone, text }),
          // A redirect would carry phone and token to another place.
          redirect: 'manual',
          signal: AbortSignal.timeout(Math.min(timeoutMs, SEND_LIMIT_MS)),
        });
      } catch (error) {
        return { kind: 'failed', fault: error instanceof Error && error.name === 'TimeoutError' ? 'timeout' : 'unreachable' };
      }
      // The status says all; what else the gateway writes is not read.
      await response.body?.cancel();
      return outcomeOf(response);
    },
  };
}

function outcomeOf(response: Response): SmsOutcome {
  const { status } = response;
  if ((status >= 200 && status < 300) || status === 409) return { kind: 'accepted' };
  const fault = `http-${status}`;
  if (status < 500 && !passing.has(status)) return { kind: 'refused', fault };
  const retryAfterMs = readRetryAfter(response.headers.get('retry-after'));
  return retryAfterMs === undefined ? { kind: 'failed', fault } : { kind: 'failed', fault, retryAfterMs };
}

/** Retry-After in seconds, as milliseconds; a date or anything else is left out. */
function readRetryAfter(value: string | null): number | undefined {
  return value !== null && /^\d{1,6}$/.test(value.trim()) ? Number(value) * 1000 : undefined;
}

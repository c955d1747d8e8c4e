// The port through which text messages leave: what an adapter must do, whoever carries them.

/** A text message on its way. */
export interface Sms {
  /** The same for every attempt at the same message: a receiver that has seen it must not deliver it twice. */
  readonly id: string;
  readonly phone: string;
  readonly text: string;
}

/** How an attempt ended. */
export type SmsOutcome =
  | { readonly kind: 'accepted' }
  /** May succeed later. `fault` is a short code for administrators, never a text from outside. */
  | { readonly kind: 'failed'; readonly fault: string; readonly retryAfterMs?: number }
  /** Will never succeed. */
  | { readonly kind: 'refused'; readonly fault: string };

/** Carries text messages. */
export interface SmsPort {
  /** Hands one message over; what it throws counts as a failure that may pass. Takes at most `sendLimitMs`. */
  send(sms: Sms): Promise<SmsOutcome>;
}

/** Within this time an adapter has answered or given up. */
export const SEND_LIMIT_MS = 15_000;

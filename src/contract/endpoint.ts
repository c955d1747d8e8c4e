// How an endpoint of the interface is described: once, for the server, the documentation and the web alike.
import type { z } from 'zod';
import type { ErrorCode } from './errors.ts';
import type { Permission } from './permissions.ts';

/** A schema of the fields in a path or behind the question mark. */
export type Fields = z.ZodObject;

/** One endpoint. Paths are relative to /api/v1, with `:name` for what varies. */
export interface Endpoint<
  P extends Permission = Permission,
  Params extends Fields | undefined = Fields | undefined,
  Query extends Fields | undefined = Fields | undefined,
  Body extends z.ZodType | undefined = z.ZodType | undefined,
  Response extends z.ZodType | undefined = z.ZodType | undefined,
> {
  /** thing.act, unique; the action that the audit trail names. */
  readonly id: string;
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  readonly path: `/${string}`;
  /** The domain that it belongs to. */
  readonly tag: string;
  readonly summary: { readonly zh: string; readonly en: string };
  readonly permission: P;
  readonly params?: Params;
  readonly query?: Query;
  readonly body?: Body;
  /** What a successful answer holds; without it the answer is 204, or bytes. */
  readonly response?: Response;
  /** Status of a successful answer where it is not 200 (204 without a body). */
  readonly status?: 200 | 201 | 202 | 204;
  /** Codes of its own, besides those that every call can meet. */
  readonly errors?: readonly ErrorCode[];
  /** For GET: whether a look is written to the audit trail. Every other call always is. */
  readonly audit?: 'seen' | 'exported';
  /** The answer carries an ETag, and a change needs If-Match. */
  readonly etag?: boolean;
  /** How often one caller may come: sensitive is for what can be guessed or costs money. */
  readonly rate?: 'normal' | 'sensitive' | 'upload';
  /** Body or answer are bytes, not JSON. */
  readonly bytes?: 'request' | 'response' | 'both';
  /** Content types of an answer of bytes, for the documentation. */
  readonly contentTypes?: readonly string[];
  /** The handler opens its transactions itself: long work, streams. */
  readonly ownTransaction?: boolean;
  /**
   * The handler writes its row of the audit trail by `call.record`, in the transaction that commits the work, so that no work is there without
   * its row. Every endpoint with `ownTransaction` that changes something must; the server then writes nothing afterwards.
   */
  readonly audited?: 'inside';
  /** Calls of the same moment may share one transaction; each is done again alone where one of them fails. For small writes that many make at once. */
  readonly sharesTransaction?: true;
}

/** Describes an endpoint; its types follow from the schemas. */
export function defineEndpoint<
  const P extends Permission,
  Params extends Fields | undefined = undefined,
  Query extends Fields | undefined = undefined,
  Body extends z.ZodType | undefined = undefined,
  Response extends z.ZodType | undefined = undefined,
>(endpoint: Endpoint<P, Params, Query, Body, Response>): Endpoint<P, Params, Query, Body, Response> {
  return endpoint;
}

/**
 * Whether an answer is kept under the call's `Idempotency-Key`, for retries. Answers of bytes are not, and nothing is of calls that open
 * their own transactions: they count guesses, sign somebody in or show a secret, which is given once.
 */
export function keepsAnswers({ method, bytes, ownTransaction }: Endpoint): boolean {
  return method !== 'GET' && (bytes === undefined || bytes === 'request') && ownTransaction !== true;
}

/** What a schema gives once it is read; undefined without a schema. */
export type Read<S extends z.ZodType | undefined> = S extends z.ZodType ? z.output<S> : undefined;

/** What an answer is made from, before its schema has seen it. */
export type Given<S extends z.ZodType | undefined> = S extends z.ZodType ? z.input<S> : undefined;

/** Errors that any call can meet, whatever it does. */
export const commonErrors = [
  'body-malformed', 'body-too-large', 'cross-site', 'input-invalid', 'internal', 'media-type-unsupported', 'not-found', 'not-permitted',
  'sign-in-required', 'tenant-unknown', 'too-many-requests', 'unavailable',
] as const satisfies readonly ErrorCode[];

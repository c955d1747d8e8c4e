// A route: an endpoint of the contract and the function that answers it, given a scope from the permission table.
import type { Readable } from 'node:stream';
import type { z } from 'zod';
import type { Endpoint, Fields, Given, Read } from '../../contract/endpoint.ts';
import type { Permission } from '../../contract/permissions.ts';
import type { Database, Tx } from '../../storage/database.ts';
import type { Scope } from './scope.ts';

/** What a call adds to the row that the audit trail gets anyway; never personal values. */
export interface AuditNote {
  readonly object?: { readonly kind: string; readonly id: string };
  readonly detail?: Readonly<Record<string, string | number | boolean | null>>;
}

/** Writes the call's own row of the audit trail in the transaction of the work: both are there or neither is. */
export type WriteAudit = (tx: Tx, note?: AuditNote & { readonly outcome?: 'done' | 'refused' }) => Promise<void>;

/** A call as its handler sees it. */
export interface Call<P extends Permission, Params, Query, Body> {
  readonly db: Database;
  /** The transaction of the call. Endpoints with `ownTransaction` must not touch it: it fails there. */
  readonly tx: Tx;
  readonly scope: Scope<P>;
  readonly params: Params;
  readonly query: Query;
  readonly body: Body;
  /** The body of an endpoint that takes bytes. */
  readonly bytes: Buffer;
  readonly headers: {
    readonly ifMatch: string | undefined;
    readonly contentType: string | undefined;
    /** Any other header, by its lower-case name. */
    readonly get: (name: string) => string | undefined;
  };
  /** The token that the caller showed, for signing out and renewing. */
  readonly token: string | undefined;
  readonly language: 'zh' | 'en';
  readonly now: Date;
  readonly requestId: string;
  readonly client: { readonly address: string; readonly userAgent: string; readonly host: string; readonly isHttps: boolean };
  /** Tells the audit trail what the call was about; may be called more than once, a row each. */
  readonly audit: (note: AuditNote) => void;
  /** For endpoints that are `audited: 'inside'`: to be called in the transaction that commits the work, or the refusal. */
  readonly record: WriteAudit;
}

/** A cookie to set; null deletes it. */
export interface Cookie {
  readonly name: string;
  readonly value: string | null;
  readonly maxAgeSeconds?: number;
  readonly path?: string;
}

declare const isReply: unique symbol;

/** An answer with more than a body. */
export interface Reply<T> {
  readonly [isReply]: true;
  readonly body: T;
  readonly status?: number;
  readonly etag?: string;
  readonly location?: string;
  readonly cookies?: readonly Cookie[];
  readonly headers?: Readonly<Record<string, string>>;
}

/** An answer of bytes. */
export interface Bytes {
  readonly bytes: Readable | Buffer;
  readonly contentType: string;
  /** Offered to be saved under this name; without it shown in place. */
  readonly fileName?: string;
  readonly headers?: Readonly<Record<string, string>>;
}

const replies = new WeakSet<object>();

/** An answer with a status, an ETag, cookies or headers besides its body. */
export function reply<T>(body: T, more: Omit<Reply<T>, 'body' | typeof isReply> = {}): Reply<T> {
  const made = { body, ...more } as Reply<T>;
  replies.add(made);
  return made;
}

/** Whether a handler's answer was made by `reply`. */
export function isReplyOf(answer: unknown): answer is Reply<unknown> {
  return typeof answer === 'object' && answer !== null && replies.has(answer);
}

/** Answers a call. */
export type Handler<P extends Permission, Params extends Fields | undefined, Query extends Fields | undefined, Body extends z.ZodType | undefined, Response extends z.ZodType | undefined> = (
  call: Call<P, Read<Params>, Read<Query>, Read<Body>>,
) => Promise<Answer<Given<Response>>>;

/** What a handler may give back. */
export type Answer<T> = T | Reply<T> | Bytes;

/** An endpoint with its handler, whatever their types. */
export interface Route {
  readonly endpoint: Endpoint;
  handle(call: Call<Permission, unknown, unknown, unknown>): Promise<unknown>;
}

/** Pairs an endpoint with the function that answers it; the server checks input and permission before it calls. */
export function route<
  P extends Permission,
  Params extends Fields | undefined,
  Query extends Fields | undefined,
  Body extends z.ZodType | undefined,
  Response extends z.ZodType | undefined,
>(endpoint: Endpoint<P, Params, Query, Body, Response>, handler: Handler<P, Params, Query, Body, Response>): Route {
  // The server reads params, query and body with this very endpoint's schemas and makes the scope for its permission.
  return { endpoint: endpoint as unknown as Endpoint, handle: handler as unknown as Route['handle'] };
}

// Calls the interface as its contract describes it: addresses, retries that are safe, and refusals in the reader's words.
import type { Endpoint, Fields } from '../../src/contract/endpoint.ts';
import type { z } from 'zod';

/** What an endpoint's schema reads, or nothing where it has none. */
type Input<S> = S extends z.ZodType ? z.input<S> : undefined;
type Output<S> = S extends z.ZodType ? z.output<S> : undefined;

/** What a call brings along; only what the endpoint asks for. */
export interface CallInput<E extends Endpoint> {
  readonly params?: Input<NonNullable<E['params']>>;
  readonly query?: Partial<Input<NonNullable<E['query']>>>;
  readonly body?: Input<NonNullable<E['body']>>;
  /** The version that the change was made from, as an answer gave it. */
  readonly ifMatch?: string;
  /** Names the act, so that whoever tries again does it once; made anew without it. */
  readonly key?: string;
  /** Of a piece of a file: at which byte it begins. */
  readonly uploadOffset?: number;
  readonly signal?: AbortSignal;
}

/** An answer: what it holds, and the version of it. */
export interface Answer<E extends Endpoint> {
  readonly data: Output<NonNullable<E['response']>>;
  readonly etag: string | null;
}

/** One entry that was not right. */
export interface RefusedField {
  readonly field: string;
  readonly message: string;
}

/** The server said no, or could not be reached; the words are for the reader. */
export class CallRefused extends Error {
  readonly code: string;
  readonly status: number;
  readonly details: readonly RefusedField[];

  constructor(code: string, status: number, message: string, details: readonly RefusedField[] = []) {
    super(message);
    this.name = 'CallRefused';
    this.code = code;
    this.status = status;
    this.details = details;
  }
}

const base = '/api/v1';

/** The address of an endpoint, for links to files too. @throws RangeError where a part of the path is not given. */
export function addressOf(endpoint: Pick<Endpoint, 'path'>, params: Readonly<Record<string, unknown>> = {}, query: Readonly<Record<string, unknown>> = {}): string {
  const path = endpoint.path.replaceAll(/:([A-Za-z]+)/g, (_, name: string) => {
    const value = params[name];
    if (typeof value !== 'string' && typeof value !== 'number') throw new RangeError(`${endpoint.path}: ${name} is not given`);
    return encodeURIComponent(value);
  });
  const search = new URLSearchParams();
  for (const [name, value] of Object.entries(query)) {
    if (typeof value === 'string' && value !== '') search.set(name, value);
    else if (typeof value === 'number' || typeof value === 'boolean') search.set(name, String(value));
  }
  const text = search.toString();
  return `${base}${path}${text === '' ? '' : `?${text}`}`;
}

const unreachable = {
  zh: '网络断了，刚填的都在。连上以后再试一次。',
  en: 'The network is down. What you entered is still here; try again once you are back.',
} as const;

/** Calls an endpoint that answers JSON or nothing. @throws CallRefused */
export async function call<const E extends Endpoint<Endpoint['permission'], Fields | undefined, Fields | undefined>>(endpoint: E, input: CallInput<E> = {}, language: 'zh' | 'en' = readerLanguage()): Promise<Answer<E>> {
  const headers: Record<string, string> = { accept: 'application/json', 'accept-language': language };
  if (input.body !== undefined) headers['content-type'] = 'application/json';
  if (endpoint.method !== 'GET') headers['idempotency-key'] = input.key ?? crypto.randomUUID();
  if (input.ifMatch !== undefined) headers['if-match'] = input.ifMatch;
  const response = await reach(addressOf(endpoint, input.params as Readonly<Record<string, unknown>> | undefined, input.query as Readonly<Record<string, unknown>> | undefined), {
    method: endpoint.method,
    headers,
    credentials: 'same-origin',
    ...(input.body === undefined ? {} : { body: JSON.stringify(input.body) }),
    ...(input.signal === undefined ? {} : { signal: input.signal }),
  }, language);
  const data = await dataOf(response, language);
  return { data: data as Answer<E>['data'], etag: response.headers.get('etag') };
}

/** Sends the bytes of a file to an endpoint that takes them. @throws CallRefused */
export async function sendBytes<const E extends Endpoint>(endpoint: E, file: Blob, input: Omit<CallInput<E>, 'body'> = {}, language: 'zh' | 'en' = readerLanguage()): Promise<Answer<E>> {
  const response = await reach(addressOf(endpoint, input.params as Readonly<Record<string, unknown>> | undefined, input.query as Readonly<Record<string, unknown>> | undefined), {
    method: endpoint.method,
    headers: {
      accept: 'application/json',
      'accept-language': language,
      'content-type': 'application/octet-stream',
      'idempotency-key': input.key ?? crypto.randomUUID(),
      ...(input.uploadOffset === undefined ? {} : { 'upload-offset': String(input.uploadOffset) }),
    },
    credentials: 'same-origin',
    body: file,
    ...(input.signal === undefined ? {} : { signal: input.signal }),
  }, language);
  const data = await dataOf(response, language);
  return { data: data as Answer<E>['data'], etag: response.headers.get('etag') };
}

/** What the window hears when an answer says that nobody is signed in, and when somebody is again. */
export const sessionEnded = 'wutong-session-ended';
export const sessionBack = 'wutong-session-back';

/** Whether it was refused because nobody is signed in. */
export function isSignedOut(refusal: CallRefused): boolean {
  return refusal.code === 'sign-in-required';
}

async function reach(address: string, request: RequestInit, language: 'zh' | 'en'): Promise<Response> {
  let response: Response;
  try {
    response = await fetch(address, request);
  } catch (error) {
    throw unlessAborted(error, language);
  }
  if (response.ok) return response;
  const refusal = await refusalOf(response, language);
  if (isSignedOut(refusal)) dispatchEvent(new Event(sessionEnded));
  throw refusal;
}

/** What an answer holds. An answer that breaks off is none: the network went in the middle of it. */
async function dataOf(response: Response, language: 'zh' | 'en'): Promise<unknown> {
  if (response.status === 204) return undefined;
  try {
    return await response.json();
  } catch (error) {
    throw unlessAborted(error, language);
  }
}

/** The network is down, unless the page itself gave up what it had asked. */
function unlessAborted(error: unknown, language: 'zh' | 'en'): unknown {
  return error instanceof DOMException && error.name === 'AbortError' ? error : new CallRefused('unreachable', 0, unreachable[language]);
}

async function refusalOf(response: Response, language: 'zh' | 'en'): Promise<CallRefused> {
  try {
    const { error } = (await response.json()) as { readonly error: { readonly code: string; readonly message: string; readonly details?: readonly RefusedField[] } };
    return new CallRefused(error.code, response.status, error.message, error.details);
  } catch {
    // Something between here and the server answered in its place.
    return new CallRefused('unreachable', response.status, unreachable[language]);
  }
}

function readerLanguage(): 'zh' | 'en' {
  return document.documentElement.lang.startsWith('en') ? 'en' : 'zh';
}

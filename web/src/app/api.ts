// The server's API as typed functions: what went wrong is a value, not an exception. The types come
// from docs/openapi.yaml (`npm run types`).
import type { components, paths } from '../../generated/openapi';
import { tongue } from '../format/tongue.svelte';

export type Schemas = components['schemas'];
export type Problem = Schemas['Problem'];
export type Answer<T> = { ok: true; value: T; etag: string } | { ok: false; problem: Problem };

type Verb = 'get' | 'post' | 'put' | 'patch' | 'delete';
type Operation = { responses: unknown; parameters?: unknown };
/** The paths that have an operation of this verb. */
export type PathOf<V extends Verb> = {
  [P in keyof paths]: paths[P] extends Record<V, Operation> ? P : never;
}[keyof paths];
type OperationOf<P extends keyof paths, V extends Verb> =
  paths[P] extends Record<V, infer Found> ? Found : never;

type JsonOf<Content> = Content extends { content: { 'application/json': infer Json } }
  ? Json
  : never;
/** What a call answers with when all is well. */
export type ValueOf<P extends keyof paths, V extends Verb> =
  OperationOf<P, V> extends { responses: infer R }
    ? JsonOf<R[keyof R & (200 | 201 | 202)]> extends infer Json
      ? [Json] extends [never]
        ? null
        : Json
      : never
    : never;
type PathParametersOf<O> = O extends { parameters: { path: infer Found } } ? Found : undefined;
type QueryOf<O> = O extends { parameters: { query?: infer Found } } ? Found : undefined;
type BodyOf<O> = O extends { requestBody: infer Body }
  ? JsonOf<Body>
  : O extends { requestBody?: infer Body }
    ? JsonOf<Body> | undefined
    : undefined;

export interface Asked<O> {
  /** What the path names in braces. */
  at?: PathParametersOf<O>;
  query?: QueryOf<O>;
  json?: BodyOf<O>;
  /** A body that is no JSON: a file. */
  raw?: Blob | string;
  /** The ETag that the thing must still have. */
  ifMatch?: string;
  /** Asked again with the same key, the same answer comes back and nothing is done twice. */
  key?: string;
  signal?: AbortSignal;
}

interface Connection {
  csrf: string;
  /** Told whether the server could be reached. */
  onReach: (reached: boolean) => void;
  /** Told that the session is no longer known. */
  onEnd: () => void;
}
/** What the session and the live stream hang in here. */
export const connection: Connection = { csrf: '', onReach: () => {}, onEnd: () => {} };

const known = new Map<string, { etag: string; value: unknown }>();
const mostKnown = 200;

/** Forgets what was read: somebody else may be signed in now. */
export const forget = () => known.clear();

/** Random letters, also where the browser gives no randomUUID (http without TLS). */
export function newKey(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return [...bytes].map((byte) => byte.toString(16).padStart(2, '0')).join('');
}

/** The address of something below /api/v1, to fetch or to give to a link. */
export function addressOf(
  path: string,
  at: Record<string, unknown> = {},
  query: Record<string, unknown> = {},
): string {
  const filled = path.replace(/\{([^}]+)\}/g, (_, name: string) =>
    encodeURIComponent(String(at[name] ?? '')),
  );
  const asked = new URLSearchParams();
  for (const [name, value] of Object.entries(query)) {
    if (value !== undefined && value !== null && value !== '') asked.set(name, String(value));
  }
  const search = asked.toString();
  return `/api/v1${filled}${search ? `?${search}` : ''}`;
}

const lost: Problem = { type: 'about:lost', title: '', status: 0 };

async function problemOf(response: Response): Promise<Problem> {
  try {
    const found = (await response.json()) as Partial<Problem>;
    return { ...found, type: found.type ?? '', title: found.title ?? '', status: response.status };
  } catch {
    return { type: 'about:blank', title: response.statusText, status: response.status };
  }
}

function headersOf(verb: Verb, asked: Asked<unknown>, etag: string | undefined): Headers {
  const headers = new Headers({ 'Accept-Language': tongue.language });
  if (asked.json !== undefined) headers.set('Content-Type', 'application/json');
  if (verb !== 'get' && connection.csrf) headers.set('X-CSRF-Token', connection.csrf);
  if (verb === 'post') headers.set('Idempotency-Key', asked.key ?? newKey());
  if (asked.ifMatch) headers.set('If-Match', asked.ifMatch);
  if (etag) headers.set('If-None-Match', etag);
  return headers;
}

async function take<T>(response: Response, address: string): Promise<Answer<T>> {
  const etag = response.headers.get('ETag') ?? '';
  if (response.status === 204) return { ok: true, value: null as T, etag };
  const value = (await response.json()) as T;
  if (etag && address) {
    if (known.size >= mostKnown) known.delete(known.keys().next().value as string);
    known.set(address, { etag, value });
  }
  return { ok: true, value, etag };
}

async function call<T>(verb: Verb, path: string, asked: Asked<unknown>): Promise<Answer<T>> {
  const address = addressOf(path, asked.at as never, asked.query as never);
  // The language is part of what was read: sentences differ by it.
  const memory = verb === 'get' ? `${tongue.language} ${address}` : '';
  const before = known.get(memory);
  try {
    const response = await fetch(address, {
      method: verb.toUpperCase(),
      headers: headersOf(verb, asked, before?.etag),
      body: asked.json === undefined ? (asked.raw ?? null) : JSON.stringify(asked.json),
      credentials: 'same-origin',
      cache: 'no-store',
      signal: asked.signal ?? null,
    });
    connection.onReach(true);
    if (response.status === 304 && before)
      return { ok: true, value: before.value as T, etag: before.etag };
    if (response.ok) return await take<T>(response, memory);
    const problem = await problemOf(response);
    if (response.status === 401 && connection.csrf) connection.onEnd();
    return { ok: false, problem };
  } catch (error) {
    if (asked.signal?.aborted) return { ok: false, problem: { ...lost, type: 'about:aborted' } };
    connection.onReach(false);
    return { ok: false, problem: { ...lost, detail: String(error) } };
  }
}

type AskedOf<P extends keyof paths, V extends Verb> = Asked<OperationOf<P, V>>;

export const api = {
  get: <P extends PathOf<'get'>>(path: P, asked: AskedOf<P, 'get'> = {}) =>
    call<ValueOf<P, 'get'>>('get', path, asked),
  post: <P extends PathOf<'post'>>(path: P, asked: AskedOf<P, 'post'> = {}) =>
    call<ValueOf<P, 'post'>>('post', path, asked),
  put: <P extends PathOf<'put'>>(path: P, asked: AskedOf<P, 'put'> = {}) =>
    call<ValueOf<P, 'put'>>('put', path, asked),
  patch: <P extends PathOf<'patch'>>(path: P, asked: AskedOf<P, 'patch'> = {}) =>
    call<ValueOf<P, 'patch'>>('patch', path, asked),
  remove: <P extends PathOf<'delete'>>(path: P, asked: AskedOf<P, 'delete'> = {}) =>
    call<ValueOf<P, 'delete'>>('delete', path, asked),
};

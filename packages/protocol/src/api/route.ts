/** A route as data: what is checked, documented and mounted, all from here. Paths are below API_PATH, `{name}` a parameter. */
import type { z } from 'zod';
import type { ApiErrorCode } from './errors.ts';
import type { Access } from './permissions.ts';

export type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';

export interface ResponseSpec {
  readonly description: string;
  /** JSON of this shape. */
  readonly schema?: z.ZodType;
  /** Something else than JSON. */
  readonly type?: string;
}

export interface RouteSpec {
  readonly method: Method;
  readonly path: string;
  /** The last parameter takes all that is left of the address, with its slashes. */
  readonly rest?: true;
  readonly summary: string;
  readonly permission: Access;
  readonly params?: z.ZodObject;
  readonly query?: z.ZodObject;
  readonly body?: z.ZodType;
  /** `multipart`: the body may also come as multipart/form-data, its JSON in the part `request`. */
  readonly bodyType?: 'json' | 'multipart';
  readonly bodyLimit?: number;
  readonly responses: { readonly [status: number]: ResponseSpec };
  /** Beside those that every route can give. */
  readonly errors: readonly ApiErrorCode[];
  /** Of a GET: it gives an ETag and takes If-None-Match. */
  readonly etag?: true;
  /** Of a change: whether it asks for If-Match. */
  readonly ifMatch?: 'needed' | 'taken';
}

export type RouteTable = { readonly [id: string]: RouteSpec };

/** Keeps the exact types of a table. */
export function routes<const T extends RouteTable>(table: T): T {
  return table;
}

/** The error codes that any route can give, by what it takes. */
export function usualErrors(route: RouteSpec): readonly ApiErrorCode[] {
  return [
    'MR_REQUEST',
    'MR_LOGIN',
    'MR_LOGIN_THROTTLED',
    'MR_INTERNAL',
    'MR_STORE_AWAY',
    ...(route.permission === 'everybody' ? [] : (['MR_UNAUTHENTICATED', 'MR_FORBIDDEN', 'MR_SCOPE', 'MR_PASSWORD_CHANGE'] as const)),
    ...(route.method === 'GET' ? [] : (['MR_CSRF'] as const)),
    ...(route.body === undefined ? [] : (['MR_JSON', 'MR_BODY_SIZE', 'MR_MEDIA_TYPE'] as const)),
    ...(route.query?.shape['cursor'] === undefined ? [] : (['MR_CURSOR'] as const)),
    ...(route.ifMatch === undefined ? [] : (['MR_REVISION'] as const)),
    ...(route.ifMatch === 'needed' ? (['MR_REVISION_NEEDED'] as const) : []),
  ];
}

import type { ApiErrorCode } from './errors.ts';
import { API_ERRORS } from './errors.ts';

export interface ErrorPlace {
  readonly pointer: string;
  readonly detail: string;
}

/** What a service says when it refuses: the API answers it as a problem, with the code's status. */
export class ApiError extends Error {
  readonly code: ApiErrorCode;
  readonly status: number;
  /** What is beyond the title of the code. */
  readonly detail: string | null;
  readonly errors: readonly ErrorPlace[];
  readonly headers: { readonly [name: string]: string };
  constructor(
    code: ApiErrorCode,
    detail: string | null = null,
    more: { readonly errors?: readonly ErrorPlace[]; readonly headers?: { readonly [name: string]: string } } = {},
  ) {
    super(detail === null ? API_ERRORS[code][1] : `${API_ERRORS[code][1]} ${detail}`);
    this.name = 'ApiError';
    this.code = code;
    this.status = API_ERRORS[code][0];
    this.detail = detail;
    this.errors = more.errors ?? [];
    this.headers = more.headers ?? {};
  }
}

/** Errors as they leave the server: problem+json (RFC 9457). What is not an ApiError shows nothing of its inside. */
import type { ApiErrorCode, ErrorPlace, Problem } from '@millrace/protocol';
import { API_ERRORS, ApiError } from '@millrace/protocol';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { z } from 'zod';

const FASTIFY: Readonly<Record<string, ApiErrorCode>> = {
  FST_ERR_CTP_INVALID_MEDIA_TYPE: 'MR_MEDIA_TYPE',
  FST_ERR_CTP_BODY_TOO_LARGE: 'MR_BODY_SIZE',
  FST_ERR_CTP_EMPTY_JSON_BODY: 'MR_JSON',
  FST_ERR_CTP_INVALID_JSON_BODY: 'MR_JSON',
  FST_REQ_FILE_TOO_LARGE: 'MR_BODY_SIZE',
  FST_FILES_LIMIT: 'MR_BODY_SIZE',
  FST_PARTS_LIMIT: 'MR_BODY_SIZE',
  FST_FIELDS_LIMIT: 'MR_BODY_SIZE',
};

/** Codes of others that mean the same to who asks. */
const SAME: Readonly<Record<string, ApiErrorCode>> = {
  MR_JOB_UNKNOWN: 'MR_ITEM_UNKNOWN',
  MR_STORE_CLOSED: 'MR_STORE_AWAY',
  MR_FENCED: 'MR_STORE_AWAY',
  MR_BLOB_MISSING: 'MR_ARTIFACT_UNKNOWN',
};

export function asApiError(error: unknown, isAway: (error: unknown) => boolean): ApiError {
  if (error instanceof ApiError) return error;
  const { code, statusCode, message, details } = error as {
    code?: string;
    statusCode?: number;
    message?: string;
    details?: readonly { name: string; message: string }[];
  };
  const known = code === undefined ? undefined : Object.hasOwn(API_ERRORS, code) ? (code as ApiErrorCode) : (SAME[code] ?? FASTIFY[code]);
  if (known !== undefined) {
    const errors = (details ?? []).map((d): ErrorPlace => ({ pointer: pointer(['parameters', d.name]), detail: d.message }));
    return new ApiError(known, FASTIFY[code as string] === undefined ? (message ?? null) : null, { errors });
  }
  if (error instanceof SyntaxError && statusCode === 400) return new ApiError('MR_JSON');
  if (statusCode !== undefined && statusCode >= 400 && statusCode < 500) return new ApiError('MR_REQUEST');
  return new ApiError(isAway(error) ? 'MR_STORE_AWAY' : 'MR_INTERNAL');
}

export function sendProblem(error: ApiError, request: FastifyRequest, reply: FastifyReply): FastifyReply {
  const problem: Problem = {
    type: `https://millrace.dev/errors#${error.code.toLowerCase()}`,
    title: API_ERRORS[error.code][1],
    status: error.status,
    ...(error.detail === null ? {} : { detail: error.detail }),
    code: error.code,
    ...(error.errors.length === 0 ? {} : { errors: [...error.errors] }),
    requestId: request.id,
  };
  reply.headers(error.headers);
  if (error.status === 401 && !reply.hasHeader('www-authenticate')) reply.header('www-authenticate', 'Bearer realm="millrace"');
  return reply.code(error.status).header('content-type', 'application/problem+json; charset=utf-8').send(JSON.stringify(problem));
}

/** JSON Pointer as a fragment: `#/config/steps/0`. */
export function pointer(path: readonly PropertyKey[]): string {
  return `#/${path.map((part) => encodeURIComponent(String(part).replaceAll('~', '~0').replaceAll('/', '~1'))).join('/')}`;
}

const MOST_ERRORS = 50;

export function invalid(issues: readonly z.core.$ZodIssue[], place: readonly string[]): ApiError {
  const errors = placesOf(issues, place);
  return new ApiError('MR_REQUEST', errors[0] === undefined ? null : `${errors[0].pointer}: ${errors[0].detail}`, { errors: errors.slice(0, MOST_ERRORS) });
}

function weight(issues: readonly z.core.$ZodIssue[]): number {
  return issues.reduce((sum, issue) => sum + (issue.code === 'unrecognized_keys' ? issue.keys.length : issue.path.length === 0 ? 20 : 1), 0);
}

function placesOf(issues: readonly z.core.$ZodIssue[], place: readonly PropertyKey[]): ErrorPlace[] {
  return issues.flatMap((issue): ErrorPlace[] => {
    const at = [...place, ...issue.path];
    if (issue.code === 'unrecognized_keys') return issue.keys.map((key) => ({ pointer: pointer([...at, key]), detail: 'there is no such field' }));
    // Of several shapes the one that fits best is told about.
    if (issue.code === 'invalid_union' && issue.errors.length > 0) return placesOf([...issue.errors].sort((a, b) => weight(a) - weight(b))[0] ?? [], at);
    return [{ pointer: pointer(at), detail: issue.message }];
  });
}

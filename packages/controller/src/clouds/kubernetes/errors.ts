/** What the API server refuses, as the port to clouds has it. */
import { CloudError } from '../cloud.ts';
import { ApiError } from './api.ts';
import { TemplateError } from './arguments.ts';

export function isQuota({ status, message }: ApiError): boolean {
  return status === 403 && /exceeded quota/.test(message);
}

/** It passes at once: two pods were counted at the same time. */
export function isConflict({ status, reason, message }: ApiError): boolean {
  return status === 409 && (reason === 'Conflict' || /Operation cannot be fulfilled on resourcequotas/.test(message));
}

/** Worth asking again within a moment, since nothing was done. */
export function isBusy({ status }: ApiError): boolean {
  return status === 429;
}

export function cloudError(cloud: string, error: unknown): CloudError {
  if (error instanceof CloudError) return error;
  if (error instanceof TemplateError) return new CloudError('MR_CLOUD_REFUSED', error.message, { cause: error });
  if (!(error instanceof ApiError)) throw error;
  const { status, message } = error;
  const said = `${cloud}: ${message}`;
  if (isQuota(error)) return new CloudError('MR_CLOUD_CAPACITY', said, { cause: error });
  if (status === 0 || status === 429 || status >= 500 || isConflict(error)) return new CloudError('MR_CLOUD_AWAY', said, { cause: error });
  // What is forbidden, or a namespace that is not there, may be mended without a change of what was asked.
  return new CloudError('MR_CLOUD_REFUSED', said, { retryable: status === 401, cause: error });
}

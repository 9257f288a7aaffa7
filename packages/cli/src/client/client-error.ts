/** Why a command that talks to a server ends: the server's own code, or that it could not be asked; with what to do about it. */
import type { ApiErrorCode, ErrorPlace, Problem } from '@millrace/protocol';

export class ClientError extends Error {
  readonly code: string;
  readonly exit: number;
  constructor(code: string, message: string, exit: number) {
    super(message);
    this.name = 'ClientError';
    this.code = code;
    this.exit = exit;
  }
}

/** After sysexits.h: what was asked for was wrong, no server, the server failed, not allowed. */
export const EXIT_REFUSED = 65,
  EXIT_AWAY = 69,
  EXIT_FAILED = 70,
  EXIT_DENIED = 77;

const WHAT_TO_DO: { readonly [C in ApiErrorCode]?: string } = {
  MR_UNAUTHENTICATED: 'Log in: millrace login URL',
  MR_LOGIN: 'Check user, password or MILLRACE_TOKEN, or log in again: millrace login URL',
  MR_FORBIDDEN: 'Ask an administrator for a role that may do it; millrace whoami shows yours',
  MR_SCOPE: 'Log in with a token of a wider scope: millrace login URL --scopes admin',
  MR_PASSWORD_CHANGE: 'Log in on a terminal, which asks for a new password: millrace login URL',
  MR_LOGIN_THROTTLED: 'Wait a while before the next try',
  MR_ITEM_UNKNOWN: 'millrace job list -r shows what is there and yours to see',
  MR_BUILD_UNKNOWN: 'millrace builds JOB shows its builds',
  MR_NODE_UNKNOWN: 'millrace nodes shows the nodes',
  MR_PARAMETERS: 'millrace job get JOB shows the parameters',
  MR_JOB_DISABLED: 'millrace job enable JOB takes it back',
  MR_JOB_BUSY: 'Wait for its builds, or delete with --abort',
  MR_FOLDER_FULL: 'Delete with --recursive what is in it',
  MR_REVISION: 'Somebody was quicker: look at it again, then repeat the change',
  MR_NAME_TAKEN: 'Choose another name',
  MR_DRAINING: 'Try again: another controller, or the next start, takes it',
  MR_STORE_AWAY: 'Try again once the database answers; millrace can do nothing about it',
  MR_INTERNAL: 'The server’s log tells more, under the request’s id',
};

/** The message has the code first, then what the server said and where, then what to do. */
export function refusal(status: number, problem: Partial<Problem> | null, url: string): ClientError {
  if (problem?.code === undefined)
    return new ClientError('MR_NO_API', `MR_NO_API: ${url} answered ${status}, but not as Millrace does\n  Check the address of the server`, EXIT_AWAY);
  const { code, title = '', detail = '', errors = [] } = problem;
  const lines = [
    `${code}: ${[title, detail === title ? '' : detail].filter((t) => t !== '').join(' ')}`,
    ...errors.filter((e) => !detail.includes(e.detail)).map(placeLine),
  ];
  const todo = WHAT_TO_DO[code];
  if (todo !== undefined) lines.push(`  ${todo}`);
  if (status >= 500 && problem.requestId !== undefined) lines.push(`  Request ${problem.requestId}`);
  return new ClientError(code, lines.join('\n'), exitOf(status));
}

function placeLine({ pointer, detail }: ErrorPlace): string {
  return `  ${pointer}: ${detail}`;
}

function exitOf(status: number): number {
  if (status === 401 || status === 403 || status === 429) return EXIT_DENIED;
  if (status === 502 || status === 503 || status === 504) return EXIT_AWAY;
  return status >= 500 ? EXIT_FAILED : EXIT_REFUSED;
}

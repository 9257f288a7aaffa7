/** The coded errors of the command. docs/errors.md tells what to do about each. */
export const COMMAND_ERRORS = {
  MR_USAGE: 'The command was not called as it should be.',
  MR_CONFIG: 'The configuration file holds something that it should not.',
  MR_LISTEN: 'The address cannot be listened on.',
  MR_SCAN: 'The scan failed, or there was none.',
  MR_STATE: 'The state folder cannot be used.',
} as const;

export class CommandError extends Error {
  readonly code: keyof typeof COMMAND_ERRORS;
  readonly exit: number;
  constructor(code: keyof typeof COMMAND_ERRORS, detail: string, exit = 64) {
    super(`${code}: ${detail}`);
    this.code = code;
    this.exit = exit;
  }
}

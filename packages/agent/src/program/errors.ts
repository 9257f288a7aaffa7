/** The coded errors that end an agent. docs/errors.md tells what to do about each. */
export const AGENT_ERRORS = {
  MR_AGENT_USAGE: 'The agent was not called as it should be.',
  MR_AGENT_SECRET: 'The server does not accept this name and secret.',
  MR_AGENT_CONNECTED: 'Another agent is connected under this name.',
  MR_AGENT_PROTOCOL: 'The server speaks another version of the agent protocol.',
  MR_AGENT_ROOT: 'The root folder cannot be used.',
} as const;

export type AgentErrorCode = keyof typeof AGENT_ERRORS;

export class AgentError extends Error {
  readonly code: AgentErrorCode;
  constructor(code: AgentErrorCode, detail = '') {
    super(`${code}: ${AGENT_ERRORS[code]}${detail === '' ? '' : ` ${detail}`}`);
    this.code = code;
  }
}

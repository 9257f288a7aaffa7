/** The coded errors of the agent API: code and HTTP status. docs/errors.md tells what to do about each. */
const MESSAGES = {
  MR_AGENT_SECRET: 'There is no node of that name with that secret.',
  MR_AGENT_CONNECTED: 'Another agent is connected under this name.',
  MR_AGENT_SESSION: 'The session is over; connect again.',
  MR_AGENT_PROTOCOL: 'The agent speaks another version of the protocol.',
  MR_AGENT_REQUEST: 'The request is not one of the agent protocol.',
  MR_AGENT_TRANSFER: 'There is nothing of that name to transfer.',
} as const;

export class AgentError extends Error {
  readonly code: keyof typeof MESSAGES;
  readonly status: number;
  constructor(code: keyof typeof MESSAGES, status: number, detail = '') {
    super(detail === '' ? MESSAGES[code] : `${MESSAGES[code]} ${detail}`);
    this.code = code;
    this.status = status;
  }
}

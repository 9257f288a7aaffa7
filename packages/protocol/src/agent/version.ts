/** What both sides of the agent API know without a schema, so that the agent's bundle stays small. */

/** A server accepts its own version and the one before; an agent ignores fields that it does not know. */
export const AGENT_PROTOCOL = 1;

export const AGENT_PATH = '/agent/v1';
/** Beside `Authorization: Bearer <secret>` on every request. */
export const AGENT_HEADER = 'x-millrace-agent';
/** The session that `connect` gave, on every request after it. */
export const SESSION_HEADER = 'x-millrace-session';
/** CRC-32 (zlib's) of a chunk's bytes in hexadecimal, eight digits. */
export const CRC_HEADER = 'x-millrace-crc32';
/** SHA-256 of the whole file in hexadecimal, on every answer to a download. */
export const SHA256_HEADER = 'x-millrace-sha256';

/** Permission bits of the file in octal digits, on answers to downloads. */
export const MODE_HEADER = 'x-millrace-mode';

/** The largest piece of output, and the largest chunk of a transfer, in bytes. */
export const MAX_OUTPUT_PIECE = 1 << 20;
export const MAX_CHUNK = 4 << 20;

/** A work's id is a file name on the agent. */
export const WORK_ID = /^[A-Za-z0-9][A-Za-z0-9._-]{0,199}$/;

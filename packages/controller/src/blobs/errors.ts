/** The coded errors of blob stores. docs/errors.md tells what to do about each. */
const MESSAGES = {
  MR_BLOB_MISSING: 'There is no such blob.',
  MR_BLOB_MISMATCH: 'What arrived is not what was announced.',
  MR_BLOB_DAMAGED: 'What is stored is not what was stored.',
  MR_BLOB_AWAY: 'The blob store does not answer.',
  MR_BLOB_KEY: 'That is no key of a blob.',
} as const;

export class BlobError extends Error {
  readonly code: keyof typeof MESSAGES;
  readonly key: string;
  constructor(code: keyof typeof MESSAGES, key: string, detail = '') {
    super(`${MESSAGES[code]} ${key}${detail === '' ? '' : `: ${detail}`}`);
    this.code = code;
    this.key = key;
  }
}

/** Throws MR_BLOB_KEY. */
export function checkKeyName(key: string): void {
  if (!/^[A-Za-z0-9_-][A-Za-z0-9._-]*(\/[A-Za-z0-9_-][A-Za-z0-9._-]*)*$/.test(key) || key.length > 500) throw new BlobError('MR_BLOB_KEY', key);
}

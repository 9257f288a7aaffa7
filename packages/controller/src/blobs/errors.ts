/** The coded errors of blob stores. docs/errors.md tells what to do about each. */
const MESSAGES = {
  MR_BLOB_MISSING: 'There is no such blob.',
  MR_BLOB_MISMATCH: 'What arrived is not what was announced.',
  MR_BLOB_DAMAGED: 'What is stored is not what was stored.',
  MR_BLOB_AWAY: 'The blob store does not answer.',
  MR_BLOB_KEY: 'That is no key of a blob.',
  MR_BLOB_CONFIG: 'The blob store cannot be used as it is configured.',
} as const;

export type BlobErrorCode = keyof typeof MESSAGES;

export class BlobError extends Error {
  readonly code: BlobErrorCode;
  /** Of the blob; the choice of the store for MR_BLOB_CONFIG. */
  readonly key: string;
  constructor(code: BlobErrorCode, key: string, detail = '', cause?: unknown) {
    super(`${MESSAGES[code]} ${key}${detail === '' ? '' : `: ${detail}`}`, cause === undefined ? {} : { cause });
    this.name = 'BlobError';
    this.code = code;
    this.key = key;
  }
}

/** Throws MR_BLOB_KEY. */
export function checkKeyName(key: string): void {
  if (!/^[A-Za-z0-9_-][A-Za-z0-9._-]*(\/[A-Za-z0-9_-][A-Za-z0-9._-]*)*$/.test(key) || key.length > 500) throw new BlobError('MR_BLOB_KEY', key);
}

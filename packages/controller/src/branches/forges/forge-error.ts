/** What a forge answered instead. */
export type ForgeErrorCode =
  /** No answer, or that it cannot answer now. */
  | 'MR_FORGE_AWAY'
  /** The credential is wrong, or may not do this. */
  | 'MR_FORGE_REFUSED'
  /** There is no such repository, owner or commit there, or the credential does not see it. */
  | 'MR_FORGE_UNKNOWN'
  /** So much may be asked in so long: `retryAt` says when again. */
  | 'MR_FORGE_LIMIT'
  /** It is not what the API's documentation says. */
  | 'MR_FORGE_ANSWER';

export class ForgeError extends Error {
  readonly code: ForgeErrorCode;
  /** Milliseconds since 1970. */
  readonly retryAt: number | null;
  constructor(code: ForgeErrorCode, message: string, retryAt: number | null = null) {
    super(message);
    this.code = code;
    this.retryAt = retryAt;
  }
}

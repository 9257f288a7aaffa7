/**
 * The port to credentials. Whoever needs one names it by its id and tells for what: where a job stands decides which it may
 * use, and the use is noted in the audit log.
 */

/** `fields` by the kind, in the words of its binding: username, password, secret, file, privateKey, passphrase, … */
export interface Credential {
  readonly id: string;
  readonly type: string;
  readonly description: string | null;
  readonly fields: Readonly<Record<string, string>>;
  /** What stays the same while its fields do not, and cannot be told without what it is made of; left out: the fields are that. */
  readonly identity?: string;
}

export interface CredentialUse {
  /** The full name of the job or folder that needs it; null: the installation itself. */
  readonly item: string | null;
  /** The number of that job's build; null: outside of a build. */
  readonly build: number | null;
  /** `withCredentials`, `checkout`, `script`, `library`, `scan`, `status`, `notification`, … */
  readonly purpose: string;
}

/**
 * Null where there is none of that id: the nearest folder's goes before those above, the installation's before those of
 * providers. May be asked at any time and again. Rejects with CredentialRefused where the one that is there may not be used so,
 * and with ProviderAway where what keeps it does not answer.
 */
export type FindCredential = (id: string, use: CredentialUse) => Promise<Credential | null>;

export class CredentialError extends Error {
  readonly code = 'MR_CREDENTIALS_UNKNOWN';
  constructor(id: string) {
    super(`Could not find credentials entry with ID '${id}'`);
  }
}

export class CredentialRefused extends Error {
  readonly code = 'MR_CREDENTIALS_REFUSED';
  constructor(id: string, use: CredentialUse, why: string) {
    super(`The credentials '${id}' may not be used by ${use.item ?? 'the installation'} (${use.purpose}): ${why}`);
  }
}

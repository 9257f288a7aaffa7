/** The coded errors of the store. docs/errors.md tells what to do about each. */
export const STORE_ERRORS = {
  MR_STORE_NEWER: 'The database was brought to a newer schema than this version can use.',
  MR_STORE_IN_USE: 'Another process uses this data folder.',
  MR_STORE_REFUSED: 'The database refuses this controller.',
  MR_STORE_SYNC: 'The disk did not keep what was written.',
  MR_STORE_CLOSED: 'The store is closed.',
  MR_DUTY_LOST: 'Another controller has this duty now.',
  MR_FENCED: 'This controller was declared down by another one and may not write any more.',
} as const;

export class StoreError extends Error {
  readonly code: keyof typeof STORE_ERRORS;
  readonly fields: { readonly [name: string]: string | number };
  constructor(code: keyof typeof STORE_ERRORS, fields: { readonly [name: string]: string | number } = {}) {
    const values = Object.entries(fields)
      .map(([name, value]) => ` ${name}: ${value}`)
      .join('');
    super(`${code}: ${STORE_ERRORS[code]}${values}`);
    this.name = 'StoreError';
    this.code = code;
    this.fields = fields;
  }
}

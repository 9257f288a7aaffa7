import assert from 'node:assert/strict';
import { test } from 'node:test';
import { CREDENTIAL_KINDS } from '@millrace/protocol';
import { CREDENTIAL_FIELDS } from './credential-fields.ts';

test('the command knows the kinds of credentials and their fields as the API does', () => {
  const known = Object.fromEntries(
    Object.entries(CREDENTIAL_FIELDS).map(([kind, fields]) => [
      kind,
      { open: fields.filter((f) => !f.secret).map((f) => f.name), secret: fields.filter((f) => f.secret).map((f) => f.name) },
    ]),
  );
  assert.deepEqual(known, CREDENTIAL_KINDS);
});

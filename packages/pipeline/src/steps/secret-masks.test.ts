import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { test } from 'node:test';
import { maskText } from '../log/mask.ts';
import { secretMasks } from './secret-masks.ts';

const SECRETS = {
  plain: 'correct-horse-battery',
  odd: `p"a's$w&o<r>d \\ /+%ö€!()*~`,
  lines: 'first line of it\nsecond: "line" \'of\' it\n  third line\n',
  long: Array.from({ length: 40 }, (_, i) => `part ${i}`).join(', '),
};

/** What programs make of it. `sh` gets it as $S. */
const DISGUISES: { readonly [name: string]: string } = {
  raw: 'printf %s "$S"',
  'sh -x': '(set -x; : "$S") 2>&1',
  'bash set': `bash -c 'set | grep -A9 ^S='`,
  'bash printf %q': `bash -c 'printf %q "$S"'`,
  'bash declare': `bash -c 'declare -p S'`,
  base64: 'printf %s "$S" | base64',
  'base64 with a newline': 'printf "%s\\n" "$S" | base64 -w0',
  'base64 after something': 'printf "user:%s" "$S" | base64 -w0',
  'base64 between': 'printf "us:%s:end" "$S" | base64 -w0',
  hex: 'printf %s "$S" | od -An -tx1',
  'line by line': 'printf %s "$S" | sed "s/^/> /"',
};
const NODE: { readonly [name: string]: (s: string) => string } = {
  JSON: (s) => JSON.stringify({ s }),
  component: encodeURIComponent,
  form: (s) => new URLSearchParams({ s }).toString(),
  base64url: (s) => Buffer.from(s).toString('base64url'),
  'hex at once': (s) => Buffer.from(s).toString('hex'),
  XML: (s) => s.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;'),
};

/** Nothing of the secret that is long enough to be of use is left: no run of its letters, in any encoding. */
function leaks(masked: string, secret: string): string[] {
  const words = secret.split(/[^A-Za-z]+/).filter((w) => w.length >= 6);
  const encoded = [Buffer.from(secret).toString('hex').slice(8, 40), Buffer.from(secret).toString('base64').slice(8, 32)];
  return [...words, ...encoded].filter((w) => w !== '' && masked.includes(w));
}

for (const [name, secret] of Object.entries(SECRETS)) {
  test(`a secret (${name}) is masked in whatever form programs write it`, () => {
    const masks = secretMasks([secret]);
    for (const [disguise, command] of Object.entries(DISGUISES)) {
      const out = execFileSync('sh', ['-c', command], { env: { ...process.env, S: secret }, encoding: 'utf8' });
      const masked = maskText(out, masks);
      assert.ok(masked.includes('****'), `${disguise}: ${masked}`);
      assert.deepEqual(leaks(masked, secret), [], `${disguise}: ${masked}`);
    }
    for (const [disguise, form] of Object.entries(NODE)) {
      const masked = maskText(`a ${form(secret)} b`, masks);
      assert.ok(masked.includes('****'), `${disguise}: ${masked}`);
      assert.deepEqual(leaks(masked, secret), [], `${disguise}: ${masked}`);
    }
  });
}

test('a short secret is masked as it is, and its encodings are left alone: they would be found anywhere', () => {
  assert.deepEqual(secretMasks(['abc']), ['abc']);
});

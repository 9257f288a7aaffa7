import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Reply } from '../engine/testing/dummy-host.ts';
import type { Ask } from '../host.ts';
import { runScriptText } from './testing/run-script.ts';

const STORE: { readonly [id: string]: { readonly type: string; readonly fields: { readonly [name: string]: string }; readonly description: string | null } } = {
  token: { type: 'Secret text', fields: { secret: 'abc-def-ghi' }, description: null },
  login: { type: 'Username with password', fields: { username: 'bob', password: 'pass-of-bob' }, description: null },
  config: { type: 'Secret file', fields: { content: 'a: 1', fileName: 'kube.conf' }, description: null },
  key: { type: 'SSH Username with private key', fields: { username: 'git', privateKey: 'KEY', passphrase: 'open-it' }, description: null },
};
function store(ask: Ask): Reply | undefined {
  if (ask.kind !== 'credentials') return undefined;
  const found = STORE[ask.request.id];
  return found === undefined
    ? {
        err: {
          code: 'MR_HOST',
          message: `Could not find credentials entry with ID '${ask.request.id}'`,
          type: 'org.jenkinsci.plugins.credentialsbinding.impl.CredentialNotFoundException',
        },
      }
    : { ok: found };
}

test('bindings make variables, and their secrets are masked', async () => {
  const { console, result } = await runScriptText(
    `node {
    withCredentials([string(credentialsId: 'token', variable: 'TOKEN'), usernamePassword(credentialsId: 'login', usernameVariable: 'U', passwordVariable: 'P'),
                     [$class: 'UsernamePasswordBinding', credentialsId: 'login', variable: 'BOTH']]) {
      echo "token $TOKEN of " + env.U + ' with ' + P
      echo(BOTH == 'bob:pass-of-bob' ? 'both are right' : 'no')
      sh "echo $TOKEN"
    }
    echo "after: \${env.TOKEN}"
  }`,
    {},
    store,
  );
  assert.equal(result, 'SUCCESS', console);
  assert.match(console, /Masking supported pattern matches of \$TOKEN or \$P or \$BOTH\n/);
  assert.match(console, /token \*\*\*\* of bob with \*\*\*\*\n/);
  assert.match(console, /both are right\n/);
  assert.match(console, /after: null\n/);
  assert.ok(!/abc-def-ghi|pass-of-bob/.test(console), console);
});

test('files are written beside the workspace for the time of the body', async () => {
  const { console, result, world } = await runScriptText(
    `node {
    def kept
    withCredentials([file(credentialsId: 'config', variable: 'CONF'), sshUserPrivateKey(credentialsId: 'key', keyFileVariable: 'KEY', usernameVariable: 'WHO', passphraseVariable: 'PHRASE')]) {
      kept = CONF
      echo readFile(CONF) + ' as ' + WHO + ', key ' + readFile(KEY).trim().length()
      echo "at $CONF"
    }
    echo(kept.startsWith('/w/job@tmp/secretFiles/') && kept.endsWith('/kube.conf') ? 'in the right place' : kept)
  }`,
    {},
    store,
  );
  assert.equal(result, 'SUCCESS', console);
  assert.match(console, /a: 1 as git, key 3\n/);
  assert.match(console, /at \*\*\*\*\n/);
  assert.match(console, /in the right place\n/);
  assert.deepEqual(
    [...world.files.keys()].filter((path) => path.includes('secretFiles')),
    [],
  );
});

test('an error that leaves the body does not carry the secret out', async () => {
  const { console, result } = await runScriptText(`withCredentials([string(credentialsId: 'token', variable: 'T')]) { error "wrong: $T" }`, {}, store);
  assert.equal(result, 'FAILURE');
  assert.match(console, /ERROR: wrong: \*\*\*\*\n/);
});

test('unknown credentials and those of another kind are told as Jenkins does', async () => {
  const unknown = await runScriptText(`withCredentials([string(credentialsId: 'nope', variable: 'T')]) { echo 'never' }`, {}, store);
  assert.match(unknown.console, /Could not find credentials entry with ID 'nope'\n/);
  const other = await runScriptText(`withCredentials([string(credentialsId: 'login', variable: 'T')]) { echo 'never' }`, {}, store);
  assert.match(other.console, /Credentials 'login' is of type 'Username with password' where 'Secret text' was expected\n/);
});

test('a secret that the script puts into an argument is warned of', async () => {
  const { console } = await runScriptText(
    `withCredentials([string(credentialsId: 'token', variable: 'T')]) { echo "with $T"; echo 'plain $T'; echo('+ ' + T) }`,
    {},
    store,
  );
  assert.match(
    console,
    /\[Pipeline\] echo\nWarning: A secret was passed to "echo" using Groovy String interpolation, which is insecure\.\n\t\t Affected argument\(s\) used the following variable\(s\): \[T\]\n/,
  );
  assert.equal(console.split('Warning:').length, 2);
});

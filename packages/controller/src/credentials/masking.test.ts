import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { it } from 'node:test';
import { createAuth } from '../auth/auth.ts';
import { TestFolder, TestServer } from '../testing/test-controller.ts';
import { Credentials } from './credentials.ts';

const SECRET = 'kittens & "wolves" $ate my/homework+again%';

/** In all of these a script writes it, before and after another controller has taken the build over. */
const DISGUISES = [
  'printf "%s\\n" "$WORD"',
  'for i in 1 2 3; do printf "%s" "$WORD"; done; echo',
  '(set -x; : "$WORD")',
  'printf "%s" "$WORD" | base64',
  'printf "user:%s" "$WORD" | base64 -w0; echo',
  'printf "%s" "$WORD" | od -An -tx1',
  'printf "%s" "$WORD" | od -An -v -tx1 | tr -d " \\n"; echo',
  'printf "%s" "$WORD" | sed "s/&/\\&amp;/g; s/\\"/\\&quot;/g"; echo',
  'printf "%s" "$WORD" | sed "s/%/%25/g; s/ /%20/g; s/&/%26/g; s/\\"/%22/g; s/\\\\$/%24/g; s|/|%2F|g; s/+/%2B/g"; echo',
  // In two pieces, with time between them.
  'set +x; printf "%s" "$WORD" | cut -c1-20 | tr -d "\\n"; sleep 0.3; printf "%s" "$WORD" | cut -c21-; echo',
  'cat "$FILE" | while read -r line; do echo "$line"; done',
];
const FILE = ['line one of the secret file', 'line two of the secret file', ''].join('\n');

it('a secret that scripts print in ten disguises appears nowhere, also through a change of the controller in between', async () => {
  const folder = new TestFolder();
  let server = await TestServer.start({ data: folder.path });
  try {
    const { store, services } = server.controller.parts;
    const { sealer, now } = services;
    const auth = createAuth({ store, now, anonymousRole: () => null });
    const credentials = new Credentials({ store, audit: auth.audit, sealer, providers: [], now });
    const actor = { user: 'test', address: null };
    const allow = { jobs: ['masked'], users: null, builds: true };
    await credentials.create(actor, null, { id: 'word', description: '', allow, secrets: { type: 'string', fields: { secret: SECRET } } });
    const contentBase64 = Buffer.from(FILE).toString('base64');
    await credentials.create(actor, null, { id: 'file', description: '', allow, secrets: { type: 'file', fields: { fileName: 'a.txt', contentBase64 } } });
    const lines = DISGUISES.map((d) => `      sh '''${d.replaceAll('\\', '\\\\')}'''`).join('\n');
    const id = await server.trigger(
      `node {
  withCredentials([string(credentialsId: 'word', variable: 'WORD'), file(credentialsId: 'file', variable: 'FILE')]) {
${lines}
      sh 'while ! [ -e go ]; do sleep 0.1; done'
      echo env.WORD
      def out = sh(script: 'printf %s "$WORD"', returnStdout: true)
      echo "captured \${out.length()}: \${out}"
      writeFile file: 'x.txt', text: out
      try { error "it was \${out}" } catch (e) { echo e.message }
${lines}
  }
}`,
      'masked',
    );
    await server.until(async () => (await server.log(id)).includes('[ -e go ]'));
    await server.stop({ endAgent: false });
    server = await TestServer.start({ data: folder.path });
    await server.touchInWorkspace('go');
    const { result, log } = await server.ended(id);
    assert.equal(result, 'SUCCESS', log);
    const refused = await server.run("node { withCredentials([string(credentialsId: 'word', variable: 'W')]) { echo 'no' } }", 'another');
    assert.equal(refused.result, 'FAILURE');
    assert.match(refused.log, /The credentials 'word' may not be used by another \(withCredentials\): it is for masked/);
    const uses = await server.store.db.selectFrom('audit').select('subject').where('action', '=', 'credential.use').execute();
    assert.deepEqual(uses.map((u) => u.subject).sort(), ['file', 'word']);
    assert.deepEqual(found(log), [], log);
    await server.stop();
    // Raw output lies with the agent, as on any machine that runs a script; all else is the controller's.
    const files = filesBelow(folder.path).filter((path) => !relative(folder.path, path).startsWith('agent'));
    assert.ok(files.some((path) => path.endsWith('millrace.db')));
    for (const path of files) assert.deepEqual(found(readFileSync(path).toString('latin1')), [], path);
  } finally {
    await server.stop();
    folder.remove();
  }
});

/** Of the secrets, what is long enough to be told from chance, in any encoding. */
function found(text: string): string[] {
  const words = ['wolves', 'homework', 'again%', 'of the secret file'];
  const bytes = Buffer.from(SECRET);
  const encoded = [bytes.toString('base64').slice(4, 20), bytes.toString('hex').slice(10, 40), Buffer.from(`user:${SECRET}`).toString('base64').slice(12, 40)];
  return [...words, ...encoded].filter((word) => text.includes(word));
}

function filesBelow(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name));
}

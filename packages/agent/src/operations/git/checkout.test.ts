import assert from 'node:assert/strict';
import { execFileSync, spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { chmod, mkdir, readdir, readFile, rm, stat, truncate, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { TestContext } from 'node:test';
import { test } from 'node:test';
import type { GitScm, OperationAnswer, OperationRequest } from '@millrace/protocol';
import type { TestRepository } from '@millrace/protocol/git/testing';
import { gitHttpServer, gitSshServer, noHttpBackend, noSshd, tempFolder, testRepository } from '@millrace/protocol/git/testing';
import { LeftOvers } from '../../tasks/left-overs.ts';
import { checkout } from './checkout.ts';
import { FormerGits } from './former-gits.ts';
import { DEFAULT_MIRRORS, Mirrors } from './mirrors.ts';

const HTTP = { skip: noHttpBackend() };
const LFS = { skip: noHttpBackend() ?? (hasLfs() ? undefined : 'git-lfs is not installed') };

function hasLfs(): boolean {
  try {
    execFileSync('git', ['lfs', 'version'], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}

type Request = OperationRequest<'checkout'>;
interface Done {
  readonly answer: OperationAnswer<'checkout'>;
  readonly console: string;
  /** The workspace. */
  readonly cwd: string;
  /** Of the workspace. */
  git(...args: string[]): string;
}
type More = Partial<Request> & { readonly workspace?: string; readonly mirrors?: Mirrors | undefined; readonly signal?: AbortSignal };
type Scm = Partial<GitScm> & { readonly url: string; readonly credentialsId?: string };

interface World {
  readonly folder: string;
  readonly app: TestRepository;
  readonly mirrors: Mirrors;
  check(scm: Scm, more?: More): Promise<Done>;
}

async function world(t: TestContext): Promise<World> {
  const folder = await tempFolder(t);
  const app = await testRepository(folder);
  const mirrors = new Mirrors({ ...DEFAULT_MIRRORS, folder: join(folder, 'mirrors') });
  const formerGits = new FormerGits(folder);
  let count = 0;
  const check: World['check'] = async ({ url, credentialsId, ...scm }, { workspace = 'ws', signal, ...more } = {}) => {
    const cwd = join(folder, workspace);
    const scratch = join(folder, `scratch-${count++}`);
    await mkdir(scratch, { recursive: true });
    await mkdir(cwd, { recursive: true });
    let console = '';
    const answer = await checkout(
      {
        lease: 'l',
        cwd,
        scm: {
          kind: 'git',
          remotes: [{ url, name: 'origin', refspec: null, credentialsId: credentialsId ?? null }],
          branches: ['main'],
          extensions: [],
          ...scm,
        },
        env: {},
        masks: [],
        changelog: true,
        poll: true,
        previous: [],
        ...more,
      },
      {
        transfers: {} as never,
        leftOvers: new LeftOvers('test'),
        formerGits,
        mirrors: 'mirrors' in more ? more.mirrors : mirrors,
        scratch: () => scratch,
        print: (text) => {
          console += text;
        },
        signal: signal ?? new AbortController().signal,
      },
    );
    return { answer, console, cwd, git: (...args) => execFileSync('git', args, { cwd }).toString().trim() };
  };
  return { folder, app, mirrors, check };
}

/** Of an OperationError. */
const coded = (wanted: string) => (e: { failure?: { code: string; message: string } }) => {
  assert.equal(e.failure?.code, wanted, e.failure?.message);
  assert.doesNotMatch(e.failure?.message ?? '', /(quiet|loud) water/);
  return true;
};

const extension = (type: string, options: GitScm['extensions'][number]['options'] = {}): GitScm['extensions'][number] => ({ type, options });

test('a clone, then what has changed: the variables, the words, and the changes since what the server says was built', HTTP, async (t) => {
  const { app, folder, check } = await world(t);
  const first = await app.commit({ a: '1', b: '1' }, 'first');
  const { url: base } = await gitHttpServer(t, folder);
  const url = `${base}/app/.git`;
  const one = await check({ url, branches: ['*/main'] });
  assert.deepEqual(one.answer, {
    variables: { GIT_COMMIT: first, GIT_BRANCH: 'origin/main', GIT_URL: url },
    revision: { url, branch: 'origin/main', commit: first, folder: '' },
  });
  assert.match(one.console, /^No credentials specified\nCloning the remote Git repository\nCloning repository http\S+\n > git init \S+ # timeout=10\n/);
  assert.match(one.console, new RegExp(`\nChecking out Revision ${first} \\(refs/remotes/origin/main\\)\n > git checkout -f ${first} # timeout=10\n`));
  assert.match(one.console, /\nCommit message: "first"\nFirst time build. Skipping changelog.\n$/);

  const second = await app.commit({ a: '2', c: 'new' }, 'second\n\nwith a body', 'Bob');
  await rm(join(app.folder, 'b'));
  const third = await app.commit({}, 'third', 'Cid');
  // Another workspace on another machine knows nothing by itself.
  const previous = [{ url, branch: 'origin/main', commit: first, successful: first }];
  for (const more of [{ previous }, { previous, workspace: 'elsewhere', mirrors: undefined }]) {
    const two = await check({ url }, more);
    assert.deepEqual(two.answer.variables, {
      GIT_COMMIT: third,
      GIT_BRANCH: 'origin/main',
      GIT_URL: url,
      GIT_PREVIOUS_COMMIT: first,
      GIT_PREVIOUS_SUCCESSFUL_COMMIT: first,
    });
    assert.deepEqual(
      two.answer.changes?.map(({ commit, title, comment, paths, edits }) => ({ commit, title, comment, paths, edits })),
      [
        { commit: third, title: 'third', comment: 'third\n', paths: ['b'], edits: ['delete'] },
        { commit: second, title: 'second', comment: 'second\n\nwith a body\n', paths: ['a', 'c'], edits: ['edit', 'add'] },
      ],
    );
    assert.deepEqual((await readdir(two.cwd)).sort(), ['.git', 'a', 'c']);
  }
  const authors = await check({ url, extensions: [extension('AuthorInChangelog')] }, { previous });
  assert.deepEqual(
    authors.answer.changes?.map((c) => `${c.author} ${c.email}`),
    ['Cid cid@example.com', 'Bob bob@example.com'],
  );
});

test('a mirror of a credential whose token is another each hour stays the same one', HTTP, async (t) => {
  const { app, folder, check } = await world(t);
  await app.commit({ a: '1' }, 'first');
  const mirrors = async (): Promise<number> => (await readdir(join(folder, 'mirrors'))).length;
  const server = await gitHttpServer(t, folder);
  const url = `${server.url}/app/.git`;
  const of = (password: string, identity: string) => ({ credentials: { app: { appId: '12', username: '12', password, identity } } });
  await check({ url, credentialsId: 'app' }, of('the first', 'a'));
  await check({ url, credentialsId: 'app' }, { ...of('the second', 'a'), workspace: 'two' });
  assert.equal(await mirrors(), 1);
  await check({ url, credentialsId: 'app' }, { ...of('the second', 'b'), workspace: 'three' });
  assert.equal(await mirrors(), 2, 'who has another credential sees nothing of it');
});

test('a mirror serves the second workspace, which lives on without it; one that is broken or half is made anew', HTTP, async (t) => {
  const { app, folder, check, mirrors } = await world(t);
  await app.commit({ a: '1' }, 'first');
  const server = await gitHttpServer(t, folder);
  const url = `${server.url}/app/.git`;
  await check({ url });
  const posts = (): number => server.requests.splice(0).filter((r) => r.startsWith('POST') && r.includes('upload-pack')).length;
  const fresh = posts();
  const { git, cwd } = await check({ url }, { workspace: 'two' });
  assert.ok(posts() < fresh, 'the second asks for refs alone');
  const [name = ''] = await readdir(join(folder, 'mirrors'));
  const packs = join(folder, 'mirrors', name, 'objects', 'pack');
  const [pack = ''] = (await readdir(packs)).filter((n) => n.endsWith('.pack'));
  assert.ok((await stat(join(packs, pack))).nlink >= 3, 'its packs are linked');
  await rm(join(folder, 'mirrors'), { recursive: true });
  assert.equal(git('fsck', '--full'), '');

  // Killed in the middle of a fetch: locks and a pack without a name.
  const later = new Mirrors({ ...DEFAULT_MIRRORS, folder: join(folder, 'mirrors') });
  await check({ url }, { mirrors: later });
  await writeFile(join(packs, 'tmp_pack_x'), 'half');
  await writeFile(join(folder, 'mirrors', name, 'refs', 'heads', 'main.lock'), '');
  await writeFile(join(cwd, '.git', 'index.lock'), '');
  const second = await app.commit({ a: '2' }, 'second');
  const again = await check({ url }, { mirrors: new Mirrors({ ...DEFAULT_MIRRORS, folder: join(folder, 'mirrors') }), workspace: 'two' });
  assert.equal(again.answer.variables['GIT_COMMIT'], second);
  assert.ok(!(await readdir(packs)).includes('tmp_pack_x'));

  // Broken.
  for (const file of await readdir(packs)) {
    await chmod(join(packs, file), 0o600);
    await rm(join(packs, file));
    await writeFile(join(packs, file), 'x');
  }
  const third = await app.commit({ a: '3' }, 'third');
  assert.equal((await check({ url }, { workspace: 'three' })).answer.variables['GIT_COMMIT'], third);
  assert.equal(await readFile(join(folder, 'three', 'a'), 'utf8'), '3');
  assert.equal((await check({ url }, { workspace: 'four', mirrors })).answer.variables['GIT_COMMIT'], third);
  // None are kept.
  const off = new Mirrors({ ...DEFAULT_MIRRORS, folder: join(folder, 'none'), mostBytes: 0 });
  assert.equal((await check({ url }, { workspace: 'five', mirrors: off })).answer.variables['GIT_COMMIT'], third);
  await assert.rejects(readdir(join(folder, 'none')));
});

test('many at once on one mirror end well', HTTP, async (t) => {
  const { app, folder, check } = await world(t);
  const commit = await app.commit({ a: '1' });
  const { url } = await gitHttpServer(t, folder);
  const all = await Promise.all(Array.from({ length: 6 }, (_, i) => check({ url: `${url}/app/.git` }, { workspace: `w${i}` })));
  for (const { answer, git } of all) {
    assert.equal(answer.variables['GIT_COMMIT'], commit);
    assert.equal(git('fsck', '--full'), '');
  }
});

test('objects that cannot be read make a clone anew, without the mirror', HTTP, async (t) => {
  const { app, folder, check } = await world(t);
  await app.commit({ a: 'x'.repeat(10_000) });
  const { url: base } = await gitHttpServer(t, folder);
  const url = `${base}/app/.git`;
  await check({ url });
  for (const root of [join(folder, 'mirrors', (await readdir(join(folder, 'mirrors')))[0] ?? '', 'objects', 'pack')])
    for (const file of await readdir(root))
      if (file.endsWith('.pack')) {
        await chmod(join(root, file), 0o600);
        await truncate(join(root, file), 40);
      }
  const { git } = await check({ url }, { workspace: 'two' });
  assert.equal(git('fsck', '--full'), '');
});

test('variables in branch specs and refspecs are what the build has by these names, and no options of git', async (t) => {
  const { app, check } = await world(t);
  await app.commit({ a: 'main' });
  await app.git(['checkout', '--quiet', '-b', 'feature/x']);
  const feature = await app.commit({ a: 'feature' });
  await app.git(['tag', '-a', '-m', 'one', 'v1']);
  await app.git(['checkout', '--quiet', 'main']);
  const url = app.folder;
  const env = { BRANCH: 'feature/x', TAG: 'refs/tags/v1', BAD: '--upload-pack=true' };
  const refspec = '+refs/heads/${BRANCH}:refs/remotes/origin/$BRANCH';
  const remotes = [{ url, name: null, refspec, credentialsId: null }];
  const one = await check({ url, remotes, branches: ['origin/${BRANCH}'] }, { env });
  assert.equal(one.answer.variables['GIT_COMMIT'], feature);
  assert.equal((await check({ url, branches: ['origin/$TAG'] }, { env, workspace: 'two' })).answer.variables['GIT_COMMIT'], feature);
  await assert.rejects(check({ url, branches: ['origin/$NONE'] }, { env, workspace: 'three' }), /find any revision/);
  // Of a fork, as the gitlab-plugin's page has it.
  await app.git(['update-ref', 'refs/merge-requests/3/head', feature]);
  const forks = [{ url, name: null, refspec: '+refs/merge-requests/*/head:refs/remotes/origin/merge-requests/*', credentialsId: null }];
  const fork = await check({ url, remotes: forks, branches: ['origin/merge-requests/${IID}'] }, { env: { IID: '3' }, workspace: 'five' });
  assert.equal(fork.answer.variables['GIT_BRANCH'], 'origin/merge-requests/3');
  const bad = [{ url, name: null, refspec: '$BAD', credentialsId: null }];
  await assert.rejects(check({ url, remotes: bad, branches: ['main'] }, { env, workspace: 'four' }), /is no refspec/);
});

test('shallow, refspecs, tags, several remotes, references and pruning', HTTP, async (t) => {
  const { app, folder, check } = await world(t);
  await app.commit({ a: '1' });
  await app.git(['tag', 'v1']);
  await app.git(['branch', 'old']);
  await app.git(['update-ref', 'refs/pull/7/head', 'HEAD']);
  const head = await app.commit({ a: '2' });
  const fork = await testRepository(folder, 'fork');
  const other = await fork.commit({ f: '1' });
  const { url: base } = await gitHttpServer(t, folder);
  const url = `${base}/app/.git`;
  const shallow = await check({ url, extensions: [extension('CloneOption', { shallow: true, depth: 1, noTags: true })] });
  assert.equal(shallow.git('rev-list', '--count', 'HEAD'), '1');
  assert.equal(shallow.git('tag'), '');

  const refspec = '+refs/heads/main:refs/remotes/origin/main +refs/pull/*/head:refs/remotes/origin/pr/*';
  const remotes = [
    { url, name: null, refspec, credentialsId: null },
    { url: `${base}/fork/.git`, name: 'fork', refspec: null, credentialsId: null },
  ];
  const two = await check({ url, remotes, extensions: [extension('CloneOption', { honorRefspec: true })] }, { workspace: 'two' });
  assert.deepEqual(two.answer.variables, { GIT_COMMIT: head, GIT_BRANCH: 'origin/main', GIT_URL_1: url, GIT_URL_2: `${base}/fork/.git` });
  assert.deepEqual(two.git('for-each-ref', '--format=%(refname)').split('\n').sort(), [
    'refs/remotes/fork/main',
    'refs/remotes/origin/main',
    'refs/remotes/origin/pr/7',
    'refs/tags/v1',
  ]);
  const forked = await check({ url, remotes, branches: ['fork/main'] }, { workspace: 'two' });
  assert.equal(forked.answer.variables['GIT_COMMIT'], other);
  const pull = await check({ url, remotes, branches: ['pr/7'] }, { workspace: 'two' });
  assert.equal(pull.answer.variables['GIT_BRANCH'], 'origin/pr/7');

  const reference = await check({ url, extensions: [extension('CloneOption', { reference: app.folder })] }, { workspace: 'three' });
  assert.match(reference.console, /\nUsing reference repository: /);
  const nowhere = await check({ url, extensions: [extension('CloneOption', { reference: '/nowhere' })] }, { workspace: 'four' });
  assert.match(nowhere.console, /\n\[WARNING\] Reference path does not exist: \/nowhere\n/);

  await check({ url }, { workspace: 'five' });
  await app.git(['branch', '-D', 'old']);
  await app.git(['tag', '-d', 'v1']);
  for (const mirrors of [undefined, new Mirrors({ ...DEFAULT_MIRRORS, folder: join(folder, 'mirrors') })]) {
    const workspace = mirrors === undefined ? 'five' : 'six';
    if (mirrors !== undefined) {
      await app.git(['branch', 'old']);
      await app.git(['tag', 'v1']);
      await check({ url }, { workspace, mirrors });
      await app.git(['branch', '-D', 'old']);
      await app.git(['tag', '-d', 'v1']);
    }
    const kept = await check({ url }, { workspace, mirrors });
    assert.match(kept.git('for-each-ref', '--format=%(refname)'), /origin\/old/);
    const pruned = await check({ url, extensions: [extension('PruneStaleBranch'), extension('PruneStaleTag', { pruneTags: true })] }, { workspace, mirrors });
    assert.deepEqual(pruned.git('for-each-ref', '--format=%(refname)', 'refs/remotes', 'refs/tags'), 'refs/remotes/origin/main', workspace);
  }
});

test('branch specs choose as in Jenkins: tags, commits, wildcards, expressions, the inverse, and the commit that a build is bound to', HTTP, async (t) => {
  const { app, folder, check } = await world(t);
  const first = await app.commit({ a: '1' }, 'one', 'Ann', '2020-01-01T00:00:00Z');
  await app.git(['tag', '-a', '-m', 'x', 'v1']);
  await app.git(['branch', 'release/1']);
  const second = await app.commit({ a: '2' }, 'two', 'Ann', '2021-01-01T00:00:00Z');
  await app.git(['branch', 'release/2']);
  const third = await app.commit({ a: '3' }, 'three', 'Ann', '2022-01-01T00:00:00Z');
  const { url: base } = await gitHttpServer(t, folder);
  const url = `${base}/app/.git`;
  const chosen = async (branches: string[], extensions: GitScm['extensions'] = []): Promise<string> => {
    const { variables } = (await check({ url, branches, extensions })).answer;
    return `${variables['GIT_COMMIT']} ${variables['GIT_BRANCH']}`;
  };
  assert.equal(await chosen(['refs/tags/v1']), `${first} detached`);
  assert.equal(await chosen(['v1']), `${first} detached`);
  assert.equal(await chosen([second]), `${second} origin/release/2`);
  assert.equal(await chosen(['release/*']), `${second} origin/release/2`);
  assert.equal(await chosen([':origin/release/[0-1]']), `${first} origin/release/1`);
  assert.equal(await chosen(['nope', '*/main']), `${third} origin/main`);
  const chooser = (options: GitScm['extensions'][number]['options']): GitScm['extensions'] => [extension('BuildChooserSetting', { buildChooser: options })];
  assert.equal(await chosen(['main'], chooser({ $class: 'InverseBuildChooser' })), `${second} origin/release/2`);
  assert.equal(await chosen(['**'], chooser({ $class: 'AncestryBuildChooser', ancestorCommitSha1: third })), `${third} origin/main`);
  assert.equal(await chosen(['main'], chooser({ $class: 'SpecificRevisionBuildChooser', commit: second, branch: 'origin/main' })), `${second} origin/main`);
  await assert.rejects(chosen(['main'], chooser({ $class: 'com.example.OddBuildChooser' })), /the build chooser Odd is not there/);
  await assert.rejects(chosen(['nope']), /Couldn't find any revision to build/);
});

test('folders, cleaning, wiping, local branches, sparse paths, identities and extensions that nobody knows', HTTP, async (t) => {
  const { app, folder, check } = await world(t);
  await app.commit({ a: '1', 'docs/x': 'x', 'src/y': 'y' });
  const { url: base } = await gitHttpServer(t, folder);
  const url = `${base}/app/.git`;
  const sub = await check({
    url,
    extensions: [extension('RelativeTargetDirectory', { relativeTargetDir: 'sub' }), extension('LocalBranch', { localBranch: '**' })],
  });
  assert.equal(sub.answer.variables['GIT_CHECKOUT_DIR'], 'sub');
  assert.equal(sub.answer.variables['GIT_LOCAL_BRANCH'], 'main');
  assert.equal(sub.answer.revision?.folder, 'sub');
  assert.equal(
    execFileSync('git', ['symbolic-ref', 'HEAD'], { cwd: join(sub.cwd, 'sub') })
      .toString()
      .trim(),
    'refs/heads/main',
  );

  const { cwd } = await check({ url }, { workspace: 'two' });
  const litter = async (): Promise<void> => {
    await writeFile(join(cwd, 'a'), 'changed');
    await writeFile(join(cwd, 'litter'), '');
    await mkdir(join(cwd, 'nested'), { recursive: true });
    execFileSync('git', ['init', '--quiet'], { cwd: join(cwd, 'nested') });
    await writeFile(join(cwd, 'nested', 'file'), '');
  };
  await litter();
  await check({ url, extensions: [extension('CleanBeforeCheckout')] }, { workspace: 'two' });
  assert.deepEqual((await readdir(cwd)).sort(), ['.git', 'a', 'docs', 'nested', 'src']);
  await litter();
  await check({ url, extensions: [extension('CleanCheckout', { deleteUntrackedNestedRepositories: true })] }, { workspace: 'two' });
  assert.deepEqual((await readdir(cwd)).sort(), ['.git', 'a', 'docs', 'src']);
  await litter();
  const wiped = await check({ url, extensions: [extension('WipeWorkspace')] }, { workspace: 'two' });
  assert.match(wiped.console, /\nWiping out workspace first.\n/);
  assert.deepEqual((await readdir(cwd)).sort(), ['.git', 'a', 'docs', 'src']);
  await check({ url, extensions: [extension('SparseCheckoutPaths', { sparseCheckoutPaths: [{ path: 'docs' }] })] }, { workspace: 'two' });
  assert.deepEqual((await readdir(cwd)).sort(), ['.git', 'docs']);
  await check({ url }, { workspace: 'two' });
  assert.deepEqual((await readdir(cwd)).sort(), ['.git', 'a', 'docs', 'src']);

  const odd = await check({
    url,
    extensions: [
      extension('NobodyKnowsMe'),
      extension('UserIdentity', { name: 'Me', email: 'me@x' }),
      extension('PathRestriction', { includedRegions: 'src/.*' }),
    ],
  });
  assert.match(odd.console, /^WARNING: the extension NobodyKnowsMe is not known here, and the checkout is made without it\n/);
  assert.doesNotMatch(odd.console, /PathRestriction/);
  assert.equal(odd.answer.variables['GIT_COMMITTER_NAME'], 'Me');
  assert.equal(odd.answer.variables['GIT_AUTHOR_EMAIL'], 'me@x');
});

test('a merge before the build is the same when it is made again, and one that conflicts says so', HTTP, async (t) => {
  const { app, folder, check } = await world(t);
  await app.commit({ a: '1' });
  await app.git(['checkout', '-q', '-b', 'topic']);
  await app.commit({ b: '1' }, 'topic');
  await app.git(['checkout', '-q', '-b', 'clash']);
  await app.commit({ a: 'clash' });
  await app.git(['checkout', '-q', 'main']);
  await app.commit({ a: '2' });
  const { url: base } = await gitHttpServer(t, folder);
  const url = `${base}/app/.git`;
  const extensions = [extension('PreBuildMerge', { options: { mergeRemote: 'origin', mergeTarget: 'main', mergeStrategy: 'DEFAULT', fastForwardMode: 'FF' } })];
  const one = await check({ url, branches: ['topic'], extensions });
  assert.deepEqual((await readdir(one.cwd)).sort(), ['.git', 'a', 'b']);
  assert.equal(one.git('rev-list', '--parents', '-1', 'HEAD').split(' ').length, 3);
  assert.equal(one.git('rev-parse', 'HEAD'), one.answer.variables['GIT_COMMIT']);
  const two = await check({ url, branches: ['topic'], extensions }, { workspace: 'two' });
  assert.equal(two.answer.variables['GIT_COMMIT'], one.answer.variables['GIT_COMMIT']);
  await assert.rejects(check({ url, branches: ['clash'], extensions }), /Branch not suitable for integration as it does not merge cleanly/);
  const nothing = [extension('PreBuildMerge', { options: { mergeTarget: 'nope' } })];
  await assert.rejects(check({ url, branches: ['topic'], extensions: nothing }), /there is no branch origin\/nope to merge into/);
});

test('submodules come with the credential of their parent, also those within', HTTP, async (t) => {
  const { app, folder, check } = await world(t);
  const server = await gitHttpServer(t, folder, { user: 'ann', password: 'quiet water' });
  const inner = await testRepository(folder, 'inner');
  await inner.commit({ deep: '1' });
  const middle = await testRepository(folder, 'middle');
  await middle.commit({ m: '1' });
  const local = { GIT_CONFIG_COUNT: '1', GIT_CONFIG_KEY_0: `url.${folder}/.insteadOf`, GIT_CONFIG_VALUE_0: `${server.url}/` };
  await middle.git(['submodule', '--quiet', 'add', `${server.url}/inner/.git`, 'inner'], local);
  await middle.commit({});
  await app.git(['submodule', '--quiet', 'add', `${server.url}/middle/.git`, 'middle'], local);
  await app.commit({});
  const credentials = { c: { username: 'ann', password: 'quiet water' } };
  const scm = { url: `${server.url}/app/.git`, credentialsId: 'c' };
  const options = { recursiveSubmodules: true, parentCredentials: true, shallow: true, depth: 1, threads: 2 };
  const { cwd, console } = await check({ ...scm, extensions: [extension('SubmoduleOption', options)] }, { credentials });
  assert.equal(await readFile(join(cwd, 'middle', 'inner', 'deep'), 'utf8'), '1');
  assert.doesNotMatch(console, /quiet water/);
  await assert.rejects(
    check({ ...scm, extensions: [extension('SubmoduleOption', { parentCredentials: false })] }, { credentials, workspace: 'two' }),
    coded('MR_GIT_CREDENTIALS'),
  );
  const disabled = await check({ ...scm, extensions: [extension('SubmoduleOption', { disableSubmodules: true })] }, { credentials, workspace: 'three' });
  assert.deepEqual(await readdir(join(disabled.cwd, 'middle')), []);
});

test('submodules come through mirrors: a second checkout asks for what has changed alone', HTTP, async (t) => {
  const { app, folder, check, mirrors } = await world(t);
  const server = await gitHttpServer(t, folder);
  const inner = await testRepository(folder, 'inner');
  await inner.commit({ deep: '1' });
  await inner.git(['tag', 'v1']);
  const middle = await testRepository(folder, 'middle');
  await middle.commit({ m: '1' });
  const local = { GIT_CONFIG_COUNT: '1', GIT_CONFIG_KEY_0: `url.${folder}/.insteadOf`, GIT_CONFIG_VALUE_0: `${server.url}/` };
  // Relative, as many have them, and with a name that is not the path.
  await middle.git(['submodule', '--quiet', 'add', '--name', 'lib/inner', `${server.url}/inner/.git`, 'sub/inner'], local);
  await middle.commit({ '.gitmodules': (await readFile(join(middle.folder, '.gitmodules'), 'utf8')).replace(/url = .*/, 'url = ../../inner/.git') });
  await app.git(['submodule', '--quiet', 'add', `${server.url}/middle/.git`, 'middle'], local);
  await app.commit({});
  const url = `${server.url}/app/.git`;
  const extensions = [extension('SubmoduleOption', { recursiveSubmodules: true })];
  const posts = (path: string): number => server.requests.filter((r) => r.startsWith('POST') && r.includes(`/${path}/`)).length;
  const first = await check({ url, extensions });
  assert.match(first.console, /\n > git fetch http\S+\/inner\/\.git # timeout=10, submodule lib\/inner, through the mirror of this machine\n/);
  assert.equal(await readFile(join(first.cwd, 'middle', 'sub', 'inner', 'deep'), 'utf8'), '1');
  assert.equal((await readdir(join(folder, 'mirrors'))).length, 3);

  const fresh = posts('inner');
  server.requests.length = 0;
  const second = await check({ url, extensions }, { workspace: 'two' });
  assert.equal(await readFile(join(second.cwd, 'middle', 'sub', 'inner', 'deep'), 'utf8'), '1');
  assert.ok(posts('inner') < fresh && posts('middle') < fresh, 'refs alone');
  assert.equal(execFileSync('git', ['describe', '--tags'], { cwd: join(second.cwd, 'middle', 'sub', 'inner') }).toString(), 'v1\n');
  assert.equal(second.git('submodule', 'status', '--recursive').match(/^ /gm)?.length, 1, 'the second line stands in front: it was trimmed');

  // A change of the innermost, in a workspace that has them.
  const later = await inner.commit({ deep: '2' });
  await middle.git(['-C', 'sub/inner', 'fetch', '--quiet'], local);
  await middle.git(['-C', 'sub/inner', 'checkout', '--quiet', later]);
  await middle.commit({ m: '2' });
  await app.git(['-C', 'middle', 'pull', '--quiet', 'origin', 'main'], local);
  await app.commit({});
  const third = await check({ url, extensions });
  assert.equal(await readFile(join(third.cwd, 'middle', 'sub', 'inner', 'deep'), 'utf8'), '2');
  assert.equal(await readFile(join(third.cwd, 'middle', 'm'), 'utf8'), '2');

  // None of them needs a mirror afterwards, and a workspace of the time before mirrors goes on with one.
  await rm(join(folder, 'mirrors'), { recursive: true });
  for (const place of ['.', 'middle', 'middle/sub/inner'])
    assert.equal(execFileSync('git', ['fsck', '--full'], { cwd: join(second.cwd, place), stdio: ['ignore', 'pipe', 'ignore'] }).toString(), '');
  const without = await check({ url, extensions }, { workspace: 'old', mirrors: undefined });
  assert.doesNotMatch(without.console, /mirror/);
  await check({ url, extensions }, { workspace: 'old', mirrors });
  assert.equal(await readFile(join(without.cwd, 'middle', 'sub', 'inner', 'deep'), 'utf8'), '2');

  // A mirror that is broken, and a submodule that is: both are made anew.
  for (const name of await readdir(join(folder, 'mirrors'))) await rm(join(folder, 'mirrors', name, 'objects'), { recursive: true });
  await rm(join(without.cwd, '.git', 'modules', 'middle', 'objects'), { recursive: true });
  await check({ url, extensions }, { workspace: 'old', mirrors });
  assert.equal(await readFile(join(without.cwd, 'middle', 'm'), 'utf8'), '2');
});

test('a shallow clone through a mirror is as deep as it was asked to be, from the first to the last checkout', HTTP, async (t) => {
  const { app, folder, check, mirrors } = await world(t);
  const server = await gitHttpServer(t, folder);
  const url = `${server.url}/app/.git`;
  for (let i = 1; i <= 4; i++) await app.commit({ a: String(i), large: randomBytes(200_000).toString('base64') }, `c${i}`);
  await app.git(['checkout', '--quiet', '-b', 'side', 'HEAD~1']);
  await app.commit({ side: '1' });
  await app.git(['checkout', '--quiet', 'main']);
  const shallow = (depth: number, more = {}): GitScm['extensions'] => [extension('CloneOption', { shallow: true, depth, ...more })];
  const depthOf = (git: Done['git'], ref = 'HEAD'): number => Number(git('rev-list', '--count', ref));
  const first = await check({ url, extensions: shallow(1) });
  assert.match(first.console, /git fetch --tags --force --depth=1 .*through the mirror of this machine/);
  assert.equal(depthOf(first.git), 1);
  assert.equal(depthOf(first.git, 'origin/side'), 1);
  assert.equal(first.git('rev-parse', '--is-shallow-repository'), 'true');

  let most = 0;
  server.during = (_line, sent) => {
    most = Math.max(most, sent);
  };
  const second = await check({ url, extensions: shallow(1) }, { workspace: 'two' });
  assert.ok(most < 10_000, 'nothing comes again');
  assert.equal(depthOf(second.git), 1);

  for (let i = 5; i <= 7; i++) await app.commit({ a: String(i) }, `c${i}`);
  for (const workspace of ['ws', 'two', 'three']) {
    const { git, cwd } = await check({ url, extensions: shallow(1) }, { workspace });
    assert.equal(depthOf(git), 1, workspace);
    assert.equal(await readFile(join(cwd, 'a'), 'utf8'), '7');
    assert.equal(git('fsck', '--full', '--no-dangling'), '');
  }
  assert.ok(most < 10_000, 'only what has changed comes');
  // Deeper and back, in the same workspace, as one that fetches by itself.
  for (const depth of [3, 1, 2, 30]) {
    const { git } = await check({ url, extensions: shallow(depth) });
    const alone = await check({ url, extensions: shallow(depth) }, { workspace: 'alone', mirrors: undefined });
    assert.equal(depthOf(git), Math.min(depth, 7), String(depth));
    assert.equal(depthOf(alone.git), depthOf(git));
    assert.equal(git('fsck', '--full', '--no-dangling'), '');
  }
  // A whole clone becomes shallow, as git has it, and whole again.
  await check({ url }, { workspace: 'whole' });
  assert.equal(depthOf((await check({ url, extensions: shallow(2) }, { workspace: 'whole' })).git), 2);

  // Branches that are gone go, tags come or not, and a commit that is no branch's comes as deep.
  await app.git(['branch', '-D', 'side']);
  await app.git(['tag', 'v7']);
  const pruned = await check({ url, extensions: [...shallow(1), extension('PruneStaleBranch')] }, { workspace: 'two' });
  assert.equal(pruned.git('for-each-ref', '--format=%(refname)'), 'refs/remotes/origin/main\nrefs/tags/v7');
  const untagged = await check({ url, extensions: shallow(1, { noTags: true }) }, { workspace: 'five' });
  assert.equal(untagged.git('tag'), '');
  const third = await app.git(['rev-parse', 'HEAD~4']);
  await app.git(['config', 'uploadpack.allowAnySHA1InWant', 'true']);
  const bound = await check({ url, extensions: shallow(1), revision: { commit: third, branch: 'origin/main' } }, { workspace: 'six' });
  assert.equal(depthOf(bound.git), 1);
  assert.equal(bound.git('rev-parse', 'HEAD'), third);
  assert.ok((await readdir(join(folder, 'mirrors'))).length >= 5, 'one for each depth, and that of whole clones');
  await rm(join(folder, 'mirrors'), { recursive: true });
  assert.equal(second.git('fsck', '--full', '--no-dangling'), '');
  // Those of a depth are made anew too.
  await check({ url, extensions: shallow(1) }, { workspace: 'seven', mirrors });
});

test('large files come after the checkout', LFS, async (t) => {
  const { app, check } = await world(t);
  await app.git(['lfs', 'install', '--local']);
  await app.git(['lfs', 'track', '*.bin']);
  await app.commit({ 'a.bin': 'large' });
  const done = await check({ url: app.folder, extensions: [extension('GitLFSPull')] });
  assert.equal(await readFile(join(done.cwd, 'a.bin'), 'utf8'), 'large');
});

test('errors have their codes, and no secret is in any command or line', HTTP, async (t) => {
  const { app, folder, check } = await world(t);
  await app.commit({ a: '1' });
  const server = await gitHttpServer(t, folder, { user: 'ann', password: 'quiet water' });
  const url = `${server.url}/app/.git`;
  const known = { credentials: { c: { username: 'ann', password: 'loud water' } } };
  await assert.rejects(check({ url, credentialsId: 'c' }, known), coded('MR_GIT_CREDENTIALS'));
  await assert.rejects(check({ url }), coded('MR_GIT_CREDENTIALS'));
  await assert.rejects(check({ url, credentialsId: 'nope' }, known), coded('MR_CREDENTIALS_UNKNOWN'));
  await assert.rejects(check({ url: 'http://127.0.0.1:1/x.git' }), coded('MR_GIT_AWAY'));
  await assert.rejects(check({ url: 'https://u:loud%20water@127.0.0.1:1/x.git' }), coded('MR_GIT_AWAY'));
  // Nobody wants it any more while the server does not answer.
  const abort = new AbortController();
  server.before = () => {
    abort.abort();
    return new Promise(() => undefined);
  };
  await assert.rejects(check({ url }, { signal: abort.signal }), coded('MR_CANCELLED'));
});

test('the first checkout of a process ends the gits of the one before it', HTTP, async (t) => {
  const { app, folder, check } = await world(t);
  const commit = await app.commit({ a: '1' });
  const { url } = await gitHttpServer(t, folder);
  const left = spawn('sleep', ['1000'], { env: { ...process.env, ...new FormerGits(folder).mark } });
  const ended = new Promise((done) => left.on('close', (_code, signal) => done(signal)));
  const { answer } = await check({ url: `${url}/app/.git` });
  assert.equal(await ended, 'SIGKILL');
  assert.equal(answer.variables['GIT_COMMIT'], commit);
});

test('SSH with a key that has a passphrase, host keys known and unknown', { skip: noSshd() }, async (t) => {
  const { app, folder, check } = await world(t);
  const commit = await app.commit({ a: '1' });
  const server = await gitSshServer(t, folder, 'open sesame');
  const credentials = { k: { privateKey: server.key, passphrase: 'open sesame', username: server.user } };
  const scm = { url: `${server.url}${app.folder}`, credentialsId: 'k' };
  const hostKeys = { verification: 'manual', knownHosts: [server.hostKey] } as const;
  const done = await check(scm, { credentials, hostKeys });
  assert.equal(done.answer.variables['GIT_COMMIT'], commit);
  assert.match(done.console, /^using credential k\n/);
  await assert.rejects(check(scm, { credentials, hostKeys: { verification: 'manual', knownHosts: [] } }), coded('MR_GIT_HOST_KEY'));
  const home = join(folder, 'home');
  await mkdir(join(home, '.ssh'), { recursive: true });
  const accept = { verification: 'accept-first', knownHosts: [] } as const;
  await check(scm, { credentials, hostKeys: accept, env: { HOME: home } });
  assert.match(await readFile(join(home, '.ssh', 'known_hosts'), 'utf8'), /ssh-ed25519/);
});

/** Real repositories for tests: made by git, and served over HTTP by git's own git-http-backend and over SSH by OpenSSH's sshd. */
import { execFile, execFileSync, spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createServer as createTcpServer } from 'node:net';
import { tmpdir, userInfo } from 'node:os';
import { dirname, join } from 'node:path';
import type { TestContext } from 'node:test';
import { promisify } from 'node:util';

const call = promisify(execFile);
const AUTHOR = { GIT_AUTHOR_NAME: 'Ann', GIT_AUTHOR_EMAIL: 'ann@example.com', GIT_COMMITTER_NAME: 'Ann', GIT_COMMITTER_EMAIL: 'ann@example.com' };

export async function tempFolder(t: Pick<TestContext, 'after'>): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'millrace-git-'));
  t.after(() => rm(folder, { recursive: true, force: true, maxRetries: 5 }));
  return folder;
}

/** A working repository with commits; its `.git` is what is served. */
export class TestRepository {
  readonly folder: string;
  constructor(folder: string) {
    this.folder = folder;
  }
  async git(args: readonly string[], env: Readonly<Record<string, string>> = {}): Promise<string> {
    const { stdout } = await call('git', ['-c', 'protocol.file.allow=always', ...args], { cwd: this.folder, env: { ...process.env, ...AUTHOR, ...env } });
    return stdout.trim();
  }
  /** Answers the commit. */
  async commit(files: Readonly<Record<string, string>>, message = 'change', author = 'Ann', at?: string): Promise<string> {
    for (const [path, content] of Object.entries(files)) {
      await mkdir(dirname(join(this.folder, path)), { recursive: true });
      await writeFile(join(this.folder, path), content);
    }
    await this.git(['add', '-A']);
    await this.git(['commit', '--quiet', '--allow-empty', '-m', message], {
      GIT_AUTHOR_NAME: author,
      GIT_AUTHOR_EMAIL: `${author.toLowerCase()}@example.com`,
      ...(at === undefined ? {} : { GIT_AUTHOR_DATE: at, GIT_COMMITTER_DATE: at }),
    });
    return this.git(['rev-parse', 'HEAD']);
  }
}

export async function testRepository(folder: string, name = 'app'): Promise<TestRepository> {
  const repository = new TestRepository(join(folder, name));
  await mkdir(repository.folder, { recursive: true });
  await repository.git(['init', '--quiet', '--initial-branch=main']);
  await repository.git(['config', 'uploadpack.allowFilter', 'true']);
  return repository;
}

// ------------------------------------------------------------------ HTTP

/** Why there is no HTTP server here; undefined: there is one. For `test(name, { skip })`. */
export function noHttpBackend(): string | undefined {
  return existsSync(backend()) ? undefined : 'git-http-backend is not installed';
}
function backend(): string {
  return join(execFileSync('git', ['--exec-path']).toString().trim(), 'git-http-backend');
}

export interface GitHttpServer {
  /** `http://127.0.0.1:PORT`; a repository `app` is at `/app/.git`. */
  readonly url: string;
  /** Lines such as `POST /app/.git/git-upload-pack`. */
  readonly requests: string[];
  /** Called before each request is served; what it answers is the status instead of it. */
  before: ((line: string) => number | undefined | Promise<number | undefined>) | null;
  /** Called before each piece of an answer goes out, with the bytes that went before it: the piece waits for what it answers. */
  during: ((line: string, sent: number) => void | Promise<unknown>) | null;
}

/** Serves the repositories of a folder. `user` and `password`: what Basic must have. */
export async function gitHttpServer(
  t: Pick<TestContext, 'after'>,
  root: string,
  login?: { readonly user: string; readonly password: string },
): Promise<GitHttpServer> {
  const program = backend();
  const told: Pick<GitHttpServer, 'requests' | 'before' | 'during'> = { requests: [], before: null, during: null };
  const wanted = login === undefined ? null : `Basic ${Buffer.from(`${login.user}:${login.password}`).toString('base64')}`;
  const serve = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const url = new URL(request.url ?? '/', 'http://localhost');
    const line = `${request.method} ${url.pathname}${url.search}`;
    told.requests.push(line);
    const instead = await told.before?.(line);
    if (instead !== undefined) {
      response.writeHead(instead).end();
      return;
    }
    if (wanted !== null && request.headers.authorization !== wanted) {
      response.writeHead(401, { 'www-authenticate': 'Basic realm="git"' }).end();
      return;
    }
    const child = spawn(program, [], {
      env: {
        ...process.env,
        GIT_PROJECT_ROOT: root,
        GIT_HTTP_EXPORT_ALL: '1',
        PATH_INFO: url.pathname,
        QUERY_STRING: url.search.slice(1),
        REQUEST_METHOD: request.method ?? 'GET',
        REMOTE_ADDR: '127.0.0.1',
        ...(wanted === null ? {} : { REMOTE_USER: login?.user ?? '' }),
        CONTENT_TYPE: request.headers['content-type'] ?? '',
        ...(request.headers['content-encoding'] === undefined ? {} : { HTTP_CONTENT_ENCODING: request.headers['content-encoding'] }),
        ...(request.headers['git-protocol'] === undefined ? {} : { GIT_PROTOCOL: String(request.headers['git-protocol']) }),
      },
      stdio: ['pipe', 'pipe', 'ignore'],
    });
    child.stdin.on('error', () => undefined);
    request.pipe(child.stdin);
    response.on('close', () => child.kill());
    let head: Buffer | null = Buffer.alloc(0),
      sent = 0;
    for await (const read of child.stdout as AsyncIterable<Buffer>) {
      let piece = read;
      if (head !== null) {
        head = Buffer.concat([head, piece]);
        const end = head.indexOf('\r\n\r\n');
        if (end < 0) continue;
        let status = 200;
        for (const field of head.subarray(0, end).toString().split('\r\n')) {
          const [name = '', value = ''] = field.split(/: */, 2);
          if (name.toLowerCase() === 'status') status = Number(value.slice(0, 3));
          else response.setHeader(name, value);
        }
        response.writeHead(status);
        piece = head.subarray(end + 4);
        head = null;
      }
      await told.during?.(line, sent);
      response.write(piece);
      sent += piece.length;
    }
    response.end();
  };
  const server = createServer((request, response) => {
    serve(request, response).catch(() => response.destroy());
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  t.after(() => {
    server.closeAllConnections();
    server.close();
  });
  return Object.assign(told, { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}` });
}

// ------------------------------------------------------------------ SSH

const SSHD = ['/usr/sbin/sshd', '/usr/local/sbin/sshd'].find((path) => existsSync(path));

export function noSshd(): string | undefined {
  return SSHD === undefined ? 'sshd is not installed (openssh-server)' : undefined;
}

export interface GitSshServer {
  /** `ssh://USER@127.0.0.1:PORT`; a repository is at its absolute path. */
  readonly url: string;
  readonly port: number;
  readonly user: string;
  /** A line for known_hosts. */
  readonly hostKey: string;
  /** The private key that it lets in. */
  readonly key: string;
}

/** `passphrase`: of the key. */
export async function gitSshServer(t: Pick<TestContext, 'after'>, folder: string, passphrase = ''): Promise<GitSshServer> {
  await call('ssh-keygen', ['-q', '-t', 'ed25519', '-N', '', '-f', join(folder, 'host')]);
  await call('ssh-keygen', ['-q', '-t', 'ed25519', '-N', passphrase, '-f', join(folder, 'user')]);
  await writeFile(join(folder, 'authorized'), await readFile(join(folder, 'user.pub')), { mode: 0o600 });
  const port = await freePort();
  const config = [
    `Port ${port}`,
    'ListenAddress 127.0.0.1',
    `HostKey ${join(folder, 'host')}`,
    `AuthorizedKeysFile ${join(folder, 'authorized')}`,
    `PidFile ${join(folder, 'pid')}`,
    'StrictModes no',
    'UsePAM no',
    'PasswordAuthentication no',
    'PermitRootLogin yes',
  ].join('\n');
  await writeFile(join(folder, 'config'), `${config}\n`);
  // The system's own service makes this folder, which need not run here.
  if (userInfo().uid === 0) await mkdir('/run/sshd', { recursive: true });
  const child = spawn(SSHD as string, ['-D', '-e', '-f', join(folder, 'config')], { stdio: ['ignore', 'ignore', 'pipe'] });
  t.after(() => child.kill());
  await new Promise<void>((done, fail) => {
    let words = '';
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      words += text;
      if (words.includes('Server listening')) done();
    });
    child.on('close', () => {
      fail(new Error(words));
    });
  });
  const [type = '', body = ''] = (await readFile(join(folder, 'host.pub'), 'utf8')).split(' ');
  const user = userInfo().username;
  return {
    url: `ssh://${user}@127.0.0.1:${port}`,
    port,
    user,
    hostKey: `[127.0.0.1]:${port} ${type} ${body.trim()}`,
    key: await readFile(join(folder, 'user'), 'utf8'),
  };
}

/** sshd takes no port 0. */
async function freePort(): Promise<number> {
  const server = createTcpServer();
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const { port } = server.address() as AddressInfo;
  await new Promise<void>((done) => server.close(() => done()));
  return port;
}

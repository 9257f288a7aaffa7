/**
 * Answers the asks about files out of a map in memory, for tests of steps and of whole pipelines on the dummy host:
 *
 *   const world = new FileWorld({ '/w/job/a.txt': 'hello' });
 *   new DummyHost(world.respond)
 */
import { createHash } from 'node:crypto';
import type { Reply } from '../../engine/testing/dummy-host.ts';
import { resolvePath } from '../../environment/paths.ts';
import { TestTally } from '../../formats/test-reports.ts';
import type { Ask, AskKind, FileFacts, FileSelection, Json } from '../../host.ts';

export class FileWorld {
  readonly files: Map<string, Buffer>;
  readonly folders = new Set<string>();
  readonly artifacts = new Map<string, Buffer>();
  readonly published: { readonly type: string; readonly name: string; readonly data: Json }[] = [];
  readonly sent: Json[] = [];
  private readonly stashes = new Map<string, Map<string, Buffer>>();

  constructor(files: { readonly [path: string]: string } = {}) {
    this.files = new Map(Object.entries(files).map(([path, text]) => [path, Buffer.from(text)]));
  }
  text(path: string): string | undefined {
    return this.files.get(path)?.toString();
  }

  readonly respond = (ask: Ask): Reply | undefined => {
    const r = ask.request as unknown as { readonly cwd: string; readonly path: string };
    const at = r.cwd === undefined || r.path === undefined ? '' : resolvePath(r.cwd, r.path ?? '.', false);
    switch (ask.kind as AskKind) {
      case 'file.read': {
        const found = this.files.get(at);
        if (found === undefined) return { err: { code: 'MR_HOST', message: at, type: 'java.nio.file.NoSuchFileException' } };
        const encoding = (ask as Extract<Ask, { kind: 'file.read' }>).request.encoding;
        return { ok: { content: encoding === 'Base64' ? found.toString('base64') : found.toString(nodeEncoding(encoding)) } };
      }
      case 'file.write': {
        const { content, encoding, append } = (ask as Extract<Ask, { kind: 'file.write' }>).request;
        const bytes = encoding === 'Base64' ? Buffer.from(content, 'base64') : Buffer.from(content, nodeEncoding(encoding));
        this.files.set(at, append === true ? Buffer.concat([this.files.get(at) ?? Buffer.alloc(0), bytes]) : bytes);
        return { ok: null };
      }
      case 'file.facts':
        return { ok: { facts: this.facts(at, r.cwd) as unknown as Json } };
      case 'file.find':
        return { ok: { files: this.find(r.cwd, ask.request as unknown as FileSelection) as unknown as Json } };
      case 'file.delete': {
        const { selection } = (ask as Extract<Ask, { kind: 'file.delete' }>).request;
        if (selection !== undefined) for (const f of this.find(at, selection)) this.files.delete(`${at}/${f.path}`);
        else for (const path of [...this.files.keys()]) if (path === at || path.startsWith(`${at}/`)) this.files.delete(path);
        return { ok: null };
      }
      case 'file.touch':
        if (!this.files.has(at)) this.files.set(at, Buffer.alloc(0));
        return { ok: { facts: this.facts(at, r.cwd) as unknown as Json } };
      case 'file.digest': {
        const found = this.files.get(at);
        if (found === undefined) return { err: { code: 'MR_HOST', message: at, type: 'java.nio.file.NoSuchFileException' } };
        return {
          ok: {
            hex: createHash((ask as Extract<Ask, { kind: 'file.digest' }>).request.algorithm)
              .update(found)
              .digest('hex'),
          },
        };
      }
      case 'workspace':
        return { ok: { path: '/w/job@2', temporary: '/w/job@2@tmp' } };
      case 'stash': {
        const { name, selection, cwd } = (ask as Extract<Ask, { kind: 'stash' }>).request;
        const found = this.find(cwd, selection);
        this.stashes.set(name, new Map(found.map((f) => [f.path, this.files.get(`${cwd}/${f.path}`) as Buffer])));
        return { ok: { count: found.length } };
      }
      case 'unstash': {
        const stash = this.stashes.get((ask as Extract<Ask, { kind: 'unstash' }>).request.name) ?? new Map<string, Buffer>();
        for (const [path, bytes] of stash) this.files.set(`${r.cwd}/${path}`, bytes);
        return { ok: { count: stash.size } };
      }
      case 'archive': {
        const found = this.find(r.cwd, (ask as Extract<Ask, { kind: 'archive' }>).request.selection);
        for (const f of found) this.artifacts.set(f.path, this.files.get(`${r.cwd}/${f.path}`) as Buffer);
        return { ok: { files: found.map((f) => f.path) } };
      }
      case 'tests': {
        const tally = new TestTally();
        for (const f of this.find(r.cwd, (ask as Extract<Ask, { kind: 'tests' }>).request.selection))
          tally.add(`${r.cwd}/${f.path}`, this.text(`${r.cwd}/${f.path}`) ?? '');
        return { ok: tally.summary() as unknown as Json };
      }
      case 'publish':
        this.published.push((ask as Extract<Ask, { kind: 'publish' }>).request);
        return { ok: { url: null } };
      case 'mail':
        this.sent.push(ask.request as unknown as Json);
        return { ok: null };
      case 'lock':
        return { ok: { acquired: true, resources: [(ask as Extract<Ask, { kind: 'lock' }>).request.resource ?? 'r1'] } };
      case 'milestone':
        return { ok: { superseded: null } };
      default:
        return undefined;
    }
  };

  private facts(path: string, cwd: string): FileFacts | null {
    const bytes = this.files.get(path);
    const directory = bytes === undefined && (path === cwd || this.folders.has(path) || [...this.files.keys()].some((p) => p.startsWith(`${path}/`)));
    if (bytes === undefined && !directory) return null;
    return {
      path: path.startsWith(`${cwd}/`) ? path.slice(cwd.length + 1) : path,
      name: path.slice(path.lastIndexOf('/') + 1),
      directory,
      length: bytes?.length ?? 0,
      lastModified: 1_700_000_000_000,
    };
  }
  private find(cwd: string, selection: FileSelection): FileFacts[] {
    const patterns = (text: string | null): RegExp[] =>
      (text ?? '')
        .split(',')
        .map((p) => p.trim())
        .filter((p) => p !== '')
        .map(antPattern);
    const includes = patterns(selection.includes),
      excludes = patterns(selection.excludes);
    const found: FileFacts[] = [];
    for (const path of [...this.files.keys()].sort()) {
      if (!path.startsWith(`${cwd}/`)) continue;
      const relative = path.slice(cwd.length + 1);
      if (includes.some((p) => p.test(relative)) && !excludes.some((p) => p.test(relative))) found.push(this.facts(path, cwd) as FileFacts);
    }
    return found;
  }
}

function antPattern(pattern: string): RegExp {
  const whole = pattern.endsWith('/') ? `${pattern}**` : pattern;
  const source = whole
    .replace(/[.+^${}()|[\]]/g, '\\$&')
    .replace(/\*\*\/|\/\*\*$|\*\*|\*|\?/g, (m) => (m === '**/' ? '(?:.*/)?' : m === '/**' ? '(?:/.*)?' : m === '**' ? '.*' : m === '*' ? '[^/]*' : '[^/]'));
  return new RegExp(`^${source}$`);
}
function nodeEncoding(encoding: string | null): BufferEncoding {
  const name = (encoding ?? 'utf8').toLowerCase();
  return name === 'iso-8859-1' ? 'latin1' : name.startsWith('utf-16') ? 'utf16le' : 'utf8';
}

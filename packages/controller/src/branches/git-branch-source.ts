/**
 * Branches and tags as git tells them, and pull requests as a forge does. The forge is asked for pull requests and for people
 * alone, so a scan of 10,000 branches is one answer of git and one page of the API.
 */
import type { BranchSourceConfig } from '@millrace/protocol';
import type { Credential } from '../credentials/credential.ts';
import type { BranchSource, CodedError, Looked } from './branch-source.ts';
import { changeNumber } from './branch-source.ts';
import type { OpenChange } from './discover.ts';
import { headOfRef, headsOfChange, needsAsking } from './discover.ts';
import type { Forge, ForgeChange } from './forges/forge.ts';
import type { GitLook } from './git-look.ts';
import type { Head } from './head.ts';
import { fetchPlaceOf, urlOf } from './source-url.ts';

export interface GitBranchSourceOptions {
  readonly source: BranchSourceConfig;
  readonly credential: Credential | null;
  /** Null: a plain repository. */
  readonly forge: Forge | null;
  readonly git: GitLook;
}

/** Heads in memory at once; as many are looked at by one fetch. */
const BATCH = 5_000,
  /** Forks that are looked at side by side. */
  PARALLEL = 8;
const WHOLE = /^[0-9a-f]{40}([0-9a-f]{24})?$/;

export function gitBranchSource({ source, credential, forge, git }: GitBranchSourceOptions): BranchSource {
  const address = { url: urlOf(source), credential };
  const trusted = new Map<string, Promise<boolean>>();
  const authors = new Map<string, string>();
  const wantsChanges = source.kind !== 'git' && (source.originChanges !== 'none' || source.forkChanges !== 'none');
  // Which branches pull requests are open for has to be known, even where these are not built.
  const needsChanges = wantsChanges || (source.kind !== 'git' && (source.branches === 'exceptChanges' || source.branches === 'onlyChanges'));

  const isTrusted = (change: ForgeChange): Promise<boolean> => {
    if (source.kind === 'git' || forge === null) return Promise.resolve(false);
    const { trust } = source;
    if (!needsAsking(trust)) return Promise.resolve(trust === 'everyone');
    const key = change.authorKey;
    const known = trusted.get(key) ?? (trust === 'contributors' ? forge.isContributor(key) : forge.access(key).then((a) => a === 'write' || a === 'admin'));
    trusted.set(key, known);
    return known;
  };
  /** What git has told of the repository's own branches costs no request. */
  const wholeHash = async (change: ForgeChange, branchHash: (name: string) => string | null): Promise<string | null> => {
    if (WHOLE.test(change.hash) || forge?.commitOf == null) return change.hash;
    const own = change.fork === null ? branchHash(change.branch) : null;
    return own?.startsWith(change.hash) === true ? own : forge.commitOf(change);
  };
  const headsOf = async (change: ForgeChange, branchHash: (name: string) => string | null): Promise<Head[]> => {
    const how = source.kind === 'git' ? 'none' : change.fork === null ? source.originChanges : source.forkChanges;
    const hash = how === 'none' ? null : await wholeHash(change, branchHash);
    if (hash === null) return [];
    const { authorKey, ...open } = { ...change, hash };
    authors.set(open.id, authorKey);
    const ours = change.fork === null ? true : await isTrusted(change);
    return headsOfChange(source, open satisfies OpenChange, { primary: null, prefix: forge?.prefix ?? 'PR', branchHash, isTrusted: () => ours });
  };

  return {
    async *heads(signal) {
      const changes: ForgeChange[] = [];
      if (needsChanges && forge !== null) for await (const page of forge.changes()) changes.push(...page);
      const changed = new Set(changes.filter((c) => c.fork === null).map((c) => c.branch));
      const wanted = new Set(changes.flatMap(ownBranches));
      const hashes = new Map<string, string>();
      const primary = await git.primary(address, signal);
      let batch: Head[] = [];
      for await (const { name: ref, commit: hash } of git.refs(address, ['refs/heads/*', ...(source.tags ? ['refs/tags/*'] : [])], signal)) {
        if (ref.startsWith('refs/heads/') && wanted.has(ref.slice('refs/heads/'.length))) hashes.set(ref.slice('refs/heads/'.length), hash);
        const head = headOfRef(source, { ref, hash }, primary, changed);
        if (head === null) continue;
        batch.push(head);
        if (batch.length < BATCH) continue;
        yield batch;
        batch = [];
      }
      if (batch.length > 0) yield batch;
      for (let at = 0; at < changes.length; at += BATCH) {
        const some: Head[] = [];
        for (const change of changes.slice(at, at + BATCH)) some.push(...(await headsOf(change, (name) => hashes.get(name) ?? null)));
        if (some.length > 0) yield some;
      }
    },
    async headsAt(refs, signal) {
      const numbers = refs.flatMap((ref) => changeNumber(ref) ?? []);
      const plain = refs.filter((ref) => /^refs\/(heads|tags)\//.test(ref));
      const changes = (await Promise.all(numbers.map(async (n) => (forge === null ? null : forge.change(n))))).filter((c) => c !== null);
      const wanted = new Set([...plain, ...changes.flatMap(ownBranches).map((name) => `refs/heads/${name}`)]);
      const hashes = new Map<string, string>();
      if (wanted.size > 0) for await (const { name, commit } of git.refs(address, [...wanted], signal)) if (wanted.has(name)) hashes.set(name, commit);
      const out: Head[] = [];
      if (plain.length > 0) {
        const primary = await git.primary(address, signal);
        const changed = new Set<string>();
        if (needsChanges && source.branches !== 'all' && forge !== null)
          for await (const page of forge.changes()) for (const c of page) if (c.fork === null) changed.add(c.branch);
        for (const ref of plain) {
          const hash = hashes.get(ref);
          const head = hash === undefined ? null : headOfRef(source, { ref, hash }, primary, changed);
          if (head !== null) out.push(head);
        }
      }
      for (const change of changes) out.push(...(await headsOf(change, (name) => hashes.get(`refs/heads/${name}`) ?? null)));
      return out;
    },
    async look(heads, path, signal) {
      const looked = new Map<Head, Looked>();
      const lookAt = async (url: string, some: readonly Head[]): Promise<void> => {
        const commits = some.map((head) => ({ ref: fetchPlaceOf(source, head).ref, commit: head.revision.hash }));
        const answers = await git.look({ url, credential }, commits, path, signal);
        for (const [i, head] of some.entries()) looked.set(head, answers[i] as Looked);
      };
      const { [address.url]: own = [], ...forks } = byUrl(source, heads);
      await lookAt(address.url, own);
      const rest = Object.entries(forks);
      for (let at = 0; at < rest.length; at += PARALLEL)
        await Promise.all(
          rest.slice(at, at + PARALLEL).map(async ([url, some]) => {
            try {
              await lookAt(url, some);
            } catch (error) {
              // Whoever may make a fork cannot stop the scan of the rest.
              if (signal?.aborted === true || !isOfGit(error)) throw error;
              for (const head of some) looked.set(head, { found: false, at: null, failure: error });
            }
          }),
        );
      return heads.map((head) => looked.get(head) as Looked);
    },
    async author({ change }) {
      const key = change === null ? undefined : authors.get(change.id);
      return key === undefined || forge === null ? { name: null, email: null } : forge.person(key);
    },
  };
}

/** Whose hashes have to be known for a pull request. */
function ownBranches({ target, branch, fork, hash }: ForgeChange): string[] {
  return fork === null && !WHOLE.test(hash) ? [target, branch] : [target];
}

function byUrl(source: BranchSourceConfig, heads: readonly Head[]): Record<string, Head[]> {
  const out: Record<string, Head[]> = {};
  for (const head of heads) (out[fetchPlaceOf(source, head).url] ??= []).push(head);
  return out;
}

function isOfGit(error: unknown): error is CodedError {
  return (error as { code?: string }).code?.startsWith('MR_GIT') === true;
}

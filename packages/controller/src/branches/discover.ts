/** From what a repository has to what is built of it: the choices of a source, as Jenkins' discovery traits make them. Pure. */
import type { BranchSourceConfig, Trust } from '@millrace/protocol';
import type { Change, Head } from './head.ts';

/** A ref that git tells. Of an annotated tag the commit that it stands for. */
export interface Ref {
  readonly ref: string;
  readonly hash: string;
}

/** A pull request as its forge tells it. */
export interface OpenChange extends Omit<Change, 'trusted'> {
  readonly number: number;
  readonly ref: string;
  readonly hash: string;
}

export interface Discovery {
  /** Its branch; null: not told. */
  readonly primary: string | null;
  /** `PR` or `MR`. */
  readonly prefix: string;
  /** Hash of a branch of the repository; null: it is not there. */
  readonly branchHash: (name: string) => string | null;
  readonly isTrusted: (change: OpenChange) => boolean;
}

const HEADS = 'refs/heads/',
  TAGS = 'refs/tags/';

/** Of one branch or tag; null: it is not looked at. `changed`: names of own branches that pull requests are open for. */
export function headOfRef(source: BranchSourceConfig, { ref, hash }: Ref, primary: string | null, changed: ReadonlySet<string>): Head | null {
  const revision = { hash, base: null };
  if (ref.startsWith(TAGS)) return source.tags ? { kind: 'tag', name: ref.slice(TAGS.length), ref, revision, primary: false, change: null } : null;
  if (!ref.startsWith(HEADS)) return null;
  const name = ref.slice(HEADS.length);
  const isChanged = changed.has(name);
  if (source.branches === 'none' || (source.branches === 'exceptChanges' && isChanged) || (source.branches === 'onlyChanges' && !isChanged)) return null;
  return { kind: 'branch', name, ref, revision, primary: name === primary, change: null };
}

/** None, one or two of one pull request. */
export function headsOfChange(source: BranchSourceConfig, open: OpenChange, { prefix, branchHash, isTrusted }: Discovery): Head[] {
  if (source.kind === 'git') return [];
  const how = open.fork === null ? source.originChanges : source.forkChanges;
  if (how === 'none') return [];
  const { number, ref, hash, ...told } = open;
  const change: Change = { ...told, trusted: open.fork === null || isTrusted(open) };
  const out: Head[] = [];
  const name = `${prefix}-${number}`;
  const base = branchHash(open.target);
  // Nothing to merge into, and nothing to trust: its target branch is not there.
  if (base === null && (how === 'merge' || !change.trusted)) return [];
  const script = change.trusted || base === null ? {} : { script: base };
  const made = (suffix: string, revision: Head['revision']): Head => ({ kind: 'change', name: name + suffix, ref, revision, primary: false, change });
  if (how !== 'merge') out.push(made(how === 'both' ? '-head' : '', { hash, base: null, ...script }));
  if (how !== 'head' && base !== null) out.push(made(how === 'both' ? '-merge' : '', { hash, base: { name: open.target, hash: base }, ...script }));
  return out;
}

/** Who has to be asked for at the forge before it is known. */
export function needsAsking(trust: Trust): trust is 'contributors' | 'permission' {
  return trust === 'contributors' || trust === 'permission';
}

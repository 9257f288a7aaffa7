/**
 * What a server asks a machine to do, and what the machine answers. Structurally the same as the asks of the pipeline that
 * happen on a machine (packages/pipeline/src/host.ts), which tells their meaning; here is only what differs:
 *
 * - task: `cookie` becomes JENKINS_NODE_COOKIE of its processes.
 * - checkout: `credentials` holds the resolved fields of each credential that a remote names; `hostKeys` as HostKeys of
 *   `@millrace/protocol/git`; `previous`: what changes are counted from.
 * - tests: the machine hands the reports over as transfers and answers which; who asked tallies.
 * - publish: only the files.
 * - cache.restore, cache.save: the server has chosen what is restored, under which limit it is saved, and knows both by `entry`,
 *   which comes back with the answer. `null` of a restore: it is no longer there.
 * - lease.end: ends what a lease's steps have left behind. workspace.delete: a workspace and what belongs to it.
 *
 * Every operation may be made again with the same outcome.
 */

export type Json = null | boolean | number | string | readonly Json[] | { readonly [name: string]: Json };
export type Variables = { readonly [name: string]: string };

/** `cwd` is absolute; relative paths of a request are relative to it. `lease` is the server's own business. */
export interface Place {
  readonly lease: string;
  readonly cwd: string;
}

export interface Selection {
  readonly includes: string;
  readonly excludes: string | null;
  readonly defaultExcludes: boolean;
  readonly caseSensitive?: boolean;
}

export interface FileFacts {
  readonly path: string;
  readonly name: string;
  readonly directory: boolean;
  readonly length: number;
  readonly lastModified: number;
}

export type Launcher =
  | { readonly kind: 'docker'; readonly container: string; readonly executable: string; readonly toolName?: string | null }
  | { readonly kind: 'container'; readonly name: string; readonly shell?: string | null };

export interface TaskRequest extends Place {
  readonly shell: 'sh' | 'bat' | 'powershell' | 'pwsh';
  readonly script: string;
  readonly env: Variables;
  readonly returnStdout: boolean;
  readonly encoding: string | null;
  readonly masks: readonly string[];
  readonly launchers: readonly Launcher[];
  readonly cookie?: string;
}
/** `lost`: the process vanished without a result, and `exit` is -1. */
export interface TaskResult {
  readonly exit: number;
  readonly stdout?: string;
  readonly lost?: boolean;
}

export interface GitScm {
  readonly kind: 'git';
  readonly remotes: readonly { readonly url: string; readonly name: string | null; readonly refspec: string | null; readonly credentialsId: string | null }[];
  readonly branches: readonly string[];
  readonly revision?: { readonly commit: string; readonly branch: string | null };
  readonly extensions: readonly { readonly type: string; readonly options: { readonly [name: string]: Json } }[];
}
export interface OtherScm {
  readonly kind: 'other';
  readonly type: string;
  readonly options: { readonly [name: string]: Json };
}
export interface ScmChange {
  readonly title: string;
  readonly comment: string;
  readonly paths: readonly string[];
  /** Of each path, what became of it. */
  readonly edits?: readonly ('add' | 'edit' | 'delete')[];
  readonly commit?: string;
  readonly author?: string;
  readonly email?: string;
  readonly at?: number;
}
/** What earlier builds of the job have checked out, the newest of each branch of each address. `successful`: by the last build that was. */
export interface BuiltRevision {
  readonly url: string;
  /** `origin/main`; `detached` */
  readonly branch: string;
  readonly commit: string;
  readonly successful: string | null;
}
/** What a checkout ended at. `folder`: in the workspace; empty: the workspace itself. */
export interface CheckedOut {
  readonly url: string;
  readonly branch: string;
  readonly commit: string;
  readonly folder: string;
}

/** Files and folders, relative to `cwd` or absolute, or Ant patterns below `cwd`; `selection` holds within each. */
export interface CacheFiles {
  readonly paths: readonly string[];
  readonly selection: Selection | null;
}
export interface CacheRestored {
  readonly entry: Json;
  readonly files: number;
  readonly ms: number;
}
/**
 * `files`: how many, of `fileBytes` together; `bytes`: packed. `exists`: as the server has said; it was only measured. `large`: what
 * was found has more bytes than it may, its files together or all of it packed; nothing was sent.
 */
export type CacheSaved =
  | { readonly state: 'sent'; readonly files: number; readonly fileBytes: number; readonly bytes: number; readonly ms: number }
  | { readonly state: 'exists'; readonly fileBytes: number }
  | { readonly state: 'none' }
  | { readonly state: 'large'; readonly what: 'files' | 'packed'; readonly bytes: number };

/** Every operation: `[request, answer]`. */
export interface Operations {
  readonly 'file.read': readonly [Place & { readonly path: string; readonly encoding: string | null }, { readonly content: string }];
  readonly 'file.write': readonly [
    Place & { readonly path: string; readonly content: string; readonly encoding: string | null; readonly append?: boolean; readonly mode?: number },
    null,
  ];
  readonly 'file.facts': readonly [Place & { readonly path: string }, { readonly facts: FileFacts | null }];
  readonly 'file.find': readonly [Place & Selection & { readonly directories?: boolean }, { readonly files: readonly FileFacts[] }];
  readonly 'file.delete': readonly [Place & { readonly path: string; readonly contents?: boolean; readonly selection?: Selection }, null];
  readonly 'file.mkdirs': readonly [Place & { readonly path: string }, null];
  readonly 'file.touch': readonly [Place & { readonly path: string; readonly at: number | null }, { readonly facts: FileFacts }];
  readonly 'file.digest': readonly [Place & { readonly path: string; readonly algorithm: 'md5' | 'sha1' | 'sha256' | 'sha512' }, { readonly hex: string }];
  readonly zip: readonly [
    Place & { readonly archive: string; readonly dir: string; readonly selection: Selection; readonly overwrite: boolean },
    { readonly count: number },
  ];
  readonly unzip: readonly [
    Place & {
      readonly archive: string;
      readonly dir: string;
      readonly glob: string | null;
      readonly mode: 'extract' | 'test' | 'read';
      readonly encoding: string | null;
      readonly quiet: boolean;
    },
    { readonly count: number; readonly ok: boolean; readonly contents?: { readonly [path: string]: string } },
  ];
  readonly tar: readonly [
    Place & { readonly archive: string; readonly dir: string; readonly selection: Selection; readonly compress: boolean; readonly overwrite: boolean },
    { readonly count: number },
  ];
  readonly untar: readonly [
    Place & { readonly archive: string; readonly dir: string; readonly glob: string | null; readonly mode: 'extract' | 'test'; readonly quiet: boolean },
    { readonly count: number; readonly ok: boolean },
  ];
  readonly stash: readonly [Place & { readonly name: string; readonly selection: Selection; readonly allowEmpty: boolean }, { readonly count: number }];
  readonly unstash: readonly [Place & { readonly name: string }, { readonly count: number }];
  readonly 'cache.restore': readonly [Place & CacheFiles & { readonly entry: Json }, CacheRestored | null];
  readonly 'cache.save': readonly [
    Place & CacheFiles & { readonly compress: boolean; readonly maxFileBytes: number | null; readonly maxBytes: number; readonly exists: boolean },
    CacheSaved,
  ];
  readonly archive: readonly [
    Place & { readonly selection: Selection; readonly followSymlinks: boolean; readonly fingerprint: boolean },
    { readonly files: readonly string[] },
  ];
  readonly unarchive: readonly [Place & { readonly from: string; readonly to: string }, { readonly files: readonly string[] }];
  /** Files of the build that the server has put into the request, below `to`; flat: without their folders. */
  readonly 'artifacts.copy': readonly [
    Place & { readonly selection: Selection; readonly to: string; readonly flatten: boolean },
    { readonly files: readonly string[] },
  ];
  readonly tests: readonly [Place & { readonly selection: Selection; readonly retention: string }, { readonly files: readonly string[] }];
  readonly publish: readonly [Place & { readonly selection: Selection }, { readonly files: readonly string[] }];
  readonly checkout: readonly [
    Place & {
      readonly scm: GitScm | OtherScm;
      readonly env: Variables;
      readonly masks: readonly string[];
      readonly changelog: boolean;
      readonly poll: boolean;
      readonly credentials?: { readonly [id: string]: Variables };
      readonly hostKeys?: { readonly verification: 'known-hosts' | 'accept-first' | 'manual' | 'none'; readonly knownHosts: readonly string[] };
      readonly previous?: readonly BuiltRevision[];
    },
    { readonly variables: Variables; readonly changes?: readonly ScmChange[]; readonly moreChanges?: boolean; readonly revision?: CheckedOut },
  ];
  readonly http: readonly [
    {
      readonly url: string;
      readonly method: string;
      readonly headers: readonly { readonly name: string; readonly value: string }[];
      readonly body: string | null;
      readonly timeoutMs: number | null;
      readonly ignoreTls: boolean;
      readonly place?: Place;
      readonly output?: string | null;
      readonly upload?: string | null;
      readonly binary?: boolean;
    },
    { readonly status: number; readonly headers: { readonly [name: string]: readonly string[] }; readonly body: string },
  ];
  readonly 'lease.end': readonly [{ readonly cookie: string }, { readonly ended: number }];
  /** `path`: absolute. */
  readonly 'workspace.delete': readonly [{ readonly path: string }, null];
}

export type OperationKind = keyof Operations;
export type OperationRequest<K extends OperationKind> = Operations[K][0];
export type OperationAnswer<K extends OperationKind> = Operations[K][1];

export interface OperationFailure {
  readonly code: string;
  readonly message: string;
  /** The Java class that scripts see. */
  readonly type?: string;
  readonly user?: string;
}

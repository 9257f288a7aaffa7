/**
 * The one port through which a pipeline touches the world. The engine asks, the host answers.
 *
 * An ASK is a request with an id that is the same in every run and replay of one build. The contract:
 *
 * - Order. The engine writes an ask to the journal before it calls `start`. Asks of one turn are started in the order
 *   in which they were made; the host may answer them in any order, from any tick of the event loop, but never from
 *   within `start`, `resume` or `cancel` themselves.
 * - Once. `start` is called at most once for an id in the life of a process. After a crash the new process calls
 *   `resume` for each ask that the journal holds without an answer: the host finds what is going on under that id and
 *   follows it; where it finds nothing, nothing had been started, and it starts now. An effect happens once for an id,
 *   however often it is resumed.
 * - Answers. Exactly one `answer` or `fail` for each ask; later ones are ignored. An answer may come again after a
 *   crash, so it must be the same one (a task's result lies in its directory, a lease stays held, a deadline stays).
 * - Output. `sink.output(from, text, to)` adds text to the build's log. `from` and `to` are the ask's own counters (bytes
 *   of a task's output file, or characters that were printed): the engine drops what it has already, so that a piece
 *   may be sent again, as long as pieces begin and end where they did or follow `resume`'s `cursor`. All output comes
 *   before the answer, and carries whole characters with secrets masked.
 * - Cancel. `cancel` says that the answer is no longer wanted. Asks of kind `task` are answered nevertheless, when the
 *   process has ended; for all others the engine goes on at once and drops an answer that still comes. Cancelling an
 *   ask that has an effect that lasts (a lease, a lock) undoes the effect if it was about to come.
 * - Failures. `sink.fail({ code, message, type })` is an error that the step shows to the script as a Java exception of
 *   the class `type` (`hudson.AbortException` where not given). A machine that was lost fails with
 *   `code: 'MR_NODE_LOST'`, never with a result. A host that can't do a kind at all fails with
 *   `code: 'MR_UNSUPPORTED'` and says what would be needed.
 *
 * Requests and answers are JSON and nothing else: they go into the journal. Secrets in them are replaced there.
 */
import type { TestSummary } from './formats/test-reports.ts';
import type { ScmSpec } from './scm.ts';
import type { OtherBuild } from './server-model/server-asks.ts';

export type Json = null | boolean | number | string | readonly Json[] | { readonly [name: string]: Json };
export type Variables = { readonly [name: string]: string };

/** Where on a leased node something happens. `cwd` is absolute; relative paths of a request are relative to it. */
export interface Place {
  /** The lease that a `node` ask answered with. */
  readonly lease: string;
  readonly cwd: string;
}

/** How a command is wrapped before it runs on the node: the innermost (last) first. */
export type Launcher =
  /** Inside a running container: `docker exec`. */
  | { readonly kind: 'docker'; readonly container: string; readonly executable: string; readonly toolName?: string | null }
  /** In a container of the pod that the node is. */
  | { readonly kind: 'container'; readonly name: string; readonly shell?: string | null };

export interface TaskRequest extends Place {
  readonly shell: 'sh' | 'bat' | 'powershell' | 'pwsh';
  readonly script: string;
  /** The build's own variables as seen at this step; the node adds its process environment below them. */
  readonly env: Variables;
  readonly returnStdout: boolean;
  /** Of the script's file and output; null: UTF-8. */
  readonly encoding: string | null;
  /** Texts that must not appear in the output. Longest first. */
  readonly masks: readonly string[];
  readonly launchers: readonly Launcher[];
}

export interface FileFacts {
  /** Relative to `cwd`, with `/`. */
  readonly path: string;
  readonly name: string;
  readonly directory: boolean;
  readonly length: number;
  /** Milliseconds since 1970. */
  readonly lastModified: number;
}

/** Ant patterns, as Jenkins' steps take them: comma separated, `**` for any folders. */
export interface FileSelection {
  readonly includes: string;
  readonly excludes: string | null;
  readonly defaultExcludes: boolean;
  readonly caseSensitive?: boolean;
}

export interface NodeAnswer {
  readonly lease: string;
  /** `NODE_NAME`; `built-in` for the controller's own. */
  readonly name: string;
  /** What the console calls it: `Running on <displayName> in <workspace>`. */
  readonly displayName: string;
  readonly labels: readonly string[];
  readonly executor: number;
  readonly workspace: string;
  /** `WORKSPACE_TMP` */
  readonly temporary: string;
  readonly windows: boolean;
  /** The node's own variables (PATH, HOME and what its configuration adds). */
  readonly env: Variables;
  /** How often at most a block is run whose machine is lost under it, each time on another one; left out: once. */
  readonly retries?: number;
}

/** Files and folders, relative to `cwd` or absolute, or Ant patterns below `cwd`; `selection` holds within each of them. */
export interface CacheFiles {
  readonly paths: readonly string[];
  readonly selection: FileSelection | null;
}

/** `files`: how many; `bytes`: as they are kept. */
export interface CacheRestored {
  readonly key: string;
  /** Under the key itself that was asked for. */
  readonly exact: boolean;
  /** Of the job beside. */
  readonly beside: boolean;
  readonly files: number;
  readonly bytes: number;
  readonly ms: number;
}

export type CacheSaved =
  | { readonly state: 'saved'; readonly files: number; readonly fileBytes: number; readonly bytes: number; readonly ms: number }
  /** The key holds something already. `fileBytes`: of what would be saved, where `maxFileBytes` asks for it. */
  | { readonly state: 'exists'; readonly fileBytes: number | null }
  /** There is no such file. */
  | { readonly state: 'none' }
  /** More bytes than `maxFileBytes` (`files`: of all files together), or packed more than the host keeps for a job. */
  | { readonly state: 'large'; readonly what: 'files' | 'packed'; readonly bytes: number; readonly limit: number };

export interface InputParameter {
  readonly [name: string]: Json;
}

/** A commit since the build before. */
export interface ScmChange {
  readonly title: string;
  readonly comment: string;
  readonly paths: readonly string[];
  /** Of each path, what became of it. */
  readonly edits?: readonly ('add' | 'edit' | 'delete')[];
  readonly commit?: string;
  readonly author?: string;
  readonly email?: string;
  /** Milliseconds since 1970. */
  readonly at?: number;
}

export interface LibraryTree {
  /** What was fetched: a commit, or a digest of a folder. */
  readonly version: string;
  /** Path in the library (`vars/x.groovy`, `src/a/B.groovy`, `resources/…`) → text; binary files as base64 in `binary`. */
  readonly files: { readonly [path: string]: string };
  readonly binary: { readonly [path: string]: string };
  /** Changelog and such for the console: printed by the engine. */
  readonly messages?: readonly string[];
  /** The installation vouches for it: its code may do what the sandbox refuses. Not given: it may not. */
  readonly trusted?: boolean;
  /** Since the version that the job's build before had, newest first. */
  readonly changes?: readonly ScmChange[];
}

/** Every kind of ask: `[request, answer]`. */
export interface AskKinds {
  /** An executor of a node whose labels satisfy the expression (null: any), with a workspace. Waits in the queue. Prints why it waits. */
  readonly node: readonly [{ readonly label: string | null; readonly job: string }, NodeAnswer];
  readonly 'node.release': readonly [{ readonly lease: string }, null];
  /** A workspace on a leased node: the path given (relative: below the node's root), or another default one. */
  readonly workspace: readonly [{ readonly lease: string; readonly path: string | null }, { readonly path: string; readonly temporary: string }];
  readonly 'workspace.release': readonly [{ readonly lease: string; readonly path: string }, null];
  /** A script on a node. `exit` -1 where the process vanished without a result. `stdout` where it was asked for. */
  readonly task: readonly [TaskRequest, { readonly exit: number; readonly stdout?: string }];

  /** The content as text, or in base64 where `encoding` is `Base64`. Fails with java.nio.file.NoSuchFileException. */
  readonly 'file.read': readonly [Place & { readonly path: string; readonly encoding: string | null }, { readonly content: string }];
  readonly 'file.write': readonly [
    Place & {
      readonly path: string;
      readonly content: string;
      readonly encoding: string | null;
      readonly append?: boolean /** Permission bits where the node knows them; folders that are made for it are their owner's alone then. */;
      readonly mode?: number;
    },
    null,
  ];
  readonly 'file.facts': readonly [Place & { readonly path: string }, { readonly facts: FileFacts | null }];
  /** Files that match, sorted by their paths; with `directories` folders too. */
  readonly 'file.find': readonly [Place & FileSelection & { readonly directories?: boolean }, { readonly files: readonly FileFacts[] }];
  /**
   * Removes a file or a folder with all in it; `contents`: the folder itself stays. With a selection only what matches it:
   * files, and where `contents` is false folders too.
   */
  readonly 'file.delete': readonly [Place & { readonly path: string; readonly contents?: boolean; readonly selection?: FileSelection }, null];
  readonly 'file.mkdirs': readonly [Place & { readonly path: string }, null];
  readonly 'file.touch': readonly [Place & { readonly path: string; readonly at: number | null }, { readonly facts: FileFacts }];
  readonly 'file.digest': readonly [Place & { readonly path: string; readonly algorithm: 'md5' | 'sha1' | 'sha256' | 'sha512' }, { readonly hex: string }];
  readonly zip: readonly [
    Place & { readonly archive: string; readonly dir: string; readonly selection: FileSelection; readonly overwrite: boolean },
    { readonly count: number },
  ];
  /** Unless `quiet` the host prints a line for each file: `Extracting: <name> -> <path>`, or `Reading: <name>`. Names that lead out of `dir` are refused: `<path> is out of bounds!`. */
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
    Place & { readonly archive: string; readonly dir: string; readonly selection: FileSelection; readonly compress: boolean; readonly overwrite: boolean },
    { readonly count: number },
  ];
  readonly untar: readonly [
    Place & { readonly archive: string; readonly dir: string; readonly glob: string | null; readonly mode: 'extract' | 'test'; readonly quiet: boolean },
    { readonly count: number; readonly ok: boolean },
  ];

  readonly stash: readonly [Place & { readonly name: string; readonly selection: FileSelection; readonly allowEmpty: boolean }, { readonly count: number }];
  readonly unstash: readonly [Place & { readonly name: string }, { readonly count: number }];
  /**
   * Brings back what was saved under the key, else the newest under a key that begins with one of `restoreKeys` (the first that
   * has one wins). Null: there is none. Looked for in the caches of the build's own job, then in those of the job `beside`
   * it in its folder. Both kinds fail where it cannot be had; nothing of it is there then.
   */
  readonly 'cache.restore': readonly [
    Place & CacheFiles & { readonly key: string; readonly restoreKeys: readonly string[]; readonly beside: string | null },
    CacheRestored | null,
  ];
  /** Keeps files under the key, for builds of this job and those that look beside. Unless `replace` what a key holds never changes. */
  readonly 'cache.save': readonly [
    Place & CacheFiles & { readonly key: string; readonly replace: boolean; readonly compress: boolean; readonly maxFileBytes: number | null },
    CacheSaved,
  ];
  /** Forgets all caches of the build's job. */
  readonly 'cache.clear': readonly [{ readonly [name: string]: never }, { readonly count: number }];
  /** Stores artifacts of the build under their paths. */
  readonly archive: readonly [
    Place & { readonly selection: FileSelection; readonly followSymlinks: boolean; readonly fingerprint: boolean },
    { readonly files: readonly string[] },
  ];
  /** Reads JUnit's XML reports with `TestTally`; their texts stay out of the journal. `retention`: what is kept of output: all, failed, none. */
  readonly tests: readonly [Place & { readonly selection: FileSelection; readonly retention: string }, TestSummary];
  /** Copies this build's artifacts back: `from` is an Ant pattern or a folder. Answers where the copies are. */
  readonly unarchive: readonly [Place & { readonly from: string; readonly to: string }, { readonly files: readonly string[] }];
  /** Copies artifacts of another build, as `copyArtifacts` has chosen it, below the folder `to`. Answers where the copies are. */
  readonly 'artifacts.copy': readonly [
    Place & { readonly job: string; readonly number: number; readonly selection: FileSelection; readonly to: string; readonly flatten: boolean },
    { readonly files: readonly string[] },
  ];
  /** Data for the build's record that some page shows: test reports, published HTML, issues. */
  readonly publish: readonly [
    { readonly type: string; readonly name: string; readonly data: Json; readonly files?: Place & { readonly selection: FileSelection } },
    { readonly url: string | null },
  ];

  /** Fires `ms` after the ask's own time `at`. With `activityOf` the engine puts it off while that node's steps print something; hosts ignore it. */
  readonly timer: readonly [{ readonly ms: number; readonly activityOf?: string }, null];
  /** Waits for a person. Aborting it fails with `code: 'MR_INPUT_ABORTED'` and the user's name in `user`. */
  readonly input: readonly [
    { readonly id: string; readonly message: string; readonly ok: string; readonly submitter: string | null; readonly parameters: readonly InputParameter[] },
    { readonly user: string | null; readonly values: { readonly [name: string]: Json } },
  ];
  /** Several resources (`extra`) are held together or not at all. The host prints that it made a resource, and that it waits; `name` is how the console calls what is wanted. */
  readonly lock: readonly [
    {
      readonly name?: string;
      readonly resource: string | null;
      readonly label: string | null;
      readonly quantity: number;
      readonly priority: number;
      readonly inverse: boolean;
      readonly skip: boolean;
      readonly extra: readonly Json[];
    },
    { readonly acquired: boolean; readonly resources: readonly string[] },
  ];
  /** Gives back what the `lock` ask of that id holds. */
  readonly 'lock.release': readonly [{ readonly ask: string }, null];
  /** Passed in order of build numbers. `superseded`: a newer build has passed it, so this one ends. */
  readonly milestone: readonly [{ readonly ordinal: number; readonly label: string | null }, { readonly superseded: null | { readonly by: string } }];

  readonly checkout: readonly [
    Place & { readonly scm: ScmSpec; readonly env: Variables; readonly masks: readonly string[]; readonly changelog: boolean; readonly poll: boolean },
    { readonly variables: Variables; readonly changes?: readonly ScmChange[] },
  ];
  /** The answer is sealed in the journal: see `Host.seal`. `fields` by the kind: username, password, secret, file, privateKey, passphrase, … */
  readonly credentials: readonly [
    { readonly id: string; readonly types: readonly string[] },
    { readonly type: string; readonly fields: Variables; readonly description: string | null },
  ];
  readonly library: readonly [
    { readonly name: string; readonly version: string | null; readonly retriever: Json; readonly changelog: boolean; readonly implicit: boolean },
    LibraryTree,
  ];
  readonly tool: readonly [{ readonly lease: string; readonly name: string; readonly type: string | null }, { readonly home: string; readonly env: Variables }];
  /** Properties of the job that the build declares: parameters, triggers, log rotation, … */
  readonly properties: readonly [{ readonly properties: readonly Json[] }, null];
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
  /**
   * The mail is on its way when the answer comes; it is sent as soon as a server takes it. Tokens such as `$BUILD_LOG`, which need
   * what only the server knows, are replaced where `tokens` is set. The answer tells who gets it; empty: nobody, and nothing is sent.
   */
  readonly mail: readonly [
    {
      readonly to: readonly string[];
      readonly cc: readonly string[];
      readonly bcc: readonly string[];
      readonly from: string | null;
      readonly replyTo: string | null;
      readonly subject: string;
      readonly body: string;
      readonly mimeType: string;
      readonly attachments?: Place & { readonly selection: FileSelection };
      readonly attachLog?: 'plain' | 'compressed';
      readonly tokens?: { readonly result: string };
      /** What `${RENDERED, n="0"}` and so on stand for in the texts: it holds no tokens itself. */
      readonly rendered?: readonly string[];
      /** Groups of people that the server knows: `developers`, `culprits`, `requestor`, `upstreamDevelopers`, `brokenBuildSuspects`, `brokenTestsSuspects`. */
      readonly providers?: readonly string[];
    },
    { readonly to: readonly string[] } | null,
  ];
  /** A message to a chat or an address. Answered when it is on its way; the answer names the channel. */
  readonly notify: readonly [NotifyRequest, { readonly channel: string }];
  /** Something in a check of the commit that the build is made of. Answered when it is on its way. False: nobody there takes checks. */
  readonly check: readonly [CheckRequest, { readonly published: boolean }];
  /** A status of a commit at a forge. Answered when it is on its way; `missing`: what is not given and cannot be told of the build. */
  readonly 'commit.status': readonly [
    CommitStatusRequest,
    { readonly missing: 'repository' | 'commit' | 'credentials' | null; readonly repository: string | null; readonly commit: string | null },
  ];
  /**
   * The merge request of GitLab that the build was started for. A comment is answered when it is on its way; `failure`: the forge's
   * own words; `missing`: what cannot be told of the build.
   */
  readonly 'merge.request': readonly [
    (
      | { readonly what: 'comment'; readonly text: string }
      | { readonly what: 'accept'; readonly message: string | null; readonly useDescription: boolean; readonly removeSourceBranch: boolean | null }
      | { readonly what: 'labels' }
    ),
    {
      readonly missing: 'merge request' | 'credentials' | null;
      readonly failure: string | null;
      readonly project: string | null;
      readonly labels: readonly string[];
    },
  ];
  /** Another job's build. With `waitForStart` the answer comes when it has a number; without that and `wait` it is null, at once. */
  readonly build: readonly [
    {
      readonly job: string;
      readonly parameters: readonly Json[];
      readonly wait: boolean;
      readonly quietPeriod: number | null;
      readonly waitForStart?: true;
    },
    OtherBuild | null,
  ];
  /** A text resource or a file of the job's own SCM (`load`, `readTrusted`). */
  readonly 'scm.read': readonly [{ readonly path: string }, { readonly content: string }];
  /** Anything that a later kind of step needs before it has a type here; `name` says what. */
  readonly other: readonly [{ readonly name: string; readonly data: Json }, Json];
}

/** What is said; a channel puts it into its service's form. */
export interface NotifyMessage {
  readonly title: string;
  readonly text: string;
  readonly format: 'text' | 'markdown' | 'html';
  readonly level: 'good' | 'warning' | 'danger' | 'info';
  readonly url: string | null;
  /** Where in the service, such as a Slack channel; null: as configured. */
  readonly to: string | null;
  /** Who is mentioned. */
  readonly at: { readonly mobiles: readonly string[]; readonly users: readonly string[]; readonly all: boolean };
  /** The whole body as the service takes it, in place of all this. */
  readonly native: Json | null;
}

export interface NotifyRequest {
  /** By its name in the configuration; null: the first of the kind. */
  readonly channel: string | null;
  /** The kind that it has to be; null: any. */
  readonly kind: string | null;
  /** A step's own access in place of a configured channel: settings of that kind, as in the configuration. */
  readonly settings: { readonly [name: string]: Json } | null;
  readonly message: NotifyMessage;
}

/** In the words of https://docs.github.com/en/rest/checks/runs */
export interface CheckRequest {
  readonly name: string;
  readonly status: 'queued' | 'in_progress' | 'completed';
  /** Of a completed one. */
  readonly conclusion: 'success' | 'failure' | 'neutral' | 'cancelled' | 'skipped' | 'timed_out' | 'action_required' | null;
  /** Null: the build's page. */
  readonly url: string | null;
  readonly output: { readonly title: string; readonly summary: string; readonly text: string } | null;
  /** In place of `output`: the tests that the ask of this id has kept. */
  readonly tests: string | null;
  readonly annotations: readonly {
    readonly path: string;
    readonly startLine: number;
    readonly endLine: number;
    readonly startColumn: number | null;
    readonly endColumn: number | null;
    readonly level: 'notice' | 'warning' | 'failure';
    readonly message: string;
    readonly title: string | null;
    readonly rawDetails: string | null;
  }[];
  readonly actions: readonly { readonly label: string; readonly description: string; readonly identifier: string }[];
}

/** Null: as it can be told of the build. */
export interface CommitStatusRequest {
  readonly forge: 'github' | 'gitlab' | 'gitea' | 'bitbucket' | 'bitbucketServer';
  readonly apiUrl: string | null;
  /** `owner/name`; the one or the other may be left out: `owner/`, `/name`. */
  readonly repository: string | null;
  readonly commit: string | null;
  readonly credentialsId: string | null;
  /** By which a status takes the place of the one before. */
  readonly context: string;
  /** What it is called, at forges that have that beside; not there: as the context. */
  readonly name?: string;
  readonly state: 'pending' | 'running' | 'success' | 'failure' | 'error' | 'aborted' | 'unstable' | 'skipped';
  readonly description: string;
  readonly url: string | null;
}

export type AskKind = keyof AskKinds;
export type RequestOf<K extends AskKind> = AskKinds[K][0];
export type AnswerOf<K extends AskKind> = AskKinds[K][1];

export type Ask = {
  readonly [K in AskKind]: {
    /** `0:12`: the thread's path and its count. Safe as a file name after `:` and `.` are replaced; unique in the build. */
    readonly id: string;
    readonly kind: K;
    readonly request: RequestOf<K>;
    /** When it was made, milliseconds since 1970; the same in every replay. */
    readonly at: number;
  };
}[AskKind];

export interface HostFailure {
  /** A stable code: `MR_NODE_LOST`, `MR_UNSUPPORTED`, … */
  readonly code: string;
  readonly message: string;
  /** The Java class that scripts see; `hudson.AbortException` where not given. */
  readonly type?: string;
  readonly user?: string;
}

export interface AskSink {
  /** See the contract above. `from === to` of the piece before. */
  output(from: number, text: string, to: number): void;
  answer(value: Json): void;
  fail(failure: HostFailure): void;
}

export type CancelReason =
  /** Somebody aborted the build, a timeout, another branch failed: the step is interrupted. */
  | { readonly kind: 'interrupted'; readonly message: string }
  /** The step no longer needs it: a timeout's timer after its body has ended. */
  | { readonly kind: 'obsolete' }
  /** The build ends at once, whatever still runs. */
  | { readonly kind: 'killed' };

export interface Host {
  start(ask: Ask, sink: AskSink): void;
  /** `cursor`: how far the ask's output is in the log. */
  resume(ask: Ask, sink: AskSink, cursor: number): void;
  cancel(askId: string, reason: CancelReason): void;
  /** Milliseconds since 1970. */
  now(): number;
  /** Resolves after the process has done what else waits: called between time slices of a program that computes for long. */
  breathe(): Promise<void>;
  /**
   * Encrypts text for the journal, and back, with a key that only the host has. `open` fails with an Error where the
   * key is not the one that sealed.
   */
  seal(text: string): string;
  open(sealed: string): string;
}

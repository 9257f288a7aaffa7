/**
 * The port to a cloud: what makes machines (pods, tasks, virtual machines) that run an agent for this installation.
 *
 * Order: a node's row is in the database before `provision` is called, and goes only after `terminate` has answered; so
 * whatever exists is known, or is an orphan that `observe` finds. `provision` and `terminate` of one name never overlap
 * within a controller, but a controller that lost its duty may still be in one of them.
 *
 * Concurrency: calls for different names may run at the same time, from several controllers. `observe` may run beside them
 * and may be late: what was made a moment ago may be missing, and what was ended may still be in it.
 *
 * Idempotency: `provision` is asked again with the same name, secret, url and template after a crash or a lost answer, and then
 * answers the same ref and makes nothing new. `terminate` of what is gone, or never was, succeeds.
 *
 * Time: every call ends within a minute, else it rejects with MR_CLOUD_AWAY itself; nobody else puts a limit to it.
 *
 * Errors: every method but `plan`, `enter` and `containerLog` rejects with a CloudError and nothing else. After MR_CLOUD_REFUSED and MR_CLOUD_CAPACITY
 * nothing was made; after MR_CLOUD_AWAY it is not known, and the same is asked again.
 */
import type { Json } from '@millrace/pipeline';
import type { serverShapes } from '@millrace/protocol';

type CloudAnswer = (typeof serverShapes.cloud)['_output'];

export interface Cloud {
  /** Of the configuration; unique, and kept in the rows of its nodes. */
  readonly name: string;
  readonly kind: string;
  /** How many nodes it may have at once over all templates; null: no limit. */
  readonly cap: number | null;
  /** Further limits of the same kind. */
  readonly caps?: Caps;

  /** What it would make for a request, the best first; none where it cannot serve it. Pure and quick. */
  plan(demand: Demand): readonly Offer[];
  /** What it shall have ready at that time for requests that have not come yet. Pure and quick. */
  warm?(at: number): readonly WarmPool[];
  /**
   * Keeps what the cloud has beside nodes as the configuration wants it at that time, such as pods that hold room. Called again
   * and again, never twice at a time from a controller; two controllers may be in it for a moment, and do the same. Does
   * nothing where all is as it should be.
   */
  tend?(at: number, tending: CloudTending): Promise<void>;
  provision(request: ProvisionRequest): Promise<Provisioned>;
  /** Everything that exists and carries this installation's mark, also what nobody remembers; what ended a short while ago as `gone` where it is known. */
  observe(): Promise<readonly Observed[]>;
  terminate(ref: string): Promise<void>;
  /** Tests the connection and the rights: what the administrator's button does. */
  check(): Promise<void>;
  /** Calls when `observe` would answer something new, or `tend` would do something; answers how to stop. Without it, it is asked from time to time. */
  watch?(changed: () => void): () => void;
  /** Whether it can make this pod: throws MR_CLOUD_REFUSED with what is wrong. Pure and quick. Only of clouds that make pods. */
  checkPod?(pod: PodDemand): void;
  /**
   * Makes sure that steps can run in a container of the node's pod: starts the agent's runner there (packages/agent/src/containers),
   * whose files are in `.millrace/bin` of the volume that all containers of the pod have. One more is no harm, so it may be asked
   * again and from several controllers at once. A container that does not run yet is MR_CLOUD_AWAY, and so is one of a machine that
   * `observe` tells to have failed: why a step was lost has one teller. Rejects with a ContainerError where asking again does not
   * help, else with a CloudError.
   */
  enter?(ref: string, container: string): Promise<void>;
  /**
   * What a container of the node's pod has written so far, also one that has ended or that only prepares the pod; for
   * `containerLog`. A container that has not started yet is MR_CLOUD_AWAY. Rejects as `enter` does.
   */
  containerLog?(ref: string, container: string, part: LogPart): Promise<string>;
  /** Lets go of its connections. */
  close?(): void;
}

export interface Caps {
  /** By the namespace that nodes are made in: of all that is this installation's there. */
  readonly namespaces: ReadonlyMap<string, number>;
  /** By folder: of the nodes that builds of the jobs below it have. */
  readonly folders: ReadonlyMap<string, number>;
}

export interface Demand {
  /** A label expression; null: any node will do. */
  readonly label: string | null;
  readonly job: string;
  /** Where the build itself said what it runs on; null: one of the configuration's templates. */
  readonly pod: PodDemand | null;
}

/** A `podTemplate` of a pipeline. */
export interface PodDemand {
  /** Of the template in the whole installation. */
  readonly key: string;
  /** Labels, parted by blanks. */
  readonly label: string;
  /** null: any cloud that makes pods. */
  readonly cloud: string | null;
  /** The step's arguments, with the template around as `parent`. */
  readonly data: { readonly [name: string]: Json };
  /** Of the build: its address, and what of it comes after the server's. */
  readonly build: { readonly url: string; readonly path: string };
}

export interface Offer {
  readonly template: string;
  /** Of the node. An offer whose labels do not match the demand is passed over. */
  readonly labels: readonly string[];
  readonly executors: number;
  readonly mode: 'normal' | 'exclusive';
  /** null: the node serves one request and ends with it; else how long it is kept when idle. */
  readonly idleMinutes: number | null;
  /** How many nodes of this template there may be at once. */
  readonly cap: number | null;
  /** Which of the cloud's namespaces it is made in; left out: it has none. */
  readonly namespace?: string;
  /** How long its agent may take to connect, in seconds. */
  readonly connectSeconds: number;
  /** How often at most a build's block runs, each time on another one, where this one is lost under it; left out: once. */
  readonly retries?: number;
  /** What the node's name begins with; the cloud's and the template's where it is left out. */
  readonly namePrefix?: string;
  /** Where in the cloud, of a chain of places that are tried one after the other. Left out: the cloud has but one. */
  readonly place?: string;
  /** When the next offer that serves the request is taken instead; left out: where this one is full or refuses. */
  readonly moveOn?: MoveOn;
}

/** So many machines of an offer beside those that builds use. */
export interface WarmPool {
  readonly offer: Offer;
  readonly size: number;
}

/** Conditions to leave a place for the next one. Nothing is given up where no next one can be asked. */
export interface MoveOn {
  /** Its machine has not started so many seconds after it was made. */
  readonly pendingSeconds?: number | undefined;
  /** The cloud says so many seconds after it was made that there is no capacity for it. */
  readonly noCapacitySeconds?: number | undefined;
  /** It is full by a cap or a quota. Left out: true. */
  readonly quota?: boolean | undefined;
}

export interface CloudTending {
  /** Of the cloud's machines in so many days until now, the most used first. */
  images(days: number): Promise<readonly ImageUse[]>;
  /** What there is now, to be shown; also where `tend` then rejects. */
  show(beside: Beside): void;
}

export interface ImageUse {
  readonly image: string;
  readonly uses: number;
  /** Null: never; the configuration names it. */
  readonly lastUsedAt: number | null;
}

/** What a cloud has beside nodes; the shapes are the API's. */
export type Beside = Pick<CloudAnswer, 'placeholders' | 'imageCaches'>;

/** `lines`: for the log of the build that it is made for. */
export interface Provisioned {
  readonly ref: string;
  /** What it was made of, for `images` above. */
  readonly images?: readonly string[];
  readonly lines?: readonly CloudLine[];
}

export interface ProvisionRequest {
  /** Of the node: lower case letters, digits and dashes, 63 at most. */
  readonly name: string;
  /** What the agent proves itself with. It must not be readable by others. */
  readonly secret: string;
  /** A controller's address for the agent. */
  readonly url: string;
  readonly template: string;
  /** Of the offer; null: it named none. */
  readonly place: string | null;
  /** The request for a node that it is made for, to be shown; null: for several. */
  readonly requestId: string | null;
  /** Whose request that is; null: for several. The cloud keeps it as a mark, for `counted`. */
  readonly job: string | null;
  /** That the template was planned from. */
  readonly pod: PodDemand | null;
}

export type ObservedState = 'asked for' | 'scheduled' | 'pulling' | 'connecting' | 'running' | 'failed' | 'gone';

export interface Observed {
  /** Of the node. */
  readonly name: string;
  readonly ref: string;
  readonly state: ObservedState;
  /** In the cloud's own words. */
  readonly why: string | null;
  /** It waits since the cloud has no capacity for it. */
  readonly noCapacity?: true;
  /**
   * What it counts as against caps while no row knows it, be it `gone` as far as builds go; null: it takes no room. Left out: one
   * more of the cloud, unless it is `gone`.
   */
  readonly counted?: Counted | null;
  /** Of what failed or is gone. */
  readonly outcome?: Outcome;
  /** What the log of the build that waits for it is told, in order; earlier ones may be left out. */
  readonly lines?: readonly CloudLine[];
}

/** As the marks tell that it was made with. */
export interface Counted {
  /** False: of another cloud of the configuration that has the same namespaces. */
  readonly isOwn: boolean;
  readonly template: string | null;
  readonly namespace: string | null;
  readonly job: string | null;
}

/**
 * `lost`: nothing of the build's doing, and another one may do (the default). `ended`: by what ran on it, or by a limit that was
 * set for it. `refused`: it can never start as it was asked for.
 */
export type Outcome = 'lost' | 'ended' | 'refused';

/** Which part of a container's log is wanted: the newest lines first of all, of these as many bytes from their beginning. */
export interface LogPart {
  readonly limitBytes: number;
  /** Null: of any age. */
  readonly sinceSeconds: number | null;
  /** Null: all. */
  readonly tailLines: number | null;
}

/** A line, or several, without the last line break. The same key is told once. */
export interface CloudLine {
  readonly key: string;
  readonly text: string;
}

/** There is no such container, or it has ended: the message says how (OOMKilled, …). */
export type ContainerErrorCode = 'MR_CONTAINER_UNKNOWN' | 'MR_CONTAINER_ENDED' | 'MR_CONTAINER_SHELL';

/** Steps cannot run in a container, and asking again does not help. */
export class ContainerError extends Error {
  override readonly name = 'ContainerError';
  readonly code: ContainerErrorCode;
  constructor(code: ContainerErrorCode, message: string) {
    super(message);
    this.code = code;
  }
}

export type CloudErrorCode = 'MR_CLOUD_AWAY' | 'MR_CLOUD_REFUSED' | 'MR_CLOUD_CAPACITY';

export class CloudError extends Error {
  override readonly name = 'CloudError';
  readonly code: CloudErrorCode;
  /** False: asking the same again helps only after somebody has changed something. */
  readonly retryable: boolean;
  constructor(code: CloudErrorCode, message: string, { retryable = code !== 'MR_CLOUD_REFUSED', cause }: { retryable?: boolean; cause?: unknown } = {}) {
    super(message, { cause });
    this.code = code;
    this.retryable = retryable;
  }
}

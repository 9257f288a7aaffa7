/**
 * The agent API, version 1: what an agent and any controller tell each other over plain HTTP. Paths are below AGENT_PATH.
 * Every request carries `Authorization: Bearer <secret>` and AGENT_HEADER, after `connect` also SESSION_HEADER. Errors are
 * `{ code, message }` with the status that is named.
 *
 *   POST connect                    ConnectRequest → ConnectAnswer. 401 MR_AGENT_SECRET; 409 MR_AGENT_CONNECTED: another live
 *                                   instance has this name; 426 MR_AGENT_PROTOCOL. The same instance may connect again.
 *   POST poll                       PollRequest → PollAnswer, after `pollSeconds` at the latest. 401 MR_AGENT_SESSION: connect
 *                                   again; 409 MR_AGENT_CONNECTED: another instance has taken the name.
 *   POST work/:id/output?from&to    text/plain, UTF-8, masked. 204; 409 { cursor }: go on there; 410: no longer wanted.
 *   POST work/:id/result            WorkResult, when all output is acknowledged or comes with it. 204; 409 { cursor }: output is missing; 410.
 *   POST work/:id/container         ContainerRequest: the agent is in a pod, and the task is for another container of it. 204 when a
 *                                   runner (packages/agent/src/containers) was started there; 422 { code, message }: the step
 *                                   fails with it; 503: ask again; 410.
 *   POST work/:id/transfers/:name   begins an upload, or asks how far it is → { offset }. 410.
 *   PATCH …/:name?offset=N          a chunk with CRC_HEADER → { offset }; 409 { offset }: go on there.
 *   PUT …/:name                     TransferEnd: completes. 204; 409 { offset }: bytes are missing, or are others; go on there.
 *   GET …/:name                     a download; Range, SHA256_HEADER, MODE_HEADER; 404 { code, message }: there is none.
 *   GET agent.cjs                   the bundled agent.
 *
 * Poll is level-triggered. `have` names the work that this process holds: the server lists all open work that is not in it,
 * and cancels what is in it and no longer wanted, again and again. `found` (and `have` of `connect`) names what lies on the
 * machine's disk from an earlier process: its request, with the secrets to mask, has to be listed again, or it is to be
 * forgotten. Work that the server once saw in `have`, and that is in neither list of a later process, is lost.
 *
 * Names of transfers: `stash` (stash, unstash), `artifact:<path>` (archive, unarchive), `artifacts` (unarchive: JSON
 * ArtifactList), `report:<path>` (tests), `file:<path>` (publish), `cache` (cache.restore, cache.save). They stand in the path by encodeURIComponent.
 */
import { z } from 'zod';
import { WORK_ID } from './version.ts';

export const WorkId = z.string().regex(WORK_ID);
const variables = z.record(z.string(), z.string());
const bytes = z.number().int().nonnegative();

export const MachineFacts = z.object({
  os: z.string(),
  arch: z.string(),
  hostname: z.string(),
  cpus: z.number().int().nonnegative(),
  memoryBytes: bytes,
  /** Absolute; workspaces are below it. */
  root: z.string(),
  windows: z.boolean(),
  /** The machine's variables that a node shows. */
  env: variables,
  pid: z.number().int(),
  /** A name of the disk that keeps its tasks: a task that was handed over and is not on the same disk has not begun; on another it is lost. */
  disk: z.string().max(100).optional(),
});
export type MachineFacts = z.infer<typeof MachineFacts>;

export const ConnectRequest = z.object({
  name: z.string().min(1).max(255),
  /** Random for each process. */
  instance: z.string().min(1).max(100),
  protocol: z.number().int().positive(),
  version: z.string(),
  facts: MachineFacts,
  labels: z.array(z.string()).optional(),
  executors: z.number().int().positive().optional(),
  have: z.array(WorkId),
});
export type ConnectRequest = z.infer<typeof ConnectRequest>;

/** Below these a node takes no new work; null: not looked at. */
export const MonitorThresholds = z.object({
  freeDiskBytes: bytes.nullish(),
  freeTempBytes: bytes.nullish(),
  clockOffsetMs: bytes.nullish(),
});
export type MonitorThresholds = z.infer<typeof MonitorThresholds>;

export const NodeSettings = z.object({
  name: z.string(),
  labels: z.array(z.string()),
  executors: z.number().int().nonnegative(),
  env: variables,
  pollSeconds: z.number().positive(),
  monitors: MonitorThresholds.optional(),
});
export type NodeSettings = z.infer<typeof NodeSettings>;

export const ConnectAnswer = z.object({
  session: z.string().min(1),
  settings: NodeSettings,
  /** Milliseconds since 1970. */
  serverTime: z.number(),
});
export type ConnectAnswer = z.infer<typeof ConnectAnswer>;

export const Monitors = z.object({
  freeDiskBytes: z.number(),
  freeTempBytes: z.number(),
  /** The machine's clock less the server's. */
  clockOffsetMs: z.number(),
  latencyMs: z.number(),
  load: z.number(),
});
export type Monitors = z.infer<typeof Monitors>;

export const PollRequest = z.object({
  session: z.string(),
  have: z.array(WorkId),
  found: z.array(WorkId).optional(),
  monitors: Monitors.optional(),
});
export type PollRequest = z.infer<typeof PollRequest>;

export const Work = z.object({
  id: WorkId,
  /** `task`, or a kind of operations.ts. */
  kind: z.string(),
  request: z.unknown(),
  /** How much of the output the server has, in bytes of the output file. */
  cursor: bytes,
});
export type Work = z.infer<typeof Work>;

export const Cancel = z.object({ id: WorkId, reason: z.enum(['interrupted', 'killed']) });
export type Cancel = z.infer<typeof Cancel>;

export const PollAnswer = z.object({
  work: z.array(Work),
  cancel: z.array(Cancel),
  /** To be killed where it still runs, and its folder removed. */
  forget: z.array(WorkId),
  settings: NodeSettings.optional(),
  /** The process ends; running tasks go on. */
  end: z.enum(['disconnect', 'deleted']).optional(),
});
export type PollAnswer = z.infer<typeof PollAnswer>;

export const OutputQuery = z.object({ from: z.coerce.number().int().nonnegative(), to: z.coerce.number().int().nonnegative() });
export const CursorAnswer = z.object({ cursor: bytes });

const failure = z.object({ code: z.string(), message: z.string(), type: z.string().optional() });
/** The last piece of output, as `output` would bring it: it becomes durable before the result. */
const tail = z.object({ from: bytes, to: bytes, text: z.string() }).optional();
export const WorkResult = z.union([
  z.object({ ok: z.json(), tail }),
  z.object({ err: failure, tail }),
  z.object({ exit: z.number().int(), stdout: z.string().optional(), lost: z.boolean().optional(), tail }),
]);
export type WorkResult = z.infer<typeof WorkResult>;

export const ContainerRequest = z.object({ name: z.string().min(1).max(63) });
export type ContainerRequest = z.infer<typeof ContainerRequest>;

export const OffsetAnswer = z.object({ offset: bytes });
export const TransferEnd = z.object({
  size: bytes,
  sha256: z.string().regex(/^[0-9a-f]{64}$/),
  md5: z
    .string()
    .regex(/^[0-9a-f]{32}$/)
    .optional(),
  /** Permission bits and milliseconds since 1970 of the file. */
  mode: z.number().int().optional(),
  modified: z.number().optional(),
});
export type TransferEnd = z.infer<typeof TransferEnd>;

export const ArtifactList = z.object({ files: z.array(z.object({ path: z.string(), size: bytes })) });
export type ArtifactList = z.infer<typeof ArtifactList>;

export const AgentProblem = z.object({ code: z.string(), message: z.string() });
export type AgentProblem = z.infer<typeof AgentProblem>;

/**
 * How it stands with a pod: a pure function of what the API shows of it and of its events.
 *
 * | what is seen | what it means |
 * | --- | --- |
 * | Unschedulable, a volume that is not mounted yet | a wait, in the scheduler's or the kubelet's words |
 * | an image that cannot be pulled | a wait for the first two times, then refused: the image is named |
 * | InvalidImageName, ErrImageNeverPull, a command that is not there | refused: it can never start |
 * | CreateContainerConfigError, CreateContainerError | a wait for the first two times, then refused |
 * | a container that ended, OOMKilled or Completed; DeadlineExceeded | ended: by what ran there or by its limit |
 * | a container that ended otherwise, Evicted, deleted, preempted, its node gone or shutting down | lost: another pod may do |
 *
 * As with the kubernetes plug-in a pod ends with the first of its containers that does.
 */
import type { CloudLine, ObservedState, Outcome } from '../cloud.ts';
import type { ContainerStatus, Pod, PodEvent } from './objects.ts';
import { AGENT_ANNOTATION } from './pod-spec.ts';

/** As the plug-in: a typing error in an image's name shows itself by then. */
export const MOST_ATTEMPTS = 3;
/** The kubelet's word that a pod has ended may come so late after the end of its grace. */
const LATE_MS = 5_000;

export interface Judgement {
  readonly state: ObservedState;
  readonly why: string | null;
  /** Of what has failed. */
  readonly outcome: Outcome | null;
  /** No node has room for it. */
  readonly noCapacity?: true;
}

export function judgePod(pod: Pod, events: readonly PodEvent[], now: number): Judgement {
  const { metadata, status = {} } = pod;
  const where = `${metadata.namespace}/${metadata.name}`;
  const statuses = [...(status.initContainerStatuses ?? []), ...(status.containerStatuses ?? [])];
  return (
    deleted(pod, where, now) ??
    failedPod(pod, where) ??
    first(status.containerStatuses ?? [], (s) => terminated(s, where)) ??
    first(statuses, (s) => waiting(s, pod, events)) ??
    progress(pod, events)
  );
}

function first<T>(all: readonly T[], judge: (one: T) => Judgement | null): Judgement | null {
  for (const one of all) {
    const judged = judge(one);
    if (judged !== null) return judged;
  }
  return null;
}

const failed = (outcome: Outcome, why: string): Judgement => ({ state: 'failed', why, outcome });

function deleted({ metadata, status }: Pod, where: string, now: number): Judgement | null {
  if (metadata.deletionTimestamp === undefined) return null;
  const isOver = now > Date.parse(metadata.deletionTimestamp) + LATE_MS;
  const runs = status?.containerStatuses?.some((s) => s.state?.running !== undefined) === true;
  if (runs && !isOver) return { state: 'running', why: `Pod ${where} is being deleted${disruption(status)}`, outcome: null };
  return failed('lost', deletedWhy(where, status));
}

/** Of a pod that is no more. */
export function deletedWhy(where: string, status: Pod['status']): string {
  return `Pod ${where} was deleted; cancelling node body${disruption(status)}`;
}

/** Who ended it, where Kubernetes says so: eviction, preemption, a taint of its node. */
function disruption(status: Pod['status']): string {
  const found = status?.conditions?.find((c) => c.type === 'DisruptionTarget' && c.status === 'True');
  if (found === undefined) return status?.reason === 'NodeLost' ? '. Reason: NodeLost.' : '';
  return `. Reason: ${found.reason ?? found.type}${found.message === undefined ? '' : `, Message: ${found.message}`}.`;
}

function failedPod({ status = {} }: Pod, where: string): Judgement | null {
  const { phase, reason, message } = status;
  if (phase !== 'Failed' || reason === undefined) return null;
  const details = [`Reason: ${reason}`, ...(message === undefined ? [] : [`Message: ${message.replace(/[.\s]+$/, '')}`])].join(', ');
  return failed(reason === 'DeadlineExceeded' ? 'ended' : 'lost', `${where} Pod just failed. ${details}.`);
}

function terminated({ name, state }: ContainerStatus, where: string): Judgement | null {
  const end = state?.terminated;
  if (end === undefined) return null;
  const { reason = 'Error', exitCode, message } = end;
  const words = `${where} Container ${name} was terminated (${reason}, exit code ${exitCode})${message === undefined || message === '' ? '' : `: ${message}`}`;
  if (reason === 'StartError' || reason === 'ContainerCannotRun') return failed('refused', words);
  return failed(reason === 'OOMKilled' || reason === 'Completed' ? 'ended' : 'lost', words);
}

function waiting({ name, image, restartCount = 0, state }: ContainerStatus, pod: Pod, events: readonly PodEvent[]): Judgement | null {
  const { reason = '', message = '' } = state?.waiting ?? {};
  const given = pod.spec.containers.find((c) => c.name === name)?.image ?? image ?? '';
  const words = `Container [${name}] waiting [${reason}] ${message}`.trimEnd();
  switch (reason) {
    case 'InvalidImageName':
    case 'ErrImageNeverPull':
    case 'RunContainerError':
      return failed('refused', words);
    case 'ErrImagePull':
    case 'ImagePullBackOff':
    case 'RegistryUnavailable':
    case 'ImageInspectError':
      return pullFailures(given, events) < MOST_ATTEMPTS
        ? { state: 'pulling', why: words, outcome: null }
        : failed('refused', `Unable to pull container image "${given}". Check if image tag name is spelled correctly. ${words}`);
    case 'CreateContainerConfigError':
    case 'CreateContainerError':
      return isOwnSecret(message, pod) || failures(name, events) < MOST_ATTEMPTS ? { state: 'scheduled', why: words, outcome: null } : failed('refused', words);
    case 'CrashLoopBackOff':
      return restartCount < MOST_ATTEMPTS ? { state: 'scheduled', why: words, outcome: null } : failed('lost', words);
    default:
      return null;
  }
}

/** It comes right after its pod. */
function isOwnSecret(message: string, { metadata }: Pod): boolean {
  return message.includes(`secret "${metadata.name}" not found`);
}

export function pullFailures(image: string, events: readonly PodEvent[]): number {
  return countOf(events, (e) => e.reason === 'Failed' && /^Failed to pull image/.test(e.message ?? '') && (e.message ?? '').includes(`"${image}"`));
}

function failures(container: string, events: readonly PodEvent[]): number {
  return countOf(events, (e) => e.reason === 'Failed' && e.involvedObject.fieldPath === `spec.containers{${container}}`);
}

function countOf(events: readonly PodEvent[], which: (event: PodEvent) => boolean): number {
  return events.filter(which).reduce((sum, e) => sum + (e.count ?? 1), 0);
}

function progress({ spec, status = {}, metadata }: Pod, events: readonly PodEvent[]): Judgement {
  const agent = status.containerStatuses?.find((s) => s.name === (metadata.annotations?.[AGENT_ANNOTATION] ?? 'jnlp'));
  if (agent?.state?.running !== undefined) return { state: 'running', why: null, outcome: null };
  const scheduled = status.conditions?.find((c) => c.type === 'PodScheduled');
  if (spec.nodeName === undefined && scheduled?.status !== 'True')
    return {
      state: 'asked for',
      why: scheduled?.message === undefined ? null : `Pod [${status.phase ?? 'Pending'}][${scheduled.reason}] ${scheduled.message}`,
      outcome: null,
      // Where others make room for it, there is.
      ...(scheduled?.reason === 'Unschedulable' && (status.nominatedNodeName ?? '') === '' ? { noCapacity: true } : {}),
    };
  const last = lastOf(events);
  if (last?.reason === 'Pulling') return { state: 'pulling', why: last.message ?? null, outcome: null };
  return { state: 'scheduled', why: last?.type === 'Warning' ? `[${last.reason}] ${last.message}` : null, outcome: null };
}

function lastOf(events: readonly PodEvent[]): PodEvent | undefined {
  return events.reduce<PodEvent | undefined>((a, b) => (a === undefined || timeOf(b) >= timeOf(a) ? b : a), undefined);
}
function timeOf({ lastTimestamp, metadata }: PodEvent): number {
  return Date.parse(lastTimestamp ?? metadata.creationTimestamp);
}

/** What the build's log is told of a pod as it is now, in the plug-in's words. */
export function podLines(pod: Pod, events: readonly PodEvent[]): CloudLine[] {
  const { metadata, status = {} } = pod;
  const where = `${metadata.namespace}/${metadata.name}`;
  const lines: CloudLine[] = events
    .filter((e) => e.type === 'Warning' || e.reason === 'Pulling')
    .map((e) => ({ key: `${where} ${e.reason} ${e.message}`, text: eventText(where, e) }));
  const parts = [...(status.initContainerStatuses ?? []), ...(status.containerStatuses ?? [])].flatMap(containerPart);
  for (const { reason, message } of status.conditions ?? []) {
    const part = reason === undefined ? null : `\n\tPod [${status.phase}][${reason}] ${message ?? 'No message'}`;
    if (part !== null && !parts.includes(part)) parts.push(part);
  }
  if (parts.length > 0) {
    const text = `[PodInfo] ${where}${parts.join('')}`;
    lines.push({ key: text, text });
  }
  for (const { image, name, state } of status.containerStatuses ?? [])
    if (state?.waiting?.reason === 'ImagePullBackOff') {
      const given = pod.spec.containers.find((c) => c.name === name)?.image ?? image ?? '';
      const left = Math.max(0, MOST_ATTEMPTS - pullFailures(given, events));
      const text = `ERROR: Image pull backoff detected, waiting for image to be available. Will wait for ${left} more events before terminating the node.`;
      lines.push({ key: `${where} ${given} ${left}`, text });
    }
  return lines;
}

/** Normal events that tell of a pod's end. */
const ENDS: ReadonlySet<string> = new Set(['Killing', 'Evicted', 'Preempted', 'Preempting', 'TaintManagerEviction', 'NodeNotReady']);

/** When the last of its containers has started; null: none has, or it is not told (any more: of what was evicted). */
export function startOf({ status }: Pod): number | null {
  const starts = (status?.containerStatuses ?? []).flatMap(({ state }) => state?.running?.startedAt ?? state?.terminated?.startedAt ?? []);
  return starts.length === 0 ? null : Math.max(...starts.map((text) => Date.parse(text)));
}

/**
 * What was said of a pod's end, and as a warning since it ran, for the log of the build that it was lost under. `start`: in whole
 * seconds, as events are; null: it never ran.
 */
export function endLines({ metadata }: Pod, events: readonly PodEvent[], start: number | null): string[] {
  return events
    .filter((e) => ENDS.has(e.reason ?? '') || (e.type === 'Warning' && start !== null && timeOf(e) > start))
    .sort((a, b) => timeOf(a) - timeOf(b))
    .map((e) => eventText(`${metadata.namespace}/${metadata.name}`, e));
}

function eventText(where: string, { type, reason, message }: PodEvent): string {
  return `[${type}][${where}][${reason}] ${message}`;
}

function containerPart({ name, state }: ContainerStatus): string[] {
  const end = state?.terminated,
    wait = state?.waiting;
  // An init container that has done its work.
  if (end?.exitCode === 0) return [];
  if (end !== undefined) return [`\n\tContainer [${name}] terminated [${end.reason}] ${end.message ?? 'No message'}`];
  if (wait !== undefined) return [`\n\tContainer [${name}] waiting [${wait.reason}] ${wait.message ?? 'No message'}`];
  return [];
}

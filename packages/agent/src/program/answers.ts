/**
 * Reads what a server answers. Fields that are not known are ignored; what is not as it should be is left out, so that one
 * bad piece of work does not keep the others from running. (The schemas of the protocol would refuse the whole, and cost
 * the start of the agent more than all the rest.)
 */
import type { Cancel, ConnectAnswer, NodeSettings, PollAnswer, Work } from '@millrace/protocol';
import { WORK_ID } from '@millrace/protocol/agent/version';

type Fields = { readonly [name: string]: unknown };

export function fieldsOf(value: unknown): Fields {
  return value !== null && typeof value === 'object' && !Array.isArray(value) ? (value as Fields) : {};
}
/** A count of bytes; null where it is none. */
export function countOf(value: unknown): number | null {
  return Number.isSafeInteger(value) && (value as number) >= 0 ? (value as number) : null;
}
export function codeOf(json: unknown): string {
  const { code } = fieldsOf(json);
  return typeof code === 'string' ? code : '';
}
export function messageOf(json: unknown): string {
  const { message } = fieldsOf(json);
  return typeof message === 'string' ? message : '';
}

/** null: it is no such answer. */
export function readConnect(json: unknown): ConnectAnswer | null {
  const { session, settings, serverTime } = fieldsOf(json);
  const read = readSettings(settings);
  if (typeof session !== 'string' || !/^[\x21-\x7e]{1,1000}$/.test(session) || read === null) return null;
  return { session, settings: read, serverTime: typeof serverTime === 'number' && Number.isFinite(serverTime) ? serverTime : Date.now() };
}

export function readPoll(json: unknown): PollAnswer | null {
  if (json === null || typeof json !== 'object' || Array.isArray(json)) return null;
  const { work, cancel, forget, settings, end } = json as Fields;
  const read = readSettings(settings);
  return {
    work: listOf(work).flatMap(readWork),
    cancel: listOf(cancel).flatMap(readCancel),
    forget: listOf(forget).filter(isId),
    ...(read === null ? {} : { settings: read }),
    ...(end === 'disconnect' || end === 'deleted' ? { end } : {}),
  };
}

function readSettings(value: unknown): NodeSettings | null {
  const { name, labels, executors, env, pollSeconds } = fieldsOf(value);
  if (typeof pollSeconds !== 'number' || !(pollSeconds > 0)) return null;
  return {
    name: typeof name === 'string' ? name : '',
    labels: listOf(labels).filter((l) => typeof l === 'string'),
    executors: countOf(executors) ?? 1,
    env: Object.fromEntries(Object.entries(fieldsOf(env)).filter((e): e is [string, string] => typeof e[1] === 'string')),
    pollSeconds: Math.min(pollSeconds, 600),
  };
}
function readWork(value: unknown): Work[] {
  const { id, kind, request, cursor } = fieldsOf(value);
  return isId(id) && typeof kind === 'string' ? [{ id, kind, request: fieldsOf(request), cursor: countOf(cursor) ?? 0 }] : [];
}
function readCancel(value: unknown): Cancel[] {
  const { id, reason } = fieldsOf(value);
  return isId(id) ? [{ id, reason: reason === 'killed' ? 'killed' : 'interrupted' }] : [];
}
function isId(value: unknown): value is string {
  return typeof value === 'string' && WORK_ID.test(value);
}
function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

/** Asks that are work of the node whose lease they name. What the machine needs beside the request is added here. */
import type { AskKind, Json, Place } from '@millrace/pipeline';
import type { OperationAnswer } from '@millrace/protocol';
import { noteCommit } from '../../branches/commit-status.ts';
import { hostKeysOf } from '../../config/installation.ts';
import { withPushed } from '../../scm/pushed-revision.ts';
import { watchedCheckout } from '../../scm/watched-checkout.ts';
import type { AskContext, AskHandler } from '../ask-context.ts';
import { unsupported, useOf } from '../ask-context.ts';
import type { NewRevision, Previous } from '../revisions.ts';
import { keepRevision, previousRevisions } from '../revisions.ts';
import { work } from './work.ts';

/** Kinds that go to the machine as they are. */
const PLAIN = [
  'file.read',
  'file.write',
  'file.facts',
  'file.find',
  'file.delete',
  'file.mkdirs',
  'file.touch',
  'file.digest',
  'zip',
  'unzip',
  'tar',
  'untar',
  'stash',
  'unstash',
  'archive',
  'unarchive',
] as const satisfies readonly AskKind[];

export const plainWork: { readonly [K in (typeof PLAIN)[number]]: AskHandler<K> } = Object.fromEntries(
  PLAIN.map((kind) => [kind, (cx: AskContext) => work(cx, (cx.request as unknown as Place).lease)]),
) as never;

export function task(cx: AskContext<'task'>): Promise<void> {
  return work(cx, cx.request.lease, { cookie: cookieOf(cx, cx.request.lease) });
}

/** What `lease.end` finds the left-over processes of a lease by. */
function cookieOf(cx: AskContext, lease: string): string {
  return `${cx.build.id}.${lease.replaceAll(':', '_')}`;
}

/** The credentials that the remotes name go along, sealed as all of the request. */
export async function checkout(cx: AskContext<'checkout'>): Promise<void> {
  const { scm, lease } = cx.request;
  const credentials: Record<string, Json> = {};
  if (scm.kind === 'git')
    for (const { credentialsId } of scm.remotes) {
      const found = credentialsId === null ? null : await cx.services.credential(credentialsId, useOf(cx, 'checkout'));
      if (found !== null) credentials[found.id] = { ...found.fields, ...(found.identity === undefined ? {} : { identity: found.identity }) };
    }
  const { store, installation, now } = cx.services;
  const previous: Previous[] = [];
  if (scm.kind === 'git') for (const url of new Set(scm.remotes.map((r) => r.url))) previous.push(...(await previousRevisions(store.db, cx.build, url)));
  const build = await store.db.selectFrom('builds').select('origin').where('id', '=', cx.build.id).executeTakeFirstOrThrow();
  const more = {
    ...(scm.kind === 'git' ? { scm: withPushed(build, scm) as unknown as Json } : {}),
    credentials,
    hostKeys: { ...hostKeysOf(installation()) },
    previous: previous as unknown as Json,
  };
  await work(cx, lease, more, async (ok) => {
    const { variables, changes = [], moreChanges = false, revision } = ok as unknown as OperationAnswer<'checkout'>;
    if (revision !== undefined) {
      const { url, branch, commit } = revision;
      const { poll } = cx.request;
      const watched = poll && scm.kind === 'git' ? watchedCheckout(scm) : null;
      const kept: NewRevision = { askId: cx.ask.id, kind: 'checkout', url, branch, commit, poll, changes, more: moreChanges, watched };
      await store.write(async (tx, wakes) => {
        await keepRevision(tx, cx.build, kept);
        await noteCommit(tx, wakes, cx.build.id, now());
      });
    }
    return { value: { variables, ...(changes.length === 0 ? {} : { changes }) } as unknown as Json };
  });
}

/** `httpRequest`: on the node where files of it are needed, else from here, as Jenkins does. */
export async function http(cx: AskContext<'http'>): Promise<void> {
  const { place, url, method, headers, body, timeoutMs, ignoreTls, binary } = cx.request;
  if (place !== undefined) {
    await work(cx, place.lease);
    return;
  }
  if (ignoreTls) throw unsupported('ignoreSslErrors cannot be had here');
  await cx.durable();
  const gone = new AbortController();
  cx.onGone(() => {
    gone.abort();
  });
  const response = await fetch(url, {
    method,
    headers: headers.map((h): [string, string] => [h.name, h.value]),
    ...(body === null || method === 'GET' || method === 'HEAD' ? {} : { body }),
    signal: timeoutMs === null ? gone.signal : AbortSignal.any([gone.signal, AbortSignal.timeout(timeoutMs)]),
  });
  const bytes = Buffer.from(await response.arrayBuffer());
  const all: Record<string, string[]> = {};
  for (const [name, value] of response.headers) (all[name] ??= []).push(value);
  cx.answer({ status: response.status, headers: all, body: binary === true ? bytes.toString('base64') : bytes.toString('utf8') });
}

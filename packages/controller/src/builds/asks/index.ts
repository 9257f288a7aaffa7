/** Every kind of ask, and what serves it. */
import type { AskKind } from '@millrace/pipeline';
import type { BlobStore } from '../../blobs/blob-store.ts';
import type { Channels } from '../../notifications/channels/registry.ts';
import type { AskHandler } from '../ask-context.ts';
import type { Enqueue } from '../enqueue.ts';
import type { CacheAsksOptions } from './cache.ts';
import { cacheAsks } from './cache.ts';
import { check } from './check.ts';
import { commitStatus } from './commit-status.ts';
import { credentials, library, scmRead, tool } from './configured.ts';
import { artifactsCopy } from './copy-artifacts.ts';
import { downstream } from './downstream.ts';
import { input } from './input.ts';
import { lock, lockRelease } from './lock.ts';
import { checkout, http, plainWork, task } from './machine.ts';
import { mail } from './mail.ts';
import { mergeRequest } from './merge-request.ts';
import { milestone } from './milestone.ts';
import { node, nodeRelease } from './node.ts';
import { notify } from './notify.ts';
import { other } from './other.ts';
import { properties } from './properties.ts';
import { publish } from './publish.ts';
import { tests } from './tests.ts';
import { timer } from './timer.ts';
import { workspace, workspaceRelease } from './workspace.ts';

export interface AskHandlersOptions {
  readonly enqueue: Enqueue;
  readonly blobs: BlobStore;
  readonly channels: Channels;
  readonly caches: Omit<CacheAsksOptions, 'blobs'>;
}

export function askHandlers({ enqueue, blobs, channels, caches }: AskHandlersOptions): { readonly [K in AskKind]: AskHandler<K> } {
  return {
    ...plainWork,
    ...cacheAsks({ blobs, ...caches }),
    task,
    'artifacts.copy': artifactsCopy,
    checkout,
    http,
    node,
    'node.release': nodeRelease,
    workspace,
    'workspace.release': workspaceRelease,
    timer,
    input,
    lock,
    'lock.release': lockRelease,
    milestone,
    build: downstream(enqueue),
    credentials,
    tool,
    library,
    'scm.read': scmRead,
    properties,
    tests: tests(blobs),
    publish: publish(blobs),
    other: other(blobs),
    mail: mail({ blobs, channels }),
    notify: notify(channels),
    check,
    'commit.status': commitStatus,
    'merge.request': mergeRequest,
  };
}

/**
 * What changes on the server, as it tells it: one stream of events for the whole page, which marks what it changes in the query
 * cache as old. Nothing is polled. The browser comes back by itself with the last event that it has; where the server has
 * forgotten that one it says `reset`, and everything is read anew.
 */
import type { QueryClient } from '@tanstack/react-query';
import { useSyncExternalStore } from 'react';
import { address } from './client.ts';

export type Liveness = 'connecting' | 'live' | 'behind';

let state: Liveness = 'connecting';
const listeners = new Set<() => void>();

function say(next: Liveness): void {
  if (next === state) return;
  state = next;
  for (const listener of listeners) listener();
}

/** Whether the page shows what is, or waits for the server. */
export function useLiveness(): Liveness {
  return useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => {
        listeners.delete(listener);
      };
    },
    () => state,
  );
}

/** How long changes gather before what they change is read anew: a busy server tells of hundreds a second. */
const GATHER_MS = 150;
/** Of lists, which any build changes. */
const GATHER_LISTS_MS = 1_000;
/** A browser gives up where the answer was no stream of events, as a controller's that stops. */
const AGAIN_MS = 2_000;

/** Answers how to stop. */
export function followLive(client: QueryClient): () => void {
  let source: EventSource | null = null;
  let again: number | undefined;
  let wasAway = false;
  let stopped = false;
  const touch = gatherer(client, GATHER_MS);
  const touchList = gatherer(client, GATHER_LISTS_MS);
  const connect = (): void => {
    source = new EventSource(address(['events'], { topics: 'builds,queue,nodes,fleet' }));
    source.onopen = () => {
      say('live');
      // What happened meanwhile may not have been kept.
      if (wasAway) void client.invalidateQueries();
      wasAway = false;
    };
    source.onerror = () => {
      say('behind');
      wasAway = true;
      if (source?.readyState !== EventSource.CLOSED || stopped) return;
      window.clearTimeout(again);
      again = window.setTimeout(connect, AGAIN_MS);
    };
    source.addEventListener('reset', () => {
      void client.invalidateQueries();
    });
    source.addEventListener('build', (event) => {
      const { job, number } = JSON.parse(event.data as string) as { readonly job?: string; readonly number?: number | null };
      touchList('items');
      touchList('queue');
      if (job === undefined) return;
      touch('builds', job);
      touch('item', job);
      if (number != null) touch('build', job, number);
    });
    source.addEventListener('item', (event) => {
      const { path } = JSON.parse(event.data as string) as { readonly path?: string };
      touchList('items');
      if (path !== undefined) touch('item', path);
    });
    source.addEventListener('queue', () => {
      touchList('queue');
      touchList('clouds');
    });
    source.addEventListener('node', () => {
      touchList('nodes');
      touchList('clouds');
    });
    source.addEventListener('fleet', () => {
      touch('fleet');
    });
  };
  connect();
  return () => {
    stopped = true;
    window.clearTimeout(again);
    touch.stop();
    touchList.stop();
    source?.close();
    say('connecting');
  };
}

/** Marks as old what it is told of, together with what else comes within that time. */
function gatherer(client: QueryClient, ms: number): { (...key: unknown[]): void; stop(): void } {
  const dirty = new Map<string, readonly unknown[]>();
  let timer: number | undefined;
  const touch = (...key: unknown[]): void => {
    dirty.set(JSON.stringify(key), key);
    timer ??= window.setTimeout(() => {
      timer = undefined;
      const all = [...dirty.values()];
      dirty.clear();
      for (const queryKey of all) void client.invalidateQueries({ queryKey });
    }, ms);
  };
  return Object.assign(touch, { stop: () => window.clearTimeout(timer) });
}

/**
 * Server-sent events of one who follows: what the topics ask for, as far as the user may see it. A reader that is too slow is
 * cut off, and comes back with the last id that it has; rights are looked at again from time to time.
 */
import { ApiError } from '@millrace/protocol';
import type { FastifyReply } from 'fastify';
import type { Principal } from '../auth/principal.ts';
import { can } from '../auth/principal.ts';
import type { EventFeed, FeedEvent, Numbered } from './event-feed.ts';

const HEARTBEAT_MS = 15_000,
  /** Bytes that may wait for a reader. */
  PATIENCE = 1 << 20;

const TOPIC = /^(builds|queue|nodes|fleet|(?:build|job):\d{1,15})$/;

export interface FollowOptions {
  readonly feed: EventFeed;
  readonly reply: FastifyReply;
  /** The server closes. */
  readonly closing: AbortSignal;
  readonly topics: string;
  readonly lastId: string | null;
  readonly principal: Principal;
  /** Who it is by now; rejects where the login is over. */
  readonly again: () => Promise<Principal>;
}

export function followEvents({ feed, reply, closing, topics, lastId, principal: first, again }: FollowOptions): FastifyReply {
  const wanted = new Set(topics.split(',').map((topic) => topic.trim()));
  for (const topic of wanted) if (!TOPIC.test(topic)) throw new ApiError('MR_REQUEST', `There is no such topic: ${topic}`);
  let principal = first;
  reply.hijack();
  const { raw } = reply;
  raw.writeHead(200, {
    ...(reply.getHeaders() as Record<string, string>),
    'content-type': 'text/event-stream; charset=utf-8',
    'cache-control': 'no-store',
    'x-accel-buffering': 'no',
  });
  const write = (text: string): void => {
    if (raw.destroyed) return;
    raw.write(text);
    if (raw.writableLength > PATIENCE) raw.destroy();
  };
  const send = ({ event, id }: Numbered): void => {
    if (event === null) write(`id: ${id}\nevent: reset\ndata: {"type":"reset"}\n\n`);
    else if (isWanted(wanted, event) && maySee(principal, event))
      write(`id: ${id}\nevent: ${event.type}\ndata: ${JSON.stringify({ ...event.data, type: event.type, id: event.id })}\n\n`);
  };
  const { missed, end } = feed.follow(lastId, send);
  write('retry: 2000\n\n');
  if (missed === null) send({ event: null, id: feed.lastId });
  else for (const one of missed) send(one);
  const timer = setInterval(() => {
    write(': still here\n\n');
    again().then(
      (now) => {
        if (now.user === principal.user) principal = now;
        else raw.destroy();
      },
      () => {
        raw.destroy();
      },
    );
  }, HEARTBEAT_MS);
  const close = (): void => {
    raw.end();
  };
  closing.addEventListener('abort', close);
  raw.on('close', () => {
    closing.removeEventListener('abort', close);
    clearInterval(timer);
    end();
  });
  return reply;
}

function isWanted(topics: ReadonlySet<string>, event: FeedEvent): boolean {
  switch (event.type) {
    case 'build':
      return topics.has('builds') || topics.has(`build:${event.id}`) || (event.itemId !== null && topics.has(`job:${event.itemId}`));
    case 'item':
      return topics.has('builds') || topics.has(`job:${event.id}`);
    case 'queue':
      return topics.has('queue');
    case 'node':
      return topics.has('nodes');
    case 'fleet':
      return topics.has('fleet');
  }
}

function maySee(principal: Principal, { type, item }: FeedEvent): boolean {
  if (type === 'node') return can(principal, 'node.view', null);
  if (type === 'fleet') return can(principal, 'fleet.view', null);
  return item === null || can(principal, 'item.view', item);
}

/** `millrace resources`: what builds lock. */
import type { ApiClient } from '../client/api-client.ts';
import { Call, COMMON_HELP, print, STATUS_HELP } from '../client/call.ts';
import { done } from '../client/done.ts';
import { listed } from '../client/listed.ts';
import type { Resource } from '../client/shapes.ts';
import { duration } from '../client/times.ts';

const HELP = `Usage: millrace resources [OPTIONS]
       millrace resources add NAME [--labels LIST] [--description TEXT]
       millrace resources delete NAME
       millrace resources reserve NAME [-m TEXT]
       millrace resources unreserve NAME

Lists what the lock step locks, who holds it and who waits. A resource that is reserved is given to no build. One that is not
added is there while a build locks it.

Options:
      --labels LIST         with commas between them
      --description TEXT
  -m, --message TEXT        why it is reserved
${COMMON_HELP}
${STATUS_HELP}`;

export async function resources(args: readonly string[]): Promise<number> {
  const text = { type: 'string' } as const;
  const call = new Call('resources', args, { labels: text, description: text, message: { type: 'string', short: 'm' } });
  if (call.help) {
    print(HELP);
    return 0;
  }
  const client = call.client();
  const [what] = call.words;
  if (what === undefined || what === 'list') return list(call, client);
  const [, name] = call.take(what, 'NAME') as [string, string];
  const address = `/resources/${encodeURIComponent(name)}`;
  switch (what) {
    case 'add': {
      const labels = (call.text('labels') ?? '').split(/[\s,]+/).filter((l) => l !== '');
      const body = { name, labels, description: call.text('description') ?? '' };
      return done(call, await client.change<Resource>('POST', '/resources', { body }), `${name} is added`);
    }
    case 'delete':
      await client.change('DELETE', address);
      return done(call, { deleted: name }, `${name} is deleted`);
    case 'reserve':
      return done(call, await client.change<Resource>('POST', `${address}/reserve`, { body: { note: call.text('message') ?? '' } }), `${name} is reserved`);
    case 'unreserve':
      return done(call, await client.change<Resource>('POST', `${address}/unreserve`, { body: {} }), `${name} is free again`);
    default:
      throw call.wrong(`there is no ${what}`);
  }
}

async function list(call: Call, client: ApiClient): Promise<number> {
  call.take('list?');
  const { resources: all } = await client.get<{ resources: Resource[] }>('/resources');
  const now = Date.now();
  const rows = all.map((r) => [r.name, stateOf(r, now), r.labels.join(' '), r.waiting.map(buildOf).join(', '), r.description]);
  return listed(call, all, ['RESOURCE', 'STATE', 'LABELS', 'WAITING', 'DESCRIPTION'], rows, 'There are no resources');
}

function stateOf({ heldBy, reservedBy, note }: Resource, now: number): string {
  if (heldBy !== null) return `locked by ${buildOf(heldBy)} for ${duration(now - heldBy.since)}`;
  if (reservedBy !== null) return `reserved by ${reservedBy}${note === '' ? '' : `: ${note}`}`;
  return 'free';
}
function buildOf({ job, number }: { readonly job: string; readonly number: number | null }): string {
  return `${job} #${number ?? ''}`;
}

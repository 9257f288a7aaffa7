/** `millrace nodes` (also `agents`): the nodes of a server. */
import type { ApiClient } from '../client/api-client.ts';
import { Call, COMMON_HELP, print, printJson, STATUS_HELP } from '../client/call.ts';
import { done } from '../client/done.ts';
import { listed } from '../client/listed.ts';
import type { NodeSecret, ShownNode } from '../client/shapes.ts';

const HELP = `Usage: millrace nodes [OPTIONS]
       millrace nodes add NAME [--labels LIST] [--executors N] [--description TEXT] [--exclusive]
       millrace nodes secret|online|delete NAME
       millrace nodes offline NAME [-m TEXT]

Lists nodes; add makes one and prints the command that starts its agent on its machine, secret gives it a new secret. A node
that is taken offline finishes what it runs and gets nothing new. millrace agents is the same.

Options:
      --labels LIST         with commas between them
      --executors N         how much it runs at once (default: 1)
      --description TEXT
      --exclusive           only for builds that ask for one of its labels
  -m, --message TEXT        why it is offline
${COMMON_HELP}
${STATUS_HELP}`;

export async function nodes(args: readonly string[]): Promise<number> {
  const text = { type: 'string' } as const;
  const call = new Call('nodes', args, {
    labels: text,
    executors: text,
    description: text,
    exclusive: { type: 'boolean' },
    message: { type: 'string', short: 'm' },
  });
  if (call.help) {
    print(HELP);
    return 0;
  }
  const client = call.client();
  const [what] = call.words;
  if (what === undefined || what === 'list') return list(call, client);
  const [, name] = call.take(what, 'NAME') as [string, string];
  const address = `/nodes/${encodeURIComponent(name)}`;
  switch (what) {
    case 'add':
      return showSecret(call, (await client.change<NodeSecret>('POST', '/nodes', { body: newNode(call, name) })) as NodeSecret);
    case 'secret':
      return showSecret(call, (await client.change<NodeSecret>('POST', `${address}/secret`, { body: {} })) as NodeSecret);
    case 'offline':
      return done(call, await client.change<ShownNode>('POST', `${address}/offline`, { body: { message: call.text('message') ?? '' } }), `${name} is offline`);
    case 'online':
      return done(call, await client.change<ShownNode>('POST', `${address}/online`, { body: {} }), `${name} is back`);
    case 'delete':
      await client.change('DELETE', address);
      return done(call, { deleted: name }, `${name} is deleted`);
    default:
      throw call.wrong(`there is no ${what}`);
  }
}

function newNode(call: Call, name: string): object {
  const labels = (call.text('labels') ?? '').split(/[\s,]+/).filter((l) => l !== '');
  const description = call.text('description');
  return {
    name,
    labels,
    executors: call.whole('executors', 0) ?? 1,
    mode: call.flag('exclusive') ? 'exclusive' : 'normal',
    ...(description === undefined ? {} : { description }),
  };
}

/** The secret is shown this once. */
function showSecret(call: Call, made: NodeSecret): number {
  if (call.json) printJson(made);
  else
    print(
      `The secret of ${made.name}, shown this once:\n\n  ${made.secret}\n\nOn its machine put it into a file that only the agent's user can read, and start the agent:\n\n` +
        `  (umask 077; cat > agent.secret)    # paste the secret, then Enter and Ctrl-D\n  ${made.command}\n`,
    );
  return 0;
}

async function list(call: Call, client: ApiClient): Promise<number> {
  call.take('list?');
  const all = await client.all<ShownNode>('/nodes');
  const rows = all.map((n) => [
    n.name,
    stateOf(n),
    `${n.running.length}/${n.executors}`,
    n.labels.join(' '),
    n.running.map((e) => `${e.job} #${e.buildNumber ?? ''}`).join(', '),
  ]);
  return listed(call, all, ['NODE', 'STATE', 'BUSY', 'LABELS', 'RUNS'], rows);
}

function stateOf(node: ShownNode): string {
  if (node.offline !== null) return node.offline.message === '' ? 'offline' : `offline: ${node.offline.message}`;
  return node.online ? 'online' : 'not connected';
}

/** `millrace fleet`: the controllers of a server. */
import { Call, COMMON_HELP, print, STATUS_HELP } from '../client/call.ts';
import { ClientError, EXIT_REFUSED } from '../client/client-error.ts';
import { done } from '../client/done.ts';
import { listed } from '../client/listed.ts';
import type { Fleet } from '../client/shapes.ts';
import { moment } from '../client/times.ts';

const HELP = `Usage: millrace fleet [OPTIONS]
       millrace fleet drain CONTROLLER [OPTIONS]

Lists the controllers: their builds, their duties, their versions. drain makes one let go of its builds, which others go on
with, and take none: as before it is stopped.

Options:
${COMMON_HELP}
${STATUS_HELP}`;

export async function fleet(args: readonly string[]): Promise<number> {
  const call = new Call('fleet', args);
  if (call.help) {
    print(HELP);
    return 0;
  }
  const client = call.client();
  const [what] = call.words;
  const all = await client.get<Fleet>('/fleet');
  if (what === 'drain') {
    const [, name] = call.take('drain', 'CONTROLLER') as [string, string];
    const found = all.controllers.find((c) => c.id === name) ?? all.controllers.find((c) => c.name === name && c.state !== 'down');
    if (found === undefined) throw new ClientError('MR_CONTROLLER_UNKNOWN', `MR_CONTROLLER_UNKNOWN: there is no controller ${name}`, EXIT_REFUSED);
    return done(call, await client.change('POST', `/fleet/${encodeURIComponent(found.id)}/drain`, { body: {} }), `${found.name} lets go of its builds`);
  }
  call.take('list?');
  const rows = all.controllers.map((c) => [
    c.name,
    c.state,
    String(c.builds),
    c.labels.join(' '),
    c.duties.join(' '),
    c.version,
    moment(c.startedAt),
    c.url ?? '',
  ]);
  return listed(call, all, ['CONTROLLER', 'STATE', 'BUILDS', 'LABELS', 'DUTIES', 'VERSION', 'SINCE', 'ADDRESS'], rows);
}

/** `millrace queue`: what waits on a server, and why. */
import { Call, COMMON_HELP, print, STATUS_HELP } from '../client/call.ts';
import { done } from '../client/done.ts';
import { listed } from '../client/listed.ts';
import type { Queue } from '../client/shapes.ts';
import { duration } from '../client/times.ts';

const HELP = `Usage: millrace queue [OPTIONS]
       millrace queue cancel ID [OPTIONS]

Shows what waits and why: builds that have not begun, and running builds that wait for a node. cancel takes one out: a build is
then never run; a running build's node or agent step fails.

Options:
${COMMON_HELP}
${STATUS_HELP}`;

export async function queue(args: readonly string[]): Promise<number> {
  const call = new Call('queue', args);
  if (call.help) {
    print(HELP);
    return 0;
  }
  const client = call.client();
  if (call.words[0] === 'cancel') {
    const [, id] = call.take('cancel', 'ID') as [string, string];
    await client.change('DELETE', /^\d+$/.test(id) ? `/queue/${id}` : `/queue/requests/${encodeURIComponent(id)}`);
    return done(call, { cancelled: id }, `${id} is cancelled`);
  }
  call.take();
  const all = await client.get<Queue>('/queue');
  const now = Date.now();
  const rows = [
    ...all.builds.map((b) => [String(b.id), b.job, 'to start', duration(now - b.since), b.why?.message ?? '']),
    ...all.requests.map((r) => [
      r.id,
      r.number === null ? r.job : `${r.job} #${r.number}`,
      r.label ?? 'any node',
      duration(now - r.since),
      r.why?.message ?? '',
    ]),
  ];
  return listed(call, all, ['ID', 'JOB', 'WAITS FOR', 'SINCE', 'WHY'], rows, 'Nothing waits');
}

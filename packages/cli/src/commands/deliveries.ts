/** `millrace deliveries`: webhooks that came, and what they started. */
import { Call, COMMON_HELP, print, STATUS_HELP } from '../client/call.ts';
import { done } from '../client/done.ts';
import { listed } from '../client/listed.ts';
import type { Delivery, DeliveryPage } from '../client/shapes.ts';
import { moment } from '../client/times.ts';

const HELP = `Usage: millrace deliveries [--limit N]
       millrace deliveries show ID
       millrace deliveries redeliver ID

Lists the webhooks that came, the newest first, with what each started or why nothing; show tells all of one, redeliver has it
handled again.

Options:
      --limit N       so many (default: 20)
${COMMON_HELP}
${STATUS_HELP}`;

export async function deliveries(args: readonly string[]): Promise<number> {
  const call = new Call('deliveries', args, { limit: { type: 'string' } });
  if (call.help) {
    print(HELP);
    return 0;
  }
  const client = call.client();
  const [what] = call.words;
  if (what === 'show' || what === 'redeliver') {
    const [, id] = call.take(what, 'ID') as [string, string];
    const address = `/deliveries/${encodeURIComponent(id)}`;
    if (what === 'redeliver') return done(call, await client.change<Delivery>('POST', `${address}/redeliver`, { body: {} }), `${id} is handled again`);
    const one = await client.get<Delivery>(address);
    const rows = one.outcomes.map((o) => [o.item, o.queue === null ? '' : String(o.queue), o.what]);
    return listed(call, one, ['JOB', 'QUEUE', 'WHAT'], rows);
  }
  call.take('list?');
  const { entries } = await client.get<DeliveryPage>(`/deliveries?limit=${call.whole('limit', 1) ?? 20}`);
  const rows = entries.map((d) => [
    String(d.id),
    moment(d.at),
    d.provider,
    d.name,
    d.repository ?? '',
    d.state,
    String(d.started),
    d.outcomes[0] === undefined ? '' : `${d.outcomes[0].item} ${d.outcomes[0].what}`.trim(),
  ]);
  return listed(call, entries, ['ID', 'AT', 'FROM', 'EVENT', 'REPOSITORY', 'STATE', 'STARTED', 'FIRST'], rows);
}

/** `millrace clouds`: what makes the nodes of a server on demand. */
import { Call, COMMON_HELP, print, printJson, STATUS_HELP } from '../client/call.ts';
import { ClientError, EXIT_REFUSED } from '../client/client-error.ts';
import { done } from '../client/done.ts';
import { listed } from '../client/listed.ts';
import type { CloudCheck, Clouds } from '../client/shapes.ts';
import { moment } from '../client/times.ts';

const HELP = `Usage: millrace clouds [OPTIONS]
       millrace clouds images [CLOUD] [OPTIONS]
       millrace clouds check CLOUD [OPTIONS]

Lists the clouds: how many nodes they have and may have, which of them are online, how many requests wait there, pods that hold
room, image caches. images lists what these hold. check tests the connection to a cloud and the rights there.

Options:
${COMMON_HELP}
${STATUS_HELP}`;

export async function clouds(args: readonly string[]): Promise<number> {
  const call = new Call('clouds', args);
  if (call.help) {
    print(HELP);
    return 0;
  }
  const client = call.client();
  const [what] = call.words;
  if (what === 'check') {
    const [, name] = call.take('check', 'CLOUD') as [string, string];
    const answer = (await client.change<CloudCheck>('POST', `/clouds/${encodeURIComponent(name)}/check`, { body: {} })) as CloudCheck;
    if (answer.ok) return done(call, answer, `${name} can be used`);
    if (call.json) printJson(answer);
    throw new ClientError('MR_CLOUD_REFUSED', `${answer.code}: ${answer.message}`, EXIT_REFUSED);
  }
  if (what !== undefined && what !== 'list' && what !== 'images') throw call.wrong(`there is no ${what}`);
  const all = await client.get<Clouds>('/clouds');
  if (what === 'images') {
    const [, name] = call.take('images', 'CLOUD?');
    const shown = all.clouds.filter((c) => name === undefined || c.name === name);
    const rows = shown.flatMap((c) =>
      c.imageCaches.flatMap(({ kind, images }) =>
        images.map((i) => [c.name, kind, i.image, String(i.uses), i.lastUsedAt === null ? '' : moment(i.lastUsedAt), i.problem ?? '']),
      ),
    );
    return listed(call, { clouds: shown }, ['CLOUD', 'CACHE', 'IMAGE', 'USES', 'LAST', 'PROBLEM'], rows, 'no images are cached');
  }
  call.take('list?');
  const rows = all.clouds.map((c) => [
    c.name,
    c.kind,
    `${c.nodes.all}${c.cap === null ? '' : ` of ${c.cap}`}`,
    String(c.nodes.online),
    String(c.waiting),
    c.placeholders === null || c.placeholders.wanted + c.placeholders.running + c.placeholders.pending === 0
      ? ''
      : `${c.placeholders.running} of ${c.placeholders.wanted}`,
    c.imageCaches.map(({ kind, phase, detail }) => `${kind} ${phase}: ${detail}`).join('; '),
    c.problem ?? '',
  ]);
  return listed(call, all, ['CLOUD', 'KIND', 'NODES', 'ONLINE', 'WAITING', 'PLACEHOLDERS', 'IMAGES', 'PROBLEM'], rows, 'there are no clouds');
}

/** From a trigger's answer to the build's number, and to its end. */
import { setTimeout as sleep } from 'node:timers/promises';
import { EXIT_STATUS } from '../console/exit-status.ts';
import type { ApiClient } from './api-client.ts';
import { itemAddress } from './api-client.ts';
import type { Call } from './call.ts';
import { print, printJson, remark } from './call.ts';
import { followLog } from './follow-log.ts';
import type { Build, QueueAnswer, QueueItem } from './shapes.ts';
import { plain } from './table.ts';

export const WATCH_OPTIONS = { follow: { type: 'boolean', short: 'f' }, wait: { type: 'boolean' } } as const;
export const WATCH_HELP = `  -f, --follow        shows the log until it ends; the exit status tells the result
      --wait          waits for its end; the exit status tells the result
`;
export const RESULT_HELP = `With --follow or --wait the exit status is 0 SUCCESS, 1 UNSTABLE, 2 FAILURE, 3 NOT_BUILT, 4 ABORTED.
Ctrl-C ends only the watching: the build goes on.
`;

const FIRST_MS = 100,
  LONGEST_MS = 1_000;

export const tellAway = (): void => {
  remark('millrace: the server does not answer; trying again');
};

/** What was triggered is shown as the options say; answers the exit status. */
export async function watch(call: Call, client: ApiClient, queued: QueueAnswer): Promise<number> {
  const follow = call.flag('follow');
  if (!follow && !call.flag('wait')) {
    if (call.json) printJson(queued);
    else print(`${queued.merged ? 'Joined a request that waits already: queue item' : 'Queue item'} ${queued.id}\n`);
    return 0;
  }
  const item = await started(client, queued.id);
  const { job, number } = item;
  if (number === null) {
    if (call.json) printJson(item);
    else print(`Queue item ${queued.id} was cancelled before it began\n`);
    return EXIT_STATUS.ABORTED;
  }
  if (!call.json && !follow) remark(`${plain(job)} #${number}`);
  const build = follow ? await follows(call, client, job, number) : await ended(client, job, number);
  if (call.json) printJson(build);
  else if (!follow) print(`${plain(job)} #${number} ${build.result}\n`);
  return statusOf(build);
}

/** Beside the JSON the log goes to standard error. */
export function follows(call: Call, client: ApiClient, job: string, number: number): Promise<Build> {
  const out = call.json ? process.stderr : process.stdout;
  return followLog(
    client,
    { job, number },
    (text) => {
      out.write(text);
    },
    tellAway,
  );
}

export function statusOf({ result }: Pick<Build, 'result'>): number {
  return EXIT_STATUS[result ?? 'ABORTED'];
}

/** Tells on standard error why it waits, each reason once. */
async function started(client: ApiClient, id: number): Promise<QueueItem> {
  let told = '';
  for (let pause = FIRST_MS; ; pause = Math.min(pause * 1.5, LONGEST_MS)) {
    const item = await client.persist(() => client.get<QueueItem>(`/queue/${id}`), tellAway);
    if (item.number !== null || (item.state !== 'queued' && item.state !== 'running')) return item;
    const why = item.why?.message ?? '';
    // The quiet period is a matter of seconds, and told with the seconds left: new words each time.
    if (why !== '' && item.why?.code !== told) remark(`Waiting: ${plain(why)}`);
    told = item.why?.code ?? told;
    await sleep(pause);
  }
}

async function ended(client: ApiClient, job: string, number: number): Promise<Build> {
  for (let pause = FIRST_MS; ; pause = Math.min(pause * 1.5, LONGEST_MS)) {
    const build = await client.persist(() => client.get<Build>(itemAddress(job, `/builds/${number}`)), tellAway);
    if (build.state === 'ended' || build.state === 'cancelled') return build;
    await sleep(pause);
  }
}

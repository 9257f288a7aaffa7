/** `millrace logs` and `millrace builds`: looking at builds of a server. */
import { itemAddress } from '../client/api-client.ts';
import { follows, statusOf } from '../client/await-build.ts';
import { buildNumber } from '../client/build-number.ts';
import { Call, COMMON_HELP, print, printJson, STATUS_HELP } from '../client/call.ts';
import { copyLog } from '../client/follow-log.ts';
import { listed } from '../client/listed.ts';
import type { Build, BuildSummary } from '../client/shapes.ts';
import { duration, moment } from '../client/times.ts';

const LOGS_HELP = `Usage: millrace logs JOB [NUMBER|last] [OPTIONS]

Shows the log of a build.

Options:
  -f, --follow        stays until the build ends. Where the server restarts meanwhile it goes on where it was. The exit status
                      tells the result: 0 SUCCESS, 1 UNSTABLE, 2 FAILURE, 3 NOT_BUILT, 4 ABORTED
      --json          a JSON object a line, with time and flow node; with --follow the build at its end, its log on standard error
      --server URL    the server (default: MILLRACE_URL, else that of millrace login)
      --help          this text

${STATUS_HELP}`;

export async function logs(args: readonly string[]): Promise<number> {
  const call = new Call('logs', args, { follow: { type: 'boolean', short: 'f' } });
  if (call.help) {
    print(LOGS_HELP);
    return 0;
  }
  const [job, which] = call.take('JOB', 'NUMBER?') as [string, string | undefined];
  const client = call.client();
  const number = await buildNumber(call, client, job, which);
  if (call.flag('follow')) {
    const build: Build = await follows(call, client, job, number);
    if (call.json) printJson(build);
    return statusOf(build);
  }
  await copyLog(client, { job, number, lines: call.json }, (text) => {
    process.stdout.write(text);
  });
  return 0;
}

const BUILDS_HELP = `Usage: millrace builds JOB [OPTIONS]

Lists the builds of a job, the newest first.

Options:
      --limit N       how many (default: 20)
${COMMON_HELP}
${STATUS_HELP}`;

export async function builds(args: readonly string[]): Promise<number> {
  const call = new Call('builds', args, { limit: { type: 'string' } });
  if (call.help) {
    print(BUILDS_HELP);
    return 0;
  }
  const [job] = call.take('JOB') as [string];
  const limit = Math.min(500, call.whole('limit', 1) ?? 20);
  const { entries } = await call.client().get<{ entries: BuildSummary[] }>(itemAddress(job, '/builds'), { limit });
  const rows = entries.map((b) => [
    b.number === null ? '' : `#${b.number}`,
    b.result ?? b.state,
    moment(b.startedAt ?? b.queuedAt),
    b.startedAt === null ? '' : duration((b.endedAt ?? Date.now()) - b.startedAt),
    b.description ?? '',
  ]);
  return listed(call, entries, ['BUILD', 'RESULT', 'SINCE', 'TIME', 'DESCRIPTION'], rows);
}

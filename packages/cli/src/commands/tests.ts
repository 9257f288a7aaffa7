/** `millrace tests`: the test results of a build, and of one test over builds. */
import { itemAddress } from '../client/api-client.ts';
import { buildNumber } from '../client/build-number.ts';
import { Call, COMMON_HELP, print, printJson, STATUS_HELP } from '../client/call.ts';
import { listed } from '../client/listed.ts';
import type { TestCase, TestHistory } from '../client/shapes.ts';
import { table } from '../client/table.ts';
import { moment } from '../client/times.ts';

const HELP = `Usage: millrace tests JOB [NUMBER|last] [OPTIONS]
       millrace tests JOB --history TEST [OPTIONS]

Lists the test results of a build, or how one test went in the last builds.

Options:
      --status STATUS    passed, failed or skipped alone
      --suite NAME       of this suite alone
      --history TEST     the test as the list has it: class and name with a dot between them
${COMMON_HELP}
${STATUS_HELP}`;

export async function tests(args: readonly string[]): Promise<number> {
  const text = { type: 'string' } as const;
  const call = new Call('tests', args, { status: text, suite: text, history: text });
  if (call.help) {
    print(HELP);
    return 0;
  }
  const key = call.text('history');
  if (key !== undefined) return history(call, key);
  const [job, which] = call.take('JOB', 'NUMBER?') as [string, string | undefined];
  const client = call.client();
  const number = await buildNumber(call, client, job, which);
  const all = await client.all<TestCase>(itemAddress(job, `/builds/${number}/tests`), { status: call.text('status'), suite: call.text('suite') });
  const rows = all.map((t) => [t.status, seconds(t.seconds), t.key, t.message ?? '']);
  return listed(call, all, ['STATUS', 'TIME', 'TEST', 'MESSAGE'], rows, 'There are no such test results');
}

async function history(call: Call, key: string): Promise<number> {
  const [job] = call.take('JOB') as [string];
  const found = await call.client().get<TestHistory>(itemAddress(job, `/tests/${encodeURIComponent(key)}/history`));
  if (call.json) {
    printJson(found);
    return 0;
  }
  const rows = found.entries.map((e) => [`#${e.number}`, e.status, seconds(e.seconds), moment(e.at)]);
  print(table(['BUILD', 'STATUS', 'TIME', 'AT'], rows, process.stdout.columns));
  print(`It changed ${found.flips} times; ${Math.round(found.flakiness * 100)} % of what is possible\n`);
  return 0;
}

function seconds(value: number): string {
  return `${value.toFixed(3)} s`;
}

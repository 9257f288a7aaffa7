/** `millrace build`, `replay`, `rebuild`, `restart`, `abort`: what starts and ends builds on a server. */
import { openAsBlob } from 'node:fs';
import { basename } from 'node:path';
import type { ApiClient } from '../client/api-client.ts';
import { itemAddress } from '../client/api-client.ts';
import { RESULT_HELP, WATCH_HELP, WATCH_OPTIONS, watch } from '../client/await-build.ts';
import { buildNumber } from '../client/build-number.ts';
import { Call, COMMON_HELP, print, printJson, STATUS_HELP } from '../client/call.ts';
import { content } from '../client/job-file.ts';
import type { Build, QueueAnswer } from '../client/shapes.ts';
import { plain } from '../client/table.ts';

const text = { type: 'string' } as const;

const BUILD_HELP = `Usage: millrace build JOB [OPTIONS]

Starts a build of a job on the server. A request that waits already with the same parameters is joined.

Options:
  -p, --param NAME=VALUE    a parameter; may be given again
      --file NAME=PATH      a file parameter; may be given again
      --quiet SECONDS       the quiet period, in place of the job's
      --cause TEXT          why, shown beside your name
${WATCH_HELP}${COMMON_HELP}
${RESULT_HELP}${STATUS_HELP}`;

export async function build(args: readonly string[]): Promise<number> {
  const many = { type: 'string', multiple: true } as const;
  const call = new Call('build', args, { param: { ...many, short: 'p' }, file: many, quiet: text, cause: text, ...WATCH_OPTIONS });
  if (call.help) {
    print(BUILD_HELP);
    return 0;
  }
  const [job] = call.take('JOB') as [string];
  const cause = call.text('cause');
  const request = {
    parameters: Object.fromEntries(call.pairs('param')),
    quietSeconds: call.whole('quiet', 0) ?? null,
    ...(cause === undefined ? {} : { cause }),
  };
  const files = call.pairs('file');
  const client = call.client();
  const ask = files.length === 0 ? { body: request } : { form: await form(call, request, files) };
  return watch(call, client, (await client.change<QueueAnswer>('POST', itemAddress(job, '/builds'), ask)) as QueueAnswer);
}

async function form(call: Call, request: object, files: readonly (readonly [string, string])[]): Promise<FormData> {
  const data = new FormData();
  data.set('request', JSON.stringify(request));
  for (const [name, path] of files) {
    const blob = await openAsBlob(path).catch(() => {
      throw call.wrong(`${path} cannot be read`);
    });
    data.append(name, blob, basename(path));
  }
  return data;
}

interface Again {
  readonly name: 'replay' | 'rebuild' | 'restart';
  readonly help: string;
  readonly options: { readonly [name: string]: { readonly type: 'string'; readonly short?: string } };
  readonly body: (call: Call) => Promise<object> | object;
}

const REPLAY: Again = {
  name: 'replay',
  help: `Runs a build again with the script that it ran, or with another one.

Options:
      --script FILE   in place of the script that it ran; - reads standard input
`,
  options: { script: text },
  body: async (call) => {
    const file = call.text('script');
    return file === undefined ? {} : { script: await content(file) };
  },
};
const REBUILD: Again = { name: 'rebuild', help: 'Starts a job again with the parameters of a build.\n\nOptions:\n', options: {}, body: () => ({}) };
const RESTART: Again = {
  name: 'restart',
  help: `Runs a Declarative pipeline again from one of its stages on.

Options:
      --stage NAME    the stage
`,
  options: { stage: text },
  body: (call) => {
    const stage = call.text('stage');
    if (stage === undefined) throw call.wrong('it needs --stage NAME');
    return { stage };
  },
};

export const replay = (args: readonly string[]): Promise<number> => again(REPLAY, args);
export const rebuild = (args: readonly string[]): Promise<number> => again(REBUILD, args);
export const restart = (args: readonly string[]): Promise<number> => again(RESTART, args);

async function again({ name, help, options, body }: Again, args: readonly string[]): Promise<number> {
  const call = new Call(name, args, { ...options, ...WATCH_OPTIONS });
  if (call.help) {
    print(`Usage: millrace ${name} JOB NUMBER|last [OPTIONS]\n\n${help}${WATCH_HELP}${COMMON_HELP}\n${RESULT_HELP}${STATUS_HELP}`);
    return 0;
  }
  const [job, number] = call.take('JOB', 'NUMBER') as [string, string];
  const request = await body(call);
  const client = call.client();
  const address = await addressOf(call, client, job, number);
  return watch(call, client, (await client.change<QueueAnswer>('POST', `${address}/${name}`, { body: request })) as QueueAnswer);
}

async function addressOf(call: Call, client: ApiClient, job: string, number: string): Promise<string> {
  return itemAddress(job, `/builds/${await buildNumber(call, client, job, number)}`);
}

const ABORT_HELP = `Usage: millrace abort JOB NUMBER|last [OPTIONS]

Aborts a running build: its steps are interrupted, and its post blocks run. One that waits in the queue is taken out of it by
millrace queue cancel ID.

Options:
      --hard          at once: neither catch nor post blocks run
${COMMON_HELP}
${STATUS_HELP}`;

export async function abort(args: readonly string[]): Promise<number> {
  const call = new Call('abort', args, { hard: { type: 'boolean' } });
  if (call.help) {
    print(ABORT_HELP);
    return 0;
  }
  const [job, number] = call.take('JOB', 'NUMBER') as [string, string];
  const client = call.client();
  const told = await client.change<Build>('POST', `${await addressOf(call, client, job, number)}/abort`, { body: { hard: call.flag('hard') } });
  if (call.json) printJson(told);
  else print(`${plain(job)} #${told?.number ?? number} is told to end\n`);
  return 0;
}

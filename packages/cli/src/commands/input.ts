/** `millrace input`: what builds ask people. */
import { itemAddress } from '../client/api-client.ts';
import { buildNumber } from '../client/build-number.ts';
import { Call, COMMON_HELP, print, STATUS_HELP } from '../client/call.ts';
import { ClientError, EXIT_REFUSED } from '../client/client-error.ts';
import { done } from '../client/done.ts';
import { listed } from '../client/listed.ts';
import type { Input } from '../client/shapes.ts';
import { duration } from '../client/times.ts';

const HELP = `Usage: millrace input list JOB [NUMBER|last] [OPTIONS]
       millrace input answer JOB [NUMBER|last] [--id ID] [-p NAME=VALUE…] [OPTIONS]
       millrace input abort JOB [NUMBER|last] [--id ID] [OPTIONS]

Lists the inputs that a build waits for; answer lets it go on, abort rejects the input, which ends the build.

Options:
      --id ID               which input; needed where the build waits for several
  -p, --param NAME=VALUE    a parameter of the input; may be given again
${COMMON_HELP}
${STATUS_HELP}`;

export async function input(args: readonly string[]): Promise<number> {
  const call = new Call('input', args, { id: { type: 'string' }, param: { type: 'string', multiple: true, short: 'p' } });
  if (call.help) {
    print(HELP);
    return 0;
  }
  const [what, job, which] = call.take('list|answer|abort', 'JOB', 'NUMBER?') as [string, string, string | undefined];
  if (!/^(list|answer|abort)$/.test(what)) throw call.wrong(`there is no ${what}`);
  const client = call.client();
  const number = await buildNumber(call, client, job, which);
  const address = itemAddress(job, `/builds/${number}/inputs`);
  const { inputs } = await client.get<{ inputs: Input[] }>(address);
  if (what === 'list') return list(call, inputs);
  const one = `${address}/${encodeURIComponent(chosen(call, inputs, `${job} #${number}`).id)}`;
  if (what === 'abort') {
    await client.change('POST', `${one}/abort`, { body: {} });
    return done(call, { aborted: true }, 'The input is rejected');
  }
  await client.change('POST', `${one}/proceed`, { body: { values: Object.fromEntries(call.pairs('param')) } });
  return done(call, { answered: true }, 'The build goes on');
}

function chosen(call: Call, inputs: readonly Input[], build: string): Input {
  const id = call.text('id');
  const [first, ...more] = id === undefined ? inputs : inputs.filter((i) => i.id === id);
  if (first === undefined)
    throw new ClientError('MR_INPUT_UNKNOWN', `MR_INPUT_UNKNOWN: ${build} waits for no ${id === undefined ? 'input' : `input ${id}`}`, EXIT_REFUSED);
  if (more.length > 0) throw call.wrong(`${build} waits for several inputs: name one of ${inputs.map((i) => i.id).join(', ')} by --id`);
  return first;
}

function list(call: Call, inputs: readonly Input[]): number {
  const now = Date.now();
  const rows = inputs.map((i) => [
    i.id,
    duration(now - i.since),
    i.submitter ?? 'anybody',
    i.allowed ? 'yes' : 'no',
    i.parameters.map((p) => p.name).join(' '),
    i.message,
  ]);
  return listed(call, inputs, ['ID', 'SINCE', 'FOR', 'YOU MAY', 'PARAMETERS', 'MESSAGE'], rows, 'It waits for no input');
}

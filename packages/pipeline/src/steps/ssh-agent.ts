/** `sshagent`: a real ssh-agent on the node that holds the keys while its body runs. Follows ExecRemoteAgent of ssh-agent. */

import type { Computation } from '@millrace/groovy';
import { JavaThrowable } from '@millrace/groovy';
import { abortError } from '../engine/throwables.ts';
import type { AnswerOf } from '../host.ts';
import type { Bound } from './credential-bindings.ts';
import { secretFolder } from './credential-bindings.ts';
import { quietly, shellWord } from './docker-client.ts';
import type { StepContext } from './step.ts';
import { defineStep } from './step.ts';
import { removeFolders } from './with-credentials.ts';

interface Agent {
  readonly socket: string;
  readonly pid: string;
}
type Key = AnswerOf<'credentials'>;

export const sshagentStep = defineStep({
  name: 'sshagent',
  summary: 'SSH Agent',
  block: 'required',
  needs: ['workspace'],
  params: [
    { name: 'credentials', type: 'stringList', required: true, help: 'Ids of SSH keys.' },
    { name: 'ignoreMissing', type: 'boolean', default: false },
  ],
  describe: (args) => args.credentials.join(', '),
  *run(cx, args, body) {
    const keys = yield* fetchKeys(cx, args.credentials, args.ignoreMissing);
    for (const { fields, description } of keys)
      cx.log(`[ssh-agent] Using credentials ${fields['username'] ?? ''}${description === null || description === '' ? '' : ` (${description})`}`);
    const agent = yield* start(cx);
    try {
      for (const key of keys) yield* add(cx, agent, key);
      cx.log('[ssh-agent] Started.');
      return yield* cx.runBody(body, { env: { SSH_AUTH_SOCK: agent.socket, SSH_AGENT_PID: agent.pid } });
    } finally {
      yield* stop(cx, agent);
    }
  },
});

function* fetchKeys(cx: StepContext, ids: readonly string[], ignoreMissing: boolean): Computation<Key[]> {
  const keys: Key[] = [];
  for (const id of new Set(ids)) {
    let key: Key | null = null;
    try {
      key = yield* cx.ask('credentials', { id, types: ['SSH Username with private key'] });
    } catch (error) {
      if (!(error instanceof JavaThrowable) || !error.typeName.endsWith('CredentialNotFoundException')) throw error;
    }
    if (key !== null && Object.hasOwn(key.fields, 'privateKey')) keys.push(key);
    else if (!ignoreMissing) throw abortError(`[ssh-agent] Could not find specified credentials: ${id}`);
  }
  return keys;
}

function* start(cx: StepContext): Computation<Agent> {
  cx.log('$ ssh-agent');
  const { exit, out } = yield* quietly(cx, 'exec ssh-agent -s');
  const socket = /SSH_AUTH_SOCK=([^;]+);/.exec(out)?.[1];
  const pid = /SSH_AGENT_PID=(\d+);/.exec(out)?.[1];
  if (exit !== 0 || socket === undefined || pid === undefined) throw abortError('[ssh-agent] Unable to start agent');
  cx.log(`SSH_AUTH_SOCK=${socket}`);
  cx.log(`SSH_AGENT_PID=${pid}`);
  return { socket, pid };
}

/** The key lies in a file of its owner's for as long as ssh-add needs it. */
function* add(cx: StepContext, agent: Agent, key: Key): Computation<void> {
  const bound: Bound = { secret: {}, open: {}, contents: [], folders: [] };
  try {
    const folder = secretFolder(cx, bound);
    const text = key.fields['privateKey'] ?? '';
    const file = `${folder}/private_key.key`,
      ask = `${folder}/askpass.sh`;
    yield* cx.ask('file.write', { ...cx.place(), path: file, content: text.endsWith('\n') ? text : `${text}\n`, encoding: null, mode: 0o600 });
    yield* cx.ask('file.write', { ...cx.place(), path: ask, content: '#!/bin/sh\nprintf "%s\\n" "$SSH_PASSPHRASE"\n', encoding: null, mode: 0o700 });
    cx.log('Running ssh-add (command line suppressed)');
    // It tells of its success on the error output, which goes to the console.
    const { exit, out } = yield* quietly(cx, `chmod 600 ${shellWord(file)} && chmod 700 ${shellWord(ask)} && exec ssh-add ${shellWord(file)} </dev/null`, {
      SSH_AUTH_SOCK: agent.socket,
      SSH_AGENT_PID: agent.pid,
      SSH_PASSPHRASE: key.fields['passphrase'] ?? '',
      SSH_ASKPASS: ask,
      SSH_ASKPASS_REQUIRE: 'force',
      DISPLAY: ':0',
    });
    if (out !== '') cx.log(out);
    if (exit !== 0) throw abortError('Failed to run ssh-add');
  } finally {
    yield* removeFolders(cx, bound.folders);
  }
}

function* stop(cx: StepContext, agent: Agent): Computation<void> {
  try {
    cx.log('$ ssh-agent -k');
    const { out } = yield* quietly(cx, 'exec ssh-agent -k', { SSH_AUTH_SOCK: agent.socket, SSH_AGENT_PID: agent.pid });
    if (out !== '') cx.log(out);
    cx.log('[ssh-agent] Stopped.');
  } catch (error) {
    if (!(error instanceof JavaThrowable)) throw error;
    cx.logError(error);
  }
}

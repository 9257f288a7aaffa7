/** Running the docker command on the node, for `withDockerContainer` and its siblings. Follows DockerClient of docker-workflow. */

import type { Computation } from '@millrace/groovy';
import { JavaThrowable } from '@millrace/groovy';
import type { StepContext } from './step.ts';

export interface Ran {
  readonly exit: number;
  readonly out: string;
}

/** One word of a Unix shell. */
export function shellWord(text: string): string {
  return /^[\w@%+=:,./-]+$/.test(text) ? text : `'${text.replaceAll("'", `'\\''`)}'`;
}

/** The words of a text as a shell would split it, quotes taken away: `Util.tokenize`. */
export function words(text: string): string[] {
  const found: string[] = [];
  let word = '',
    open = false,
    quote = '';
  for (let i = 0; i < text.length; i++) {
    const c = text.charAt(i);
    if (quote !== '') {
      if (c === quote) quote = '';
      else if (c === '\\' && quote === '"' && i + 1 < text.length) word += text.charAt(++i);
      else word += c;
    } else if (c === '"' || c === "'") {
      quote = c;
      open = true;
    } else if (c === '\\' && i + 1 < text.length) {
      word += text.charAt(++i);
      open = true;
    } else if (/\s/.test(c)) {
      if (open || word !== '') found.push(word);
      word = '';
      open = false;
    } else {
      word += c;
      open = true;
    }
  }
  if (open || word !== '') found.push(word);
  return found;
}

/** Runs a script outside of any container, without a trace of its commands. */
export function* quietly(cx: StepContext, script: string, env: Readonly<Record<string, string>> = {}): Computation<Ran> {
  const launchers = cx.launchers.filter((launcher) => launcher.kind === 'container');
  const { exit, stdout } = yield* cx.ask('task', {
    ...cx.place(),
    shell: 'sh',
    script: `#!/bin/sh\n${script}`,
    env: { ...cx.environment(), ...env },
    returnStdout: true,
    encoding: null,
    masks: cx.scope.masks,
    launchers,
  });
  return { exit, out: (stdout ?? '').trim() };
}

/** Runs a command, and shows it as Jenkins' launcher does: `$ docker stop …`. `hidden` are words that are shown as stars. */
export function* command(
  cx: StepContext,
  line: readonly string[],
  hidden: ReadonlySet<number> = new Set(),
  env: Readonly<Record<string, string>> = {},
): Computation<Ran> {
  cx.log(`$ ${line.map((word, i) => (hidden.has(i) ? '********' : /[\s"]/.test(word) || word === '' ? `"${word.replaceAll('"', '\\"')}"` : word)).join(' ')}`);
  return yield* quietly(cx, `exec ${line.map(shellWord).join(' ')}`, env);
}

/** The program: `docker`, or the one of a tool. */
export function* dockerProgram(cx: StepContext, toolName: string | null): Computation<string> {
  if (toolName === null || toolName === '') return 'docker';
  const { home } = yield* cx.ask('tool', { lease: (cx.scope.node as { lease: string }).lease, name: toolName, type: null });
  return `${home}/bin/docker`;
}

export function ioError(message: string): JavaThrowable {
  return new JavaThrowable('java.io.IOException', message);
}

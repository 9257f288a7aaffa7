/** The agent as a program: its options, its exit status. */
import { existsSync, readFileSync, statSync } from 'node:fs';
import { homedir, hostname } from 'node:os';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { ownMasks } from '../tasks/environment.ts';
import { AgentError } from './errors.ts';
import type { AgentOptions } from './run-agent.ts';
import { runAgent } from './run-agent.ts';

const HELP = `Usage: millrace agent --url URL [OPTIONS]        (or: node agent.cjs …)

Runs the steps of a Millrace server's builds on this machine.

Options:
      --url URL            a controller, or what is in front of them; may be given again
      --name NAME          the node's name (default: this machine's)
      --secret TEXT        the node's secret; other users of the machine may see it, so better:
      --secret-file FILE   holds the secret
      --root DIR           workspaces and the agent's own files (default: ~/millrace-agent)
      --labels LIST        labels, by blanks or commas; the server's settings come on top
      --executors N        how many builds at once
      --ca FILE            certificates to trust, in PEM, instead of the machine's
      --git-mirrors MB     what mirrors of repositories may have on the disk (default: 20480); none: none are kept
      --grace SECONDS      between SIGTERM and SIGKILL when a step is aborted (default: 10)
      --help               this text
      --version            the version

Options that are not given may be in variables: MILLRACE_URL, MILLRACE_AGENT_NAME, MILLRACE_AGENT_SECRET,
MILLRACE_AGENT_ROOT, MILLRACE_AGENT_GIT_MIRRORS.
In a pod of Kubernetes, MILLRACE_AGENT_CONTAINER names the agent's own container, and MILLRACE_AGENT_BUSYBOX a static busybox
(/opt/millrace/busybox where it is not set), which runs steps in the other containers.

Exit status: 0 it was stopped, or the server ended it; 1 it was refused: the secret, the name, the protocol or the root;
64 wrong usage. Steps that run go on in every case; the next agent with the same root finds them.
`;

const SETGID = 0o2000;
/** Of the image. */
const BUSYBOX = '/opt/millrace/busybox';

/** Resolves with the exit status. */
export async function agentMain(args: readonly string[], version: string): Promise<number> {
  const stderr = (text: string): void => {
    process.stderr.write(text);
  };
  try {
    const options = optionsOf(args, version);
    if (typeof options === 'string') {
      process.stdout.write(options);
      return 0;
    }
    shareWithGroup(options.root);
    const agent = runAgent({ ...options, log: (message) => stderr(`${new Date().toISOString()} ${message}\n`) });
    for (const name of ['SIGINT', 'SIGTERM'] as const) process.on(name, agent.stop);
    const end = await agent.ended;
    if (end !== 'stopped') stderr(end === 'deleted' ? 'The server deleted this node.\n' : 'The server disconnected this node.\n');
    return 0;
  } catch (e) {
    if (!(e instanceof AgentError)) throw e;
    stderr(`millrace agent: ${e.message}\n`);
    return e.code === 'MR_AGENT_USAGE' ? 64 : 1;
  }
}

/** On a volume that a group shares (fsGroup of a pod), what the agent makes there is the group's to change as well. */
function shareWithGroup(root: string): void {
  const found = statSync(root, { throwIfNoEntry: false });
  if (found !== undefined && (found.mode & SETGID) !== 0) process.umask(0o002);
}

function optionsOf(args: readonly string[], version: string): AgentOptions | string {
  const { values } = parsed(args);
  if (values.help === true) return HELP;
  if (values.version === true) return `millrace agent ${version}\n`;
  const {
    MILLRACE_URL,
    MILLRACE_AGENT_NAME,
    MILLRACE_AGENT_SECRET,
    MILLRACE_AGENT_ROOT,
    MILLRACE_AGENT_CONTAINER,
    MILLRACE_AGENT_BUSYBOX,
    MILLRACE_AGENT_GIT_MIRRORS,
  } = process.env;
  const urls = values.url ?? (MILLRACE_URL ? [MILLRACE_URL] : []);
  if (urls.length === 0) throw new AgentError('MR_AGENT_USAGE', '--url is missing; see --help.');
  for (const url of urls) if (!URL.canParse(url) || !/^https?:$/.test(new URL(url).protocol)) throw new AgentError('MR_AGENT_USAGE', `${url} is no address.`);
  const secret = (values['secret-file'] !== undefined ? read(values['secret-file']).trim() : values.secret) ?? MILLRACE_AGENT_SECRET ?? '';
  if (!/^[\x21-\x7e]+$/.test(secret)) throw new AgentError('MR_AGENT_USAGE', 'There is no secret, or it is not one; see --help.');
  const busybox = MILLRACE_AGENT_BUSYBOX ?? BUSYBOX;
  const labels = values.labels?.split(/[\s,]+/).filter((l) => l !== '');
  return {
    urls,
    name: values.name ?? (MILLRACE_AGENT_NAME || hostname()),
    secret,
    root: resolve(values.root ?? MILLRACE_AGENT_ROOT ?? join(homedir(), 'millrace-agent')),
    version,
    ...(existsSync(busybox) ? { pod: { busybox, container: MILLRACE_AGENT_CONTAINER ?? null } } : {}),
    masks: ownMasks(),
    ...mirrorsOf(values['git-mirrors'] ?? MILLRACE_AGENT_GIT_MIRRORS),
    ...(labels === undefined ? {} : { labels }),
    ...(values.executors === undefined ? {} : { executors: number('--executors', values.executors) }),
    ...(values.ca === undefined ? {} : { ca: read(values.ca) }),
    ...(values.grace === undefined ? {} : { graceMs: number('--grace', values.grace) * 1_000 }),
  };
}

interface Values {
  help?: boolean;
  version?: boolean;
  url?: string[];
  name?: string;
  secret?: string;
  'secret-file'?: string;
  root?: string;
  labels?: string;
  executors?: string;
  ca?: string;
  grace?: string;
  'git-mirrors'?: string;
}

function parsed(args: readonly string[]): { values: Values } {
  const text = { type: 'string' } as const;
  try {
    return parseArgs({
      args: [...args],
      options: {
        help: { type: 'boolean', short: 'h' },
        version: { type: 'boolean' },
        url: { type: 'string', multiple: true },
        name: text,
        secret: text,
        'secret-file': text,
        root: text,
        labels: text,
        executors: text,
        ca: text,
        grace: text,
        'git-mirrors': text,
      },
    });
  } catch (e) {
    throw new AgentError('MR_AGENT_USAGE', `${(e as Error).message}; see --help.`);
  }
}
function mirrorsOf(text: string | undefined): { mirrorBytes?: number } {
  if (text === undefined || text === '') return {};
  return { mirrorBytes: text === 'none' ? 0 : number('--git-mirrors', text) * 2 ** 20 };
}
function number(option: string, text: string): number {
  if (!/^[1-9]\d{0,5}$/.test(text)) throw new AgentError('MR_AGENT_USAGE', `${option} takes a whole number.`);
  return Number(text);
}
function read(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (e) {
    throw new AgentError('MR_AGENT_USAGE', (e as Error).message);
  }
}

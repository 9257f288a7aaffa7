/** `millrace up`: a controller on this machine. With DATABASE_URL it is one of several on the same PostgreSQL. */
import { existsSync } from 'node:fs';
import { hostname } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import type { ControllerOptions, Installation } from '@millrace/controller';
import { Controller, createHttp, createWaitingServer, DEFAULT_CACHE_LIMITS, DEFAULT_THRESHOLDS, exampleJob } from '@millrace/controller';
import { pino } from 'pino';
import type { Config } from '../config/config.ts';
import { DEFAULT_CONFIG, readConfig } from '../config/config.ts';
import { toolDescriptors } from '../config/tool-types.ts';
import { CommandError } from '../errors.ts';
import { timeZone } from '../local/time-zone.ts';
import { toolEnvironment } from '../local/tool-environment.ts';

const HELP = `Usage: millrace up [OPTIONS]

Starts a controller with a built-in agent, and a web address.

Options:
      --data DIR       what it keeps (default: ./millrace-data)
      --listen ADDR    where it listens: PORT or HOST:PORT (default: 127.0.0.1:8080)
  -c, --config FILE    millrace.yaml: tools, credentials, libraries, the server's settings
      --executors N    of the built-in node; 0: none (default: 2)
      --name NAME      of this controller among several (default: this machine's name)
      --advertise URL  where others of several controllers reach this one (default: where it listens)
      --log LEVEL      error, warn, info, debug (default: info)
      --help           this text

Environment:
  DATABASE_URL   postgres://…: several controllers on one database, instead of SQLite in the data folder
  MILLRACE_KEY   32 bytes in base64, which seal the secrets; several controllers need the same

SIGTERM and Ctrl-C stop it cleanly: running steps go on, and the next start goes on with their builds.
`;

interface Options {
  readonly data: string;
  readonly host: string;
  readonly port: number;
  readonly config: Config;
  readonly executors: number;
  readonly name: string;
  readonly advertise: string | null;
  readonly level: string;
}

export async function up(args: readonly string[]): Promise<number> {
  const options = await optionsOf(args);
  if (options === null) {
    process.stdout.write(HELP);
    return 0;
  }
  const { default: own } = await import('../../package.json', { with: { type: 'json' } });
  const log = pino({ level: options.level, base: { controller: options.name } }, pino.destination({ dest: 2, sync: true }));
  let password: string | null = null;
  // As the first process of a container it would not end by itself.
  process.on('SIGINT', endAtOnce);
  process.on('SIGTERM', endAtOnce);
  const controller = await start(options, own.version, log, (made) => {
    password = made;
  }).catch((error: unknown) => {
    throw listenError(error, options);
  });
  process.off('SIGINT', endAtOnce);
  process.off('SIGTERM', endAtOnce);
  const first = await exampleJob(controller.parts);
  process.stdout.write(`Millrace ${own.version} is up: ${controller.url}\n`);
  if (locate().page === null) log.warn('the web page is not built (npm run build): only the API answers');
  if (password !== null)
    process.stdout.write(`Sign in as admin with the password ${password} (shown once; also in ${join(options.data, 'initial-admin-password')})\n`);
  if (first !== null) void tellFirstBuild(controller, first);
  return untilStopped(controller);
}

/** While it starts: nothing is under way. */
function endAtOnce(): void {
  process.exit(0);
}

function start(options: Options, version: string, log: ControllerOptions['log'], firstPassword: (password: string) => void): Promise<Controller> {
  const { config } = options;
  const { server } = config;
  const builtIn = config.nodes.find((n) => n.name === 'built-in');
  const shared = process.env['DATABASE_URL'] !== undefined && process.env['DATABASE_URL'] !== '';
  const code = locate();
  return Controller.start({
    data: options.data,
    listen: { host: options.host, port: options.port },
    databaseUrl: shared ? (process.env['DATABASE_URL'] as string) : null,
    key: process.env['MILLRACE_KEY'],
    name: options.name,
    labels: server.labels,
    version,
    url: server.url,
    advertise: options.advertise,
    installation: installationOf(config),
    blobs: server.blobs,
    builtIn:
      options.executors === 0
        ? null
        : { executors: options.executors, labels: builtIn?.labels ?? [], name: shared ? `built-in-${options.name}` : 'built-in', command: code.agent },
    monitors: { ...DEFAULT_THRESHOLDS, ...server.monitors },
    cacheLimits: { ...DEFAULT_CACHE_LIMITS, ...server.caches },
    workers: { entry: code.worker, size: server.workers, memoryMb: server.workerMemoryMb },
    agentBundle: code.agentBundle,
    cloudSettings: { folder: config.folder, all: config.clouds },
    credentialProviders: { folder: config.folder, all: config.credentialProviders },
    notifications: { folder: config.folder, all: config.notifications },
    timeZone: timeZone(),
    parkAfterMs: server.parkAfterSeconds * 1_000,
    log,
    http: (parts) => createHttp(parts, { tls: server.tls, anonymous: server.anonymous, firstPassword, page: code.page }),
    waiting: (cause) => createWaitingServer({ tls: server.tls, cause }),
  });
}

/** The bundle's files where this is the bundle (packages/cli/dist), else the sources. */
function locate(): { readonly agent: readonly string[]; readonly worker: string | URL; readonly agentBundle: string | null; readonly page: string | null } {
  const here = typeof __filename === 'string' ? __filename : fileURLToPath(import.meta.url);
  const bundled = here.endsWith('.cjs');
  const packages = bundled ? resolve(dirname(here), '../..') : resolve(dirname(here), '../../..');
  const bundle = join(packages, 'agent/dist/agent.cjs');
  const agentBundle = existsSync(bundle) ? bundle : null;
  const source = join(packages, 'agent/src/program/entry.ts');
  const page = join(packages, 'web/dist/index.html');
  return {
    // A newer source counts: whoever works on the agent runs what is there.
    agent: [process.execPath, bundled && agentBundle !== null ? agentBundle : existsSync(source) ? source : bundle],
    worker: bundled ? join(packages, 'cli/bin/worker.js') : join(packages, 'controller/src/builds/worker/thread.ts'),
    agentBundle,
    page: existsSync(page) ? dirname(page) : null,
  };
}

function installationOf(config: Config): () => Installation {
  const installation: Installation = {
    tools: config.tools,
    toolDescriptors: toolDescriptors(config.tools),
    toolEnvironment,
    credentials: config.credentials,
    libraries: config.libraries,
    hostKeys: config.hostKeys,
    mailTemplates: config.mailTemplates,
    sonarServers: config.sonarServers,
    configFiles: config.configFiles,
    imageBuilder: config.imageBuilder,
    webhooks: config.webhooks,
    env: config.env,
    quietPeriodSeconds: config.server.quietPeriodSeconds,
  };
  return () => installation;
}

async function optionsOf(args: readonly string[]): Promise<Options | null> {
  const values = parsed(args);
  if (values.help === true) return null;
  const { host, port } = address(values.listen ?? '127.0.0.1:8080');
  const config = values.config === undefined ? DEFAULT_CONFIG : await readConfig(resolve(values.config));
  const declared = config.nodes.find((n) => n.name === 'built-in')?.executors ?? 2;
  const executors = values.executors === undefined ? declared : Number(values.executors);
  if (!Number.isInteger(executors) || executors < 0 || executors > 10_000) throw new CommandError('MR_USAGE', '--executors takes a whole number');
  const level = values.log ?? 'info';
  if (!/^(error|warn|info|debug|silent)$/.test(level)) throw new CommandError('MR_USAGE', '--log takes error, warn, info or debug');
  const name = values.name ?? config.server.name ?? hostname();
  if (!/^[\w.-]{1,60}$/.test(name)) throw new CommandError('MR_USAGE', `--name takes letters, digits, dots and dashes, not ${name}`);
  const advertise = values.advertise ?? null;
  if (advertise !== null && !/^https?:\/\/[^/]+\/?$/.test(advertise))
    throw new CommandError('MR_USAGE', `--advertise takes an address such as http://10.0.0.7:8080, not ${advertise}`);
  return { data: resolve(values.data ?? 'millrace-data'), host, port, config, executors, name, advertise, level };
}

type Given = Partial<Record<'data' | 'listen' | 'config' | 'executors' | 'name' | 'advertise' | 'log', string>>;

function parsed(args: readonly string[]): Given & { help?: boolean } {
  const text = { type: 'string' } as const;
  try {
    return parseArgs({
      args: [...args],
      options: {
        help: { type: 'boolean', short: 'h' },
        data: text,
        listen: text,
        config: { type: 'string', short: 'c' },
        executors: text,
        name: text,
        advertise: text,
        log: text,
      },
    }).values;
  } catch (e) {
    throw new CommandError('MR_USAGE', `${(e as Error).message} (see millrace up --help)`);
  }
}

function address(text: string): { host: string; port: number } {
  const m = /^(?:(.*):)?(\d{1,5})$/.exec(text);
  const port = Number(m?.[2]);
  if (m === null || port > 65_535) throw new CommandError('MR_USAGE', `--listen takes PORT or HOST:PORT, not ${text}`);
  return { host: (m[1] ?? '127.0.0.1').replace(/^\[(.*)\]$/, '$1') || '0.0.0.0', port };
}

function listenError(error: unknown, { host, port }: Options): unknown {
  const { code } = error as { code?: string };
  if (code === 'EADDRINUSE') return new CommandError('MR_LISTEN', `${host}:${port} is in use: end what listens there, or name another --listen`, 1);
  if (code === 'EACCES' || code === 'EADDRNOTAVAIL') return new CommandError('MR_LISTEN', `${host}:${port} cannot be listened on (${code})`, 1);
  return error;
}

async function tellFirstBuild(controller: Controller, id: number): Promise<void> {
  const { store } = controller.parts;
  const off = store.wakes.on('build', () => {
    void look();
  });
  const look = async (): Promise<void> => {
    const row = await store.db.selectFrom('builds').select(['job', 'number', 'state', 'result']).where('id', '=', id).executeTakeFirst();
    if (row !== undefined && row.state !== 'ended' && row.state !== 'cancelled') return;
    off();
    if (row?.result != null) process.stdout.write(`The example job has run: ${row.job} #${row.number} ${row.result}\n`);
  };
  await look();
}

/** The first signal stops cleanly, the second at once. */
function untilStopped(controller: Controller): Promise<number> {
  return new Promise((done) => {
    let count = 0;
    const onSignal = (): void => {
      count++;
      if (count > 1) process.exit(1);
      const running = controller.parts.owner.count;
      // On its own machine the agent would be left over; what runs goes on with it.
      const endAgent = !controller.parts.store.engine.shared && running === 0;
      if (running > 0) process.stdout.write(`${running} builds are let go; their steps go on, and the next start goes on with them.\n`);
      controller.stop({ endAgent }).then(
        () => {
          done(0);
          setImmediate(() => {
            process.exit(0);
          });
        },
        () => {
          process.exit(1);
        },
      );
    };
    process.on('SIGINT', onSignal);
    process.on('SIGTERM', onSignal);
  });
}

/**
 * Buildbot (Debian's packages buildbot and buildbot-worker) beside Millrace, by the same measures in the same run: a master on
 * SQLite, one worker with eight builds at a time, builders of one ShellCommand. Its own ways of triggering are a web page and a
 * command that takes longer to start than a build: so the master's configuration opens a small door, which asks for builds
 * through the data API as Buildbot's own schedulers do.
 */
import type { ChildProcess } from 'node:child_process';
import { spawn, spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Benchmark, Figure } from '../benchmark.ts';
import { median } from '../benchmark.ts';
import { EXECUTORS, rate, triggerToProcess } from './builds.ts';
import { logSpeed, loud } from './log.ts';
import { ended, freePort, pause, residentMb, startProgram } from './program.ts';
import { startRig } from './rig.ts';
import { SETTLE_MS } from './start.ts';

const TRIGGERS = 20,
  BUILDS = 40,
  MEGABYTES = 10,
  /** Of Millrace, whose rates need more to be seen. */
  OWN_BUILDS = 200,
  OWN_MEGABYTES = 100,
  START_MS = 60_000;

interface Measures {
  readonly triggerMs: number;
  readonly buildsPerSecond: number;
  readonly logPerSecond: number;
}
interface Idle {
  readonly serverMb: number;
  readonly agentMb: number;
}

export const serverBuildbot: Benchmark = {
  name: 'server-buildbot',
  run: async () => {
    const missing = ['buildbot', 'buildbot-worker'].find((program) => spawnSync(program, ['--version']).status !== 0);
    if (missing !== undefined) return { figures: [], skipped: `there is no ${missing} on the path (Debian has it as a package of that name)` };
    const buildbot = await Buildbot.start();
    let idle: Idle, other: Measures;
    try {
      // Both come to rest at the same time.
      const rested = restOfMillrace();
      await pause(SETTLE_MS);
      idle = { serverMb: residentMb(buildbot.master.pid as number), agentMb: residentMb(buildbot.worker.pid as number) };
      const own = await rested;
      other = { triggerMs: await buildbot.triggerToProcess(), buildsPerSecond: await buildbot.rate(), logPerSecond: await buildbot.logSpeed() };
      return { figures: compare(await measureMillrace(), other, own, idle) };
    } finally {
      await buildbot.stop();
    }
  },
};

function compare(own: Measures, other: Measures, ownIdle: number, otherIdle: Idle): Figure[] {
  const detail = (a: number, b: number, unit: string): string => `${a.toPrecision(3)} ${unit} to ${b.toPrecision(3)} ${unit}`;
  return [
    {
      what: 'Millrace ÷ Buildbot: trigger to process started',
      value: own.triggerMs / other.triggerMs,
      unit: '×',
      detail: detail(own.triggerMs, other.triggerMs, 'ms'),
    },
    {
      what: `Millrace ÷ Buildbot: one-step builds a second, ${EXECUTORS} at a time`,
      value: own.buildsPerSecond / other.buildsPerSecond,
      unit: '×',
      detail: detail(own.buildsPerSecond, other.buildsPerSecond, '/s'),
    },
    {
      what: 'Millrace ÷ Buildbot: log of one step',
      value: own.logPerSecond / other.logPerSecond,
      unit: '×',
      detail: detail(own.logPerSecond, other.logPerSecond, 'MB/s'),
    },
    {
      what: 'Millrace ÷ Buildbot: memory of the idle server',
      value: ownIdle / otherIdle.serverMb,
      unit: '×',
      detail: `${detail(ownIdle, otherIdle.serverMb, 'MB')}; Buildbot's worker ${otherIdle.agentMb.toFixed(0)} MB`,
    },
  ];
}

async function measureMillrace(): Promise<Measures> {
  const rig = await startRig({ executors: EXECUTORS });
  try {
    const job = await rig.server.job('one-step', `node { sh 'true' }`);
    for (let i = 0; i < 10; i++) await rig.server.ended(await rig.server.start(job));
    return {
      triggerMs: await triggerToProcess(rig, TRIGGERS),
      buildsPerSecond: (await rate(rig, job, OWN_BUILDS)).perSecond,
      logPerSecond: (await logSpeed(rig, OWN_MEGABYTES)).perSecond,
    };
  } finally {
    await rig.stop();
  }
}

async function restOfMillrace(): Promise<number> {
  const folder = mkdtempSync(path.join(tmpdir(), 'millrace-bench-'));
  const program = await startProgram(folder);
  try {
    await pause(SETTLE_MS);
    return residentMb(program.pid);
  } finally {
    await program.stop();
    rmSync(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 });
  }
}

class Buildbot {
  readonly folder: string;
  readonly master: ChildProcess;
  readonly worker: ChildProcess;
  private readonly door: string;

  private constructor(folder: string, door: string, master: ChildProcess, worker: ChildProcess) {
    this.folder = folder;
    this.door = door;
    this.master = master;
    this.worker = worker;
  }

  /** Resolves when the worker is there and a first build has ended. */
  static async start(): Promise<Buildbot> {
    const folder = mkdtempSync(path.join(tmpdir(), 'millrace-bench-'));
    const port = await freePort(),
      door = await freePort();
    made('buildbot', ['create-master', path.join(folder, 'master')]);
    made('buildbot-worker', ['create-worker', path.join(folder, 'worker'), `127.0.0.1:${port}`, 'worker', 'secret']);
    writeFileSync(path.join(folder, 'master/master.cfg'), configuration(folder, port, door));
    const master = spawn('buildbot', ['start', '--nodaemon', path.join(folder, 'master')], { stdio: 'ignore' });
    const worker = spawn('buildbot-worker', ['start', '--nodaemon', path.join(folder, 'worker')], { stdio: 'ignore' });
    const buildbot = new Buildbot(folder, `http://127.0.0.1:${door}`, master, worker);
    try {
      await buildbot.ready();
      return buildbot;
    } catch (error) {
      await buildbot.stop();
      throw error;
    }
  }

  /** Milliseconds, the median. */
  async triggerToProcess(): Promise<number> {
    const file = path.join(this.folder, 'touched');
    const times: number[] = [];
    for (let i = 0; i < TRIGGERS; i++) {
      rmSync(file, { force: true });
      const begun = Date.now() + (performance.now() % 1);
      await this.build('touch', 1);
      times.push(statSync(file).mtimeMs - begun);
    }
    return median(times);
  }
  async rate(): Promise<number> {
    return (BUILDS * 1_000) / (await this.build('one-step', BUILDS));
  }
  async logSpeed(): Promise<number> {
    return (MEGABYTES * 1_000) / (await this.build('loud', 1));
  }

  async stop(): Promise<void> {
    await ended(this.worker);
    await ended(this.master);
    rmSync(this.folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 });
  }

  /** Triggers builds all at once; answers the milliseconds until they have ended. */
  private async build(builder: string, count: number): Promise<number> {
    const begun = performance.now();
    const before = await this.count();
    const answer = await fetch(`${this.door}/${builder}/${count}`, { method: 'POST' });
    if (!answer.ok) throw new Error(`Buildbot's door answers ${answer.status}: ${await answer.text()}`);
    while ((await this.count()) < before + count) await pause(10);
    return performance.now() - begun;
  }
  /** Builds that have ended. */
  private async count(): Promise<number> {
    return Number(await (await fetch(this.door)).text());
  }
  private async ready(): Promise<void> {
    const until = performance.now() + START_MS;
    for (;;) {
      try {
        await this.count();
        break;
      } catch (error) {
        if (performance.now() > until || this.master.exitCode !== null) throw new Error('Buildbot does not start', { cause: error });
        await pause(100);
      }
    }
    await this.build('touch', 1);
    if (!existsSync(path.join(this.folder, 'touched'))) throw new Error('a build of Buildbot has failed');
  }
}

function made(program: string, args: readonly string[]): void {
  const { status, stderr } = spawnSync(program, args, { encoding: 'utf8' });
  if (status !== 0) throw new Error(`${program} ${args[0]} failed: ${stderr}`);
}

function configuration(folder: string, port: number, door: number): string {
  const builders = { touch: `: > ${path.join(folder, 'touched')}`, loud: loud(MEGABYTES) };
  return `
from buildbot.plugins import schedulers, steps, util, worker
from buildbot.util.service import BuildbotService
from twisted.internet import defer, endpoints, reactor
from twisted.web import resource, server


SOURCE = {'codebase': '', 'project': '', 'repository': '', 'branch': None, 'revision': None}


class Page(resource.Resource):
    isLeaf = True

    def __init__(self, door):
        super().__init__()
        self.door = door

    def render_GET(self, request):
        return str(self.door.ended).encode()

    def render_POST(self, request):
        builder, count = [p.decode() for p in request.postpath]

        def done(_):
            request.finish()

        def failed(failure):
            request.setResponseCode(500)
            request.write(str(failure).encode())
            request.finish()

        self.door.trigger(builder, int(count)).addCallbacks(done, failed)
        return server.NOT_DONE_YET


class Door(BuildbotService):
    name = 'door'

    @defer.inlineCallbacks
    def startService(self):
        self.ended = 0
        yield super().startService()

        def ended(_key, _message):
            self.ended += 1

        yield self.master.mq.startConsuming(ended, ('builds', None, 'finished'))
        endpoint = endpoints.TCP4ServerEndpoint(reactor, ${door}, interface='127.0.0.1')
        self.listening = yield endpoint.listen(server.Site(Page(self)))

    @defer.inlineCallbacks
    def trigger(self, name, count):
        builder = yield self.master.data.get(('builders', name))
        for i in range(count):
            yield self.master.data.updates.addBuildset(
                waited_for=False, builderids=[builder['builderid']], reason='bench', sourcestamps=[SOURCE])


def builder(name, command):
    return util.BuilderConfig(name=name, workernames=['worker'], factory=util.BuildFactory([steps.ShellCommand(command=command)]))


c = BuildmasterConfig = {
    'workers': [worker.Worker('worker', 'secret', max_builds=${EXECUTORS})],
    'protocols': {'pb': {'port': 'tcp:${port}:interface=127.0.0.1'}},
    'builders': [
        builder('one-step', ['true']),
${Object.entries(builders)
  .map(([name, script]) => `        builder('${name}', ['sh', '-c', '${script}']),`)
  .join('\n')}
    ],
    # It wants one for each builder; the door does their work.
    'schedulers': [schedulers.ForceScheduler(name='force', builderNames=['one-step', ${Object.keys(builders)
      .map((name) => `'${name}'`)
      .join(', ')}])],
    'services': [Door()],
    'collapseRequests': False,
    'db': {'db_url': 'sqlite:///state.sqlite'},
    'buildbotNetUsageData': None,
}
`;
}

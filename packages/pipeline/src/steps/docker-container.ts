/** `withDockerContainer`: runs its body's commands inside a container. Follows WithContainerStep of docker-workflow. */

import type { Computation } from '@millrace/groovy';
import { JavaThrowable } from '@millrace/groovy';
import { command, dockerProgram, ioError, quietly, words } from './docker-client.ts';
import type { StepContext } from './step.ts';
import { defineStep } from './step.ts';

interface Surroundings {
  readonly versionKnown: boolean;
  /** `uid:gid` */
  readonly user: string;
  /** The container that the node itself runs in, null where it runs in none. */
  readonly container: string | null;
}

/** One look at the node: docker's version, who runs, and whether that is in a container already. */
function* look(cx: StepContext, docker: string): Computation<Surroundings> {
  const { out } = yield* quietly(
    cx,
    `${docker} -v 2>/dev/null | head -n 1; echo "user $(id -u):$(id -g)"; sed -n 's#.*/docker/\\(containers/\\)\\{0,1\\}\\([0-9a-f]\\{64\\}\\).*#container \\2#p' /proc/self/cgroup /proc/self/mountinfo 2>/dev/null | head -n 1; true`,
  );
  return {
    versionKnown: /^\D+\d+\.\d+\.\d+/.test(out),
    user: /^user (\d+:\d+)$/m.exec(out)?.[1] ?? '',
    container: /^container ([0-9a-f]{64})$/m.exec(out)?.[1] ?? null,
  };
}

/** Which folders the container gets, and from where. */
function* volumes(cx: StepContext, docker: string, container: string | null, folders: readonly string[]): Computation<string[]> {
  const name = cx.scope.node?.displayName ?? '';
  if (container === null) {
    cx.log(`${name} does not seem to be running inside a container`);
    return folders.flatMap((folder) => ['-v', `${folder}:${folder}:rw,z`]);
  }
  cx.log(`${name} seems to be running inside container ${container}`);
  const { out } = yield* quietly(cx, `${docker} inspect -f '{{range .Mounts}}{{.Destination}}{{"\\n"}}{{end}}' ${container}`);
  const mounted = out.split('\n').filter((line) => line !== '');
  const args: string[] = [];
  const shared = folders.filter((folder) => mounted.some((mount) => folder.startsWith(mount)));
  for (const folder of folders.filter((f) => !shared.includes(f))) {
    cx.log(`but ${folder} could not be found among [${mounted.join(', ')}]`);
    args.push('-v', `${folder}:${folder}:rw,z`);
  }
  if (shared.length > 0) args.push('--volumes-from', container);
  return args;
}

export const withDockerContainerStep = defineStep({
  name: 'withDockerContainer',
  summary: 'Run build steps inside a Docker container',
  block: 'required',
  needs: ['workspace'],
  params: [
    { name: 'image', type: 'string', required: true },
    { name: 'args', type: 'string', help: 'More arguments of `docker run`.' },
    { name: 'toolName', type: 'string' },
  ],
  describe: (args) => args.image,
  *run(cx, args, body) {
    const docker = yield* dockerProgram(cx, args.toolName);
    const workspace = cx.scope.workspace ?? cx.place().cwd;
    const temporary = cx.scope.temporary ?? `${workspace}@tmp`;
    const around = yield* look(cx, docker);
    if (!around.versionKnown) cx.log('ERROR: Failed to parse docker version. Please note there is a minimum docker version requirement of v1.7.');
    yield* cx.ask('file.mkdirs', { ...cx.place(), path: temporary });
    const mounts = yield* volumes(cx, docker, around.container, [workspace, temporary]);

    const line = [docker, 'run', '-t', '-d', '-u', around.user, ...words(args.args ?? ''), '-w', workspace, ...mounts];
    const hidden = new Set<number>();
    // What the node itself has is not taken along, nor is PATH, which is the image's own.
    const node = cx.scope.node?.env ?? {};
    for (const [name, value] of Object.entries(cx.environment())) {
      if (name === 'PATH' || name === '' || node[name] === value) continue;
      line.push('-e');
      hidden.add(line.length);
      line.push(`${name}=${value}`);
    }
    line.push(args.image, 'cat');
    const started = yield* command(cx, line, hidden);
    if (started.exit !== 0) throw ioError(`Failed to run image '${args.image}'. Error: ${started.out}`);
    const container = started.out.split('\n').at(-1) as string;
    try {
      const top = yield* command(cx, [docker, 'top', container, '-eo', 'pid,comm']);
      if (top.exit !== 0) throw ioError(`Failed to run top '${container}'. Error: ${top.out}`);
      if (!/^\s*\d+\s+cat\s*$/m.test(top.out)) {
        cx.log(
          "ERROR: The container started but didn't run the expected command. Please double check your ENTRYPOINT does execute the command passed as docker run argument, as required by official docker images (see https://github.com/docker-library/official-images#consistency for entrypoint consistency requirements).\nAlternatively you can force image entrypoint to be disabled by adding option `--entrypoint=''`.",
        );
      }
      return yield* cx.runBody(body, { launchers: [{ kind: 'docker', container, executable: docker, toolName: args.toolName }] });
    } finally {
      yield* remove(cx, docker, container);
    }
  },
});

function* remove(cx: StepContext, docker: string, container: string): Computation<void> {
  try {
    const stopped = yield* command(cx, [docker, 'stop', '--time=1', container]);
    if (stopped.exit !== 0) throw ioError(`Failed to kill container '${container}'.`);
    const removed = yield* command(cx, [docker, 'rm', '-f', '--volumes', container]);
    if (removed.exit !== 0) throw ioError(`Failed to rm container '${container}'.`);
  } catch (error) {
    // It must not hide what the body ended with.
    if (!(error instanceof JavaThrowable)) throw error;
    cx.logError(error);
  }
}

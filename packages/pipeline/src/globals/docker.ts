/** `docker`: images and containers by the docker command of a node. Follows Docker.groovy of docker-workflow. */

import type { Computation, Interpreter, Pending, Runtime, Value } from '@millrace/groovy';
import { HostObject, JavaList, JavaThrowable, PENDING } from '@millrace/groovy';
import type { Execution } from '../engine/execution.ts';
import type { PipelineProgram } from '../engine/pipeline-program.ts';
import { buildVariables } from '../environment/build-variables.ts';
import type { GlobalVariable } from './global.ts';

type Args = { readonly [name: string]: Value };
type Inner = () => Computation;
type Method = (rt: Runtime, args: readonly Value[]) => Computation | Value;

/** Calls of steps as the scripts of the plug-in make them. */
class Docker {
  private readonly execution: Execution;
  private readonly program: PipelineProgram;
  constructor(execution: Execution, program: PipelineProgram) {
    this.execution = execution;
    this.program = program;
  }

  env(name: string): string | null {
    const all = buildVariables(this.execution.facts, this.execution.variables, this.execution.thread.scope);
    return Object.hasOwn(all, name) ? (all[name] as string) : null;
  }
  step(name: string, args: Args, inner?: Inner): Computation {
    const { vm } = this.program;
    return this.program.names.steps.callStep(name, args, inner === undefined ? null : { call: () => vm.defer(inner()) });
  }
  *call(closure: Value, args: readonly Value[] = []): Computation {
    const { vm } = this.program;
    const r = vm.call(closure, args);
    return r === PENDING ? yield* vm.take() : (r as Value);
  }
  withEnv(pairs: readonly string[], inner: Inner): Computation {
    return this.step('withEnv', { overrides: new JavaList([...pairs]) }, inner);
  }
  /** In the node around, or in any. */
  node(inner: Inner): Computation {
    return this.env('NODE_NAME') !== null ? inner() : this.step('node', {}, inner);
  }
  *isUnix(): Computation<boolean> {
    return (yield* this.step('isUnix', {})) === true;
  }
  shell(unix: boolean, script: string, more: Args = {}): Computation {
    return this.step(unix ? 'sh' : 'bat', { script, ...more });
  }
  /** The name with the registry of `withRegistry` in front. */
  qualified(name: string): string {
    const url = this.env('DOCKER_REGISTRY_URL');
    if (url === null || url === '') return name;
    const host = /^(?:[a-z][a-z0-9+.-]*:\/\/)?(?:[^@/]*@)?([^/]+)/i.exec(url)?.[1] ?? url;
    return name.startsWith(`${host}/`) ? name : `${host}/${name}`;
  }
}

const reference = (unix: boolean, name: string): string => (unix ? `"$${name}"` : `"%${name}%"`);

/** An object whose methods are generators by name. */
abstract class DockerObject extends HostObject {
  protected abstract readonly methods: { readonly [name: string]: Method };
  readonly properties: { readonly [name: string]: Value } = {};
  invokeMethod(rt: Runtime, name: string, args: readonly Value[]): Value | Pending | undefined {
    const method = Object.hasOwn(this.methods, name) ? (this.methods[name] as Method) : undefined;
    if (method === undefined) {
      const property = /^get([A-Z].*)$/.exec(name)?.[1];
      return property === undefined || args.length > 0 ? undefined : this.getProperty(rt, property.charAt(0).toLowerCase() + property.slice(1));
    }
    const r = method(rt, args);
    return r !== null && typeof r === 'object' && 'next' in r ? (rt as Interpreter).defer(r as Computation) : (r as Value);
  }
  hasMethod(name: string): boolean {
    return Object.hasOwn(this.methods, name);
  }
  getProperty(_rt: Runtime, name: string): Value | undefined {
    return Object.hasOwn(this.properties, name) ? this.properties[name] : undefined;
  }
  setProperty(): boolean {
    return false;
  }
}

/** The last argument as the block, the others as texts. */
function split(rt: Runtime, args: readonly Value[]): { readonly texts: readonly (string | null)[]; readonly body: Value } {
  const body = args.at(-1) ?? null;
  return { texts: args.slice(0, -1).map((v) => (v === null ? null : rt.str(v))), body };
}
const textAt = (rt: Runtime, args: readonly Value[], i: number, otherwise: string): string =>
  args[i] === undefined || args[i] === null ? otherwise : rt.str(args[i] as Value);

class DockerGlobal extends DockerObject {
  protected readonly methods: { readonly [name: string]: Method };
  constructor(docker: Docker) {
    super();
    this.methods = {
      image: (rt, args) => new Image(docker, textAt(rt, args, 0, '')),
      *build(rt, args): Computation {
        const name = textAt(rt, args, 0, '');
        checkName(name);
        return yield* docker.node(function* () {
          const unix = yield* docker.isUnix();
          const line = `docker build -t ${reference(unix, 'JD_IMAGE')} ${textAt(rt, args, 1, '.')}`;
          yield* docker.withEnv([`JD_IMAGE=${name}`], () => docker.shell(unix, line));
          return new Image(docker, name);
        });
      },
      withRegistry: (rt, args) => {
        const { texts, body } = split(rt, args);
        const [url = null, credentialsId = null] = texts;
        return docker.node(() =>
          docker.withEnv([`DOCKER_REGISTRY_URL=${url}`], () =>
            docker.step('withDockerRegistry', { url, credentialsId, toolName: docker.env('DOCKER_TOOL_NAME') }, () => docker.call(body)),
          ),
        );
      },
      withServer: (rt, args) => {
        const { texts, body } = split(rt, args);
        const [uri = null, credentialsId = null] = texts;
        return docker.node(() => docker.step('withDockerServer', { uri, credentialsId }, () => docker.call(body)));
      },
      withTool: (rt, args) => {
        const { texts, body } = split(rt, args);
        const name = texts[0] ?? '';
        return docker.node(function* () {
          const home = rt.str(yield* docker.step('tool', { name, type: 'org.jenkinsci.plugins.docker.commons.tools.DockerTool' }));
          return yield* docker.withEnv([`PATH=${home}/bin:${docker.env('PATH')}`, `DOCKER_TOOL_NAME=${name}`], () => docker.call(body));
        });
      },
    };
  }
  get $type(): string {
    return 'org.jenkinsci.plugins.docker.workflow.Docker';
  }
}

/** ImageNameValidator of docker-commons. */
function checkName(id: string): void {
  const name =
    /^(?:[\w.-]+(?::\d+)?\/)?(?:[a-z0-9]+(?:(?:[._]|__|-+)[a-z0-9]+)*\/)*[a-z0-9]+(?:(?:[._]|__|-+)[a-z0-9]+)*(?::[\w][\w.-]{0,127})?(?:@[A-Za-z][\w+.-]*:[0-9a-fA-F]{32,})?$/;
  if (!name.test(id)) throw new JavaThrowable('java.lang.IllegalArgumentException', `Invalid image name: ${id}`);
}

class Image extends DockerObject {
  protected readonly methods: { readonly [name: string]: Method };
  override readonly properties: { readonly [name: string]: Value };
  constructor(docker: Docker, id: string) {
    super();
    checkName(id);
    this.properties = { id };
    const colon = id.lastIndexOf(':');
    const repository = colon < 0 ? id : id.slice(0, colon);
    const ownTag = colon < 0 || colon === id.length - 1 ? 'latest' : id.slice(colon + 1);

    const pull = (): Computation =>
      docker.node(function* () {
        const unix = yield* docker.isUnix();
        return yield* docker.withEnv([`JD_TO_PULL=${docker.qualified(id)}`], () => docker.shell(unix, `docker pull ${reference(unix, 'JD_TO_PULL')}`));
      });
    const tag = (name: string): Computation =>
      docker.node(function* () {
        const tagged = docker.qualified(`${repository}:${name}`);
        const unix = yield* docker.isUnix();
        yield* docker.withEnv([`JD_ID=${id}`, `JD_TAGGED_IMAGE_NAME=${tagged}`], () =>
          docker.shell(unix, `docker tag ${reference(unix, 'JD_ID')} ${reference(unix, 'JD_TAGGED_IMAGE_NAME')}`),
        );
        return tagged;
      });
    const run = (args: string, command: string): Computation =>
      docker.node(function* () {
        const unix = yield* docker.isUnix();
        const line = `docker run -d${args === '' ? '' : ` ${args}`} ${id}${command === '' ? '' : ` ${command}`}`;
        const container = String(yield* docker.shell(unix, line, { returnStdout: true })).trim();
        return new Container(docker, container, unix);
      });

    this.methods = {
      imageName: () => docker.qualified(id),
      pull,
      tag: (rt, args) => tag(textAt(rt, args, 0, ownTag)),
      push: (rt, args) =>
        docker.node(function* () {
          const tagged = rt.str(yield* tag(textAt(rt, args, 0, ownTag)));
          const unix = yield* docker.isUnix();
          yield* docker.withEnv([`JD_TAGGED_IMAGE_NAME=${tagged}`], () => docker.shell(unix, `docker push ${reference(unix, 'JD_TAGGED_IMAGE_NAME')}`));
          return null;
        }),
      run: (rt, args) => run(textAt(rt, args, 0, ''), textAt(rt, args, 1, '')),
      withRun: (rt, args) => {
        const { texts, body } = split(rt, args);
        return docker.node(function* () {
          const container = (yield* run(texts[0] ?? '', texts[1] ?? '')) as Container;
          try {
            return yield* docker.call(body, [container]);
          } finally {
            yield* container.stop();
          }
        });
      },
      inside: (rt, args) => {
        const { texts, body } = split(rt, args);
        return docker.node(function* () {
          let image = docker.qualified(id);
          const unix = yield* docker.isUnix();
          const there = function* (name: string): Computation<boolean> {
            return (yield* docker.shell(unix, `docker inspect -f . ${reference(unix, name)}`, { returnStatus: true })) === 0;
          };
          yield* docker.withEnv([`JD_ID=${id}`, `JD_TO_RUN=${image}`], function* () {
            // One that was built here goes without the registry's name.
            if (image !== id && (yield* there('JD_ID'))) image = id;
            else if (!(yield* there('JD_TO_RUN'))) yield* pull();
            return null;
          });
          return yield* docker.step('withDockerContainer', { image, args: texts[0] ?? '', toolName: docker.env('DOCKER_TOOL_NAME') }, () => docker.call(body));
        });
      },
    };
  }
  get $type(): string {
    return 'org.jenkinsci.plugins.docker.workflow.Docker$Image';
  }
}

class Container extends DockerObject {
  protected readonly methods: { readonly [name: string]: Method };
  override readonly properties: { readonly [name: string]: Value };
  readonly stop: () => Computation;
  constructor(docker: Docker, id: string, unix: boolean) {
    super();
    this.properties = { id };
    this.stop = () =>
      docker.withEnv([`JD_ID=${id}`], () =>
        docker.shell(unix, `docker stop ${reference(unix, 'JD_ID')} && docker rm -f --volumes ${reference(unix, 'JD_ID')}`),
      );
    this.methods = {
      stop: this.stop,
      *port(rt, args): Computation {
        const out = yield* docker.withEnv([`JD_ID=${id}`, `JD_PORT=${textAt(rt, args, 0, '')}`], () =>
          docker.shell(unix, `docker port ${reference(unix, 'JD_ID')} ${reference(unix, 'JD_PORT')}`, { returnStdout: true }),
        );
        return rt.str(out).trim();
      },
    };
  }
  get $type(): string {
    return 'org.jenkinsci.plugins.docker.workflow.Docker$Container';
  }
}

export const dockerGlobal: GlobalVariable = {
  name: 'docker',
  summary: 'Docker images and containers',
  make: (execution, program) => new DockerGlobal(new Docker(execution, program)),
};

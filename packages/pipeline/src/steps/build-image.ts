/**
 * `buildImage`: an image built without a daemon, by the tool that the configuration names, in a container of the pod. Passwords
 * go to a docker configuration that the tool's own user makes where the tool looks, for as long as it runs: so it does not matter
 * which user that is, and nothing of it is left in the workspace.
 */
import type { Computation, Value } from '@millrace/groovy';
import { abortError } from '../engine/throwables.ts';
import { credentialOf } from './credential-bindings.ts';
import { shellWord } from './docker-client.ts';
import { illegalArgument } from './file-or-text.ts';
import type { ImageBuild, ImageBuilder, ImageTool } from './image-builders.ts';
import { IMAGE_TOOLS, registryOf } from './image-builders.ts';
import { secretMasks } from './secret-masks.ts';
import type { StepContext } from './step.ts';
import { defineStep } from './step.ts';

const USER = 'MILLRACE_REGISTRY_USER_',
  WORD = 'MILLRACE_REGISTRY_WORD_';

export const buildImageStep = defineStep({
  name: 'buildImage',
  summary: 'Build a container image without a daemon',
  needs: ['workspace'],
  params: [
    { name: 'context', type: 'string', default: '.', help: 'A folder of the workspace.' },
    { name: 'dockerfile', type: 'string', help: 'Relative to the current folder; `Dockerfile` in the context where it is left out.' },
    { name: 'destination', type: 'stringList', positional: true, help: 'Names of the image with registry and tag.' },
    { name: 'buildArgs', type: 'map', help: 'Values of the Dockerfile’s `ARG`.' },
    { name: 'target', type: 'string', help: 'A stage of the Dockerfile.' },
    { name: 'push', type: 'boolean', default: true },
    { name: 'cache', type: 'any', help: '`true`, or a repository: layers are read from there and kept there.' },
    { name: 'credentialsId', type: 'string', help: 'Username and password for the registries of the destinations.' },
    { name: 'container', type: 'string', help: 'Another container than the configuration’s; `none`: on the node itself.' },
    { name: 'arguments', type: 'stringList', help: 'Further arguments of the tool’s build.' },
  ],
  describe: (args) => args.destination?.join(', ') ?? null,
  *run(cx, args) {
    const destinations = args.destination ?? [];
    if (args.push && destinations.length === 0) throw illegalArgument('buildImage needs a destination, or push: false');
    for (const one of destinations) if (!/^[\w.:/@+-]+$/.test(one)) throw illegalArgument(`‘${one}’ is no name of an image`);
    const cache = cacheOf(cx, args.cache);
    if (cache === true && destinations.length === 0) throw illegalArgument('buildImage needs a destination, or a repository as cache');
    const builder = (yield* cx.ask('other', { name: 'imageBuilder', data: {} })) as unknown as ImageBuilder;
    const tool = IMAGE_TOOLS[builder.kind];
    const logins = yield* loginsOf(cx, builder, destinations, args.credentialsId);
    const build: ImageBuild = {
      context: args.context,
      dockerfile: args.dockerfile ?? `${args.context.replace(/\/+$/, '')}/Dockerfile`,
      destinations,
      buildArgs: [...(args.buildArgs ?? [])].map(([name, value]): [string, string] => [name, cx.rt.str(value)]),
      target: args.target === '' ? null : args.target,
      push: args.push,
      cache: cache === true ? (builder.cacheRepository ?? true) : cache,
      login: logins.length > 0,
      isInsecure: (reference) => builder.insecureRegistries.includes(registryOf(reference)),
      more: [...builder.arguments, ...(args.arguments ?? [])],
    };
    const container = args.container === 'none' ? null : (args.container ?? builder.container);
    const result = yield* cx.ask('task', {
      ...cx.place(),
      shell: 'sh',
      script: scriptOf(tool, builder.program ?? tool.program, build, logins),
      env: { ...cx.environment(), ...Object.fromEntries(logins.flatMap(({ user, word }, i) => [[USER + i, user] as const, [WORD + i, word] as const])) },
      returnStdout: true,
      encoding: null,
      masks: [...cx.scope.masks, ...secretMasks(logins.flatMap(({ user, word }) => [word, btoaOf(`${user}:${word}`)]))],
      launchers: container === null ? cx.launchers : [{ kind: 'container', name: container, shell: builder.shell ?? tool.shell }],
    });
    if (result.exit !== 0) throw abortError(`The image was not built: ${builder.kind} returned exit code ${result.exit}`);
    const digest = tool.digestOf(result.stdout ?? '');
    if (digest !== null) cx.log(`Built ${destinations.join(', ')}${destinations.length === 0 ? '' : ' '}${digest}`);
    return digest;
  },
});

interface Login {
  readonly registry: string;
  readonly user: string;
  readonly word: string;
}

/** Of the configuration's registries, and of the destinations' where the step names credentials. */
function* loginsOf(cx: StepContext, { registries }: ImageBuilder, destinations: readonly string[], own: string | null): Computation<Login[]> {
  const ids = new Map(Object.entries(registries));
  if (own !== null && own !== '') for (const one of destinations) ids.set(registryOf(one), own);
  const logins: Login[] = [];
  for (const [registry, id] of ids) {
    const { fields } = yield* credentialOf(cx, id, [['username'], ['password']], 'Username with password');
    // Docker Hub is known by its old address.
    logins.push({
      registry: registry === 'docker.io' ? 'https://index.docker.io/v1/' : registry,
      user: fields['username'] ?? '',
      word: fields['password'] ?? '',
    });
  }
  return logins;
}

function scriptOf(tool: ImageTool, program: string, build: ImageBuild, logins: readonly Login[]): string {
  const folder = tool.scratch === null ? '' : `mktemp -d ${tool.scratch}/millrace.XXXXXX 2>/dev/null || `;
  const lines = [
    '{ set +x; } 2>/dev/null',
    `dir=$(${folder}mktemp -d) || exit 1`,
    `trap 'rm -rf "$dir"' EXIT`,
    `trap 'exit 143' HUP INT TERM`,
    `run() { printf '$ %s\\n' "$*"; "$@"; }`,
  ];
  if (logins.length > 0) {
    const entries = logins.map(
      ({ registry }, i) =>
        `  printf '%s"%s":{"auth":"%s"}' '${i === 0 ? '' : ','}' ${shellWord(registry)} "$(printf '%s:%s' "$${USER}${i}" "$${WORD}${i}" | base64 | tr -d '\\n')"`,
    );
    lines.push(
      '( umask 077',
      `  { printf '{"auths":{'`,
      ...entries,
      `  printf '}}'; } > "$dir/config.json" ) || exit 1`,
      `unset ${logins.flatMap((_, i) => [USER + i, WORD + i]).join(' ')}`,
      'export DOCKER_CONFIG="$dir"',
    );
  }
  if (tool.before !== '') lines.push(tool.before);
  for (const command of tool.commands(program, build)) lines.push(`run ${command.join(' ')} >&2 || exit $?`);
  lines.push(`if [ -e "$dir/${tool.result}" ]; then cat "$dir/${tool.result}"; fi`, '');
  return lines.join('\n');
}

function cacheOf(cx: StepContext, value: Value): string | true | null {
  if (value === null || value === false) return null;
  if (value === true) return true;
  const text = cx.rt.str(value).trim();
  return text === '' ? null : text;
}

function btoaOf(text: string): string {
  return btoa(String.fromCharCode(...new TextEncoder().encode(text)));
}

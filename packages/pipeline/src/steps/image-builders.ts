/**
 * The tools that build images without a daemon, each as the command lines of one build. Where the flags are told:
 * kaniko https://github.com/GoogleContainerTools/kaniko#additional-flags, BuildKit https://github.com/moby/buildkit#building-a-dockerfile-with-buildctl,
 * Buildah https://github.com/containers/buildah/blob/main/docs/buildah-build.1.md and buildah-push.1.md.
 */
import { shellWord } from './docker-client.ts';

export type ImageBuilderKind = 'kaniko' | 'buildkit' | 'buildah';

/** `imageBuilder` of the configuration. */
export interface ImageBuilder {
  readonly kind: ImageBuilderKind;
  /** Of pods that inherit from the template `image-builder`; null: that is not made. */
  readonly image: string | null;
  /** The container of the pod that has the tool; null: on the node itself. */
  readonly container: string | null;
  /** Null: where its own image has it. */
  readonly program: string | null;
  /** That runs its script in the container; null: the kind's. */
  readonly shell: string | null;
  /** Ids of credentials by the registries that they are for. */
  readonly registries: { readonly [registry: string]: string };
  /** Registries that speak HTTP, or have a certificate that nobody knows. */
  readonly insecureRegistries: readonly string[];
  /** A repository for layers; null: beside the image. */
  readonly cacheRepository: string | null;
  /** Of every build. */
  readonly arguments: readonly string[];
}

export interface ImageBuild {
  /** A path. */
  readonly context: string;
  readonly dockerfile: string;
  readonly destinations: readonly string[];
  readonly buildArgs: readonly (readonly [name: string, value: string])[];
  readonly target: string | null;
  readonly push: boolean;
  /** `true`: in a repository beside the first destination. */
  readonly cache: string | true | null;
  /** The file with logins is there. */
  readonly login: boolean;
  readonly isInsecure: (reference: string) => boolean;
  readonly more: readonly string[];
}

export interface ImageTool {
  readonly program: string;
  readonly shell: string | null;
  /** A folder that never becomes part of an image. */
  readonly scratch: string | null;
  /** A line of shell before them. */
  readonly before: string;
  /** Commands as words of a shell. `$dir` is a folder of this build alone, with `config.json` where there are logins. */
  readonly commands: (program: string, build: ImageBuild) => readonly (readonly string[])[];
  /** What they leave in `$dir` that tells the digest. */
  readonly result: string;
  readonly digestOf: (result: string) => string | null;
}

const word = shellWord;
/** Paths as the container has them: its working directory is the step's, wherever the volume is mounted. */
function path(of: string, prefix = ''): string {
  const plain = of.replace(/^(\.\/+)+/, '').replace(/\/+$/, '');
  if (plain.startsWith('/')) return word(prefix + plain);
  return `${prefix === '' ? '' : word(prefix)}"$PWD"${plain === '' || plain === '.' ? '' : `/${word(plain)}`}`;
}
function each(flag: string, values: readonly string[]): string[] {
  return values.flatMap((value) => [flag, word(value)]);
}
function argsOf({ buildArgs }: ImageBuild, prefix = ''): string[] {
  return buildArgs.map(([name, value]) => `${prefix}${name}=${value}`);
}
function plainDigest(result: string): string | null {
  return /sha256:[0-9a-f]{64}/.exec(result)?.[0] ?? null;
}

/** The registry of `registry.example:5000/team/app:1`; Docker Hub's where none is named. */
export function registryOf(reference: string): string {
  const [first = '', ...rest] = reference.split('/');
  return rest.length > 0 && (/[.:]/.test(first) || first === 'localhost') ? first : 'docker.io';
}
/** Without tag and digest. */
export function repositoryOf(reference: string): string {
  return reference.replace(/@.*$/, '').replace(/:[^:/]*$/, '');
}

const kaniko: ImageTool = {
  program: '/kaniko/executor',
  shell: '/busybox/sh',
  scratch: '/kaniko',
  before: '',
  commands: (program, build) => {
    const { cache, target } = build;
    const insecure = [...new Set(build.destinations.filter(build.isInsecure).map(registryOf))];
    return [
      [
        word(program),
        '--context',
        path(build.context, 'dir://'),
        '--dockerfile',
        path(build.dockerfile),
        ...each('--destination', build.destinations),
        ...each('--build-arg', argsOf(build)),
        ...(target === null ? [] : ['--target', word(target)]),
        ...(cache === null ? [] : ['--cache=true', ...(cache === true ? [] : ['--cache-repo', word(cache)])]),
        ...(build.push ? [] : ['--no-push']),
        ...each('--insecure-registry', insecure),
        '--digest-file',
        '"$dir"/digest',
        // The container may build again.
        '--cleanup',
        ...build.more.map(word),
      ],
    ];
  },
  result: 'digest',
  digestOf: plainDigest,
};

const buildkit: ImageTool = {
  program: 'buildctl-daemonless.sh',
  shell: null,
  scratch: null,
  // Without root there is no process sandbox in a pod that is not privileged.
  before: '[ "$(id -u)" = 0 ] || export BUILDKITD_FLAGS="${BUILDKITD_FLAGS:---oci-worker-no-process-sandbox}"',
  commands: (program, build) => {
    const { cache, target, destinations } = build;
    const file = build.dockerfile.replace(/\/+$/, '');
    const slash = file.lastIndexOf('/');
    const ref = cache === true ? `${repositoryOf(destinations[0] ?? '')}:buildcache` : cache;
    const names = destinations.length === 1 ? `name=${destinations[0]}` : `"name=${destinations.join(',')}"`;
    return [
      [
        word(program),
        'build',
        '--frontend',
        'dockerfile.v0',
        '--local',
        path(build.context, 'context='),
        '--local',
        path(slash < 0 ? '.' : slash === 0 ? '/' : file.slice(0, slash), 'dockerfile='),
        '--opt',
        word(`filename=${file.slice(slash + 1)}`),
        ...(target === null ? [] : ['--opt', word(`target=${target}`)]),
        ...each('--opt', argsOf(build, 'build-arg:')),
        ...(build.push ? ['--output', word(`type=image,${names},push=true${destinations.some(build.isInsecure) ? ',registry.insecure=true' : ''}`)] : []),
        ...(ref === null ? [] : ['--export-cache', word(`type=registry,ref=${ref},mode=max`), '--import-cache', word(`type=registry,ref=${ref}`)]),
        '--metadata-file',
        '"$dir"/metadata.json',
        '--progress',
        'plain',
        ...build.more.map(word),
      ],
    ];
  },
  result: 'metadata.json',
  digestOf: (result) => /"containerimage\.digest":\s*"(sha256:[0-9a-f]{64})"/.exec(result)?.[1] ?? null,
};

const buildah: ImageTool = {
  program: 'buildah',
  shell: null,
  scratch: null,
  before: '',
  commands: (program, build) => {
    const { cache, target, destinations } = build;
    const repository = cache === true ? `${repositoryOf(destinations[0] ?? '')}/cache` : cache;
    // What needs neither a device nor a mount: pods give none.
    const tool = [word(program), '--storage-driver', 'vfs'];
    const login = build.login ? ['--authfile', '"$dir"/config.json'] : [];
    const insecure = (some: readonly string[]): string[] => (some.some(build.isInsecure) ? ['--tls-verify=false'] : []);
    return [
      [
        ...tool,
        'build',
        '--isolation',
        'chroot',
        ...login,
        '--file',
        path(build.dockerfile),
        ...each('--tag', destinations),
        ...each('--build-arg', argsOf(build)),
        ...(target === null ? [] : ['--target', word(target)]),
        ...(repository === null ? [] : ['--layers', '--cache-from', word(repository), '--cache-to', word(repository)]),
        ...insecure(destinations),
        ...build.more.map(word),
        path(build.context),
      ],
      ...(build.push ? destinations : []).map((one) => [
        ...tool,
        'push',
        ...login,
        ...insecure([one]),
        '--digestfile',
        '"$dir"/digest',
        word(one),
        word(`docker://${one}`),
      ]),
    ];
  },
  result: 'digest',
  digestOf: plainDigest,
};

export const IMAGE_TOOLS: { readonly [K in ImageBuilderKind]: ImageTool } = { kaniko, buildkit, buildah };

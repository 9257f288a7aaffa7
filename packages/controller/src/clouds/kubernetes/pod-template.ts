/**
 * Pod templates: of the configuration, and of `podTemplate` and `agent { kubernetes }` in pipelines, with all arguments of the
 * kubernetes plug-in; and what comes of it where one inherits from others. Follows PodTemplate, PodTemplateUtils.combine and
 * unwrap, and PodTemplateStepExecution there. Pure.
 */
import type { Json } from '@millrace/pipeline';
import type { Fields } from './arguments.ts';
import { Arguments, isFields, TemplateError } from './arguments.ts';
import type { PodPiece } from './pod-yaml.ts';
import { checkContainerName, combinePods, readPodPiece, readPodYaml } from './pod-yaml.ts';
import type { PodVolume } from './volumes.ts';
import { readVolume } from './volumes.ts';

export const RETENTIONS = ['never', 'onFailure', 'always', 'evicted'] as const;
/** When a pod stays after its build. */
export type Retention = (typeof RETENTIONS)[number];

/** Null: nothing is said, and what is inherited counts. */
export interface PodTemplate {
  readonly name: string | null;
  /** Labels, parted by blanks. */
  readonly label: string | null;
  readonly namespace: string | null;
  /** Names, parted by blanks. Empty: of nothing, in spite of a template around. */
  readonly inheritFrom: string | null;
  readonly containers: readonly ContainerTemplate[];
  readonly volumes: readonly PodVolume[];
  readonly workspaceVolume: PodVolume | null;
  readonly env: readonly Fields[];
  readonly annotations: Readonly<Record<string, string>>;
  readonly imagePullSecrets: readonly string[];
  readonly nodeSelector: Readonly<Record<string, string>> | null;
  readonly serviceAccount: string | null;
  readonly schedulerName: string | null;
  readonly runAsUser: number | null;
  readonly runAsGroup: number | null;
  readonly supplementalGroups: readonly number[] | null;
  readonly hostNetwork: boolean | null;
  readonly terminationGracePeriodSeconds: number | null;
  /** The inherited ones first. */
  readonly yamls: readonly PodPiece[];
  readonly yamlMergeStrategy: 'merge' | 'override' | null;
  readonly inheritYamlMergeStrategy: boolean;
  readonly agentContainer: string | null;
  /** Put the agent's program into the agent's container, whose image does not have it. */
  readonly agentInjection: boolean | null;
  readonly instanceCap: number | null;
  readonly idleMinutes: number | null;
  readonly connectSeconds: number | null;
  readonly activeDeadlineSeconds: number | null;
  readonly nodeUsageMode: 'normal' | 'exclusive' | null;
  /** Ours, and of the configuration alone: how often a block runs whose pod is lost. */
  readonly retries: number | null;
  readonly retention: Retention | null;
  readonly showRawYaml: boolean | null;
}

/** One container: what the plug-in's containerTemplate says, as a piece of the manifest. */
export interface ContainerTemplate {
  readonly name: string;
  readonly piece: Fields;
}

const CONTAINER_ARGUMENTS = [
  'name image command args ttyEnabled workingDir alwaysPullImage privileged runAsUser runAsGroup envVars ports livenessProbe shell',
  'resourceRequestCpu resourceRequestMemory resourceRequestEphemeralStorage resourceLimitCpu resourceLimitMemory resourceLimitEphemeralStorage',
].flatMap((names) => names.split(' '));

/** All that a template may say; of single containers there is the old form too. */
export const POD_TEMPLATE_ARGUMENTS: ReadonlySet<string> = new Set(
  [
    ...CONTAINER_ARGUMENTS.filter((name) => name !== 'shell'),
    'label labels namespace inheritFrom containers volumes workspaceVolume annotations imagePullSecrets nodeSelector serviceAccount schedulerName',
    'supplementalGroups hostNetwork terminationGracePeriodSeconds yaml yamls yamlMergeStrategy inheritYamlMergeStrategy agentContainer agentInjection',
    'instanceCap idleMinutes slaveConnectTimeout activeDeadlineSeconds nodeUsageMode podRetention retries showRawYaml remoteFs',
  ].flatMap((names) => names.split(' ')),
);

/** `at`: its place, for errors. Throws TemplateError. Names that the plug-in does not know are the caller's to refuse. */
export function readPodTemplate(data: Json, at: string): PodTemplate {
  const args = new Arguments(data, at);
  const user = args.whole('runAsUser'),
    group = args.whole('runAsGroup');
  const single = args.word('image') === null ? [] : [readContainer(singleContainer(args))];
  return {
    name: args.word('name'),
    label: args.word('label'),
    namespace: args.word('namespace'),
    inheritFrom: args.text('inheritFrom')?.trim() ?? null,
    containers: [...single, ...args.list('containers').map(readContainer)],
    volumes: args.list('volumes').map(readVolume),
    workspaceVolume: args.object('workspaceVolume') === null ? null : readVolume(args.object('workspaceVolume') as Arguments),
    env: readEnv(args),
    annotations: readAnnotations(args),
    imagePullSecrets: args.words('imagePullSecrets').filter((name) => name.trim() !== ''),
    nodeSelector: readNodeSelector(args),
    serviceAccount: args.word('serviceAccount'),
    schedulerName: args.word('schedulerName'),
    runAsUser: user,
    runAsGroup: group,
    supplementalGroups: readGroups(args),
    hostNetwork: args.flag('hostNetwork'),
    terminationGracePeriodSeconds: args.whole('terminationGracePeriodSeconds'),
    yamls: readYamls(args),
    yamlMergeStrategy: readStrategy(args),
    inheritYamlMergeStrategy: args.flag('inheritYamlMergeStrategy') ?? false,
    agentContainer: args.word('agentContainer'),
    agentInjection: args.flag('agentInjection'),
    instanceCap: positive(args.whole('instanceCap')),
    idleMinutes: positive(args.whole('idleMinutes')),
    connectSeconds: positive(args.whole('slaveConnectTimeout')),
    activeDeadlineSeconds: positive(args.whole('activeDeadlineSeconds')),
    nodeUsageMode: readMode(args),
    retries: positive(args.whole('retries')),
    retention: readRetention(args),
    showRawYaml: args.flag('showRawYaml'),
  };
}

/** The plug-in's old form: one container's settings on the template itself. */
function singleContainer(args: Arguments): Arguments {
  const fields: { [name: string]: Json } = { name: 'jnlp' };
  for (const name of CONTAINER_ARGUMENTS) if (!['name', 'envVars', 'runAsUser', 'runAsGroup'].includes(name)) fields[name] = args.raw(name);
  fields['workingDir'] ??= args.raw('remoteFs');
  return new Arguments(fields, args.at);
}

/** Neither 0 nor the largest whole number is a limit. */
function positive(value: number | null): number | null {
  return value === null || value <= 0 || value >= 2 ** 31 - 1 ? null : value;
}

function readContainer(args: Arguments): ContainerTemplate {
  const name = args.required('name');
  checkContainerName(name);
  const privileged = args.flag('privileged') === true,
    runAsUser = args.whole('runAsUser'),
    runAsGroup = args.whole('runAsGroup');
  const probe = args.object('livenessProbe');
  const command = splitCommandLine(args.text('command') ?? ''),
    argumentsOf = splitCommandLine(args.text('args') ?? '');
  const requests = resources(args, 'Request'),
    limits = resources(args, 'Limit');
  const env = readEnv(args);
  const ports = args
    .list('ports')
    .map((port) => present({ name: port.word('name'), containerPort: port.whole('containerPort'), hostPort: positive(port.whole('hostPort')) }));
  return {
    name,
    piece: present({
      name,
      image: args.word('image'),
      imagePullPolicy: args.flag('alwaysPullImage') === true ? 'Always' : args.word('image') === null ? null : 'IfNotPresent',
      command: command.length === 0 ? null : command,
      args: argumentsOf.length === 0 ? null : argumentsOf,
      tty: args.flag('ttyEnabled') === true ? true : null,
      workingDir: args.word('workingDir'),
      env: env.length === 0 ? null : env,
      ports: ports.length === 0 ? null : ports,
      livenessProbe: probe === null || probe.word('execArgs') === null ? null : readProbe(probe),
      resources: requests === null && limits === null ? null : present({ requests, limits }),
      securityContext: !privileged && runAsUser === null && runAsGroup === null ? null : present({ privileged, runAsUser, runAsGroup }),
    }),
  };
}

function readProbe(probe: Arguments): Fields {
  const number = (name: string): number | null => positive(probe.whole(name));
  return present({
    exec: { command: splitCommandLine(probe.required('execArgs')) },
    initialDelaySeconds: number('initialDelaySeconds'),
    timeoutSeconds: number('timeoutSeconds'),
    failureThreshold: number('failureThreshold'),
    periodSeconds: number('periodSeconds'),
    successThreshold: number('successThreshold'),
  });
}

function resources(args: Arguments, which: 'Request' | 'Limit'): Fields | null {
  const all = present({
    cpu: args.word(`resource${which}Cpu`),
    memory: args.word(`resource${which}Memory`),
    'ephemeral-storage': args.word(`resource${which}EphemeralStorage`),
  });
  return Object.keys(all).length === 0 ? null : all;
}

/** `envVar`, `containerEnvVar`, `podEnvVar` and `secretEnvVar`; the last of a name wins. */
function readEnv(args: Arguments): Fields[] {
  const all = new Map<string, Fields>();
  for (const one of args.list('envVars')) {
    const key = one.word('key');
    if (key === null) continue;
    const secretName = one.word('secretName');
    all.set(
      key,
      secretName === null
        ? { name: key, value: one.text('value') ?? '' }
        : {
            name: key,
            valueFrom: { secretKeyRef: present({ name: secretName, key: one.required('secretKey'), optional: one.flag('optional') === true ? true : null }) },
          },
    );
  }
  return [...all.values()];
}

function readAnnotations(args: Arguments): Record<string, string> {
  const value = args.raw('annotations');
  if (value !== null && !Array.isArray(value)) {
    const map = args.object('annotations') as Arguments;
    return Object.fromEntries(map.names.map((name) => [name, map.text(name) ?? '']));
  }
  return Object.fromEntries(args.list('annotations').map((one) => [one.required('key'), one.text('value') ?? '']));
}

/** `disk=ssd,zone=a`, or a mapping. What is neither is passed over, as the plug-in does. */
function readNodeSelector(args: Arguments): Record<string, string> | null {
  const value = args.raw('nodeSelector');
  if (value === null) return null;
  if (typeof value === 'object') {
    const map = args.object('nodeSelector') as Arguments;
    return Object.fromEntries(map.names.map((name) => [name, map.text(name) ?? '']));
  }
  const pairs = String(value)
    .split(',')
    .map((pair) => pair.trim().split('='))
    .filter((pair): pair is [string, string] => pair.length === 2 && pair[0] !== '' && pair[1] !== '');
  return pairs.length === 0 ? null : Object.fromEntries(pairs);
}

function readGroups(args: Arguments): number[] | null {
  const value = args.raw('supplementalGroups');
  if (value === null) return null;
  const words = Array.isArray(value) ? value.map(String) : String(value).split(',');
  const groups = words.map((word) => word.trim()).filter((word) => /^\d{1,10}$/.test(word));
  return groups.length === 0 ? null : groups.map(Number);
}

function readYamls(args: Arguments): PodPiece[] {
  const one = (value: Json, at: string): PodPiece[] => {
    if (value === null || (typeof value === 'string' && value.trim() === '')) return [];
    return [typeof value === 'string' ? readPodYaml(value, at) : readPodPiece(value, at)];
  };
  const yamls = args.raw('yamls');
  if (Array.isArray(yamls)) return (yamls as readonly Json[]).flatMap((yaml, i) => one(yaml, `${args.at}.yamls[${i}]`));
  return one(args.raw('yaml'), `${args.at}.yaml`);
}

function kindOf(args: Arguments, name: string): string | null {
  const value = args.raw(name);
  if (value === null) return null;
  return typeof value === 'object' ? (args.object(name) as Arguments).kind : String(value);
}

function readStrategy(args: Arguments): PodTemplate['yamlMergeStrategy'] {
  const kind = kindOf(args, 'yamlMergeStrategy')?.toLowerCase() ?? null;
  if (kind === null || kind === '') return null;
  if (kind === 'merge') return 'merge';
  if (kind === 'override' || kind === 'overrides') return 'override';
  throw args.wrong('yamlMergeStrategy', 'must be merge() or override()');
}

function readMode(args: Arguments): PodTemplate['nodeUsageMode'] {
  const mode = args.word('nodeUsageMode')?.toLowerCase() ?? null;
  if (mode === null || mode === 'normal' || mode === 'exclusive') return mode;
  throw args.wrong('nodeUsageMode', 'must be NORMAL or EXCLUSIVE');
}

function readRetention(args: Arguments): Retention | null {
  const kind = kindOf(args, 'podRetention')?.toLowerCase() ?? null;
  if (kind === null || kind === '' || kind === 'default') return null;
  const found = RETENTIONS.find((one) => one.toLowerCase() === kind);
  if (found === undefined) throw args.wrong('podRetention', 'must be never(), onFailure(), always(), evicted() or default()');
  return found;
}

/** What `over` says wins; lists add up by their names. Follows PodTemplateUtils.combine. */
export function combineTemplates(under: PodTemplate | null, over: PodTemplate): PodTemplate {
  if (under === null) return over;
  const or = <K extends keyof PodTemplate>(name: K): PodTemplate[K] => over[name] ?? under[name];
  return {
    name: over.name,
    label: over.label,
    namespace: or('namespace'),
    inheritFrom: or('inheritFrom'),
    containers: combineContainers(under.containers, over.containers),
    volumes: byKey([...under.volumes, ...over.volumes], (v) => v.mountPath),
    workspaceVolume: or('workspaceVolume'),
    env: byKey([...under.env, ...over.env], (v) => v['name'] as string),
    annotations: { ...under.annotations, ...over.annotations },
    imagePullSecrets: [...new Set([...under.imagePullSecrets, ...over.imagePullSecrets])],
    nodeSelector: or('nodeSelector'),
    serviceAccount: or('serviceAccount'),
    schedulerName: or('schedulerName'),
    runAsUser: or('runAsUser'),
    runAsGroup: or('runAsGroup'),
    supplementalGroups: or('supplementalGroups'),
    hostNetwork: or('hostNetwork'),
    terminationGracePeriodSeconds: or('terminationGracePeriodSeconds'),
    yamls: [...under.yamls, ...over.yamls],
    yamlMergeStrategy: over.yamlMergeStrategy ?? (under.inheritYamlMergeStrategy ? under.yamlMergeStrategy : null),
    inheritYamlMergeStrategy: under.inheritYamlMergeStrategy,
    agentContainer: or('agentContainer'),
    agentInjection: or('agentInjection'),
    instanceCap: or('instanceCap'),
    idleMinutes: or('idleMinutes'),
    connectSeconds: or('connectSeconds'),
    activeDeadlineSeconds: or('activeDeadlineSeconds'),
    nodeUsageMode: or('nodeUsageMode'),
    retries: or('retries'),
    retention: or('retention'),
    showRawYaml: or('showRawYaml'),
  };
}

function combineContainers(under: readonly ContainerTemplate[], over: readonly ContainerTemplate[]): ContainerTemplate[] {
  const all = new Map(under.map((c) => [c.name, c]));
  for (const c of over) {
    const known = all.get(c.name);
    all.set(c.name, known === undefined ? c : { name: c.name, piece: combinePods(known.piece, c.piece) });
  }
  return [...all.values()];
}

function byKey<T>(all: readonly T[], key: (one: T) => string): T[] {
  return [...new Map(all.map((one) => [key(one), one])).values()];
}

/**
 * A pipeline's template with all that it inherits: what `inheritFrom` names, else the `parent` that it stands in; below all the
 * cloud's default. Names that no template has are passed over, as the plug-in does. Throws TemplateError.
 */
export function resolvePipelineTemplate(data: Fields, templates: ReadonlyMap<string, PodTemplate>, standard: string | null): PodTemplate {
  const one = (fields: Fields, at: string): PodTemplate => {
    const said = readPodTemplate(fields, at);
    const around = isFields(fields['parent']) ? one(fields['parent'], `${at}.parent`) : null;
    // The namespace is that of the one around, even where nothing else is.
    const own = { ...said, namespace: said.namespace ?? around?.namespace ?? null };
    let under = own.inheritFrom === null ? around : null;
    for (const name of (own.inheritFrom ?? '').split(/\s+/)) {
      const found = templates.get(name);
      if (found !== undefined) under = combineTemplates(under, resolveTemplate(found, templates));
    }
    return combineTemplates(under, own);
  };
  const below = standard === null ? undefined : templates.get(standard);
  const resolved = one(data, 'podTemplate');
  return below === undefined ? resolved : combineTemplates(resolveTemplate(below, templates), resolved);
}

/** One of the configuration with all that it inherits. Throws TemplateError where they inherit from each other. */
export function resolveTemplate(template: PodTemplate, templates: ReadonlyMap<string, PodTemplate>, path: readonly PodTemplate[] = []): PodTemplate {
  if (path.includes(template)) throw new TemplateError(`the pod template ‘${template.name}’ inherits from itself`);
  let under: PodTemplate | null = null;
  for (const name of (template.inheritFrom ?? '').split(/\s+/)) {
    const found = templates.get(name);
    if (found !== undefined) under = combineTemplates(under, resolveTemplate(found, templates, [...path, template]));
  }
  return combineTemplates(under, template);
}

/** A command line as Ant parts it, which the plug-in uses: blanks part, quotes keep together, and are no more. */
export function splitCommandLine(line: string): string[] {
  const words: string[] = [];
  let word: string | null = null,
    quote: string | null = null;
  for (const c of line) {
    if (quote !== null) {
      if (c === quote) quote = null;
      else word = (word ?? '') + c;
    } else if (c === '"' || c === "'") {
      quote = c;
      word ??= '';
    } else if (/\s/.test(c)) {
      if (word !== null) words.push(word);
      word = null;
    } else word = (word ?? '') + c;
  }
  if (quote !== null) throw new TemplateError(`unbalanced quotes in ${line}`);
  if (word !== null) words.push(word);
  return words;
}

/** Without what is null. */
export function present(fields: { readonly [name: string]: Json }): Fields {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== null));
}

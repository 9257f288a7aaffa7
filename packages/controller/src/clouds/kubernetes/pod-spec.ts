/**
 * From a template to the manifest of one pod. Follows PodTemplateBuilder of the kubernetes plug-in: the YAML is below, what the
 * template's own fields say is laid over it, then come defaults. What is ours: the agent's container runs our agent, whose
 * secret is in a Secret of the pod's name; each container asks for resources; a pod never starts a container again. Pure.
 */
import type { Json } from '@millrace/pipeline';
import type { Fields } from './arguments.ts';
import { isFields, TemplateError } from './arguments.ts';
import type { PodTemplate, Retention } from './pod-template.ts';
import { present } from './pod-template.ts';
import type { PodPiece } from './pod-yaml.ts';
import { combinePods, listOf } from './pod-yaml.ts';
import { normalPath } from './volumes.ts';

export const WORKSPACE_VOLUME = 'workspace-volume';
const AGENT_VOLUME = 'millrace-agent';
const AGENT_FOLDER = '/millrace-agent';
const DEFAULT_WORKING_DIR = '/home/jenkins/agent';
/** Marks of ours on a pod. */
export const INSTALLATION_LABEL = 'millrace.io/installation';
export const NODE_LABEL = 'millrace.io/node';
export const CLOUD_LABEL = 'millrace.io/cloud';
export const RETENTION_ANNOTATION = 'millrace.io/pod-retention';
/** On a pod that stays to be looked at: why. */
export const KEPT_LABEL = 'millrace.io/kept';
/** What it counts as: labels' values would be too short. */
export const TEMPLATE_ANNOTATION = 'millrace.io/template';
export const JOB_ANNOTATION = 'millrace.io/job';
export const AGENT_ANNOTATION = 'millrace.io/agent-container';
/** Key of the pod's Secret. */
export const SECRET_KEY = 'agent-secret';

/** What holds for all pods of a cloud. */
export interface PodDefaults {
  readonly cloud: string;
  readonly installation: string;
  readonly namespace: string;
  /** The image of the agent: see deploy/agent. */
  readonly agentImage: string;
  readonly labels: Readonly<Record<string, string>>;
  /** What a container asks for that says nothing itself. */
  readonly requests: { readonly agent: Readonly<Record<string, string>>; readonly other: Readonly<Record<string, string>> };
  readonly retention: Retention;
  readonly retries: number;
  /** Containers get what pod security `restricted` wants of them. */
  readonly restricted: boolean;
}

export interface PodIdentity {
  /** Of the node, the pod and its Secret. */
  readonly name: string;
  /** A controller's address for the agent. */
  readonly url: string;
  /** Of the offer, and of the request that it is made for. */
  readonly template: string;
  readonly job: string | null;
  /** The build that it is made for. */
  readonly build: { readonly url: string; readonly path: string } | null;
}

export interface PodSettings {
  readonly namespace: string;
  readonly labels: readonly string[];
  readonly idleMinutes: number | null;
  readonly instanceCap: number | null;
  readonly connectSeconds: number;
  readonly mode: 'normal' | 'exclusive';
  readonly retries: number;
  readonly showRawYaml: boolean;
}

/** A build is over by then; what wants longer says so. */
const GRACE_SECONDS = 5;
const CONNECT_SECONDS = 1_000;

/** Of a resolved template. */
export function podSettings(template: PodTemplate, { namespace, retries }: PodDefaults): PodSettings {
  const own = metadataOf(yamlOf(template))['namespace'];
  return {
    namespace: typeof own === 'string' ? own : (template.namespace ?? namespace),
    labels: (template.label ?? '').split(/\s+/).filter((l) => l !== ''),
    idleMinutes: template.idleMinutes,
    instanceCap: template.instanceCap,
    connectSeconds: template.connectSeconds ?? CONNECT_SECONDS,
    mode: template.nodeUsageMode ?? 'normal',
    retries: template.retries ?? retries,
    showRawYaml: template.showRawYaml ?? true,
  };
}

/** Throws TemplateError. */
export function podManifest(template: PodTemplate, defaults: PodDefaults, { name, url, template: offered, job, build }: PodIdentity): Fields {
  const { namespace } = podSettings(template, defaults);
  const mounts = mountsOf(template);
  const combined = combinePods(yamlOf(template), ownPiece(template, mounts));
  const spec = isFields(combined['spec']) ? combined['spec'] : {};
  const agentName = template.agentContainer ?? 'jnlp';
  const given = listOf(spec['containers']) as Fields[];
  const found = given.find((c) => c['name'] === agentName);
  const agent: Fields = found ?? { name: agentName, ...(mounts.mounts.length === 0 ? {} : { volumeMounts: mounts.mounts }) };
  const root = normalPath((agent['workingDir'] as string | undefined) ?? DEFAULT_WORKING_DIR);
  const injects = template.agentInjection ?? (agent['image'] !== undefined && agent['image'] !== defaults.agentImage);
  const secured = (container: Fields): Fields => (defaults.restricted ? withRestrictions(container) : container);
  const containers = (found === undefined ? [...given, agent] : given).map((container) => {
    const isAgent = container === agent;
    const run = isAgent ? agentContainer(container, { template, defaults, name, url, root, injects, secrets: secretsOf(given, template) }) : container;
    return secured(withDefaults(run, { root, requests: isAgent ? defaults.requests.agent : defaults.requests.other }));
  });
  const initContainers = [...listOf(spec['initContainers']), ...(injects ? [injector(defaults)] : [])];
  for (const container of containers)
    if (container['image'] === undefined) throw new TemplateError(`the container ‘${String(container['name'])}’ has no image`);
  const volumes = listOf(spec['volumes']);
  const hasVolume = (volume: string): boolean => volumes.some((v) => isFields(v) && v['name'] === volume);
  const metadata = metadataOf(combined);
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: {
      ...metadata,
      name,
      namespace,
      labels: {
        ...defaults.labels,
        ...mapOf(metadata['labels']),
        [INSTALLATION_LABEL]: defaults.installation,
        [CLOUD_LABEL]: labelValue(defaults.cloud),
        [NODE_LABEL]: name,
        ...(template.label === null ? {} : { 'jenkins/label': labelValue(template.label) }),
      },
      annotations: {
        'cluster-autoscaler.kubernetes.io/safe-to-evict': 'false',
        ...mapOf(metadata['annotations']),
        [RETENTION_ANNOTATION]: template.retention ?? defaults.retention,
        [AGENT_ANNOTATION]: agentName,
        [TEMPLATE_ANNOTATION]: offered,
        ...(job === null ? {} : { [JOB_ANNOTATION]: job }),
        ...(build === null ? {} : { buildUrl: build.url, runUrl: build.path }),
      },
    },
    spec: {
      restartPolicy: 'Never',
      terminationGracePeriodSeconds: GRACE_SECONDS,
      ...spec,
      ...(initContainers.length === 0 ? {} : { initContainers: initContainers.map((container) => secured(container as Fields)) }),
      containers,
      volumes: [
        ...volumes,
        ...(hasVolume(WORKSPACE_VOLUME) ? [] : [{ name: WORKSPACE_VOLUME, ...(template.workspaceVolume?.source ?? { emptyDir: {} }) }]),
        ...(injects && !hasVolume(AGENT_VOLUME) ? [{ name: AGENT_VOLUME, emptyDir: {} }] : []),
      ],
    },
  };
}

function yamlOf(template: PodTemplate): PodPiece {
  if (template.yamlMergeStrategy !== 'merge') return template.yamls.at(-1) ?? {};
  return template.yamls.reduce((under, over) => combinePods(under, over), {});
}

/** What the template's fields say, as a piece of a pod. */
function ownPiece(template: PodTemplate, { mounts, volumes }: ReturnType<typeof mountsOf>): PodPiece {
  const { runAsUser, runAsGroup, supplementalGroups } = template;
  const containers = template.containers.map(({ piece }) => {
    const own = combinePods(template.env.length === 0 ? {} : { env: template.env }, piece);
    return mounts.length === 0 ? own : combinePods({ volumeMounts: mounts }, own);
  });
  const securityContext = present({ runAsUser, runAsGroup, supplementalGroups });
  return {
    ...(Object.keys(template.annotations).length === 0 ? {} : { metadata: { annotations: template.annotations } }),
    spec: present({
      containers: containers.length === 0 ? null : containers,
      volumes: volumes.length === 0 ? null : volumes,
      nodeSelector: template.nodeSelector,
      serviceAccountName: template.serviceAccount,
      schedulerName: template.schedulerName,
      hostNetwork: template.hostNetwork,
      activeDeadlineSeconds: template.activeDeadlineSeconds,
      terminationGracePeriodSeconds: template.terminationGracePeriodSeconds,
      imagePullSecrets: template.imagePullSecrets.length === 0 ? null : template.imagePullSecrets.map((name) => ({ name })),
      securityContext: Object.keys(securityContext).length === 0 ? null : securityContext,
    }),
  };
}

function mountsOf({ volumes }: PodTemplate): { readonly mounts: readonly Fields[]; readonly volumes: readonly Fields[] } {
  return {
    mounts: volumes.map((volume, i) =>
      present({ name: `volume-${i}`, mountPath: volume.mountPath, subPath: volume.subPath, readOnly: volume.readOnly ? true : null }),
    ),
    volumes: volumes.map((volume, i) => ({ name: `volume-${i}`, ...volume.source })),
  };
}

interface AgentContext {
  readonly template: PodTemplate;
  readonly defaults: PodDefaults;
  readonly name: string;
  readonly url: string;
  readonly root: string;
  readonly injects: boolean;
  /** References to keys of Secrets that variables of the pod hold. */
  readonly secrets: readonly Fields[];
}

function agentContainer(container: Fields, { template, defaults, name, url, root, injects, secrets }: AgentContext): Fields {
  const own = listOf(combinePods({ env: template.env }, { env: listOf(container['env']) })['env']);
  const ours: Fields[] = [
    { name: 'MILLRACE_URL', value: url },
    { name: 'MILLRACE_AGENT_NAME', value: name },
    { name: 'MILLRACE_AGENT_SECRET', valueFrom: { secretKeyRef: { name, key: SECRET_KEY } } },
    { name: 'MILLRACE_AGENT_ROOT', value: root },
    { name: 'MILLRACE_AGENT_CONTAINER', value: String(container['name']) },
    // Of these a script may know, as in Jenkins; never of a Secret's, which would stand in the journal then.
    { name: 'MILLRACE_AGENT_SHOW', value: own.flatMap((v) => (isFields(v) && !isSecret(v) ? [String(v['name'])] : [])).join(',') },
    ...(injects ? [{ name: 'MILLRACE_AGENT_BUSYBOX', value: `${AGENT_FOLDER}/busybox` }] : []),
    ...secrets.map((secretKeyRef, i) => ({ name: `MILLRACE_AGENT_MASK_${i}`, valueFrom: { secretKeyRef } })),
    { name: 'JENKINS_AGENT_NAME', value: name },
    { name: 'JENKINS_NAME', value: name },
    { name: 'JENKINS_AGENT_WORKDIR', value: root },
  ];
  const env = combinePods({ env: ours }, { env: own })['env'] as Json;
  const hasCommand = listOf(container['command']).length > 0;
  // What starts Jenkins' own agent means nothing to ours.
  const said = listOf(container['args']).filter((arg) => !/\$\{computer\.(?:jnlpmac|name)\}|\$\(JENKINS_(?:SECRET|NAME|AGENT_NAME)\)/.test(String(arg)));
  const { command: _command, args: _args, ...rest } = container;
  const run: Fields = hasCommand
    ? { command: container['command'] as Json, ...(said.length === 0 ? {} : { args: said }) }
    : injects
      ? { command: [`${AGENT_FOLDER}/busybox`, 'sh', `${AGENT_FOLDER}/start`] }
      : said.length === 0
        ? {}
        : { args: said };
  const mounts = listOf(container['volumeMounts']);
  return {
    imagePullPolicy: 'IfNotPresent',
    ...rest,
    image: (container['image'] as string | undefined) ?? defaults.agentImage,
    ...run,
    env,
    ...(injects ? { volumeMounts: [...mounts, { name: AGENT_VOLUME, mountPath: AGENT_FOLDER, readOnly: true }] } : {}),
  };
}

/** The agent gets each of them to mask it, whichever container it is for; where it is missing that container says so, and not the agent's. */
function secretsOf(containers: readonly Fields[], template: PodTemplate): Fields[] {
  const found = new Map<string, Fields>();
  for (const variable of [...template.env, ...containers.flatMap((c) => listOf(c['env']))]) {
    const from = isFields(variable) && isFields(variable['valueFrom']) ? variable['valueFrom']['secretKeyRef'] : undefined;
    if (isFields(from)) found.set(`${String(from['name'])} ${String(from['key'])}`, { ...from, optional: true });
  }
  return [...found.values()];
}

function isSecret({ valueFrom }: Fields): boolean {
  return isFields(valueFrom) && valueFrom['secretKeyRef'] !== undefined;
}

function injector({ agentImage, requests }: PodDefaults): Fields {
  return {
    name: 'set-up-millrace-agent',
    image: agentImage,
    imagePullPolicy: 'IfNotPresent',
    command: ['/opt/millrace/busybox', 'cp', '-a', '/opt/millrace/.', `${AGENT_FOLDER}/`],
    volumeMounts: [{ name: AGENT_VOLUME, mountPath: AGENT_FOLDER }],
    resources: { requests: requests.agent },
  };
}

/** The workspace where it works and where the agent has it, and what it asks for. */
function withDefaults(container: Fields, { root, requests }: { readonly root: string; readonly requests: Readonly<Record<string, string>> }): Fields {
  const workingDir = normalPath((container['workingDir'] as string | undefined) ?? root);
  const mounts = listOf(container['volumeMounts']) as Fields[];
  const mounted = new Set(mounts.map((m) => normalPath(String(m['mountPath']))));
  const added = [...new Set([workingDir, root])].filter((path) => !mounted.has(path)).map((mountPath) => ({ name: WORKSPACE_VOLUME, mountPath }));
  const resources = isFields(container['resources']) ? container['resources'] : {};
  const limits = mapOf(resources['limits']);
  const asked = { ...mapOf(resources['requests']) };
  // A limit alone is the request too.
  for (const [what, amount] of Object.entries(requests)) if (asked[what] === undefined && limits[what] === undefined) asked[what] = amount;
  return {
    ...container,
    workingDir,
    volumeMounts: [...mounts, ...added],
    ...(Object.keys(asked).length === 0 && Object.keys(resources).length === 0
      ? {}
      : { resources: { ...resources, ...(Object.keys(asked).length === 0 ? {} : { requests: asked }) } }),
  };
}

/** Follows RestrictedPssSecurityContextInjector of the plug-in: which user it is, the template or the image has to say. */
function withRestrictions(container: Fields): Fields {
  const restrictions = {
    allowPrivilegeEscalation: false,
    runAsNonRoot: true,
    seccompProfile: { type: 'RuntimeDefault' },
    capabilities: { drop: ['ALL'] },
  };
  return { ...container, securityContext: { ...restrictions, ...mapOf(container['securityContext']) } };
}

function metadataOf(piece: PodPiece): Fields {
  return isFields(piece['metadata']) ? piece['metadata'] : {};
}
function mapOf(value: Json | undefined): { readonly [name: string]: Json } {
  return isFields(value) ? value : {};
}

/** As the plug-in makes a label's value of any text. */
export function labelValue(text: string): string {
  return text
    .slice(-57)
    .replace(/[^_a-zA-Z0-9-]/g, '_')
    .replace(/^[^a-zA-Z0-9]/, 'x')
    .replace(/[^a-zA-Z0-9]$/, 'x');
}

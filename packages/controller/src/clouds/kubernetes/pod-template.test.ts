/** What a pod template's arguments come to: pairs of arguments and what is in the pod's manifest. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { Json } from '@millrace/pipeline';
import type { Fields } from './arguments.ts';
import { TemplateError } from './arguments.ts';
import type { PodDefaults } from './pod-spec.ts';
import { podManifest, podSettings } from './pod-spec.ts';
import type { PodTemplate } from './pod-template.ts';
import { readPodTemplate, resolvePipelineTemplate, splitCommandLine } from './pod-template.ts';

const DEFAULTS: PodDefaults = {
  cloud: 'kubernetes',
  installation: 'one',
  namespace: 'builds',
  agentImage: 'agent:1',
  labels: {},
  requests: { agent: { cpu: '100m', memory: '256Mi' }, other: { cpu: '100m', memory: '128Mi' } },
  retention: 'never',
  retries: 1,
  restricted: false,
};
const ME = { name: 'pod-1', url: 'http://ci.test', template: 'small', job: null, build: null };

type Pod = {
  metadata: { namespace: string; labels: Record<string, string>; annotations: Record<string, string> };
  spec: { containers: any[]; initContainers?: any[]; volumes: any[]; [name: string]: any };
};

function template(data: Fields, named: { readonly [name: string]: Fields } = {}, standard: string | null = null): PodTemplate {
  const templates = new Map(Object.entries(named).map(([name, fields]) => [name, readPodTemplate({ name, ...fields }, name)]));
  return resolvePipelineTemplate(data, templates, standard);
}
function pod(data: Fields, named: { readonly [name: string]: Fields } = {}, standard: string | null = null): Pod {
  return podManifest(template(data, named, standard), DEFAULTS, ME) as unknown as Pod;
}
const container = (p: Pod, name: string): any => p.spec.containers.find((c) => c.name === name);
const env = (p: Pod, name: string): Record<string, Json> =>
  Object.fromEntries(container(p, name).env.map((v: { name: string; value?: string; valueFrom?: Json }) => [v.name, v.value ?? v.valueFrom]));
const mounts = (p: Pod, name: string): Record<string, string> =>
  Object.fromEntries(container(p, name).volumeMounts.map((m: { name: string; mountPath: string }) => [m.mountPath, m.name]));
const symbol = (name: string, args: Fields): Fields => ({ $symbol: name, ...args });
const busybox = (more: Fields = {}): Fields => symbol('containerTemplate', { name: 'busybox', image: 'busybox:1', ...more });

describe('a pod template without arguments', () => {
  const p = pod({});
  it('is the agent alone, whose secret is in the Secret of its name', () => {
    assert.deepEqual(
      p.spec.containers.map((c) => c.name),
      ['jnlp'],
    );
    const agent = container(p, 'jnlp');
    assert.equal(agent.image, 'agent:1');
    assert.equal(agent.args, undefined);
    assert.equal(env(p, 'jnlp')['MILLRACE_URL'], 'http://ci.test');
    assert.equal(env(p, 'jnlp')['MILLRACE_AGENT_ROOT'], '/home/jenkins/agent');
    assert.equal(env(p, 'jnlp')['MILLRACE_AGENT_CONTAINER'], 'jnlp');
    assert.deepEqual(env(p, 'jnlp')['MILLRACE_AGENT_SECRET'], { secretKeyRef: { name: 'pod-1', key: 'agent-secret' } });
    assert.equal(env(p, 'jnlp')['JENKINS_AGENT_WORKDIR'], '/home/jenkins/agent');
  });
  it('asks for resources, mounts the workspace, and is never started again', () => {
    assert.deepEqual(container(p, 'jnlp').resources, { requests: { cpu: '100m', memory: '256Mi' } });
    assert.deepEqual(mounts(p, 'jnlp'), { '/home/jenkins/agent': 'workspace-volume' });
    assert.deepEqual(p.spec.volumes, [{ name: 'workspace-volume', emptyDir: {} }]);
    assert.equal(p.spec['restartPolicy'], 'Never');
  });
  it('carries the installation’s mark, and keeps its node from being removed under it', () => {
    assert.equal(p.metadata.namespace, 'builds');
    assert.equal(p.metadata.labels['millrace.io/installation'], 'one');
    assert.equal(p.metadata.labels['millrace.io/node'], 'pod-1');
    assert.equal(p.metadata.annotations['cluster-autoscaler.kubernetes.io/safe-to-evict'], 'false');
    assert.equal(p.metadata.annotations['millrace.io/pod-retention'], 'never');
  });
});

/** [what it is about, arguments, where in the pod's spec, what is there] */
const SPECS: readonly (readonly [string, Fields, (p: Pod) => unknown, unknown])[] = [
  ['nodeSelector as text', { nodeSelector: 'disk=ssd, zone=a,wrong' }, (p) => p.spec['nodeSelector'], { disk: 'ssd', zone: 'a' }],
  ['nodeSelector as a mapping', { nodeSelector: { disk: 'ssd' } }, (p) => p.spec['nodeSelector'], { disk: 'ssd' }],
  ['serviceAccount', { serviceAccount: 'builder' }, (p) => p.spec['serviceAccountName'], 'builder'],
  ['schedulerName', { schedulerName: 'volcano' }, (p) => p.spec['schedulerName'], 'volcano'],
  ['hostNetwork', { hostNetwork: true }, (p) => p.spec['hostNetwork'], true],
  ['hostNetwork: false', { hostNetwork: false }, (p) => p.spec['hostNetwork'], false],
  ['runAsUser and runAsGroup as text', { runAsUser: '1000', runAsGroup: '2000' }, (p) => p.spec['securityContext'], { runAsUser: 1000, runAsGroup: 2000 }],
  ['runAsUser: 0', { runAsUser: 0 }, (p) => p.spec['securityContext'], { runAsUser: 0 }],
  ['supplementalGroups', { supplementalGroups: '1, 2,x' }, (p) => p.spec['securityContext'], { supplementalGroups: [1, 2] }],
  ['activeDeadlineSeconds', { activeDeadlineSeconds: 30 }, (p) => p.spec['activeDeadlineSeconds'], 30],
  ['activeDeadlineSeconds: 0', { activeDeadlineSeconds: 0 }, (p) => p.spec['activeDeadlineSeconds'], undefined],
  ['imagePullSecrets', { imagePullSecrets: ['a', 'b'] }, (p) => p.spec['imagePullSecrets'], [{ name: 'a' }, { name: 'b' }]],
  ['namespace', { namespace: 'other' }, (p) => p.metadata.namespace, 'other'],
  ['namespace in the YAML', { namespace: 'other', yaml: 'metadata: {namespace: third}' }, (p) => p.metadata.namespace, 'third'],
  ['annotations', { annotations: [symbol('podAnnotation', { key: 'a', value: 'b' })] }, (p) => p.metadata.annotations['a'], 'b'],
  [
    'an annotation of ours, said otherwise',
    { annotations: { 'cluster-autoscaler.kubernetes.io/safe-to-evict': 'true' } },
    (p) => p.metadata.annotations['cluster-autoscaler.kubernetes.io/safe-to-evict'],
    'true',
  ],
  ['podRetention', { podRetention: symbol('onFailure', {}) }, (p) => p.metadata.annotations['millrace.io/pod-retention'], 'onFailure'],
  ['podRetention: default()', { podRetention: symbol('default', {}) }, (p) => p.metadata.annotations['millrace.io/pod-retention'], 'never'],
  [
    'tolerations by YAML',
    { yaml: 'spec:\n  tolerations:\n  - key: virtual-kubelet.io/provider\n    operator: Exists' },
    (p) => p.spec['tolerations'],
    [{ key: 'virtual-kubelet.io/provider', operator: 'Exists' }],
  ],
  ['affinity by YAML', { yaml: 'spec: {affinity: {podAffinity: {x: 1}}}' }, (p) => p.spec['affinity'], { podAffinity: { x: 1 } }],
  ['the label as Kubernetes takes it', { label: 'a b/c' }, (p) => p.metadata.labels['jenkins/label'], 'a_b_c'],
  ['labels by YAML as text', { yaml: 'metadata: {labels: {build: 12}}' }, (p) => p.metadata.labels['build'], '12'],
  ['octal modes', { yaml: 'spec: {volumes: [{name: s, secret: {secretName: x, defaultMode: 0777}}]}' }, (p) => p.spec.volumes[0].secret.defaultMode, 511],
  ['a fragment with nothing in it', { yaml: '---\n' }, (p) => p.spec.containers.length, 1],
  ['nulls in YAML', { yaml: 'spec:\n  containers:\n  - name: jnlp\n    env:\n' }, (p) => p.spec.containers[0].image, 'agent:1'],
];
describe('an argument of a pod template', () => {
  for (const [what, data, where, expected] of SPECS) it(what, () => assert.deepEqual(where(pod(data)), expected));
});

/** [what it is about, arguments of the container, the part of it] */
const CONTAINERS: readonly (readonly [string, Fields, Fields])[] = [
  ['image', {}, { image: 'busybox:1', imagePullPolicy: 'IfNotPresent' }],
  ['alwaysPullImage', { alwaysPullImage: true }, { imagePullPolicy: 'Always' }],
  ['command and args', { command: 'sh -c', args: `'echo a  b' "c d" e` }, { command: ['sh', '-c'], args: ['echo a  b', 'c d', 'e'] }],
  ['ttyEnabled', { ttyEnabled: true }, { tty: true }],
  ['workingDir', { workingDir: '/src/' }, { workingDir: '/src' }],
  ['privileged', { privileged: true }, { securityContext: { privileged: true } }],
  ['runAsUser', { runAsUser: '0' }, { securityContext: { privileged: false, runAsUser: 0 } }],
  [
    'ports',
    { ports: [symbol('portMapping', { name: 'web', containerPort: 80, hostPort: 8080 })] },
    { ports: [{ name: 'web', containerPort: 80, hostPort: 8080 }] },
  ],
  ['resources', { resourceRequestCpu: '50m', resourceLimitMemory: '1Gi' }, { resources: { requests: { cpu: '50m' }, limits: { memory: '1Gi' } } }],
  ['resources that are not said', {}, { resources: { requests: { cpu: '100m', memory: '128Mi' } } }],
  [
    'livenessProbe',
    {
      livenessProbe: symbol('containerLivenessProbe', {
        execArgs: 'uname -a',
        initialDelaySeconds: 5,
        timeoutSeconds: 1,
        failureThreshold: 3,
        periodSeconds: 10,
        successThreshold: 1,
      }),
    },
    {
      livenessProbe: {
        exec: { command: ['uname', '-a'] },
        initialDelaySeconds: 5,
        timeoutSeconds: 1,
        failureThreshold: 3,
        periodSeconds: 10,
        successThreshold: 1,
      },
    },
  ],
  [
    'envVars, the last of a name, and of secrets',
    {
      envVars: [
        symbol('envVar', { key: 'A', value: '1' }),
        symbol('envVar', { key: 'A', value: '2' }),
        symbol('secretEnvVar', { key: 'S', secretName: 's', secretKey: 'k', optional: true }),
      ],
    },
    {
      env: [
        { name: 'A', value: '2' },
        { name: 'S', valueFrom: { secretKeyRef: { name: 's', key: 'k', optional: true } } },
      ],
    },
  ],
];
it('hands each secret of a variable to the agent, which masks it, and asks for none that is missing', () => {
  const p = pod({
    envVars: [symbol('secretEnvVar', { key: 'A', secretName: 's', secretKey: 'a' })],
    containers: [busybox({ envVars: [symbol('secretEnvVar', { key: 'B', secretName: 's', secretKey: 'b' }), symbol('envVar', { key: 'C', value: 'c' })] })],
    yaml: 'spec: {containers: [{name: busybox, env: [{name: D, valueFrom: {secretKeyRef: {name: t, key: d}}}, {name: A2, valueFrom: {secretKeyRef: {name: s, key: a}}}]}]}',
  });
  const masks = Object.entries(env(p, 'jnlp')).flatMap(([name, from]) => (name.startsWith('MILLRACE_AGENT_MASK_') ? [from] : []));
  const wanted = [
    ['s', 'a'],
    ['s', 'b'],
    ['t', 'd'],
  ].map(([name, key]) => ({ secretKeyRef: { name, key, optional: true } }));
  assert.deepEqual(new Set(masks.map((m) => JSON.stringify(m))), new Set(wanted.map((w) => JSON.stringify(w))));
  assert.equal(masks.length, 3);
  assert.ok(Object.keys(env(p, 'busybox')).every((name) => !name.startsWith('MILLRACE_AGENT_')));
});
it('names the variables of the agent’s container that a script may see: none of a Secret', () => {
  const p = pod({
    envVars: [symbol('envVar', { key: 'POD', value: 'p' }), symbol('secretEnvVar', { key: 'S', secretName: 's', secretKey: 'a' })],
    containers: [busybox({ envVars: [symbol('envVar', { key: 'OTHER', value: 'o' })] })],
    yaml: 'spec: {containers: [{name: jnlp, env: [{name: A, value: a}, {name: T, valueFrom: {secretKeyRef: {name: t, key: d}}}, {name: IP, valueFrom: {fieldRef: {fieldPath: status.podIP}}}]}]}',
  });
  assert.deepEqual(new Set(String(env(p, 'jnlp')['MILLRACE_AGENT_SHOW']).split(',')), new Set(['POD', 'A', 'IP']));
});
describe('an argument of a container template', () => {
  for (const [what, data, expected] of CONTAINERS)
    it(what, () => {
      const found = container(pod({ containers: [busybox(data)] }), 'busybox');
      assert.deepEqual(Object.fromEntries(Object.keys(expected).map((name) => [name, found[name]])), expected);
    });
  it('gives the workspace at the working directory and where the agent has it', () => {
    const p = pod({ containers: [busybox({ workingDir: '/src' })] });
    assert.deepEqual(mounts(p, 'busybox'), { '/src': 'workspace-volume', '/home/jenkins/agent': 'workspace-volume' });
  });
});

/** [symbol, arguments, the volume in the manifest, the mount beside its name] */
const VOLUMES: readonly (readonly [string, Fields, Fields, Fields])[] = [
  ['emptyDirVolume', { memory: true }, { emptyDir: { medium: 'Memory' } }, {}],
  ['emptyDirVolume', {}, { emptyDir: {} }, {}],
  ['hostPathVolume', { hostPath: '/var/m2', readOnly: true }, { hostPath: { path: '/var/m2' } }, { readOnly: true }],
  ['nfsVolume', { serverAddress: 'nfs.test', serverPath: '/x' }, { nfs: { server: 'nfs.test', path: '/x', readOnly: false } }, {}],
  ['secretVolume', { secretName: 's', defaultMode: '0400', optional: true }, { secret: { secretName: 's', defaultMode: 256, optional: true } }, {}],
  ['configMapVolume', { configMapName: 'c', subPath: 'f' }, { configMap: { name: 'c' } }, { subPath: 'f' }],
  ['persistentVolumeClaim', { claimName: 'p' }, { persistentVolumeClaim: { claimName: 'p', readOnly: false } }, {}],
  [
    'genericEphemeralVolume',
    { requestsSize: '5Gi', storageClassName: 'fast' },
    { ephemeral: { volumeClaimTemplate: { spec: { accessModes: ['ReadWriteOnce'], storageClassName: 'fast', resources: { requests: { storage: '5Gi' } } } } } },
    {},
  ],
  [
    'dynamicPVC',
    { accessModes: 'ReadWriteMany' },
    { ephemeral: { volumeClaimTemplate: { spec: { accessModes: ['ReadWriteMany'], resources: { requests: { storage: '10Gi' } } } } } },
    {},
  ],
];
describe('a volume', () => {
  for (const [kind, args, volume, mount] of VOLUMES)
    it(`${kind} ${JSON.stringify(args)}`, () => {
      const p = pod({ volumes: [symbol(kind, { mountPath: '/mnt//x/', ...args })], containers: [busybox()] });
      assert.deepEqual(p.spec.volumes[0], { name: 'volume-0', ...volume });
      for (const name of ['busybox', 'jnlp'])
        assert.deepEqual(
          container(p, name).volumeMounts.find((m: Fields) => m['name'] === 'volume-0'),
          { name: 'volume-0', mountPath: '/mnt/x', ...mount },
        );
    });
  it('named by its class', () => {
    const p = pod({ volumes: [{ $class: 'org.csanchez.jenkins.plugins.kubernetes.volumes.HostPathVolume', mountPath: '/m', hostPath: '/h' }] });
    assert.deepEqual(p.spec.volumes[0].hostPath, { path: '/h' });
  });
  it('is the workspace’s', () => {
    const p = pod({ workspaceVolume: symbol('persistentVolumeClaimWorkspaceVolume', { claimName: 'w', readOnly: false }) });
    assert.deepEqual(p.spec.volumes, [{ name: 'workspace-volume', persistentVolumeClaim: { claimName: 'w', readOnly: false } }]);
  });
  it('at the working directory takes the workspace’s place', () => {
    const p = pod({ volumes: [symbol('hostPathVolume', { mountPath: '/home/jenkins/agent', hostPath: '/h' })] });
    assert.deepEqual(mounts(p, 'jnlp'), { '/home/jenkins/agent': 'volume-0' });
  });
});

describe('YAML and arguments', () => {
  const yaml =
    'spec:\n  containers:\n  - name: busybox\n    image: busybox:0\n    tty: true\n    env: [{name: A, value: 1}, {name: B, value: 2}]\n  - name: second\n    image: x\n';
  it('come together by the containers’ names, arguments win', () => {
    const p = pod({ yaml, containers: [busybox({ envVars: [symbol('envVar', { key: 'B', value: '3' })] })] });
    assert.deepEqual(
      p.spec.containers.map((c) => [c.name, c.image]),
      [
        ['busybox', 'busybox:1'],
        ['second', 'x'],
        ['jnlp', 'agent:1'],
      ],
    );
    assert.equal(container(p, 'busybox').tty, true);
    assert.deepEqual(env(p, 'busybox'), { A: '1', B: '3' });
  });
  it('has the agent’s container with what the YAML says of it', () => {
    const p = pod({ yaml: 'spec: {containers: [{name: jnlp, env: [{name: X, value: y}], resources: {limits: {memory: 1Gi}}}]}' });
    assert.equal(env(p, 'jnlp')['X'], 'y');
    assert.deepEqual(container(p, 'jnlp').resources, { limits: { memory: '1Gi' }, requests: { cpu: '100m' } });
  });
  it('puts the agent into an image of somebody else', () => {
    const p = pod({ yaml: "spec: {containers: [{name: jnlp, image: 'jenkins/inbound-agent:1', args: ['$(JENKINS_SECRET)', '$(JENKINS_NAME)']}]}" });
    const agent = container(p, 'jnlp');
    assert.deepEqual(agent.command, ['/millrace-agent/busybox', 'sh', '/millrace-agent/start']);
    assert.equal(agent.args, undefined);
    assert.equal(env(p, 'jnlp')['MILLRACE_AGENT_BUSYBOX'], '/millrace-agent/busybox');
    assert.equal(p.spec.initContainers?.[0].image, 'agent:1');
    assert.equal(mounts(p, 'jnlp')['/millrace-agent'], 'millrace-agent');
    assert.deepEqual(p.spec.volumes.at(-1), { name: 'millrace-agent', emptyDir: {} });
  });
  it('leaves an image alone that has the agent', () => {
    const p = pod({ agentInjection: false, yaml: 'spec: {containers: [{name: jnlp, image: own-agent}]}' });
    assert.equal(container(p, 'jnlp').command, undefined);
    assert.equal(p.spec.initContainers, undefined);
  });
  it('runs the agent in another container where that is said', () => {
    const p = pod({ agentContainer: 'foo', agentInjection: true, yaml: 'spec: {containers: [{name: foo, image: jre}]}' });
    assert.deepEqual(
      p.spec.containers.map((c) => c.name),
      ['foo'],
    );
    assert.equal(env(p, 'foo')['MILLRACE_AGENT_NAME'], 'pod-1');
    assert.equal(p.metadata.annotations['millrace.io/agent-container'], 'foo');
  });
  it('keeps a command of the agent’s container', () => {
    const agent = container(pod({ yaml: "spec: {containers: [{name: jnlp, command: [sh, -ec, 'exit 1']}]}" }), 'jnlp');
    assert.deepEqual([agent.command, agent.args], [['sh', '-ec', 'exit 1'], undefined]);
  });
  it('gives pod-wide variables to all containers, those of a container win', () => {
    const p = pod({
      envVars: [symbol('envVar', { key: 'A', value: 'pod' })],
      containers: [busybox({ envVars: [symbol('containerEnvVar', { key: 'A', value: 'own' })] })],
    });
    assert.equal(env(p, 'jnlp')['A'], 'pod');
    assert.equal(env(p, 'busybox')['A'], 'own');
  });
});

describe('inheritance', () => {
  const named = {
    base: { containers: [busybox({ ttyEnabled: true, command: 'cat' })], idleMinutes: 5, nodeSelector: 'a=b', label: 'base' },
    extra: { serviceAccount: 'extra', yaml: 'spec: {hostNetwork: true}' },
    child: { inheritFrom: 'base', containers: [symbol('containerTemplate', { name: 'busybox', image: 'busybox:2' })] },
  };
  it('is of the template around', () => {
    const p = pod({
      containers: [symbol('containerTemplate', { name: 'b', image: 'b' })],
      parent: { containers: [busybox()], parent: { serviceAccount: 's' } },
    });
    assert.deepEqual(
      p.spec.containers.map((c) => c.name),
      ['busybox', 'b', 'jnlp'],
    );
    assert.equal(p.spec['serviceAccountName'], 's');
  });
  it('is of none where it is said to be of none, but for the namespace', () => {
    const p = pod({ inheritFrom: '', parent: { containers: [busybox()], namespace: 'n' } });
    assert.equal(p.spec.containers.length, 1);
    assert.equal(p.metadata.namespace, 'n');
  });
  it('is of the named ones in their order', () => {
    const p = pod({ inheritFrom: 'base extra  unknown' }, named);
    assert.equal(container(p, 'busybox').image, 'busybox:1');
    assert.deepEqual([p.spec['serviceAccountName'], p.spec['hostNetwork']], ['extra', true]);
  });
  it('goes on through the configuration’s templates', () => {
    const found = container(pod({ inheritFrom: 'child' }, named), 'busybox');
    assert.deepEqual([found.image, found.tty, found.command], ['busybox:2', true, ['cat']]);
  });
  it('has the cloud’s default below all', () => {
    const t = template({ parent: { serviceAccount: 's' } }, named, 'base');
    assert.equal(podSettings(t, DEFAULTS).idleMinutes, 5);
    assert.deepEqual(podSettings(t, DEFAULTS).labels, []);
  });
  it('of itself is refused', () => {
    assert.throws(() => pod({ inheritFrom: 'a' }, { a: { inheritFrom: 'b' }, b: { inheritFrom: 'a' } }), /inherits from itself/);
  });
});

/** [strategy of the parent, its inheritYamlMergeStrategy, strategy of the child, variables of jnlp] */
const STRATEGIES: readonly (readonly [string | null, boolean, string | null, string])[] = [
  [null, false, null, 'B'],
  [null, false, 'override', 'B'],
  [null, false, 'merge', 'AB'],
  ['merge', false, null, 'B'],
  ['merge', true, null, 'AB'],
  ['merge', true, 'override', 'B'],
];
describe('the YAML of a template and its parent', () => {
  const yaml = (name: string): string => `spec: {containers: [{name: jnlp, env: [{name: ${name}, value: 1}]}]}`;
  for (const [parent, inherit, child, expected] of STRATEGIES)
    it(`${parent ?? 'nothing'}${inherit ? ' to inherit' : ''}, then ${child ?? 'nothing'}`, () => {
      const strategy = (name: string | null): Fields => (name === null ? {} : { yamlMergeStrategy: symbol(name, {}) });
      const p = pod({ yaml: yaml('B'), ...strategy(child), parent: { yaml: yaml('A'), ...strategy(parent), inheritYamlMergeStrategy: inherit } });
      assert.equal(['A', 'B'].filter((name) => env(p, 'jnlp')[name] === '1').join(''), expected);
    });
  it('adds tolerations up, and lays volumes over each other by name', () => {
    const p = pod({
      yamlMergeStrategy: symbol('merge', {}),
      yaml: 'spec: {tolerations: [{key: b}], volumes: [{name: v, emptyDir: {}}], affinity: {x: 1}}',
      parent: { yaml: 'spec: {tolerations: [{key: a}], volumes: [{name: v, hostPath: {path: /x}}]}' },
    });
    assert.deepEqual(p.spec['tolerations'], [{ key: 'a' }, { key: 'b' }]);
    assert.deepEqual(p.spec.volumes[0], { name: 'v', emptyDir: {} });
    assert.deepEqual(p.spec['affinity'], { x: 1 });
  });
});

describe('pod security `restricted`', () => {
  const restricted = (data: Fields): Pod => podManifest(template(data), { ...DEFAULTS, restricted: true }, ME) as unknown as Pod;
  const ALL = {
    allowPrivilegeEscalation: false,
    runAsNonRoot: true,
    seccompProfile: { type: 'RuntimeDefault' },
    capabilities: { drop: ['ALL'] },
  };

  it('is met by all containers, that which brings the agent along included', () => {
    const { spec } = restricted({
      yaml: 'spec: {initContainers: [{name: first, image: x}], containers: [{name: jnlp, image: y}]}',
      containers: [busybox({ name: 'tools', image: 'z' })],
    });
    for (const { securityContext } of [...spec.containers, ...(spec.initContainers ?? [])]) assert.deepEqual(securityContext, ALL);
    assert.deepEqual([spec.containers.length, spec.initContainers?.length], [2, 2]);
  });
  it('fills in what a template leaves open, and takes nothing away', () => {
    const p = restricted({ containers: [busybox({ name: 'root', runAsUser: 0 }), busybox({ name: 'free', privileged: true })] });
    assert.deepEqual(container(p, 'root').securityContext, { ...ALL, privileged: false, runAsUser: 0 });
    assert.deepEqual(container(p, 'free').securityContext, { ...ALL, privileged: true });
    assert.equal(container(pod({ containers: [busybox({})] }), 'busybox')?.securityContext, undefined);
  });
});

describe('settings', () => {
  it('of the plug-in hold where nothing is said', () => {
    assert.deepEqual(podSettings(template({ label: 'x y' }), DEFAULTS), {
      namespace: 'builds',
      labels: ['x', 'y'],
      idleMinutes: null,
      instanceCap: null,
      connectSeconds: 1_000,
      mode: 'normal',
      retries: 1,
      showRawYaml: true,
    });
  });
  it('of the configuration say how often a block runs whose pod is lost, also of templates that inherit them', () => {
    const retriesOf = (t: PodTemplate): number => podSettings(t, { ...DEFAULTS, retries: 2 }).retries;
    assert.equal(retriesOf(template({})), 2);
    assert.equal(retriesOf(template({ inheritFrom: 'fragile' }, { fragile: { retries: 5 } })), 5);
    assert.equal(retriesOf(template({}, { once: { retries: 1 } }, 'once')), 1);
  });
  it('are read as the plug-in reads them', () => {
    const t = template({
      idleMinutes: '3',
      instanceCap: 2147483647,
      slaveConnectTimeout: 20,
      nodeUsageMode: 'EXCLUSIVE',
      parent: { showRawYaml: false, instanceCap: 4 },
    });
    const { idleMinutes, instanceCap, connectSeconds, mode, showRawYaml } = podSettings(t, DEFAULTS);
    assert.deepEqual([idleMinutes, instanceCap, connectSeconds, mode, showRawYaml], [3, 4, 20, 'exclusive', false]);
  });
});

/** [what is wrong, arguments, what is said] */
const WRONG: readonly (readonly [string, Fields, RegExp])[] = [
  ['YAML that is none', { yaml: 'a: [' }, /podTemplate\.yaml is no YAML/],
  ['YAML of something else', { yaml: 'kind: Deployment' }, /its kind is "Deployment", not Pod/],
  ['a container without a name', { yaml: 'spec: {containers: [{image: x}]}' }, /a container has no name/],
  ['a container without an image', { yaml: 'spec: {containers: [{name: x}]}' }, /the container ‘x’ has no image/],
  [
    'names in YAML that Kubernetes refuses, all of them',
    { yaml: 'spec: {containers: [{name: a_, image: x}, {name: b, image: x}, {name: c_, image: x}]}' },
    /^Container Names MUST match RFC 1123 - .*: a_, c_$/,
  ],
  ['a name that Kubernetes refuses', { containers: [busybox({ name: 'Bad_Name' })] }, /RFC1123 error.*Bad_Name/],
  ['an unknown volume', { volumes: [symbol('fooVolume', { mountPath: '/x' })] }, /volumes\[0\].*‘fooVolume’ is no kind of volume/],
  ['a volume without its source', { volumes: [symbol('hostPathVolume', { mountPath: '/x' })] }, /volumes\[0\]\.hostPath is missing/],
  ['a number that is none', { idleMinutes: 'soon' }, /podTemplate\.idleMinutes must be a whole number/],
  ['a strategy that is none', { yamlMergeStrategy: 'mix' }, /must be merge\(\) or override\(\)/],
  ['quotes left open', { containers: [busybox({ args: "'a" })] }, /unbalanced quotes/],
];
describe('a wrong template is refused with its place', () => {
  for (const [what, data, message] of WRONG)
    it(what, () => {
      assert.throws(
        () => pod(data),
        (e) => e instanceof TemplateError && message.test(e.message),
      );
    });
});

it('parts a command line as the plug-in does', () => {
  assert.deepEqual(splitCommandLine(`  sh -c 'a "b"' "c 'd'"x '' `), ['sh', '-c', 'a "b"', "c 'd'x", '']);
});

/** `podTemplate` and `container`. What a pod is, the host knows: it answers with the label that the body's nodes ask for. */
import type { Json } from '../host.ts';
import { defineStep } from './step.ts';
import { toJson } from './values.ts';

/** Arguments of podTemplate; what they mean is the host's. */
const POD_PARAMS = [
  'cloud',
  'inheritFrom',
  'label',
  'name',
  'namespace',
  'nodeSelector',
  'schedulerName',
  'serviceAccount',
  'supplementalGroups',
  'workingDir',
  'yaml',
  'runAsUser',
  'runAsGroup',
  'activeDeadlineSeconds',
  'idleMinutes',
  'instanceCap',
  'slaveConnectTimeout',
  'hostNetwork',
  'showRawYaml',
  'agentInjection',
  'agentContainer',
  'nodeUsageMode',
  'podRetention',
  'workspaceVolume',
  'yamlMergeStrategy',
  'inheritYamlMergeStrategy',
  'containers',
  'volumes',
  'envVars',
  'annotations',
  'imagePullSecrets',
] as const;

export const podTemplateStep = defineStep({
  name: 'podTemplate',
  summary: 'Define a podTemplate to use in the kubernetes plugin',
  block: 'required',
  params: POD_PARAMS.map((name) => ({ name, type: 'any' as const })),
  *run(cx, args, body) {
    const data: Record<string, Json> = {};
    for (const [name, value] of Object.entries(args)) if (value !== null) data[name] = toJson(cx.rt, value);
    const around = cx.scope.extra['podTemplate'] as Json | undefined;
    if (around !== undefined) data['parent'] = around;
    const answer = (yield* cx.ask('other', { name: 'podTemplate', data })) as { readonly label: string };
    return yield* cx.runBody(body, { env: { POD_LABEL: answer.label }, extra: { podTemplate: data } });
  },
});

export const containerStep = defineStep({
  name: 'container',
  summary: 'Run build steps in a container',
  block: 'required',
  needs: ['node'],
  params: [
    { name: 'name', type: 'string', required: true },
    { name: 'shell', type: 'string' },
  ],
  describe: (args) => args.name,
  *run(cx, args, body) {
    // The innermost container alone counts.
    return yield* cx.runBody(body, { launchers: [{ kind: 'container', name: args.name, shell: args.shell }] });
  },
});

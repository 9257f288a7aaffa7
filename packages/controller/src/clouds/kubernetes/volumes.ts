/** Volumes of pod templates: every kind that the kubernetes plug-in has, for a path or for the workspace. */
import type { Json } from '@millrace/pipeline';
import type { Arguments, Fields } from './arguments.ts';

export interface PodVolume {
  /** Empty where it is the workspace's. */
  readonly mountPath: string;
  readonly subPath: string | null;
  readonly readOnly: boolean;
  /** What stands beside the name in the manifest. */
  readonly source: Fields;
}

/** Throws TemplateError. `dynamicPVC` becomes a generic ephemeral volume: Kubernetes makes and removes the claim with the pod. */
export function readVolume(args: Arguments): PodVolume {
  const kind = args.kind
    .replace(/^(?:EmptyDir|HostPath|Nfs|Secret|ConfigMap|PersistentVolumeClaim|GenericEphemeral|DynamicPVC)/, (m) => m.charAt(0).toLowerCase() + m.slice(1))
    .replace(/WorkspaceVolume$|Volume$/, '');
  const readOnly = args.flag('readOnly') === true;
  const optional: Fields = args.flag('optional') === true ? { optional: true } : {};
  const sources: { readonly [kind: string]: () => Fields } = {
    emptyDir: () => ({ emptyDir: { ...(args.flag('memory') === true ? { medium: 'Memory' } : {}), ...given(args, 'sizeLimit') } }),
    hostPath: () => ({ hostPath: { path: args.required('hostPath'), ...given(args, 'type') } }),
    nfs: () => ({ nfs: { server: args.required('serverAddress'), path: args.required('serverPath'), readOnly } }),
    secret: () => {
      const mode = args.word('defaultMode');
      if (mode !== null && !/^[0-7]{1,4}$/.test(mode)) throw args.wrong('defaultMode', 'must be octal, as 0400');
      return { secret: { secretName: args.required('secretName'), ...(mode === null ? {} : { defaultMode: Number.parseInt(mode, 8) }), ...optional } };
    },
    configMap: () => ({ configMap: { name: args.required('configMapName'), ...optional } }),
    persistentVolumeClaim: () => ({ persistentVolumeClaim: { claimName: args.required('claimName'), readOnly } }),
    genericEphemeral: () => claim(args),
    dynamicPVC: () => claim(args),
  };
  const source = Object.hasOwn(sources, kind) ? sources[kind] : undefined;
  if (source === undefined)
    throw args.wrong('$symbol', `‘${args.kind}’ is no kind of volume; there are ${Object.keys(sources).join(', ')}, each with Volume after it`);
  return { mountPath: normalPath(args.text('mountPath') ?? ''), subPath: args.word('subPath'), readOnly, source: source() };
}

function claim(args: Arguments): Fields {
  const spec = {
    accessModes: [args.word('accessModes') ?? 'ReadWriteOnce'],
    ...given(args, 'storageClassName'),
    resources: { requests: { storage: args.word('requestsSize') ?? '10Gi' } },
  };
  return { ephemeral: { volumeClaimTemplate: { spec } } };
}

function given(args: Arguments, name: string): { [name: string]: Json } {
  const word = args.word(name);
  return word === null ? {} : { [name]: word };
}

/** `/a//b/` is `/a/b`: two mounts of one path are refused by the API. */
export function normalPath(path: string): string {
  const parts: string[] = [];
  for (const part of path.replaceAll('\\', '/').split('/')) {
    if (part === '..') parts.pop();
    else if (part !== '' && part !== '.') parts.push(part);
  }
  if (path === '') return '';
  return `${path.startsWith('/') ? '/' : ''}${parts.join('/')}`;
}

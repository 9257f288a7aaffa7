/**
 * The template that pods of `buildImage` inherit from: one container with the tool that the configuration names. What each kind
 * needs of the pod is told by its own documentation: a shell for kaniko (its debug image), no seccomp and AppArmor for rootless
 * BuildKit (docs/rootless.md there), nothing for Buildah with chroot and vfs.
 *
 * Arguments and not yaml, as far as they go: yaml of the pod that inherits would take its place.
 */
import type { ImageBuilder, Json } from '@millrace/pipeline';

export const IMAGE_BUILDER_TEMPLATE = 'image-builder';

type Template = { readonly [name: string]: Json };

/** Null: the configuration names no image, or builds on the node itself. */
export function imageBuilderTemplate({ kind, image, container }: ImageBuilder): Template | null {
  if (image === null || container === null) return null;
  const one = { name: container, image, command: 'sleep', args: '99d' };
  if (kind !== 'buildkit') return { name: IMAGE_BUILDER_TEMPLATE, containers: [one] };
  return {
    name: IMAGE_BUILDER_TEMPLATE,
    containers: [{ ...one, runAsUser: '1000', runAsGroup: '1000' }],
    annotations: [{ key: `container.apparmor.security.beta.kubernetes.io/${container}`, value: 'unconfined' }],
    yaml: { spec: { containers: [{ name: container, securityContext: { seccompProfile: { type: 'Unconfined' } } }] } },
  };
}

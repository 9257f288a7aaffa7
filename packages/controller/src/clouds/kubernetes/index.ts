/** The kind `kubernetes`. */
import type { CloudFactory } from '../registry.ts';
import { imageBuilderTemplate } from './image-builder-template.ts';
import { KubernetesCloud } from './kubernetes-cloud.ts';
import { readKubernetesSettings } from './settings.ts';

export const kubernetes: CloudFactory = (settings, context) => {
  const template = context.imageBuilder == null ? null : imageBuilderTemplate(context.imageBuilder);
  const { templates = [] } = settings as { readonly templates?: readonly { readonly name?: unknown }[] };
  // One of the administrator's own is taken as it is.
  const isMade = template !== null && Array.isArray(templates) && !templates.some((t) => t?.name === template['name']);
  return new KubernetesCloud(readKubernetesSettings(isMade ? { ...settings, templates: [...templates, template] } : settings, context.folder), context);
};

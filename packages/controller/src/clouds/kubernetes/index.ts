/** The kind `kubernetes`. */
import type { CloudFactory } from '../registry.ts';
import { KubernetesCloud } from './kubernetes-cloud.ts';
import { readKubernetesSettings } from './settings.ts';

export const kubernetes: CloudFactory = (settings, context) => new KubernetesCloud(readKubernetesSettings(settings, context.folder), context);

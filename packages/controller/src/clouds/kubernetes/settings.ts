/** The settings of a Kubernetes cloud, as `clouds:` in millrace.yaml has them: see docs/kubernetes.md. */
import { resolve } from 'node:path';
import type { Json } from '@millrace/pipeline';
import { z } from 'zod';
import { CloudError } from '../cloud.ts';
import type { CloudSettings } from '../registry.ts';
import { sizesSchema } from '../warm-sizes.ts';
import { TemplateError } from './arguments.ts';
import { imageCacheSchema } from './image-caches.ts';
import type { Place } from './places.ts';
import { moveOnSchema, placeSchema } from './places.ts';
import type { PodTemplate } from './pod-template.ts';
import { POD_TEMPLATE_ARGUMENTS, RETENTIONS, readPodTemplate } from './pod-template.ts';

const text = z.string().trim().min(1);
const quantities = z.record(text, z.union([text, z.number()]).transform(String));
const template = z.record(z.string(), z.unknown()).superRefine((value, cx) => {
  for (const name of Object.keys(value))
    if (!POD_TEMPLATE_ARGUMENTS.has(name) && name !== 'places')
      cx.addIssue({ code: 'custom', path: [name], message: `is not known here; there are ${[...POD_TEMPLATE_ARGUMENTS, 'places'].sort().join(', ')}` });
  if (value['places'] !== undefined && !z.array(text).safeParse(value['places']).success)
    cx.addIssue({ code: 'custom', path: ['places'], message: 'must be a list of names' });
  if (typeof value['name'] !== 'string') cx.addIssue({ code: 'custom', path: ['name'], message: 'must be text' });
});

const limit = z.int().min(1);
const folders = z.record(text, limit).superRefine((value, cx) => {
  for (const name of Object.keys(value))
    if (!/^[^/]+(\/[^/]+)*$/.test(name)) cx.addIssue({ code: 'custom', path: [name], message: 'must be the full name of a folder, as team/app' });
});

/** How the API server is reached, and as whom. */
export const accessSettings = {
  /** A file; where neither this nor `server` is given, the account of the pod that the controller runs in. */
  kubeconfig: text.optional(),
  context: text.optional(),
  server: z.url({ protocol: /^https?$/ }).optional(),
  token: text.optional(),
  tokenFile: text.optional(),
  caFile: text.optional(),
  skipTlsVerify: z.boolean().default(false),
};

const schema = z.strictObject({
  kind: z.literal('kubernetes'),
  name: text,
  ...accessSettings,
  /** Where pods are made that say nothing else; null: the context's, or the account's. */
  namespace: text.optional(),
  /** Further ones that templates may name; `*`: all. */
  namespaces: z.array(text).default([]),
  /** The controllers' address for agents. */
  url: z.url({ protocol: /^https?$/ }).optional(),
  agentImage: text,
  cap: limit.optional(),
  /** Of namespaces that pods are made in, and of folders that their jobs are in. */
  caps: z.strictObject({ namespaces: z.record(text, limit).default({}), folders: folders.default({}) }).default({ namespaces: {}, folders: {} }),
  defaultTemplate: text.optional(),
  podLabels: z.record(text, z.string()).default({}),
  podRetention: z.enum(RETENTIONS).default('never'),
  /** How often at most a block runs, each time in another pod, where its pod is lost; of templates that say nothing else. */
  retries: z.int().min(1).max(100).default(1),
  /** As the plug-in's: fills in what pod security `restricted` wants of each container and a template leaves open. */
  restrictedPssSecurityContext: z.boolean().default(false),
  requests: z.strictObject({ agent: quantities.optional(), containers: quantities.optional() }).default({}),
  templates: z.array(template).default([]),
  /** Where pods are tried, one after the other; none: wherever the cluster puts them. */
  places: z.array(placeSchema).default([]),
  /** Pods of templates that are ready before a build asks. */
  warm: z.array(sizesSchema.extend({ template: text, place: text.optional() })).default([]),
  /** Pods of low priority that hold room for those of a template. */
  placeholders: z.array(sizesSchema.extend({ template: text, place: text.optional(), priorityClass: text.default('millrace-placeholder') })).default([]),
  /** What keeps images near the pods: of the kinds one each. */
  imageCaches: z.array(imageCacheSchema).default([]),
  /** When the next cloud is tried; of a cloud without places. */
  moveOn: moveOnSchema.optional(),
  /** Clouds whose pods may be made here too, when they cannot. */
  standsInFor: z.array(text).default([]),
});

export interface KubernetesSettings extends Omit<z.infer<typeof schema>, 'templates'> {
  readonly templates: ReadonlyMap<string, PodTemplate>;
  /** Of templates that do not go to all places: theirs. */
  readonly placesOf: ReadonlyMap<string, readonly Place[]>;
}

/** Paths are relative to `folder`. Throws MR_CLOUD_REFUSED with the place of what is wrong. */
export function readKubernetesSettings(settings: CloudSettings, folder: string): KubernetesSettings {
  const at = `clouds: ${settings.name}`;
  const parsed = schema.safeParse(settings);
  if (!parsed.success) {
    const said = parsed.error.issues.map((issue) => `${issue.path.map(String).join('.')}: ${issue.message}`);
    throw new CloudError('MR_CLOUD_REFUSED', `${at}: ${said.join('; ')}`);
  }
  const { templates, ...rest } = parsed.data;
  if (rest.server !== undefined && rest.kubeconfig !== undefined) throw new CloudError('MR_CLOUD_REFUSED', `${at}: either a kubeconfig or a server, not both`);
  const file = (path: string | undefined): string | undefined => (path === undefined ? undefined : resolve(folder, path));
  const all = new Map<string, PodTemplate>();
  const places = new Map(rest.places.map((place) => [place.name, place]));
  const twice = rest.places.find((place) => places.get(place.name) !== place);
  if (twice !== undefined) throw new CloudError('MR_CLOUD_REFUSED', `${at}: places: there are two with the name ‘${twice.name}’`);
  if (rest.moveOn !== undefined && places.size > 0) throw new CloudError('MR_CLOUD_REFUSED', `${at}: moveOn: each of the places has its own`);
  const placesOf = new Map<string, readonly Place[]>();
  for (const fields of templates) {
    const { labels, places: names, ...own } = fields;
    const name = String(fields['name']);
    if (all.has(name)) throw new CloudError('MR_CLOUD_REFUSED', `${at}: there are two templates with the name ‘${name}’`);
    const data = { ...own, ...(Array.isArray(labels) ? { label: labels.join(' ') } : {}) } as Json;
    if (names !== undefined)
      placesOf.set(
        name,
        (names as string[]).map((place) => {
          const found = places.get(place);
          if (found === undefined) throw new CloudError('MR_CLOUD_REFUSED', `${at}: templates.${name}.places: there is no place ‘${place}’`);
          return found;
        }),
      );
    try {
      all.set(name, readPodTemplate(data, `${at}: templates.${name}`));
    } catch (error) {
      if (!(error instanceof TemplateError)) throw error;
      throw new CloudError('MR_CLOUD_REFUSED', error.message, { cause: error });
    }
  }
  if (rest.defaultTemplate !== undefined && !all.has(rest.defaultTemplate))
    throw new CloudError('MR_CLOUD_REFUSED', `${at}: defaultTemplate: there is no template ‘${rest.defaultTemplate}’`);
  for (const namespace of Object.keys(rest.caps.namespaces)) {
    // Before the cluster has been asked nobody would know what counts against it else.
    if (rest.namespace === undefined) throw new CloudError('MR_CLOUD_REFUSED', `${at}: caps.namespaces: needs ‘namespace’, the one that pods are made in`);
    const used = [rest.namespace, ...rest.namespaces];
    if (!used.includes('*') && !used.includes(namespace))
      throw new CloudError('MR_CLOUD_REFUSED', `${at}: caps.namespaces.${namespace}: the cloud does not use that namespace, only ${used.join(', ')}`);
  }
  for (const { template, place } of rest.warm) {
    if (all.get(template)?.label == null) throw new CloudError('MR_CLOUD_REFUSED', `${at}: warm: there is no template ‘${template}’ with a label`);
    const theirs = placesOf.get(template) ?? rest.places;
    if (place !== undefined && !theirs.some((p) => p.name === place))
      throw new CloudError('MR_CLOUD_REFUSED', `${at}: warm: ‘${template}’ has no place ‘${place}’`);
  }
  if (new Set(rest.imageCaches.map((c) => c.kind)).size < rest.imageCaches.length)
    throw new CloudError('MR_CLOUD_REFUSED', `${at}: imageCaches: there are two of a kind`);
  for (const { template, place } of rest.placeholders) {
    const wrong = (what: string): CloudError => new CloudError('MR_CLOUD_REFUSED', `${at}: placeholders: ${what}`);
    if (!all.has(template)) throw wrong(`there is no template ‘${template}’`);
    const theirs = placesOf.get(template) ?? rest.places;
    const found = place === undefined ? theirs[0] : theirs.find((p) => p.name === place);
    if (place !== undefined && found === undefined) throw wrong(`‘${template}’ has no place ‘${place}’`);
    if (found?.profile !== undefined) throw wrong(`‘${found.name}’ has the profile ${found.profile}: there are no nodes on which room could be held`);
    const same = rest.placeholders.filter((p) => p.template === template && (p.place ?? theirs[0]?.name) === found?.name);
    if (same.length > 1) throw wrong(`there are two for ‘${template}’${found === undefined ? '' : ` at ‘${found.name}’`}`);
  }
  return { ...rest, kubeconfig: file(rest.kubeconfig), tokenFile: file(rest.tokenFile), caFile: file(rest.caFile), templates: all, placesOf };
}

/**
 * Pods as pieces of YAML: read leniently, as `kubectl` does (`mode: 0777` is octal), and laid over each other.
 * Follows PodTemplateUtils.combine of the kubernetes plug-in, but no field is lost on the way: it keeps those alone that it
 * knows.
 */
import type { Json } from '@millrace/pipeline';
import type { ScalarTag } from 'yaml';
import { parse } from 'yaml';
import type { Fields } from './arguments.ts';
import { isFields, TemplateError } from './arguments.ts';

/** Any part of a pod's manifest. */
export type PodPiece = Fields;

/** Throws TemplateError. */
export function readPodYaml(text: string, at: string): PodPiece {
  let value: Json;
  try {
    value = parse(text, { merge: true, customTags: (tags) => [OCTAL, ...tags], logLevel: 'error' }) as Json;
  } catch (error) {
    throw new TemplateError(`${at} is no YAML: ${(error as Error).message.split('\n')[0]}`);
  }
  return readPodPiece(value ?? {}, at);
}

/** YAML 1.1's: `0777` is a mode for `kubectl`. Its `y`, `on`, dates and `12:30` stay text, as who writes them means it. */
const OCTAL: ScalarTag = { tag: 'tag:yaml.org,2002:int', default: true, test: /^0[0-7]+$/, resolve: (text) => Number.parseInt(text, 8) };

export function readPodPiece(value: Json, at: string): PodPiece {
  if (!isFields(value)) throw new TemplateError(`${at} is no pod`);
  const { kind = 'Pod' } = value;
  if (kind !== 'Pod') throw new TemplateError(`${at}: its kind is ${JSON.stringify(kind)}, not Pod`);
  const piece = tidy(value, []) as PodPiece;
  const bad: string[] = [];
  for (const list of ['containers', 'initContainers'])
    for (const container of listOf(isFields(piece['spec']) ? piece['spec'][list] : null)) {
      const name = isFields(container) ? container['name'] : null;
      if (typeof name !== 'string') throw new TemplateError(`${at}: a container has no name`);
      if (!isContainerName(name)) bad.push(name);
    }
  // In the plug-in's words.
  if (bad.length > 0)
    throw new TemplateError(`Container Names MUST match RFC 1123 - They can only contain lowercase letters, numbers or dashes: ${bad.join(', ')}`);
  return piece;
}

function isContainerName(name: string): boolean {
  return /^[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?$/.test(name);
}

/** In the plug-in's words. */
export function checkContainerName(name: string): void {
  if (!isContainerName(name))
    throw new TemplateError(
      `RFC1123 error: container name is not valid: ${name}. A lowercase RFC 1123 label must consist of lower case alphanumeric characters or '-', and must start and end with an alphanumeric character (e.g. 'my-name',  or '123-abc', regex used for validation is '[a-z0-9]([-a-z0-9]*[a-z0-9])?')`,
    );
}

/** Maps whose values are text, whatever they look like. */
const TEXT_MAPS: ReadonlySet<string> = new Set(['labels', 'annotations', 'nodeSelector', 'matchLabels']);
const TEXT_LISTS: ReadonlySet<string> = new Set(['command', 'args']);

/** Without nulls, and with text where the API wants text: `value: 1` is what people write. */
function tidy(value: Json, path: readonly string[]): Json {
  const own = path.at(-1) ?? '',
    holder = path.at(-2) ?? '';
  if (Array.isArray(value)) return (value as readonly Json[]).filter((v) => v !== null).map((v) => tidy(v, path));
  if (isFields(value)) {
    const out: { [name: string]: Json } = {};
    for (const [name, v] of Object.entries(value)) if (v !== null) out[name] = tidy(v, [...path, name]);
    return out;
  }
  const wantsText = TEXT_MAPS.has(holder) || TEXT_LISTS.has(own) || (holder === 'env' && own === 'value');
  return wantsText && value !== null ? String(value) : value;
}

/** Lists whose elements are laid over each other by a name, and how. */
const BY_NAME: { readonly [list: string]: { readonly key: string; readonly merge: boolean } } = {
  containers: { key: 'name', merge: true },
  initContainers: { key: 'name', merge: true },
  env: { key: 'name', merge: false },
  volumes: { key: 'name', merge: false },
  volumeMounts: { key: 'mountPath', merge: false },
  ports: { key: 'containerPort', merge: false },
  imagePullSecrets: { key: 'name', merge: false },
};
const APPENDED: ReadonlySet<string> = new Set(['tolerations', 'envFrom']);

/** `over` wins; containers, variables, volumes and mounts go by their names, tolerations add up. */
export function combinePods(under: PodPiece, over: PodPiece): PodPiece {
  return mergeFields(under, over);
}

function mergeFields(under: Fields, over: Fields): Fields {
  const out: { [name: string]: Json } = { ...under };
  for (const [name, value] of Object.entries(over)) out[name] = mergeValue(name, under[name] ?? null, value);
  return out;
}

function mergeValue(name: string, under: Json, over: Json): Json {
  if (isFields(under) && isFields(over)) return mergeFields(under, over);
  if (!Array.isArray(under) || !Array.isArray(over)) return over;
  const first = listOf(under),
    second = listOf(over);
  if (APPENDED.has(name)) return [...first, ...second];
  const how = Object.hasOwn(BY_NAME, name) ? BY_NAME[name] : undefined;
  if (how === undefined) return second.length === 0 ? first : second;
  const out = new Map<Json, Json>();
  const keyOf = (item: Json): Json => (isFields(item) ? (item[how.key] ?? null) : null);
  for (const item of first) out.set(keyOf(item), item);
  for (const item of second) {
    const known = out.get(keyOf(item));
    out.set(keyOf(item), how.merge && isFields(known) && isFields(item) ? mergeFields(known, item) : item);
  }
  return [...out.values()];
}

export function listOf(value: Json | undefined): readonly Json[] {
  return Array.isArray(value) ? (value as readonly Json[]) : [];
}

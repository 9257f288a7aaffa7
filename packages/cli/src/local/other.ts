/** Asks without a kind of their own, of one build that has no others beside it. */
import { readFile } from 'node:fs/promises';
import type { Json, RequestOf } from '@millrace/pipeline';
import type { Config } from '../config/config.ts';
import { Failure } from './handler.ts';
import type { LocalNodes } from './nodes.ts';

export async function serveOther({ name, data }: RequestOf<'other'>, config: Config, nodes: LocalNodes): Promise<Json> {
  switch (name) {
    case 'nodesByLabel':
      return nodes.labelled(data);
    case 'imageBuilder':
      if (config.imageBuilder !== null) return config.imageBuilder as unknown as Json;
      throw new Failure({ code: 'MR_IMAGE_BUILDER', message: 'buildImage needs a tool: the configuration has no imageBuilder' });
    case 'configFile':
      return configFile(config, (data as { readonly id: string }).id);
    case 'otherBuild':
    case 'buildUser':
      return null;
    case 'upstreamBuilds':
      return { builds: [] };
    case 'earlierChanges':
      return { changes: [] };
    default:
      throw new Failure({ code: 'MR_UNSUPPORTED', message: `${name} needs a Millrace server` });
  }
}

async function configFile(config: Config, id: string): Promise<Json> {
  const found = config.configFiles.find((one) => one.id === id);
  if (found === undefined) return null;
  const text = await readFile(found.path, 'utf8').catch(() => {
    throw new Failure({ code: 'MR_HOST', message: `The file of the managed file ${id} cannot be read: ${found.path}` });
  });
  return { name: found.name, text, servers: found.servers.map((server) => ({ ...server })) };
}

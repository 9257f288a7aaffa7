/** A managed file of the configuration, for `configFileProvider`. */
import type { Json, ManagedFile } from '@millrace/pipeline';
import type { AskContext } from '../ask-context.ts';
import { configuredText } from './configured-text.ts';

/** Null for an id that the configuration does not have. */
export async function configFile(cx: AskContext<'other'>, id: string): Promise<void> {
  const found = cx.services.installation().configFiles?.find((one) => one.id === id);
  if (found === undefined) {
    cx.answer(null);
    return;
  }
  const text = await configuredText(`managed file ${id}`, found.path);
  cx.answer({ name: found.name, text, servers: found.servers } satisfies ManagedFile as unknown as Json);
}

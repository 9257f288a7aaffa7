/** A build as people name it: its number, `#12`, or `last`. */
import type { ApiClient } from './api-client.ts';
import { itemAddress } from './api-client.ts';
import type { Call } from './call.ts';
import { ClientError, EXIT_REFUSED } from './client-error.ts';
import type { Item } from './shapes.ts';

export async function buildNumber(call: Call, client: ApiClient, job: string, text = 'last'): Promise<number> {
  const digits = /^#?([1-9]\d{0,9})$/.exec(text)?.[1];
  if (digits !== undefined) return Number(digits);
  if (text !== 'last') throw call.wrong(`a build is named by its number or last, not ${text}`);
  const { lastBuild } = await client.get<Item>(itemAddress(job));
  if (lastBuild?.number == null) throw new ClientError('MR_BUILD_UNKNOWN', `MR_BUILD_UNKNOWN: ${job} has no build yet`, EXIT_REFUSED);
  return lastBuild.number;
}

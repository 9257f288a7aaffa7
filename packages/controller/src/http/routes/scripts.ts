/** Scripts that belong to no build yet. */
import { scriptRoutes } from '@millrace/protocol';
import { handlers } from '../mount.ts';
import type { ApiServices } from '../services.ts';

export function scriptHandlers({ checkScript }: ApiServices) {
  return handlers(scriptRoutes, {
    'scripts.validate': ({ body, reply }) => {
      const gone = new AbortController();
      // Who types on asks anew, and leaves the answer to what was typed before.
      reply.raw.on('close', () => {
        gone.abort();
      });
      return checkScript(body.script, gone.signal);
    },
  });
}

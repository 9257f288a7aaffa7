/**
 * One agent for each root: a second one would follow the same tasks. On Linux the lock is a socket without a file, which the
 * system takes back when its process dies, however it dies; elsewhere there is none.
 */
import { createHash } from 'node:crypto';
import { createServer } from 'node:net';
import { AgentError } from './errors.ts';

/** Answers how to give it back. `root`: with links resolved. */
export async function lockRoot(root: string): Promise<() => void> {
  if (process.platform !== 'linux') return () => undefined;
  const server = createServer((socket) => socket.destroy());
  server.unref();
  await new Promise<void>((done, fail) => {
    server.on('error', (e: NodeJS.ErrnoException) => {
      fail(new AgentError('MR_AGENT_ROOT', e.code === 'EADDRINUSE' ? `Another agent of this machine uses ${root}.` : e.message));
    });
    server.listen(`\0millrace-agent-${createHash('sha256').update(root).digest('hex')}`, done);
  });
  return () => {
    server.close();
  };
}

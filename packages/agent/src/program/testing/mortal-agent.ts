/** An agent in a process of its own, which is killed as a machine's is: with -9, and the server notices. */
import type { ChildProcess } from 'node:child_process';
import { spawn } from 'node:child_process';
import { join } from 'node:path';
import type { FakeServer } from './fake-server.ts';

export class MortalAgent {
  private readonly server: FakeServer;
  private readonly root: string;
  private child: ChildProcess | null = null;

  constructor(server: FakeServer, root: string) {
    this.server = server;
    this.root = root;
  }

  start(): ChildProcess {
    const options = JSON.stringify({ urls: [this.server.url], name: 'n', secret: 'sesame', root: this.root, longestWaitMs: 100 });
    this.child = spawn(process.execPath, [join(import.meta.dirname, 'start.ts'), options], { stdio: ['ignore', 'ignore', 'inherit'] });
    return this.child;
  }
  /** Resolves when it is gone. */
  async kill(): Promise<void> {
    const dying = this.child;
    this.child = null;
    if (dying === null || dying.exitCode !== null || dying.signalCode !== null) return;
    const gone = new Promise((done) => dying.once('exit', done));
    dying.kill('SIGKILL');
    await gone;
    this.server.loseSessions();
  }
}

/** A worker thread: many builds' programs, apart from the controller's own work, with a memory limit of its own. */
import { parentPort, workerData } from 'node:worker_threads';
import { checkScript } from './check-script.ts';
import { failure, HostedBuild } from './hosted-build.ts';
import type { FromWorker, ToWorker, WorkerSetup } from './messages.ts';
import { Sealer } from './sealer.ts';

const port = parentPort as NonNullable<typeof parentPort>;
const { keys } = workerData as WorkerSetup;
const sealer = new Sealer(keys.first, keys.later);
const builds = new Map<number, HostedBuild>();
let batch: FromWorker[] = [];

/** What one turn of the event loop says goes together. */
function send(message: FromWorker): void {
  if (message.t === 'ended' || message.t === 'failed' || message.t === 'detached') builds.delete(message.build);
  if (batch.push(message) > 1) return;
  setImmediate(() => {
    const messages = batch;
    batch = [];
    port.postMessage(messages);
  });
}

function take(message: ToWorker): void {
  switch (message.t) {
    case 'ping':
      send({ t: 'pong' });
      return;
    case 'keys':
      sealer.use(message.later);
      return;
    case 'check':
      send({ t: 'checked', findings: checkScript(message.script, message.tools) });
      return;
    case 'begin':
      try {
        builds.set(message.build, new HostedBuild({ begin: message, send, seal: (text) => sealer.seal(text), open: (sealed) => sealer.open(sealed) }));
      } catch (error) {
        send(failure(message.build, error));
      }
      return;
    default:
      builds.get(message.build)?.take(message);
  }
}

port.on('message', (messages: readonly ToWorker[]) => {
  for (const message of messages) take(message);
});

/** The worker thread with a native fault: a turn in which the program printed "dies here" takes the whole process down. */
import { ChunkStore } from '../worker/chunk-store.ts';

const store = ChunkStore.prototype as unknown as { emit(this: { text: string }): void };
const { emit } = store;
store.emit = function () {
  if (this.text.includes('dies here')) process.kill(process.pid, 'SIGKILL');
  emit.call(this);
};

await import('../worker/thread.ts');

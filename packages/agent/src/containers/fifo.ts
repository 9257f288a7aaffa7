/**
 * FIFOs on a volume that several containers share. They carry words and secrets that no disk sees, and they tell who lives:
 * the kernel closes what a process held, however it ended, and process ids of another container mean nothing here.
 */
import { spawnSync } from 'node:child_process';
import { closeSync, constants, existsSync, openSync, readSync, writeSync } from 'node:fs';
import { Socket } from 'node:net';

const { O_NONBLOCK, O_RDONLY, O_RDWR, O_WRONLY } = constants;

/** Those that are there already stay. `program`: a busybox. */
export function makeFifos(program: string, ...paths: readonly string[]): void {
  const missing = paths.filter((path) => !existsSync(path));
  if (missing.length === 0) return;
  const { status, error, stderr } = spawnSync(program, ['mkfifo', '-m', '666', ...missing], { encoding: 'utf8' });
  if (status !== 0) throw new Error(error?.message ?? `mkfifo failed: ${stderr.trim()}`);
}

/** To write to; null while nobody reads, or where it is gone. */
export function openWriter(path: string): number | null {
  try {
    return openSync(path, O_WRONLY | O_NONBLOCK);
  } catch (e) {
    const { code } = e as NodeJS.ErrnoException;
    if (code === 'ENXIO' || code === 'ENOENT') return null;
    throw e;
  }
}

export function hasReader(path: string): boolean {
  const fd = openWriter(path);
  if (fd !== null) closeSync(fd);
  return fd !== null;
}

/** A line of less than 4096 bytes, whole or not at all. Answers false where nobody reads, or not fast enough. */
export function tell(path: string, line: string): boolean {
  const fd = openWriter(path);
  if (fd === null) return false;
  try {
    writeSync(fd, `${line}\n`);
    return true;
  } catch (e) {
    if (['EPIPE', 'EAGAIN'].includes((e as NodeJS.ErrnoException).code ?? '')) return false;
    throw e;
  } finally {
    closeSync(fd);
  }
}

/** Writes all of it as it is read, and closes. The reader may have gone in between: what comes of it shows elsewhere. */
export function pour(fd: number, text: string, signal: AbortSignal): Promise<void> {
  return new Promise((done) => {
    const socket = new Socket({ fd, readable: false, writable: true, signal });
    socket.on('error', () => undefined);
    socket.on('close', () => {
      done();
    });
    socket.end(text, () => socket.destroy());
  });
}

/** Lets a reader that waits for a writer see an end without a word. */
export function releaseReader(path: string): void {
  closeSync(openSync(path, O_RDWR | O_NONBLOCK));
}

/** Whether some process has it open for writing. */
export function hasWriter(path: string): boolean {
  const fd = openReader(path);
  if (fd !== null) closeSync(fd);
  return fd !== null;
}

/** Calls once when no process has it open for writing any more, also where that is so already. Answers how to listen no longer. */
export function onWritersGone(path: string, listener: () => void): () => void {
  const fd = openReader(path);
  if (fd === null) {
    const soon = setImmediate(listener);
    return () => {
      clearImmediate(soon);
    };
  }
  let wanted = true;
  const socket = new Socket({ fd, readable: true, writable: false });
  socket.on('error', () => undefined);
  socket.on('close', () => {
    if (wanted) listener();
  });
  socket.resume();
  socket.unref();
  return () => {
    wanted = false;
    socket.destroy();
  };
}

/** Null where it has no writer: the kernel would not tell later that there is none. */
function openReader(path: string): number | null {
  let fd: number;
  try {
    fd = openSync(path, O_RDONLY | O_NONBLOCK);
  } catch (e) {
    if ((e as NodeJS.ErrnoException).code === 'ENOENT') return null;
    throw e;
  }
  try {
    if (readSync(fd, Buffer.alloc(1), 0, 1, null) === 0) {
      closeSync(fd);
      return null;
    }
  } catch (e) {
    if ((e as NodeJS.ErrnoException).code !== 'EAGAIN') {
      closeSync(fd);
      throw e;
    }
  }
  return fd;
}

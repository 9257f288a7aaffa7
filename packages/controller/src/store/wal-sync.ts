/**
 * Durability of SQLite's commits without the main thread waiting for the disk. A commit writes to the write-ahead log and
 * does not sync it (`synchronous = NORMAL`); the log is then synced by a thread of libuv, and only after that does anybody
 * outside hear of the commit (GroupWriter, and the server before each answer). A killed process loses nothing, since the
 * system has the pages; a machine that falls loses only what nobody was told of. The log is a sequence: when a commit is
 * durable, so are those before it.
 *
 * A sync that fails ends the process: after it nobody knows which pages the disk has, and asking again answers a false yes.
 */
import { closeSync, fdatasync, fsyncSync, openSync } from 'node:fs';
import { dirname } from 'node:path';
import { StoreError } from './errors.ts';

export class WalSync {
  private readonly file: string;
  private fd: number | null = null;
  private under: Promise<void> | null = null;
  private following: Promise<void> | null = null;

  /** `file`: of the write-ahead log, which is there from the first commit on. */
  constructor(file: string) {
    this.file = file;
  }

  /** Resolves when all that was committed before the call survives the machine. */
  sync(): Promise<void> {
    if (this.under === null) return this.begin();
    // One under way may have begun before the last commit.
    this.following ??= this.under.then(() => {
      this.following = null;
      return this.begin();
    });
    return this.following;
  }

  /** What is under way; null: nothing. */
  get pending(): Promise<void> | null {
    return this.following ?? this.under;
  }

  close(): void {
    if (this.fd !== null) closeSync(this.fd);
    this.fd = null;
  }

  private begin(): Promise<void> {
    const fd = (this.fd ??= this.open());
    this.under = new Promise<void>((resolve) => {
      fdatasync(fd, (error) => {
        if (error !== null) throw new StoreError('MR_STORE_SYNC', { file: this.file, reason: error.message });
        this.under = null;
        resolve();
      });
    });
    return this.under;
  }

  private open(): number {
    const fd = openSync(this.file, 'r');
    // That the file is there at all is the folder's to keep.
    const folder = openSync(dirname(this.file), 'r');
    fsyncSync(folder);
    closeSync(folder);
    return fd;
  }
}

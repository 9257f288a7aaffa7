/** Stashes and artifacts of a build on this machine: in folders beside it. */
import { cp, lstat, mkdir, rename, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { Transfers } from '@millrace/agent';
import { findFiles, readText } from '@millrace/agent';

export interface LocalPlaces {
  /** The file of the stash that the operation is about. */
  readonly stash: string;
  readonly artifacts: string;
  readonly files: string;
  report(file: string, text: string): void;
}

const COPY = { preserveTimestamps: true, verbatimSymlinks: true, recursive: true } as const;

export class LocalTransfers implements Transfers {
  private readonly places: LocalPlaces;
  constructor(places: LocalPlaces) {
    this.places = places;
  }

  /** Nobody here looks at digests: none are made. */
  async send(name: string, file: string): Promise<void> {
    if (name.startsWith('report:')) {
      this.places.report(file, await readText(file, null));
      return;
    }
    const to = this.placeOf(name);
    await mkdir(dirname(to), { recursive: true });
    // Made beside and moved, so that it is whole or not there.
    const making = `${to}.millrace-new`;
    await rm(making, { recursive: true, force: true });
    await cp(file, making, COPY);
    await rename(making, to);
  }

  async fetch(name: string, file: string): Promise<boolean> {
    const from = this.placeOf(name);
    if ((await lstat(from).catch(() => null)) === null) return false;
    await cp(from, file, COPY);
    return true;
  }

  async artifacts(): Promise<{ path: string; size: number }[]> {
    const all = await findFiles(this.places.artifacts, { includes: '**', excludes: null, defaultExcludes: false });
    return all.map((f) => ({ path: f.path, size: f.length }));
  }

  private placeOf(name: string): string {
    if (name === 'stash') return this.places.stash;
    const [, kind, path] = /^(artifact|file):(.*)$/s.exec(name) as unknown as [string, 'artifact' | 'file', string];
    return join(kind === 'artifact' ? this.places.artifacts : this.places.files, path);
  }
}

/** Makes the entries of folders durable. Many who want it of one folder at the same time share a sync. */
import { mkdir, open } from 'node:fs/promises';
import { dirname } from 'node:path';

interface Syncing {
  readonly running: Promise<void>;
  /** For those who came while it ran: their entry may have come too late for it. */
  next: Promise<void> | null;
}

export class FolderSync {
  private readonly under = new Map<string, Syncing>();

  sync(folder: string): Promise<void> {
    const found = this.under.get(folder);
    if (found === undefined) return this.begin(folder);
    found.next ??= found.running.then(
      () => this.begin(folder),
      () => this.begin(folder),
    );
    return found.next;
  }

  /** Makes the folder and what is above it; each new one is durable in the one above. */
  async make(folder: string): Promise<void> {
    const first = await mkdir(folder, { recursive: true, mode: 0o700 });
    if (first === undefined) return;
    for (let at = folder; at.length >= first.length; at = dirname(at)) await this.sync(dirname(at));
  }

  private begin(folder: string): Promise<void> {
    const running = syncFolder(folder);
    const mine: Syncing = { running, next: null };
    this.under.set(folder, mine);
    const end = (): void => {
      if (this.under.get(folder) === mine) this.under.delete(folder);
    };
    running.then(end, end);
    return running;
  }
}

async function syncFolder(folder: string): Promise<void> {
  const handle = await open(folder, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

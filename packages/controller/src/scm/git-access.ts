/** What a git process of a controller is given to get at a repository, for as long as it runs. */
import { randomUUID } from 'node:crypto';
import { mkdir, rm, writeFile } from 'node:fs/promises';
import { homedir } from 'node:os';
import { join } from 'node:path';
import type { HostKeys } from '@millrace/protocol/git';
import { gitAccess } from '@millrace/protocol/git';
import type { Credential } from '../credentials/credential.ts';

export interface OpenAccess {
  readonly env: Readonly<Record<string, string>>;
  /** Removes its files. */
  close(): Promise<void>;
}

export interface AccessContext {
  /** A folder of this controller. What is written there lasts for one process of git alone. */
  readonly folder: string;
  readonly hostKeys: HostKeys;
}

export async function openAccess(url: string, credential: Credential | null, { folder, hostKeys }: AccessContext): Promise<OpenAccess> {
  const own = join(folder, randomUUID());
  const { files, env } = gitAccess({ url, fields: credential?.fields ?? null, hostKeys, folder: own, home: homedir() });
  const close = async (): Promise<void> => {
    if (files.length > 0) await rm(own, { recursive: true, force: true });
  };
  try {
    if (files.length > 0) await mkdir(own, { recursive: true, mode: 0o700 });
    for (const { name, content, mode } of files) await writeFile(join(own, name), content, { mode });
    return { env, close };
  } catch (e) {
    await close();
    throw e;
  }
}

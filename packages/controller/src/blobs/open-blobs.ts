/** The blob store that the configuration names. */
import type { Store } from '../store/store.ts';
import type { BlobStore } from './blob-store.ts';
import { FolderStore } from './folder-store.ts';

export interface BlobChoice {
  /** `folder`, `folder:PATH`; null: a folder. */
  readonly choice: string | null;
  readonly folder: string;
  readonly store: Store;
}

export function openBlobs({ choice, folder }: BlobChoice): BlobStore {
  if (choice?.startsWith('folder:') === true) return new FolderStore(choice.slice('folder:'.length));
  return new FolderStore(folder);
}

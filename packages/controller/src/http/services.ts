/** What the routes need of the rest of a controller. */
import type { Readable } from 'node:stream';
import type { Auth } from '../auth/auth.ts';
import type { BlobStore } from '../blobs/blob-store.ts';
import type { Enqueue } from '../builds/enqueue.ts';
import type { ScriptFindings } from '../builds/worker/messages.ts';
import type { Sealer } from '../builds/worker/sealer.ts';
import type { Cloud } from '../clouds/cloud.ts';
import type { ServerSettings } from '../config/show-settings.ts';
import type { CredentialProvider } from '../credentials/provider.ts';
import type { SealingKeys } from '../credentials/sealing-keys.ts';
import type { Thresholds } from '../nodes/monitors.ts';
import type { Channels } from '../notifications/channels/registry.ts';
import type { Store } from '../store/store.ts';
import type { Templates } from '../templates/templates.ts';

export interface ApiServices {
  readonly store: Store;
  readonly auth: Auth;
  readonly sealer: Sealer;
  readonly enqueue: Enqueue;
  readonly blobs: BlobStore;
  readonly clouds: readonly Cloud[];
  readonly credentialProviders: readonly CredentialProvider[];
  readonly channels: Channels;
  readonly sealingKeys: SealingKeys;
  readonly templates: Templates;
  readonly now: () => number;
  /** This incarnation's id in the fleet. */
  readonly self: () => string;
  /** Of the web address that users see; ends with a slash. */
  readonly rootUrl: () => string;
  readonly version: string;
  /** Where a job says none. */
  readonly timeZone: string;
  /** What this controller was started with, without secrets. */
  readonly settings: () => ServerSettings;
  /** Blobs that nothing refers to any more. */
  readonly deleteBlobs: (keys: readonly string[]) => Promise<void>;
  /** Keeps an uploaded parameter; answers its key. */
  readonly storeParameterFile: (content: Readable, name: string) => Promise<string>;
  /** Beyond these a node takes nothing new. */
  readonly monitorThresholds: () => Thresholds;
  /** Throws MR_SCRIPT_CHECK_TIME, MR_SCRIPT_CHECKS_BUSY. `gone`: nobody waits for it any more. */
  readonly checkScript: (script: string, gone: AbortSignal) => Promise<ScriptFindings>;
  readonly onError: (error: unknown) => void;
  /** Answers are compared with their schemas: in tests. */
  readonly checkAnswers?: boolean;
}

/** What the routes share beside. */
export interface RouteServices extends ApiServices {
  /** The server closes: what is followed ends. */
  readonly closing: AbortSignal;
}

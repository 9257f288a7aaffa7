/** What the configuration file says about the whole installation; read anew when it changes. */
import type { ImageBuilder, ToolDescriptor } from '@millrace/pipeline';
import type { HostKeys } from '@millrace/protocol/git';
import { DEFAULT_HOST_KEYS } from '@millrace/protocol/git';
import type { Forge } from '../triggers/forge-payloads.ts';

export interface ToolConfig {
  readonly name: string;
  readonly type: string | null;
  readonly home: string;
  readonly env: Readonly<Record<string, string>>;
}
export interface CredentialConfig {
  readonly id: string;
  readonly type: string;
  readonly description: string | null;
  readonly fields: Readonly<Record<string, string>>;
  /** Fields that are read from a file at each use, as it may have changed: its absolute path. */
  readonly files?: Readonly<Record<string, string>>;
}
export interface LibraryConfig {
  readonly name: string;
  readonly path: string | null;
  readonly git: string | null;
  /** The default. */
  readonly version: string | null;
  readonly implicit: boolean;
  /** `library('x@other')` may ask for another version. */
  readonly allowVersionOverride?: boolean;
  /** Its changes are changes of builds that use it. */
  readonly includeInChangesets?: boolean;
  readonly credentialsId?: string | null;
  /** Where `vars`, `src` and `resources` are in the repository. */
  readonly libraryPath?: string;
  /** What a version was found to mean holds so long; null: it is looked at each time. */
  readonly caching?: LibraryCaching | null;
}
export interface LibraryCaching {
  /** 0: for ever. */
  readonly refreshMinutes: number;
  /** Versions that hold one of these are looked at each time. */
  readonly excludedVersions: readonly string[];
}

/** What `emailext` may write a mail by: `${SCRIPT, template="managed:NAME"}`. Who wrote the configuration vouches for it. */
export interface MailTemplate {
  readonly name: string;
  readonly path: string;
}

/** What `configFileProvider` brings to a workspace. */
export interface ManagedFileConfig {
  readonly id: string;
  readonly name: string;
  readonly path: string;
  /** Of a Maven settings file: servers whose logins are credentials. */
  readonly servers: readonly { readonly id: string; readonly credentialsId: string }[];
}

export interface SonarServerConfig {
  readonly name: string;
  readonly url: string;
  /** Of a secret text with a token. */
  readonly credentialsId: string | null;
  /** Of a secret text: what its webhook signs with. */
  readonly webhookSecretId: string | null;
  readonly mojoVersion: string | null;
  readonly additionalProperties: string;
  readonly additionalAnalysisProperties: Readonly<Record<string, string>>;
}

export interface WebhookConfig {
  readonly secrets: readonly { readonly forge: Forge; readonly credentialsId: string }[];
  readonly startsAtOnce: number;
}
export const DEFAULT_WEBHOOKS: WebhookConfig = { secrets: [], startsAtOnce: 100 };

export interface Installation {
  readonly tools: readonly ToolConfig[];
  readonly toolDescriptors: readonly ToolDescriptor[];
  /** The variables that a tool sets. */
  readonly toolEnvironment: (tool: ToolConfig) => Readonly<Record<string, string>>;
  readonly credentials: readonly CredentialConfig[];
  readonly libraries: readonly LibraryConfig[];
  /** Of SSH servers with repositories. */
  readonly hostKeys?: HostKeys;
  /** What `buildImage` builds with; without it, it is refused. */
  readonly imageBuilder?: ImageBuilder | null;
  /** Templates of mails, by name: files of each controller. */
  readonly mailTemplates?: readonly MailTemplate[];
  /** Managed files: files of each controller. */
  readonly configFiles?: readonly ManagedFileConfig[];
  /** For `withSonarQubeEnv` and `waitForQualityGate`; the first is meant where none is named. */
  readonly sonarServers?: readonly SonarServerConfig[];
  /** Secrets of webhooks by forge, and how many builds one of them may start at once. */
  readonly webhooks?: WebhookConfig;
  /** Variables of all builds. */
  readonly env: Readonly<Record<string, string>>;
  /** A quiet period where a job says none. */
  readonly quietPeriodSeconds: number;
}

export function hostKeysOf(installation: Installation): HostKeys {
  return installation.hostKeys ?? DEFAULT_HOST_KEYS;
}

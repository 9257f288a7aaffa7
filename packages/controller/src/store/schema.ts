/**
 * The tables, as both engines hold them. Times are milliseconds since 1970, flags are 0 or 1, JSON is text: the same types
 * everywhere, so that one query means the same on SQLite and on PostgreSQL. The columns' meaning stands in migrations/.
 */
import type { ColumnType, Generated, Insertable, Selectable } from 'kysely';

export interface MetaTable {
  key: string;
  value: string;
}

export interface ControllerTable {
  id: string;
  name: string;
  url: string | null;
  labels: string;
  version: string;
  state: 'up' | 'draining' | 'down';
  lock_key: number;
  write_token: number;
  started_at: number;
  seen_at: number;
  schema: Generated<number>;
}

export interface DutyTable {
  name: string;
  holder: string | null;
  fence: number;
  since: number;
}

export interface ItemTable {
  id: Generated<number>;
  parent_id: number | null;
  kind: 'folder' | 'pipeline' | 'freestyle' | 'multibranch' | 'organization';
  name: string;
  full_name: string;
  description: string;
  disabled: number;
  config: string;
  properties: string;
  next_number: number;
  revision: number;
  deleted: Generated<number>;
  template: ColumnType<string | null, string | null | undefined>;
  template_version: ColumnType<string | null, string | null | undefined>;
  created_at: number;
  updated_at: number;
}

export interface BuildRevisionTable {
  build_id: number;
  ask_id: string;
  item_id: number;
  kind: 'checkout' | 'script' | 'library';
  name: string | null;
  repo: string;
  url: string;
  branch: string;
  commit_id: string;
  poll: number;
  more: number;
  watched: Generated<string | null>;
}

export interface BuildChangeTable {
  build_id: number;
  n: number;
  ask_id: string;
  item_id: number;
  number: number;
  commit_id: string | null;
  author: string;
  email: string;
  at: number;
  title: string;
  comment: string;
  files: string;
}

export interface BuildTable {
  id: Generated<number>;
  item_id: number;
  job: string;
  number: number | null;
  state: 'queued' | 'running' | 'ended' | 'cancelled';
  result: string | null;
  priority: number;
  causes: string;
  parameters: string;
  origin: string;
  queued_at: number;
  quiet_until: number;
  started_at: number | null;
  ended_at: number | null;
  owner: string | null;
  epoch: number;
  crashes: number;
  parked: number;
  wake_at: number | null;
  abort: string | null;
  facts: string;
  kept: number;
  why: string | null;
  timeline: string;
  record: string | null;
  log_bytes: number;
  chunked: Generated<number>;
  suspicion: Generated<string | null>;
}

export interface ChunkTable {
  build_id: number;
  seq: number;
  journal: string;
  records: string;
  tree: string;
  log: string | null;
  log_at: number;
}

export interface RecordTable {
  build_id: number;
  data: Uint8Array;
}

export interface LeaseTable {
  id: string;
  build_id: number;
  ask_id: string;
  item_id: number;
  job: string;
  label: string | null;
  state: 'waiting' | 'held';
  priority: number;
  since: number;
  node_id: number | null;
  executor: number | null;
  workspace: string | null;
  granted_at: number | null;
  why: string | null;
  timeline: string;
  cloud: ColumnType<string | null, string | null | undefined>;
}

export interface PodTemplateTable {
  build_id: number;
  ask_id: string;
  label: string;
  cloud: string | null;
  data: string;
  created_at: number;
}

export interface WorkspaceTable {
  node_id: number;
  path: string;
  item_id: number;
  lease: string | null;
  ask_id: string | null;
  used_at: number;
}

export interface NodeTable {
  id: Generated<number>;
  name: string;
  kind: 'built-in' | 'permanent' | 'cloud';
  description: string;
  labels: string;
  executors: number;
  mode: 'normal' | 'exclusive';
  root: string | null;
  env: string;
  secret_hash: string;
  cloud: string | null;
  cloud_ref: string | null;
  lease: string | null;
  retention: string;
  offline: string | null;
  disconnected: string | null;
  instance: string | null;
  session: string | null;
  seen_at: number | null;
  connected_at: number | null;
  facts: string;
  monitors: string;
  idle_since: number | null;
  revision: number;
  created_at: number;
}

export interface WorkTable {
  id: string;
  build_id: number;
  ask_id: string;
  node_id: number;
  kind: string;
  request: string;
  cancel: string | null;
  result: string | null;
  taken_by: string | null;
  created_at: number;
}

export interface InputTable {
  build_id: number;
  ask_id: string;
  input_id: string;
  request: string;
  state: 'waiting' | 'proceeded' | 'aborted';
  answer: string | null;
  by_user: string | null;
  created_at: number;
}

export interface ResourceTable {
  name: string;
  labels: string;
  description: string;
  ephemeral: number;
  reserved_by: string | null;
  note: string;
  properties: string;
}

export interface LockTable {
  id: string;
  build_id: number;
  ask_id: string;
  request: string;
  state: 'waiting' | 'held' | 'skipped';
  resources: string;
  since: number;
}

export interface MilestoneTable {
  item_id: number;
  ordinal: number;
  number: number;
  build_id: number;
}

export interface DownstreamTable {
  build_id: number;
  ask_id: string;
  downstream_id: number;
  /** 0: nobody waits. 1: until it ends. 2: until it starts. */
  wait: number;
}

export interface ArtifactTable {
  build_id: number;
  path: string;
  size: number;
  blob: string;
  md5: string;
  sha256: string;
  fingerprint: number;
}

export interface StashTable {
  build_id: number;
  item_id: number;
  name: string;
  blob: string;
  size: number;
  sha256: string;
  files: number;
}

export interface CacheTable {
  item_id: number;
  key: string;
  files_hash: string;
  blob: string;
  size: number;
  sha256: string;
  build_id: number;
  created_at: number;
  used_at: number;
}

export interface TestTable {
  build_id: number;
  item_id: number;
  number: number;
  seq: number;
  suite: string;
  test_key: string;
  class_name: string;
  name: string;
  status: 'passed' | 'failed' | 'skipped';
  seconds: number;
  detail: string | null;
}

export interface PublishedTable {
  build_id: number;
  ask_id: string;
  type: string;
  name: string;
  data: string;
  files: string;
  item_id: number | null;
  number: number | null;
}

export interface BlobPartTable {
  key: string;
  part: number;
  data: Uint8Array;
}

export interface BlobTable {
  key: string;
  size: number;
  sha256: string;
  created_at: number;
}

export interface LooseBlobTable {
  key: string;
  since: number;
}

export interface UserTable {
  id: string;
  full_name: string;
  email: string | null;
  password: string | null;
  role: string | null;
  disabled: number;
  must_change: number;
  created_at: number;
  revision: number;
}

export interface GrantTable {
  user_id: string;
  scope: string;
  role: string;
}

export interface SessionTable {
  hash: string;
  user_id: string;
  csrf: string;
  created_at: number;
  used_at: number;
  expires_at: number;
}

export interface TokenTable {
  id: string;
  user_id: string;
  name: string;
  hash: string;
  scopes: string;
  created_at: number;
  expires_at: number | null;
  used_at: number | null;
}

export interface LoginFailureTable {
  subject: string;
  at: number;
  count: number;
}

export interface AuditTable {
  id: Generated<number>;
  at: number;
  user_id: string | null;
  address: string | null;
  action: string;
  subject: string;
  detail: string;
}

export interface ThrottleTable {
  name: string;
  max_total: number;
  max_per_node: number;
}

export interface ImageUseTable {
  cloud: string;
  image: string;
  day: number;
  uses: number;
  last_at: number;
}

export interface CloudStateTable {
  cloud: string;
  state: string;
  at: number;
}

export interface KeyTable {
  id: string;
  wrapped: string;
  created_at: number;
  active_at: number;
}

export interface CredentialTable {
  item_id: number;
  id: string;
  type: string;
  description: string;
  shown: string;
  data: string;
  key_id: string;
  allow: string;
  revision: number;
  created_at: number;
  updated_at: number;
  used_at: number | null;
}

export interface FavouriteTable {
  user_id: string;
  item_id: number;
  at: number;
}

export interface DismissalTable {
  user_id: string;
  what: string;
  at: number;
}

export interface BuildStagesTable {
  build_id: number;
  stages: string;
}

export interface CloudSampleTable {
  cloud: string;
  minute: number;
  asked: number;
  nodes: number;
  online: number;
  ending: number;
  cap: number | null;
}

export interface CloudEventTable {
  id: Generated<number>;
  cloud: string;
  at: number;
  kind: string;
  node: string | null;
  job: string | null;
  message: string;
}

export interface DeliveryTable {
  id: Generated<number>;
  provider: string;
  key: string | null;
  at: number;
  address: string | null;
  name: string;
  repository: string | null;
  event: string;
  body: string;
  state: 'received' | 'handled' | 'failed';
  at_job: number;
  not_before: number;
  tries: number;
  outcomes: string;
  handled_at: number | null;
}

export interface TriggerTable {
  item_id: number;
  seq: number;
  kind: string;
  spec: string;
  repository: string | null;
  upstream: string | null;
  hash: string | null;
  next_at: number | null;
  state: string;
}

export interface WatchedRepositoryTable {
  address: string;
  item_id: number;
}

export interface ScanAddressTable {
  item_id: number;
  address: string;
  owner: number;
}

export interface ScanTable {
  item_id: number;
  due_at: number | null;
  causes: string;
  asked: number;
  last_run: number | null;
  last_at: number | null;
}

export interface ScanEventTable {
  item_id: number;
  ref: string;
  causes: string;
  asked: number;
  attempts: number;
  due_at: number;
  created_at: number;
}

export interface ScanRunTable {
  id: Generated<number>;
  item_id: number;
  kind: 'scan' | 'event';
  causes: string;
  state: 'running' | 'success' | 'failure' | 'lost';
  failure: string | null;
  started_at: number;
  ended_at: number | null;
  bytes: number;
}

export interface ScanLogTable {
  run_id: number;
  seq: number;
  text: string;
}

export interface HeadTable {
  id: Generated<number>;
  parent_id: number;
  source: number;
  name: string;
  kind: 'branch' | 'tag' | 'change';
  ref: string;
  item_id: number | null;
  revision: string;
  looked: string | null;
  built: string | null;
  facts: string;
  is_primary: number;
  due: string | null;
  due_at: number | null;
  gone_at: number | null;
  disabled_here: number;
}

export interface RepositoryTable {
  parent_id: number;
  name: string;
  marker: string | null;
  item_id: number | null;
  gone_at: number | null;
  disabled_here: number;
}

export interface ForgeAnswerTable {
  key: string;
  etag: string;
  answer: string;
  used_at: number;
}

export interface CommitStatusTable {
  key: string;
  build_id: number;
  item_id: number;
  target: string;
  commit_hash: string;
  context: string;
  state: 'pending' | 'running' | 'success' | 'failure' | 'error' | 'aborted' | 'unstable' | 'skipped';
  description: string;
  url: string;
  asked: number;
  attempts: number;
  due_at: number;
  created_at: number;
  failure: string | null;
}

export interface MergeCommentTable {
  build_id: number;
  ask_id: string;
  item_id: number;
  target: string;
  number: number;
  mark: string;
  body: string;
  open: number;
  attempts: number;
  due_at: number;
  created_at: number;
  failure: string | null;
}

export interface CheckRunTable {
  build_id: number;
  commit_hash: string;
  name: string;
  item_id: number;
  target: string;
  said: string;
  external_id: string;
  remote_id: number | null;
  annotated: number;
  open: number;
  asked: number;
  attempts: number;
  due_at: number | null;
  asked_at: number;
  failure: string | null;
}

export interface NotificationTable {
  id: Generated<number>;
  key: string;
  channel: string;
  kind: string;
  target: string;
  title: string;
  job: string | null;
  build_id: number | null;
  number: number | null;
  content: string;
  blobs: string;
  state: 'waiting' | 'sending' | 'sent' | 'failed' | 'skipped';
  tries: number;
  claim: string | null;
  not_before: number;
  created_at: number;
  asked_at: number;
  tried_at: number | null;
  ended_at: number | null;
  error: string | null;
}

export interface Schema {
  meta: MetaTable;
  controllers: ControllerTable;
  duties: DutyTable;
  items: ItemTable;
  builds: BuildTable;
  build_chunks: ChunkTable;
  build_records: RecordTable;
  leases: LeaseTable;
  pod_templates: PodTemplateTable;
  workspaces: WorkspaceTable;
  nodes: NodeTable;
  work: WorkTable;
  inputs: InputTable;
  resources: ResourceTable;
  locks: LockTable;
  milestones: MilestoneTable;
  downstream: DownstreamTable;
  artifacts: ArtifactTable;
  stashes: StashTable;
  caches: CacheTable;
  tests: TestTable;
  published: PublishedTable;
  blobs: BlobTable;
  blob_parts: BlobPartTable;
  loose_blobs: LooseBlobTable;
  users: UserTable;
  grants: GrantTable;
  sessions: SessionTable;
  tokens: TokenTable;
  login_failures: LoginFailureTable;
  audit: AuditTable;
  throttles: ThrottleTable;
  build_revisions: BuildRevisionTable;
  build_changes: BuildChangeTable;
  image_uses: ImageUseTable;
  cloud_states: CloudStateTable;
  keys: KeyTable;
  credentials: CredentialTable;
  deliveries: DeliveryTable;
  triggers: TriggerTable;
  watched_repositories: WatchedRepositoryTable;
  favourites: FavouriteTable;
  dismissals: DismissalTable;
  build_stages: BuildStagesTable;
  cloud_samples: CloudSampleTable;
  cloud_events: CloudEventTable;
  scan_addresses: ScanAddressTable;
  scans: ScanTable;
  scan_events: ScanEventTable;
  scan_runs: ScanRunTable;
  scan_logs: ScanLogTable;
  heads: HeadTable;
  repositories: RepositoryTable;
  forge_answers: ForgeAnswerTable;
  commit_statuses: CommitStatusTable;
  notifications: NotificationTable;
  check_runs: CheckRunTable;
  merge_comments: MergeCommentTable;
}

export type Row<T extends keyof Schema> = Selectable<Schema[T]>;
export type NewRow<T extends keyof Schema> = Insertable<Schema[T]>;

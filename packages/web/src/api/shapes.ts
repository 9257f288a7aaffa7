/** What the API shows, as types: from the schemas of the protocol, of which nothing comes into the page. */
import type { buildShapes, credentialShapes, notificationShapes, overviewShapes, scriptShapes, serverShapes, triggerShapes } from '@millrace/protocol';
import type { z } from 'zod';

export type {
  Build,
  BuildSummary,
  FolderConfig,
  FreestyleConfig,
  Item,
  ItemSummary,
  JobConfig,
  MultibranchConfig,
  OrganizationConfig,
  PipelineConfig,
  Scans,
  ShownNode,
  Stage,
} from '@millrace/protocol';
export type BuildPage = z.infer<typeof buildShapes.buildPage>;
export type Stages = z.infer<typeof buildShapes.stages>;
export type StageStep = z.infer<typeof buildShapes.stageStep>;
export type StageStatus = z.infer<typeof buildShapes.stageStatus>;
export type Input = z.infer<typeof buildShapes.input>;
export type Why = z.infer<typeof buildShapes.why>;
export type TimelineEntry = z.infer<typeof buildShapes.timelineEntry>;
export type Change = z.infer<typeof buildShapes.change>;
export type BuildRevisions = z.infer<typeof buildShapes.buildRevisions>;
export type TestCase = z.infer<typeof buildShapes.testCase>;
export type TestHistory = z.infer<typeof buildShapes.testHistory>;
export type ArtifactPage = z.infer<typeof buildShapes.artifactPage>;
export type Report = z.infer<typeof buildShapes.report>;
export type Reports = z.infer<typeof buildShapes.reportList>;
export type JobReports = z.infer<typeof buildShapes.jobReportList>;
export type LogLine = z.infer<typeof buildShapes.logLine>;
export type BuildState = z.infer<typeof buildShapes.buildState>;
export type Result = z.infer<typeof buildShapes.result>;
export type Queued = z.infer<typeof buildShapes.queueAnswer>;
export type Queue = z.infer<typeof serverShapes.queue>;
export type NodePage = z.infer<typeof serverShapes.nodePage>;
export type NodeSecret = z.infer<typeof serverShapes.nodeSecret>;
export type CredentialList = z.infer<typeof credentialShapes.credentialList>;
export type ShownCredential = z.infer<typeof credentialShapes.credential>;
export type CredentialUses = z.infer<typeof credentialShapes.credentialUses>;
export type SealingKeys = z.infer<typeof credentialShapes.sealingKeys>;
export type DeliveryPage = z.infer<typeof triggerShapes.deliveryPage>;
export type Delivery = z.infer<typeof triggerShapes.delivery>;
export type NotificationPage = z.infer<typeof notificationShapes.notificationPage>;
export type NotificationChannels = z.infer<typeof notificationShapes.channels>;
export type JobTriggers = z.infer<typeof triggerShapes.jobTriggers>;
export type Fleet = z.infer<typeof serverShapes.fleet>;
export type Clouds = z.infer<typeof serverShapes.clouds>;
export type CloudHistory = z.infer<typeof serverShapes.cloudHistory>;
export type CloudEvent = z.infer<typeof serverShapes.cloudEvent>;
export type ServerSettings = z.infer<typeof serverShapes.settings>;
export type CloudCheck = z.infer<typeof serverShapes.cloudCheck>;
export type Whoami = z.infer<typeof serverShapes.whoami>;
export type User = z.infer<typeof serverShapes.user>;
export type Tokens = z.infer<typeof serverShapes.tokens>;
export type CreatedToken = z.infer<typeof serverShapes.createdToken>;
export type AuditPage = z.infer<typeof serverShapes.auditPage>;
export type Version = z.infer<typeof serverShapes.version>;
export type CheckedScript = z.infer<typeof scriptShapes.checkedScript>;
export type Favourites = z.infer<typeof overviewShapes.favourites>;
export type Found = z.infer<typeof overviewShapes.searchAnswer>;
export type Guide = z.infer<typeof overviewShapes.guide>;
export type StageTimes = z.infer<typeof overviewShapes.stageTimes>;
export type ItemPermissions = z.infer<typeof overviewShapes.itemPermissions>;
export type { Template, TemplateJob, TemplateList, VersionOutcome, Words } from '@millrace/protocol';

/** What the API answers, as types alone: the command carries no schemas (they would slow its start). */
import type { buildShapes, credentialShapes, itemShapes, serverShapes, triggerShapes } from '@millrace/protocol';

type Shown<T extends { readonly _output: unknown }> = T['_output'];

export type { Build, BuildSummary, Item, ItemSummary, Scans } from '@millrace/protocol';
export type QueueAnswer = Shown<typeof buildShapes.queueAnswer>;
export type QueueItem = Shown<typeof serverShapes.queueItem>;
export type Queue = Shown<typeof serverShapes.queue>;
export type ShownNode = Shown<typeof serverShapes.node>;
export type NodeSecret = Shown<typeof serverShapes.nodeSecret>;
export type Whoami = Shown<typeof serverShapes.whoami>;
export type CreatedToken = Shown<typeof serverShapes.createdToken>;
export type ItemConfig = Shown<typeof itemShapes.itemConfig>;
export type JobCaches = Shown<typeof itemShapes.jobCaches>;
export type Input = Shown<typeof buildShapes.input>;
export type Artifact = Shown<typeof buildShapes.artifact>;
export type TestCase = Shown<typeof buildShapes.testCase>;
export type TestHistory = Shown<typeof buildShapes.testHistory>;
export type ShownCredential = Shown<typeof credentialShapes.credential>;
export type CredentialList = Shown<typeof credentialShapes.credentialList>;
export type CredentialUses = Shown<typeof credentialShapes.credentialUses>;
export type DeliveryPage = Shown<typeof triggerShapes.deliveryPage>;
export type Delivery = Shown<typeof triggerShapes.delivery>;
export type User = Shown<typeof serverShapes.user>;
export type { ApplyOutcome } from '@millrace/protocol';
export type Fleet = Shown<typeof serverShapes.fleet>;
export type Resource = Shown<typeof serverShapes.resource>;
export type Clouds = Shown<typeof serverShapes.clouds>;
export type CloudCheck = Shown<typeof serverShapes.cloudCheck>;

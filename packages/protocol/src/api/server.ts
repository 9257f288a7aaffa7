/** Queue, nodes, fleet, resources, users: what the API shows and takes beside jobs and builds. */
import { z } from 'zod';
import { buildState, result, timelineEntry, why } from './builds.ts';
import { count, id, itemPath, numberText, pageOf, pageQuery, text, time, variables } from './common.ts';
import { ROLES, SCOPES } from './permissions.ts';

// ------------------------------------------------------------------ queue

export const queueItem = z
  .strictObject({
    id,
    job: itemPath,
    state: buildState,
    number: z.int().nullable().meta({ description: 'Of the build, once it has started.' }),
    result: result.nullable(),
    priority: z.int(),
    since: time,
    quietUntil: time,
    why: why.nullable(),
    timeline: z.array(timelineEntry),
  })
  .meta({ id: 'QueueItem' });
export const nodeRequest = z
  .strictObject({
    id: z.string(),
    build: id,
    job: itemPath,
    number: z.int().nullable(),
    label: z.string().nullable(),
    priority: z.int(),
    since: time,
    why: why.nullable(),
    timeline: z.array(timelineEntry),
  })
  .meta({ id: 'NodeRequest', description: 'A `node` or `agent` of a running build that waits for an executor.' });
export const queue = z.strictObject({ builds: z.array(queueItem), requests: z.array(nodeRequest) }).meta({ id: 'Queue' });
export const queueParams = z.strictObject({ id: numberText(1) });

/** As a job's own. */
export const priority = z.int().min(-100).max(100);
export const priorityChange = z.strictObject({ priority }).meta({ id: 'PriorityChange', description: 'What is higher goes first.' });
export const requestParams = z.strictObject({ id: z.string().min(1).max(300) });

// ------------------------------------------------------------------ nodes

export const nodeName = z
  .string()
  .min(1)
  .max(100)
  .regex(/^[A-Za-z0-9][A-Za-z0-9._-]*$/, 'letters, digits, . _ -')
  .meta({ id: 'NodeName' });
export const label = z
  .string()
  .min(1)
  .max(200)
  .regex(/^[^\s"&|!()<>,]+$/, 'a label without blanks and operators');
export const monitors = z
  .looseObject({
    freeDiskBytes: z.number().nullish(),
    freeTempBytes: z.number().nullish(),
    clockOffsetMs: z.number().nullish(),
    latencyMs: z.number().nullish(),
    at: z.number().optional(),
  })
  .meta({ id: 'Monitors' });
export const executor = z.strictObject({
  number: count,
  lease: z.string(),
  build: id,
  job: itemPath,
  buildNumber: z.int().nullable(),
  since: time.nullable(),
  workspace: z.string().nullable(),
});
export const node = z
  .strictObject({
    name: z.string(),
    kind: z.enum(['built-in', 'permanent', 'cloud']),
    description: z.string(),
    labels: z.array(z.string()),
    executors: count,
    mode: z.enum(['normal', 'exclusive']),
    root: z.string().nullable(),
    env: z.record(z.string(), z.string()),
    cloud: z.string().nullable(),
    online: z.boolean(),
    offline: z
      .strictObject({ by: z.string().nullable(), message: z.string(), at: time.nullable() })
      .nullable()
      .meta({ description: 'Temporarily, by whom and why.' }),
    connectedAt: time.nullable(),
    seenAt: time.nullable(),
    idleSince: time.nullable(),
    facts: z.record(z.string(), z.unknown()),
    monitors: monitors,
    below: z.array(z.string()).meta({ description: 'Monitors that are beyond their thresholds.' }),
    running: z.array(executor),
    revision: z.int(),
  })
  .meta({ id: 'Node' });
export type ShownNode = z.infer<typeof node>;
export const nodePage = pageOf(node);
const nodeSettings = {
  description: text(10_000).default(''),
  labels: z.array(label).max(100).default([]),
  executors: z.int().min(0).max(1_000).default(1),
  mode: z.enum(['normal', 'exclusive']).default('normal'),
  root: text(1_000).nullable().default(null),
  env: variables.default({}),
};
export const newNode = z.strictObject({ name: nodeName, ...nodeSettings }).meta({ id: 'NewNode' });
export const nodeChange = z
  .strictObject({
    description: text(10_000).optional(),
    labels: z.array(label).max(100).optional(),
    executors: z.int().min(0).max(1_000).optional(),
    mode: z.enum(['normal', 'exclusive']).optional(),
    root: text(1_000).nullable().optional(),
    env: variables.optional(),
  })
  .meta({ id: 'NodeChange' });
export const nodeParams = z.strictObject({ name: z.string().min(1).max(255) });
export const nodeOffline = z.strictObject({ message: text(1_000).default('') }).meta({ id: 'NodeOffline' });
export const nodeSecret = z
  .strictObject({
    name: z.string(),
    secret: z.string().meta({ description: 'Shown this once.' }),
    command: z.string().meta({ description: 'Starts the agent, where the file `agent.secret` holds the secret.' }),
  })
  .meta({ id: 'NodeSecret' });

// ------------------------------------------------------------------ fleet

export const controller = z
  .strictObject({
    id: z.string(),
    name: z.string(),
    url: z.string().nullable(),
    labels: z.array(z.string()),
    version: z.string(),
    state: z.enum(['up', 'draining', 'down']),
    startedAt: time,
    seenAt: time,
    builds: count,
    duties: z.array(z.string()),
  })
  .meta({ id: 'Controller' });
export const fleet = z
  .strictObject({
    self: z.string(),
    controllers: z.array(controller),
    duties: z.array(z.strictObject({ name: z.string(), holder: z.string().nullable(), fence: z.int(), since: time })),
  })
  .meta({ id: 'Fleet' });
export const controllerParams = z.strictObject({ id: z.string().min(1).max(255) });

// ------------------------------------------------------------------ clouds

export const cachedImage = z.strictObject({
  image: z.string(),
  uses: count.meta({ description: 'Machines that were made of it in the days that are looked at; 0: the configuration names it.' }),
  lastUsedAt: time.nullable(),
  problem: z.string().nullable().meta({ description: 'Why it cannot be had, on one of the nodes at least.' }),
});
export const imageCache = z
  .strictObject({
    kind: z.enum(['daemonset', 'eci']),
    name: z.string().nullable().meta({ description: 'Of the object in the cluster; null: there is none.' }),
    phase: z.string().meta({ description: 'none, preparing, ready or failed.' }),
    detail: z.string().meta({ description: 'On how many nodes the images are, or how far the cache is.' }),
    images: z.array(cachedImage),
  })
  .meta({ id: 'ImageCache' });
export const cloud = z
  .strictObject({
    name: z.string(),
    kind: z.string(),
    cap: count.nullable().meta({ description: 'How many nodes it may have at once; null: no limit.' }),
    nodes: z.strictObject({ all: count, online: count, ending: count }),
    waiting: count.meta({ description: 'Requests that it has told something about.' }),
    placeholders: z
      .strictObject({ wanted: count, running: count, pending: count })
      .nullable()
      .meta({ description: 'Pods that hold room; null: it has no such thing, or nobody has looked yet.' }),
    imageCaches: z.array(imageCache),
    problem: z.string().nullable().meta({ description: 'What keeps it from having these as they are wanted.' }),
  })
  .meta({ id: 'Cloud' });
export const clouds = z.strictObject({ clouds: z.array(cloud) }).meta({ id: 'Clouds' });
export const cloudParams = z.strictObject({ name: z.string().min(1).max(255) });
export const cloudHistoryQuery = z.strictObject({ hours: numberText(1, 168).default(24) });
export const cloudHistory = z
  .strictObject({
    stepMinutes: count.meta({ description: 'Of how many minutes a sample tells the most.' }),
    samples: z.array(
      z.strictObject({
        at: time,
        asked: count.meta({ description: 'Requests that waited for its machines.' }),
        nodes: count,
        online: count,
        ending: count,
        cap: count.nullable(),
      }),
    ),
  })
  .meta({ id: 'CloudHistory' });
export const cloudEvent = z
  .strictObject({
    id,
    at: time,
    kind: z.enum(['made', 'ended', 'failed', 'refused', 'away']),
    node: z.string().nullable(),
    job: itemPath.nullable().meta({ description: 'Whose build it was for.' }),
    message: z.string(),
  })
  .meta({ id: 'CloudEvent', description: 'What happened to a machine of a cloud, and why.' });
export const cloudEventPage = pageOf(cloudEvent);
export const cloudCheck = z
  .strictObject({
    ok: z.boolean(),
    code: z.string().nullable().meta({ description: 'MR_CLOUD_AWAY, MR_CLOUD_REFUSED or MR_CLOUD_CAPACITY.' }),
    message: z.string().nullable().meta({ description: 'What is wrong, in the cloud’s own words.' }),
    milliseconds: count,
  })
  .meta({ id: 'CloudCheck' });

// ------------------------------------------------------------------ resources and throttles

export const resourceName = z
  .string()
  .min(1)
  .max(200)
  .regex(/^[^\p{Cc}]+$/u, 'a name without control characters')
  .meta({ id: 'ResourceName' });
const lockWait = z.strictObject({ lock: z.string(), build: id, job: itemPath, number: z.int().nullable(), since: time });
export const resource = z
  .strictObject({
    name: z.string(),
    labels: z.array(z.string()),
    description: z.string(),
    ephemeral: z.boolean(),
    reservedBy: z.string().nullable(),
    note: z.string(),
    properties: z.record(z.string(), z.string()),
    heldBy: lockWait.nullable(),
    waiting: z.array(lockWait),
  })
  .meta({ id: 'Resource' });
export const newResource = z
  .strictObject({
    name: resourceName,
    labels: z.array(label).max(100).default([]),
    description: text(10_000).default(''),
    properties: z.record(z.string(), text(10_000)).default({}),
  })
  .meta({ id: 'NewResource' });
export const resourceChange = z
  .strictObject({
    labels: z.array(label).max(100).optional(),
    description: text(10_000).optional(),
    note: text(10_000).optional(),
    properties: z.record(z.string(), text(10_000)).optional(),
  })
  .meta({ id: 'ResourceChange' });
export const resourceParams = z.strictObject({ name: resourceName });
export const reserve = z.strictObject({ note: text(10_000).default('') }).meta({ id: 'Reserve' });

const most = z.int().min(0).max(1_000_000).meta({ description: '0: no limit.' });
export const throttle = z.strictObject({ name: z.string(), maxTotal: most, maxPerNode: most }).meta({ id: 'Throttle' });
export const throttleChange = z.strictObject({ maxTotal: most.default(0), maxPerNode: most.default(0) }).meta({ id: 'ThrottleChange' });
export const throttleParams = z.strictObject({
  name: z
    .string()
    .min(1)
    .max(200)
    .regex(/^[^\p{Cc}/]+$/u),
});

// ------------------------------------------------------------------ users

export const role = z.enum(ROLES);
export const scope = z.enum(SCOPES);
export const userId = z
  .string()
  .min(1)
  .max(100)
  .regex(/^[A-Za-z0-9][A-Za-z0-9._@-]*$/, 'letters, digits, . _ @ -')
  .meta({ id: 'UserId' });
const password = z.string().min(1).max(1_000);
export const grant = z.strictObject({ scope: itemPath, role }).meta({ id: 'Grant' });
export const user = z
  .strictObject({
    id: z.string(),
    fullName: z.string(),
    email: z.string().nullable(),
    role: role.nullable(),
    disabled: z.boolean(),
    mustChange: z.boolean(),
    hasPassword: z.boolean(),
    grants: z.array(grant),
    createdAt: time,
    revision: z.int(),
  })
  .meta({ id: 'User' });
export const userPage = pageOf(user);
export const newUser = z
  .strictObject({
    id: userId,
    fullName: text(200).default(''),
    email: z.email().max(320).nullable().default(null),
    role: role.nullable().default('viewer'),
    password: password.nullable().default(null),
    mustChange: z.boolean().default(true),
  })
  .meta({ id: 'NewUser' });
export const userChange = z
  .strictObject({
    fullName: text(200).optional(),
    email: z.email().max(320).nullable().optional(),
    role: role.nullable().optional(),
    disabled: z.boolean().optional(),
    password: password.optional().meta({ description: 'The user has to change it at the next login.' }),
  })
  .meta({ id: 'UserChange' });
export const userParams = z.strictObject({ id: userId });
export const grantsChange = z.strictObject({ grants: z.array(grant).max(1_000) }).meta({ id: 'Grants' });

export const token = z
  .strictObject({ id: z.string(), name: z.string(), scopes: z.array(scope), createdAt: time, expiresAt: time.nullable(), usedAt: time.nullable() })
  .meta({ id: 'Token' });
export const tokens = z.strictObject({ tokens: z.array(token) });
export const newToken = z
  .strictObject({
    name: z.string().min(1).max(200),
    scopes: z.array(scope).min(1).max(3).default(['read']),
    days: z.int().min(1).max(3_650).nullable().default(90),
  })
  .meta({ id: 'NewToken' });
export const createdToken = token.extend({ value: z.string().meta({ description: 'Shown this once.' }) }).meta({ id: 'CreatedToken' });
export const tokenParams = z.strictObject({ id: z.string().min(1).max(100) });

export const login = z.strictObject({ user: z.string().min(1).max(200), password: z.string().min(1).max(1_000) }).meta({ id: 'Login' });
export const passwordChange = z.strictObject({ old: z.string().max(1_000), new: password }).meta({ id: 'PasswordChange' });
export const whoami = z
  .strictObject({
    user: z.string().nullable().meta({ description: 'Null: anonymous.' }),
    fullName: z.string(),
    role: role.nullable(),
    grants: z.array(grant),
    via: z.enum(['anonymous', 'session', 'token', 'password']),
    scopes: z.array(scope).nullable().meta({ description: 'Of the token; null: no limit.' }),
    mustChange: z.boolean(),
    csrf: z.string().nullable().meta({ description: 'Of a session: what changes send as x-millrace-csrf.' }),
  })
  .meta({ id: 'Whoami' });

export const auditEntry = z
  .strictObject({
    id,
    at: time,
    user: z.string().nullable(),
    address: z.string().nullable(),
    action: z.string(),
    subject: z.string(),
    detail: z.record(z.string(), z.unknown()),
  })
  .meta({ id: 'AuditEntry' });
export const auditPage = pageOf(auditEntry);
export const auditQuery = z.strictObject({
  ...pageQuery,
  user: z.string().max(200).optional(),
  action: z.string().max(100).optional(),
  subject: z.string().max(4_000).optional(),
  since: numberText(0).optional(),
  until: numberText(0).optional(),
});

// ------------------------------------------------------------------ the server itself

export const version = z.strictObject({ name: z.string(), version: z.string(), api: z.string() }).meta({ id: 'Version' });
const maybe = z.number().nullable();
export const settings = z
  .strictObject({
    controller: z.strictObject({
      name: z.string(),
      labels: z.array(z.string()),
      version: z.string(),
      node: z.string().meta({ description: 'The version of Node.js.' }),
      listen: z.string(),
      url: z.string(),
      advertise: z.string().nullable(),
      timeZone: z.string(),
      tls: z.boolean(),
      anonymous: z.enum(['none', 'viewer']),
    }),
    storage: z.strictObject({
      database: z.enum(['sqlite', 'postgres']),
      databaseAt: z.string().nullable(),
      blobs: z.enum(['folder', 'database', 's3']),
      blobsAt: z.string().nullable(),
    }),
    builds: z.strictObject({
      quietPeriodSeconds: count,
      workers: count,
      workerMemoryMb: count,
      parkAfterMs: count,
      builtInExecutors: count,
      variables: z.array(z.string()).meta({ description: 'Names of the variables that all builds have.' }),
    }),
    caches: z.strictObject({ jobBytes: z.number(), totalBytes: maybe, unusedMs: z.number() }),
    monitors: z.strictObject({ freeDiskBytes: maybe, freeTempBytes: maybe, clockOffsetMs: maybe, latencyMs: maybe }),
    clouds: z.array(z.strictObject({ name: z.string(), kind: z.string(), cap: count.nullable() })),
    tools: z.array(z.strictObject({ name: z.string(), type: z.string().nullable(), home: z.string(), variables: z.array(z.string()) })),
    libraries: z.array(
      z.strictObject({ name: z.string(), from: z.enum(['folder', 'git']), at: z.string(), version: z.string().nullable(), implicit: z.boolean() }),
    ),
    imageBuilder: z.strictObject({ kind: z.string(), image: z.string().nullable() }).nullable(),
  })
  .meta({ id: 'ServerSettings', description: 'What the controller that answers was started with. No secret is among it.' });
export const eventsQuery = z.strictObject({
  topics: z.string().min(1).max(2_000).default('builds,queue,nodes').meta({ description: 'Of builds, queue, nodes, build:<id>, job:<id>, with commas.' }),
});
export const listQuery = z.strictObject(pageQuery);

/** Credentials, as the API shows and takes them: what is secret goes in and never comes out. */
import { z } from 'zod';
import { count, itemPath, pageOf, pageQuery, text, time } from './common.ts';

const user = text(1_000).min(1);
const secret = text(100_000);
const base64 = z
  .string()
  .max(2_800_000)
  .regex(/^[A-Za-z0-9+/\s]*={0,2}\s*$/, 'base64');

/** By the kind, in the words of the bindings of `withCredentials`. `open`: what is shown. */
export const CREDENTIAL_KINDS = {
  usernamePassword: { open: ['username', 'usernameSecret'], secret: ['password'] },
  string: { open: [], secret: ['secret'] },
  file: { open: ['fileName'], secret: ['contentBase64'] },
  sshUserPrivateKey: { open: ['username', 'usernameSecret'], secret: ['privateKey', 'passphrase'] },
  certificate: { open: [], secret: ['keyStoreBase64', 'password'] },
  aws: { open: ['accessKey'], secret: ['secretKey'] },
  gitHubApp: { open: ['appId', 'owner', 'repositories', 'apiUrl'], secret: ['privateKey'] },
} as const satisfies { readonly [kind: string]: { readonly open: readonly string[]; readonly secret: readonly string[] } };
export type CredentialKind = keyof typeof CREDENTIAL_KINDS;

const usernameSecret = z.enum(['true', 'false']).optional().meta({ description: '`true`: the user is masked in logs too.' });

/** What uses of it get is a token of the app's installation, which is made anew before it ends; the key stays at the server. */
const gitHubApp = z.strictObject({
  appId: text(100)
    .regex(/^[A-Za-z0-9.]+$/, 'an id of an app')
    .meta({ description: 'The app’s id, or its client id.' }),
  owner: text(200).optional().meta({ description: 'Whose installation is used; may be left out or empty where the app has one only.' }),
  repositories: text(10_000)
    .optional()
    .meta({ description: 'Names, comma separated, without the owner: tokens are for these alone. Empty: all of the installation.' }),
  apiUrl: z
    .union([z.literal(''), z.url({ protocol: /^https?$/ }).max(1_000)])
    .optional()
    .meta({ description: 'Of GitHub Enterprise Server: `https://ghe.example/api/v3`.' }),
  privateKey: secret.min(1).optional().meta({ description: 'PEM, as GitHub gives it.' }),
});

export const credentialSecrets = z
  .discriminatedUnion('type', [
    z.strictObject({ type: z.literal('usernamePassword'), fields: z.strictObject({ username: user, usernameSecret, password: secret.optional() }) }),
    z.strictObject({ type: z.literal('string'), fields: z.strictObject({ secret: secret.min(1).optional() }) }),
    z.strictObject({ type: z.literal('file'), fields: z.strictObject({ fileName: text(200).min(1), contentBase64: base64.optional() }) }),
    z.strictObject({
      type: z.literal('sshUserPrivateKey'),
      fields: z.strictObject({ username: user, usernameSecret, privateKey: secret.min(1).optional(), passphrase: secret.optional() }),
    }),
    z.strictObject({ type: z.literal('certificate'), fields: z.strictObject({ keyStoreBase64: base64.optional(), password: secret.optional() }) }),
    z.strictObject({ type: z.literal('aws'), fields: z.strictObject({ accessKey: user, secretKey: secret.min(1).optional() }) }),
    z.strictObject({ type: z.literal('gitHubApp'), fields: gitHubApp }),
  ])
  .meta({ id: 'CredentialSecrets', description: 'A secret field that is left out of a change stays as it is.' });
export type CredentialSecrets = z.infer<typeof credentialSecrets>;

export const credentialId = z
  .string()
  .min(1)
  .max(200)
  .regex(/^[A-Za-z0-9_.@-]+$/, 'letters, digits, _ . @ -')
  .meta({ id: 'CredentialId' });

/** Of full names: `*` any part of a name, `**` any names. */
const jobPattern = z.string().min(1).max(1_000);
export const credentialAllow = z
  .strictObject({
    jobs: z
      .array(jobPattern)
      .max(200)
      .nullable()
      .default(null)
      .meta({ description: 'Full names of jobs, `*` for any part of a name, `**` for any folders; null: all at or below the folder.' }),
    users: z
      .array(z.string().max(200))
      .max(200)
      .nullable()
      .default(null)
      .meta({ description: 'Only builds that one of them has started; null: however they were started.' }),
    builds: z
      .boolean()
      .default(true)
      .meta({ description: 'false: only for the server’s own work (reading scripts, scans, commit status, notifications), never for steps.' }),
  })
  .meta({ id: 'CredentialAllow' });
export type CredentialAllow = z.infer<typeof credentialAllow>;

export const credentialSummary = z
  .strictObject({
    id: z.string(),
    folder: itemPath.nullable().meta({ description: 'Where it is; null: it is the installation’s.' }),
    provider: z.string().meta({ description: '`database`, or what else keeps it: then it is changed there.' }),
    type: z.string(),
    description: z.string(),
    /** The open fields. */
    shown: z.record(z.string(), z.string()),
    allow: credentialAllow,
    usedAt: time.nullable(),
  })
  .meta({ id: 'CredentialSummary' });
export type CredentialSummary = z.infer<typeof credentialSummary>;

export const credential = credentialSummary
  .extend({
    revision: z.int(),
    secrets: z.array(z.string()).meta({ description: 'Names of the secret fields that are set.' }),
    createdAt: time,
    updatedAt: time,
  })
  .meta({ id: 'Credential' });
export type ShownCredential = z.infer<typeof credential>;

export const credentialList = z
  .strictObject({
    credentials: z.array(credentialSummary),
    away: z
      .array(z.strictObject({ provider: z.string(), message: z.string() }))
      .meta({ description: 'Providers that did not answer: what they have is not in the list.' }),
  })
  .meta({ id: 'Credentials' });

const about = { description: text(1_000).default(''), allow: credentialAllow.prefault({}), secrets: credentialSecrets };
export const newCredential = z.strictObject({ id: credentialId, ...about }).meta({ id: 'NewCredential' });
export type NewCredential = z.infer<typeof newCredential>;
export const credentialChange = z.strictObject(about).meta({ id: 'CredentialChange' });
export type CredentialChange = z.infer<typeof credentialChange>;

export const credentialUse = z
  .strictObject({ at: time, item: z.string().nullable(), build: z.int().nullable(), purpose: z.string() })
  .meta({ id: 'CredentialUse' });
export const credentialUses = pageOf(credentialUse);
export const usesQuery = z.strictObject(pageQuery);
export const credentialParams = z.strictObject({ id: credentialId });
export const folderCredentialParams = z.strictObject({ path: itemPath, id: credentialId });

export const sealingKeys = z
  .strictObject({
    keys: z.array(
      z.strictObject({
        id: z.string(),
        createdAt: time,
        activeAt: time.meta({ description: 'From then on it seals; until then every controller reads it.' }),
        current: z.boolean(),
        credentials: count.meta({ description: 'Sealed with it.' }),
      }),
    ),
  })
  .meta({ id: 'SealingKeys' });

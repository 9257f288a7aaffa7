/** What people look at over many jobs: search, favourites, the guide of the first visit. */
import { z } from 'zod';
import { buildState, result, stageStatus } from './builds.ts';
import { count, itemPath, numberText, text, time } from './common.ts';
import { itemKind, itemSummary } from './items.ts';
import { ROLES } from './permissions.ts';

export const searchQuery = z.strictObject({ q: text(200).min(1).meta({ description: 'A part of a name, or of a path; capitals make no difference.' }) });
export const searchAnswer = z
  .strictObject({
    entries: z.array(z.strictObject({ path: itemPath, kind: itemKind, disabled: z.boolean() })),
    more: z.boolean().meta({ description: 'There is more than is listed.' }),
  })
  .meta({ id: 'SearchAnswer' });

export const favourites = z.strictObject({ items: z.array(itemSummary) }).meta({ id: 'Favourites' });

export const guide = z
  .strictObject({
    dismissed: z.boolean(),
    example: z
      .strictObject({ path: itemPath, built: z.boolean(), succeeded: z.boolean() })
      .nullable()
      .meta({ description: 'The job that the first start made; null: it is not there any more.' }),
    agent: z.strictObject({ added: z.boolean(), online: z.boolean() }).meta({ description: 'A node beside the built-in one.' }),
    pipeline: z.strictObject({ created: z.boolean(), built: z.boolean() }).meta({ description: 'A job beside the example.' }),
    since: time.nullable().meta({ description: 'When the example was made.' }),
  })
  .meta({ id: 'Guide', description: 'How far a new installation has come, from what exists.' });

export const stageTimesQuery = z.strictObject({ builds: numberText(1, 50).default(10) });
export const stageTime = z.strictObject({
  node: z.string(),
  status: stageStatus,
  durationMs: count.nullable().meta({ description: 'Null while it runs.' }),
  startedAt: time,
});
export const stageTimes = z
  .strictObject({
    stages: z.array(
      z.strictObject({
        name: z.string(),
        above: z.array(z.string()).meta({ description: 'The stages and branches that it is in.' }),
        averageMs: count.nullable().meta({ description: 'Of those that ran to their end.' }),
      }),
    ),
    more: z.boolean().meta({ description: 'There are more stages than are listed.' }),
    builds: z.array(
      z.strictObject({
        number: z.int(),
        displayName: z.string(),
        state: buildState,
        result: result.nullable(),
        startedAt: time.nullable(),
        durationMs: count.nullable(),
        times: z.array(stageTime.nullable()).meta({ description: 'One for each of `stages`; null: it has no such stage.' }),
      }),
    ),
  })
  .meta({ id: 'StageTimes', description: 'The last builds of a job, the newest first, and how long each of their stages took.' });

export const itemRole = z.enum(ROLES);
export const itemPermissions = z
  .strictObject({
    entries: z.array(
      z.strictObject({
        user: z.string(),
        fullName: z.string(),
        role: itemRole.meta({ description: 'What holds here: the highest of those below.' }),
        here: itemRole.nullable().meta({ description: 'Given on this very folder or job.' }),
        above: z.strictObject({ scope: itemPath, role: itemRole }).nullable().meta({ description: 'Given on a folder around it: the highest.' }),
        everywhere: itemRole.nullable(),
      }),
    ),
    more: z.boolean(),
  })
  .meta({ id: 'ItemPermissions', description: 'Who has which role on a folder or job, and where from. Disabled users have none.' });
export const itemRoleChange = z
  .strictObject({ role: itemRole.nullable().meta({ description: 'Null: none that is given here.' }) })
  .meta({ id: 'ItemRoleChange' });

/** Templates: pipelines that libraries offer, with a described set of parameters; and jobs in portions. */
import { z } from 'zod';
import { count, itemPath, pageOf, pageQuery, text } from './common.ts';
import { newItem } from './items.ts';
import { libraryName, libraryVersion, templateName } from './job-config.ts';

/** A text in one language, or in several. */
export const words = z
  .union([text(10_000), z.strictObject({ en: text(10_000).optional(), 'zh-CN': text(10_000).optional() })])
  .meta({ id: 'Words', description: 'One text for all languages, or one for each.' });
export type Words = z.infer<typeof words>;

const about = {
  library: z.string(),
  folder: itemPath.nullable().meta({ description: 'Whose library it is; null: of the installation.' }),
  name: z.string(),
  title: words,
  description: words,
};
const failure = z.strictObject({ code: z.string(), message: z.string() });

export const templateList = z
  .strictObject({
    libraries: z.array(
      z.strictObject({
        library: z.string(),
        folder: itemPath.nullable(),
        version: z
          .string()
          .nullable()
          .meta({ description: 'Where a job names none. Of a library in a folder of the server: what it is, if anything tells it.' }),
        error: failure.nullable().meta({ description: 'Why its templates are not known now.' }),
        templates: z.array(
          z.strictObject({
            ...about,
            error: failure.nullable().meta({ description: 'What is wrong with its template.yaml.' }),
          }),
        ),
      }),
    ),
  })
  .meta({ id: 'TemplateList' });
export type TemplateList = z.infer<typeof templateList>;

export const template = z
  .strictObject({
    ...about,
    version: z.string().nullable().meta({ description: 'That this is of; null: its library has none.' }),
    commit: z.string().nullable(),
    entry: z.string(),
    schema: z.looseObject({}).meta({ description: 'JSON Schema (2020-12) of the parameters: the subset that the guide tells.' }),
    notes: z.array(z.strictObject({ version: z.string(), text: words })),
    versions: z.array(z.strictObject({ name: z.string(), kind: z.enum(['branch', 'tag']) })),
    moreVersions: z.boolean(),
    jobs: count.meta({ description: 'That use it, up to 10,000.' }),
  })
  .meta({ id: 'Template' });
export type Template = z.infer<typeof template>;

export const templateParams = z.strictObject({ library: libraryName, template: templateName });
const within = itemPath.optional().meta({ description: 'Where the template would be used: libraries of folders come before those of the installation.' });
export const templatesQuery = z.strictObject({ folder: within });
export const templateQuery = z.strictObject({ folder: within, version: libraryVersion.optional() });
export const templateJobsQuery = z.strictObject({ ...pageQuery, folder: within });

export const templateJob = z
  .strictObject({ path: itemPath, version: z.string().nullable(), revision: z.int(), disabled: z.boolean() })
  .meta({ id: 'TemplateJob' });
export type TemplateJob = z.infer<typeof templateJob>;
export const templateJobs = pageOf(templateJob);

/** So many jobs are looked at, moved or made by one request. */
export const JOBS_AT_ONCE = 500;

export const versionChange = z
  .strictObject({
    folder: itemPath.nullable().default(null).meta({ description: 'Only jobs below it, and the template as it is there.' }),
    version: libraryVersion.nullable().meta({ description: 'The new one; null: what the library says.' }),
    jobs: z.array(itemPath).max(JOBS_AT_ONCE).nullable().default(null).meta({ description: 'Null: all, in portions.' }),
    after: itemPath.nullable().default(null).meta({ description: 'Of all: those after this name; what the portion before told as `next`.' }),
  })
  .meta({ id: 'VersionChange' });
export type VersionChange = z.infer<typeof versionChange>;

const place = z.strictObject({ pointer: z.string(), detail: z.string() });
export const versionOutcome = z
  .strictObject({
    jobs: z.array(
      z.strictObject({
        path: itemPath,
        before: z.string().nullable().meta({ description: 'The version that it had.' }),
        outcome: z.enum(['fits', 'refused', 'moved', 'same', 'other']).meta({
          description: '`refused`: its parameters do not fit; `same`: it had that version; `other`: it does not use this template.',
        }),
        errors: z.array(place),
      }),
    ),
    next: itemPath.nullable().meta({ description: 'To be asked for with `after`; null: there are no more.' }),
  })
  .meta({ id: 'VersionOutcome' });
export type VersionOutcome = z.infer<typeof versionOutcome>;

export const applyRequest = z
  .strictObject({
    items: z.array(newItem).min(1).max(JOBS_AT_ONCE),
    dryRun: z.boolean().default(false).meta({ description: 'Tells what would be done, and does nothing.' }),
    assumeFolders: z.array(itemPath).max(10_000).default([]).meta({ description: 'Folders that a dry run takes for made.' }),
  })
  .meta({
    id: 'ApplyRequest',
    description: 'Folders and jobs as they are to be: made where they are not there, else configured. Folders come before what is in them.',
  });
export type ApplyRequest = z.infer<typeof applyRequest>;
export const applyOutcome = z
  .strictObject({
    items: z.array(
      z.strictObject({
        path: z.string(),
        outcome: z.enum(['created', 'changed', 'unchanged', 'refused']),
        code: z.string().nullable(),
        detail: z.string().nullable(),
        errors: z.array(place),
      }),
    ),
  })
  .meta({ id: 'ApplyOutcome' });
export type ApplyOutcome = z.infer<typeof applyOutcome>;

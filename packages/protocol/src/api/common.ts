/** What all resources of the API share: names, times, pages, problems. */
import { z } from 'zod';
import { API_ERRORS } from './errors.ts';

export const API_PATH = '/api/v1';
export const CSRF_HEADER = 'x-millrace-csrf';
export const LONGEST_NAME = 200;

/** Milliseconds since 1970. */
export const time = z.int().meta({ id: 'Time', description: 'Milliseconds since 1970-01-01T00:00Z.' });
export const count = z.int().min(0);
/** Of a row. SQLite and PostgreSQL both keep to it. */
export const id = z.int().min(1);
export const text = (max: number): z.ZodString => z.string().max(max);

/** Neither `/` nor control characters, and neither `.` nor `..`: a name that is safe in a path. */
export const itemName = z
  .string()
  .min(1)
  .max(LONGEST_NAME)
  .regex(/^(?!\.{1,2}$)[^/\\\p{Cc}\p{Cs}?*%"<>|:;]+$/u, 'a name without / \\ ? * % " < > | : ; or control characters')
  .refine((name) => name.trim() === name, 'a name without blanks at its ends')
  .meta({ id: 'ItemName' });
/** Of something that is there: branches have names with `%2F` for `/`, as Jenkins writes them. */
export const pathName = z
  .string()
  .min(1)
  .max(LONGEST_NAME)
  .regex(/^(?!\.{1,2}$)[^/\\\p{Cc}\p{Cs}?*"<>|:;]+$/u, 'a name without / \\ ? * " < > | : ; or control characters')
  .meta({ id: 'PathName' });
/** `folder/job`; in an address it is one segment, its slashes written `%2F`. */
export const itemPath = z
  .string()
  .min(1)
  .max(4_000)
  .refine((path) => path.split('/').every((name) => pathName.safeParse(name).success), 'names with / between them')
  .meta({ id: 'ItemPath', description: 'The full name of a folder or job. In an address its slashes are written %2F.' });

/** What an address's numbers are read by. */
export const numberText = (min: number, max = Number.MAX_SAFE_INTEGER): z.ZodCoercedNumber<unknown> =>
  z.coerce.number().int().min(min).max(max) as z.ZodCoercedNumber<unknown>;
export const flagText = z.enum(['true', 'false']).transform((value) => value === 'true');

export const pageQuery = {
  limit: numberText(1, 500).default(50),
  cursor: z.string().min(1).max(2_000).optional().meta({ description: 'What the page before gave as `next`.' }),
};
export function pageOf<T extends z.ZodType>(entry: T): z.ZodObject<{ entries: z.ZodArray<T>; next: z.ZodNullable<z.ZodString> }> {
  return z.strictObject({ entries: z.array(entry), next: z.string().nullable().meta({ description: 'The cursor of the next page; null: this is the last.' }) });
}

export const problem = z
  .strictObject({
    type: z.string(),
    title: z.string(),
    status: z.int(),
    detail: z.string().optional(),
    code: z.enum(Object.keys(API_ERRORS) as [keyof typeof API_ERRORS]),
    /** JSON Pointers into the body; `#/query/…`, `#/path/…` and `#/headers/…` for the rest of the request. */
    errors: z.array(z.strictObject({ pointer: z.string(), detail: z.string() })).optional(),
    requestId: z.string(),
  })
  .meta({ id: 'Problem', description: 'RFC 9457' });
export type Problem = z.infer<typeof problem>;

export const variables = z.record(z.string().regex(/^[A-Za-z_][A-Za-z0-9_]*$/, 'a variable name'), text(32_768));

/** `templates/NAME/template.yaml` of a library. */
import type { ErrorPlace, Words } from '@millrace/protocol';
import { ApiError, templateShapes } from '@millrace/protocol';
import { parse } from 'yaml';
import { z } from 'zod';
import type { ObjectSchema } from './parameter-schema.ts';
import { schemaProblems } from './parameter-schema.ts';

/** What is larger describes no parameters. */
export const LARGEST_TEMPLATE = 256 << 10;

export interface TemplateFile {
  readonly title: Words;
  readonly description: Words;
  /** Of the library's `vars`. */
  readonly entry: string;
  readonly parameters: ObjectSchema;
  readonly notes: readonly { readonly version: string; readonly text: Words }[];
}

const shape = z.strictObject({
  title: templateShapes.words,
  description: templateShapes.words.default(''),
  entry: z.string().regex(/^[a-zA-Z]\w{0,99}$/, 'the name of a step in vars'),
  parameters: z.looseObject({ $schema: z.string().optional() }).prefault({ type: 'object', properties: {} }),
  notes: z
    .array(z.strictObject({ version: z.string().max(250), text: templateShapes.words }))
    .max(200)
    .default([]),
});

/** `where`: its path, for the words. Throws MR_TEMPLATE_INVALID with the places in it. */
export function readTemplateFile(text: string, where: string): TemplateFile {
  if (Buffer.byteLength(text) > LARGEST_TEMPLATE) throw invalid(where, [{ pointer: '#', detail: `is larger than ${LARGEST_TEMPLATE} bytes` }]);
  let data: unknown;
  try {
    // An alias could make a schema that holds itself.
    data = parse(text, { maxAliasCount: 0, logLevel: 'error' });
  } catch (error) {
    throw invalid(where, [{ pointer: '#', detail: (error as Error).message.split('\n')[0] as string }]);
  }
  const parsed = shape.safeParse(data);
  if (!parsed.success)
    throw invalid(
      where,
      parsed.error.issues.slice(0, 10).map(({ path, message }) => ({ pointer: pointerOf(path), detail: message })),
    );
  const { $schema: _, ...parameters } = parsed.data.parameters;
  const problems = schemaProblems(parameters);
  if (problems.length > 0)
    throw invalid(
      where,
      problems.map(({ path, message }) => ({ pointer: pointerOf(['parameters', ...path]), detail: message })),
    );
  return { ...parsed.data, parameters: parameters as unknown as ObjectSchema };
}

export function invalid(where: string, errors: readonly ErrorPlace[]): ApiError {
  return new ApiError('MR_TEMPLATE_INVALID', `${where} ${errors[0]?.pointer}: ${errors[0]?.detail}`, { errors });
}

function pointerOf(path: readonly PropertyKey[]): string {
  return `#${path.map((part) => `/${String(part).replaceAll('~', '~0').replaceAll('/', '~1')}`).join('')}`;
}

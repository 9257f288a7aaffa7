/**
 * The JSON Schema of a template's parameters: a subset of 2020-12 that a form can be made of. It is a tree: there is no `$ref`,
 * so that none is endless, and objects hold what their properties name and nothing else.
 */
import type { Words } from '@millrace/protocol';
import { templateShapes } from '@millrace/protocol';
import { z } from 'zod';

export const MOST_DEPTH = 6;
export const MOST_PROPERTIES = 300;

const about = { title: templateShapes.words.optional(), description: templateShapes.words.optional() };
const size = z.int().min(0).max(1_000_000).optional();
const pattern = z
  .string()
  .max(500)
  .refine((text) => {
    try {
      return new RegExp(text, 'u') instanceof RegExp;
    } catch {
      return false;
    }
  }, 'is no regular expression')
  .optional();
/** `credentialsId`: the id of a credential, which is all that is kept of a secret. */
const format = z.enum(['credentialsId', 'multiline', 'uri', 'email']).optional();

const stringShape = z.strictObject({
  type: z.literal('string'),
  ...about,
  enum: z.array(z.string().max(1_000)).min(1).max(500).optional(),
  default: z.string().max(32_768).optional(),
  minLength: size,
  maxLength: size,
  pattern,
  format,
});
const numeric = {
  ...about,
  minimum: z.number().optional(),
  maximum: z.number().optional(),
  exclusiveMinimum: z.number().optional(),
  exclusiveMaximum: z.number().optional(),
  multipleOf: z.number().positive().optional(),
};
const numberShape = z.strictObject({
  type: z.literal('number'),
  ...numeric,
  enum: z.array(z.number()).min(1).max(500).optional(),
  default: z.number().optional(),
});
const integerShape = z.strictObject({ type: z.literal('integer'), ...numeric, enum: z.array(z.int()).min(1).max(500).optional(), default: z.int().optional() });
const booleanShape = z.strictObject({ type: z.literal('boolean'), ...about, default: z.boolean().optional() });
const arrayShape = z.strictObject({
  type: z.literal('array'),
  ...about,
  items: z.discriminatedUnion('type', [stringShape, numberShape, integerShape]),
  default: z
    .array(z.union([z.string().max(32_768), z.number()]))
    .max(1_000)
    .optional(),
  minItems: size,
  maxItems: size,
  uniqueItems: z.boolean().optional(),
});

const propertyName = z.string().regex(/^(?!__proto__$)[A-Za-z_][\w-]{0,99}$/, 'a name of letters, digits, _ and -');

export interface ObjectSchema {
  readonly type: 'object';
  readonly title?: Words | undefined;
  readonly description?: Words | undefined;
  readonly properties: Readonly<Record<string, ParameterSchema>>;
  readonly required?: readonly string[] | undefined;
  readonly additionalProperties?: false | undefined;
}
export type StringSchema = z.infer<typeof stringShape>;
export type NumberSchema = z.infer<typeof numberShape> | z.infer<typeof integerShape>;
export type ArraySchema = z.infer<typeof arrayShape>;
export type ParameterSchema = StringSchema | NumberSchema | z.infer<typeof booleanShape> | ArraySchema | ObjectSchema;

const objectShape: z.ZodType<ObjectSchema> = z.strictObject({
  type: z.literal('object'),
  ...about,
  properties: z.record(
    propertyName,
    z.lazy(() => anyShape),
  ),
  required: z.array(propertyName).max(MOST_PROPERTIES).optional(),
  additionalProperties: z.literal(false).optional(),
});
const anyShape: z.ZodType<ParameterSchema> = z.lazy(() => z.union([stringShape, numberShape, integerShape, booleanShape, arrayShape, objectShape]));

const TYPES = { string: stringShape, number: numberShape, integer: integerShape, boolean: booleanShape, array: arrayShape } as const;

export interface SchemaProblem {
  readonly path: readonly (string | number)[];
  readonly message: string;
}

/** Answers what is wrong, at most ten things; an empty list: it is an ObjectSchema. Looks no deeper than MOST_DEPTH. */
export function schemaProblems(schema: unknown): SchemaProblem[] {
  const problems: SchemaProblem[] = [];
  let properties = 0;
  const look = (node: unknown, path: readonly (string | number)[], depth: number): void => {
    if (problems.length >= 10) return;
    if (node === null || typeof node !== 'object' || Array.isArray(node)) return void problems.push({ path, message: 'is no schema' });
    const { type } = node as { type?: unknown };
    if (depth > MOST_DEPTH) return void problems.push({ path, message: `is deeper than ${MOST_DEPTH}` });
    if (type !== 'object') {
      const shape = typeof type === 'string' && Object.hasOwn(TYPES, type) ? TYPES[type as keyof typeof TYPES] : null;
      if (shape === null)
        return void problems.push({
          path: [...path, 'type'],
          message: '$ref' in node ? 'a schema may not refer to another' : 'is string, number, integer, boolean, array or object',
        });
      const parsed = shape.safeParse(node);
      for (const issue of parsed.error?.issues ?? []) problems.push({ path: [...path, ...(issue.path as (string | number)[])], message: issue.message });
      return;
    }
    const { properties: own, ...rest } = node as { properties?: unknown };
    const parsed = objectShape.safeParse({ ...rest, properties: {} });
    for (const issue of parsed.error?.issues ?? []) problems.push({ path: [...path, ...(issue.path as (string | number)[])], message: issue.message });
    if (own === null || typeof own !== 'object' || Array.isArray(own)) return void problems.push({ path: [...path, 'properties'], message: 'is missing' });
    for (const name of (rest as { required?: unknown[] }).required ?? [])
      if (parsed.success && !Object.hasOwn(own, String(name))) problems.push({ path: [...path, 'required'], message: `there is no property ${String(name)}` });
    for (const [name, inner] of Object.entries(own)) {
      if (++properties > MOST_PROPERTIES) return void problems.push({ path, message: `has more than ${MOST_PROPERTIES} properties` });
      if (!propertyName.safeParse(name).success) problems.push({ path: [...path, 'properties', name], message: 'is a name of letters, digits, _ and -' });
      look(inner, [...path, 'properties', name], depth + 1);
    }
  };
  if ((schema as { type?: unknown } | null)?.type !== 'object') return [{ path: ['type'], message: 'is object at the top' }];
  look(schema, [], 0);
  return problems;
}

/** Calls `see` with each value of a parameter that is there, whose schema is no object. */
export function eachValue(
  schema: ParameterSchema,
  value: unknown,
  see: (schema: ParameterSchema, value: unknown, pointer: string) => void,
  pointer = '',
): void {
  if (schema.type === 'object') {
    if (value === null || typeof value !== 'object') return;
    for (const [name, inner] of Object.entries(schema.properties))
      if (Object.hasOwn(value, name)) eachValue(inner, (value as Record<string, unknown>)[name], see, `${pointer}/${name}`);
  } else if (schema.type === 'array') {
    if (Array.isArray(value)) value.forEach((one, i) => see(schema.items, one, `${pointer}/${i}`));
  } else see(schema, value, pointer);
}

/** The value with what its schema says for what is not there. Objects that hold a default come to be. */
export function withDefaults(schema: ParameterSchema, value: unknown): unknown {
  if (value === undefined) {
    if (schema.type !== 'object') return schema.default;
    const made = withDefaults(schema, {}) as object;
    return Object.keys(made).length === 0 ? undefined : made;
  }
  if (schema.type !== 'object' || value === null || typeof value !== 'object' || Array.isArray(value)) return value;
  const filled: Record<string, unknown> = { ...value };
  for (const [name, inner] of Object.entries(schema.properties)) {
    const own = withDefaults(inner, Object.hasOwn(value, name) ? (value as Record<string, unknown>)[name] : undefined);
    if (own !== undefined) filled[name] = own;
  }
  return filled;
}

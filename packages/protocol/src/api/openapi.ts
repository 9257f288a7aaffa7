/** OpenAPI 3.1 of a route table. Named schemas (`.meta({ id })`) stand once in the components: as they are sent, and as `…Input` as they are taken. */
import { z } from 'zod';
import { API_PATH, problem } from './common.ts';
import { API_ERRORS } from './errors.ts';
import type { RouteSpec, RouteTable } from './route.ts';
import { usualErrors } from './route.ts';

type JsonObject = { [name: string]: unknown };

export function openApi(table: RouteTable, info: { readonly version: string }): JsonObject {
  const schemas: JsonObject = {};
  const shape = (schema: z.ZodType, io: 'input' | 'output'): JsonObject =>
    hoist(z.toJSONSchema(schema, { io, unrepresentable: 'any' }) as JsonObject, io, schemas);
  shape(problem, 'output');
  const paths: { [path: string]: JsonObject } = {};
  for (const [id, route] of Object.entries(table)) {
    const path = (paths[`${API_PATH}${route.path}`] ??= {});
    path[route.method.toLowerCase()] = operation(id, route, shape);
  }
  return {
    openapi: '3.1.0',
    info: { title: 'Millrace', version: info.version, license: { name: 'Apache-2.0', identifier: 'Apache-2.0' } },
    paths,
    components: {
      schemas,
      securitySchemes: {
        token: { type: 'http', scheme: 'bearer', description: 'An API token: mr_…' },
        basic: { type: 'http', scheme: 'basic', description: 'User and API token, or user and password.' },
        session: { type: 'apiKey', in: 'cookie', name: 'millrace_session' },
      },
    },
  };
}

function operation(id: string, route: RouteSpec, shape: (schema: z.ZodType, io: 'input' | 'output') => JsonObject): JsonObject {
  const parameters = [...parametersOf('path', route.params, shape), ...parametersOf('query', route.query, shape)];
  if (route.ifMatch !== undefined) parameters.push({ name: 'If-Match', in: 'header', required: route.ifMatch === 'needed', schema: { type: 'string' } });
  if (route.etag !== undefined) parameters.push({ name: 'If-None-Match', in: 'header', required: false, schema: { type: 'string' } });
  const responses: JsonObject = {};
  for (const [status, { description, schema, type }] of Object.entries(route.responses)) {
    const content = schema !== undefined ? { 'application/json': { schema: shape(schema, 'output') } } : type !== undefined ? { [type]: {} } : null;
    responses[status] = { description, ...(content === null ? {} : { content }) };
  }
  if (route.etag !== undefined) responses['304'] = { description: 'As it was.' };
  for (const [status, codes] of byStatus([...usualErrors(route), ...route.errors]))
    responses[status] = { description: codes.join(', '), content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } } };
  const body = route.body === undefined ? null : shape(route.body, 'input');
  return {
    operationId: id,
    tags: [id.split('.')[0]],
    summary: route.summary,
    'x-permission': route.permission,
    ...(route.permission === 'everybody' ? { security: [] } : { security: [{ token: [] }, { basic: [] }, { session: [] }] }),
    ...(parameters.length === 0 ? {} : { parameters }),
    ...(body === null
      ? {}
      : {
          requestBody: {
            required: true,
            content: {
              'application/json': { schema: body },
              ...(route.bodyType === 'multipart'
                ? {
                    'multipart/form-data': {
                      schema: { type: 'object', properties: { request: body }, additionalProperties: { type: 'string', format: 'binary' } },
                    },
                  }
                : {}),
            },
          },
        }),
    responses,
  };
}

function parametersOf(
  place: 'path' | 'query',
  schema: z.ZodObject | undefined,
  shape: (schema: z.ZodType, io: 'input' | 'output') => JsonObject,
): JsonObject[] {
  return Object.entries(schema?.shape ?? {}).map(([name, one]) => {
    const described = shape(one as z.ZodType, 'input');
    return { name, in: place, required: place === 'path' || !(one as z.ZodType).safeParse(undefined).success, schema: described };
  });
}

function byStatus(codes: readonly (keyof typeof API_ERRORS)[]): Map<number, string[]> {
  const out = new Map<number, string[]>();
  for (const code of new Set(codes)) out.set(API_ERRORS[code][0], [...(out.get(API_ERRORS[code][0]) ?? []), code]);
  return out;
}

/** Takes the definitions that a schema brings into the components, and answers what refers to them. */
function hoist(schema: JsonObject, io: 'input' | 'output', into: JsonObject): JsonObject {
  const { $defs, $schema: _, ...own } = schema as { $defs?: JsonObject } & JsonObject;
  const nameOf = (name: string): string => (io === 'input' ? `${name}Input` : name);
  const refer = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.map(refer);
    if (value === null || typeof value !== 'object') return value;
    return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, key === '$ref' ? rename(String(inner), nameOf) : refer(inner)]));
  };
  for (const [name, definition] of Object.entries($defs ?? {})) into[nameOf(name)] ??= refer(definition);
  return refer(own) as JsonObject;
}

function rename(reference: string, nameOf: (name: string) => string): string {
  return reference.replace(/^#\/\$defs\/(.+)$/, (_, name: string) => `#/components/schemas/${nameOf(name)}`);
}

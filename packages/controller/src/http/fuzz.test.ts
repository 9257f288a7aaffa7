/**
 * Requests made from the OpenAPI document itself, right ones and spoilt ones, from a seed that a failure prints. Whatever
 * comes: no answer is a failure of the server, a refusal stores nothing, and an answer is of its schema (the API under test
 * compares).
 */
import assert from 'node:assert/strict';
import { it } from 'node:test';
import { sql } from 'kysely';
import { eachEngine } from '../store/testing/databases.ts';
import type { TestApi } from './testing/api.ts';
import { testApi } from './testing/api.ts';
import { putBuild, putFlush, putJob } from './testing/builds.ts';

type Json = any;
const ROUNDS = 25;

class Random {
  private state: number;
  constructor(seed: number) {
    this.state = seed >>> 0;
  }
  /** mulberry32 */
  next(): number {
    this.state = (this.state + 0x6d2b79f5) >>> 0;
    let t = this.state;
    t = Math.imul(t ^ (t >>> 15), t | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  }
  below(n: number): number {
    return Math.floor(this.next() * n);
  }
  of<T>(all: readonly T[]): T {
    return all[this.below(all.length)] as T;
  }
  chance(p: number): boolean {
    return this.next() < p;
  }
}

const NAMES = ['job', 'folder', 'folder/inner', 'new', 'n1', 'r1', 'someone', 'viewer', 'admin', 'linux', 'A_B'];
const NASTY: readonly Json[] = [
  '',
  ' ',
  '..',
  '../x',
  'a/../b',
  'a\u0000b',
  '\ud800',
  'x'.repeat(5_000),
  "'; DROP TABLE items; --",
  '%',
  '_',
  '{}',
  null,
  true,
  -1,
  0,
  1e308,
  2 ** 53,
  1.5,
  [],
  {},
  [[[]]],
  { $file: 'x' },
  { $secret: 'x' },
  { __proto__x: 1 },
  '\u202e',
  '😀'.repeat(60),
];

class Maker {
  private readonly random: Random;
  private readonly schemas: Json;
  constructor(random: Random, schemas: Json) {
    this.random = random;
    this.schemas = schemas;
  }

  /** A value of the schema, as far as its words tell. */
  value(schema: Json, depth = 0): Json {
    const { random } = this;
    if (schema.$ref !== undefined) return this.value(this.schemas[schema.$ref.split('/').at(-1)], depth);
    if (schema.const !== undefined) return schema.const;
    if (schema.enum !== undefined) return random.of(schema.enum);
    const choices = schema.anyOf ?? schema.oneOf;
    if (choices !== undefined) return this.value(random.of(choices), depth);
    if (schema.allOf !== undefined) return this.value(schema.allOf[0], depth);
    switch (schema.type) {
      case 'object': {
        const out: Json = {};
        for (const [name, one] of Object.entries(schema.properties ?? {}))
          if (schema.required?.includes(name) || random.chance(0.5)) out[name] = this.value(one, depth + 1);
        if (schema.additionalProperties && typeof schema.additionalProperties === 'object')
          for (let i = random.below(3); i > 0; i--) out[random.of(NAMES)] = this.value(schema.additionalProperties, depth + 1);
        return out;
      }
      case 'array':
        return Array.from({ length: Math.min(schema.maxItems ?? 3, (schema.minItems ?? 0) + random.below(3)) }, () =>
          this.value(schema.items ?? {}, depth + 1),
        );
      case 'string':
        return this.text(schema);
      case 'integer':
      case 'number':
        return Math.max(schema.minimum ?? 0, Math.min(schema.maximum ?? 50, random.below(40)));
      case 'boolean':
        return random.chance(0.5);
      case 'null':
        return null;
      default:
        return random.of(NAMES);
    }
  }

  /** With something in it that is wrong. */
  spoilt(value: Json): Json {
    const { random } = this;
    if (value !== null && typeof value === 'object' && random.chance(0.8)) {
      const keys = Object.keys(value);
      if (keys.length > 0 && random.chance(0.7)) {
        const key = random.of(keys);
        const copy = Array.isArray(value) ? [...value] : { ...value };
        if (random.chance(0.2)) delete copy[key];
        else copy[key] = this.spoilt(copy[key]);
        return copy;
      }
      if (!Array.isArray(value)) return { ...value, [random.of(['surprise', 'constructor', 'toString', ''])]: random.of(NASTY) };
    }
    return random.of(NASTY);
  }

  private text(schema: Json): string {
    if (schema.format === 'email') return 'a@example.org';
    const texts = [...NAMES, 'x y', 'ü', 'a@b', '0123456789abcdef0123456789abcdef'].filter(
      (t) => schema.pattern === undefined || new RegExp(schema.pattern, 'u').test(t),
    );
    const text = texts.length === 0 ? 'x' : this.random.of(texts);
    return text.slice(0, schema.maxLength ?? text.length).padEnd(schema.minLength ?? 0, 'x');
  }
}

async function snapshot(api: TestApi): Promise<string> {
  const tables = ['items', 'builds', 'nodes', 'users', 'grants', 'resources', 'throttles', 'inputs', 'sessions', 'audit', 'controllers'] as const;
  const parts: string[] = [];
  for (const table of tables) parts.push(JSON.stringify((await sql`SELECT * FROM ${sql.table(table)} ORDER BY 1, 2`.execute(api.store.db)).rows));
  const tokens = await api.store.db.selectFrom('tokens').select(['id', 'user_id', 'name', 'expires_at']).orderBy('id').execute();
  return `${parts.join('\n')}\n${JSON.stringify(tokens)}`;
}

async function world(api: TestApi): Promise<void> {
  const job = await putJob(api.store, 'job');
  const running = await putBuild(api.store, job, 'job', 2, { state: 'running', result: null });
  const ended = await putBuild(api.store, job, 'job', 1);
  await putBuild(api.store, job, 'job', null);
  for (const build of [running, ended])
    await putFlush(api.store, build, { journal: '{"t":"header","build":{"script":{"text":"x","path":"J"}}}\n', pieces: [{ node: '2', text: 'line ü\n' }] });
  for (const body of [
    { name: 'folder', kind: 'folder' },
    { name: 'inner', kind: 'folder', folder: 'folder' },
  ])
    await api.call('admin', 'POST', 'items', body);
  await api.call('admin', 'POST', 'nodes', { name: 'n1' });
  await api.call('admin', 'POST', 'resources', { name: 'r1' });
  await api.call('admin', 'POST', 'users', { id: 'someone' });
}

eachEngine('the API under random requests', (databases) => {
  it('never fails, and stores nothing that it refuses', async () => {
    const seed = Number(process.env['FUZZ_SEED'] ?? Math.floor(Math.random() * 2 ** 31));
    const random = new Random(seed);
    const api = await testApi(databases);
    await world(api);
    const document = (await api.call(null, 'GET', 'openapi.json')).body;
    const maker = new Maker(random, document.components.schemas);
    const operations: Operation[] = Object.entries<Json>(document.paths).flatMap(([path, methods]) =>
      Object.entries<Json>(methods).map(([method, operation]) => ({ path, method: method.toUpperCase(), operation })),
    );
    const tally = { accepted: 0, refused: 0 };
    const tell = (text: string): string => `seed ${seed}: ${text}`;
    for (let round = 0; round < ROUNDS; round++)
      for (const one of operations) if (!LAST.test(one.operation.operationId)) await ask(api, one, { random, maker, tally, tell });
    for (let round = 0; round < ROUNDS; round++)
      for (const one of operations) if (LAST.test(one.operation.operationId)) await ask(api, one, { random, maker, tally, tell });
    const { accepted, refused } = tally;
    assert.ok(accepted > 200 && refused > 200, `seed ${seed}: ${accepted} accepted, ${refused} refused`);
    await api.close();
  });
});

/** What takes away what the others work on comes at the end. */
const LAST = /^(auth\.(password|login)|users\.|tokens\.|items\.(delete|move|rename))/;

interface Operation {
  readonly path: string;
  readonly method: string;
  readonly operation: Json;
}

async function ask(
  api: TestApi,
  { path, method, operation }: Operation,
  { random, maker, tally, tell }: { random: Random; maker: Maker; tally: { accepted: number; refused: number }; tell: (text: string) => string },
): Promise<void> {
  if (operation.operationId === 'events.follow') return;
  const parameters: Json[] = operation.parameters ?? [];
  const given = (p: Json): string => {
    if (random.chance(0.2)) return encode(random.of(NASTY));
    if (p.name === 'path' && random.chance(0.7)) return random.of(['job', 'job', 'folder%2Finner']);
    if (p.name === 'number') return String(random.of([1, 2]));
    if (p.name === 'cursor') return Buffer.from(JSON.stringify(['items', random.of(NASTY)])).toString('base64url');
    return encode(maker.value(p.schema));
  };
  const query = parameters.filter((p) => p.in === 'query' && p.name !== 'follow' && random.chance(0.4)).map((p) => `${p.name}=${given(p)}`);
  const url = `${path.replaceAll(/\{(\w+)\}/g, (_, name: string) => given(parameters.find((p) => p.in === 'path' && p.name === name)) || 'x')}?${query.join('&')}`;
  const right = operation.requestBody === undefined ? undefined : maker.value(operation.requestBody.content['application/json'].schema);
  const body = right === undefined ? (random.chance(0.1) && method !== 'GET' ? random.of(NASTY) : undefined) : random.chance(0.4) ? maker.spoilt(right) : right;
  const text = body === undefined ? undefined : random.chance(0.03) ? JSON.stringify(body).slice(0, -1) : JSON.stringify(body);
  const before = method === 'GET' ? null : await snapshot(api);
  const answer = await api.call(
    random.of(['admin', 'admin', 'dev', 'viewer', null]),
    method,
    url,
    text,
    random.chance(0.5) ? { 'if-match': random.of(['*', '"1"', '"x"', 'y']) } : {},
  );
  const told = tell(`${method} ${url} ${text ?? ''} → ${answer.status} ${answer.text.slice(0, 500)}`);
  assert.ok(answer.status < 500, told);
  if (answer.status < 400) {
    tally.accepted++;
    return;
  }
  tally.refused++;
  assert.equal(answer.headers['content-type'], 'application/problem+json; charset=utf-8', told);
  if (before !== null) assert.equal(await snapshot(api), before, told);
}

function encode(value: Json): string {
  try {
    return encodeURIComponent(typeof value === 'string' ? value : JSON.stringify(value));
  } catch {
    // Half of a surrogate pair cannot be written; broken escapes can.
    return '%ED%A0%80';
  }
}

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ApiError } from '@millrace/protocol';
import { parameterChecker } from './check-parameters.ts';
import { readTemplateFile } from './template-file.ts';
import { templateScript } from './template-script.ts';

const HEAD = 'title: {en: A service, zh-CN: 服务}\nentry: service\n';
const FILE = `${HEAD}parameters:
  type: object
  required: [name]
  properties:
    name: {type: string, pattern: '^[a-z]+$', maxLength: 5, title: Name}
    replicas: {type: integer, minimum: 1, maximum: 9, default: 2}
    ratio: {type: number}
    deploy: {type: object, properties: {on: {type: boolean, default: false}, secret: {type: string, format: credentialsId}}}
    hosts: {type: array, items: {type: string, minLength: 1}, maxItems: 2}
    size: {type: string, enum: [small, large], default: small}
`;

function wrong(text: string): ApiError {
  try {
    readTemplateFile(text, 'x');
  } catch (error) {
    if (!(error instanceof ApiError)) throw error;
    assert.equal(error.code, 'MR_TEMPLATE_INVALID');
    return error;
  }
  throw new Error('it was taken');
}

test('a template is read, and what is wrong with one is told with its place', () => {
  const file = readTemplateFile(FILE, 'x');
  assert.deepEqual(Object.keys(file.parameters.properties), ['name', 'replicas', 'ratio', 'deploy', 'hosts', 'size']);
  assert.deepEqual(readTemplateFile(HEAD, 'x').parameters, { type: 'object', properties: {} });
  const places = (text: string): string[] => wrong(text).errors.map((e) => e.pointer);
  assert.deepEqual(places('title: x'), ['#/entry']);
  assert.deepEqual(places(`${HEAD}more: 1`), ['#']);
  assert.deepEqual(places(`${HEAD}parameters: {type: object, properties: {a: {type: string, minimum: 1}}}`), ['#/parameters/properties/a']);
  assert.deepEqual(places(`${HEAD}parameters: {type: object, properties: {a: {type: string, pattern: '('}}}`), ['#/parameters/properties/a/pattern']);
  assert.deepEqual(places(`${HEAD}parameters: {type: object, properties: {}, required: [b]}`), ['#/parameters/required']);
  assert.match(wrong(`${HEAD}parameters: {type: object, properties: {a: {$ref: '#'}}}`).message, /may not refer/);
  assert.match(wrong('title: [').message, /x #:/);
});

test('a schema that holds itself, or is huge or deep, is refused', () => {
  assert.match(wrong(`${HEAD}parameters: &p {type: object, properties: {a: *p}}`).message, /alias/i);
  let deep = '{type: string}';
  for (let i = 0; i < 50; i++) deep = `{type: object, properties: {a: ${deep}}}`;
  assert.match(wrong(`${HEAD}parameters: ${deep}`).message, /deeper than 6/);
  const many = Array.from({ length: 400 }, (_, i) => `    p${i}: {type: string}\n`).join('');
  assert.match(wrong(`${HEAD}parameters:\n  type: object\n  properties:\n${many}`).message, /more than 300/);
  assert.match(wrong(`${HEAD}description: ${'x'.repeat(300_000)}`).message, /larger than/);
});

test('parameters get defaults, and what does not fit is told by place', () => {
  const check = parameterChecker(readTemplateFile(FILE, 'x').parameters);
  const good = check({ name: 'abc', deploy: { secret: 'key' } });
  assert.deepEqual(good, {
    parameters: { name: 'abc', deploy: { secret: 'key', on: false }, replicas: 2, size: 'small' },
    errors: [],
    credentials: [{ id: 'key', pointer: '/deploy/secret' }],
  });
  assert.deepEqual(check({ name: 'ok' }).parameters['deploy'], { on: false });
  const bad = check({ replicas: 12, deploy: { on: 'yes', more: 1 }, hosts: ['a', ''], size: 'huge', other: 1 });
  assert.deepEqual(bad.errors.map((e) => e.pointer).sort(), ['/deploy/more', '/deploy/on', '/hosts/1', '/name', '/other', '/replicas', '/size']);
});

test('a pattern that would take for ever is ended', () => {
  const schema = readTemplateFile(`${HEAD}parameters: {type: object, properties: {a: {type: string, pattern: '^(a+)+$'}}}`, 'x').parameters;
  assert.match(parameterChecker(schema)({ a: `${'a'.repeat(60)}!` }).errors[0]?.detail ?? '', /take too long/);
});

test('the script holds the parameters as they are', () => {
  const script = templateScript('lib', 'v1', 'service', {
    a: `it's \\ $x\n"`,
    n: -3,
    big: 12_345_678_901,
    f: 0.5,
    no: null,
    list: ['x', 'y'],
    empty: {},
    名: '值',
  });
  assert.equal(
    script,
    `@Library('lib@v1') _

service([
  'a': 'it\\'s \\\\ $x\\n"',
  'n': -3,
  'big': 12345678901L,
  'f': 0.5,
  'no': null,
  'list': ['x', 'y'],
  'empty': [:],
  '名': '值',
])
`,
  );
  assert.equal(templateScript('lib', null, 'x', {}), `@Library('lib') _\n\nx([:])\n`);
});

test('random changes of a template and of parameters end with a code or are taken', () => {
  let seed = 7;
  const random = (n: number): number => (seed = (seed * 1_103_515_245 + 12_345) % 2 ** 31) % n;
  const check = parameterChecker(readTemplateFile(FILE, 'x').parameters);
  const values = [null, true, 0, -1, 1e300, '', 'a', '\u0000', '𝒳', [], [[]], {}, { on: {} }, { __proto__: null }, 'x'.repeat(10_000)];
  for (let round = 0; round < 600; round++) {
    const bytes = Buffer.from(FILE);
    for (let i = random(6); i >= 0; i--) bytes[random(bytes.length)] = random(256);
    try {
      const { parameters } = readTemplateFile(bytes.toString('latin1').slice(0, random(3) === 0 ? random(bytes.length) : undefined), 'x');
      parameterChecker(parameters)({ name: 'abc', replicas: 3 });
    } catch (error) {
      assert.ok(error instanceof ApiError, String((error as Error).stack));
      assert.equal(error.code, 'MR_TEMPLATE_INVALID');
    }
    const given: Record<string, unknown> = {};
    for (const name of ['name', 'replicas', 'deploy', 'hosts', 'size', 'constructor', 'toString'])
      if (random(2) === 0) given[name] = values[random(values.length)];
    const { parameters, errors } = check(given);
    if (errors.length === 0) templateScript('l', null, 'e', parameters);
  }
});

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readParameters } from './definitions.ts';
import { resolveParameters } from './resolve.ts';

const DECLARED = readParameters([
  { $symbol: 'string', name: 'WHO', defaultValue: ' world ', description: 'who', trim: true },
  { $symbol: 'booleanParam', name: 'DRY', defaultValue: true },
  { $class: 'hudson.model.ChoiceParameterDefinition', name: 'WHERE', choices: 'here\nthere' },
  { type: 'choice', name: 'PLAIN', choices: ['a', 'b'], default: 'b' },
  { $symbol: 'password', name: 'PIN', defaultValue: '1234' },
  { $symbol: 'run', name: 'FROM', projectName: 'up' },
  { $symbol: 'credentials', name: 'KEY', required: true, credentialType: 'x.Y', defaultValue: '' },
  { $symbol: 'file', name: 'input.txt' },
  { $symbol: 'gitParameter', name: 'REF', defaultValue: 'main' },
  { $symbol: 'string', defaultValue: 'has no name' },
]);

test('definitions are read from what a Jenkinsfile declares and from the plain form', () => {
  assert.deepEqual(
    DECLARED.map(({ type, name, default: value }) => [type, name, value]),
    [
      ['string', 'WHO', ' world '],
      ['boolean', 'DRY', true],
      ['choice', 'WHERE', 'here'],
      ['choice', 'PLAIN', 'b'],
      ['password', 'PIN', '1234'],
      ['run', 'FROM', null],
      ['credentials', 'KEY', ''],
      ['file', 'input.txt', null],
      ['other', 'REF', 'main'],
    ],
  );
});

test('a definition’s own form is read as itself', () => {
  assert.deepEqual(readParameters(JSON.parse(JSON.stringify(DECLARED))), DECLARED);
});

test('what is not given has its default, and what is given has its type', () => {
  assert.deepEqual(resolveParameters(DECLARED, { KEY: 'id', DRY: 'FALSE', FROM: '7', WHO: 5 }), {
    values: { WHO: '5', DRY: false, WHERE: 'here', PLAIN: 'b', PIN: '1234', FROM: 'up#7', KEY: 'id', 'input.txt': null, REF: 'main' },
    errors: [],
  });
  assert.equal(resolveParameters(DECLARED, { KEY: 'id' }).values['WHO'], 'world');
});

test('what the job has not, what is no choice, and what is missing are told by name', () => {
  const { errors } = resolveParameters(DECLARED, { NOPE: 1, WHERE: 'nowhere', DRY: 'maybe', WHO: ['x'], FROM: 'last' });
  assert.deepEqual(
    errors.map(({ name, reason }) => `${name}: ${reason}`),
    ['NOPE: unknown', 'WHO: text', 'DRY: boolean', 'WHERE: choice', 'FROM: run', 'KEY: required'],
  );
  assert.equal(errors[3]?.message, 'Illegal choice for parameter WHERE: nowhere');
});

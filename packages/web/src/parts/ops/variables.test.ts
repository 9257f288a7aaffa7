import assert from 'node:assert/strict';
import { test } from 'node:test';
import { asLines, fromLines, labelsOf } from './variables.ts';

test('variables are lines and come back from them, also with = in their values and blanks at their ends', () => {
  const variables = { PATH: '/a:/b', OPTIONS: '-Da=b ', EMPTY: '' };
  const { text, kept } = asLines(variables);
  assert.equal(text, 'PATH=/a:/b\nOPTIONS=-Da=b \nEMPTY=');
  assert.deepEqual(kept, {});
  assert.deepEqual(fromLines(text), { variables });
});

test('a value of several lines is kept aside', () => {
  assert.deepEqual(asLines({ A: '1', CERT: 'x\ny' }), { text: 'A=1', kept: { CERT: 'x\ny' } });
});

test('the first line that is no variable is told', () => {
  assert.deepEqual(fromLines('A=1\n\nno variable\nB'), { wrong: 3 });
  assert.deepEqual(fromLines('1A=x'), { wrong: 1 });
});

test('nothing is no variable and no label', () => {
  assert.deepEqual(fromLines(' \n'), { variables: {} });
  assert.deepEqual(labelsOf(' '), []);
});

test('labels have blanks or commas between them, and count once', () => {
  assert.deepEqual(labelsOf('linux, x64\tlinux'), ['linux', 'x64']);
});

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { decodeBytes, encodeText } from './charsets.ts';

test('every charset reads what it has written', () => {
  for (const name of ['UTF-8', 'utf8', 'UTF-16', 'utf-16le', 'UTF-16BE', 'utf-32', 'UTF-32LE', null]) {
    assert.equal(decodeBytes(encodeText('a ü 世 😀', name) as Buffer, name), 'a ü 世 😀', String(name));
  }
  assert.equal(decodeBytes(encodeText('€ü', 'windows-1252') as Buffer, 'Cp1252'), '€ü');
  assert.equal(decodeBytes(encodeText('Ж', 'KOI8-R') as Buffer, 'koi8-r'), 'Ж');
});

test('what a charset cannot write becomes a question mark', () => {
  assert.equal(encodeText('ü€😀', 'ISO-8859-1')?.toString('hex'), 'fc3f3f');
  assert.equal(encodeText('aü', 'US-ASCII')?.toString(), 'a?');
  assert.equal(decodeBytes(Buffer.from([0x61, 0xfc]), 'ascii'), 'a\ufffd');
});

test('unknown charsets are told', () => {
  assert.equal(encodeText('x', 'no-such'), null);
  assert.equal(decodeBytes(Buffer.alloc(0), 'no-such'), null);
});

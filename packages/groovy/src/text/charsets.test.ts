import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Encoding } from './charsets.ts';
import { decode, encode, findEncoding } from './charsets.ts';

const ALL: Encoding[] = ['UTF-8', 'UTF-16', 'UTF-16BE', 'UTF-16LE', 'UTF-32', 'UTF-32LE', 'ISO-8859-1', 'US-ASCII', 'windows-1252', 'ISO-8859-15'];

test('what an encoding can write comes back as it was', () => {
  for (const encoding of ALL) assert.equal(decode(encode('abc\n~', encoding), encoding), 'abc\n~', encoding);
  for (const encoding of ALL.slice(0, 6)) assert.equal(decode(encode('é€😀', encoding), encoding), 'é€😀', encoding);
  assert.equal(decode(encode('é€', 'windows-1252'), 'windows-1252'), 'é€');
  assert.equal(decode(encode('é€', 'ISO-8859-15'), 'ISO-8859-15'), 'é€');
});

test('what it cannot write becomes a question mark', () => {
  assert.deepEqual([...encode('é😀x', 'US-ASCII')], [63, 63, 120]);
  assert.deepEqual([...encode('a\ud800b', 'UTF-8')], [97, 63, 98]);
  assert.deepEqual([...encode('€', 'ISO-8859-1')], [63]);
});

test('UTF-16 begins with a byte order mark and is read with either one', () => {
  assert.deepEqual([...encode('é', 'UTF-16')], [0xfe, 0xff, 0, 0xe9]);
  assert.equal(decode(Uint8Array.of(0xff, 0xfe, 0xe9, 0), 'UTF-16'), 'é');
});

test('bytes that are no UTF-8 become replacement characters as in Java', () => {
  const read = (...bytes: number[]): string => decode(Uint8Array.from(bytes));
  assert.equal(read(0xc3, 0x28), '\ufffd(');
  assert.equal(read(0xe2, 0x82), '\ufffd');
  assert.equal(read(0xe2, 0x28, 0xa1), '\ufffd(\ufffd');
  assert.equal(read(0xf0, 0x9f, 0x98, 0x41), '\ufffdA');
  assert.equal(read(0xc0, 0x80), '\ufffd\ufffd');
  assert.equal(read(0xed, 0xa0, 0x80), '\ufffd');
  assert.equal(read(0xf4, 0x90, 0x80, 0x80), '\ufffd\ufffd\ufffd\ufffd');
  assert.equal(read(0xff), '\ufffd');
});

test('names and aliases are found in any case', () => {
  assert.equal(findEncoding('utf8'), 'UTF-8');
  assert.equal(findEncoding('Latin1'), 'ISO-8859-1');
  assert.equal(findEncoding('constructor'), null);
});

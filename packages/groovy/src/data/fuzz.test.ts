/** Whatever is read, only Java's exceptions come out. The texts are made of the formats' own pieces, by a seeded generator. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { makeInterpreter } from '../run-script.ts';
import { JavaThrowable } from '../runtime/values.ts';
import { generator } from '../time/testing/generator.ts';
import { fromBase64 } from './base64.ts';
import { parseJson } from './json.ts';
import { parseClassic } from './jsonClassic.ts';
import { prettyPrint, toJson } from './jsonOutput.ts';
import { parseProperties } from './properties.ts';
import { Uri, Url, urlDecode, urlEncode } from './uri.ts';
import { parseXml } from './xml.ts';

const rt = makeInterpreter({ print: () => {} });
const ROUNDS = 3000;

function fuzz(pieces: readonly string[], read: (text: string) => unknown): void {
  const random = generator(20261121);
  for (let round = 0; round < ROUNDS; round++) {
    let text = '';
    for (let n = random(14); n >= 0; n--) text += random(12) === 0 ? String.fromCharCode(random(0x2fff)) : pieces[random(pieces.length)];
    try {
      read(text);
    } catch (failure) {
      assert.ok(failure instanceof JavaThrowable, `${JSON.stringify(text)} gave ${String((failure as Error).stack)}`);
    }
  }
}

const JSON_PIECES = ['{', '}', '[', ']', ':', ',', '"a"', '"', '\\u00', '\\n', 'true', 'nul', '1', '-', '.5', 'e9', ' ', '\n', '{"a":1}', '[1,2]'];
test('JsonSlurper fails with Java exceptions alone', () => {
  fuzz(JSON_PIECES, (text) => toJson(rt, parseJson(rt, text)));
});
test('JsonSlurperClassic fails with Java exceptions alone', () => {
  fuzz(JSON_PIECES, (text) => parseClassic(rt, text));
});
test('prettyPrint fails with Java exceptions alone', () => {
  fuzz(JSON_PIECES, (text) => prettyPrint(rt, text));
});
test('XML fails with Java exceptions alone', () => {
  const pieces = [
    '<a>',
    '</a>',
    '<b/>',
    '<',
    '>',
    '&amp;',
    '&#x41;',
    '&',
    ';',
    '<!--',
    '-->',
    '<![CDATA[',
    ']]>',
    '<?xml version="1.0"?>',
    '<?p ',
    '?>',
    ' x="1"',
    "='",
    '"',
    'n:',
    'xmlns:n="u"',
    ' ',
    'text',
    '<!DOCTYPE a>',
  ];
  fuzz(pieces, (text) => parseXml(rt, text, { namespaceAware: true, keepSpace: false }));
});
test('Base64 fails with Java exceptions alone', () => {
  fuzz(['QUJD', '=', 'a', '-', '_', '\r\n', '*'], (text) =>
    fromBase64(
      Uint8Array.from(text, (c) => c.charCodeAt(0) & 255),
      'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/',
      false,
    ),
  );
});
test('URIs and URLs fail with Java exceptions alone', () => {
  const pieces = ['http', ':', '/', '//', '?', '#', '@', 'host', ':80', '%20', '%z', '..', '.', '[::1]', ' ', 'a', 'file:', '='];
  fuzz(pieces, (text) => {
    const uri = new Uri(text);
    uri.normalized().resolve(uri).relativize(uri);
  });
  fuzz(pieces, (text) => new Url(text));
  fuzz(['%', '%41', '+', 'a', '%E2%82%AC', '%zz', '%4'], (text) => urlDecode(text, 'UTF-8'));
});
test('properties fail with Java exceptions alone', () => {
  fuzz(['a', '=', ':', '\\', '\\u00', '\n', ' ', '#', '\\\n', 'b'], (text) => parseProperties(text));
});

test('text survives being encoded for a URL', () => {
  const random = generator(7);
  for (let round = 0; round < 500; round++) {
    let text = '';
    for (let n = random(20); n >= 0; n--) text += String.fromCodePoint(random(2) === 0 ? 32 + random(95) : 0xa0 + random(0x2000));
    assert.equal(urlDecode(urlEncode(text, 'UTF-8'), 'UTF-8'), text);
  }
});

test('nesting that is too deep is a Java error', () => {
  const deep = 100_000;
  for (const read of [
    () => parseJson(rt, '['.repeat(deep)),
    () => parseClassic(rt, '['.repeat(deep)),
    () => parseXml(rt, '<a>'.repeat(deep), { namespaceAware: true, keepSpace: false }),
  ]) {
    assert.throws(read, (failure: unknown) => failure instanceof JavaThrowable && failure.typeName === 'java.lang.StackOverflowError');
  }
});

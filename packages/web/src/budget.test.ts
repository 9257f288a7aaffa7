/** What a browser has to read before it shows anything, as it is sent: compressed. */
import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';
import { gzipSync } from 'node:zlib';

const dist = path.resolve(import.meta.dirname, '../dist');
const BUDGET = 250 * 1_000;

test('the first page is at most 250 KB of JavaScript', { skip: existsSync(path.join(dist, 'index.html')) ? false : 'the page is not built' }, () => {
  const document = readFileSync(path.join(dist, 'index.html'), 'utf8');
  const files = [...document.matchAll(/(?:src|href)="\/(assets\/[^"]+\.js)"/g)].map((m) => m[1] as string);
  assert.ok(files.length > 0);
  const size = files.reduce((sum, file) => sum + gzipSync(readFileSync(path.join(dist, file))).length, 0);
  assert.ok(size <= BUDGET, `${size} bytes`);
});

test('nothing is in the page itself that its policy would refuse', {
  skip: existsSync(path.join(dist, 'index.html')) ? false : 'the page is not built',
}, () => {
  const document = readFileSync(path.join(dist, 'index.html'), 'utf8');
  assert.doesNotMatch(document, /<script(?![^>]*\bsrc=)|<style|\son\w+=|\sstyle=/);
});

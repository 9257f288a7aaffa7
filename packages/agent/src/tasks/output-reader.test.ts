import assert from 'node:assert/strict';
import { appendFileSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { OutputReader } from './output-reader.ts';

const folder = mkdtempSync(join(tmpdir(), 'millrace-output-'));
after(() => {
  rmSync(folder, { recursive: true, force: true });
});

function all(file: string, masks: readonly string[], from: number, max: number): string {
  const reader = new OutputReader({ file, masks, encoding: null }, from);
  let text = '';
  for (let at = from, piece = reader.next(max) ?? reader.last(); piece !== null; piece = reader.next(max) ?? reader.last()) {
    assert.equal(piece.from, at);
    at = piece.to;
    text += Buffer.from(piece.bytes).toString();
  }
  reader.close();
  return text;
}

test('no cursor and no size of pieces lets a part of a secret through', () => {
  const file = join(folder, 'a');
  const text = 'sesame opens\nthe ü sesame sesam\nsesamesesame and one\ntwo lines';
  const masks = ['sesame', 'one\ntwo'];
  writeFileSync(file, text);
  const masked = text.replaceAll('one\ntwo', '****').replaceAll('sesame', '****');
  for (let max = 8; max < 80; max += 3) assert.equal(all(file, masks, 0, max), masked, `pieces of ${max}`);
  for (let from = 0; from < text.length; from++) {
    const bytes = Buffer.byteLength(text.slice(0, from));
    const rest = all(file, masks, bytes, 1_000);
    for (const mask of masks) assert.ok(!rest.includes(mask), `from ${from}`);
    // Inside of a secret its rest is masked too.
    const begun = text.lastIndexOf('sesame', from - 1);
    if (from > 0 && begun >= 0 && begun < from && from < begun + 6) assert.ok(rest.startsWith('****'), `from ${from}: ${rest}`);
  }
});

test('a line without end passes in parts, and one that is not finished only when asked for', () => {
  const file = join(folder, 'b');
  writeFileSync(file, 'x'.repeat(100));
  const reader = new OutputReader({ file, masks: [], encoding: null }, 0);
  assert.equal(reader.next(64)?.to, 64);
  assert.equal(reader.next(64), null);
  assert.equal(reader.partial()?.to, 100);
  appendFileSync(file, 'ü\n');
  assert.equal(Buffer.from(reader.next(64)?.bytes ?? []).toString(), 'ü\n');
  reader.close();
});

test('bytes that are not UTF-8 are replaced, other encodings decoded', () => {
  const file = join(folder, 'c');
  writeFileSync(file, Buffer.from([0x61, 0xff, 0x0a]));
  assert.equal(all(file, [], 0, 100), 'a\ufffd\n');
  const reader = new OutputReader({ file, masks: [], encoding: 'windows-1252' }, 0);
  assert.equal(Buffer.from(reader.next(100)?.bytes ?? []).toString(), 'aÿ\n');
  reader.close();
});

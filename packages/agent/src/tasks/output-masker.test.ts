import assert from 'node:assert/strict';
import { test } from 'node:test';
import { OutputMasker } from './output-masker.ts';

test('a secret is masked wherever pieces are cut, and every byte is counted once', () => {
  const secret = 'a€cret\nab',
    text = `x ${secret} y aab${secret}${secret}\nö a€cre`;
  const bytes = Buffer.from(text);
  const expected = text.replaceAll(secret, '****');
  for (let cut = 0; cut <= bytes.length; cut++) {
    for (let cut2 = cut; cut2 <= bytes.length; cut2++) {
      const masker = new OutputMasker([secret, 'zzz']);
      let out = '',
        at = 0;
      for (const piece of [
        masker.push(bytes.subarray(0, cut)),
        masker.partial(),
        masker.push(bytes.subarray(cut, cut2)),
        masker.push(bytes.subarray(cut2)),
        masker.end(),
      ]) {
        if (piece === null) continue;
        assert.equal(piece.from, at);
        at = piece.to;
        out += piece.text;
      }
      assert.equal(out, expected, `cut at ${cut}, ${cut2}`);
      assert.equal(at, bytes.length);
    }
  }
});

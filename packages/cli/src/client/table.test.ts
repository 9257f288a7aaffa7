import assert from 'node:assert/strict';
import { test } from 'node:test';
import { wholeLength } from './follow-log.ts';
import { displayWidth, plain, table } from './table.ts';

test('columns are aligned as a terminal shows them, where Chinese takes two places', () => {
  assert.equal(displayWidth('团队a'), 5);
  assert.equal(
    table(
      ['JOB', 'KIND'],
      [
        ['团队', 'folder'],
        ['abcdef', 'pipeline'],
      ],
    ),
    'JOB     KIND\n团队    folder\nabcdef  pipeline\n',
  );
});

test('a line that is wider than the terminal is cut there', () => {
  assert.equal(table(['A'], [['一二三四']], 6), 'A\n一二…\n');
});

test('nothing in a cell is obeyed by the terminal', () => {
  assert.equal(plain('a\u001b[31mb\nc'), 'a [31mb c');
});

test('a piece of a log ends with a whole character', () => {
  const bytes = Buffer.from('aé中😀');
  const lengths = Array.from({ length: bytes.length + 1 }, (_, i) => wholeLength(bytes.subarray(0, i)));
  assert.deepEqual(lengths, [0, 1, 1, 3, 3, 3, 6, 6, 6, 6, 10]);
});

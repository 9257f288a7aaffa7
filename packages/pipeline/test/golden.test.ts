/**
 * Golden journals: what builds of earlier versions wrote must replay for ever, to the same console text. A build is three
 * files of `golden/`: the Jenkinsfile (in the journal's header as well), the journal, the console.
 *
 * New ones are recorded by `MILLRACE_RECORD_GOLDEN=1 node --test packages/pipeline/test/golden.test.ts`: only Jenkinsfiles
 * without a journal are run. A journal that is there is never written again.
 */
import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import type { Ask, JournalStore } from '@millrace/pipeline';
import { runPipeline } from '@millrace/pipeline';
import { DummyHost } from '../src/engine/testing/dummy-host.ts';
import { MemoryJournal, MemoryLog } from '../src/engine/testing/memory-stores.ts';
import { FACTS } from '../src/engine/testing/run-steps.ts';

const FOLDER = join(import.meta.dirname, 'golden');
const read = (name: string): string => readFileSync(join(FOLDER, name), 'utf8');

/** A replay of a whole build asks nobody. */
class NobodyHost extends DummyHost {
  override start(ask: Ask): void {
    assert.fail(`the replay asked anew: ${ask.kind} ${ask.id}`);
  }
  override resume(ask: Ask): void {
    assert.fail(`the replay asked again: ${ask.kind} ${ask.id}`);
  }
}
const nowhere: JournalStore = {
  append: (line) => {
    assert.fail(`the replay wrote ${line}`);
  },
  flush: () => undefined,
};

for (const file of readdirSync(FOLDER)
  .filter((f) => f.endsWith('.Jenkinsfile'))
  .sort()) {
  const name = file.slice(0, -'.Jenkinsfile'.length);
  test(`golden journal: ${name}`, async () => {
    if (process.env['MILLRACE_RECORD_GOLDEN'] === '1' && !existsSync(join(FOLDER, `${name}.jsonl`))) await record(name);
    const log = new MemoryLog();
    const lines = read(`${name}.jsonl`).trimEnd().split('\n');
    const { result } = await runPipeline({ host: new NobodyHost(), journal: nowhere, log, begin: { lines, records: [] } }).outcome;
    assert.equal(log.text, read(`${name}.console`));
    assert.ok(log.text.endsWith(`Finished: ${result}\n`));
  });
}

async function record(name: string): Promise<void> {
  const journal = new MemoryJournal(),
    log = new MemoryLog();
  const host = new DummyHost((ask) =>
    ask.kind === 'input' ? { ok: { user: 'ada', values: {} } } : ask.kind === 'task' && ask.request.script.startsWith('sleep') ? 'wait' : undefined,
  );
  const build = { ...FACTS, script: { text: read(`${name}.Jenkinsfile`), path: 'Jenkinsfile' } };
  await runPipeline({ host, journal, log, begin: { build, seed: [11, 22, 33, 44] } }).outcome;
  writeFileSync(join(FOLDER, `${name}.jsonl`), `${journal.lines.join('\n')}\n`);
  // Output of tasks is not in the journal but in the log; the replay makes the engine's own lines alone.
  let at = 0,
    own = '';
  for (const { length, ask } of log.records) {
    if (ask === undefined) own += log.text.slice(at, at + length);
    at += length;
  }
  writeFileSync(join(FOLDER, `${name}.console`), own);
}

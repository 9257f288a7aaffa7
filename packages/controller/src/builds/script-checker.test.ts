import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { ScriptChecker } from './script-checker.ts';

const entry = new URL('./worker/thread.ts', import.meta.url);
const open: ScriptChecker[] = [];
const checker = (more: { readonly limitMs?: number } = {}): ScriptChecker => {
  const made = new ScriptChecker({ entry, memoryMb: 96, ...more });
  open.push(made);
  return made;
};
after(() => Promise.all(open.map((one) => one.close())));
const here = new AbortController().signal;

test('a right script has no errors, a wrong one its places', async () => {
  const one = checker();
  assert.deepEqual(await one.check("echo 'hi'", [], here), { declarative: false, errors: [], total: 0 });
  assert.equal((await one.check("pipeline { agent any; stages { stage('a') { steps { echo 'hi' } } } }", [], here)).declarative, true);
  const wrong = await one.check("pipeline {\n  agent any\n  stages {\n    stage('a') { steps { ecko 'hi' } }\n  }\n  surprise { }\n}\n", [], here);
  assert.equal(wrong.declarative, null);
  assert.equal(wrong.total, wrong.errors.length);
  assert.ok(wrong.errors.some(({ line }) => line === 6));
  const [open] = (await one.check('node {\n  sh "x\n}', [], here)).errors;
  assert.equal(open?.line, 2);
});

test('one that is nested without end is refused, and the next one is checked', async () => {
  const one = checker();
  const deep = await one.check(`x = ${'('.repeat(200_000)}`, [], here);
  assert.ok(deep.total >= 1);
  assert.equal((await one.check('echo 1', [], here)).total, 0);
});

test('one that takes too long is ended, and the next one is checked', async () => {
  const one = checker({ limitMs: 1 });
  await assert.rejects(one.check("echo 'x'\n".repeat(50_000), [], here), { code: 'MR_SCRIPT_CHECK_TIME' });
  const two = checker();
  await two.check('1', [], here);
  assert.equal((await two.check('2', [], here)).total, 0);
});

test('what nobody waits for is not checked, and too many are refused', async () => {
  const one = checker();
  const first = one.check('1', [], here);
  const gone = new AbortController();
  const left = one.check('2', [], gone.signal);
  gone.abort();
  await assert.rejects(left, { code: 'MR_SCRIPT_CHECKS_BUSY' });
  const many = Array.from({ length: 40 }, (_, i) =>
    one.check(String(i), [], here).then(
      () => true,
      () => false,
    ),
  );
  assert.equal((await first).total, 0);
  const answers = await Promise.all(many);
  assert.equal(answers.filter(Boolean).length, 32);
});

test('random bytes give findings, never a failure', async () => {
  const one = checker();
  const base = 'pipeline { agent any; stages { stage(\'a\') { steps { sh "x ${y}" } } } }';
  let seed = 7;
  const random = (n: number): number => (seed = (seed * 1_103_515_245 + 12_345) % 2 ** 31) % n;
  for (let i = 0; i < 100; i++) {
    const at = random(base.length);
    const spoilt = base.slice(0, at) + String.fromCharCode(random(0x3_00)) + base.slice(at + random(4));
    const { errors, total } = await one.check(spoilt, [], here);
    assert.ok(total >= errors.length, spoilt);
  }
});

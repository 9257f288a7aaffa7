import assert from 'node:assert/strict';
import { it } from 'node:test';
import type { Suspicion } from './suspicion.ts';
import { afterDeath, completed, entering, FALLS } from './suspicion.ts';

const WATCHED = afterDeath(null);

it('counts a turn that falls at each death, whatever completes before it', () => {
  let suspicion: Suspicion = WATCHED;
  for (let death = 0; death < FALLS; death++) {
    suspicion = completed(entering(suspicion, 'begin'), ['begin']);
    suspicion = completed(entering(suspicion, `0.0:${death}`), [`0.0:${death}`]);
    suspicion = afterDeath(entering(suspicion, '0.1:7'));
  }
  assert.deepEqual(suspicion, { turn: null, fell: ['0.1:7'], falls: FALLS });
});

it('counts no death of an owner while the program waits', () => {
  let suspicion: Suspicion = WATCHED;
  for (let death = 0; death < 50; death++) suspicion = afterDeath(completed(entering(suspicion, 'begin'), ['begin']));
  assert.equal(suspicion.falls, 0);
});

it('clears a turn that completes', () => {
  const fallen = afterDeath(entering(WATCHED, 'begin'));
  assert.equal(fallen.falls, 1);
  assert.deepEqual(completed(entering(fallen, 'begin'), ['begin']), WATCHED);
});

it('begins to count anew where another turn falls', () => {
  const once = afterDeath(entering(WATCHED, '0:1'));
  assert.deepEqual(afterDeath(entering(once, '0:2')), { turn: null, fell: ['0:2'], falls: 1 });
});

it('does not clear what came together with a turn that completes', () => {
  const fallen = afterDeath(entering(entering(WATCHED, 'begin'), '0:5'));
  assert.deepEqual(completed(entering(fallen, 'begin'), ['begin']), { turn: null, fell: ['0:5'], falls: 1 });
});

it('does not take for completed what was delivered after the program told that it waits', () => {
  const both = entering(entering(WATCHED, 'begin'), '0:5');
  assert.deepEqual(afterDeath(completed(both, ['begin'])), { turn: null, fell: ['0:5'], falls: 1 });
});

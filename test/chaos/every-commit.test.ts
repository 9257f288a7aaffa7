/**
 * One build, and its controller killed after its first commit, after its second, and so on, until there are no more: each time
 * the outcome must be that of a build that nobody disturbed. It takes minutes: every seventh commit is tried, each time others,
 * and all of them with MILLRACE_EVERY_COMMIT=1.
 */
import assert from 'node:assert/strict';
import process from 'node:process';
import { test } from 'node:test';
import { pipelineConfig } from '../../packages/protocol/src/index.ts';
import { Fleet, pause } from './fleet.ts';
import { judge, settled } from './invariants.ts';
import type { Kind } from './kinds.ts';
import { KINDS } from './kinds.ts';
import type { Triggered } from './load.ts';

const SCRIPT = `lock('of-the-kill') {
  node {
    writeFile file: 'f.txt', text: "content \${TOKEN}"
    stash 's'
    cache(key: "k-\${TOKEN}", paths: ['c']) { writeFile file: 'c/c.txt', text: "kept \${TOKEN}" }
    sh '''#!/bin/sh
echo first >> "<effects>/$TOKEN"
echo "first $TOKEN"
'''
  }
}
def v = input(id: 'go', message: 'Go?', parameters: [string(name: 'V', defaultValue: 'none')])
def b = build(job: 'down', parameters: [string(name: 'TOKEN', value: "\${TOKEN}-d")])
node {
  deleteDir()
  unstash 's'
  cache(key: "k-\${TOKEN}", paths: ['c']) { }
  sh '''#!/bin/sh
cat f.txt; echo
cat c/c.txt; echo
echo second >> "<effects>/$TOKEN"
'''
}
echo "\${b.result} \${v} \${TOKEN}"`;

/** As in the load: the build below it is judged with it. */
const KIND: Kind = {
  name: 'up',
  weight: 0,
  config: (effects) => ({
    kind: 'pipeline',
    config: JSON.stringify(
      pipelineConfig.parse({
        definition: { kind: 'inline', script: SCRIPT.replaceAll('<effects>', effects) },
        parameters: [{ type: 'string', name: 'TOKEN' }],
      }),
    ),
  }),
  results: ['SUCCESS'],
  lines: (t) => [`first ${t}`, `content ${t}`, `kept ${t}`, `SUCCESS v-${t} ${t}`],
  effects: () => ['first', 'second'],
};

const STEP = process.env['MILLRACE_EVERY_COMMIT'] === '1' ? 1 : 7;
const FIRST = STEP === 1 ? 1 : 1 + Math.floor(Math.random() * STEP);

test('a controller that is killed after any of its commits changes nothing', { timeout: 600_000 }, async () => {
  const fleet = new Fleet({ engine: 'sqlite', controllers: 1, breakFence: false, disk: null });
  try {
    await fleet.start();
    const { program } = fleet.controllers[0] as (typeof fleet.controllers)[number];
    const down = KINDS.find((k) => k.name === 'down') as Kind;
    await fleet.command({ do: 'job', name: 'down', ...down.config(fleet.effects) });
    const job = await fleet.command({ do: 'job', name: 'up', ...KIND.config(fleet.effects) });
    const triggered: Triggered[] = [];
    let kills = 0;
    for (let n = FIRST, killed = true; killed; n += STEP) {
      const token = `k${n}`;
      const trigger = (): Promise<number | null> => fleet.command({ do: 'trigger', job, token }).catch(() => null);
      fleet.killAfter(n);
      const id = await trigger();
      killed = false;
      triggered.push({ kind: KIND, token, id });
      for (let ended = false; !ended; ) {
        if (!program.isRunning) {
          killed = true;
          kills++;
          await program.startAgain();
        }
        const build = await fleet.look((db) => db.selectFrom('builds').select(['id', 'state']).where('parameters', 'like', `%"${token}"%`).executeTakeFirst());
        ended = build?.state === 'ended';
        if (build === undefined && program.isRunning) await trigger();
        const waiting = await fleet.look((db) => db.selectFrom('inputs').select(['build_id', 'ask_id']).where('state', '=', 'waiting').execute());
        for (const { build_id, ask_id } of waiting) await fleet.command({ do: 'answer', build: build_id, ask: ask_id, value: `v-${token}` }).catch(() => 0);
        await pause(30);
      }
      fleet.killAfter(0);
      // It may have died of a commit after the build's end. Who answers lives, and has heard that it is not to be killed any more.
      const lives = (): Promise<boolean> =>
        fleet.command({ do: 'answer', build: 0, ask: '', value: '' }).then(
          () => true,
          () => false,
        );
      while (!(await lives())) {
        killed = true;
        if (!program.isRunning) await program.startAgain();
      }
    }
    assert.ok(kills > 2, `${kills} kills`);
    assert.deepEqual([...(await settled(fleet, 180_000)), ...(await judge(fleet, triggered))], []);
  } finally {
    await fleet.close();
  }
});

/** A controller that is killed in the middle of a cache, on its way there and on its way back: it arrives whole, and once. */
import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { pipelineConfig } from '../../packages/protocol/src/index.ts';
import type { ControllerProgram } from './fleet.ts';
import { Fleet, pause } from './fleet.ts';
import type { Direction } from './tcp-proxy.ts';

const MB = 1_000_000;
const SCRIPT = `node('linux') {
  deleteDir()
  cache(key: 'big', paths: ['data']) {
    sh '''#!/bin/sh
[ -e data/big ] || { mkdir -p data; head -c ${16 * MB} /dev/urandom > data/big; echo made >> "<effects>/$TOKEN"; }
sha256sum < data/big >> "<effects>/$TOKEN"
'''
  }
}`;

for (const engine of ['sqlite', 'postgres'] as const)
  test(`a cache survives the death of its controller in the middle, on ${engine}`, { timeout: 300_000 }, async () => {
    const fleet = new Fleet({ engine, controllers: 1, breakFence: false, disk: null });
    try {
      await fleet.start();
      const [only] = fleet.controllers as [ControllerProgram];
      const definition = { kind: 'inline' as const, script: SCRIPT.replaceAll('<effects>', fleet.effects) };
      const config = JSON.stringify(pipelineConfig.parse({ definition, parameters: [{ type: 'string', name: 'TOKEN' }] }));
      const job = await fleet.command({ do: 'job', name: 'cached', kind: 'pipeline', config });

      /** Its build, whose controller dies when so many bytes have gone that way, and again for as many more. */
      const run = async (token: string, way: Direction): Promise<string[]> => {
        let bytes = 0,
          kills = 0;
        only.http.watch = (piece, direction) => {
          if (direction === way) bytes += piece.length;
          return true;
        };
        await fleet.command({ do: 'trigger', job, token });
        const stateOf = () =>
          fleet.look((db) => db.selectFrom('builds').select(['state', 'result']).where('parameters', 'like', `%"${token}"%`).executeTakeFirst());
        for (let next = 5 * MB; (await stateOf())?.state !== 'ended'; await pause(10)) {
          if (bytes < next || kills === 2) continue;
          kills++;
          next = bytes + 4 * MB;
          await only.program.kill();
          await only.program.startAgain();
        }
        assert.equal((await stateOf())?.result, 'SUCCESS', only.program.said.join('\n'));
        assert.equal(kills, 2, `${kills} kills, ${bytes} bytes ${way}`);
        return readFileSync(join(fleet.effects, token), 'utf8').trim().split('\n');
      };
      // So slow that the middle is not missed.
      only.http.bytesPerSecond = 8 * MB;
      const [made, sum] = await run('saving', 'to target');
      assert.equal(made, 'made');
      assert.deepEqual(await run('restoring', 'from target'), [sum]);

      const rows = await fleet.look((db) => db.selectFrom('caches').select(['key', 'blob']).execute());
      assert.deepEqual(
        rows.map((r) => r.key),
        ['big'],
      );
      assert.deepEqual(await fleet.look((db) => db.selectFrom('loose_blobs').select('key').execute()), []);
      const kept = existsSync(join(fleet.blobs, 'caches')) ? readdirSync(join(fleet.blobs, 'caches'), { recursive: true, withFileTypes: true }) : [];
      assert.equal(kept.filter((entry) => entry.isFile()).length, 1);
    } finally {
      await fleet.close();
    }
  });

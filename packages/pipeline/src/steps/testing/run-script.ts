/** Runs the text of a Jenkinsfile on the dummy host with files in memory: for tests of steps. */

import type { BuildFacts } from '../../engine/build.ts';
import { runPipeline } from '../../engine/run-pipeline.ts';
import type { Responder } from '../../engine/testing/dummy-host.ts';
import { DummyHost } from '../../engine/testing/dummy-host.ts';
import { MemoryJournal, MemoryLog } from '../../engine/testing/memory-stores.ts';
import { FACTS } from '../../engine/testing/run-steps.ts';
import { FileWorld } from './file-world.ts';

export interface ScriptRun {
  readonly console: string;
  readonly result: string;
  readonly world: FileWorld;
  readonly host: DummyHost;
}

/** `files` are those of the workspace. `respond` comes before the files. */
export async function runScriptText(
  text: string,
  files: { readonly [path: string]: string } = {},
  respond: Responder = () => undefined,
  facts: Partial<BuildFacts> = {},
): Promise<ScriptRun> {
  const world = new FileWorld(Object.fromEntries(Object.entries(files).map(([path, content]) => [`/w/job/${path}`, content])));
  const host = new DummyHost((ask, self) => respond(ask, self) ?? world.respond(ask));
  const log = new MemoryLog();
  const { outcome } = runPipeline({
    host,
    journal: new MemoryJournal(),
    log,
    begin: { build: { ...FACTS, ...facts, script: { text, path: 'Jenkinsfile' } }, seed: [1, 2, 3, 4] },
  });
  const { result } = await outcome;
  return { console: log.text, result, world, host };
}

/** For memory.ts: begins a build with so many waiting branches (or so many waiting builds) and prints the heap in use in bytes. */
import process from 'node:process';
import type { PipelineRun } from '@millrace/pipeline';
import { build } from './builds.ts';
import { QuickHost } from './quick-host.ts';

const [kind, text] = process.argv.slice(2) as [string, string];
const count = Number(text);
const host = new QuickHost();
// The journal and the log are a store's, not the engine's: nothing is kept of them here.
const nothing = { lines: { push: () => 0 } as unknown as string[], records: { push: () => 0 } as never };
const runs: PipelineRun[] = [];

const ASK = "input 'go on?'";
const body = kind === 'node' ? `node { stage('s') { ${ASK} } }` : ASK;
if (kind === 'build') for (let i = 0; i < count; i++) runs.push(build(ASK, host, nothing));
else runs.push(build(`parallel((1..${count}).collectEntries { n -> ["branch \${n}".toString(), { ${body} }] })\n`, host, nothing));

while (host.waiting < count) await new Promise((resolve) => setImmediate(resolve));
await new Promise((resolve) => setTimeout(resolve, 50));
for (let i = 0; i < 4; i++) globalThis.gc?.();
process.stdout.write(`${process.memoryUsage().heapUsed}\n`);
process.exit(runs.length > 0 ? 0 : 1);

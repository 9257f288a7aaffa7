/**
 * `npm run bench`, or `npm run bench -- NAME…` for some of: startup, parsing, scripts, branches, replay, memory, agent, blobs, scheduling,
 * server-start, server-builds, server-log, server-two-controllers, server-agents,
 * server-buildbot, server-webhooks, server-scan, git, kubernetes, page.
 * Prints a Markdown table of figures; docs/benchmarks.md tells the method and holds figures of a known day.
 */
import process from 'node:process';
import { agent } from './agent.ts';
import type { Benchmark, Figure } from './benchmark.ts';
import { blobs } from './blobs.ts';
import { branches } from './branches.ts';
import { git } from './git.ts';
import { kubernetes } from './kubernetes/elastic.ts';
import { memory } from './memory.ts';
import { page } from './page.ts';
import { parsing } from './parsing.ts';
import { replay } from './replay.ts';
import { scheduling } from './scheduling.ts';
import { scripts } from './scripts.ts';
import { serverAgents } from './server/agents.ts';
import { serverBuildbot } from './server/buildbot.ts';
import { serverBuilds } from './server/builds.ts';
import { serverLog } from './server/log.ts';
import { serverScan } from './server/scan.ts';
import { serverStart } from './server/start.ts';
import { twoControllers } from './server/two-controllers.ts';
import { serverWebhooks } from './server/webhooks.ts';
import { startup } from './startup.ts';

const BENCHMARKS: readonly Benchmark[] = [
  startup,
  parsing,
  scripts,
  branches,
  replay,
  memory,
  agent,
  blobs,
  scheduling,
  serverStart,
  serverBuilds,
  serverLog,
  twoControllers,
  serverAgents,
  serverBuildbot,
  serverWebhooks,
  serverScan,
  git,
  kubernetes,
  page,
];

const wanted = process.argv.slice(2);
const unknown = wanted.filter((name) => !BENCHMARKS.some((b) => b.name === name));
if (unknown.length > 0) {
  process.stderr.write(`there is no benchmark ${unknown.join(', ')}; there are ${BENCHMARKS.map((b) => b.name).join(', ')}\n`);
  process.exit(64);
}

process.stdout.write('| benchmark | what | figure | goal | |\n| --- | --- | ---: | ---: | --- |\n');
for (const benchmark of BENCHMARKS.filter((b) => wanted.length === 0 || wanted.includes(b.name))) {
  const { figures, skipped } = await benchmark.run();
  for (const figure of figures) process.stdout.write(`| ${benchmark.name} | ${row(figure)} |\n`);
  if (skipped !== undefined) process.stdout.write(`| ${benchmark.name} | skipped: ${skipped} | | | |\n`);
}

function row({ what, value, unit, goal, detail }: Figure): string {
  const told = goal === undefined ? '' : 'atMost' in goal ? `≤ ${goal.atMost} ${unit}` : `≥ ${goal.atLeast} ${unit}`;
  const met = goal === undefined || ('atMost' in goal ? value <= goal.atMost : value >= goal.atLeast);
  return `${what} | ${written(value)} ${unit} | ${told}${met ? '' : ' missed'} | ${detail ?? ''}`;
}

function written(value: number): string {
  return value >= 100 ? value.toFixed(0) : value >= 10 ? value.toFixed(1) : value.toFixed(2);
}

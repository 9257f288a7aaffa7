/**
 * What the check run of a whole build shows: its stages as a list, and for each step that failed its error and its last lines.
 * Follows FlowExecutionAnalyzer of Jenkins' checks-api plug-in.
 */
import type { FlowNode } from '@millrace/pipeline';
import { timeSpan } from '@millrace/pipeline/job';
import type { Stage } from '@millrace/protocol';
import type { BlobStore } from '../../blobs/blob-store.ts';
import { flowNodes } from '../../builds/flow-nodes.ts';
import { jobPath } from '../../builds/job-path.ts';
import { stagesOf } from '../../builds/stages.ts';
import { BuildRecord } from '../../logs/build-record.ts';
import { logPieces } from '../../logs/log-pieces.ts';
import type { Store } from '../../store/store.ts';
import type { CheckOutput } from './check-said.ts';
import { cutText, LARGEST_TEXT } from './check-said.ts';
import { fenced, plain } from './markdown.ts';

const RESULTS: { readonly [result: string]: string } = {
  SUCCESS: 'Success',
  UNSTABLE: 'Unstable',
  FAILURE: 'Failure',
  NOT_BUILT: 'Skipped',
  ABORTED: 'Aborted',
};
/** Further ones are in the build's page. */
const MOST_FAILED = 20,
  /** So much of a log's end is looked through. */
  LOG_BYTES = 4 << 20;

/** Null: the build is not there any more. `logs`: with the last lines of failed steps. `rootUrl` ends with a slash. */
export async function checkOutput(
  { store, blobs }: { readonly store: Store; readonly blobs: BlobStore },
  id: number,
  logs: boolean,
  rootUrl: string,
): Promise<CheckOutput | null> {
  const build = await store.db.selectFrom('builds').select(['id', 'job', 'number', 'result', 'record']).where('id', '=', id).executeTakeFirst();
  if (build === undefined || build.number === null) return null;
  const record = new BuildRecord({ db: store.db, blobs }, build);
  const nodes = await flowNodes(record);
  const failed = failedSteps(nodes);
  const told = failed.slice(0, MOST_FAILED);
  const tails =
    logs && told.length > 0 ? await logTails(store, record, new Set(told.map((f) => f.node.id)), Math.floor(LARGEST_TEXT / 2 / told.length)) : new Map();
  const page = `${rootUrl}${jobPath(build.job)}${build.number}/`;
  const result = RESULTS[build.result ?? ''] ?? 'In progress';
  const summary = told.map((step) => summaryOf(step, tails.get(step.node.id) ?? '')).join('');
  const more = failed.length > told.length ? `${failed.length - told.length} more are on the [build’s page](${page}).\n` : '';
  return {
    title: build.result === 'SUCCESS' || failed.length === 0 ? result : titleOf(failed.at(-1) as FailedStep),
    summary: cutText(summary === '' ? result : summary + more),
    text: cutText(
      stagesOf(nodes, new Set())
        .stages.map((stage) => listed(stage, 1))
        .join(''),
    ),
  };
}

interface FailedStep {
  readonly node: FlowNode;
  /** `Build`, `Unit tests`: stages and branches around it, from outside. */
  readonly around: readonly string[];
  readonly kind: 'Error' | 'Warning';
  readonly message: string;
}

/** Those that failed by themselves and those that set a warning, not the blocks around them. */
function failedSteps(nodes: readonly FlowNode[]): FailedStep[] {
  const byId = new Map(nodes.map((node) => [node.id, node]));
  const parents = new Set(nodes.map((node) => node.parent));
  return nodes.flatMap((node): FailedStep[] => {
    if (node.kind !== 'step') return [];
    const { error, mark } = node;
    const isWarning = mark !== null && mark.result !== 'SUCCESS';
    if (isWarning && error === null) return [{ node, around: around(node, byId), kind: 'Warning', message: mark.message }];
    return error === null || parents.has(node.id) ? [] : [{ node, around: around(node, byId), kind: 'Error', message: error }];
  });
}

function around(node: FlowNode, byId: ReadonlyMap<string, FlowNode>): string[] {
  const names: string[] = [];
  for (let at = node.parent; at !== null; ) {
    const block = byId.get(at);
    if (block === undefined) break;
    const branch = block.kind === 'body' && block.label?.startsWith('Branch: ') === true ? block.label.slice('Branch: '.length) : null;
    const name = branch ?? (block.kind === 'body' && block.step === 'stage' ? block.label : null);
    // Declarative's branches hold a stage of their own name.
    if (name !== null && name !== names[0]) names.unshift(name);
    at = block.parent;
  }
  return names;
}

function titleOf({ around: names, node, kind }: FailedStep): string {
  return `${names.length === 0 ? '' : `${names.join('/')}: `}${kind.toLowerCase()} in '${node.step}' step`.slice(0, 255);
}

function summaryOf({ node, around: names, kind, message }: FailedStep, log: string): string {
  const place = [...names, node.step].join(' / ').replaceAll('`', "'");
  const said = node.label === null || node.label === '' ? '.' : `, with arguments \`${node.label.replaceAll(/[`\s]+/g, ' ').slice(0, 200)}\`.`;
  const lines = log === '' ? '' : `<details>\n<summary>Build log</summary>\n\n${fenced(log)}\n</details>\n`;
  return `### \`${place}\`\n${kind} in \`${node.step}\` step${said}\n${fenced(message.slice(0, 4_000))}\n${lines}\n`;
}

/** The ends of what these nodes have printed, each at most so many characters, from whole lines on. */
async function logTails(store: Store, record: BuildRecord, wanted: ReadonlySet<string>, most: number): Promise<Map<string, string>> {
  const tails = new Map<string, string>();
  const from = Math.max(0, (await record.logSize()) - LOG_BYTES);
  const pieces = logPieces({ store, record, from, to: null, node: null, follow: false, signal: new AbortController().signal });
  for await (const { node, text } of pieces) {
    if (!wanted.has(node)) continue;
    const all = (tails.get(node) ?? '') + text;
    tails.set(node, all.length > 2 * most ? all.slice(-most) : all);
  }
  for (const [node, text] of tails) {
    // What the console says of the step itself is no output of it.
    const all = plain(text).replace(/^\[Pipeline\] .*\n/gm, '');
    tails.set(node, all.length <= most ? all : `Build log truncated.\n\n${all.slice(-most).replace(/^[^\n]*\n/, '')}`);
  }
  return tails;
}

function listed(stage: Stage, depth: number): string {
  const pad = '  '.repeat(depth);
  const took = stage.status === 'running' || stage.status === 'waiting' ? 'running' : stage.status === 'skipped' ? 'skipped' : timeSpan(stage.durationMs ?? 0);
  const error =
    stage.error === null || stage.status === 'skipped'
      ? ''
      : `${pad}  **${stage.status === 'aborted' ? 'Aborted' : 'Error'}**: *${stage.error.split('\n', 1)[0]}*\n`;
  return `${pad}* ${stage.name} *(${took})*\n${stage.stages.length === 0 ? error : ''}${stage.stages.map((inner) => listed(inner, depth + 1)).join('')}`;
}
